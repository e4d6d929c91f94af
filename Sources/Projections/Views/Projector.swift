// Brings the views forward: facts of new events first, then every subject that they touch is folded anew.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// Projects events into views.db, inside one transaction of it.
struct Projector {
  let database: Database
  let vocabulary: Vocabulary

  /// Adds the facts of events, in order.
  ///
  /// - Returns: the subjects that must be folded anew: those told of, those moved, and those that share a claim.
  func add(_ events: [StoredEvent], touching touched: inout OrderedSet<String>) throws {
    var claims: OrderedSet<ExactText> = []
    for event in events {
      let view: EventView
      do {
        view = try EventView(leaf: event.leaf.bytes)
      } catch {
        throw ViewError.unreadable(position: event.position, reason: "\(error)")
      }
      guard let facts = EventFacts(view, position: event.position, vocabulary: vocabulary) else { continue }
      try insert(facts)
      if !isCounted(facts.subject) { touched.append(facts.subject) }
      for move in facts.moves { touched.append(move.subject) }
      if let claim = facts.claim { claims.append(ExactText(claim)) }
    }
    for claim in claims {
      for subject in try String.fetchAll(statement(ViewStatements.subjectsOfClaim), arguments: [claim.text])
      where !isCounted(subject) {
        touched.append(subject)
      }
    }
  }

  private func isCounted(_ subject: String) -> Bool {
    vocabulary.kinds[EventFacts.kind(of: subject)]?.isCounted ?? false
  }

  private func insert(_ facts: EventFacts) throws {
    try statement(ViewStatements.insertEntry).execute(arguments: [
      facts.position, facts.subject, facts.type, facts.country, facts.institution, facts.occurred,
      facts.effective,
      facts.orderDay, facts.certainDay, facts.isUnplaced ? 1 : 0, facts.title, facts.procedure, facts.claim,
      facts.claimContent.map { Data($0) }, facts.sourceCount, facts.isListed ? 1 : 0,
    ])
    for move in facts.moves {
      try statement(ViewStatements.insertFact).execute(arguments: [
        move.subject, move.party, facts.position, EffectList.text(move.effects),
      ])
    }
  }

  private func statement(_ sql: String) throws -> Statement { try database.cachedStatement(sql: sql) }
}
