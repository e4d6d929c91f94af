// Every SQL statement of the log, each in one named place, and the format of the file.

internal import TransparencyLog

/// What marks a file as a log: kept in its first page (SQLite's file format, section 1.3).
enum Format {
  /// "Anls" in ASCII, in the application_id of the file.
  static let applicationID: Int64 = 0x416E_6C73
  /// The format that this code reads and writes, in the user_version of the file. 1 had no tree.
  static let version: Int64 = 2
  /// Measured against SQLite's default of 4 KiB: 23 % less time for a bulk append.
  static let pageSizeBytes: Int64 = 16_384
  /// SQLite moves the write-ahead log into the file from this size on, and then begins it anew in the same place. Where
  /// single events are appended it is kept short: to write where the file has blocks already takes a third less time
  /// than to make it longer.
  static let walAutocheckpointPages: Int64 = 1_000
  /// The same for bulk appends, which would copy the same pages over and over (15 to 20 % more time).
  static let bulkWalAutocheckpointPages: Int64 = 10_000
  /// From how many events on an append is one in bulk.
  static let bulkEventsMin = 100
  /// A negative number is a size in KiB. It must hold the inner pages of three indexes while a batch is
  /// appended, else pages are written several times.
  static let writerCacheSize: Int64 = -32_768
}

/// The tables and their guards.
enum Schema {
  /// A part of the schema by the name under which SQLite keeps it.
  struct Part: Sendable {
    let name: String
    let sql: String
  }

  /// Created in this order. SQLite keeps the text, and an open compares it: a log whose guards were taken
  /// away or altered is not accepted.
  static let parts = [
    Part(name: "event", sql: event),
    Part(name: "event_admits_the_next_only", sql: admitsTheNextOnly),
    Part(name: "event_refuses_update", sql: refusesUpdate),
    Part(name: "event_refuses_delete", sql: refusesDelete),
    Part(name: "tile", sql: tile),
    Part(name: "tile_admits_the_next_only", sql: tileAdmitsTheNextOnly),
    Part(name: "tile_only_grows", sql: tileOnlyGrows),
    Part(name: "tile_refuses_delete", sql: tileRefusesDelete),
    Part(name: "tree_head", sql: treeHead),
    Part(name: "tree_head_is_one", sql: treeHeadIsOne),
    Part(name: "tree_head_only_grows", sql: treeHeadOnlyGrows),
    Part(name: "tree_head_refuses_delete", sql: treeHeadRefusesDelete),
  ]

  /// Those of the parts that are tables.
  static let tables = ["event", "tile", "tree_head"]

  /// `earliest` and `latest` are days, `recorded` is milliseconds, all counted from 1970-01-01 UTC.
  ///
  /// The lengths of ids, tags and leaves are checked where they go in and again where they come out. They are
  /// no CHECKs: a function such as `length` anywhere in an insert on a table with triggers makes SQLite keep
  /// a statement journal, a copy of each 16 KiB page that a row touches (measured: 14 µs a row against 5.5).
  static let event = """
    CREATE TABLE event (
      position INTEGER PRIMARY KEY CHECK (position >= 0),
      id BLOB NOT NULL UNIQUE CHECK (id > x''),
      tag BLOB NOT NULL CHECK (tag > x''),
      subject TEXT NOT NULL CHECK (subject > ''),
      version INTEGER NOT NULL CHECK (version >= 1),
      country TEXT CHECK (country > ''),
      institution TEXT CHECK (institution > ''),
      earliest INTEGER,
      latest INTEGER,
      recorded INTEGER NOT NULL,
      leaf BLOB NOT NULL,
      UNIQUE (subject, version)
    ) STRICT
    """

  /// `INSERT OR REPLACE` deletes the row that is in its way without firing a delete trigger (unless
  /// recursive_triggers is on), so nothing may be in the way of an insert to begin with. ROLLBACK rather than
  /// ABORT, which would bring the statement journal back.
  static let admitsTheNextOnly = """
    CREATE TRIGGER event_admits_the_next_only BEFORE INSERT ON event
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM event)
      OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM event WHERE subject = NEW.subject)
      OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ROLLBACK, 'an event is appended at the next position, once'); END
    """

  static let refusesUpdate = """
    CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END
    """

  static let refusesDelete = """
    CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END
    """

  // MARK: The tree

  /// The tiles of the tree, their bytes as they are published (C2SP tlog-tiles): up to 256 hashes of 32 bytes. Those
  /// at the right edge are partial and grow; a full one never changes again.
  ///
  /// The place holds level and number at once, so that a tile is a row of a table with an integer key: in a table
  /// without one, half of each tile would lie on an overflow page.
  static let tile = """
    CREATE TABLE tile (
      place INTEGER PRIMARY KEY CHECK (place >= 0),
      level INTEGER AS (place >> \(TilePlace.numberBits)) VIRTUAL CHECK (level < \(TileLayout.levelsMax)),
      number INTEGER AS (place & \(TilePlace.numberMask)) VIRTUAL,
      hashes BLOB NOT NULL CHECK (
        length(hashes) % \(LogLimits.hashLengthBytes) = 0
        AND length(hashes) BETWEEN \(LogLimits.hashLengthBytes) AND \(TilePlace.fullTileBytes))
    ) STRICT
    """

  static let tileAdmitsTheNextOnly = """
    CREATE TRIGGER tile_admits_the_next_only BEFORE INSERT ON tile
    WHEN EXISTS (SELECT 1 FROM tile WHERE place = NEW.place)
      OR (NEW.place & \(TilePlace.numberMask)) > 0 AND NOT EXISTS (
        SELECT 1 FROM tile WHERE place = NEW.place - 1 AND length(hashes) = \(TilePlace.fullTileBytes))
    BEGIN SELECT RAISE(ABORT, 'a tile follows a full one, once'); END
    """

  static let tileOnlyGrows = """
    CREATE TRIGGER tile_only_grows BEFORE UPDATE ON tile
    WHEN NEW.place IS NOT OLD.place OR length(NEW.hashes) <= length(OLD.hashes)
      OR substr(NEW.hashes, 1, length(OLD.hashes)) IS NOT OLD.hashes
    BEGIN SELECT RAISE(ABORT, 'a tile only grows, and never once it is full'); END
    """

  static let tileRefusesDelete = """
    CREATE TRIGGER tile_refuses_delete BEFORE DELETE ON tile
    BEGIN SELECT RAISE(ABORT, 'a tile is never removed'); END
    """

  /// One row: the size of the tree and its root. It is never behind the events or ahead of them, since the same
  /// transaction writes both; where it is, the log is damaged.
  static let treeHead = """
    CREATE TABLE tree_head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      size INTEGER NOT NULL CHECK (size >= 0),
      root BLOB NOT NULL CHECK (length(root) = \(LogLimits.hashLengthBytes))
    ) STRICT
    """

  static let treeHeadIsOne = """
    CREATE TRIGGER tree_head_is_one BEFORE INSERT ON tree_head
    WHEN EXISTS (SELECT 1 FROM tree_head)
    BEGIN SELECT RAISE(ABORT, 'there is one tree head'); END
    """

  static let treeHeadOnlyGrows = """
    CREATE TRIGGER tree_head_only_grows BEFORE UPDATE ON tree_head
    WHEN NEW.id IS NOT OLD.id OR NEW.size <= OLD.size
      OR NEW.size IS NOT (SELECT coalesce(max(position), -1) + 1 FROM event)
    BEGIN SELECT RAISE(ABORT, 'the tree head only grows, with the events'); END
    """

  static let treeHeadRefusesDelete = """
    CREATE TRIGGER tree_head_refuses_delete BEFORE DELETE ON tree_head
    BEGIN SELECT RAISE(ABORT, 'the tree head is never removed'); END
    """

  /// The head of a log without events.
  static let emptyTreeHead =
    "INSERT INTO tree_head (id, size, root) VALUES (1, 0, x'\(MerkleHash.emptyRoot.hex)')"
}

/// The statements that run on an open log. All are prepared once a connection and kept.
enum Statements {
  static let beginWrite = "BEGIN IMMEDIATE"
  static let beginRead = "BEGIN DEFERRED"
  static let commit = "COMMIT"
  static let rollback = "ROLLBACK"

  /// In one statement, so that the parts belong together without a transaction.
  static let head = """
    SELECT tree_head.size, tree_head.root, event.position, event.recorded
    FROM tree_head LEFT JOIN event ON event.position = (SELECT max(position) FROM event)
    WHERE tree_head.id = 1
    """
  static let lastID = "SELECT id FROM event ORDER BY id DESC LIMIT 1"
  static let findID = "SELECT position, tag FROM event WHERE id = ?1"
  static let subjectVersion =
    "SELECT version FROM event WHERE subject = ?1 ORDER BY version DESC LIMIT 1"
  /// OR ROLLBACK for the reason given at ``Schema/admitsTheNextOnly``; a refusal here ends the append anyway.
  static let insert = """
    INSERT OR ROLLBACK INTO event
      (position, id, tag, subject, version, country, institution, earliest, latest, recorded, leaf)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    """

  /// The columns in the order in which ``Query/storedEvent()`` takes them.
  private static let eventColumns =
    "position, id, tag, subject, version, country, institution, earliest, latest, recorded, leaf"
  static let readFrom =
    "SELECT \(eventColumns) FROM event WHERE position >= ?1 ORDER BY position LIMIT ?2"
  static let readSubject = """
    SELECT \(eventColumns) FROM event WHERE subject = ?1 AND version > ?2 ORDER BY version LIMIT ?3
    """
  static let scan = "SELECT position, leaf FROM event WHERE position >= ?1 ORDER BY position"

  /// Goes through the index over subjects and versions once: only the events that are out of order are looked up.
  static let firstWrongVersion = """
    SELECT min(position) FROM (
      SELECT position, version, row_number() OVER (PARTITION BY subject ORDER BY version) AS number,
        lag(position) OVER (PARTITION BY subject ORDER BY version) AS previous
      FROM event)
    WHERE version <> number OR previous > position
    """
  static let readTreeHead = "SELECT size, root FROM tree_head WHERE id = 1"
  static let readTile = "SELECT hashes FROM tile WHERE place = ?1"
  static let insertTile = "INSERT INTO tile (place, hashes) VALUES (?1, ?2)"
  static let growTile = "UPDATE tile SET hashes = ?2 WHERE place = ?1"
  static let setTreeHead = "UPDATE tree_head SET size = ?1, root = ?2 WHERE id = 1"

  static let schemaPart = "SELECT sql FROM sqlite_master WHERE name = ?1"
  static let schemaParts = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"

  static let explain = "EXPLAIN QUERY PLAN "

  /// The statements that touch events or the tree, by name, for a look at their plans.
  static let onEvents = [
    ("head", head), ("lastID", lastID), ("findID", findID), ("subjectVersion", subjectVersion),
    ("readFrom", readFrom), ("readSubject", readSubject), ("scan", scan), ("readTile", readTile),
    ("growTile", growTile), ("setTreeHead", setTreeHead),
  ]
}

/// Settings of the file and of a connection.
enum Pragmas {
  static let applicationID = "PRAGMA application_id"
  static let setApplicationID = "PRAGMA application_id = \(Format.applicationID)"
  static let userVersion = "PRAGMA user_version"
  static let setUserVersion = "PRAGMA user_version = \(Format.version)"
  static let pageSize = "PRAGMA page_size"
  static let setPageSize = "PRAGMA page_size = \(Format.pageSizeBytes)"
  static let journalMode = "PRAGMA journal_mode"
  static let setJournalMode = "PRAGMA journal_mode = WAL"
  /// Of a copy, beside which no write-ahead log lies.
  static let setJournalModeOfCopy = "PRAGMA journal_mode = DELETE"
  static let synchronous = "PRAGMA synchronous"
  static let setSynchronous = "PRAGMA synchronous = FULL"
  static let walAutocheckpoint = "PRAGMA wal_autocheckpoint"
  static let setWalAutocheckpoint = "PRAGMA wal_autocheckpoint = \(Format.walAutocheckpointPages)"
  static let setCacheSize = "PRAGMA cache_size = \(Format.writerCacheSize)"
}
