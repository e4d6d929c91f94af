// The file of a log as somebody reads it who does not believe it: for verification, and for nothing else.

internal import Foundation
internal import GRDB
internal import GRDBSQLite
public import TransparencyLog

/// The events, the tiles and the head that a log's file holds, whatever they are.
///
/// ``SQLiteLog`` refuses to open a file whose guards are gone or whose tree has another size than its events. Who
/// verifies wants to know what is in it all the same. Only a file that is no log of this format at all is refused.
public struct StoredLog: LogContents {
  /// What the log says of itself: the number of its events and the root of its tree.
  public struct Head: Sendable, Equatable {
    /// The size.
    public let size: UInt64
    /// The root.
    public let root: MerkleHash
  }

  private let database: Database
  private let path: String
  private let headSize: UInt64

  /// The head; nil if the file holds none that could be one.
  public let head: Head?

  /// The names of tables and guards that are missing or were altered.
  public let brokenGuards: [String]

  /// Whether the tables are those of a log. If not, nothing is read from them: it could be anything.
  public let hasTables: Bool

  /// Reads a log's file in one state: events appended meanwhile are not seen.
  ///
  /// A file in a directory that cannot be written is read as it stands, if no `-wal` file lies beside it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - body: is given the log, which is only valid until it returns. What it throws is passed on.
  /// - Returns: what `body` returns.
  /// - Throws: ``LogError/notFound(path:)``, ``LogError/notALog(path:)``, ``LogError/newerFormat(path:found:supported:)``
  ///   and others if the file cannot be read as one, or what `body` throws.
  public static func read<T>(_ path: String, _ body: (StoredLog) throws -> T) throws -> T {
    let watch = Stopwatch()
    let result: Result<T, any Error>
    do {
      let readers = try Opening(path: path, access: .readOnly, busyTimeoutMilliseconds: 10_000)
        .openUnguarded()
      result = try readers.withConnection { database in
        try Query.run(database, Statements.beginRead)
        // There is nothing to undo: ending the transaction lets go of the state.
        defer { try? Query.run(database, Statements.rollback) }
        let log = try StoredLog(database: database, path: path)
        return Result { try body(log) }
      }
    } catch {
      throw LogError(error, during: .opening, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
    return try result.get()
  }

  private init(database: Database, path: String) throws {
    self.database = database
    self.path = path
    brokenGuards = try Schema.parts.filter { part in
      try Query.text(database, Statements.schemaPart, part.name) != part.sql
    }.map(\.name)
    let tables = Set(Schema.tables)
    hasTables = tables.isDisjoint(with: brokenGuards)
    head = hasTables ? try Self.unlessDamaged { try Self.head(database) } ?? nil : nil
    headSize = head?.size ?? 0
  }

  private static func head(_ database: Database) throws -> Head? {
    let query = try Query(database, Statements.readTreeHead)
    defer { query.reset() }
    guard try query.step(), query.integer(0) >= 0, let root = MerkleHash(query.blob(1)) else { return nil }
    return Head(size: UInt64(query.integer(0)), root: root)
  }

  // MARK: Contents

  /// Reads a row for each event. What SQLite cannot read because the file is damaged counts as malformed.
  public func readEntries(
    ofBundle index: UInt64, width: Int, into entries: inout EntryRun
  ) throws(ContentsError) {
    let first = Int64(clamping: index * UInt64(LogLimits.tileWidthHashes))
    let end = first + Int64(width)
    var next = first
    let isWhole = try attempt {
      let query = try Query(database, Statements.scan)
      defer { query.reset() }
      try query.bind(1, first)
      while next < end, hasTables, try query.step(), (next..<end).contains(query.integer(0)) {
        entries.appendMissing(count: Int(query.integer(0) - next))
        entries.append(query.blob(1))
        next = query.integer(0) + 1
      }
      return true
    }
    if isWhole == nil { entries.malformation = "the database's pages are damaged" }
    entries.appendMissing(count: Int(end - next))
  }

  /// The bytes of a tile, those of the right edge as they are.
  public func tileBytes(_ tile: TileID, width: Int) throws(ContentsError) -> [UInt8]? {
    let stored = try attempt { () -> [UInt8]? in
      guard hasTables, let place = TilePlace.place(of: tile) else { return nil }
      let query = try Query(database, Statements.readTile)
      defer { query.reset() }
      try query.bind(1, place)
      return try query.step() ? Array(query.blob(0)) : nil
    }
    // Damaged pages: a tile without a hash.
    guard let stored else { return [] }
    let isOfOlderSize = width < TileLayout.width(of: tile, treeSize: headSize)
    return isOfOlderSize ? stored.map { Array($0.prefix(width * LogLimits.hashLengthBytes)) } : stored
  }

  /// The first event behind the head.
  public func firstEntry(from size: UInt64) throws(ContentsError) -> UInt64? {
    guard hasTables else { return nil }
    let found = try attempt { () -> Int64? in
      let query = try Query(database, Statements.scan)
      defer { query.reset() }
      try query.bind(1, Int64(clamping: size))
      return try query.step() ? query.integer(0) : nil
    }
    return (found ?? nil).map { UInt64(max(0, $0)) }
  }

  /// The file's name.
  public func place(of content: TilePath.Content, index: UInt64, width: Int) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? path
  }

  /// The bytes of an event; nil if there is none at that position, or it cannot be read.
  public func leaf(at position: UInt64) throws(ContentsError) -> [UInt8]? {
    guard hasTables else { return nil }
    let found = try attempt { () -> [UInt8]? in
      let query = try Query(database, Statements.scan)
      defer { query.reset() }
      try query.bind(1, Int64(clamping: position))
      guard try query.step(), query.integer(0) == Int64(clamping: position) else { return nil }
      return Array(query.blob(1))
    }
    return found ?? nil
  }

  /// The rows of events from a position on, with the columns beside them, up to the head.
  ///
  /// - Throws: ``LogError``, ``LogError/damaged(detail:)`` where a row holds something that no log has there.
  public func rows(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent] {
    guard hasTables, position >= 0, limit > 0 else { return [] }
    do {
      let query = try Query(database, Statements.readFrom)
      defer { query.reset() }
      try query.bind(1, position)
      try query.bind(2, Int64(limit))
      var events: [StoredEvent] = []
      while try query.step(), query.integer(0) < Int64(clamping: headSize) {
        events.append(try query.storedEvent())
      }
      return events
    } catch { throw LogError(error, during: .reading, path: path, waitedMilliseconds: 0) }
  }

  /// The first event whose version is not its number among those of its subject; nil if all are right.
  public func firstWrongVersion() throws(LogError) -> Int64? {
    guard hasTables else { return nil }
    do {
      let query = try Query(database, Statements.firstWrongVersion)
      defer { query.reset() }
      return try query.step() ? query.optionalInteger(0) : nil
    } catch { throw LogError(error, during: .reading, path: path, waitedMilliseconds: 0) }
  }

  // MARK: Failures

  private func attempt<T>(_ body: () throws -> T) throws(ContentsError) -> T? {
    do {
      return try Self.unlessDamaged(body)
    } catch {
      let failure = LogError(error, during: .reading, path: path, waitedMilliseconds: 0)
      throw ContentsError(place: path, reason: "\(failure)", underlying: failure)
    }
  }

  /// Nil if SQLite finds the file's pages damaged, which is a finding and no failure to read.
  private static func unlessDamaged<T>(_ body: () throws -> T) throws -> T? {
    do {
      return try body()
    } catch let failure as EngineFailure
      where failure.primaryCode == SQLITE_CORRUPT || failure.primaryCode == SQLITE_NOTADB
    {
      return nil
    }
  }
}
