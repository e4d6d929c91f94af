// Reads what is known of one subject from the rows of the views, ready to be folded.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones

/// What a fold of a subject is made of.
struct SubjectTellings: Sendable {
  let subject: String
  let entries: [EntryRow]
  let facts: [String: [Int64: [FactEffect]]]
  let claims: [ExactText: ClaimState]
  let vocabulary: Vocabulary

  func fold() -> SubjectFold {
    SubjectFold(subject: subject, entries: entries, facts: facts, claims: claims, vocabulary: vocabulary)
  }
}

/// Reads what is known of subjects at a point of knowledge, ready to be folded.
struct SubjectReader {
  let database: Database
  let vocabulary: Vocabulary
  /// The position of the last event that is known.
  let knownAt: Int64

  /// What is known of a subject, from the rows.
  func fold(of subject: String) throws -> SubjectFold { try tellings(of: subject, known(of: subject)).fold() }

  /// The same, still to be folded, where the rows are at hand.
  func tellings(of subject: String, _ known: KnownSubjects.Known) throws -> SubjectTellings {
    SubjectTellings(
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
