// Rival accounts: none of them moves the stage; each is folded in by itself to see what it would give.

public import Milestones

/// Folds a subject whose moves may be disputed.
public struct DisputeFold: Sendable {
  private let settled: LifecycleFold
  private let rivals: [(move: FoldMove, fold: LifecycleFold)]

  /// Prepares a fold.
  ///
  /// - Parameters:
  ///   - lifecycle: how subjects of the kind move.
  ///   - moves: the moves that nobody disputes.
  ///   - rivals: the moves of rival accounts.
  public init(lifecycle: Lifecycle, moves: [FoldMove], rivals: [FoldMove]) {
    settled = LifecycleFold(lifecycle: lifecycle, moves: moves)
    self.rivals = rivals.map { rival in
      (rival, LifecycleFold(lifecycle: lifecycle, moves: moves + [rival]))
    }
  }

  /// Where the subject stands. A stage that some rival account would change is disputed.
  public func spans() -> [Span] { course().spans }

  /// How it went, day by day: where the subject stood, and which steps could not be taken.
  func course() -> (spans: [Span], anomalies: [AnomalySpan]) {
    let (base, anomalies) = settled.course()
    if rivals.isEmpty { return (base, anomalies) }
    let others = rivals.map { $0.fold.spans() }
    let days = Set(([base] + others).flatMap { $0.map(\.fromDay) }).sorted()
    var spans: [Span] = []
    for day in days {
      var span =
        base.on(day)
        ?? Span(
          fromDay: day, stage: nil, detail: nil, certainty: nil, certainStage: nil, since: nil, position: nil)
      span.fromDay = day
      if others.contains(where: { $0.on(day)?.stage != span.stage && $0.on(day) != nil }) {
        span.certainty = .disputed
      }
      if spans.last?.standsLike(span) != true { spans.append(span) }
    }
    return (spans, anomalies)
  }

  /// The positions of the moves that nobody disputes, in the order in which they were taken.
  func sequence(on day: Int64) -> [Int64] { settled.sequence(on: day) }

  /// The moves that nobody disputes, as they were met by the end of a day; then each rival, as it would be met among
  /// them.
  func met(on day: Int64) -> (settled: [MetMove], rivals: [MetMove]) {
    (
      settled.met(on: day),
      rivals.compactMap { move, fold in
        fold.met(on: day).last { $0.move.position == move.position && !$0.move.isByRule }
      }
    )
  }

  /// What became of each move, by position; a rival's outcome names the stage it would give.
  public func outcomes(on day: Int64 = .max) -> [Int64: MoveOutcome] {
    var outcomes = settled.outcomes(on: day)
    for (move, fold) in rivals where move.orderDay <= day {
      var stage: String?
      if case .moved(let to, _)? = fold.outcomes(on: day)[move.position] { stage = to }
      outcomes[move.position] = .disputed(stage: stage)
    }
    return outcomes
  }
}
