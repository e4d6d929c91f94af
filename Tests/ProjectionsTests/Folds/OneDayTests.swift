// Moves of one day: every two along every shipped lifecycle, from every stage, and every three from the beginning.

import Milestones
import Projections
import Testing

@Suite("Moves of one day are taken in an order that the lifecycle can take")
struct OneDayTests {
  @Test("If there is an order without an anomaly, the fold finds one")
  func findsAnOrder() throws {
    for lifecycle in try Shipped.lifecycles() {
      let stages = lifecycle.stages.map(\.name)
      for start in [nil] + stages.map(Optional.some) {
        for (index, one) in stages.enumerated() {
          for (next, two) in stages.enumerated().dropFirst(index) {
            let thirds = start == nil ? stages.dropFirst(next).map(Optional.some) : []
            for three in [nil] + thirds {
              let targets = [one, two] + (three.map { [$0] } ?? [])
              guard Self.orders(of: targets).contains(where: { isWay($0, from: start, along: lifecycle) })
              else {
                continue
              }
              let anomalies = anomalies(targets, from: start, along: lifecycle)
              #expect(anomalies == 0, "\(lifecycle.name) from \(start ?? "-"): \(targets)")
            }
          }
        }
      }
    }
  }

  private func isWay(_ targets: [String], from start: String?, along lifecycle: Lifecycle) -> Bool {
    var standing = start
    for target in targets {
      if lifecycle.inferred(from: standing, to: target) == nil { return false }
      standing = target
    }
    return true
  }

  private func anomalies(_ targets: [String], from start: String?, along lifecycle: Lifecycle) -> Int {
    let before = start.map { [move(to: $0, at: 0, on: 0)] } ?? []
    let moves = targets.enumerated().map { move(to: $1, at: Int64($0) + 1, on: 1) }
    return LifecycleFold(lifecycle: lifecycle, moves: before + moves).outcomes().values.count { outcome in
      if case .anomaly = outcome { true } else { false }
    }
  }

  private static func orders(of targets: [String]) -> [[String]] {
    if targets.count < 2 { return [targets] }
    return targets.indices.flatMap { index in
      var rest = targets
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }
}

/// A certain move of one day.
func move(
  to stage: String, at position: Int64, on day: Int64, certain: Int64? = nil, waits: Bool = false,
  isUnplaced: Bool = false, detail: String? = nil
) -> FoldMove {
  FoldMove(
    position: position, orderDay: day, certainDay: isUnplaced ? nil : certain ?? day, isUnplaced: isUnplaced,
    since: "\(day)", tieBreak: stage, candidates: [.init(stage: stage, waits: waits, detail: detail)])
}
