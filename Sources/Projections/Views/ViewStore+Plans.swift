// How the engine carries out the queries: for tests that guard what keeps them fast.

internal import GRDB
package import LogStore

extension ViewStore {
  /// How many rows bringing the views forward has inserted, changed or deleted so far.
  package func changedRowCount() throws(ViewError) -> Int { try run { $0.totalChangesCount } }

  /// The statements that the connection to the views has prepared and keeps.
  package func keptStatements() throws(ViewError) -> [KeptStatement] { try run { KeptStatement.all(of: $0) } }

  /// How SQLite would carry out each query: `(name, plan)`. For tests that guard the speed of queries.
  public func queryPlans() throws(ViewError) -> [(name: String, plan: [String])] {
    let subject = ScopeCondition(
      .subject(""), country: "country", institution: "institution", subject: "subject")
    let anomalous = ScopeCondition(
      .subject(""), country: "p.country", institution: "p.institution", subject: "a.subject")
    let linked = ScopeCondition(
      .subject(""), country: "e.country", institution: "e.institution", subject: "l.subject")
    let linkedIn = ScopeCondition(
      .country(""), country: "e.country", institution: "e.institution", subject: "l.subject")
    func status(_ scope: Scope) -> String {
      ViewStatements.status(
        ScopeCondition(scope, country: "p.country", institution: "p.institution", subject: "p.subject"))
    }
    let queries: [(String, String)] =
      [
        ("status of a country", status(.country(""))),
        ("status of an institution", status(.institution(""))),
        ("status of a subject", status(.subject(""))),
        ("subjects between two versions", ViewStatements.unsettled),
        ("a subject between two versions", ViewStatements.unsettledSubject),
        ("subjects of a country between two versions", ViewStatements.unsettled(.country(""))),
        ("subjects of an institution between two versions", ViewStatements.unsettled(.institution(""))),
        ("timeline of a country", ViewStatements.timelineOfCountry),
        ("timeline of an institution", ViewStatements.timelineOfInstitution),
        ("timeline of a subject", ViewStatements.timelineOfSubject),
        ("events of a subject", ViewStatements.entriesOfSubject),
        ("retracted events of a subject", ViewStatements.retractedOfSubject),
        ("moves of a subject", ViewStatements.factsOfSubject),
        ("an event as it stands", ViewStatements.entryAt),
        ("what corrects an event", ViewStatements.amendmentsOf),
        ("what an event corrects", ViewStatements.amendedBy),
        ("accounts of a claim", ViewStatements.claimContents),
        ("subjects of a claim", ViewStatements.subjectsOfClaim),
        ("subjects of a kind", ViewStatements.subjectsOfKind),
        ("accounts of a claim in full", ViewStatements.accountsOfClaim),
        ("preference of a claim", ViewStatements.preferenceOfClaim),
        ("claim of an event", ViewStatements.claimOfEntry),
        ("events recorded since", ViewStatements.recordedSince(subject)),
        ("what was corrected since", ViewStatements.amendedSince),
        ("subjects touched between", ViewStatements.touchedBetween),
        ("claims touched since", ViewStatements.claimsSince),
        ("events of a subject recorded since", ViewStatements.recordedSinceOfSubject),
        ("events of a subject between two days", ViewStatements.happenedBetween(subject)),
        ("title of a subject", ViewStatements.profileOfSubject),
        ("whether a subject is told of", ViewStatements.isTold),
        ("events of types of a subject", ViewStatements.entriesOfTypes(subject)),
        ("links of a subject", ViewStatements.linksOfSubject),
        ("links in a country", ViewStatements.linksInScope(linkedIn)),
        ("loose links of a subject", ViewStatements.looseLinks(linked)),
        ("parties of a subject", ViewStatements.partiesOfSubject),
        ("course of a subject", ViewStatements.courseOfSubject),
        ("claims of a subject", ViewStatements.claimsInScope(subject)),
        ("unsourced events of a subject", ViewStatements.unsourcedEntries(subject)),
        ("evidence of a subject", ViewStatements.evidenceCounts(subject)),
        ("anomalies of a subject", ViewStatements.anomaliesInScope(anomalous)),
        ("anomalies from a position", ViewStatements.anomaliesFrom),
        ("version of a subject", ViewStatements.versionOf),
        ("since when an event says so", ViewStatements.saidSince),
        ("what happened on some days", ViewStatements.timelineOfDays),
        ("evidence added to an event", ViewStatements.evidenceOf),
        ("places of a subject", TouchStatements.placesOfSubject),
        ("whether a subject was registered", TouchStatements.isTold),
      ] + ViewStatements.closing.map { ("closing: \($0)", $0) } + DerivedTable.all.flatMap(\.statements)
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
