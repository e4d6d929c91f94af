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
  /// What is known of subjects that were folded before.
  let subjects: KnownSubjects
  let statements: HotStatements

  /// The subjects that events touch, each with the first event that does and the last.
  typealias Touched = OrderedDictionary<ExactText, SubjectVersion>

  /// Adds the facts of events, in order.
  ///
  /// - Parameters:
  ///   - events: the events.
  ///   - touched: gains the subjects that must be folded anew: those told of, those moved, and those that share a claim;
  ///     where an event is corrected or retracted, those that it touched before and after.
  /// - Throws: errors of the engine.
  func add(_ events: [DrawnEvent], touching touched: inout Touched) throws {
    for event in events {
      guard let facts = event.facts else { continue }
      let (position, view) = (facts.position, event.view)
      // Before the event has rows: what is read now is what was known of the subjects without it.
      try remember(facts)
      try insert(facts, StandingEvent(event: view, retractedBy: nil, correctedBy: []), from: position)
      try touch(facts, at: position, &touched)
      try restrict(facts)
      if let target = try facts.amended.flatMap(self.position), target < position {
        try amend(target, by: position, touching: &touched)
      }
    }
  }

  // MARK: What is known

  /// Adds an event that stands and counts to what is known of the subject that it is told of and of those that it moves.
  /// They are all folded when the block is over: from memory, rather than from rows that were written just before.
  private func remember(_ facts: EventFacts) throws {
    let entry = EntryRow(facts)
    try remember(entry, facts.moves, of: facts.subject)
    for (index, move) in facts.moves.enumerated() where !move.subject.hasBytes(of: facts.subject) {
      // Each subject once, however many of its parties are moved.
      if facts.moves[..<index].contains(where: { $0.subject.hasBytes(of: move.subject) }) { continue }
      try remember(entry, facts.moves, of: move.subject)
    }
  }

  private func remember(_ entry: EntryRow, _ moves: [EventFacts.MoveFact], of subject: String) throws {
    if isCounted(subject) { return }
    subjects.change(try known(of: ExactText(subject))) { known in
      known.entries.append(entry)
      for move in moves where move.subject.hasBytes(of: subject) {
        known.facts[move.party, default: [:]][entry.position] = move.effects
      }
    }
  }

  /// What is known of a subject, read if it must be.
  func known(of subject: ExactText) throws -> KnownSubjects.Known {
    if let known = subjects.known(of: subject) { return known }
    let known = try SubjectReader(database: database, vocabulary: vocabulary, knownAt: ViewSchema.open - 1)
      .known(of: subject.text)
    subjects.keep(known, as: subject)
    return known
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
      forget(oldFacts)
      forget(newFacts)
      for sql in ViewStatements.closing { try statement(sql).execute(arguments: [position, changed]) }
      try insert(newFacts, new, from: position)
      try touch(newFacts, at: position, &touched)
    }
  }

  /// What is kept of the subjects of an event that changes is that no more.
  private func forget(_ facts: EventFacts) {
    subjects.forget(facts.subject)
    for move in facts.moves { subjects.forget(move.subject) }
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
    try insertEntry(facts, standing, from: known)
    if standing.retractedBy != nil { return }
    for link in facts.links {
      let query = statements.insertLink
      try query.bind(1, link.subject)
      try query.bind(2, link.kind)
      try query.bind(3, link.other)
      try query.bind(4, facts.position)
      try query.bind(5, known)
      try query.run()
    }
    if let target = try facts.evidenceFor.flatMap(position), target < facts.position {
      try statement(ViewStatements.insertEvidence).execute(arguments: [target, facts.position, known])
    }
    for move in facts.furtherMoves {
      let query = statements.insertFact
      try query.bind(1, move.subject)
      try query.bind(2, move.party)
      try query.bind(3, facts.position)
      try query.bind(4, known)
      try query.bind(5, EffectList.text(move.effects))
      try query.run()
    }
    try prefer(facts, from: known)
  }

  private func insertEntry(_ facts: EventFacts, _ standing: StandingEvent, from known: Int64) throws {
    // Borrowed bytes must stay where they are until the statement has run.
    try (facts.claimContent ?? []).withUnsafeBytes { content in
      let saidSince = facts.claimContent == nil ? nil : try self.saidSince(content, at: facts.position)
      let query = statements.insertEntry
      try query.bind(1, facts.position)
      try query.bind(2, known)
      try query.bind(3, facts.subject)
      try query.bind(4, facts.type)
      try query.bind(5, facts.country)
      try query.bind(6, facts.institution)
      try query.bind(7, facts.occurred)
      try query.bind(8, facts.effective)
      try query.bind(9, facts.orderDay)
      try query.bind(10, facts.certainDay)
      try query.bind(11, facts.isUnplaced ? 1 : 0)
      try query.bind(12, facts.title)
      try query.bind(13, facts.procedure)
      try query.bind(14, facts.claim)
      if facts.claimContent == nil {
        try query.bind(15, Int64?.none)
      } else {
        try query.bindBorrowed(15, content)
      }
      try query.bind(16, saidSince ?? known)
      try query.bind(17, facts.sourceCount.map(Int64.init))
      try query.bind(18, facts.isListed ? 1 : 0)
      try query.bind(19, Finding.text(facts.findings))
      try query.bind(20, standing.retractedBy)
      try query.bind(21, Self.text(standing.correctedBy))
      // What is retracted moves nobody.
      let move = standing.retractedBy == nil ? facts.ownMove : nil
      try query.bind(22, move?.party)
      try query.bind(23, move.map { try EffectList.text($0.effects) })
      try query.run()
    }
  }

  private func saidSince(_ content: UnsafeRawBufferPointer, at position: Int64) throws -> Int64? {
    let query = statements.saidSince
    defer { query.reset() }
    try query.bind(1, position)
    try query.bindBorrowed(2, content)
    return try query.step() ? query.optionalInteger(0) : nil
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

extension EntryRow {
  /// The row of an event as it was recorded, as ``init(_:)`` reads it back.
  init(_ facts: EventFacts) {
    self.init(
      Fields(
        position: facts.position, subject: facts.subject, type: facts.type, country: facts.country,
        institution: facts.institution, occurred: facts.occurred, effective: facts.effective,
        title: facts.title, claim: facts.claim, sourceCount: Int64(facts.sourceCount ?? 0), retractedBy: nil,
        correctedBy: [], orderDay: facts.orderDay, certainDay: facts.certainDay, isUnplaced: facts.isUnplaced,
        procedure: facts.procedure, isListed: facts.isListed, claimContent: facts.claimContent,
        findings: facts.findings, knownFrom: facts.position))
  }
}
