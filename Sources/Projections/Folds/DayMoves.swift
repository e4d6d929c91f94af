// The order of the moves of one day: one that the lifecycle can take, made of the content alone.

internal import Milestones

/// The moves of one day that are still to be taken.
///
/// First comes what leaves a way to the most others, then what needs the fewest inferred stages, then what stands
/// first in the lifecycle, then what comes first by content, and by position between equal contents. Where some order
/// takes all moves, this finds one: ways add up, so a move that leaves a way to all others can always be the first.
struct DayMoves {
  /// Moves that can be taken in the same ways stand in one line, last one first: there are few lines, however many
  /// moves a day has.
  private var lines: [[FoldMove]] = []
  private let lifecycle: Lifecycle
  /// The stages that some way leads to from each stage that a move goes to.
  private var within: [String: Set<String>] = [:]

  init(_ moves: [FoldMove], along lifecycle: Lifecycle) {
    self.lifecycle = lifecycle
    for move in moves {
      if let index = lines.firstIndex(where: { $0.first?.isTakenLike(move) ?? false }) {
        lines[index].append(move)
      } else {
        lines.append([move])
      }
    }
    for index in lines.indices where lines[index].count > 1 {
      lines[index].sort { Self.precedes($1, $0) }
    }
    findWays()
  }

  private mutating func findWays() {
    within = [:]
    guard lines.count > 1 else { return }
    let told = Set(lines.compactMap(\.last).filter { !$0.isUnplaced }.flatMap { $0.candidates.map(\.stage) })
    for stage in Set(lines.compactMap(\.last).flatMap { $0.candidates.map(\.stage) }) {
      within[stage] = stages(after: stage, told: told)
    }
  }

  /// All stages that can come after one. A stage that is never inferred is passed through only where a move that is
  /// left tells of it.
  private func stages(after stage: String, told: Set<String>) -> Set<String> {
    var found: Set<String> = []
    var frontier = lifecycle.next(from: stage)
    while let next = frontier.popLast() {
      guard found.insert(next).inserted, isPassable(next) || told.contains(next) else { continue }
      frontier += lifecycle.next(from: next)
    }
    return found
  }

  private func isPassable(_ stage: String) -> Bool { lifecycle.stage(stage)?.isTold != true }

  /// Takes out the next move; nil if none is left. What is certain decides before what is only possible.
  mutating func next(certain: String?, possible: String?) -> FoldMove? {
    var best: (index: Int, costs: [Int])?
    if lines.count == 1 {
      best = (0, [])
    } else {
      for index in lines.indices {
        var costs = costs(of: index, from: certain)
        if let possible { costs += self.costs(of: index, from: possible) }
        guard let other = best else {
          best = (index, costs)
          continue
        }
        let isEqual = costs == other.costs
        if isEqual ? isBefore(index, other.index) : costs.lexicographicallyPrecedes(other.costs) {
          best = (index, costs)
        }
      }
    }
    guard let best else { return nil }
    let move = lines[best.index].removeLast()
    if lines[best.index].isEmpty {
      lines.remove(at: best.index)
      if !move.candidates.allSatisfy({ isPassable($0.stage) }) { findWays() }
    }
    return move
  }

  /// What speaks against taking a line's move next: the others that no way would lead to afterwards, then the stages
  /// to infer, then its place in the lifecycle. What cannot be taken comes last.
  private func costs(of index: Int, from stage: String?) -> [Int] {
    guard let target = lines[index].last?.candidate(at: stage)?.stage else { return [2] }
    let rank = lifecycle.rank(of: target) ?? 0
    guard let inferred = lifecycle.inferred(from: stage, to: target) else { return [1, rank] }
    var lostCount = 0
    for (other, line) in lines.enumerated() {
      // What has no date may come to nothing, and takes no part in ordering the others.
      guard let move = line.last, !move.isUnplaced, let way = move.candidate(at: target),
        within[target]?.contains(way.stage) == false
      else { continue }
      lostCount += other == index ? line.count - 1 : line.count
    }
    return [0, lostCount, inferred.count, rank]
  }

  private func isBefore(_ one: Int, _ other: Int) -> Bool {
    guard let one = lines[one].last, let other = lines[other].last else { return false }
    return Self.precedes(one, other)
  }

  private static func precedes(_ one: FoldMove, _ other: FoldMove) -> Bool {
    if !one.tieBreak.utf8.elementsEqual(other.tieBreak.utf8) {
      return one.tieBreak.utf8.lexicographicallyPrecedes(other.tieBreak.utf8)
    }
    return one.position < other.position
  }
}

extension FoldMove {
  /// Whether both go to the same stages in the same ways, whatever they tell beside.
  fileprivate func isTakenLike(_ other: FoldMove) -> Bool {
    isUnplaced == other.isUnplaced
      && candidates.elementsEqual(other.candidates) {
        $0.stage == $1.stage && $0.from == $1.from && $0.waits == $1.waits
      }
  }
}
