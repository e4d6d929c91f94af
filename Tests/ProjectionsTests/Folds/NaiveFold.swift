// The fold once more, as slowly as the rules read (docs/the-fold.md): every day by itself, from nothing, with ways
// through the lifecycle searched anew for each step. What the product's fold says has to agree with it.

import Milestones
import Projections

/// Folds all moves that count on one day.
struct NaiveFold {
  struct Standing: Equatable {
    var stage: String
    var details: Set<String>
    var since: String
    var position: Int64
    /// The details of stages that collect them, since the last stage that is only ever told.
    var collected: [String: Set<String>] = [:]
  }

  /// What the rules say of a day.
  struct Answer: Equatable {
    var shown: Standing?
    var isPossible = false
    var certainStage: String?
    var outcomes: [Int64: MoveOutcome] = [:]
  }

  let lifecycle: Lifecycle
  let moves: [FoldMove]
  let day: Int64
  private var certain: Standing?
  private var possible: Standing?
  private var waiting: [FoldMove] = []
  private var outcomes: [Int64: MoveOutcome] = [:]

  static func answer(_ lifecycle: Lifecycle, _ moves: [FoldMove], on day: Int64) -> Answer {
    var fold = NaiveFold(lifecycle: lifecycle, moves: moves, day: day)
    let counting = moves.filter { $0.orderDay <= day }
    for orderDay in Set(counting.map(\.orderDay)).sorted() {
      fold.takeDay(counting.filter { $0.orderDay == orderDay })
    }
    let isPossible = fold.possible != nil && fold.possible?.stage != fold.certain?.stage
    return Answer(
      shown: isPossible ? fold.possible : fold.certain, isPossible: isPossible,
      certainStage: isPossible ? fold.certain?.stage : nil, outcomes: fold.outcomes)
  }

  private init(lifecycle: Lifecycle, moves: [FoldMove], day: Int64) {
    self.lifecycle = lifecycle
    self.moves = moves
    self.day = day
  }

  private var shown: Standing? { possible ?? certain }

  // MARK: Order of one day

  private mutating func takeDay(_ moves: [FoldMove]) {
    var left = moves
    while let next = left.min(by: { comesFirst($0, $1, of: left) }) {
      left.removeAll { $0 == next }
      take(next)
      while let free = waiting.first(where: { !mustWait($0) }) {
        waiting.removeAll { $0 == free }
        take(free)
      }
    }
  }

  private func comesFirst(_ one: FoldMove, _ other: FoldMove, of group: [FoldMove]) -> Bool {
    for stage in [certain?.stage] + (possible.map { [$0.stage] } ?? []) {
      let keys = [one, other].map { key($0, of: group, from: stage) }
      if keys[0] != keys[1] { return keys[0].lexicographicallyPrecedes(keys[1]) }
    }
    let (a, b) = (Array(one.tieBreak.utf8), Array(other.tieBreak.utf8))
    return a == b ? one.position < other.position : a.lexicographicallyPrecedes(b)
  }

  /// What cannot be taken comes last; what bars the way to fewer others comes first, then what skips fewer stages,
  /// then what stands first in the lifecycle.
  private func key(_ move: FoldMove, of group: [FoldMove], from stage: String?) -> [Int] {
    guard let way = way(of: move, at: stage) else { return [2] }
    guard let skipped = skipped(from: stage, to: way.stage) else { return [1, place(way.stage)] }
    let barred = group.filter { other in
      guard other != move, !other.isUnplaced else { return false }
      return self.way(of: other, at: way.stage).map { !everAfter(way.stage, left: group).contains($0.stage) }
        ?? false
    }
    return [0, barred.count, skipped.count, place(way.stage)]
  }

  private func place(_ stage: String) -> Int { lifecycle.stages.firstIndex { $0.name == stage } ?? 0 }

  // MARK: One move

  private mutating func take(_ move: FoldMove) {
    if mustWait(move) {
      waiting.append(move)
      note(.waiting(for: way(of: move, at: certain?.stage)?.stage ?? ""), of: move)
      return
    }
    let isCertain = move.certainDay.map { $0 <= day } ?? false
    if !isCertain && move.isUnplaced && certain != nil {
      note(.unplaced(stage: way(of: move, at: certain?.stage)?.stage ?? ""), of: move)
      return
    }
    let alongCertain = step(move, from: certain)
    let alongPossible = possible.flatMap { step(move, from: $0) }
    guard let taken = alongPossible ?? alongCertain else {
      // A move that is only for some stages, and meets the subject at none of them, cannot be taken either.
      if let to = (way(of: move, at: shown?.stage) ?? move.candidates.first)?.stage {
        note(.anomaly(from: shown?.stage, to: to), of: move)
      }
      return
    }
    if isCertain {
      certain = alongCertain?.standing ?? taken.standing
      let isApart = alongCertain != nil && alongPossible?.standing.stage != alongCertain?.standing.stage
      possible = isApart ? alongPossible?.standing : nil
    } else {
      possible = taken.standing
    }
    note(
      .moved(to: isCertain ? certain?.stage ?? "" : taken.standing.stage, inferred: taken.skipped), of: move)
  }

  /// What a rule gives is no event that something could become of.
  private mutating func note(_ outcome: MoveOutcome, of move: FoldMove) {
    if !move.isByRule { outcomes[move.position] = outcome }
  }

  private func way(of move: FoldMove, at stage: String?) -> FoldMove.Candidate? {
    let fitting = move.candidates.first { way in stage.map(way.from.contains) ?? false }
    return fitting ?? move.candidates.first { $0.from.isEmpty }
  }

  private func step(_ move: FoldMove, from standing: Standing?) -> (standing: Standing, skipped: [String])? {
    guard let way = way(of: move, at: standing?.stage) else { return nil }
    guard let skipped = skipped(from: standing?.stage, to: way.stage) else { return nil }
    var details = Set(way.detail.map { [$0] } ?? [])
    if let standing, skipped.isEmpty, way.waits, details.isEmpty { details = standing.details }
    let stage = lifecycle.stages.first { $0.name == way.stage }
    var collected = standing?.collected ?? [:]
    if stage?.isTold ?? false { collected = [:] }
    if stage?.collects ?? false {
      details.formUnion(collected[way.stage] ?? [])
      collected[way.stage] = details
    }
    return (
      Standing(
        stage: way.stage, details: details, since: move.since, position: move.position, collected: collected),
      skipped
    )
  }

  // MARK: Waiting

  /// A move that waits does so while the step is not a direct one and some placed move tells of a stage just before.
  private func mustWait(_ move: FoldMove) -> Bool {
    guard let way = way(of: move, at: shown?.stage), way.waits else { return false }
    if follows(way.stage, shown?.stage) { return false }
    let told = moves.filter { !$0.isUnplaced && !$0.isByRule }.flatMap { $0.candidates.map(\.stage) }
    return told.contains { $0 != way.stage && follows(way.stage, $0) && !follows($0, way.stage) }
  }

  private func follows(_ stage: String, _ before: String?) -> Bool {
    guard let before else { return lifecycle.start.contains(stage) }
    return lifecycle.stages.first { $0.name == before }?.next.contains(stage) ?? false
  }

  // MARK: Ways

  /// All stages that can come after one, in however many steps, each inferred or told by a move that is left.
  private func everAfter(_ stage: String, left: [FoldMove]) -> Set<String> {
    let told = Set(left.filter { !$0.isUnplaced }.flatMap { $0.candidates.map(\.stage) })
    var after: Set<String> = []
    while true {
      let from = lifecycle.stages.filter {
        $0.name == stage || after.contains($0.name) && (!$0.isTold || told.contains($0.name))
      }
      let more = after.union(from.flatMap(\.next))
      if more == after { return after }
      after = more
    }
  }

  /// The stages skipped on a shortest way: ways of one step first, then of two, and so on, in the file's order.
  private func skipped(from stage: String?, to target: String) -> [String]? {
    var ways: [[String]] = [[]]
    var seen: Set<String> = []
    while !ways.isEmpty {
      var longer: [[String]] = []
      for way in ways {
        let end = way.last ?? stage
        let nexts =
          end.map { name in lifecycle.stages.first { $0.name == name }?.next ?? [] } ?? lifecycle.start
        for next in nexts {
          if next == target { return way }
          let isTold = lifecycle.stages.first { $0.name == next }?.isTold ?? false
          if !isTold && seen.insert(next).inserted { longer.append(way + [next]) }
        }
      }
      ways = longer
    }
    return nil
  }
}
