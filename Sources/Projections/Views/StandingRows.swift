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
    guard let first = life.events.lazy.map(\.orderDay).min() else { return }
    var counts = Counts()
    var (changeIndex, spanIndex, span) = (0, 0, Span?.none)
    // Both in the order of their days: from each day on which something changes to the next.
    while changeIndex < changes.count || spanIndex < spans.count {
      let day = min(
        changeIndex < changes.count ? changes[changeIndex].day : .max,
        spanIndex < spans.count ? spans[spanIndex].fromDay : .max)
      while changeIndex < changes.count, changes[changeIndex].day == day {
        changes[changeIndex].apply(to: &counts)
        changeIndex += 1
      }
      while spanIndex < spans.count, spans[spanIndex].fromDay == day {
        span = spans[spanIndex]
        spanIndex += 1
      }
      if day < first { continue }
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

  /// What changes the counts on a day.
  private struct Change {
    let day: Int64
    var position: Int64 = 0
    var events: Int64 = 0
    var sources: Int64 = 0
    var anomalies: Int64 = 0
    var disputes: Int64 = 0

    func apply(to counts: inout Counts) {
      counts.lastPosition = max(counts.lastPosition, position)
      counts.events += events
      counts.sources += sources
      counts.anomalies += anomalies
      counts.disputes += disputes
    }
  }

  private static func changes(_ life: SubjectFold.Life, claims: [ExactText: ClaimState]) -> [Change] {
    var changes = life.events.map {
      Change(day: $0.orderDay, position: $0.position, events: 1, sources: $0.sourceCount)
    }
    for remark in life.remarks {
      changes.append(Change(day: remark.fromDay, anomalies: 1))
      if remark.untilDay < .max { changes.append(Change(day: remark.untilDay, anomalies: -1)) }
    }
    if claims.values.contains(.disputed) {
      var disputes: [ExactText: Int64] = [:]
      for entry in life.events {
        guard let claim = entry.claim.map(ExactText.init), claims[claim] == .disputed else { continue }
        disputes[claim] = min(disputes[claim] ?? .max, entry.orderDay)
      }
      changes += disputes.values.map { Change(day: $0, disputes: 1) }
    }
    return changes.sorted { $0.day < $1.day }
  }
}
