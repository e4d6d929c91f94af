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
    days = Self.days(of: sorted)
    // A move without a date may never come to count, so nothing waits for it. Asked for by moves that wait alone.
    toldStages =
      moves.contains(where: \.canWait)
      ? Set(moves.filter { !$0.isUnplaced && !$0.isByRule }.flatMap { $0.candidates.map(\.stage) }) : []
  }

  /// The days on which some move may come to count, each once, in order.
  private static func days(of moves: [FoldMove]) -> [Int64] {
    var days = moves.map(\.orderDay)
    for move in moves {
      if let day = move.certainDay, day != move.orderDay { days.append(day) }
    }
    days.sort()
    var last = 0
    for index in days.indices.dropFirst() where days[index] != days[last] {
      last += 1
      days[last] = days[index]
    }
    return Array(days.prefix(last + 1))
  }

  /// Where the subject stands, from each day on which that changes. Before the first of them it has no stage.
  public func spans() -> [Span] { course().spans }

  /// How it went, day by day: where the subject stood, and which steps could not be taken.
  func course() -> (spans: [Span], anomalies: [AnomalySpan]) {
    var spans: [Span] = []
    var anomalies = OpenAnomalies()
    // Groups whose moves are all certain by the day are folded once and for good; the rest anew for each day.
    var settled = FoldState(lifecycle: lifecycle, toldStages: toldStages, keepsOutcomes: false)
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
      anomalies.see(state.anomalies, on: day)
    }
    return (spans, anomalies.all())
  }

  /// What became of each move, by position, once every day has come; or by the end of a day.
  public func outcomes(on day: Int64 = .max) -> [Int64: MoveOutcome] { finalState(on: day).outcomes }

  /// The positions of the moves in the order in which they were taken.
  func sequence(on day: Int64) -> [Int64] { finalState(on: day).sequence }

  /// The moves as they were met by the end of a day, one after the other.
  func met(on day: Int64) -> [MetMove] { finalState(on: day, keepsMet: true).met ?? [] }

  private func finalState(on day: Int64, keepsMet: Bool = false) -> FoldState {
    var state = FoldState(
      lifecycle: lifecycle, toldStages: toldStages, keepsOutcomes: true, keepsMet: keepsMet)
    for group in groups {
      guard let first = group.first, first.orderDay <= day else { break }
      state.apply(group, on: day)
    }
    return state
  }
}

/// A step that the lifecycle could not take, from one day until before another: a later event can explain it.
struct AnomalySpan: Equatable {
  let position: Int64
  let from: String?
  let to: String
  let fromDay: Int64
  let untilDay: Int64
}

/// Gathers anomalies while the days go by.
private struct OpenAnomalies {
  private var open: [Int64: (anomaly: FoldState.Anomaly, fromDay: Int64)] = [:]
  private var closed: [AnomalySpan] = []

  mutating func see(_ anomalies: [Int64: FoldState.Anomaly], on day: Int64) {
    for (position, (anomaly, fromDay)) in open where anomalies[position] != anomaly {
      closed.append(Self.span(position, anomaly, from: fromDay, until: day))
      open[position] = nil
    }
    for (position, anomaly) in anomalies where open[position] == nil { open[position] = (anomaly, day) }
  }

  func all() -> [AnomalySpan] {
    (closed + open.map { Self.span($0, $1.anomaly, from: $1.fromDay, until: .max) })
      .sorted { ($0.position, $0.fromDay) < ($1.position, $1.fromDay) }
  }

  private static func span(
    _ position: Int64, _ anomaly: FoldState.Anomaly, from: Int64, until: Int64
  ) -> AnomalySpan {
    AnomalySpan(position: position, from: anomaly.from, to: anomaly.to, fromDay: from, untilDay: until)
  }
}

extension [Span] {
  /// The span that holds on a day; nil before the first.
  public func on(_ day: Int64) -> Span? { last { $0.fromDay <= day } }
}
