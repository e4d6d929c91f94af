// Folds one subject anew and puts its rows in the place of the old ones.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import Milestones
internal import OrderedCollections

extension Projector {
  /// Folds a subject as far as the views have come, and writes where it stands.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - touched: the first and the last event of those just added that touch it.
  ///   - block: the block of the log that these events stand in.
  /// - Throws: errors of the engine.
  func refold(_ subject: String, _ touched: SubjectVersion, block: Int64) throws {
    let reader = SubjectReader(database: database, vocabulary: vocabulary, knownAt: ViewSchema.open - 1)
    let rows = SubjectRows(try reader.fold(of: subject))
    var version = touched
    if let row = try Row.fetchOne(statement(ViewStatements.versionOf), arguments: [block, subject]) {
      let former = SubjectVersion(touchedFrom: row[0], knownFrom: row[1])
      version.touchedFrom = former.touchedFrom
      for table in DerivedTable.all { try table.takeBack(subject, former, in: database) }
    }
    for table in DerivedTable.all {
      try table.replace(rows.cells(of: table), of: subject, version, in: database)
    }
    try statement(ViewStatements.setVersion).execute(arguments: [
      block, subject, version.touchedFrom, version.knownFrom,
    ])
  }
}

/// Reads what is known of subjects at a point of knowledge, ready to be folded.
struct SubjectReader {
  let database: Database
  let vocabulary: Vocabulary
  /// The position of the last event that is known.
  let knownAt: Int64

  /// What is known of a subject, from the rows.
  func fold(of subject: String) throws -> SubjectFold {
    let entries = try Row.fetchAll(
      cached(ViewStatements.entriesOfSubject), arguments: [nil, subject, knownAt]
    ).map(EntryRow.init)
    var facts: [String: [Int64: [FactEffect]]] = [:]
    for row in try Row.fetchAll(
      cached(ViewStatements.factsOfSubject), arguments: [nil, subject, knownAt])
    {
      let party: String = row[0]
      facts[party, default: [:]][row[1]] = try EffectList.effects(row[2])
    }
    return SubjectFold(
      subject: subject, entries: entries, facts: facts, claims: try claims(of: entries),
      vocabulary: vocabulary)
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
  static let columnCount = 20

  /// Reads a row of `ViewStatements.entryColumns`.
  init(_ row: Row) {
    let corrections = (row[19] as String?).flatMap { try? JSONValue(parsing: $0).array }
    self.init(
      position: row[0], subject: row[1], type: row[2], country: row[3], institution: row[4], occurred: row[5],
      effective: row[6], title: row[10], claim: row[12], sourceCount: row[13] ?? 0, retractedBy: row[18],
      correctedBy: (corrections ?? []).compactMap(\.integer), orderDay: row[7], certainDay: row[8],
      isUnplaced: row[9], procedure: row[11], isListed: row[14],
      claimContent: (row[15] as Data?).map { [UInt8]($0) },
      findings: (try? Finding.findings(row[16])) ?? [], knownFrom: row[17])
  }
}

extension StatusRow {
  /// Reads a row of the status queries.
  init(_ row: Row) {
    let party: String = row[1]
    self.init(
      subject: row[0], party: party.isEmpty ? nil : party, country: row[2], institution: row[3],
      title: row[4],
      stage: row[5], detail: row[6], certainty: row[7], certainStage: row[8], since: row[9],
      lastPosition: row[10],
      sourceCount: row[11], anomalyCount: row[12], disputeCount: row[13])
  }
}
