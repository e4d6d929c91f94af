// What several tests share: shorthand, a seeded generator, and a calendar too simple to be wrong.

import EDTF

/// `2017-01-01/2017-12-31`, `-inf/…`, `…/unknown`: the bounds of a date in one line.
func bounds(_ text: String) throws -> String {
  let date = try EDTF(text)
  return words(date.earliest, open: "-inf") + "/" + words(date.latest, open: "inf")
}

func words(_ bound: EDTF.Bound, open: String) -> String {
  switch bound {
  case .day(let day): day.description
  case .open: open
  case .unknown: "unknown"
  }
}

/// The error that a text is refused with; nil if it is accepted.
func refusal(of text: String) -> EDTFError? {
  do throws(EDTFError) {
    _ = try EDTF(text)
    return nil
  } catch {
    return error
  }
}

/// The calendar by counting: no formula beyond the rule of leap years.
enum NaiveCalendar {
  static func monthLengths(_ year: Int) -> [Int] {
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }

  /// The number of 1 January of a year, counted year by year from 1970.
  static func numberOfNewYear(_ year: Int) -> Int {
    var number = 0
    for passed in stride(from: 1970, to: year, by: 1) { number += monthLengths(passed).reduce(0, +) }
    for passed in stride(from: 1969, through: year, by: -1) { number -= monthLengths(passed).reduce(0, +) }
    return number
  }

  /// `2017-10-15`, `-0043-03-15`.
  static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
    (year < 0 ? "-" : "") + padded(abs(year), 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  static func padded(_ number: Int, _ length: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
  }
}
