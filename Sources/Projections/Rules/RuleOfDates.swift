// Rules such as "2 ratifications + 12 months": read from the words of a treaty, and counted with days.

internal import EDTF

/// A rule that dates a step by how many parties took the one before, and how long ago.
///
/// It is read from text as archivists write it: `2 ratifications + 12 months`, `40 + 6 months`, `50 + 90 days`,
/// `12 months after ratification`, `1 year`. A rule in other words is kept and not counted with.
public struct RuleOfDates: Sendable, Equatable {
  /// A length of time.
  public struct Period: Sendable, Equatable {
    /// What it is counted in.
    public enum Unit: Sendable, Equatable { case days, months }

    /// How many.
    public let count: Int64
    /// Of what.
    public let unit: Unit
  }

  /// How many parties it takes; nil for a period by itself.
  public let number: Int64?
  /// How long after the last of them, or after a party's own step.
  public let period: Period

  /// Reads a rule; nil for words that say something else.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: "+", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      if let period = Self.period(parts[0]) {
        (number, self.period) = (nil, period)
      } else if let number = Self.number(parts[0]) {
        (self.number, period) = (number, Period(count: 0, unit: .days))
      } else {
        return nil
      }
    case 2:
      guard let number = Self.number(parts[0]), let period = Self.period(parts[1]) else { return nil }
      (self.number, self.period) = (number, period)
    default: return nil
    }
  }

  /// `2 ratifications`, `40`: digits, then words but no other figure.
  private static func number(_ text: Substring) -> Int64? {
    let words = text.split(separator: " ")
    guard let first = words.first, let number = digits(first), number > 0,
      words.dropFirst().allSatisfy({ !hasFigure($0) && unit($0) == nil && !$0.contains("%") })
    else { return nil }
    return number
  }

  /// `12 months`, `12 months after ratification`: digits and a unit, then no other figure.
  private static func period(_ text: Substring) -> Period? {
    let words = text.split(separator: " ")
    guard words.count >= 2, let count = digits(words[0]), let (unit, factor) = unit(words[1]),
      words.dropFirst(2).allSatisfy({ !hasFigure($0) })
    else { return nil }
    return Period(count: count * factor, unit: unit)
  }

  /// Whether a digit of any script stands in a word: `(8` and `2nd` say more than is counted here.
  private static func hasFigure(_ word: Substring) -> Bool { word.contains(where: \.isNumber) }

  /// At most four digits: no treaty waits for longer, and nothing overflows.
  private static func digits(_ word: Substring) -> Int64? {
    guard word.utf8.count <= 4, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(word)
  }

  private static func unit(_ word: Substring) -> (unit: Period.Unit, factor: Int64)? {
    switch word.filter({ $0 != "," && $0 != "." && $0 != ";" }) {
    case "day", "days": (.days, 1)
    case "week", "weeks": (.days, 7)
    case "month", "months": (.months, 1)
    case "year", "years": (.months, 12)
    default: nil
    }
  }
}

/// Days between two bounds; the later one is nil where it is not certain.
struct DayRange: Equatable {
  var low: Int64
  var high: Int64?

  init(low: Int64, high: Int64?) {
    self.low = low
    self.high = high
  }

  /// The days of a date; nil where even the first is not known.
  init?(_ text: String) {
    let bounds = EventFacts.DayBounds(try? EDTF(text))
    guard bounds.order > .min, !bounds.isUnplaced else { return nil }
    self.init(low: bounds.order, high: bounds.certain)
  }

  /// Not before another: the later of both bounds.
  func notBefore(_ other: DayRange) -> DayRange {
    DayRange(low: max(low, other.low), high: high.flatMap { high in other.high.map { max(high, $0) } })
  }

  /// Whether some day can be one of both.
  func meets(_ other: DayRange) -> Bool { low <= other.high ?? .max && other.low <= high ?? .max }

  /// The range as EDTF has it.
  var text: String {
    let first = Day(number: low).description
    guard let high else { return "\(first)?" }
    return high == low ? first : "\(first)/\(Day(number: high))"
  }
}

extension RuleOfDates.Period {
  /// Where months are counted from: treaties that say only "months" count from the day itself or, as often, from the
  /// first of its month.
  enum Reading { case exact, firstOfMonth, either }

  /// The days that lie a period after others.
  func after(_ days: DayRange, reading: Reading = .either) -> DayRange {
    DayRange(
      low: after(days.low, reading == .exact ? .exact : .firstOfMonth),
      high: days.high.map {
        after($0, reading == .firstOfMonth ? .firstOfMonth : .exact)
      })
  }

  private func after(_ day: Int64, _ reading: Reading) -> Int64 {
    guard unit == .months else {
      let (sum, isTooFar) = day.addingReportingOverflow(count)
      return isTooFar ? day : sum
    }
    let from = Day(number: day)
    let months = Int64(from.month - 1) + count
    let (year, month) = (from.year + months / 12, Int(months % 12) + 1)
    // Nothing comes before what it is counted from: "0 months" is no way back to the first of the month.
    if reading == .firstOfMonth { return max(day, Day(year: year, month: month, day: 1)?.number ?? day) }
    // A month without the day ends the period on its last one.
    for last in stride(from: from.day, through: 28, by: -1) {
      if let found = Day(year: year, month: month, day: last) { return found.number }
    }
    return Day(year: year, month: month, day: from.day)?.number ?? day
  }
}
