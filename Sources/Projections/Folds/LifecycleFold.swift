// The fold: from the moves of one subject to where it stands on every day. docs/the-fold.md tells the rules.

public import Milestones

/// Folds the moves of one subject, or of one party, along its lifecycle.
///
/// The order is that of what happened, never of recording: earliest bound first; moves of one day in the order that
/// the lifecycle can take; what it leaves open by content, and by position last. For every day D the result is that
/// of folding the moves that count on D: certain ones, and beside them possible ones on a second track.
public struct LifecycleFold: Sendable {
  /// The lifecycle.
  public let lifecycle: Lifecycle
  private let groups: [[FoldMove]]
  private let days: [Int64]
  /// The stages that some move of the subject leads to: a commencement waits for an enactment only if one is told.
  private let toldStages: Set<String>

  /// Prepares a fold.
  ///
  /// - Parameters:
  ///   - lifecycle: how subjects of the kind move.
  ///   - moves: in any order.
  public init(lifecycle: Lifecycle, moves: [FoldMove]) {
    self.lifecycle = lifecycle
    let sorted = moves.sorted { ($0.orderDay, $0.position) < ($1.orderDay, $1.position) }
    var groups: [[FoldMove]] = []
    for move in sorted {
      if groups.last?.first?.orderDay == move.orderDay {
        groups[groups.count - 1].append(move)
      } else {
        groups.append([move])
      }
    }
    self.groups = groups
    days = Set(moves.flatMap { [$0.orderDay] + ($0.certainDay.map { [$0] } ?? []) }).sorted()
    // A move without a date may never come to count, so nothing waits for it.
    toldStages = Set(moves.filter { !$0.isUnplaced }.flatMap { $0.candidates.map(\.stage) })
  }

  /// Where the subject stands, from each day on which that changes. Before the first of them it has no stage.
  public func spans() -> [Span] {
    var spans: [Span] = []
    // Groups whose moves are all certain by the day are folded once and for good; the rest anew for each day.
    var settled = FoldState(lifecycle: lifecycle, toldStages: toldStages)
    var settledCount = 0
    for day in days {
      while settledCount < groups.count, groups[settledCount].allSatisfy({ ($0.certainDay ?? .max) <= day }) {
        settled.apply(groups[settledCount], on: day)
        settledCount += 1
      }
      var state = settled
      for group in groups[settledCount...] {
        guard let first = group.first, first.orderDay <= day else { break }
        state.apply(group, on: day)
      }
      let span = state.span(from: day)
      if spans.last?.standsLike(span) != true { spans.append(span) }
    }
    return spans
  }

  /// What became of each move, by position, once every day has come; or by the end of a day.
  public func outcomes(on day: Int64 = .max) -> [Int64: MoveOutcome] { finalState(on: day).outcomes }

  /// The positions of the moves in the order in which they were taken.
  func sequence(on day: Int64) -> [Int64] { finalState(on: day).sequence }

  private func finalState(on day: Int64) -> FoldState {
    var state = FoldState(lifecycle: lifecycle, toldStages: toldStages)
    for group in groups {
      guard let first = group.first, first.orderDay <= day else { break }
      state.apply(group, on: day)
    }
    return state
  }
}

extension [Span] {
  /// The span that holds on a day; nil before the first.
  public func on(_ day: Int64) -> Span? { last { $0.fromDay <= day } }
}
