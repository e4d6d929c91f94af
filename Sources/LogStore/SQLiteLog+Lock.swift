// The write lock by itself, for work beside the log that must not meet an append.

internal import GRDB

extension SQLiteLog {
  /// Holds the write lock while `body` runs, and writes nothing to the log.
  ///
  /// - Parameter body: is given the head; no other process can append until it returns. It must not append to the
  ///   same log.
  /// - Returns: what `body` returns.
  /// - Throws: ``LogError``, or what `body` throws.
  public func withWriteLock<T>(_ body: (LogHead) throws -> T) throws -> T {
    let watch = Stopwatch()
    var result: Result<T, any Error>?
    do {
      try withWriter(watch) { database in
        try Query.run(database, Statements.beginWrite)
        defer { try? Query.run(database, Statements.rollback) }
        let head = try Self.head(database)
        result = Result { try body(head) }
      }
    } catch {
      throw LogError(error, during: .writing, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
    guard let result else { throw LogError.io(detail: "the lock was lost") }
    return try result.get()
  }
}
