// From bytes to an expression: single dates. Intervals and sets, which are made of them, are next door in
// EDTF+Combining.swift.
//
// One pass over the UTF-8 bytes, left to right, never back: the first byte that cannot go on is the one that is
// reported, and all before it is ASCII.

/// Where and why reading stopped.
struct Fault: Error {
  let reason: EDTFError.Reason
  /// In bytes from 0.
  let offset: Int
}

extension EDTF {
  /// Reads a text without copying it, and makes of what it says whatever is wanted.
  ///
  /// The expression does not leave the closure: it is ten times as large as what is made of it.
  static func read<Wanted>(_ text: String, _ make: (Expression) -> Wanted) -> Result<Wanted, Fault> {
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Wanted, Fault> {
      var parser = Parser(bytes: bytes)
      do throws(Fault) {
        return .success(make(try parser.expression()))
      } catch {
        return .failure(error)
      }
    }
    // A string whose bytes lie elsewhere (as one bridged from another language may) is copied once.
    return text.utf8.withContiguousStorageIfAvailable(read) ?? Array(text.utf8).withUnsafeBufferPointer(read)
  }
}

struct Parser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The byte to be read next; nil at the end.
  var next: UInt8? { byte(at: position) }

  func byte(at offset: Int) -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// Reads that byte if it comes next.
  mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// The fault that the next byte is: what the byte itself tells, else what was expected in its place.
  func faultAtNext(orElse expected: EDTFError.Reason? = nil) -> Fault {
    let reason: EDTFError.Reason
    switch next {
    case nil:
      reason = expected ?? .memberMissing
    case 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D:
      reason = .space
    case let byte? where byte >= 0x80:
      reason = .notASCII(scalar)
    case UInt8(ascii: "y") where position == 0:
      reason = .wrongLetter(written: character, right: "Y")
    // A word that starts with such a letter is no misspelling of it; a date that is under way may be.
    case UInt8(ascii: "x") where position > 0, UInt8(ascii: "u") where position > 0:
      reason = .wrongLetter(written: character, right: "X")
    case UInt8(ascii: "t") where position > 0:
      reason = .wrongLetter(written: character, right: "T")
    case UInt8(ascii: "z") where position > 0:
      reason = .wrongLetter(written: character, right: "Z")
    case UInt8(ascii: "s") where expected == nil:
      reason = .decade
    default:
      reason = expected ?? .unexpected(character)
    }
    return Fault(reason: reason, offset: position)
  }

  private var character: Character { Character(scalar) }

  /// The character that starts at the next byte.
  private var scalar: Unicode.Scalar {
    let rest = bytes[min(position, bytes.count)...].prefix(4)
    return String(decoding: rest, as: UTF8.self).unicodeScalars.first ?? " "
  }
}

// MARK: - A date

extension Parser {
  /// Reads a date, up to the first byte that is no part of one, and finds the days that it admits.
  mutating func date() throws(Fault) -> DateExpression {
    var date = DateExpression(offset: position)
    date.yearMarks.left = qualifiers()
    if skip("Y") {
      try longYear(into: &date)
    } else {
      try fourDigitYear(into: &date)
      if date.significantDigits == 0, skip("-") {
        try monthAndDay(into: &date)
      }
    }
    try settle(&date)
    if next == UInt8(ascii: "T") {
      try time(into: &date)
    }
    return date
  }

  private mutating func qualifiers() -> Qualifiers {
    let found: Qualifiers
    switch next {
    case UInt8(ascii: "?"): found = .uncertain
    case UInt8(ascii: "~"): found = .approximate
    case UInt8(ascii: "%"): found = [.uncertain, .approximate]
    default: return []
    }
    position += 1
    return found
  }

  /// Reads what stands to the right of a component whose left side is known.
  private mutating func rightQualifiers(of marks: inout Marks) throws(Fault) {
    let offset = position
    marks.right = qualifiers()
    let isTwice = !marks.right.isEmpty && (!marks.left.isEmpty || !qualifiers().isEmpty)
    guard !isTwice else {
      throw Fault(reason: .qualifiedTwice, offset: marks.left.isEmpty ? offset + 1 : offset)
    }
  }

  /// Reads so many digits or X.
  private mutating func digits(_ count: Int, orElse expected: @autoclosure () -> EDTFError.Reason)
    throws(Fault) -> Digits
  {
    var digits = Digits()
    for _ in 0..<count {
      switch next {
      case let digit? where Parser.isDigit(digit): digits.append(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "X"): digits.append(Digits.unspecified)
      default: throw faultAtNext(orElse: expected())
      }
      position += 1
    }
    return digits
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private var nextIsDigitOrX: Bool {
    next.map { Parser.isDigit($0) || $0 == UInt8(ascii: "X") } ?? false
  }
}

// MARK: - Years

extension Parser {
  private mutating func fourDigitYear(into date: inout DateExpression) throws(Fault) {
    let offset = position
    date.isNegative = skip("-")
    date.yearDigits = try digits(4, orElse: .yearNeedsFourDigits)
    guard !nextIsDigitOrX else { throw Fault(reason: .longYearNeedsLetter, offset: position) }
    guard !date.isNegative || date.yearDigits.greatest > 0 else {
      throw Fault(reason: .negativeYearZero, offset: offset)
    }
    if next == UInt8(ascii: "S") {
      guard date.yearDigits.isExact else { throw Fault(reason: .unspecifiedNotAllowed, offset: position) }
      try significantDigits(into: &date)
    }
    try rightQualifiers(of: &date.yearMarks)
    if date.significantDigits > 0 { try yearMustEnd() }
  }

  /// Reads what follows Y: sign, number, exponent, significant digits.
  private mutating func longYear(into date: inout DateExpression) throws(Fault) {
    let isNegative = skip("-")
    let mantissaOffset = position
    let mantissa = try numberFromOne(greatest: EDTF.yearMagnitudeMax + 1)
    let length = position - mantissaOffset
    var exponent: Int32 = 0
    if skip("E") {
      // A larger exponent says no more: the year is out of reach already.
      exponent = Int32(try numberFromOne(greatest: 1_000_000_000))
    } else {
      guard length > 4 else { throw Fault(reason: .yearNeedsNoLetter, offset: date.offset) }
    }
    var magnitude = mantissa
    for _ in 0..<min(exponent, 20) {
      magnitude = min(magnitude * 10, EDTF.yearMagnitudeMax + 1)
    }
    let held = min(magnitude, EDTF.yearMagnitudeMax)
    date.longYear = LongYear(
      mantissa: mantissa, exponent: exponent, year: isNegative ? -held : held,
      isHeld: magnitude > EDTF.yearMagnitudeMax)
    date.isNegative = isNegative
    if next == UInt8(ascii: "S") { try significantDigits(into: &date) }
    try rightQualifiers(of: &date.yearMarks)
    try yearMustEnd()
  }

  private mutating func significantDigits(into date: inout DateExpression) throws(Fault) {
    position += 1
    date.significantDigits = Int32(try numberFromOne(greatest: 1_000_000_000))
  }

  /// Reads a whole number from 1 without leading zeros; a greater one than `greatest` is taken for that.
  private mutating func numberFromOne(greatest: Int64) throws(Fault) -> Int64 {
    guard let first = next, first >= UInt8(ascii: "1"), first <= UInt8(ascii: "9") else {
      throw next == UInt8(ascii: "X")
        ? Fault(reason: .unspecifiedNotAllowed, offset: position) : faultAtNext(orElse: .numberFromOne)
    }
    var value: Int64 = 0
    while let digit = next, Parser.isDigit(digit) {
      value = min(value * 10 + Int64(digit - UInt8(ascii: "0")), greatest)
      position += 1
    }
    guard next != UInt8(ascii: "X") else { throw Fault(reason: .unspecifiedNotAllowed, offset: position) }
    return value
  }

  private func yearMustEnd() throws(Fault) {
    guard next != UInt8(ascii: "-"), next != UInt8(ascii: "T") else {
      throw Fault(reason: .yearStandsAlone, offset: position)
    }
  }
}

// MARK: - Months, seasons and days

extension Parser {
  /// Reads what follows the hyphen after a year.
  private mutating func monthAndDay(into date: inout DateExpression) throws(Fault) {
    date.monthMarks.left = qualifiers()
    let monthOffset = position
    date.month = try digits(2, orElse: .monthNeedsTwoDigits)
    guard !nextIsDigitOrX else { throw faultAtNext(orElse: .monthNeedsTwoDigits) }
    if date.month.isExact, PartOfYear.numbers.contains(date.month.least) {
      date.precision = .season
    } else if date.month.first(in: 1...12) != nil {
      date.precision = .month
    } else {
      throw Fault(reason: .noSuchMonth(written(from: monthOffset)), offset: monthOffset)
    }
    try rightQualifiers(of: &date.monthMarks)
    guard skip("-") else { return }
    guard date.precision == .month else {
      throw Fault(reason: .seasonHasNoDays, offset: position - 1)
    }

    date.precision = .day
    date.dayMarks.left = qualifiers()
    date.dayOffset = position
    date.day = try digits(2, orElse: .dayNeedsTwoDigits)
    guard !nextIsDigitOrX else { throw faultAtNext(orElse: .dayNeedsTwoDigits) }
    guard date.day.first(in: 1...31) != nil else {
      throw Fault(reason: .noSuchDay(written(from: date.dayOffset)), offset: date.dayOffset)
    }
    try rightQualifiers(of: &date.dayMarks)
  }

  private func written(from offset: Int) -> String {
    String(decoding: bytes[offset..<position], as: UTF8.self)
  }

  /// Finds the days that the date admits, or says why there are none.
  private func settle(_ date: inout DateExpression) throws(Fault) {
    if let days = date.matchingDays() {
      (date.firstDay, date.lastDay) = days
      return
    }
    let reason: EDTFError.Reason
    if date.month.isExact, date.day.isExact {
      let longest = Day.daysInMonth(date.month.least, isLeap: true)
      if date.day.least > longest {
        reason = .monthIsShorter(month: date.month.least, days: longest)
      } else if let year = date.exactYear {
        reason = .notLeapYear(year)
      } else {
        reason = .noDayFits
      }
    } else {
      reason = .noDayFits
    }
    throw Fault(reason: reason, offset: date.dayOffset)
  }
}

// MARK: - Times

extension Parser {
  /// Reads a time, from its T on.
  private mutating func time(into date: inout DateExpression) throws(Fault) {
    guard date.precision == .day, !date.hasUnspecifiedDigits, date.allQualifiers.isEmpty else {
      throw Fault(reason: .timeNeedsDay, offset: position)
    }
    let offset = position
    position += 1
    let hour = try twoDigits(orElse: .timeIncomplete)
    guard skip(":") else { throw faultAtNext(orElse: .timeIncomplete) }
    let minute = try twoDigits(orElse: .timeIncomplete)
    guard skip(":") else { throw faultAtNext(orElse: .timeIncomplete) }
    let second = try twoDigits(orElse: .timeIncomplete)
    let isMidnightAtEnd = hour == 24 && minute == 0 && second == 0
    guard isMidnightAtEnd || (hour < 24 && minute < 60 && second < 60) else {
      throw Fault(reason: .noSuchTime, offset: offset + 1)
    }
    let zone = try zone()
    date.time = TimeOfDay(offset: offset, hour: hour, minute: minute, second: second, zone: zone)
  }

  private mutating func zone() throws(Fault) -> TimeOfDay.Zone {
    let offset = position
    if skip("Z") { return .utc }
    let isBehind = next == UInt8(ascii: "-")
    guard isBehind || next == UInt8(ascii: "+") else { return .local }
    position += 1
    let hours = try twoDigits(orElse: .zoneMisspelt)
    let minutes = skip(":") ? try twoDigits(orElse: .zoneMisspelt) : 0
    guard next.map(Parser.isDigit) != true else { throw Fault(reason: .zoneMisspelt, offset: position) }
    let shiftMinutes = Int(hours) * 60 + Int(minutes)
    let isKnown = isBehind ? (1...12 * 60).contains(shiftMinutes) : shiftMinutes <= 14 * 60
    guard minutes < 60, isKnown else { throw Fault(reason: .noSuchZone, offset: offset) }
    return .shift(isBehind: isBehind, hours: hours, minutes: minutes)
  }

  private mutating func twoDigits(orElse expected: EDTFError.Reason) throws(Fault) -> UInt8 {
    let offset = position
    let read = try digits(2, orElse: expected)
    guard read.isExact else { throw Fault(reason: expected, offset: offset) }
    return UInt8(read.least)
  }
}
