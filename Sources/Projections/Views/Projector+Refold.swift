// Folds one subject anew and puts its rows in the place of the old ones.

internal import GRDB
internal import Milestones
internal import OrderedCollections

extension Projector {
  /// What is known of a subject, from the rows.
  func subjectFold(_ subject: String) throws -> SubjectFold {
    let entries = try Row.fetchAll(cached(ViewStatements.entriesOfSubject), arguments: [subject]).map(
      EntryRow.init)
    var facts: [String: [Int64: [(index: Int, detail: String?)]]] = [:]
    for row in try Row.fetchAll(cached(ViewStatements.factsOfSubject), arguments: [subject]) {
      let party: String = row[0]
      facts[party, default: [:]][row[1]] = try EffectList.effects(row[2])
    }
    var disputed: Set<ExactText> = []
    for claim in Set(entries.compactMap { $0.claim.map(ExactText.init) }) {
      let accounts = try Int64.fetchOne(cached(ViewStatements.claimContents), arguments: [claim.text]) ?? 0
      if accounts > 1 { disputed.insert(claim) }
    }
    return SubjectFold(
      subject: subject, entries: entries, facts: facts, disputedClaims: disputed, vocabulary: vocabulary)
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
        life.events.map(\.position).max() ?? 0, life.events.count,
        life.events.map(\.sourceCount).reduce(0, +),
        life.anomalies.count, life.disputes,
      ])
      for (index, span) in life.spans.enumerated() {
        let until = index + 1 < life.spans.count ? life.spans[index + 1].fromDay : Int64.max
        try cached(ViewStatements.insertStanding).execute(arguments: [
          subject, life.party, span.fromDay, until, span.stage, span.detail, span.certainty?.rawValue,
          span.certainStage, span.since, span.position,
        ])
      }
      for anomaly in life.anomalies {
        try cached(ViewStatements.insertAnomaly).execute(arguments: [
          subject, life.party, anomaly.position, anomaly.from, anomaly.to,
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
      effective: row[6], title: row[10], claim: row[12], sourceCount: row[13], orderDay: row[7],
      certainDay: row[8],
      isUnplaced: row[9], procedure: row[11], isListed: row[14])
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
