// Rules of dates: which words are a rule, and what day they give.

import Foundation
import Projections
import TestSupport
import Testing

@Suite("A rule of dates is read from the words of a treaty, and counted with days")
struct RuleOfDatesTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let text: String
    let number: Int64?
    let count: Int64
    let unit: RuleOfDates.Period.Unit

    init(_ text: String, _ number: Int64?, _ count: Int64, _ unit: RuleOfDates.Period.Unit) {
      (self.text, self.number, self.count, self.unit) = (text, number, count, unit)
    }

    var testDescription: String { text }
  }

  static let rules = [
    Sample("2 ratifications + 12 months", 2, 12, .months), Sample("40 + 6 months", 40, 6, .months),
    Sample("50 + 90 days", 50, 90, .days), Sample("12 months", nil, 12, .months),
    Sample("1 year", nil, 12, .months), Sample("2 years", nil, 24, .months),
    Sample("2 weeks", nil, 14, .days), Sample("90 days after the deposit", nil, 90, .days),
    Sample("12 months after ratification", nil, 12, .months), Sample("60 ratifications", 60, 0, .days),
    Sample("40", 40, 0, .days), Sample("  40  +  6   MONTHS ", 40, 6, .months),
    Sample("55 Parties to the Convention + 30 days.", 55, 30, .days), Sample("1 + 1 day", 1, 1, .days),
    Sample("10 + 3 months, of which eight members", 10, 3, .months),
    Sample("9999 + 9999 years", 9_999, 119_988, .months), Sample("2 + 0 months", 2, 0, .months),
  ]

  @Test("Numbers, periods and both together are rules", arguments: rules)
  func isRule(_ sample: Sample) throws {
    let rule = try #require(RuleOfDates(sample.text))
    #expect(rule.number == sample.number)
    #expect(rule.period.count == sample.count)
    #expect(rule.period.unit == sample.unit)
  }

  @Test(
    "Percentages, more figures than two, figures in words, and other words are no rule",
    arguments: [
      "", " ", "+", "soon", "when two thirds have ratified", "55 % of emissions", "55% + 12 months",
      "55 parties with 55% of emissions + 30 days", "55 parties with 55 % of emissions + 30 days",
      "2 ratifications + 12", "+ 12 months", "2 +", "2 + 3 + 12 months", "two ratifications + 12 months",
      "2 ratifications and 12 months", "0 ratifications + 12 months", "-2 + 6 months", "2.5 months",
      "12 months and 3 days", "12 months on 1 January", "1 year + 6 months", "6 months + 40",
      "12 months + 2 ratifications", "20000 + 1 month", "20000 days", "months", "12months", "1e3 days",
      "40 + six months", "40 + 6 fortnights", "٤٠ + ٦ months", "１２ months",
      "2 ratifications, 12 months + 1 day",
      "40 + 6 months + ", "2019-06-21", "10 ratifications (8 members) + 3 months",
      "50 states, 2nd half + 1 day",
      "12 months from the 1st", "12 months, ３ days",
    ])
  func isNone(text: String) { #expect(RuleOfDates(text) == nil) }

  @Test(
    "Whatever text is read, it is a rule or none, and a rule says its figures",
    arguments: [1, 2, 3] as [UInt64])
  func anyText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "2", "40", "12", "0", "9999", "+", "+", " ", "  ", "months", "month", "days", "day", "years", "weeks",
      "ratifications", "after", "%", ",", ".", "-", "é", "１", "\n", "\u{0}", "👩‍👩‍👧",
    ]
    for _ in 0..<5_000 {
      let text = (0..<generator.below(8)).map { _ in generator.pick(parts) + (generator.chance(60) ? " " : "")
      }
      .joined()
      guard let rule = RuleOfDates(text) else { continue }
      let figures = text.split { !("0"..."9").contains($0) }.compactMap { Int64($0) }
      #expect((1...2).contains(figures.count), "seed \(seed): \(text)")
      let factors: [Int64] = rule.period.unit == .days ? [1, 7] : [1, 12]
      let products = figures.flatMap { figure in factors.map { figure * $0 } }
      #expect(products.contains(rule.period.count) || rule.period.count == 0, "seed \(seed): \(text)")
      if let number = rule.number { #expect(figures.contains(number), "seed \(seed): \(text)") }
    }
  }

  @Test("Rules that say the same in other words are equal")
  func equal() {
    #expect(RuleOfDates("2 ratifications + 12 months") == RuleOfDates("2 + 1 year"))
    #expect(RuleOfDates("2 weeks") == RuleOfDates("14 days"))
    #expect(RuleOfDates("30 days") != RuleOfDates("1 month"))
  }
}
