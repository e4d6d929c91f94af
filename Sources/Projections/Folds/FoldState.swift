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
  }

  let lifecycle: Lifecycle
  let toldStages: Set<String>
  private var certain: Standing?
  /// A second track, while uncertain dates lead it away from the certain one.
  private var possible: Standing?
  private var held: [FoldMove] = []
  private(set) var outcomes: [Int64: MoveOutcome] = [:]
  /// The positions in the order in which the moves were looked at.
  private(set) var sequence: [Int64] = []

  init(lifecycle: Lifecycle, toldStages: Set<String>) {
    self.lifecycle = lifecycle
    self.toldStages = toldStages
  }

  /// Applies the moves of one earliest day, in the order that the lifecycle can take: what leaves a way to the most
  /// others first, then what needs the fewest inferred stages, then what comes first in the lifecycle, then by
  /// content, then by position.
  mutating func apply(_ group: [FoldMove], on day: Int64) {
    var left = group
    while !left.isEmpty {
      let move = left.remove(at: next(of: left))
      sequence.append(move.position)
      apply(move, isCertain: (move.certainDay ?? .max) <= day && move.certainDay != nil)
      retryHeld(on: day)
    }
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
      outcomes[move.position] = .waiting(for: candidate(of: move, at: certain?.stage)?.stage ?? "")
      return
    }
    if isCertain { applyCertain(move) } else { applyPossible(move) }
  }

  private mutating func applyCertain(_ move: FoldMove) {
    let fromCertain = step(move, from: certain)
    let fromPossible = possible.flatMap { step(move, from: $0) }
    if let (standing, inferred) = fromCertain {
      certain = standing
      possible = fromPossible.flatMap { $0.standing.stage == standing.stage ? nil : $0.standing }
      outcomes[move.position] = .moved(
        to: standing.stage, inferred: (fromPossible ?? (standing, inferred)).inferred)
    } else if let (standing, inferred) = fromPossible {
      // Only the possible track explains it: what was possible must have happened.
      certain = standing
      possible = nil
      outcomes[move.position] = .moved(to: standing.stage, inferred: inferred)
    } else {
      setAside(move)
    }
  }

  private mutating func applyPossible(_ move: FoldMove) {
    if move.isUnplaced && certain != nil {
      outcomes[move.position] = .unplaced(stage: candidate(of: move, at: certain?.stage)?.stage ?? "")
      return
    }
    let fromPossible = possible.flatMap { step(move, from: $0) }
    guard let (standing, inferred) = fromPossible ?? step(move, from: certain) else {
      setAside(move)
      return
    }
    possible = standing
    outcomes[move.position] = .moved(to: standing.stage, inferred: inferred)
  }

  private mutating func setAside(_ move: FoldMove) {
    let standing = possible ?? certain
    guard let target = candidate(of: move, at: standing?.stage)?.stage else { return }
    outcomes[move.position] = .anomaly(from: standing?.stage, to: target)
  }

  // MARK: Moves that wait

  /// A move that waits is taken in a direct step or, if no event tells of the stage before it, by inference.
  private func shouldWait(_ move: FoldMove) -> Bool {
    let standing = possible ?? certain
    guard let candidate = candidate(of: move, at: standing?.stage), candidate.waits else { return false }
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

  private func candidate(of move: FoldMove, at stage: String?) -> FoldMove.Candidate? {
    if let stage, let fitting = move.candidates.first(where: { $0.from.contains(stage) }) {
      return fitting
    }
    return move.candidates.first { $0.from.isEmpty }
  }

  private func step(_ move: FoldMove, from standing: Standing?) -> (standing: Standing, inferred: [String])? {
    guard let candidate = candidate(of: move, at: standing?.stage),
      let inferred = lifecycle.inferred(from: standing?.stage, to: candidate.stage)
    else { return nil }
    var details = candidate.detail.map { [$0] } ?? []
    if let standing, standing.stage == candidate.stage, inferred.isEmpty {
      // Entered again, by another chamber say: the details add up, in an order that recording cannot change.
      details = Set(standing.details + details).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    // A commencement says nothing of its own: the law keeps the number it was enacted under.
    if candidate.waits, details.isEmpty, inferred.isEmpty, let standing { details = standing.details }
    return (
      Standing(stage: candidate.stage, details: details, since: move.since, position: move.position), inferred
    )
  }

  // MARK: Order within a day

  /// Which move of a group is taken next. What is certain decides before what is only possible.
  private func next(of group: [FoldMove]) -> Int {
    if group.count < 2 { return 0 }
    let tracks = [certain?.stage] + (possible.map { [$0.stage] } ?? [])
    let ranked = tracks.reduce(group.map { _ in [Int]() }) { ranked, stage in
      zip(ranked, costs(of: group, from: stage)).map { $0 + $1 }
    }
    return group.indices.min { one, other in
      if ranked[one] != ranked[other] { return ranked[one] < ranked[other] }
      let (a, b) = (group[one], group[other])
      if !a.tieBreak.utf8.elementsEqual(b.tieBreak.utf8) {
        return a.tieBreak.utf8.lexicographicallyPrecedes(b.tieBreak.utf8)
      }
      return a.position < b.position
    } ?? 0
  }

  /// What speaks against taking each move next: others that no way would lead to afterwards, then stages to infer,
  /// then its place in the lifecycle. What cannot be taken comes last.
  ///
  /// Where some order takes all moves of a day, this finds one: ways add up, so a move that leaves a way to all
  /// others can always be the first.
  private func costs(of group: [FoldMove], from stage: String?) -> [[Int]] {
    func isLost(_ move: FoldMove, after stage: String) -> Bool {
      // What has no date may come to nothing, and takes no part in ordering the others.
      guard !move.isUnplaced, let candidate = candidate(of: move, at: stage) else { return false }
      return lifecycle.inferred(from: stage, to: candidate.stage) == nil
    }
    var lost: [String: Int] = [:]
    return group.map { move in
      guard let target = candidate(of: move, at: stage)?.stage else { return [2] }
      let rank = lifecycle.rank(of: target) ?? 0
      guard let inferred = lifecycle.inferred(from: stage, to: target) else { return [1, rank] }
      let lostCount = lost[target] ?? group.count { isLost($0, after: target) }
      lost[target] = lostCount
      return [0, lostCount - (isLost(move, after: target) ? 1 : 0), inferred.count, rank]
    }
  }
}

extension [Int] {
  fileprivate static func < (one: [Int], other: [Int]) -> Bool { one.lexicographicallyPrecedes(other) }
}
