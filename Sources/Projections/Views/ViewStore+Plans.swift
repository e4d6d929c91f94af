// How the engine carries out the queries: for tests that guard what keeps them fast.

internal import GRDB

extension ViewStore {
  /// How SQLite would carry out each query: `(name, plan)`. For tests that guard the speed of queries.
  public func queryPlans() throws(ViewError) -> [(name: String, plan: [String])] {
    let queries: [(String, String)] = [
      ("status of a country", ViewStatements.statusOfCountry),
      ("status of an institution", ViewStatements.statusOfInstitution),
      ("status of a subject", ViewStatements.statusOfSubject),
      ("timeline of a country", ViewStatements.timelineOfCountry),
      ("timeline of an institution", ViewStatements.timelineOfInstitution),
      ("timeline of a subject", ViewStatements.timelineOfSubject),
      ("events of a subject", ViewStatements.entriesOfSubject),
      ("moves of a subject", ViewStatements.factsOfSubject),
      ("accounts of a claim", ViewStatements.claimContents),
      ("subjects of a claim", ViewStatements.subjectsOfClaim),
      ("subjects of a kind", ViewStatements.subjectsOfKind),
    ]
    return try run { database in
      try queries.map { name, sql in
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        let values = [DatabaseValue](
          repeating: DatabaseValue(value: 0) ?? .null, count: statement.sqliteParameterCount)
        return (name, try Row.fetchAll(statement, arguments: StatementArguments(values)).map { $0["detail"] })
      }
    }
  }
}

extension Statement {
  fileprivate var sqliteParameterCount: Int {
    var count = 0
    while count < 3,
      (try? validateArguments(StatementArguments([DatabaseValue](repeating: .null, count: count)))) == nil
    {
      count += 1
    }
    return count
  }
}
