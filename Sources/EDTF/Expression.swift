// What a text in EDTF says, part by part: the form between the bytes and their bounds, level and meaning.
//
// All but the members of a set are plain values without references, so that reading a date allocates nothing.
// They are kept small as well: most of the time that a date takes goes into copying them.

/// A whole EDTF text, read.
enum Expression {
  case date(DateExpression)
  case interval(start: Side, end: Side)
  case set(isChoice: Bool, members: [SetMember])
}

/// One side of an interval.
enum Side {
  case date(DateExpression)
  /// `..`: not given, or there is none.
  case open
  /// Nothing at all: not known.
  case unknown
}

/// One member of a set: a date, or a range whose missing end is open.
enum SetMember {
  case date(DateExpression)
  case range(from: DateExpression?, through: DateExpression?)
}

/// `?` is uncertain, `~` approximate, `%` both.
struct Qualifiers: OptionSet {
  let rawValue: UInt8
  static let uncertain = Qualifiers(rawValue: 1)
  static let approximate = Qualifiers(rawValue: 2)
}

/// The qualifiers beside one component: to its left for it alone, to its right for it and all before it.
struct Marks {
  var left: Qualifiers = []
  var right: Qualifiers = []
}

/// A number of two or four decimal places, any of which may be unspecified (`X`).
struct Digits {
  private var leastStored: Int16 = 0
  private var greatestStored: Int16 = 0
  /// Bit n is set if the place worth ten to the power n is an X.
  private(set) var unspecifiedPlaces: UInt8 = 0

  /// The number with every X read as 0.
  var least: Int { Int(leastStored) }
  /// The number with every X read as 9.
  var greatest: Int { Int(greatestStored) }

  /// The digit of an unspecified place.
  static let unspecified: UInt8 = 10

  /// Appends one of at most four digits.
  mutating func append(_ digit: UInt8) {
    let isUnspecified = digit == Digits.unspecified
    leastStored = leastStored * 10 + (isUnspecified ? 0 : Int16(digit))
    greatestStored = greatestStored * 10 + (isUnspecified ? 9 : Int16(digit))
    unspecifiedPlaces = unspecifiedPlaces << 1 | (isUnspecified ? 1 : 0)
  }

  var isExact: Bool { unspecifiedPlaces == 0 }

  func admits(_ value: Int) -> Bool {
    var value = value
    var wanted = least
    var places = unspecifiedPlaces
    while value > 0 || wanted > 0 || places > 0 {
      guard places & 1 == 1 || value % 10 == wanted % 10 else { return false }
      value /= 10
      wanted /= 10
      places >>= 1
    }
    return true
  }

  /// The least number in the range that fits the pattern.
  func first(in range: ClosedRange<Int>) -> Int? {
    isExact
      ? (range.contains(least) ? least : nil) : range.clamped(to: least...greatest).first(where: fits(range))
  }

  /// The greatest number in the range that fits the pattern.
  func last(in range: ClosedRange<Int>) -> Int? {
    isExact
      ? (range.contains(least) ? least : nil) : range.clamped(to: least...greatest).last(where: fits(range))
  }

  /// Every number in the range that fits the pattern, in order.
  func values(in range: ClosedRange<Int>) -> [Int] {
    range.filter(admits)
  }

  // Clamping a range that does not overlap leaves a number of the other range, so both are asked.
  private func fits(_ range: ClosedRange<Int>) -> (Int) -> Bool {
    { range.contains($0) && admits($0) }
  }
}

/// A single date: year, year and month or season, or a whole day with or without its time.
struct DateExpression {
  enum Precision { case year, month, season, day }

  var precision = Precision.year
  /// Where it starts in the text, in bytes from 0.
  let offset: Int
  /// Where its day starts; only a day can fail to be in the calendar.
  var dayOffset: Int

  var isNegative = false
  /// The four places of the year. Meaningless if ``longYear`` is set.
  var yearDigits = Digits()
  /// A month (1 to 12, perhaps unspecified) or the number of a season or other part of the year (21 to 41).
  var month = Digits()
  var day = Digits()

  var longYear: LongYear?
  /// The figure after `S`; 0 if there is none.
  var significantDigits: Int32 = 0
  var time: TimeOfDay?

  var yearMarks = Marks()
  var monthMarks = Marks()
  var dayMarks = Marks()

  /// The first and last day that it admits; set when the date has been read to its end.
  var firstDay = Day(number: 0)
  var lastDay = Day(number: 0)

  init(offset: Int) {
    self.offset = offset
    dayOffset = offset
  }
}

/// A year written with the letter Y.
struct LongYear {
  /// The digits after Y and its sign, held at ``EDTF/yearMagnitudeMax``.
  var mantissa: Int64
  /// The figure after `E`; 0 if there is none.
  var exponent: Int32
  /// mantissa × 10^exponent with its sign, held at ± ``EDTF/yearMagnitudeMax``.
  var year: Int64
  /// Whether the year written lies beyond ``EDTF/yearMagnitudeMax``.
  var isHeld: Bool
}

/// The time of a date with time, as written.
struct TimeOfDay {
  enum Zone {
    case local
    case utc
    case shift(isBehind: Bool, hours: UInt8, minutes: UInt8)
  }

  var offset: Int
  var hour: UInt8
  var minute: UInt8
  var second: UInt8
  var zone: Zone
}

// MARK: - What follows from the parts

extension DateExpression {
  /// The year if all of its digits are given.
  var exactYear: Int64? {
    if let longYear { return longYear.year }
    guard yearDigits.isExact else { return nil }
    return isNegative ? -Int64(yearDigits.least) : Int64(yearDigits.least)
  }

  /// Whether the year says nothing: `XXXX`.
  var hasUnknownYear: Bool { longYear == nil && yearDigits.unspecifiedPlaces == 0b1111 }

  var hasUnspecifiedDigits: Bool {
    longYear == nil && !(yearDigits.isExact && month.isExact && day.isExact)
  }

  /// A year with Y, E or S, which EDTF allows only by itself.
  var isYearOnlyForm: Bool { longYear != nil || significantDigits > 0 }

  /// What is said of each component, from both sides.
  // Unions and not literals: a set made of an array costs an allocation.
  var yearQualifiers: Qualifiers {
    yearMarks.left.union(yearMarks.right).union(monthMarks.right).union(dayMarks.right)
  }
  var monthQualifiers: Qualifiers { monthMarks.left.union(monthMarks.right).union(dayMarks.right) }
  var dayQualifiers: Qualifiers { dayMarks.left.union(dayMarks.right) }
  var allQualifiers: Qualifiers { yearQualifiers.union(monthQualifiers).union(dayQualifiers) }

  /// The lowest level whose grammar admits the date standing by itself.
  var level: Int {
    max(max(yearFormLevel, qualificationLevel), max(unspecifiedLevel, seasonLevel))
  }

  private var yearFormLevel: Int {
    if significantDigits > 0 || (longYear?.exponent ?? 0) > 0 { return 2 }
    return isNegative || longYear != nil ? 1 : 0
  }

  private var seasonLevel: Int { precision != .season ? 0 : month.least <= 24 ? 1 : 2 }

  /// Level 1 knows a qualifier only at the very end.
  private var qualificationLevel: Int {
    guard !allQualifiers.isEmpty else { return 0 }
    let beforeMonth = yearMarks.left.union(yearMarks.right).union(monthMarks.left)
    let beforeDay = beforeMonth.union(monthMarks.right).union(dayMarks.left)
    let innerMarks =
      switch precision {
      case .year: yearMarks.left
      case .month, .season: beforeMonth
      case .day: beforeDay
      }
    return innerMarks.isEmpty ? 1 : 2
  }

  /// Level 1 knows X from the right: one or two digits of a lone year, whole months and days of a given year,
  /// and a date with no digit at all.
  private var unspecifiedLevel: Int {
    guard hasUnspecifiedDigits else { return 0 }
    let year = yearDigits.unspecifiedPlaces
    let month = month.unspecifiedPlaces
    let day = day.unspecifiedPlaces
    let isWhollyUnspecified = hasUnknownYear && !isNegative
    let isFromTheRight =
      switch precision {
      case .year: year == 0b0001 || year == 0b0011 || isWhollyUnspecified
      case .month: month == 0b11 && (year == 0 || isWhollyUnspecified)
      case .season: false
      case .day:
        day == 0b11 && (month == 0 && year == 0 || month == 0b11 && (year == 0 || isWhollyUnspecified))
      }
    return isFromTheRight ? 1 : 2
  }
}
