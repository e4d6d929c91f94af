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
  /// Finds an event that another one names by its id.
  var find: (EventKey) throws -> Int64? = { _ in nil }

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
      if let preference = facts.preference, let claim = try prefer(preference, at: event.position) {
        claims.append(ExactText(claim))
      }
      if !isCounted(facts.subject) { touched.append(facts.subject) }
      for move in facts.moves { touched.append(move.subject) }
      if let claim = facts.claim { claims.append(ExactText(claim)) }
    }
    for claim in claims { touched.append(contentsOf: try subjects(ofClaim: claim.text)) }
  }

  /// The subjects that the accounts of a claim are told of, and those that they move.
  func subjects(ofClaim claim: String) throws -> [String] {
    try String.fetchAll(statement(ViewStatements.subjectsOfClaim), arguments: [claim]).filter {
      !isCounted($0)
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
      Finding.text(facts.findings),
    ])
    for link in facts.links {
      try statement(ViewStatements.insertLink).execute(arguments: [
        link.subject, link.kind, link.other, facts.position,
      ])
    }
    if let target = try facts.evidenceFor.flatMap(position), target < facts.position {
      try statement(ViewStatements.insertEvidence).execute(arguments: [target, facts.position])
    }
    for move in facts.moves {
      try statement(ViewStatements.insertFact).execute(arguments: [
        move.subject, move.party, facts.position, EffectList.text(move.effects),
      ])
    }
  }

  /// Notes a preference.
  ///
  /// - Returns: its claim; nil for one that names nothing that can be preferred, which has no effect.
  private func prefer(_ preference: EventFacts.PreferenceFact, at position: Int64) throws -> String? {
    guard let account = preference.account else {
      guard let claim = preference.claim else { return nil }
      try statement(ViewStatements.insertPreference).execute(arguments: [position, claim, nil])
      return claim
    }
    guard let target = try self.position(account), target < position,
      let row = try Row.fetchOne(statement(ViewStatements.claimOfEntry), arguments: [target]),
      let claim: String = row[0], let content: Data = row[1]
    else { return nil }
    try statement(ViewStatements.insertPreference).execute(arguments: [position, claim, content])
    return claim
  }

  /// The position of the event that a field names, by position or id.
  private func position(_ reference: String) throws -> Int64? {
    if reference.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(reference) }
    guard let id = try? EventID(reference), let key = EventKey(bytes: id.key) else { return nil }
    return try find(key)
  }

  private func statement(_ sql: String) throws -> Statement { try database.cachedStatement(sql: sql) }
}
