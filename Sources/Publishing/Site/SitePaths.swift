// Where the pages of the site lie. docs/site.md describes the scheme; a path that was given out keeps its meaning.

internal import EDTF
internal import Milestones

/// The addresses of pages, without extension and relative to the published directory.
///
/// Subjects, institutions and codes are ASCII without capitals but for codes, which are written small. A tilde stands in
/// none of them, so what follows one is ours: `~2` is the second page of a list, `~credit` a document beside a page.
enum SitePaths {
  /// How many events a page of events has.
  static let eventsInPage: Int64 = 64
  /// How many rows a page of a list has.
  static let rowsInPage = 200

  static let start = "index"
  static let verify = "verify"

  /// The page of a subject; nil if it is not written as subjects are.
  static func subject(_ text: String) -> String? {
    guard let subject = try? Subject(text) else { return nil }
    return "subjects/\(subject.kind)/\(subject.slug)"
  }

  /// The page of a country, a subdivision or a former state; nil if it is no code.
  static func country(_ code: String) -> String? {
    let bytes = code.utf8
    guard (2...8).contains(bytes.count), let first = bytes.first, isCapital(first),
      bytes.allSatisfy({ isCapital($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    return "countries/\(code.lowercased())"
  }

  /// The page of an institution; nil if it is no path of one.
  static func institution(_ path: String) -> String? {
    (try? InstitutionPath(path)).map { "institutions/\($0.text)" }
  }

  /// The page of what has no country of its own.
  static let elsewhere = "elsewhere"

  /// The page of what happened in a year; nil for what has no day.
  static func year(_ year: Int64?) -> String { "timeline/" + (year.map(String.init) ?? "undated") }

  /// The page of events that a position stands on.
  static func events(at position: Int64) -> String { "events/\(position / eventsInPage * eventsInPage)" }

  /// The place of one event, from the top of the site.
  static func event(_ position: Int64) -> String { "\(events(at: position)).html#p\(position)" }

  /// A page of a list, counted from 1.
  static func page(_ base: String, _ number: Int) -> String { number == 1 ? base : "\(base)~\(number)" }

  /// The way from a page up to the top of the site: nothing, or `../` again and again.
  static func up(from base: String) -> String {
    String(repeating: "../", count: base.utf8.count { $0 == UInt8(ascii: "/") })
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }

  /// The year that a day lies in; nil for the day that stands for none.
  static func yearOfDay(_ day: Int64) -> Int64? { day == .min ? nil : Day(number: day).year }

  /// The first and last days of a year, or of what has no day.
  static func days(of year: Int64?) -> ClosedRange<Int64> {
    guard let year else { return Int64.min...Int64.min }
    let first = Day(year: year, month: 1, day: 1)?.number ?? .min + 1
    let last = Day(year: year, month: 12, day: 31)?.number ?? .max
    return first...max(first, last)
  }
}
