// Every SQL statement of the log, each in one named place, and the format of the file.

/// What marks a file as a log: kept in its first page (SQLite's file format, section 1.3).
enum Format {
  /// "Anls" in ASCII, in the application_id of the file.
  static let applicationID: Int64 = 0x416E_6C73
  /// The newest format that this code reads and writes, in the user_version of the file.
  static let version: Int64 = 1
  /// Measured against SQLite's default of 4 KiB: 23 % less time for a bulk append.
  static let pageSizeBytes: Int64 = 16_384
  /// SQLite moves the write-ahead log into the file from this size on; at the default of 1,000 pages, bulk
  /// appends copy the same pages over and over (15 to 20 % more time).
  static let walAutocheckpointPages: Int64 = 10_000
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
  ]

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
}

/// The statements that run on an open log. All are prepared once a connection and kept.
enum Statements {
  static let beginWrite = "BEGIN IMMEDIATE"
  static let commit = "COMMIT"
  static let rollback = "ROLLBACK"

  static let head = "SELECT position, recorded FROM event ORDER BY position DESC LIMIT 1"
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

  static let schemaPart = "SELECT sql FROM sqlite_master WHERE name = ?1"

  static let explain = "EXPLAIN QUERY PLAN "

  /// The statements that touch events, by name, for a look at their plans.
  static let onEvents = [
    ("head", head), ("lastID", lastID), ("findID", findID), ("subjectVersion", subjectVersion),
    ("readFrom", readFrom), ("readSubject", readSubject), ("scan", scan),
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
  static let synchronous = "PRAGMA synchronous"
  static let setSynchronous = "PRAGMA synchronous = FULL"
  static let walAutocheckpoint = "PRAGMA wal_autocheckpoint"
  static let setWalAutocheckpoint = "PRAGMA wal_autocheckpoint = \(Format.walAutocheckpointPages)"
  static let setCacheSize = "PRAGMA cache_size = \(Format.writerCacheSize)"
}
