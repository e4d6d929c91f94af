// From what a text says to its level, its flags and the days that bound it.

/// All that is kept of an expression.
struct Summary {
  /// The lowest level whose grammar admits the whole text.
  let level: Int
  /// The first and last day that the whole text admits.
  let earliest: EDTF.Bound
  let latest: EDTF.Bound
  /// What is said of any part of it.
  let qualifiers: Qualifiers
  /// Whether nothing in it says anything of the year.
  let isUnknown: Bool

  init(of expression: Expression) {
    switch expression {
    case .date(let date):
      level = date.level
      earliest = .day(date.firstDay)
      latest = .day(date.lastDay)
      qualifiers = date.allQualifiers
      isUnknown = date.hasUnknownYear
    case .interval(let start, let end):
      level = max(start.level, end.level)
      earliest = start.earliest
      latest = end.latest
      qualifiers = start.qualifiers.union(end.qualifiers)
      isUnknown = start.isUnknown && end.isUnknown
    case .set(_, let members):
      level = 2
      (earliest, latest) = Summary.bounds(of: members)
      qualifiers = members.reduce(into: []) { $0.formUnion($1.qualifiers) }
      isUnknown = members.allSatisfy(\.isUnknown)
    }
  }

  private static func bounds(of members: [SetMember]) -> (earliest: EDTF.Bound, latest: EDTF.Bound) {
    var first: Day?
    var last: Day?
    var isOpenBefore = false
    var isOpenAfter = false
    for member in members {
      isOpenBefore = isOpenBefore || member.from == nil
      isOpenAfter = isOpenAfter || member.through == nil
      for date in [member.from, member.through].compactMap(\.self) {
        first = min(first ?? date.firstDay, date.firstDay)
        last = max(last ?? date.lastDay, date.lastDay)
      }
    }
    return (
      isOpenBefore ? .open : first.map(EDTF.Bound.day) ?? .unknown,
      isOpenAfter ? .open : last.map(EDTF.Bound.day) ?? .unknown
    )
  }
}

extension SetMember {
  /// The date itself or the start of the range; nil if open.
  var from: DateExpression? {
    switch self {
    case .date(let date): date
    case .range(let from, _): from
    }
  }

  /// The date itself or the end of the range; nil if open.
  var through: DateExpression? {
    switch self {
    case .date(let date): date
    case .range(_, let through): through
    }
  }

  var qualifiers: Qualifiers {
    (from?.allQualifiers ?? []).union(through?.allQualifiers ?? [])
  }

  var isUnknown: Bool {
    from?.hasUnknownYear ?? true && through?.hasUnknownYear ?? true
  }
}

extension Side {
  var date: DateExpression? {
    if case .date(let date) = self { date } else { nil }
  }

  var qualifiers: Qualifiers { date?.allQualifiers ?? [] }

  var isUnknown: Bool { date?.hasUnknownYear ?? true }

  /// Unspecified digits are a matter of level 2 inside an interval, wherever they stand.
  var level: Int {
    guard let date else { return 1 }
    return date.hasUnspecifiedDigits ? 2 : date.level
  }

  var earliest: EDTF.Bound {
    switch self {
    case .date(let date): .day(date.firstDay)
    case .open: .open
    case .unknown: .unknown
    }
  }

  var latest: EDTF.Bound {
    switch self {
    case .date(let date): .day(date.lastDay)
    case .open: .open
    case .unknown: .unknown
    }
  }
}

// MARK: - The days of one date

extension DateExpression {
  /// The first and last day of the calendar that fit the date; nil if none does.
  func matchingDays() -> (first: Day, last: Day)? {
    if precision == .day, let year = exactYear, month.isExact, day.isExact {
      return Day(year: year, month: month.least, day: day.least).map { ($0, $0) }
    }
    if precision == .season {
      return seasonDays()
    }
    guard let first = day(atStart: true), let last = day(atStart: false) else { return nil }
    return (first, last)
  }

  /// The first (or last) month and day that fit in a common and in a leap year, then the first (or last) year
  /// that has one. Only 29 February tells years apart, so no day is looked at twice.
  private func day(atStart: Bool) -> Day? {
    let inCommonYear = monthAndDay(isLeap: false, atStart: atStart)
    let inLeapYear = monthAndDay(isLeap: true, atStart: atStart)
    guard inCommonYear != nil || inLeapYear != nil else { return nil }
    let year = yearMatching(atStart: atStart) { (Day.isLeap($0) ? inLeapYear : inCommonYear) != nil }
    guard let year, let found = Day.isLeap(year) ? inLeapYear : inCommonYear else { return nil }
    return Day(year: year, month: found.month, day: found.day)
  }

  private func monthAndDay(isLeap: Bool, atStart: Bool) -> (month: Int, day: Int)? {
    if precision == .year {
      return atStart ? (1, 1) : (12, 31)
    }
    if precision == .month {
      guard let month = atStart ? month.first(in: 1...12) : month.last(in: 1...12) else { return nil }
      return (month, atStart ? 1 : Day.daysInMonth(month, isLeap: isLeap))
    }
    for step in 0..<12 {
      let candidate = atStart ? 1 + step : 12 - step
      guard month.admits(candidate) else { continue }
      let days = 1...Day.daysInMonth(candidate, isLeap: isLeap)
      if let found = atStart ? day.first(in: days) : day.last(in: days) {
        return (candidate, found)
      }
    }
    return nil
  }

  /// The first (or last) year that fits the digits and the condition.
  private func yearMatching(atStart: Bool, where isWanted: (Int64) -> Bool) -> Int64? {
    if let exactYear {
      return isWanted(exactYear) ? exactYear : nil
    }
    // Negative years run the other way, and there is no year -0000.
    let magnitudes = max(yearDigits.least, isNegative ? 1 : 0)...yearDigits.greatest
    let sign: Int64 = isNegative ? -1 : 1
    let fits = { (magnitude: Int) in yearDigits.admits(magnitude) && isWanted(sign * Int64(magnitude)) }
    let found = atStart != isNegative ? magnitudes.first(where: fits) : magnitudes.last(where: fits)
    return found.map { sign * Int64($0) }
  }

  private func seasonDays() -> (first: Day, last: Day)? {
    guard let part = PartOfYear(number: month.least),
      let firstYear = yearMatching(atStart: true, where: { _ in true }),
      let lastYear = yearMatching(atStart: false, where: { _ in true })
    else { return nil }
    let endYear = part.lastMonth < part.firstMonth ? lastYear + 1 : lastYear
    guard let first = Day(year: firstYear, month: part.firstMonth, day: 1),
      let last = Day(
        year: endYear, month: part.lastMonth, day: Day.daysInMonth(part.lastMonth, year: endYear))
    else { return nil }
    return (first, last)
  }
}
