// Folds one subject anew and puts its rows in the place of the old ones.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones
internal import OrderedCollections

extension Projector {
  /// Folds a subject as far as the views have come, and writes where it stands.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - touched: the first and the last event of those just added that touch it.
  ///   - block: the block of the log that these events stand in, and whether the views came to its middle before.
  /// - Throws: errors of the engine.
  func refold(
    _ subject: ExactText, _ touched: SubjectVersion, block: (number: Int64, isBegun: Bool)
  ) throws {
    let reader = SubjectReader(database: database, vocabulary: vocabulary, knownAt: ViewSchema.open - 1)
    let known = try known(of: subject)
    let fold = try reader.fold(of: subject.text, known)
    let rows = SubjectRows(fold)
    var version = touched
    if block.isBegun, let former = try self.version(of: subject.text, block: block.number) {
      version.touchedFrom = former.touchedFrom
      for (table, statements) in zip(DerivedTable.all, statements.derived) {
        try table.takeBack(subject.text, former, statements)
      }
      subjects.change(known) { $0.rows = nil }
    }
    var all: [[[DerivedTable.Cell]]] = []
    for (index, (table, statements)) in zip(DerivedTable.all, statements.derived).enumerated() {
      let new = try rows.cells(of: table)
      let old = try known.rows?[index] ?? table.rows(of: subject.text, statements)
      try table.replace(old, by: new, of: subject.text, version, statements)
      all.append(new)
    }
    subjects.change(known) { known in
      known.rows = all
      // In the order of the fold, so that the next one finds most of it sorted.
      known.entries = fold.entries
    }
    try setVersion(version, of: subject.text, block: block.number)
  }

  private func version(of subject: String, block: Int64) throws -> SubjectVersion? {
    let query = statements.versionOf
    defer { query.reset() }
    try query.bind(1, block)
    try query.bind(2, subject)
    guard try query.step() else { return nil }
    return SubjectVersion(touchedFrom: query.integer(0), knownFrom: query.integer(1))
  }

  private func setVersion(_ version: SubjectVersion, of subject: String, block: Int64) throws {
    let query = statements.setVersion
    try query.bind(1, block)
    try query.bind(2, subject)
    try query.bind(3, version.touchedFrom)
    try query.bind(4, version.knownFrom)
    try query.run()
  }
}

/// Reads what is known of subjects at a point of knowledge, ready to be folded.
struct SubjectReader {
  let database: Database
  let vocabulary: Vocabulary
  /// The position of the last event that is known.
  let knownAt: Int64

  /// What is known of a subject, from the rows.
  func fold(of subject: String) throws -> SubjectFold { try fold(of: subject, known(of: subject)) }

  /// The same where the rows are at hand.
  func fold(of subject: String, _ known: KnownSubjects.Known) throws -> SubjectFold {
    SubjectFold(
      subject: subject, entries: known.entries, facts: known.facts, claims: try claims(of: known.entries),
      vocabulary: vocabulary)
  }

  /// The rows of a subject that folds are made of.
  func known(of subject: String) throws -> KnownSubjects.Known {
    var entries: [EntryRow] = []
    var facts: [String: [Int64: [FactEffect]]] = [:]
    try each(ViewStatements.entriesOfSubject, subject) { row in
      let entry = EntryRow(row)
      entries.append(entry)
      if let effects = row.repairedText(21), entry.subject.hasBytes(of: subject) {
        facts[row.repairedText(20) ?? "", default: [:]][entry.position] = try EffectList.effects(effects)
      }
    }
    try each(ViewStatements.factsOfSubject, subject) { row in
      facts[row.repairedText(0) ?? "", default: [:]][row.integer(1)] =
        try EffectList.effects(row.repairedText(2) ?? "")
    }
    return KnownSubjects.Known(entries: entries, facts: facts, rows: nil)
  }

  /// The rows of a statement about a subject: ?2 is the subject, ?3 the point of knowledge.
  private func each(_ sql: String, _ subject: String, _ body: (Query) throws -> Void) throws {
    let query = try Query(database, sql)
    defer { query.reset() }
    try query.bind(2, subject)
    try query.bind(3, knownAt)
    while try query.step() { try body(query) }
  }

  /// The events told of a subject that count no more.
  func retracted(of subject: String) throws -> [EntryRow] {
    try Row.fetchAll(cached(ViewStatements.retractedOfSubject), arguments: [nil, subject, knownAt]).map(
      EntryRow.init)
  }

  /// How the accounts of the events' claims stand to each other.
  func claims(of entries: [EntryRow]) throws -> [ExactText: ClaimState] {
    var states: [ExactText: ClaimState] = [:]
    for claim in Set(entries.compactMap { $0.claim.map(ExactText.init) }) {
      states[claim] = try self.state(ofClaim: claim.text)
    }
    return states
  }

  /// How the accounts of a claim stand to each other.
  func state(ofClaim claim: String) throws -> ClaimState {
    let contents = try Row.fetchAll(
      cached(ViewStatements.claimContents), arguments: [claim, nil, knownAt]
    ).map { row in (content: [UInt8](row[0] as Data), firstPosition: row[1] as Int64) }
    let preference = try Row.fetchOne(
      cached(ViewStatements.preferenceOfClaim), arguments: [claim, nil, knownAt]
    ).map { row in (position: row[0] as Int64, content: (row[1] as Data?).map { [UInt8]($0) }) }
    return ClaimState(contents: contents, preference: preference)
  }

  private func cached(_ sql: String) throws -> Statement { try database.cachedStatement(sql: sql) }
}

extension EntryRow {
  /// How many columns `ViewStatements.entryColumns` has: further columns of a query begin there.
  static let columnCount = 22

  /// Reads a row of `ViewStatements.entryColumns`.
  init(_ row: Row) {
    let corrections = (row[19] as String?).flatMap { try? JSONValue(parsing: $0).array }
    self.init(
      Fields(
        position: row[0], subject: row[1], type: row[2], country: row[3], institution: row[4],
        occurred: row[5],
        effective: row[6], title: row[10], claim: row[12], sourceCount: row[13] ?? 0, retractedBy: row[18],
        correctedBy: (corrections ?? []).compactMap(\.integer), orderDay: row[7], certainDay: row[8],
        isUnplaced: row[9], procedure: row[11], isListed: row[14],
        claimContent: (row[15] as Data?).map { [UInt8]($0) },
        findings: (try? Finding.findings(row[16])) ?? [], knownFrom: row[17]))
  }
}

extension EntryRow {
  /// Reads a row of `ViewStatements.entryColumns` where it stands.
  init(_ row: Query) {
    let corrections = row.repairedText(19).flatMap { try? JSONValue(parsing: $0).array }
    self.init(
      Fields(
        position: row.integer(0), subject: row.repairedText(1) ?? "", type: row.repairedText(2) ?? "",
        country: row.repairedText(3), institution: row.repairedText(4), occurred: row.repairedText(5) ?? "",
        effective: row.repairedText(6), title: row.repairedText(10), claim: row.repairedText(12),
        sourceCount: row.integer(13), retractedBy: row.optionalInteger(18),
        correctedBy: (corrections ?? []).compactMap(\.integer), orderDay: row.integer(7),
        certainDay: row.optionalInteger(8), isUnplaced: row.integer(9) != 0, procedure: row.repairedText(11),
        isListed: row.integer(14) != 0, claimContent: row.bytes(15),
        findings: (try? Finding.findings(row.repairedText(16))) ?? [], knownFrom: row.integer(17)))
  }
}

extension StatusRow {
  /// Reads a row of the status queries; nil where nothing is told of the life until the day.
  init?(_ row: Query, on day: Int64) throws {
    guard let stretch = try LifeText.row(row.bytes(5) ?? [], on: day) else { return nil }
    self.init(
      subject: row.repairedText(0) ?? "", party: row.repairedText(1) ?? "", country: row.repairedText(2),
      institution: row.repairedText(3), title: row.repairedText(4), stretch)
  }
}
