// Sums of days and months, looked at from outside: a treaty that enters into force by a rule, nobody telling when.

import EDTF
import Projections
import TestSupport
import Testing

@Suite("A period after a deposit ends on the day that the calendar gives")
struct PeriodTests {
  /// A treaty that one deposit brings into force.
  private func record(_ recording: inout Recording, _ name: String, rule: String, deposit: String) throws {
    let subject = "subject=treaty:\(name)"
    try recording.record("treaty.adopted", subject, "occurred=1899-12-31", "organ=GA", "rule=\(rule)")
    try recording.record(
      "treaty.ratified", subject, "occurred=\(deposit)", "country=CA", "mode=ratification")
  }

  @Test(
    "Days are counted one by one; months from the day itself or from the first of its month, which leaves it open between the two",
    arguments: [11, 12, 13] as [UInt64])
  func calendar(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var recording = Recording()
    var expected: [(name: String, low: Int64, high: Int64)] = []
    for index in 0..<150 {
      let deposit = Int64(generator.below(70_000)) + NaiveCalendar.firstNumber
      // Ends of months, where sums of months are hard.
      let isEnd = generator.chance(50)
      let date = NaiveCalendar.date(deposit)
      let day = isEnd ? NaiveCalendar.months(0, after: try NaiveCalendar.number(date.year, 1, 31)) : deposit
      let month = isEnd ? NaiveCalendar.months(generator.below(12), after: day) : day
      let count = generator.below(generator.chance(50) ? 15 : 500)
      let (rule, low, high): (String, Int64, Int64) =
        switch generator.below(4) {
        case 0: ("1 + \(count) days", month + Int64(count), month + Int64(count))
        case 1: ("1 + \(count) weeks", month + 7 * Int64(count), month + 7 * Int64(count))
        case 2:
          (
            "1 + \(count % 40) years", NaiveCalendar.monthsFromFirst(12 * (count % 40), after: month),
            NaiveCalendar.months(12 * (count % 40), after: month)
          )
        default:
          (
            "1 ratification + \(count) months", NaiveCalendar.monthsFromFirst(count, after: month),
            NaiveCalendar.months(count, after: month)
          )
        }
      try record(&recording, "x\(index)", rule: rule, deposit: NaiveCalendar.text(month))
      expected.append(("x\(index)", low, high))
    }
    let views = try recording.views()
    for (name, low, high) in expected {
      func row(_ day: Int64) throws -> StatusRow? {
        try views.snapshot(of: recording.log) { try $0.status(.subject("treaty:\(name)"), onDay: day) }.first
      }
      #expect(try row(low - 1)?.stage == "adopted", "seed \(seed), \(name)")
      let last = try #require(try row(high))
      #expect(last.stage == "in-force" && last.certainty == "certain", "seed \(seed), \(name): \(last)")
      let texts = [low, high].map(NaiveCalendar.text)
      #expect(last.since == (low == high ? texts[0] : texts.joined(separator: "/")), "seed \(seed), \(name)")
      guard low < high else { continue }
      for day in [low, high - 1] {
        let row = try row(day)
        #expect(row?.stage == "in-force" && row?.certainty == "possible", "seed \(seed), \(name)")
        #expect(row?.certainStage == "adopted", "seed \(seed), \(name)")
      }
    }
  }

  @Test(
    "The last of a month is not skipped, and leap years count",
    arguments: [
      ("2019-01-31", "1 month", "2019-02-01/2019-02-28"), ("2020-01-31", "1 month", "2020-02-01/2020-02-29"),
      ("2020-02-29", "12 months", "2021-02-01/2021-02-28"),
      ("2020-02-29", "4 years", "2024-02-01/2024-02-29"),
      ("1900-02-28", "1 day", "1900-03-01"), ("2000-02-28", "1 day", "2000-02-29"),
      ("2018-08-31", "6 months", "2019-02-01/2019-02-28"), ("2018-12-01", "1 month", "2019-01-01"),
      ("1998-09-17", "6 months", "1999-03-01/1999-03-17"), ("2020-06-12", "0 months", "2020-06-12"),
    ])
  func ends(deposit: String, period: String, since: String) throws {
    var recording = Recording()
    try record(&recording, "t", rule: "1 + \(period)", deposit: deposit)
    #expect(try recording.standing("treaty:t")?.since == since)
  }

  @Test(
    "Dates at the ends of time stop nothing, whatever is added to them",
    arguments: ["Y9999999999999999", "Y-9999999999999999", "-9999-01-01", "9999-12-30", "Y1E200", "Y-1E200"])
  func ends(deposit: String) throws {
    var recording = Recording()
    for (index, rule) in ["1 + 9999 years", "1 + 9999 days", "1 + 9999 weeks", "1 + 9999 months"].enumerated()
    {
      try record(&recording, "x\(index)", rule: rule, deposit: deposit)
      try recording.record(
        "treaty.entered-into-force", "subject=treaty:x\(index)", "occurred=2001", "country=CA", "scope=party")
    }
    let views = try recording.views()
    for day in [Int64.min, -1, 0, 20_000, .max] {
      try views.snapshot(of: recording.log) { snapshot in
        for index in 0..<4 {
          let history = try snapshot.history(of: "treaty:x\(index)", onDay: day)
          #expect((history == nil) == false)
          for row in try snapshot.status(.subject("treaty:x\(index)"), onDay: day) {
            #expect(row.lastPosition < recording.log.events.count)
          }
        }
        _ = try snapshot.anomalies(.world, onDay: day)
      }
    }
  }
}
