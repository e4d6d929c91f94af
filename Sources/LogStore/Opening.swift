// Opening a log: find out whether it is one before anything is touched, then set up the connections.

internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// One attempt to open a log.
struct Opening {
  private let path: String
  private let access: SQLiteLog.Access
  private let busyTimeoutMilliseconds: Int

  init(path: String, access: SQLiteLog.Access, busyTimeoutMilliseconds: Int) {
    self.path = path
    self.access = access
    self.busyTimeoutMilliseconds = max(0, min(busyTimeoutMilliseconds, Int(Int32.max)))
  }

  func open() throws(LogError) -> SQLiteLog {
    let watch = Stopwatch()
    try FileChecks.requireReadableFile(path)
    if access == .readWrite { try FileChecks.requireWritable(path) }
    do {
      // The first connection may only read: a file that turns out not to be a log is left as it was.
      let readers = try openReaders()
      let writer = access == .readWrite ? try openWriter() : nil
      return SQLiteLog(
        path: path, busyTimeoutMilliseconds: busyTimeoutMilliseconds, readers: readers, writer: writer)
    } catch {
      throw LogError(
        error, during: .opening, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }

  /// Connections to a file that is a log of this format, whether or not its guards are in place.
  func openUnguarded() throws -> ReaderPool {
    try FileChecks.requireReadableFile(path)
    return try openReaders(requiring: requireFormat)
  }

  // MARK: Readers

  private func openReaders() throws -> ReaderPool {
    try openReaders(requiring: requireLog)
  }

  private func openReaders(requiring check: (Database) throws -> Void) throws -> ReaderPool {
    let live = FileChecks.databasePath(path)
    do {
      return try openReaders(at: live, requiring: check)
    } catch let failure as EngineFailure where failure.meansNoWAL && access == .readOnly {
      // No -wal and -shm files can be made here. Without them there is nothing that a writer has not yet
      // moved into the file, so that the file alone is the log.
      guard !FileChecks.hasContent(path + "-wal") else { throw LogError.readOnly(path: path) }
      return try openReaders(at: FileChecks.immutableURI(path), requiring: check)
    }
  }

  private func openReaders(
    at databasePath: String, requiring check: (Database) throws -> Void
  ) throws -> ReaderPool {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.foreignKeysEnabled = false
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
    configuration.prepareDatabase { database in
      // Reads the first page, so that a failure comes with its errno, which GRDB's own check drops.
      _ = try Query.number(database, Pragmas.applicationID)
    }
    let readers = ReaderPool { [configuration] in
      try DatabaseQueue(path: databasePath, configuration: configuration)
    }
    try readers.withConnection(check)
    return readers
  }

  /// Finds out whether the file is a log that this code can read.
  private func requireFormat(_ database: Database) throws {
    guard try Query.number(database, Pragmas.applicationID) == Format.applicationID else {
      throw LogError.notALog(path: path)
    }
    let version = try Query.number(database, Pragmas.userVersion) ?? 0
    guard version <= Format.version else {
      throw LogError.newerFormat(path: path, found: version, supported: Format.version)
    }
    guard version > 0 else { throw LogError.notALog(path: path) }
    guard version == Format.version else {
      throw LogError.olderFormat(path: path, found: version, supported: Format.version)
    }
  }

  /// Finds out, besides, whether its guards are in place.
  private func requireLog(_ database: Database) throws {
    // In one transaction: outside of one each statement would take and leave the file's locks by itself.
    try Query.run(database, Statements.beginRead)
    defer { try? Query.run(database, Statements.commit) }
    try requireFormat(database)
    var found: [String: String] = [:]
    let query = try Query(database, Statements.schemaParts)
    defer { query.reset() }
    while try query.step() { found[try query.text(0) ?? ""] = try query.text(1) }
    for part in Schema.parts where found[part.name] != part.sql {
      throw LogError.damaged(detail: "\(part.name) is missing from its schema, or altered")
    }
    _ = try SQLiteLog.head(database)
  }

  // MARK: The writer

  private func openWriter() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    // Every path out of an append rolls back; should that ever fail, it is an error and not a crash.
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
    let writer = try DatabaseQueue(path: FileChecks.databasePath(path), configuration: configuration)
    try writer.writeWithoutTransaction(setUpWriter)
    return writer
  }

  private func setUpWriter(_ database: Database) throws {
    guard sqlite3_db_readonly(database.sqliteConnection, "main") == 0 else {
      throw LogError.readOnly(path: path)
    }
    guard try Query.text(database, Pragmas.setJournalMode) == "wal" else {
      throw LogError.io(detail: "the file system of \(path) does not support SQLite's WAL mode")
    }
    // On this connection and after everything else that may set it: with NORMAL an acknowledged event could
    // be lost when the power fails.
    try Query.run(database, Pragmas.setSynchronous)
    try Query.run(database, Pragmas.setWalAutocheckpoint)
    try Query.run(database, Pragmas.setCacheSize)
  }
}

extension EngineFailure {
  /// The database was found, but the files that WAL mode needs beside it cannot be made or used.
  fileprivate var meansNoWAL: Bool {
    primaryCode == SQLITE_CANTOPEN || primaryCode == SQLITE_READONLY
  }
}
