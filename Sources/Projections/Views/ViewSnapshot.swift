// The questions that the views answer, all of one state of them.

internal import GRDB
public import Milestones

/// One state of the views: all answers from it belong together.
public struct ViewSnapshot {
  /// How many events of the log it contains.
  public let size: Int64
  /// When the last of them was recorded.
  public let recorded: RecordedTime
  /// Reads an event of the log.
  let readEvent: (Int64) throws -> EventView
  let database: Database
  let vocabulary: Vocabulary

  /// Where subjects and parties stand on a day.
  public func status(_ scope: Scope, onDay day: Int64) throws -> [StatusRow] {
    let (sql, argument) = Self.choose(
      scope, world: ViewStatements.statusOfAll, country: ViewStatements.statusOfCountry,
      institution: ViewStatements.statusOfInstitution, subject: ViewStatements.statusOfSubject)
    let arguments: StatementArguments = argument.map { [day, $0] } ?? [day]
    return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(StatusRow.init)
  }

  /// What happened until a day, in the order in which it happened.
  public func timeline(_ scope: Scope, throughDay day: Int64) throws -> [EntryRow] {
    let (sql, argument) = Self.choose(
      scope, world: ViewStatements.timelineOfAll, country: ViewStatements.timelineOfCountry,
      institution: ViewStatements.timelineOfInstitution, subject: ViewStatements.timelineOfSubject)
    let arguments: StatementArguments = argument.map { [day, $0] } ?? [day]
    return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(EntryRow.init)
  }

  /// All that is known of a subject on a day; nil if no event tells of it.
  public func history(of subject: String, onDay day: Int64) throws -> SubjectHistory? {
    let fold = try Projector(database: database, vocabulary: vocabulary).subjectFold(subject)
    guard !fold.entries.isEmpty else { return nil }
    let lives = fold.lives(on: day)
    let entries = fold.entriesForReading(lives).filter { $0.orderDay <= day }
    let items = entries.map { entry in
      SubjectHistory.Item(
        entry: entry,
        outcomes: lives.compactMap { life in life.outcomes[entry.position].map { (life.party, $0) } },
        isCertain: (entry.certainDay ?? .max) <= day)
    }
    let scope = Scope.subject(subject)
    return SubjectHistory(
      subject: subject, title: fold.title, standing: try status(scope, onDay: day), items: items,
      disputes: try disputes(of: entries, onDay: day),
      spells: try spells(of: subject, onDay: day, lifecycle: fold.lifecycle(of:)),
      anomalies: try anomalies(scope, onDay: day),
      links: try links(of: subject, depth: 1, onDay: day), assessments: try assessments(scope, onDay: day),
      votes: try votes(scope, onDay: day), decisions: try decisions(subject, onDay: day),
      dissociations: try dissociations(subject, onDay: day))
  }

  /// The subjects known under a kind, for "did you mean".
  public func subjects(ofKind kind: String) throws -> [String] {
    try String.fetchAll(database.cachedStatement(sql: ViewStatements.subjectsOfKind), arguments: [kind])
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
}
