// How the engine carries out the queries: for tests that guard what keeps them fast.

internal import GRDB

extension ViewStore {
  /// How SQLite would carry out each query: `(name, plan)`. For tests that guard the speed of queries.
  public func queryPlans() throws(ViewError) -> [(name: String, plan: [String])] {
    let subject = ScopeCondition(
      .subject(""), country: "country", institution: "institution", subject: "subject")
    let anomalous = ScopeCondition(
      .subject(""), country: "p.country", institution: "p.institution", subject: "a.subject")
    let linked = ScopeCondition(
      .subject(""), country: "country", institution: "institution", subject: "l.subject")
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
      ("accounts of a claim in full", ViewStatements.accountsOfClaim),
      ("preference of a claim", ViewStatements.preferenceOfClaim),
      ("claim of an event", ViewStatements.claimOfEntry),
      ("title of a subject", ViewStatements.titleOfSubject),
      ("events of types of a subject", ViewStatements.entriesOfTypes(subject)),
      ("links of a subject", ViewStatements.linksOfSubject),
      ("loose links of a subject", ViewStatements.looseLinks(linked)),
      ("parties of a subject", ViewStatements.partiesOfSubject),
      ("course of a subject", ViewStatements.courseOfSubject),
      ("claims of a subject", ViewStatements.claimsInScope(subject)),
      ("unsourced events of a subject", ViewStatements.unsourcedEntries(subject)),
      ("evidence of a subject", ViewStatements.evidenceCounts(subject)),
      ("anomalies of a subject", ViewStatements.anomaliesInScope(anomalous)),
      ("anomalies from a position", ViewStatements.anomaliesFrom),
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
    while count < 9,
      (try? validateArguments(StatementArguments([DatabaseValue](repeating: .null, count: count)))) == nil
    {
      count += 1
    }
    return count
  }
}
