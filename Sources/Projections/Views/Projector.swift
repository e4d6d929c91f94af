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
  let find: (EventKey) throws -> Int64?
  /// Reads an event as it was recorded.
  let read: (Int64) throws -> EventView

  /// The subjects that events touch, each with the first event that does and the last.
  typealias Touched = OrderedDictionary<ExactText, SubjectVersion>

  /// Adds the facts of events, in order.
  ///
  /// - Parameters:
  ///   - events: the events.
  ///   - touched: gains the subjects that must be folded anew: those told of, those moved, and those that share a claim;
  ///     where an event is corrected or retracted, those that it touched before and after.
  /// - Throws: ``ViewError`` for an event that cannot be read, and errors of the engine.
  func add(_ events: [StoredEvent], touching touched: inout Touched) throws {
    for event in events {
      let view: EventView
      do {
        view = try EventView(leaf: event.leaf.bytes)
      } catch {
        throw ViewError.unreadable(position: event.position, reason: "\(error)")
      }
      guard let facts = EventFacts(view, position: event.position, vocabulary: vocabulary) else { continue }
      let position = event.position
      try insert(facts, StandingEvent(event: view, retractedBy: nil, correctedBy: []), from: position)
      try touch(facts, at: position, &touched)
      try restrict(facts)
      if let target = try facts.amended.flatMap(self.position), target < position {
        try amend(target, by: position, touching: &touched)
      }
    }
  }

  // MARK: What is touched

  /// Every event by itself, in order: of a claim only those subjects are touched that share it by then.
  private func touch(_ facts: EventFacts, at position: Int64, _ touched: inout Touched) throws {
    if !isCounted(facts.subject) { touch(facts.subject, at: position, &touched) }
    for move in facts.moves { touch(move.subject, at: position, &touched) }
    var claims = facts.claim.map { [$0] } ?? []
    if let preferred = try claim(preferredBy: facts) { claims.append(preferred) }
    for claim in claims {
      for subject in try subjects(ofClaim: claim, knownAt: position) {
        touch(subject, at: position, &touched)
      }
    }
  }

  private func touch(_ subject: String, at position: Int64, _ touched: inout Touched) {
    touched[ExactText(subject), default: SubjectVersion(touchedFrom: position, knownFrom: position)]
      .knownFrom =
      position
  }

  /// The subjects that the accounts of a claim are told of, and those that they move.
  func subjects(ofClaim claim: String, knownAt: Int64) throws -> [String] {
    try String.fetchAll(statement(ViewStatements.subjectsOfClaim), arguments: [claim, nil, knownAt]).filter {
      !isCounted($0)
    }
  }

  private func isCounted(_ subject: String) -> Bool {
    vocabulary.kinds[EventFacts.kind(of: subject)]?.isCounted ?? false
  }

  // MARK: Corrections and retractions

  /// Notes that an event corrects or retracts another, and puts what stands from now on in the place of what stood:
  /// of the other, and of what that one corrects or retracts itself.
  private func amend(_ target: Int64, by position: Int64, touching touched: inout Touched) throws {
    try statement(ViewStatements.insertAmendment).execute(arguments: [target, position])
    var chain = [target]
    while let next = try Int64.fetchOne(statement(ViewStatements.amendedBy), arguments: [chain.last]) {
      chain.append(next)
    }
    guard let root = chain.last else { return }
    let before = try standingEvents(knownAt: position - 1).events(under: root)
    let after = try standingEvents(knownAt: position).events(under: root)
    for changed in chain.reversed() {
      guard let old = before[changed], let new = after[changed], !Self.isSame(old, new) else { continue }
      guard let oldFacts = EventFacts(old.event, position: changed, vocabulary: vocabulary),
        let newFacts = EventFacts(new.event, position: changed, vocabulary: vocabulary)
      else { continue }
      try touch(oldFacts, at: position, &touched)
      for sql in ViewStatements.closing { try statement(sql).execute(arguments: [position, changed]) }
      try insert(newFacts, new, from: position)
      try touch(newFacts, at: position, &touched)
    }
  }

  /// How events stand at a point of knowledge.
  func standingEvents(knownAt: Int64) -> StandingEvents {
    StandingEvents(
      read: read,
      amendments: { target in
        try Int64.fetchAll(statement(ViewStatements.amendmentsOf), arguments: [target, nil, knownAt])
      }, vocabulary: vocabulary)
  }

  private static func isSame(_ one: StandingEvent, _ other: StandingEvent) -> Bool {
    one.retractedBy == other.retractedBy && one.correctedBy == other.correctedBy
      && one.event.bytes == other.event.bytes
  }

  // MARK: Rows

  /// Inserts the rows of an event as it stands from a point of knowledge on. What is retracted has an entry alone.
  private func insert(_ facts: EventFacts, _ standing: StandingEvent, from known: Int64) throws {
    let content = facts.claimContent.map { Data($0) }
    let saidSince = try content.flatMap { content in
      try Int64.fetchOne(statement(ViewStatements.saidSince), arguments: [facts.position, content])
    }
    try statement(ViewStatements.insertEntry).execute(arguments: [
      facts.position, known, facts.subject, facts.type, facts.country, facts.institution, facts.occurred,
      facts.effective, facts.orderDay, facts.certainDay, facts.isUnplaced ? 1 : 0, facts.title,
      facts.procedure, facts.claim, content, saidSince ?? known, facts.sourceCount, facts.isListed ? 1 : 0,
      Finding.text(facts.findings), standing.retractedBy, Self.text(standing.correctedBy),
    ])
    if standing.retractedBy != nil { return }
    for link in facts.links {
      try statement(ViewStatements.insertLink).execute(arguments: [
        link.subject, link.kind, link.other, facts.position, known,
      ])
    }
    if let target = try facts.evidenceFor.flatMap(position), target < facts.position {
      try statement(ViewStatements.insertEvidence).execute(arguments: [target, facts.position, known])
    }
    for move in facts.moves {
      try statement(ViewStatements.insertFact).execute(arguments: [
        move.subject, move.party, facts.position, known, EffectList.text(move.effects),
      ])
    }
    try prefer(facts, from: known)
  }

  /// Positions as one text for a column; nil for none.
  private static func text(_ positions: [Int64]) throws -> String? {
    if positions.isEmpty { return nil }
    return String(
      decoding: try JSONValue.array(positions.map { .integer($0) }).canonicalBytes(), as: UTF8.self)
  }

  /// Notes a preference. One that names nothing that can be preferred has no effect.
  private func prefer(_ facts: EventFacts, from known: Int64) throws {
    guard let preference = facts.preference else { return }
    if preference.account == nil {
      guard let claim = preference.claim else { return }
      try statement(ViewStatements.insertPreference).execute(arguments: [facts.position, known, claim, nil])
    } else if let account = try account(preferredBy: facts, knownAt: known) {
      try statement(ViewStatements.insertPreference).execute(arguments: [
        facts.position, known, account.claim, account.content,
      ])
    }
  }

  /// The claim that an event settles or opens again.
  private func claim(preferredBy facts: EventFacts) throws -> String? {
    guard let preference = facts.preference else { return nil }
    if preference.account == nil { return preference.claim }
    return try account(preferredBy: facts, knownAt: facts.position)?.claim
  }

  private func account(
    preferredBy facts: EventFacts, knownAt: Int64
  ) throws -> (claim: String, content: Data)? {
    guard let target = try facts.preference?.account.flatMap(position), target < facts.position,
      let row = try Row.fetchOne(statement(ViewStatements.claimOfEntry), arguments: [target, nil, knownAt]),
      let claim: String = row[0], let content: Data = row[1]
    else { return nil }
    return (claim, content)
  }

  /// Notes consents and erasures. They are no matter of knowledge: they apply from the moment on that they are there.
  private func restrict(_ facts: EventFacts) throws {
    if let consent = facts.consent {
      try statement(ViewStatements.insertRestriction).execute(arguments: [
        facts.position, facts.subject, consent.scopes.joined(separator: " "), consent.until,
      ])
    }
    for reference in facts.erased {
      guard let target = try position(reference), target < facts.position else { continue }
      try statement(ViewStatements.insertRestriction).execute(arguments: [
        facts.position, try read(target).subject, nil, nil,
      ])
    }
  }

  /// The position of the event that a field names, by position or id.
  private func position(_ reference: String) throws -> Int64? {
    if reference.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(reference) }
    guard let id = try? EventID(reference), let key = EventKey(bytes: id.key) else { return nil }
    return try find(key)
  }

  func statement(_ sql: String) throws -> Statement { try database.cachedStatement(sql: sql) }
}
