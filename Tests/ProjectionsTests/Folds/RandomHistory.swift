// Random histories: a lifecycle of the shipped vocabulary and some moves along it, many of them impossible.

import Milestones
import Projections
import TestSupport

/// A lifecycle and moves made from a seed.
struct RandomHistory {
  let lifecycle: Lifecycle
  var moves: [FoldMove] = []

  /// The days that moves lie on; what is open or unknown lies before all of them.
  static let days: ClosedRange<Int64> = 0...9

  /// Every day on which something can change, and one on each side.
  static let asked: [Int64] = [.min, -1] + Array(0...16)

  init(seed: UInt64, lifecycles: [Lifecycle]) {
    var generator = SeededGenerator(seed: seed)
    lifecycle = generator.pick(lifecycles)
    let positions = Array(0..<Int64(1 + generator.below(9))).shuffled(using: &generator)
    moves = positions.map { Self.move(at: $0 * 3 + 11, along: lifecycle, &generator) }
  }

  /// The same moves, recorded in another order.
  func recordedAnew(_ generator: inout SeededGenerator) -> RandomHistory {
    var other = self
    let positions = moves.map(\.position).shuffled(using: &generator)
    other.moves = zip(moves, positions).map { move, position in
      FoldMove(
        position: position, orderDay: move.orderDay, certainDay: move.certainDay, isUnplaced: move.isUnplaced,
        since: move.since, tieBreak: move.tieBreak, candidates: move.candidates)
    }.shuffled(using: &generator)
    return other
  }

  private static func move(
    at position: Int64, along lifecycle: Lifecycle, _ generator: inout SeededGenerator
  ) -> FoldMove {
    let first = Int64.random(in: days, using: &generator)
    let last = first + (generator.chance(70) ? 0 : 1 + Int64(generator.below(5)))
    let date: (order: Int64, certain: Int64?, isUnplaced: Bool, text: String)
    switch generator.below(20) {
    case 0: date = (.min, nil, true, "XXXX")
    case 1: date = (.min, nil, true, "../\(last)")
    case 2: date = (first, nil, true, "\(first)/..")
    case 3...6: date = (first, nil, false, "\(first)/\(last)?")
    default: date = (first, last, false, "\(first)/\(last)")
    }
    let candidates = candidates(along: lifecycle, &generator)
    let content = candidates.map { "\($0.stage)<\($0.from)\($0.waits)\($0.detail ?? "")" }
    return FoldMove(
      position: position, orderDay: date.order, certainDay: date.certain, isUnplaced: date.isUnplaced,
      since: date.text, tieBreak: (content + [date.text]).joined(separator: " "), candidates: candidates)
  }

  /// As the vocabulary has them: mostly one way, sometimes another that is open only from some stages.
  private static func candidates(
    along lifecycle: Lifecycle, _ generator: inout SeededGenerator
  ) -> [FoldMove.Candidate] {
    let stage = generator.pick(lifecycle.stages).name
    let detail = generator.chance(40) ? generator.pick(["house", "senate", "art. 1"]) : nil
    let waits = stage == "in-force" ? generator.chance(60) : generator.chance(5)
    var candidates = [FoldMove.Candidate(stage: stage, waits: waits, detail: detail)]
    if generator.chance(20) {
      let from = (0...1).map { _ in generator.pick(lifecycle.stages).name }
      let other = generator.pick(lifecycle.stages).name
      candidates.insert(FoldMove.Candidate(stage: other, from: from, detail: detail), at: 0)
      // Some moves are only for some stages.
      if generator.chance(30) { candidates.removeLast() }
    }
    return candidates
  }
}
