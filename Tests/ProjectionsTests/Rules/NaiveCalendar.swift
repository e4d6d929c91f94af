// The calendar once more, walked day by day: what sums of months are compared with.

import Testing

/// The days from 1900 to 2149, each one day after the one before.
enum NaiveCalendar {
  struct Date: Hashable {
    var year: Int
    var month: Int
    var day: Int
  }

  /// 1900-01-01, in days since 1970-01-01.
  static let firstNumber: Int64 = -25_567

  /// All days in order.
  static let dates: [Date] = {
    var dates: [Date] = []
    for year in 1900..<2150 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (index, count) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...count { dates.append(Date(year: year, month: index + 1, day: day)) }
      }
    }
    return dates
  }()

  private static let numbers: [Date: Int64] = Dictionary(
    uniqueKeysWithValues: dates.enumerated().map { ($1, firstNumber + Int64($0)) })

  static func date(_ number: Int64) -> Date { dates[Int(number - firstNumber)] }

  static func number(_ year: Int, _ month: Int, _ day: Int) throws -> Int64 {
    try #require(numbers[Date(year: year, month: month, day: day)])
  }

  /// `2017-10-15`.
  static func text(_ number: Int64) -> String {
    let date = date(number)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(date.year)-\(two(date.month))-\(two(date.day))"
  }

  /// The same day so many months later; the last of the month where it has no such day.
  static func months(_ count: Int, after number: Int64) -> Int64 {
    var date = date(number)
    for _ in 0..<count {
      date.month += 1
      if date.month == 13 { (date.year, date.month) = (date.year + 1, 1) }
    }
    while true {
      if let found = numbers[date] { return found }
      date.day -= 1
    }
  }

  /// The first of the month so many months later, but no day before the one that it is counted from.
  static func monthsFromFirst(_ count: Int, after number: Int64) -> Int64 {
    var first = number
    while date(first).day > 1 { first -= 1 }
    return max(number, months(count, after: first))
  }
}
