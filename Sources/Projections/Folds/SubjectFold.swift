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
    let disputes: Int

    var anomalies: [(position: Int64, from: String?, to: String)] {
      outcomes.compactMap { position, outcome in
        guard case .anomaly(let from, let to) = outcome else { return nil }
        return (position, from, to)
      }.sorted { $0.position < $1.position }
    }
  }

  let subject: String
  let kind: String
  let vocabulary: Vocabulary
  /// The events told of the subject and those that move it, in the order of what happened.
  let entries: [EntryRow]
  /// The effects of each event on the subject, by party and position.
  let facts: [String: [Int64: [(index: Int, detail: String?)]]]
  /// The claims that have rival accounts.
  let disputedClaims: Set<ExactText>

  init(
    subject: String, entries: [EntryRow], facts: [String: [Int64: [(index: Int, detail: String?)]]],
    disputedClaims: Set<ExactText>, vocabulary: Vocabulary
  ) {
    self.subject = subject
    kind = EventFacts.kind(of: subject)
    self.vocabulary = vocabulary
    self.entries = entries.sorted(by: Self.happenedBefore)
    self.facts = facts
    self.disputedClaims = disputedClaims
  }

  /// The subject as a whole first, then its parties by code.
  func lives(on day: Int64 = .max) -> [Life] {
    let parties = facts.keys.filter { !$0.isEmpty }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return ([""] + parties).map { life(of: $0, on: day) }
  }

  /// The registration that gives home, title and procedure; nil if the subject was never registered.
  var registration: EntryRow? {
    entries.first { entry in
      vocabulary.types[entry.type]?.effects.contains(.describe(givesHome: true)) ?? false
    }
  }

  /// The subject's title: the registration's, else that of the first event that is no mere description.
  var title: String? {
    if let title = registration?.title { return title }
    let isDescription = { (entry: EntryRow) in
      vocabulary.types[entry.type]?.effects.contains(.describe(givesHome: false)) ?? false
    }
    return entries.first { $0.title != nil && !isDescription($0) }?.title
      ?? entries.first { $0.title != nil }?.title
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

  private func life(of party: String, on day: Int64) -> Life {
    let home = registration ?? entries.first
    let moves = facts[party] ?? [:]
    let events = party.isEmpty ? entries : entries.filter { moves[$0.position] != nil }
    let disputes = Set(events.compactMap { $0.claim.map(ExactText.init) }).intersection(disputedClaims).count
    var spans: [Span] = []
    var outcomes: [Int64: MoveOutcome] = [:]
    var sequence: [Int64] = []
    if let lifecycle = lifecycle(of: party) {
      let all = events.compactMap { entry in
        moves[entry.position].flatMap { move(entry, effects: $0, lifecycle: lifecycle) }.map { (entry, $0) }
      }
      let fold = DisputeFold(
        lifecycle: lifecycle, moves: all.filter { !isDisputed($0.0) }.map(\.1),
        rivals: all.filter { isDisputed($0.0) }.map(\.1))
      spans = fold.spans()
      outcomes = fold.outcomes(on: day)
      sequence = fold.sequence(on: day)
    }
    return Life(
      party: party,
      country: party.isEmpty ? home?.country : (party.utf8.contains(UInt8(ascii: "/")) ? nil : party),
      institution: home?.institution, title: title, spans: Self.sinceTheFirst(events, spans),
      outcomes: outcomes,
      sequence: sequence, events: events, disputes: disputes)
  }

  private func lifecycle(of party: String) -> Lifecycle? {
    party.isEmpty
      ? vocabulary.lifecycle(of: kind, procedure: registration?.procedure)
      : vocabulary.partyLifecycle(of: kind)
  }

  private func isDisputed(_ entry: EntryRow) -> Bool {
    entry.claim.map { disputedClaims.contains(ExactText($0)) } ?? false
  }

  private func move(
    _ entry: EntryRow, effects: [(index: Int, detail: String?)], lifecycle: Lifecycle
  ) -> FoldMove? {
    guard let type = vocabulary.types[entry.type] else { return nil }
    let candidates = effects.compactMap { effect -> FoldMove.Candidate? in
      guard type.effects.indices.contains(effect.index), case .move(let move) = type.effects[effect.index],
        move.lifecycles.isEmpty || move.lifecycles.contains(lifecycle.name), lifecycle.has(move.stage)
      else { return nil }
      return FoldMove.Candidate(stage: move.stage, from: move.from, waits: move.waits, detail: effect.detail)
    }
    if candidates.isEmpty { return nil }
    let since = entry.effective ?? entry.occurred
    let details = candidates.map { $0.detail ?? "" }.joined(separator: "\u{1f}")
    return FoldMove(
      position: entry.position, orderDay: entry.orderDay, certainDay: entry.certainDay,
      isUnplaced: entry.isUnplaced,
      since: since, tieBreak: [entry.type, details, since].joined(separator: "\u{1e}"), candidates: candidates
    )
  }

  /// A subject is there from its first event on, even before its first stage and where its kind has no stages.
  private static func sinceTheFirst(_ events: [EntryRow], _ spans: [Span]) -> [Span] {
    guard let first = events.map(\.orderDay).min(), first < spans.first?.fromDay ?? .max else { return spans }
    let before = Span(
      fromDay: first, stage: nil, detail: nil, certainty: nil, certainStage: nil, since: nil, position: nil)
    return spans.first?.standsLike(before) == true ? [before] + spans.dropFirst() : [before] + spans
  }

  /// The order of what happened; of one day by content, so that the order of recording changes nothing.
  private static func happenedBefore(_ one: EntryRow, _ other: EntryRow) -> Bool {
    if one.orderDay != other.orderDay { return one.orderDay < other.orderDay }
    let (a, b) = (one.content, other.content)
    if !a.utf8.elementsEqual(b.utf8) { return a.utf8.lexicographicallyPrecedes(b.utf8) }
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
