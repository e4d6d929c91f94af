// The state of a fold: where the subject certainly stands, where it possibly stands, and what waits.

internal import Milestones

/// Where a fold stands after some moves.
struct FoldState {
  /// A stage and what brought the subject there.
  struct Standing: Equatable {
    var stage: String
    var details: [String]
    var since: String
    var position: Int64
    /// Details of stages that collect them, kept while the subject stands elsewhere.
    var collected: [String: [String]] = [:]
  }

  /// A step that the lifecycle cannot take.
  struct Anomaly: Equatable {
    let from: String?
    let to: String
  }

  let lifecycle: Lifecycle
  let toldStages: Set<String>
  private var certain: Standing?
  /// A second track, while uncertain dates lead it away from the certain one.
  private var possible: Standing?
  private var held: [FoldMove] = []
  private(set) var outcomes: [Int64: MoveOutcome] = [:]
  /// The steps that the lifecycle could not take, by position.
  private(set) var anomalies: [Int64: Anomaly] = [:]
  /// Whether outcomes and sequence are kept: who asks for stages and anomalies alone is spared them.
  private let keepsOutcomes: Bool
  /// The positions in the order in which the moves were looked at.
  private(set) var sequence: [Int64] = []
  /// What was met, move by move: one that waited is met again. Nil unless somebody asks: it takes time.
  private(set) var met: [MetMove]?

  init(lifecycle: Lifecycle, toldStages: Set<String>, keepsOutcomes: Bool, keepsMet: Bool = false) {
    met = keepsMet ? [] : nil
    self.keepsOutcomes = keepsOutcomes
    self.lifecycle = lifecycle
    self.toldStages = toldStages
  }

  /// Applies the moves of one earliest day, in the order that the lifecycle can take (``DayMoves``).
  mutating func apply(_ group: [FoldMove], on day: Int64) {
    // Most days have one move: nothing is to be ordered then.
    if group.count == 1 { return take(group[0], on: day) }
    var left = DayMoves(group, along: lifecycle)
    while let move = left.next(certain: certain?.stage, possible: possible?.stage) { take(move, on: day) }
  }

  private mutating func take(_ move: FoldMove, on day: Int64) {
    if keepsOutcomes && !move.isByRule { sequence.append(move.position) }
    apply(move, isCertain: (move.certainDay ?? .max) <= day && move.certainDay != nil)
    if !held.isEmpty { retryHeld(on: day) }
  }

  /// The span that begins on a day.
  func span(from day: Int64) -> Span {
    let isPossible = possible != nil && possible?.stage != certain?.stage
    guard let standing = isPossible ? possible : certain else {
      return Span(
        fromDay: day, stage: nil, detail: nil, certainty: nil, certainStage: nil, since: nil, position: nil)
    }
    return Span(
      fromDay: day, stage: standing.stage,
      detail: standing.details.isEmpty ? nil : standing.details.joined(separator: ", "),
      certainty: isPossible ? .possible : .certain, certainStage: isPossible ? certain?.stage : nil,
      since: standing.since, position: standing.position)
  }

  // MARK: One move

  private mutating func apply(_ move: FoldMove, isCertain: Bool) {
    if shouldWait(move) {
      held.append(move)
      note(
        .waiting(for: move.candidate(at: certain?.stage)?.stage ?? ""), of: move,
        from: (possible ?? certain)?.stage)
      return
    }
    if isCertain { applyCertain(move) } else { applyPossible(move) }
  }

  private mutating func applyCertain(_ move: FoldMove) {
    let fromCertain = step(move, from: certain)
    let fromPossible = possible.flatMap { step(move, from: $0) }
    let origin = (fromPossible == nil ? certain : possible)?.stage
    if let (standing, inferred) = fromCertain {
      certain = standing
      possible = fromPossible.flatMap { $0.standing.stage == standing.stage ? nil : $0.standing }
      note(
        .moved(to: standing.stage, inferred: (fromPossible ?? (standing, inferred)).inferred), of: move,
        from: origin)
    } else if let (standing, inferred) = fromPossible {
      // Only the possible track explains it: what was possible must have happened.
      certain = standing
      possible = nil
      note(.moved(to: standing.stage, inferred: inferred), of: move, from: origin)
    } else {
      setAside(move)
    }
  }

  private mutating func applyPossible(_ move: FoldMove) {
    if move.isUnplaced && certain != nil {
      note(
        .unplaced(stage: move.candidate(at: certain?.stage)?.stage ?? ""), of: move, from: certain?.stage)
      return
    }
    let fromPossible = possible.flatMap { step(move, from: $0) }
    guard let (standing, inferred) = fromPossible ?? step(move, from: certain) else {
      setAside(move)
      return
    }
    let origin = (fromPossible == nil ? certain : possible)?.stage
    possible = standing
    note(.moved(to: standing.stage, inferred: inferred), of: move, from: origin)
  }

  private mutating func setAside(_ move: FoldMove) {
    let standing = possible ?? certain
    // A move that is only for some stages, and meets the subject at none of them, is one that cannot be taken.
    guard let target = (move.candidate(at: standing?.stage) ?? move.candidates.first)?.stage else { return }
    note(.anomaly(from: standing?.stage, to: target), of: move, from: standing?.stage)
  }

  /// What a rule gives has no event of its own that anything could become of.
  private mutating func note(_ outcome: MoveOutcome, of move: FoldMove, from stage: String?) {
    if met != nil {
      let after = span(from: move.orderDay)
      met?.append(
        MetMove(
          move: move, from: stage, candidate: move.candidate(at: stage) ?? move.candidates.first,
          outcome: outcome, after: after))
    }
    if move.isByRule { return }
    if keepsOutcomes { outcomes[move.position] = outcome }
    if case .anomaly(let from, let to) = outcome {
      anomalies[move.position] = Anomaly(from: from, to: to)
    } else if !anomalies.isEmpty {
      anomalies[move.position] = nil
    }
  }

  // MARK: Moves that wait

  /// A move that waits is taken in a direct step or, if no event tells of the stage before it, by inference.
  private func shouldWait(_ move: FoldMove) -> Bool {
    if !move.canWait { return false }
    let standing = possible ?? certain
    guard let candidate = move.candidate(at: standing?.stage), candidate.waits else { return false }
    if lifecycle.inferred(from: standing?.stage, to: candidate.stage)?.isEmpty == true { return false }
    // What can also follow (a law that ended may be in force again) is not the stage before it.
    let after = lifecycle.next(from: candidate.stage)
    return lifecycle.stages.contains { stage in
      toldStages.contains(stage.name) && stage.name != candidate.stage && !after.contains(stage.name)
        && stage.next.contains(candidate.stage)
    }
  }

  private mutating func retryHeld(on day: Int64) {
    var index = 0
    while index < held.count {
      guard !shouldWait(held[index]) else {
        index += 1
        continue
      }
      let move = held.remove(at: index)
      apply(move, isCertain: (move.certainDay ?? .max) <= day && move.certainDay != nil)
      index = 0
    }
  }

  // MARK: Steps

  private func step(_ move: FoldMove, from standing: Standing?) -> (standing: Standing, inferred: [String])? {
    guard let candidate = move.candidate(at: standing?.stage),
      let inferred = lifecycle.inferred(from: standing?.stage, to: candidate.stage)
    else { return nil }
    var details = candidate.detail.map { [$0] } ?? []
    let stage = lifecycle.stage(candidate.stage)
    var collected = stage?.isTold == true ? [:] : standing?.collected ?? [:]
    if stage?.collects == true {
      // Entered again, by another chamber say: the details add up, in an order that recording cannot change.
      details = Set(collected[candidate.stage, default: []] + details).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      collected[candidate.stage] = details
    }
    // A commencement says nothing of its own: the law keeps the number it was enacted under.
    if candidate.waits, details.isEmpty, inferred.isEmpty, let standing { details = standing.details }
    return (
      Standing(
        stage: candidate.stage, details: details, since: move.since, position: move.position,
        collected: collected),
      inferred
    )
  }
}
