// Folds one subject anew and puts its rows in the place of the old ones.

internal import Foundation
internal import GRDB
internal import Milestones
internal import OrderedCollections

extension Projector {
  /// What is known of a subject, from the rows.
  func subjectFold(_ subject: String) throws -> SubjectFold {
    let entries = try Row.fetchAll(cached(ViewStatements.entriesOfSubject), arguments: [subject]).map(
      EntryRow.init)
    var facts: [String: [Int64: [FactEffect]]] = [:]
    for row in try Row.fetchAll(cached(ViewStatements.factsOfSubject), arguments: [subject]) {
      let party: String = row[0]
      facts[party, default: [:]][row[1]] = try EffectList.effects(row[2])
    }
    return SubjectFold(
      subject: subject, entries: entries, facts: facts, claims: try claims(of: entries),
      vocabulary: vocabulary)
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
    let contents = try Row.fetchAll(cached(ViewStatements.claimContents), arguments: [claim]).map { row in
      (content: [UInt8](row[0] as Data), firstPosition: row[1] as Int64)
    }
    let preference = try Row.fetchOne(cached(ViewStatements.preferenceOfClaim), arguments: [claim]).map {
      row in (position: row[0] as Int64, content: (row[1] as Data?).map { [UInt8]($0) })
    }
    return ClaimState(contents: contents, preference: preference)
  }

  /// Folds a subject and writes where it stands.
  func refold(_ subject: String) throws {
    let fold = try subjectFold(subject)
    for sql in [
      ViewStatements.deleteProfiles, ViewStatements.deleteStandings, ViewStatements.deleteAnomalies,
    ] {
      try cached(sql).execute(arguments: [subject])
    }
    for life in fold.lives() where !life.events.isEmpty {
      try cached(ViewStatements.insertProfile).execute(arguments: [
        subject, life.party, fold.kind, life.country, life.institution, life.title,
      ])
      for row in StandingRows(life, claims: fold.claims).rows {
        let (span, counts) = (row.span, row.counts)
        try cached(ViewStatements.insertStanding).execute(arguments: [
          subject, life.party, row.fromDay, row.untilDay, span?.stage, span?.detail,
          span?.certainty?.rawValue,
          span?.certainStage, span?.since, span?.position, counts.lastPosition, counts.events, counts.sources,
          counts.anomalies, counts.disputes,
        ])
      }
      for remark in life.remarks {
        try cached(ViewStatements.insertAnomaly).execute(arguments: [
          subject, life.party, remark.position, remark.fromDay, remark.untilDay, remark.finding.kind.rawValue,
          remark.finding.detail,
        ])
      }
    }
  }

  private func cached(_ sql: String) throws -> Statement { try database.cachedStatement(sql: sql) }
}

extension EntryRow {
  /// Reads a row of `ViewStatements.entryColumns`.
  init(_ row: Row) {
    self.init(
      position: row[0], subject: row[1], type: row[2], country: row[3], institution: row[4], occurred: row[5],
      effective: row[6], title: row[10], claim: row[12], sourceCount: row[13] ?? 0, orderDay: row[7],
      certainDay: row[8], isUnplaced: row[9], procedure: row[11], isListed: row[14],
      claimContent: (row[15] as Data?).map { [UInt8]($0) },
      findings: (try? Finding.findings(row[16])) ?? [])
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
