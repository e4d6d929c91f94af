// One day of the calendar: the unit in which every EDTF date is bounded.
//
// The calendar is the proleptic Gregorian one of ISO 8601-1, with astronomical years: year 0 is 1 BCE, and
// the rule of leap years reaches back without end. Nothing here knows of time zones.

/// A day of the proleptic Gregorian calendar (ISO 8601-1), with astronomical years: year 0 is 1 BCE.
///
/// ```swift
/// Day(year: 2017, month: 10, day: 15)?.number    // 17454
/// Day("2017-10-15")?.month                       // 10
/// Day(number: 0).description                     // "1970-01-01"
/// ```
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number of days since 1970-01-01; negative before it.
  public let number: Int64

  /// The day that lies `number` days after 1970-01-01. Every number is a day.
  public init(number: Int64) {
    self.number = number
  }

  /// The day of that year, month (1 to 12) and day of the month (from 1).
  ///
  /// Nil if the calendar has no such day, or if it lies beyond the days that an `Int64` can count (some
  /// 25 thousand million million years either way).
  public init?(year: Int64, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Day.daysInMonth(month, year: year) else { return nil }
    let (cycle, yearOfCycle) = year.dividedFloor(by: Day.yearsInCycle)
    // Counted from the nearer side, so that the first and last countable days do not overflow on the way.
    let cyclesFromEpoch = cycle - 5
    let shift: Int64 = cyclesFromEpoch < 0 ? 2 : 0
    let rest =
      Day.daysBeforeYear(yearOfCycle) + Day.daysBeforeMonth(month, year: year) + Int64(day) - 1
      + Day.daysFromEpochToCycle5 - shift * Day.daysInCycle
    let (whole, tooFar) = (cyclesFromEpoch + shift).multipliedReportingOverflow(by: Day.daysInCycle)
    let (number, tooFarByDays) = whole.addingReportingOverflow(rest)
    guard !tooFar, !tooFarByDays else { return nil }
    self.number = number
  }

  /// Reads what ``description`` writes: `2017-10-15`, `-0100-01-01`, `Y170000002-01-01`; nil for all else.
  public init?(_ text: String) {
    var reader = DayReader(bytes: text.utf8)
    guard let day = reader.day() else { return nil }
    self = day
  }

  /// The astronomical year: 0 is 1 BCE, -1 is 2 BCE.
  public var year: Int64 { civil.year }

  /// The month, 1 to 12.
  public var month: Int { civil.month }

  /// The day of the month, 1 to 31.
  public var day: Int { civil.day }

  /// `2017-10-15`; `-0100-01-01` before year 0; with a Y before years of more than four digits:
  /// `Y170000002-01-01`, `Y-12000-01-01`.
  public var description: String {
    let (year, month, day) = civil
    let digits = String(year.magnitude)
    var text = digits.utf8.count > 4 ? "Y" : ""
    if year < 0 { text += "-" }
    for _ in digits.utf8.count..<max(4, digits.utf8.count) { text += "0" }
    return text + digits + (month < 10 ? "-0" : "-") + String(month) + (day < 10 ? "-0" : "-") + String(day)
  }

  /// Whether `lhs` comes before `rhs`.
  public static func < (lhs: Day, rhs: Day) -> Bool {
    lhs.number < rhs.number
  }
}

// MARK: - The arithmetic of the calendar

extension Day {
  /// The calendar repeats after 400 years, to the day.
  static let yearsInCycle: Int64 = 400
  static let daysInCycle: Int64 = 146_097
  /// From 1970-01-01 to 2000-01-01, where the cycle numbered 5 begins.
  static let daysFromEpochToCycle5: Int64 = 10_957

  static func isLeap(_ year: Int64) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  static func daysInMonth(_ month: Int, year: Int64) -> Int {
    daysInMonth(month, isLeap: isLeap(year))
  }

  static func daysInMonth(_ month: Int, isLeap: Bool) -> Int {
    switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from the first day of the cycle to the first of its year `year` (0 to 400). The first year of a
  /// cycle is a leap year.
  private static func daysBeforeYear(_ year: Int64) -> Int64 {
    365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400
  }

  private static func daysBeforeMonth(_ month: Int, year: Int64) -> Int64 {
    let inCommonYear: Int64 =
      switch month {
      case 1: 0
      case 2: 31
      case 3: 59
      case 4: 90
      case 5: 120
      case 6: 151
      case 7: 181
      case 8: 212
      case 9: 243
      case 10: 273
      case 11: 304
      default: 334
      }
    return month > 2 && isLeap(year) ? inCommonYear + 1 : inCommonYear
  }

  private var civil: (year: Int64, month: Int, day: Int) {
    // Divided first, so that adding cannot overflow.
    var (cycle, dayOfCycle) = number.dividedFloor(by: Day.daysInCycle)
    cycle += 5
    dayOfCycle -= Day.daysFromEpochToCycle5
    if dayOfCycle < 0 {
      dayOfCycle += Day.daysInCycle
      cycle -= 1
    }
    // The share of the cycle that has gone by is the year, or at most one off.
    var yearOfCycle = dayOfCycle * Day.yearsInCycle / Day.daysInCycle
    if Day.daysBeforeYear(yearOfCycle) > dayOfCycle {
      yearOfCycle -= 1
    } else if Day.daysBeforeYear(yearOfCycle + 1) <= dayOfCycle {
      yearOfCycle += 1
    }
    let dayOfYear = dayOfCycle - Day.daysBeforeYear(yearOfCycle)
    let year = cycle * Day.yearsInCycle + yearOfCycle
    var month = 12
    while Day.daysBeforeMonth(month, year: year) > dayOfYear { month -= 1 }
    return (year, month, Int(dayOfYear - Day.daysBeforeMonth(month, year: year)) + 1)
  }
}

extension Int64 {
  /// Quotient and remainder of a division whose remainder is never negative.
  fileprivate func dividedFloor(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

// MARK: - Reading a day

/// Reads the one form that ``Day/description`` writes, and nothing more lenient.
private struct DayReader {
  var bytes: String.UTF8View.SubSequence

  init(bytes: String.UTF8View) {
    self.bytes = bytes[...]
  }

  mutating func day() -> Day? {
    let isLong = skip(UInt8(ascii: "Y"))
    let isNegative = skip(UInt8(ascii: "-"))
    let yearBytes = bytes.prefix { $0 != UInt8(ascii: "-") }
    let hasRightLength =
      isLong
      ? yearBytes.count > 4 && yearBytes.first != UInt8(ascii: "0")
      : yearBytes.count == 4
    guard hasRightLength, let magnitude = number(digits: yearBytes.count), !(isNegative && magnitude == 0),
      skip(UInt8(ascii: "-")), let month = number(digits: 2),
      skip(UInt8(ascii: "-")), let day = number(digits: 2), bytes.isEmpty
    else { return nil }
    return Day(year: isNegative ? -magnitude : magnitude, month: Int(month), day: Int(day))
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard bytes.first == byte else { return false }
    bytes.removeFirst()
    return true
  }

  private mutating func number(digits count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let byte = bytes.popFirst(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
        return nil
      }
      let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLargeBySum) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !tooLarge, !tooLargeBySum else { return nil }
      value = sum
    }
    return value
  }
}
