// The rows of one life: where it stands and what is known of it, from one day until before another.

/// Cuts a life into stretches of days on which stage and counts are the same.
struct StandingRows {
  /// What is known on a day.
  struct Counts: Equatable {
    var lastPosition: Int64 = 0
    var events: Int64 = 0
    var sources: Int64 = 0
    var anomalies: Int64 = 0
    var disputes: Int64 = 0
  }

  struct Row {
    let fromDay: Int64
    var untilDay: Int64
    let span: Span?
    let counts: Counts
  }

  private(set) var rows: [Row] = []

  /// A life is there from its first event on, even before its first stage and where its kind has no stages.
  init(_ life: SubjectFold.Life, claims: [ExactText: ClaimState]) {
    let changes = Self.changes(life, claims: claims)
    let spans = life.spans.sorted { $0.fromDay < $1.fromDay }
    let first = life.events.map(\.orderDay).min() ?? .max
    let days = Set(changes.keys).union(spans.map(\.fromDay)).filter { $0 >= first }.sorted()
    var counts = Counts()
    var (spanIndex, span) = (0, Span?.none)
    for day in days {
      for change in changes[day] ?? [] { change.apply(to: &counts) }
      while spanIndex < spans.count, spans[spanIndex].fromDay <= day {
        span = spans[spanIndex]
        spanIndex += 1
      }
      if let last = rows.last {
        if last.counts == counts && Self.standAlike(last.span, span) { continue }
        rows[rows.count - 1].untilDay = day
      }
      rows.append(Row(fromDay: day, untilDay: .max, span: span, counts: counts))
    }
  }

  private static func standAlike(_ one: Span?, _ other: Span?) -> Bool {
    guard let one, let other else { return (one ?? other)?.stage == nil && (one ?? other)?.certainty == nil }
    return one.standsLike(other)
  }

  /// Something that changes a count on a day.
  private enum Change {
    case event(EntryRow)
    case anomaly(Int64)
    case dispute

    func apply(to counts: inout Counts) {
      switch self {
      case .event(let entry):
        counts.lastPosition = max(counts.lastPosition, entry.position)
        counts.events += 1
        counts.sources += entry.sourceCount
      case .anomaly(let difference): counts.anomalies += difference
      case .dispute: counts.disputes += 1
      }
    }
  }

  private static func changes(
    _ life: SubjectFold.Life, claims: [ExactText: ClaimState]
  ) -> [Int64: [Change]] {
    var changes: [Int64: [Change]] = [:]
    var disputes: [ExactText: Int64] = [:]
    for entry in life.events {
      changes[entry.orderDay, default: []].append(.event(entry))
      guard let claim = entry.claim.map(ExactText.init), claims[claim] == .disputed else { continue }
      disputes[claim] = min(disputes[claim] ?? .max, entry.orderDay)
    }
    for day in disputes.values { changes[day, default: []].append(.dispute) }
    for remark in life.remarks {
      changes[remark.fromDay, default: []].append(.anomaly(1))
      if remark.untilDay < .max { changes[remark.untilDay, default: []].append(.anomaly(-1)) }
    }
    return changes
  }
}
