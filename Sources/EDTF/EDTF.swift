// The public face of the module: an EDTF date, and what can be asked of it.
//
// Source: Extended Date/Time Format (EDTF) Specification, Library of Congress, 4 February 2019
// (https://www.loc.gov/standards/datetime/), a profile of ISO 8601-1:2019 and ISO 8601-2:2019.

/// A date in the Extended Date/Time Format, levels 0 to 2, kept byte for byte and bounded by days.
///
/// ```swift
/// let date = try EDTF("2017-10?")
/// date.level                          // 1
/// date.earliest                       // .day(2017-10-01)
/// date.latest                         // .day(2017-10-31)
/// date.meaning                        // "October 2017, uncertain"
/// ```
///
/// ## The format
/// - Level 0: `1985`, `1985-04`, `1985-04-12`; with a time `1985-04-12T23:20:30`, then nothing, `Z`, `+04` or
///   `+04:30`; the interval `1964/2008`. Years have four digits, 0000 to 9999.
/// - Level 1: years before 0000 (`-0043`), longer years (`Y170000002`), seasons (`2001-21` spring to `2001-24`
///   winter), `?` uncertain, `~` approximate and `%` both at the end, `X` for unspecified digits from the
///   right, intervals with an open (`..`) or unknown (empty) side.
/// - Level 2: `Y17E7`, significant digits (`1950S2`), parts of the year 25 to 41, qualifiers on single parts
///   (`2004-06-~11`), `X` anywhere, choices `[1667,1760-12]` and sets `{1960,1961-12..1962-03}`.
///
/// ## How the specification was read
/// - Bounds are days of the proleptic Gregorian calendar. Those of a date with time are the local day as
///   written, whatever its zone; `T24:00:00` belongs to the day it ends.
/// - Qualifiers and significant digits widen nothing: both say how good a statement is, so `1950S2`, the year
///   1950 by an estimate good to two digits, is bounded by 1950. ``meaning`` tells the range.
/// - Seasons without a hemisphere (21 to 24) are bounded as northern ones: spring is March to May. A winter
///   starts in December of its year and ends in February of the next.
/// - X stands for any digit that leaves a day of the calendar: `19XX-02-29` is bounded by 1904-02-29 and
///   1996-02-29, and `1900-02-3X` is refused. A negative year never means -0000.
/// - An interval is refused if its end lies before its start under every reading: `2012/2011` is,
///   `1919-XX-02/1919-XX-01` and `2005-02-10/2005` are not.
/// - The level is that of the highest feature used. A date without any digit (`XXXX`, `XXXX-XX-XX`) counts as
///   "unspecified from the right", level 1; any X inside an interval as level 2.
/// - Years with Y, E or S stand alone, not in intervals or sets. `/` says nothing, a set of one is no set:
///   both are refused. Zone shifts run from -12:00 to +14:00.
public struct EDTF: Sendable, Hashable, CustomStringConvertible {
  /// The text as given, to the byte. It is ASCII throughout.
  public let text: String

  /// The lowest level whose grammar admits the text: 0, 1 or 2.
  public let level: Int

  /// The first day that it may have been.
  public let earliest: Bound

  /// The last day that it may have been; never before ``earliest`` if both are days.
  public let latest: Bound

  /// Whether `?` or `%` stands anywhere.
  public let isUncertain: Bool

  /// Whether `~` or `%` stands anywhere.
  public let isApproximate: Bool

  /// Whether nothing is said of the year: every date in it is `XXXX…`, and every other end open or unknown.
  public let isUnknown: Bool

  /// Whether it is an interval or set with `..` or nothing at either end.
  public let hasOpenOrUnknownEnd: Bool

  /// One end of the time that a date may have been.
  public enum Bound: Sendable, Hashable {
    /// This day, and none beyond it.
    case day(Day)
    /// No day: the text has `..`, no limit given.
    case open
    /// No day: the side of the interval is empty, the limit not known.
    case unknown
  }

  /// The longest text that is read, in bytes. No grammar needs the limit; a reader of foreign files does.
  public static let lengthMaxBytes = 1_000

  /// The greatest year, either way, that bounds can tell. A year beyond it (`Y1E999999`) is valid and bounded
  /// by this year instead.
  public static let yearMagnitudeMax: Int64 = 9_999_999_999_999_999

  /// Reads a date.
  ///
  /// - Throws: ``EDTFError`` with the reason and the column if the text is no EDTF date.
  public init(_ text: String) throws(EDTFError) {
    let summary: Summary
    switch EDTF.read(text, { Summary(of: $0) }) {
    case .success(let found): summary = found
    case .failure(let fault):
      throw EDTFError(reason: fault.reason, column: fault.offset + 1, text: text)
    }
    self.text = text
    level = summary.level
    earliest = summary.earliest
    latest = summary.latest
    isUncertain = summary.qualifiers.contains(.uncertain)
    isApproximate = summary.qualifiers.contains(.approximate)
    isUnknown = summary.isUnknown
    hasOpenOrUnknownEnd = !earliest.isDay || !latest.isDay
  }

  /// The text as given.
  public var description: String { text }

  // The text is ASCII, so comparing strings is comparing bytes; all else follows from it.

  /// Whether both were written with the same bytes. Two ways of writing one day are not equal.
  public static func == (lhs: EDTF, rhs: EDTF) -> Bool {
    lhs.text == rhs.text
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}

extension EDTF.Bound {
  var isDay: Bool {
    if case .day = self { true } else { false }
  }
}
