// Folds everything that is known of one subject: its home, its own life, and the life of each of its parties.

internal import Milestones
internal import OrderedCollections

/// What is known of one subject, ready to be folded.
struct SubjectFold {
  /// The life of the subject as a whole, or of one of its parties.
  struct Life {
    /// The party's code or path; empty for the subject as a whole.
    let party: String
    let country: String?
    let institution: String?
    let title: String?
    let spans: [Span]
    let outcomes: [Int64: MoveOutcome]
    /// The positions of the moves in the order in which they were taken.
    let sequence: [Int64]
    let events: [EntryRow]
    let remarks: [Remark]
  }

  /// Something that does not add up, from one day until before another.
  struct Remark: Equatable {
    let position: Int64
    let fromDay: Int64
    let untilDay: Int64
    let finding: Finding
  }

  let subject: String
  let kind: String
  let vocabulary: Vocabulary
  /// The events told of the subject and those that move it, in the order of what happened.
  let entries: [EntryRow]
  /// The effects of each event on the subject, by party and position.
  let facts: [String: [Int64: [FactEffect]]]
  /// How the accounts of each claim stand to each other.
  let claims: [ExactText: ClaimState]
  /// The registration that gives home, title and procedure; nil if the subject was never registered.
  let registration: EntryRow?
  /// The subject's title: the registration's, else that of the first event that is no mere description.
  let title: String?
  /// Where the subject is at home: where its registration says, else where the first event was. What only a party did
  /// is at home with the party: a treaty is not at home in the country that signed it first.
  private let home: (country: String?, institution: String?)
  /// Where each event stands among ``entries``, if there are parties. A treaty has a hundred of them: each looks up its
  /// own events. A life alone goes through them all.
  private let places: [Int64: Int]?

  init(
    subject: String, entries: [EntryRow], facts: [String: [Int64: [FactEffect]]],
    claims: [ExactText: ClaimState], vocabulary: Vocabulary
  ) {
    self.subject = subject
    kind = EventFacts.kind(of: subject)
    self.vocabulary = vocabulary
    let entries = entries.sorted(by: Self.happenedBefore)
    self.entries = entries
    self.facts = facts
    self.claims = claims
    places =
      facts.count > 1 ? Dictionary(entries.enumerated().map { ($1.position, $0) }) { first, _ in first } : nil
    registration = entries.first { vocabulary.types[$0.type]?.givesHome ?? false }
    home = Self.home(registration, entries, facts)
    title =
      registration?.title
      ?? entries.first { $0.title != nil && vocabulary.types[$0.type]?.onlyDescribes != true }?.title
      ?? entries.first { $0.title != nil }?.title
  }

  private static func home(
    _ registration: EntryRow?, _ entries: [EntryRow], _ facts: [String: [Int64: [FactEffect]]]
  ) -> (country: String?, institution: String?) {
    if let registration { return (registration.country, registration.institution) }
    let first = entries.first { entry in
      facts[""]?[entry.position] != nil
        || !facts.contains { !$0.key.isEmpty && $0.value[entry.position] != nil }
    }
    return (first?.country, first?.institution ?? entries.first?.institution)
  }

  /// The same with none of the accounts of a claim preferred: what each of them would give.
  func disputing(_ claim: String) -> SubjectFold {
    var claims = claims
    claims[ExactText(claim)] = .disputed
    return SubjectFold(
      subject: subject, entries: entries, facts: facts, claims: claims, vocabulary: vocabulary)
  }

  /// The subject as a whole first, then its parties by code.
  func lives(on day: Int64 = .max) -> [Life] {
    let (tellings, rules) = told()
    return parties.map { life(of: $0, tellings[$0] ?? [], rules: rules, on: day) }
  }

  /// The same without what became of each move, which takes two thirds of a fold and stands in no row.
  func livesWithoutOutcomes() -> [Life] {
    let (tellings, rules) = told()
    return parties.map { life(of: $0, tellings[$0] ?? [], rules: rules, on: nil) }
  }

  /// The events that move a party, in the order of what happened.
  private func events(moving party: String) -> [EntryRow] {
    guard let moves = facts[party] else { return [] }
    guard let places else { return entries.filter { moves[$0.position] != nil } }
    return moves.keys.compactMap { places[$0] }.sorted().map { entries[$0] }
  }

  /// The moves of each life as they were met by the end of a day, by party.
  func met(on day: Int64) -> [String: (settled: [MetMove], rivals: [MetMove])] {
    let (tellings, rules) = told()
    var met: [String: (settled: [MetMove], rivals: [MetMove])] = [:]
    for party in parties {
      met[party] = fold(of: party, tellings[party] ?? [], rules: rules)?.met(on: day)
    }
    return met
  }

  /// The empty name of the whole, then the parties by code.
  private var parties: [String] {
    [""] + facts.keys.filter { !$0.isEmpty }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What the events tell of each life, and what rules of dates make of it.
  private func told() -> (tellings: [String: [Telling]], rules: PartyRules?) {
    let parties = self.parties
    var tellings: [String: [Telling]] = [:]
    for party in parties { tellings[party] = self.tellings(of: party) }
    var rules: PartyRules?
    if let lifecycle = vocabulary.partyLifecycle(of: kind), parties.count > 1 {
      let whole = tellings[""] ?? []
      rules = PartyRules(lifecycle: lifecycle, whole: whole, parties: tellings.filter { !$0.key.isEmpty })
    }
    return (tellings, rules)
  }

  private func fold(of party: String, _ tellings: [Telling], rules: PartyRules?) -> DisputeFold? {
    lifecycle(of: party).map { lifecycle in
      DisputeFold(
        lifecycle: lifecycle,
        moves: tellings.filter { $0.standing == .counts }.map(\.move) + (rules?.steps[party] ?? []),
        rivals: tellings.filter { $0.standing == .rival }.map(\.move))
    }
  }

  /// How an event stands among the accounts of its claim.
  func standing(of entry: EntryRow) -> AccountStanding {
    entry.standing(in: entry.claim.flatMap { claims[ExactText($0)] })
  }

  /// The events for reading: of one day in the order of recording, but moves in the order in which they were taken.
  func entriesForReading(_ lives: [Life]) -> [EntryRow] {
    let taken = Dictionary(
      lives.flatMap(\.sequence).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var sorted = entries.sorted { ($0.orderDay, $0.position) < ($1.orderDay, $1.position) }
    var start = 0
    while start < sorted.count {
      let day = sorted[start].orderDay
      let end = sorted[start...].firstIndex { $0.orderDay != day } ?? sorted.count
      let places = (start..<end).filter { taken[sorted[$0].position] != nil }
      let moves = places.map { sorted[$0] }.sorted {
        taken[$0.position, default: 0] < taken[$1.position, default: 0]
      }
      for (place, move) in zip(places, moves) { sorted[place] = move }
      start = end
    }
    return sorted
  }

  private func life(of party: String, _ tellings: [Telling], rules: PartyRules?, on day: Int64?) -> Life {
    let events = party.isEmpty ? entries : events(moving: party)
    let isOrganisation = party.utf8.contains(UInt8(ascii: "/"))
    var spans: [Span] = []
    var outcomes: [Int64: MoveOutcome] = [:]
    var sequence: [Int64] = []
    var remarks: [Remark] = []
    if let fold = fold(of: party, tellings, rules: rules) {
      let course = fold.course()
      spans = course.spans
      remarks = course.anomalies.map { anomaly in
        let place = anomaly.from.map { "after \($0)" } ?? "at the beginning"
        return Remark(
          position: anomaly.position, fromDay: anomaly.fromDay, untilDay: anomaly.untilDay,
          finding: Finding(.step, "cannot be \(anomaly.to) \(place)"))
      }
      if let day {
        outcomes = fold.outcomes(on: day)
        for telling in tellings where telling.move.orderDay <= day {
          if case .setAside(let by) = telling.standing {
            outcomes[telling.entry.position] = .setAside(by: by)
          }
        }
        sequence = fold.sequence(on: day)
      }
    }
    for mismatch in rules?.mismatches ?? [] where mismatch.party == party {
      remarks.append(
        Remark(
          position: mismatch.position, fromDay: mismatch.fromDay, untilDay: .max, finding: mismatch.finding))
    }
    if party.isEmpty {
      for entry in entries where !entry.findings.isEmpty && entry.subject.hasBytes(of: subject) {
        remarks += entry.findings.map {
          Remark(position: entry.position, fromDay: entry.orderDay, untilDay: .max, finding: $0)
        }
      }
    }
    return Life(
      party: party, country: party.isEmpty ? home.country : (isOrganisation ? nil : party),
      institution: isOrganisation ? party : home.institution, title: title, spans: spans,
      outcomes: outcomes, sequence: sequence, events: events, remarks: remarks)
  }

  private func tellings(of party: String) -> [Telling] {
    guard let lifecycle = lifecycle(of: party), let facts = facts[party] else { return [] }
    return events(moving: party).compactMap { entry in
      facts[entry.position].flatMap { telling(entry, effects: $0, lifecycle: lifecycle) }
    }
  }

  func lifecycle(of party: String) -> Lifecycle? {
    party.isEmpty
      ? vocabulary.lifecycle(of: kind, procedure: registration?.procedure)
      : vocabulary.partyLifecycle(of: kind)
  }

  private func telling(_ entry: EntryRow, effects: [FactEffect], lifecycle: Lifecycle) -> Telling? {
    guard let type = vocabulary.types[entry.type] else { return nil }
    var candidates: [FoldMove.Candidate] = []
    var rule: String?
    var dated: String?
    var isCounted = true
    for effect in effects {
      guard type.effects.indices.contains(effect.index), case .move(let move) = type.effects[effect.index],
        move.lifecycles.isEmpty || move.lifecycles.contains(lifecycle.name), lifecycle.has(move.stage)
      else { continue }
      candidates.append(
        FoldMove.Candidate(
          stage: move.stage, from: move.from, waits: move.waits, detail: effect.detail, effect: effect.index))
      rule = rule ?? effect.rule
      dated = dated ?? effect.dated
      if move.isUncounted { isCounted = false }
    }
    if candidates.isEmpty { return nil }
    let details =
      candidates.count == 1
      ? candidates[0].detail ?? "" : candidates.map { $0.detail ?? "" }.joined(separator: "\u{1f}")
    return Telling(
      entry: entry,
      move: FoldMove(
        position: entry.position, orderDay: entry.orderDay, certainDay: entry.certainDay,
        isUnplaced: entry.isUnplaced, since: entry.since,
        tieBreakParts: [entry.type, details, entry.since, entry.occurred, rule ?? "", dated ?? ""],
        candidates: candidates),
      standing: standing(of: entry), rule: rule, isCounted: isCounted,
      countedFrom: dated ?? entry.occurred)
  }

  /// The order of what happened; of one day by content, so that the order of recording changes nothing.
  private static func happenedBefore(_ one: EntryRow, _ other: EntryRow) -> Bool {
    if one.orderDay != other.orderDay { return one.orderDay < other.orderDay }
    let (a, b) = (one.content, other.content)
    if !a.hasBytes(of: b) { return a.utf8.lexicographicallyPrecedes(b.utf8) }
    return one.position < other.position
  }
}

extension EntryRow {
  /// What tells events of one day apart, apart from when they were recorded.
  fileprivate var content: String {
    [
      type, country ?? "", institution ?? "", occurred, effective ?? "", title ?? "", procedure ?? "",
      claim ?? "",
    ]
    .joined(separator: "\u{1f}")
  }
}
