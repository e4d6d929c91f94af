// A copy of the log as it stands at one moment, while others append to it.

internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension SQLiteLog {
  /// Copies the log into a file of its own: whole, without a write-ahead log beside it, and such that it can be opened
  /// where nothing can be written.
  ///
  /// What is copied is one state of the log. Writers wait only while `body` runs, not while pages are copied.
  ///
  /// - Parameters:
  ///   - path: the copy; nothing may be there.
  ///   - body: is given the head of the state that is copied, under the log's write lock: what it reads elsewhere
  ///     belongs to that state.
  /// - Returns: the head of the copy.
  /// - Throws: ``LogError``, or what `body` throws; a half-made copy is removed.
  public func copy(to path: String, meanwhile body: (LogHead) throws -> Void) throws -> LogHead {
    var thrown: (any Error)?
    do {
      return try copy(to: path) { source in
        try withWriteLock { _ in
          let head = try Self.beginReading(source)
          do { try body(head) } catch {
            thrown = error
            throw error
          }
          return head
        }
      }
    } catch { throw thrown ?? error }
  }

  /// The same where nothing else is read. No lock is taken, and the log may be open for reading only.
  ///
  /// - Parameter path: the copy; nothing may be there.
  /// - Returns: the head of the copy.
  /// - Throws: ``LogError``; a half-made copy is removed.
  public func copy(to path: String) throws -> LogHead { try copy(to: path, beginning: Self.beginReading) }

  private func copy(to path: String, beginning begin: (Database) throws -> LogHead) throws -> LogHead {
    let watch = Stopwatch()
    var status = stat()
    guard lstat(path, &status) != 0 else { throw LogError.alreadyExists(path: path) }
    do {
      return try readers.withConnection { source in
        // There is nothing to undo: ending the transaction lets go of the state.
        defer { try? Query.run(source, Statements.rollback) }
        let head = try begin(source)
        try Self.copyPages(of: source, to: path)
        return head
      }
    } catch {
      unlink(path)
      unlink(path + "-journal")
      throw LogError(error, during: .writing, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }

  /// Begins a transaction that sees one state, and reads its head.
  private static func beginReading(_ database: Database) throws -> LogHead {
    try Query.run(database, Statements.beginRead)
    return try head(database)
  }

  private static func copyPages(of source: Database, to path: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.allowsUnsafeTransactions = true
    let target = try DatabaseQueue(path: FileChecks.databasePath(path), configuration: configuration)
    defer { try? target.close() }
    try target.writeWithoutTransaction { database in
      try source.backup(to: database)
      // The pages say that a write-ahead log belongs to them; here none does.
      guard try Query.text(database, Pragmas.setJournalModeOfCopy) == "delete" else {
        throw LogError.io(detail: "the copy could not be closed")
      }
    }
  }
}
