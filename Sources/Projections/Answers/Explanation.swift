// Why a subject stands where it stands: each event with what it did, and the rule behind it.

public import EDTF
internal import GRDB
public import Milestones
internal import OrderedCollections

/// Why a subject and its parties stand where they stand.
public struct Explanation: Sendable {
  /// One step: an event, or what a rule of dates gives.
  public struct Step: Sendable {
    /// The event; of a step by a rule, the one that it rests on.
    public let ground: Ground
    /// When that event was recorded.
    public let recorded: RecordedTime?
    /// The date that the step goes by, as told, or as the rule gives it (EDTF).
    public let date: String
    /// How that date is understood, in words.
    public let understood: String
    /// The first day that it leaves open; nil if none is known.
    public let firstDay: Day?
    /// The day from which there is no doubt that it had happened; nil if there always is.
    public let certainDay: Day?
    /// Whether the date leaves no doubt that it had happened by the day of the answer.
    public let isCertain: Bool
    /// What became of the step; nil for what moves nothing.
    public let outcome: MoveOutcome?
    /// Why it moves nothing; nil for what moves, or was to.
    public let idleness: Idleness?
    /// Where the subject or party stood before; nil at the beginning, and for what moves nothing.
    public let from: String?
    /// The stage that the step leads to, or would lead to; nil for what moves nothing, was set aside or retracted.
    public let target: String?
    /// What is told beside the stage.
    public let detail: String?
    /// Where the subject or party stood afterwards; nil without a stage, and for what was not folded in.
    public let after: String?
    /// How sure that was.
    public let afterCertainty: Span.Certainty?
    /// What it had to wait for: the position of the event that let it be taken. Nil if it did not wait, or waits still.
    public let waitedFor: Int64?
    /// Whether a rule of dates gives it and no event tells it.
    public let isByRule: Bool
    /// The positions of the events that such a rule goes by; empty otherwise.
    public let restsOn: [Int64]
    /// The corrections in force, in the order of recording.
    public let corrections: [Cause]
    /// What set it aside or retracted it.
    public let cause: Cause?
    /// The rule that says what it does: the effect of its type or, for a step by a rule of dates, the period of the
    /// lifecycle. The type itself where none of its effects is for it.
    public let rule: VocabularyPlace
    /// Where the lifecycle says which stages can follow the one that it stood at; nil for what no lifecycle was asked.
    public let allowance: VocabularyPlace?
  }

  /// Why an event moves nothing.
  public enum Idleness: Sendable, Equatable {
    /// Its type moves nothing.
    case tells
    /// It is about other events: what it changed is told with them.
    case aboutEvents
    /// It gives the subject its home, its title and the procedure that chooses the lifecycle.
    case registers
    /// It moves something else: another subject, a party, or only under conditions that do not hold.
    case movesOther
    /// Its moves are for other lifecycles than this one; nil if there is none.
    case otherLifecycle(String?)
  }

  /// The life of the subject as a whole, or of one of its parties.
  public struct Life: Sendable {
    /// The party; nil for the whole.
    public let party: String?
    /// The lifecycle; nil for a kind without stages.
    public let lifecycle: String?
    /// Where it stands in the vocabulary.
    public let place: VocabularyPlace?
    /// The steps in the order in which they were taken.
    public let steps: [Step]
    /// Where it stands; nil if it is not there on the day.
    public let standing: StatusRow?
  }

  /// The subject.
  public let subject: String
  /// Its title.
  public let title: String?
  /// The whole first, then the parties by code.
  public let lives: [Life]
  /// How many events that are known are of later days, and were left out.
  public let laterCount: Int64
  /// How many events were recorded after what is known, and were left out. It grows with the log: an answer that is to
  /// stay the same for ever does not carry it.
  public let unknownCount: Int64
}

extension ViewSnapshot {
  /// Why a subject stands where it stands on a day; nil if no event tells of it.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - day: the day.
  /// - Returns: its events in the order in which the fold took them, with what each did and why.
  /// - Throws: errors of the engine and of reading the log.
  public func explanation(of subject: String, onDay day: Int64) throws -> Explanation? {
    let fold = try subjects.fold(of: subject)
    let retracted = try subjects.retracted(of: subject)
    guard !fold.entries.isEmpty || !retracted.isEmpty else { return nil }
    let lives = fold.lives(on: day)
    let met = fold.met(on: day)
    let standing = try status(.subject(subject), onDay: day)
    let order = try shown(Self.merged(fold.entriesForReading(lives), retracted))
    let explained = try lives.compactMap { life -> Explanation.Life? in
      let party = life.party.isEmpty ? nil : life.party
      let entries = order.filter { $0.orderDay <= day && fold.isTold($0, of: life.party) }
      let explainer = LifeExplainer(
        snapshot: self, fold: fold, life: life, met: met[life.party] ?? ([], []), day: day)
      let steps = try explainer.steps(entries)
      let row = standing.first { $0.party == party }
      if party != nil && steps.isEmpty && row == nil { return nil }
      let lifecycle = fold.lifecycle(of: life.party)
      return Explanation.Life(
        party: party, lifecycle: lifecycle?.name, place: lifecycle?.place, steps: steps, standing: row)
    }
    let unknown = try Int64.fetchAll(
      database.cachedStatement(sql: ViewStatements.recordedSinceOfSubject), arguments: [knownAt, subject])
    return Explanation(
      subject: subject, title: try restriction(of: subject)?.hidesNames == true ? nil : fold.title,
      lives: explained,
      laterCount: Int64(order.count { $0.orderDay > day }), unknownCount: Int64(unknown.count))
  }
}

extension SubjectFold {
  /// Whether an event is told among those of a life: what only moves parties is told with them.
  fileprivate func isTold(_ entry: EntryRow, of party: String) -> Bool {
    if !party.isEmpty { return facts[party]?[entry.position] != nil }
    return facts[""]?[entry.position] != nil
      || !facts.contains { !$0.key.isEmpty && $0.value[entry.position] != nil }
  }
}

/// Explains one life.
private struct LifeExplainer {
  let snapshot: ViewSnapshot
  let fold: SubjectFold
  let life: SubjectFold.Life
  let met: (settled: [MetMove], rivals: [MetMove])
  let day: Int64

  private var lifecycle: Lifecycle? { fold.lifecycle(of: life.party) }

  /// The steps of the events, and those that rules of dates gave in between.
  func steps(_ entries: [EntryRow]) throws -> [Explanation.Step] {
    var steps: [(entry: EntryRow, met: MetMove?, isByRule: Bool)] = entries.map { entry in
      (entry, last(entry.position), false)
    }
    for (index, found) in met.settled.enumerated() where found.move.isByRule {
      // What a rule gives and cannot be taken comes to nothing.
      guard case .moved = found.outcome, let entry = try snapshot.entry(at: found.move.position) else {
        continue
      }
      let next = met.settled[(index + 1)...].first { !$0.move.isByRule }?.move
      let isSameDay = next?.orderDay == found.move.orderDay
      let place = steps.firstIndex { step in
        isSameDay && !step.isByRule
          ? step.entry.position == next?.position
          : (step.isByRule ? step.met?.move.orderDay ?? .min : step.entry.orderDay) > found.move.orderDay
      }
      steps.insert((entry, found, true), at: place ?? steps.endIndex)
    }
    return try steps.map { try step($0.entry, $0.met, isByRule: $0.isByRule) }
  }

  /// How an event was met at last: one that waited is met more than once.
  private func last(_ position: Int64) -> MetMove? {
    met.settled.last { $0.move.position == position && !$0.move.isByRule }
      ?? met.rivals.first { $0.move.position == position }
  }

  private func step(_ entry: EntryRow, _ met: MetMove?, isByRule: Bool) throws -> Explanation.Step {
    let read = try snapshot.read([entry], onDay: day)[0]
    let outcome: MoveOutcome? =
      if isByRule { met?.outcome } else if let by = entry.retractedBy { .retracted(by: by) } else {
        life.outcomes[entry.position]
      }
    let isRival = if case .disputed = outcome { true } else { false }
    let date = isByRule ? met?.move.since ?? entry.since : entry.since
    let orderDay = isByRule ? met?.move.orderDay ?? entry.orderDay : entry.orderDay
    let certainDay = isByRule ? met?.move.certainDay : entry.certainDay
    let after = isRival ? nil : met?.after
    return Explanation.Step(
      ground: read.ground, recorded: read.event.recorded, date: date,
      understood: (try? EDTF(date).meaning) ?? date, firstDay: orderDay == .min ? nil : Day(number: orderDay),
      certainDay: certainDay.map { Day(number: $0) }, isCertain: (certainDay ?? .max) <= day,
      outcome: outcome,
      idleness: outcome == nil ? idleness(of: entry) : nil, from: outcome == nil ? nil : met?.from,
      target: outcome == nil ? nil : met?.candidate?.stage, detail: met?.candidate?.detail,
      after: after?.stage, afterCertainty: after?.certainty,
      waitedFor: isByRule ? nil : waitedFor(entry.position), isByRule: isByRule,
      restsOn: isByRule ? met?.move.restsOn ?? [] : [],
      corrections: try entry.correctedBy.map(snapshot.cause),
      cause: try by(outcome).map(snapshot.cause),
      rule: isByRule ? period(met) : effect(of: entry, met), allowance: met.flatMap(allowance))
  }

  /// The event that set one aside or retracted it.
  private func by(_ outcome: MoveOutcome?) -> Int64? {
    switch outcome {
    case .setAside(let position), .retracted(let position): position
    default: nil
    }
  }

  /// The event after which one that had waited was taken.
  private func waitedFor(_ position: Int64) -> Int64? {
    let places = met.settled.indices.filter {
      met.settled[$0].move.position == position && !met.settled[$0].move.isByRule
    }
    guard let first = places.first, let last = places.last, last > first,
      case .waiting = met.settled[first].outcome
    else { return nil }
    return met.settled[last - 1].move.position
  }

  private func idleness(of entry: EntryRow) -> Explanation.Idleness {
    let type = fold.vocabulary.types[entry.type]
    if type?.isAboutEvents == true { return .aboutEvents }
    let effects = type?.effects ?? []
    let moves = effects.contains { if case .move = $0 { true } else { false } }
    if !moves { return fold.registration?.position == entry.position ? .registers : .tells }
    return fold.facts[life.party]?[entry.position] == nil ? .movesOther : .otherLifecycle(lifecycle?.name)
  }

  /// Where the vocabulary says what the event does to this life.
  private func effect(of entry: EntryRow, _ met: MetMove?) -> VocabularyPlace {
    guard let type = fold.vocabulary.types[entry.type] else { return VocabularyPlace(file: "", line: 0) }
    let effect = met?.candidate?.effect ?? fold.facts[life.party]?[entry.position]?.first?.index
    guard let effect, type.effects.indices.contains(effect), case .move(let move) = type.effects[effect]
    else {
      return type.place
    }
    return VocabularyPlace(file: type.place.file, line: move.line)
  }

  /// Where the vocabulary says that a rule of dates gives the step.
  private func period(_ met: MetMove?) -> VocabularyPlace {
    let parties = fold.vocabulary.partyLifecycle(of: fold.kind)
    let stage = met?.candidate?.stage
    let period = parties?.periods.first { life.party.isEmpty ? $0.whole == stage : $0.to == stage }
    return VocabularyPlace(
      file: parties?.place.file ?? "", line: period?.line ?? parties?.place.line ?? 0)
  }

  /// Where the lifecycle says what can follow.
  private func allowance(_ met: MetMove) -> VocabularyPlace? {
    lifecycle.map { VocabularyPlace(file: $0.place.file, line: $0.line(ofStepsFrom: met.from)) }
  }
}
