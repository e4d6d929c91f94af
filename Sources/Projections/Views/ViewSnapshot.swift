// The questions that the views answer, all of one state of them and of one point of knowledge.

internal import EDTF
internal import GRDB
internal import LogStore
public import Milestones

/// What was known at one moment: all answers from it belong together.
public struct ViewSnapshot {
  /// The position of the last event that is known.
  public let knownAt: Int64
  /// When that event was recorded.
  public let recorded: RecordedTime
  /// The position of the last event that restricts what may be shown, of all that are in the log; nil if none does.
  public let restrictedBy: Int64?
  /// The day by which consents with an end have ended: the UTC day of the last event in the log.
  let restrictionDay: Day
  /// Reads an event of the log as it was recorded.
  let readEvent: (Int64) throws -> EventView
  let database: Database
  let vocabulary: Vocabulary
  /// The kinds of subject, each with its colon, of which consents are told.
  let restrictableKinds: [String]
  /// The length of the blocks of the log that the views' rows are made by.
  let blockLength: Int64

  /// Where subjects and parties stand on a day.
  public func status(_ scope: Scope, onDay day: Int64) throws -> [StatusRow] {
    let condition = ScopeCondition(
      scope, country: "p.country", institution: "p.institution", subject: "p.subject")
    let query = try Query(database, ViewStatements.status(condition))
    defer { query.reset() }
    try query.bind(2, condition.name)
    try query.bind(3, knownAt)
    var found: [StatusRow] = []
    while try query.step() {
      if let row = try StatusRow(query, on: day) { found.append(row) }
    }
    let settled = try shown(found)
    let unsettled = try unsettled(in: scope)
    if unsettled.isEmpty { return settled }
    let names = Set(unsettled.map { ExactText($0.subject) })
    return try
      (settled.filter { !names.contains(ExactText($0.subject)) }
      + shown(unsettled.flatMap { $0.status(on: day) }.filter { scope.contains($0) }))
      .sorted { StatusRow.stands($0, before: $1) }
  }

  /// What happened until a day, in the order in which it happened.
  public func timeline(_ scope: Scope, throughDay day: Int64) throws -> [EntryRow] {
    switch scope {
    case .world: try entries(ViewStatements.timelineOfAll, day, nil)
    case .country(let code): try entries(ViewStatements.timelineOfCountry, day, code)
    case .institution(let path): try entries(ViewStatements.timelineOfInstitution, day, path)
    case .subject(let name): try entries(ViewStatements.timelineOfSubject, day, name)
    }
  }

  /// The subjects known under a kind, for "did you mean".
  public func subjects(ofKind kind: String) throws -> [String] {
    try String.fetchAll(
      database.cachedStatement(sql: ViewStatements.subjectsOfKind), arguments: [kind, nil, knownAt])
  }

  // MARK: Events

  /// The event of an entry, as it stands.
  func event(of entry: EntryRow) throws -> EventView {
    let event =
      try entry.correctedBy.isEmpty
      ? readEvent(entry.position) : standingEvent(at: entry.position).event
    return try shown(event)
  }

  /// How the event at a position stands.
  ///
  /// - Throws: errors of the engine and of reading the log.
  public func standingEvent(at position: Int64) throws -> StandingEvent {
    let standing = StandingEvents(
      read: readEvent,
      amendments: { target in
        try Int64.fetchAll(
          database.cachedStatement(sql: ViewStatements.amendmentsOf), arguments: [target, nil, knownAt])
      }, vocabulary: vocabulary)
    return try standing.event(at: position)
  }

  /// The entry of an event as it stands; nil for the ledger's own events and for what is not known yet.
  public func entry(at position: Int64) throws -> EntryRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: ViewStatements.entryAt), arguments: [position, nil, knownAt]
    ).map(EntryRow.init)
  }

  // MARK: Reading rows

  /// Subjects ready to be folded.
  var subjects: SubjectReader {
    SubjectReader(database: database, vocabulary: vocabulary, knownAt: knownAt)
  }

  /// The rows of a statement: ?1 is the first argument, ?2 the scope's name, ?3 the point of knowledge, ?4 what else it
  /// asks for.
  func rows(
    _ sql: String, _ first: (any DatabaseValueConvertible)?, _ name: String?,
    _ more: (any DatabaseValueConvertible)? = nil
  ) throws -> [Row] {
    let arguments = [first, name, knownAt] + (more.map { [$0] } ?? [])
    return try Row.fetchAll(
      database.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
  }

  /// The same for rows of events: as far as they may be shown.
  func entries(
    _ sql: String, _ first: (any DatabaseValueConvertible)?, _ name: String?,
    _ more: (any DatabaseValueConvertible)? = nil
  ) throws -> [EntryRow] {
    try shown(rows(sql, first, name, more).map(EntryRow.init))
  }

  // MARK: Between the rows

  /// The subjects whose rows do not hold at this point of knowledge, folded; those alone that may be in a scope. None
  /// at the head and at the end of a block, and never more than a block has events.
  func unsettled(in scope: Scope) throws -> [SubjectRows] {
    let (block, reader) = (knownAt / blockLength, subjects)
    let names: [String]
    switch scope {
    case .world: names = try rows(ViewStatements.unsettled, nil, nil, block).map { $0[0] }
    case .subject(let name):
      names = try rows(ViewStatements.unsettledSubject, nil, name, block).map { $0[0] }
    case .country(let name), .institution(let name):
      names = try rows(ViewStatements.unsettled(scope), nil, name, block).map { $0[0] }
    }
    return try names.map { SubjectRows(try reader.fold(of: $0)) }
  }

  /// A subject folded, if its rows do not hold at this point of knowledge.
  func unsettled(_ subject: String) throws -> SubjectRows? { try unsettled(in: .subject(subject)).first }
}

extension Scope {
  /// Whether a row of the status lies in it.
  fileprivate func contains(_ row: StatusRow) -> Bool {
    contains(subject: row.subject, country: row.country, institution: row.institution)
  }

  /// Whether what is at home somewhere lies in it.
  func contains(subject: String, country: String?, institution: String?) -> Bool {
    func isUnder(_ text: String?, _ name: String, _ separator: String) -> Bool {
      guard let text else { return false }
      return text.utf8.elementsEqual(name.utf8) || text.utf8.starts(with: (name + separator).utf8)
    }
    switch self {
    case .world: return true
    case .country(let code): return isUnder(country, code, "-")
    case .institution(let path): return isUnder(institution, path, "/")
    case .subject(let name): return subject.utf8.elementsEqual(name.utf8)
    }
  }
}

extension StatusRow {
  /// The order of the status queries: what has no country first, then by country, institution, subject and party.
  fileprivate static func stands(_ one: StatusRow, before other: StatusRow) -> Bool {
    let keys = { (row: StatusRow) in [row.country, row.institution, row.subject, row.party] }
    for (a, b) in zip(keys(one), keys(other)) {
      switch (a, b) {
      case (nil, nil): continue
      case (nil, _): return true
      case (_, nil): return false
      case (let a?, let b?):
        if a.utf8.elementsEqual(b.utf8) { continue }
        return a.utf8.lexicographicallyPrecedes(b.utf8)
      }
    }
    return false
  }
}
