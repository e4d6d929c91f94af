// The axis of time: which days a picture spans, where they lie, and which ticks are named.

internal import EDTF

/// A span of days laid out from left to right.
struct TimeAxis {
  /// The first and the last day that are drawn.
  let (first, last): (Day, Day)
  /// Where the first and the last day lie, in units.
  let (left, right): (Double, Double)

  /// An axis for those days; a span that is very long because of days without known limits is held to those that others
  /// give.
  /// The day `through` lies on the axis whatever the spans are.
  init(spans: [(first: Day, last: Day)], through: Day?, left: Double, right: Double) {
    let bounded = spans.filter { TimeAxis.days($0.first, $0.last) <= TimeAxis.spanMaxDays }
    var days = bounded.flatMap { [$0.first, $0.last] }
    if days.isEmpty { days = spans.flatMap { [$0.first, $0.last] }.filter(TimeAxis.isUsual) }
    if let through { days.append(through) }
    let (low, high) = (days.min() ?? Day(number: 0), days.max() ?? Day(number: 0))
    // Some room at both ends, and never an axis without length.
    let room = max(15, Int64(min(TimeAxis.days(low, high) / 40, 1e15)))
    first = Day(
      number: low.number.subtractingReportingOverflow(room).overflow ? low.number : low.number - room)
    last = Day(number: high.number.addingReportingOverflow(room).overflow ? high.number : high.number + room)
    self.left = left
    self.right = right
  }

  /// Where a day lies; what is outside of the axis lies at its end.
  func x(_ day: Day) -> Double {
    let share = TimeAxis.days(first, day) / TimeAxis.days(first, last)
    return left + max(0, min(1, share)) * (right - left)
  }

  /// The named days: the beginnings of years, or of months if the span is short, at most so many that their names fit.
  /// None of the names reaches beyond the picture of that width.
  func ticks(size: Double, width: Double) -> [(x: Double, name: String)] {
    allTicks(size: size).filter { tick in
      let half = SVGText.width(tick.name, size: size) / 2
      return tick.x - half >= 0 && tick.x + half <= width
    }
  }

  private func allTicks(size: Double) -> [(x: Double, name: String)] {
    let widest = [String(first.year), String(last.year), "2017-10"].map { SVGText.width($0, size: size) }
      .max()
    let most = max(1, Int((right - left) / ((widest ?? 0) * 1.3)))
    let months = TimeAxis.days(first, last) / 30.44
    let candidates: [Int64] = [1, 3, 6]
    if let step = candidates.first(where: { months / Double($0) <= Double(most) }) {
      return monthly(step: step)
    }
    var step: Int64 = 1
    for factor in [2, 5, 10, 25, 50, 100, 200, 500] as [Int64] where months / 12 / Double(step) > Double(most)
    {
      step = factor
    }
    while months / 12 / Double(step) > Double(most), step < 1_000_000_000_000 { step *= 10 }
    return yearly(step: step)
  }

  private func monthly(step: Int64) -> [(x: Double, name: String)] {
    var ticks: [(x: Double, name: String)] = []
    var month = (first.year * 12 + Int64(first.month) - 1) / step * step
    while let day = Day(
      year: TimeAxis.floored(month, by: 12), month: Int(month - TimeAxis.floored(month, by: 12) * 12) + 1,
      day: 1),
      day <= last
    {
      if day >= first { ticks.append((x(day), String(day.description.dropLast(3)))) }
      month += step
    }
    return ticks
  }

  private func yearly(step: Int64) -> [(x: Double, name: String)] {
    var ticks: [(x: Double, name: String)] = []
    var year = TimeAxis.floored(first.year, by: step) * step
    while ticks.count < 100, let day = Day(year: year, month: 1, day: 1), day <= last {
      if day >= first { ticks.append((x(day), String(year))) }
      let (next, isTooFar) = year.addingReportingOverflow(step)
      if isTooFar { break }
      year = next
    }
    return ticks
  }

  /// Longer spans stand for days without known limits: nothing in a record runs for three hundred years.
  private static let spanMaxDays = 110_000.0

  private static func days(_ from: Day, _ to: Day) -> Double { Double(to.number) - Double(from.number) }

  private static func isUsual(_ day: Day) -> Bool { abs(Double(day.number)) < 1e6 }

  private static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}

/// Days as words, no more precise than they are.
enum DayWords {
  /// `2017-10-15`, `2017-10`, `2017`, `2016 to 2018`, `2017-10-15 to 2017-11-02`; with a question mark if not certain.
  static func text(first: Day, last: Day, isCertain: Bool) -> String {
    let (from, to) = first <= last ? (first, last) : (last, first)
    return span(from, to) + (isCertain ? "" : "?")
  }

  private static func span(_ first: Day, _ last: Day) -> String {
    if first == last { return first.description }
    let (startsYear, endsYear) = ((first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31))
    if startsYear, endsYear {
      return first.year == last.year ? year(first) : "\(year(first)) to \(year(last))"
    }
    let endsMonth = Day(number: last.number == .max ? last.number : last.number + 1).day == 1
    if first.day == 1, endsMonth, first.year == last.year, first.month == last.month {
      return String(first.description.dropLast(3))
    }
    return "\(first) to \(last)"
  }

  private static func year(_ day: Day) -> String { String(day.description.dropLast(6)) }
}
