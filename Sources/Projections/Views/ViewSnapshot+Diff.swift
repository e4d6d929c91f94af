// What changed between two points of knowledge, or between two days: found through what was touched, not by looking at
// all there is.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import Milestones

extension ViewSnapshot {
  /// The same state of the views at another point of knowledge: both belong together.
  ///
  /// - Parameter position: the position of the last event that is to be known; not beyond what the views contain.
  /// - Returns: what was known then.
  /// - Throws: errors of reading the log.
  public func at(knownAt position: Int64) throws -> ViewSnapshot {
    let recorded = try readEvent(position).recorded ?? RecordedTime(milliseconds: 0)
    return ViewSnapshot(
      knownAt: position, recorded: recorded, restrictedBy: restrictedBy, restrictionDay: restrictionDay,
      readEvent: readEvent,
      database: database, vocabulary: vocabulary, restrictableKinds: restrictableKinds,
      blockLength: blockLength)
  }

  /// What differs between what was known at an earlier point and what is known at this one.
  ///
  /// All events that were recorded in between are told, whenever they happened; where things stand and which accounts
  /// are at odds is told for one day.
  ///
  /// - Parameters:
  ///   - former: the position of the last event that was known earlier.
  ///   - scope: where to look: a standing that lies in it on either side is told.
  ///   - day: the day.
  /// - Returns: the changes, place by place.
  /// - Throws: errors of the engine and of reading the log.
  public func changes(since former: Int64, _ scope: Scope, onDay day: Int64) throws -> [Change] {
    if former >= knownAt { return [] }
    let before = try at(knownAt: former)
    let amended = try amended(since: former)
    return
      (try added(since: former, scope, onDay: day)
      + amended.flatMap { try amendments(of: $0, since: before, scope, onDay: day) }
      + standings(since: before, scope, onDay: day)
      + claims(since: before, amended: amended, scope, onDay: day))
      .sorted(by: Change.stands)
  }

  /// What differs between two days at this point of knowledge.
  ///
  /// - Parameters:
  ///   - first: the earlier day.
  ///   - last: the later day.
  ///   - scope: where to look.
  /// - Returns: the changes, place by place: what happened after the first day and until the last (by the earliest day
  ///   that its date leaves open), where things stand otherwise, and which accounts are at odds that were not.
  /// - Throws: errors of the engine and of reading the log.
  public func changes(fromDay first: Int64, toDay last: Int64, _ scope: Scope) throws -> [Change] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let entries = try entries(ViewStatements.happenedBetween(condition), last, condition.name, first)
    let happened = try read(entries, onDay: last).map { Change(.happened, $0.ground) }
    let known = Set(try disputes(scope, onDay: first).map { ExactText($0.claim) })
    let begun = try disputes(scope, onDay: last).filter { !known.contains(ExactText($0.claim)) }
    return
      (try happened + Change.standings(from: status(scope, onDay: first), to: status(scope, onDay: last))
      + begun.compactMap { try claim($0.claim, .disputed, cause: nil) })
      .sorted(by: Change.stands)
  }

  // MARK: Events

  private func added(since former: Int64, _ scope: Scope, onDay day: Int64) throws -> [Change] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let entries = try entries(ViewStatements.recordedSince(condition), former, condition.name)
    return try read(entries, onDay: day).map { Change(.added, $0.ground) }
  }

  /// The events known before that something recorded since then corrects or retracts, directly or over others.
  private func amended(since former: Int64) throws -> [Int64] {
    var found: Set<Int64> = []
    var open: [Int64] = try rows(ViewStatements.amendedSince, former, nil).map { $0[0] }
    while let target = open.popLast() {
      guard found.insert(target).inserted else { continue }
      open += try Int64.fetchAll(
        database.cachedStatement(sql: ViewStatements.amendedBy), arguments: [target])
    }
    return found.filter { $0 <= former }.sorted()
  }

  /// How an event reads otherwise than before: a change for each event that made the difference.
  private func amendments(
    of position: Int64, since before: ViewSnapshot, _ scope: Scope, onDay day: Int64
  ) throws -> [Change] {
    guard let former = try before.entry(at: position), let entry = try entry(at: position), entry.isListed,
      [former, entry].contains(where: {
        scope.contains(subject: $0.subject, country: $0.country, institution: $0.institution)
      }), let ground = try read([entry], onDay: day).first?.ground
    else { return [] }
    let (old, new) = (try before.standingEvent(at: position), try standingEvent(at: position))
    var changes: [Change] = []
    func add(_ kind: Change.Kind, by cause: Int64?, _ fields: [Change.FieldChange] = []) throws {
      var change = Change(kind, ground)
      change.cause = try cause.map(self.cause)
      change.fields = fields
      changes.append(change)
    }
    if let by = new.retractedBy, by != old.retractedBy { try add(.retracted, by: by) }
    if let by = old.retractedBy, new.retractedBy == nil {
      try add(.broughtBack, by: standingEvent(at: by).retractedBy)
    }
    var made: [(origin: Origin, fields: [Change.FieldChange])] = []
    for field in try Change.differences(old.event.correctable, new.event.correctable) {
      let origin = try origin(of: field.field, old, new, since: before)
      if let index = made.firstIndex(where: { $0.origin == origin }) {
        made[index].fields.append(field)
      } else {
        made.append((origin, [field]))
      }
    }
    for (origin, fields) in made { try add(origin.kind, by: origin.position, fields) }
    return changes
  }

  /// What made a field read otherwise.
  private struct Origin: Equatable {
    let kind: Change.Kind
    let position: Int64?
  }

  /// The latest event since then that touches the field: a correction, the retraction of one, or the correction of one.
  private func origin(
    of field: String, _ old: StandingEvent, _ new: StandingEvent, since before: ViewSnapshot
  ) throws -> Origin {
    var origins: [Origin] = []
    for correction in Set(old.correctedBy + new.correctedBy) {
      let (was, isNow) = (old.correctedBy.contains(correction), new.correctedBy.contains(correction))
      let standing = try standingEvent(at: correction)
      let names =
        try was && before.standingEvent(at: correction).event.correctedFields.contains(ExactText(field))
        || standing.event.correctedFields.contains(ExactText(field))
      guard names else { continue }
      if !was {
        // One that was recorded before, and holds again.
        let retraction =
          correction <= before.knownAt
          ? try before.standingEvent(at: correction).retractedBy : nil
        let position = try retraction.flatMap { try standingEvent(at: $0).retractedBy } ?? correction
        origins.append(Origin(kind: retraction == nil ? .corrected : .broughtBack, position: position))
      } else if !isNow {
        origins.append(Origin(kind: .broughtBack, position: standing.retractedBy))
      } else if let later = standing.correctedBy.last(where: { $0 > before.knownAt }) {
        origins.append(Origin(kind: .corrected, position: later))
      }
    }
    return origins.max { ($0.position ?? -1) < ($1.position ?? -1) }
      ?? Origin(kind: .corrected, position: new.correctedBy.last)
  }

  /// An event as what made a difference.
  func cause(at position: Int64) throws -> Cause {
    let event = try standingEvent(at: position).event
    return Cause(position: position, id: event.id, reason: event.data?["reason"]?.string)
  }

  // MARK: Standings

  /// Where what was touched since then stands otherwise.
  private func standings(since before: ViewSnapshot, _ scope: Scope, onDay day: Int64) throws -> [Change] {
    let names = try String.fetchAll(
      database.cachedStatement(sql: ViewStatements.touchedBetween),
      arguments: [before.knownAt / blockLength, knownAt / blockLength, knownAt, before.knownAt])
    return try names.flatMap { name -> [Change] in
      if case .subject(let asked) = scope, !asked.utf8.elementsEqual(name.utf8) { return [] }
      return try Change.standings(
        from: before.status(.subject(name), onDay: day), to: status(.subject(name), onDay: day)
      ).filter { change in
        [change.before, change.after].compactMap(\.self).contains {
          scope.contains(subject: $0.subject, country: $0.country, institution: $0.institution)
        }
      }
    }
  }

  // MARK: Claims

  /// The claims whose accounts are otherwise at odds, or otherwise settled.
  private func claims(
    since before: ViewSnapshot, amended: [Int64], _ scope: Scope, onDay day: Int64
  ) throws -> [Change] {
    let list = try JSONValue.array(amended.map { .integer($0) }).canonicalBytes()
    let claims: [String] = try rows(
      ViewStatements.claimsSince, before.knownAt, nil, String(decoding: list, as: UTF8.self)
    ).map { $0[0] }
    return try claims.compactMap { claim in
      guard try before.holds(claim, in: scope) || holds(claim, in: scope) else { return nil }
      let (old, new) = (try before.state(ofClaim: claim, onDay: day), try state(ofClaim: claim, onDay: day))
      if old == new { return nil }
      switch new {
      case .settled(_, let by): return try self.claim(claim, .settled, cause: by, else: before)
      case .agreed: return try self.claim(claim, .agreed, cause: nil, else: before)
      case .disputed:
        if case .settled = old {
          return try self.claim(claim, .reopened, cause: opener(ofClaim: claim), else: before)
        }
        return try self.claim(claim, .disputed, cause: nil, else: before)
      }
    }
  }

  /// How the accounts of a claim stand to each other; `agreed` before the day of the first of them.
  private func state(ofClaim claim: String, onDay day: Int64) throws -> ClaimState {
    let accounts = try entries(ViewStatements.accountsOfClaim, claim, nil)
    guard accounts.contains(where: { $0.orderDay <= day }) else { return .agreed }
    return try subjects.state(ofClaim: claim)
  }

  /// Whether an account of a claim lies in a scope.
  private func holds(_ claim: String, in scope: Scope) throws -> Bool {
    try entries(ViewStatements.accountsOfClaim, claim, nil).contains {
      scope.contains(subject: $0.subject, country: $0.country, institution: $0.institution)
    }
  }

  /// What opened a claim that was settled: a preference for none, or an account that says something new.
  private func opener(ofClaim claim: String) throws -> Int64? {
    guard let preference = try rows(ViewStatements.preferenceOfClaim, claim, nil).first else { return nil }
    let position: Int64 = preference[0]
    if (preference[1] as Data?) == nil { return position }
    return try rows(ViewStatements.claimContents, claim, nil).map { $0[1] as Int64 }.filter { $0 > position }
      .min()
  }

  private func claim(
    _ claim: String, _ kind: Change.Kind, cause: Int64?, else before: ViewSnapshot? = nil
  ) throws -> Change? {
    guard let first = try firstAccount(ofClaim: claim) ?? before?.firstAccount(ofClaim: claim) else {
      return nil
    }
    return Change(
      kind: kind, country: first.country, institution: first.institution, subject: first.subject,
      title: first.title, cause: try cause.map(self.cause), claim: claim)
  }
}

extension Change {
  fileprivate init(_ kind: Kind, _ ground: Ground) {
    self.init(
      kind: kind, country: ground.entry.country, institution: ground.entry.institution,
      subject: ground.entry.subject, title: ground.entry.title, ground: ground)
  }
}

extension EventView {
  /// The fields that a correction could change, with what they say.
  fileprivate var correctable: [(String, JSONValue)] {
    var fields = Self.correctableEnvelopeFields.compactMap { name in root[name].map { (name, $0.value) } }
    if let data {
      for (name, value) in data.members where !Self.neverCorrectedFields.contains(name) {
        fields.append((name, value.value))
      }
    }
    return fields
  }

  /// The fields that this event, a correction, names.
  fileprivate var correctedFields: Set<ExactText> {
    Set(["old", "new"].flatMap { data?[$0]?.members.map { ExactText($0.key) } ?? [] })
  }
}
