// Dates with X, against an oracle that tries every day.

import EDTF
import TestSupport
import Testing

struct UnspecifiedDigitTests {
  /// The first and last day whose text fits, found by trying every day of every year that may fit.
  static func oracle(_ pattern: String) -> String? {
    let isNegative = pattern.first == "-"
    let places = Array(pattern.utf8.drop { $0 == UInt8(ascii: "-") })
    let monthAndDayFit = (1...12).map { month in
      (1...31).map { fits(String(NaiveCalendar.text(0, month, $0).dropFirst(4)), Array(places.dropFirst(4))) }
    }
    var first: String?
    var last: String?
    for (magnitude, digits) in isNegative ? years.dropFirst().reversed() : years {
      guard fits(digits, places) else { continue }
      let year = isNegative ? -magnitude : magnitude
      for (index, length) in NaiveCalendar.monthLengths(year).enumerated() {
        for day in 1...length where monthAndDayFit[index][day - 1] {
          let text = NaiveCalendar.text(year, index + 1, day)
          first = first ?? text
          last = text
        }
      }
    }
    guard let first, let last else { return nil }
    return first + "/" + last
  }

  private static let years = (0...9999).map { ($0, NaiveCalendar.padded($0, 4)) }

  /// Whether the text and the pattern agree as far as both go.
  private static func fits(_ text: String, _ pattern: [UInt8]) -> Bool {
    zip(text.utf8, pattern).allSatisfy { $0 == $1 || $1 == UInt8(ascii: "X") }
  }

  static func randomPattern(using generator: inout SeededGenerator) -> String {
    var places = Array(
      NaiveCalendar.text(
        Int.random(in: 0...9999, using: &generator), Int.random(in: 1...12, using: &generator),
        Int.random(in: 1...31, using: &generator)
      ).utf8)
    // Seldom two digits of the year and never more, or the oracle would take long.
    let unspecified = [0, 0, 1, 1, 1, 2].randomElement(using: &generator) ?? 0
    for place in [0, 1, 2, 3].shuffled(using: &generator).prefix(unspecified) {
      places[place] = UInt8(ascii: "X")
    }
    for place in [5, 6, 8, 9] where Bool.random(using: &generator) {
      places[place] = UInt8(ascii: "X")
    }
    if Bool.random(using: &generator) {
      places.replaceSubrange(5...6, with: "02".utf8)
      if Bool.random(using: &generator) { places.replaceSubrange(8...9, with: "29".utf8) }
    }
    let length = [4, 7, 10, 10, 10].randomElement(using: &generator) ?? 10
    let sign = Int.random(in: 0..<4, using: &generator) == 0 ? "-" : ""
    return sign + String(decoding: places.prefix(length), as: UTF8.self)
  }

  @Test("Random patterns are bounded as trying every day finds, and refused if no day fits")
  func randomPatterns() {
    let seed: UInt64 = 8_601
    var generator = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<200 {
      let pattern = UnspecifiedDigitTests.randomPattern(using: &generator)
      // A lone -0000 is no year; every other pattern stands or falls with the days that fit.
      let expected = UnspecifiedDigitTests.oracle(pattern)
      let found = try? bounds(pattern)
      #expect(found == expected, "\(pattern), seed \(seed)")
      refused += found == nil ? 1 : 0
    }
    #expect(refused > 0 && refused < 100, "the patterns should try both, seed \(seed)")
  }

  @Test(
    "Days that exist in few years are found, from the first to the last",
    arguments: [
      ("1XXX-02-29", "1004-02-29/1996-02-29"), ("19XX-02-29", "1904-02-29/1996-02-29"),
      ("190X-02-XX", "1900-02-01/1909-02-28"), ("-190X-02-29", "-1908-02-29/-1904-02-29"),
      ("XXXX-02-29", "0000-02-29/9996-02-29"), ("-XXXX-02-29", "-9996-02-29/-0004-02-29"),
      ("XXXX-XX-23", "0000-01-23/9999-12-23"), ("XXX2-02-29", "0012-02-29/9992-02-29"),
      ("2015-XX-31", "2015-01-31/2015-12-31"), ("2015-X2-3X", "2015-12-30/2015-12-31"),
      ("2015-02-X9", "2015-02-09/2015-02-19"), ("2016-02-X9", "2016-02-09/2016-02-29"),
      ("20XX-X2-X9", "2000-02-09/2099-12-29"), ("-01XX", "-0199-01-01/-0100-12-31"),
      ("-000X", "-0009-01-01/-0001-12-31"),
      ("1984-1X", "1984-10-01/1984-12-31"), ("1984-X2", "1984-02-01/1984-12-31"),
      ("1984-0X", "1984-01-01/1984-09-30"),
    ])
  func knownPatterns(pattern: String, expected: String) throws {
    #expect(try bounds(pattern) == expected)
    if !pattern.contains("XXX") { #expect(UnspecifiedDigitTests.oracle(pattern) == expected) }
  }

  @Test(
    "A pattern that no day of the calendar fits is refused",
    arguments: [
      "2015-02-3X", "19XX-02-30", "1X01-02-29", "XXX1-02-29", "190X-06-31", "1900-02-3X", "XXXX-02-3X",
      "2015-02-31",
      "2015-X4-31", "2015-2X", "2015-3X", "2015-10-4X", "2015-1X-00", "XXXX-00-01", "-000X-02-3X",
    ])
  func impossiblePatterns(pattern: String) {
    #expect(refusal(of: pattern) != nil)
  }
}
