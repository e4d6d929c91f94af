// Looking at the engine itself: the settings that are really in force, and how its queries are carried out.

package import GRDB
internal import GRDBSQLite

/// The settings of the connection that writes, read back from it.
public struct WriterPragmas: Sendable, Equatable {
  /// "wal".
  public let journalMode: String
  /// 2 is FULL: the log file is forced to the disk at each commit.
  public let synchronous: Int64
  /// The size of a page in bytes.
  public let pageSizeBytes: Int64
  /// From how many pages on the write-ahead log is moved into the file.
  public let walAutocheckpointPages: Int64
  /// The mark of a log.
  public let applicationID: Int64
  /// The format of the file.
  public let formatVersion: Int64
}

extension SQLiteLog {
  /// The settings in force on the live connection that writes.
  ///
  /// - Throws: ``LogError/readOnly(path:)`` if the log was opened for reading.
  public func writerPragmas() throws(LogError) -> WriterPragmas {
    let watch = Stopwatch()
    do {
      return try withWriter(watch) { database in
        func number(_ sql: String) throws -> Int64 { try Query.number(database, sql) ?? -1 }
        return WriterPragmas(
          journalMode: try Query.text(database, Pragmas.journalMode) ?? "",
          synchronous: try number(Pragmas.synchronous),
          pageSizeBytes: try number(Pragmas.pageSize),
          walAutocheckpointPages: try number(Pragmas.walAutocheckpoint),
          applicationID: try number(Pragmas.applicationID),
          formatVersion: try number(Pragmas.userVersion))
      }
    } catch {
      throw LogError(
        error, during: .reading, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }

  /// How SQLite carries out each statement that looks at events, by the statement's name: the lines of
  /// `EXPLAIN QUERY PLAN` (https://www.sqlite.org/eqp.html).
  public func queryPlans() throws(LogError) -> [String: [String]] {
    try withReader { database in
      var plans: [String: [String]] = [:]
      for (name, sql) in Statements.onEvents {
        let query = try Query(database, Statements.explain + sql)
        defer { query.reset() }
        var lines: [String] = []
        while try query.step() { lines.append(try query.text(3) ?? "") }
        plans[name] = lines
      }
      return plans
    }
  }

  /// The statements that the connection that writes has prepared and keeps.
  ///
  /// - Throws: ``LogError/readOnly(path:)`` if the log was opened for reading.
  package func keptStatements() throws(LogError) -> [KeptStatement] {
    let watch = Stopwatch()
    do {
      return try withWriter(watch) { KeptStatement.all(of: $0) }
    } catch {
      throw LogError(error, during: .reading, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }
}

/// A statement that a connection has prepared and keeps.
package struct KeptStatement: Sendable {
  /// Its text.
  package let sql: String
  /// Another for each statement that is there at one time.
  package let identity: Int
  /// How often it was run.
  package let runCount: Int
  /// How often SQLite prepared it once more, as it does when the schema has changed.
  package let preparedAgainCount: Int

  /// Those of a connection.
  package static func all(of database: Database) -> [KeptStatement] {
    var kept: [KeptStatement] = []
    var next = sqlite3_next_stmt(database.sqliteConnection, nil)
    while let statement = next {
      kept.append(
        KeptStatement(
          sql: sqlite3_sql(statement).map { String(cString: $0) } ?? "",
          identity: Int(bitPattern: statement),
          runCount: Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_RUN, 0)),
          preparedAgainCount: Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0))))
      next = sqlite3_next_stmt(database.sqliteConnection, statement)
    }
    return kept
  }
}
