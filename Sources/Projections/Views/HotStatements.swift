// The statements that run for each event and each fold: prepared once a batch, bound through SQLite's own interface.

internal import GRDB
internal import LogStore

/// The statements of one connection that bring the views forward.
///
/// GRDB's arguments cost twice as much as the insert itself, and finding a statement by its text costs as much as binding
/// it.
struct HotStatements {
  /// Those of a table whose rows a fold gives.
  struct Derived {
    let openRows: Query
    let insert: Query
    let close: Query
    let delete: Query
    let reopen: Query

    init(_ database: Database, _ table: DerivedTable) throws {
      openRows = try Query(database, table.openRows)
      insert = try Query(database, table.insert)
      close = try Query(database, table.close)
      delete = try Query(database, table.delete)
      reopen = try Query(database, table.reopen)
    }
  }

  let insertEntry: Query
  let insertFact: Query
  let insertLink: Query
  let saidSince: Query
  let versionOf: Query
  let setVersion: Query
  /// In the order of ``DerivedTable/all``.
  let derived: [Derived]

  init(_ database: Database) throws {
    insertEntry = try Query(database, ViewStatements.insertEntry)
    insertFact = try Query(database, ViewStatements.insertFact)
    insertLink = try Query(database, ViewStatements.insertLink)
    saidSince = try Query(database, ViewStatements.saidSince)
    versionOf = try Query(database, ViewStatements.versionOf)
    setVersion = try Query(database, ViewStatements.setVersion)
    derived = try DerivedTable.all.map { try Derived(database, $0) }
  }
}
