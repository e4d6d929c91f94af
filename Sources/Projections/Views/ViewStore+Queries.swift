// The questions that the views answer.

internal import GRDB

/// A subject with all that is known of it.
public struct SubjectHistory: Sendable {
  /// One event of the history and what became of it.
  public struct Item: Sendable {
    /// The event.
    public let entry: EntryRow
    /// What it did to the subject or, where the key is not empty, to its parties.
    public let outcomes: [(party: String, outcome: MoveOutcome)]
  }

  /// The rival accounts of one fact.
  public struct Dispute: Sendable {
    /// The key that they share.
    public let claim: String
    /// Each account, with the stage it would give if it were preferred; nil where it moves nothing.
    public let accounts: [(entry: EntryRow, stage: String?)]
  }

  /// The subject.
  public let subject: String
  /// Its title.
  public let title: String?
  /// Where it and its parties stand.
  public let standing: [StatusRow]
  /// Its events in the order of what happened.
  public let items: [Item]
  /// The facts with rival accounts.
  public let disputes: [Dispute]
}

extension ViewStore {
  /// Where subjects and parties stand on a day.
  public func status(_ scope: Scope, onDay day: Int64) throws(ViewError) -> [StatusRow] {
    let (sql, argument) = Self.choose(
      scope, world: ViewStatements.statusOfAll, country: ViewStatements.statusOfCountry,
      institution: ViewStatements.statusOfInstitution, subject: ViewStatements.statusOfSubject)
    return try run { database in
      let arguments: StatementArguments = argument.map { [day, $0] } ?? [day]
      return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(StatusRow.init)
    }
  }

  /// What happened until a day, in the order in which it happened.
  public func timeline(_ scope: Scope, throughDay day: Int64) throws(ViewError) -> [EntryRow] {
    let (sql, argument) = Self.choose(
      scope, world: ViewStatements.timelineOfAll, country: ViewStatements.timelineOfCountry,
      institution: ViewStatements.timelineOfInstitution, subject: ViewStatements.timelineOfSubject)
    return try run { database in
      let arguments: StatementArguments = argument.map { [day, $0] } ?? [day]
      return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(EntryRow.init)
    }
  }

  /// All that is known of a subject on a day; nil if no event tells of it.
  public func history(of subject: String, onDay day: Int64) throws(ViewError) -> SubjectHistory? {
    let fold = try subjectFold(subject)
    let entries = fold.entries.filter { $0.orderDay <= day }
    guard !fold.entries.isEmpty else { return nil }
    let lives = fold.lives(on: day)
    let items = entries.map { entry in
      SubjectHistory.Item(
        entry: entry,
        outcomes: lives.compactMap { life in life.outcomes[entry.position].map { (life.party, $0) } })
    }
    let disputes = fold.disputedClaims.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { claim in
      SubjectHistory.Dispute(
        claim: claim,
        accounts: entries.filter { $0.claim?.utf8.elementsEqual(claim.utf8) ?? false }.map { entry in
          for life in lives {
            if case .disputed(let stage)? = life.outcomes[entry.position] { return (entry, stage) }
          }
          return (entry, nil)
        })
    }
    return SubjectHistory(
      subject: subject, title: fold.title, standing: try status(.subject(subject), onDay: day), items: items,
      disputes: disputes)
  }

  /// The subjects known under a kind, for "did you mean".
  public func subjects(ofKind kind: String) throws(ViewError) -> [String] {
    try run { database in
      try String.fetchAll(database.cachedStatement(sql: ViewStatements.subjectsOfKind), arguments: [kind])
    }
  }

  private static func choose(
    _ scope: Scope, world: String, country: String, institution: String, subject: String
  ) -> (sql: String, argument: String?) {
    switch scope {
    case .world: (world, nil)
    case .country(let code): (country, code)
    case .institution(let path): (institution, path)
    case .subject(let name): (subject, name)
    }
  }

  /// How SQLite would carry out each query: `(name, plan)`. For tests that guard the speed of queries.
  public func queryPlans() throws(ViewError) -> [(name: String, plan: [String])] {
    let queries: [(String, String)] = [
      ("status of a country", ViewStatements.statusOfCountry),
      ("status of an institution", ViewStatements.statusOfInstitution),
      ("status of a subject", ViewStatements.statusOfSubject),
      ("timeline of a country", ViewStatements.timelineOfCountry),
      ("timeline of an institution", ViewStatements.timelineOfInstitution),
      ("timeline of a subject", ViewStatements.timelineOfSubject),
      ("events of a subject", ViewStatements.entriesOfSubject), ("moves of a subject", ViewStatements.factsOfSubject),
      ("accounts of a claim", ViewStatements.claimContents), ("subjects of a claim", ViewStatements.subjectsOfClaim),
      ("subjects of a kind", ViewStatements.subjectsOfKind),
    ]
    return try run { database in
      try queries.map { name, sql in
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        let values = [DatabaseValue](repeating: DatabaseValue(value: 0) ?? .null, count: statement.sqliteParameterCount)
        return (name, try Row.fetchAll(statement, arguments: StatementArguments(values)).map { $0["detail"] })
      }
    }
  }
}

extension Statement {
  fileprivate var sqliteParameterCount: Int {
    var count = 0
    while count < 3, (try? validateArguments(StatementArguments([DatabaseValue](repeating: .null, count: count)))) == nil {
      count += 1
    }
    return count
  }
}
