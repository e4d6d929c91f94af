// The calendar, against one that counts day by day.

import EDTF
import TestSupport
import Testing

struct DayTests {
  @Test("Every day of four cycles of 400 years has the number, parts and text that counting gives")
  func everyDay() {
    var failures: [String] = []
    for firstYear in [-401, 1599] {
      var number = NaiveCalendar.numberOfNewYear(firstYear)
      for year in firstYear...(firstYear + 802) {
        for (index, length) in NaiveCalendar.monthLengths(year).enumerated() {
          for dayOfMonth in 1...length {
            let day = Day(number: Int64(number))
            if Day(year: Int64(year), month: index + 1, day: dayOfMonth) != day
              || day.year != Int64(year) || day.month != index + 1 || day.day != dayOfMonth
            {
              failures.append(NaiveCalendar.text(year, index + 1, dayOfMonth))
            }
            number += 1
          }
          if Day(year: Int64(year), month: index + 1, day: length + 1) != nil {
            failures.append("a day too many in \(year)-\(index + 1)")
          }
        }
      }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test("Texts of days are what counting gives, and are read back")
  func texts() {
    for year in [-9999, -100, -1, 0, 1, 1970, 2017, 9999] {
      let text = NaiveCalendar.text(year, 10, 5)
      #expect(Day(year: Int64(year), month: 10, day: 5)?.description == text)
      #expect(Day(text)?.description == text)
    }
    #expect(Day(year: 170_000_002, month: 1, day: 1)?.description == "Y170000002-01-01")
    #expect(Day(year: -12_000, month: 12, day: 31)?.description == "Y-12000-12-31")
  }

  @Test("Any number is a day that its parts and its text give back, to the ends of Int64")
  func anyNumber() {
    let seed: UInt64 = 20_171_015
    var generator = SeededGenerator(seed: seed)
    let random = (0..<2_000).map { _ in Int64.random(in: .min ... .max, using: &generator) }
    let ends = (0..<400).flatMap { [Int64.min + $0, Int64.max - $0] }
    for number in random + ends + [0, -1, 1, -719_528] {
      let day = Day(number: number)
      #expect(Day(year: day.year, month: day.month, day: day.day) == day, "number \(number), seed \(seed)")
      #expect(Day(day.description) == day, "number \(number), seed \(seed)")
    }
  }

  @Test("Years too far for an Int64 of days are refused, not trapped on")
  func tooFar() {
    for year in [Int64.max, Int64.min, 26_000_000_000_000_000, -26_000_000_000_000_000] {
      #expect(Day(year: year, month: 6, day: 15) == nil)
    }
    #expect(Day("Y99999999999999999999-01-01") == nil)
  }

  @Test(
    "What is not a day's text is refused",
    arguments: [
      "", "2017", "2017-10", "2017-10-15 ", " 2017-10-15", "2017-1-15", "17-10-15", "2017-02-29",
      "2017-13-01",
      "2017-00-10", "2017-10-00", "2017-10-32", "-0000-01-01", "Y2017-10-15", "Y02017-10-15", "12017-10-15",
      "2017/10/15", "+2017-10-15", "2017-10-1５", "2017-10-15\0", "--17-10-15", "2017-10--5",
    ])
  func refusedTexts(text: String) {
    #expect(Day(text) == nil)
  }

  @Test("Days are ordered by time")
  func order() throws {
    let days = try ["-0044-03-15", "0000-01-01", "1969-12-31", "1970-01-01", "Y10000-01-01"].map {
      try #require(Day($0))
    }
    #expect(days.shuffled().sorted() == days)
  }
}
