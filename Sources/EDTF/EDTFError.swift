// Why a text is no EDTF date: the reason, where it shows, and words for the person who typed it.

/// A text that is no EDTF date.
public struct EDTFError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let reason: Reason

  /// Where it shows, from 1. All that comes before it is ASCII, so this counts bytes and characters alike; only
  /// for ``Reason/tooLong(lengthMaxBytes:)`` it is the first byte too many.
  public let column: Int

  /// The text that was refused.
  public let text: String

  /// One line for a person: the text, the column and the reason.
  public var description: String {
    "‘\(EDTFError.quotable(text))’ is not a date in EDTF, see column \(column): \(reason)"
  }

  // Escaped and cut, so that a message stays one line, whatever was fed in.
  private static func quotable(_ text: String) -> String {
    let lengthMaxScalars = 60
    var quoted = ""
    for scalar in text.unicodeScalars.prefix(lengthMaxScalars) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        quoted += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
      default:
        quoted.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.dropFirst(lengthMaxScalars).isEmpty ? quoted : quoted + "…"
  }

  /// What is wrong with a text. Its description says so in plain words, and what would be right.
  public enum Reason: Equatable, Sendable {
    // The text as a whole
    /// There is nothing.
    case empty
    /// It is longer than any date.
    case tooLong(lengthMaxBytes: Int)

    // Characters
    /// A space, tab or line break.
    case space
    /// A character outside ASCII, such as a long dash or a digit of another script.
    case notASCII(Unicode.Scalar)
    /// A letter that EDTF writes as a capital, or the `u` of its draft of 2012.
    case wrongLetter(written: Character, right: Character)
    /// A decade written as in `1990s`.
    case decade
    /// A character that has no place here.
    case unexpected(Character)
    /// A year that is not four digits.
    case yearNeedsFourDigits
    /// A month that is not two digits.
    case monthNeedsTwoDigits
    /// A day that is not two digits.
    case dayNeedsTwoDigits
    /// A date's part is qualified more than once.
    case qualifiedTwice

    // Years
    /// A year of more than four digits without Y.
    case longYearNeedsLetter
    /// `-0000`.
    case negativeYearZero
    /// A year after Y that four digits could hold.
    case yearNeedsNoLetter
    /// Nothing, or a zero in front, where a whole number from 1 belongs: after Y, E or S.
    case numberFromOne
    /// X in a year with Y or S.
    case unspecifiedNotAllowed
    /// More after a year with Y, E or S, or such a year inside an interval or set.
    case yearStandsAlone

    // Months, seasons, days
    /// No month, season or part of the year has that number.
    case noSuchMonth(String)
    /// No month has that day.
    case noSuchDay(String)
    /// The month is shorter.
    case monthIsShorter(month: Int, days: Int)
    /// 29 February in a common year.
    case notLeapYear(Int64)
    /// A pattern with X that no day of the calendar fits.
    case noDayFits
    /// A day after a season.
    case seasonHasNoDays

    // Times
    /// A time after something other than a whole, plain day.
    case timeNeedsDay
    /// A time that is not hours, minutes and seconds of two digits each.
    case timeIncomplete
    /// No day has that time.
    case noSuchTime
    /// A shift from UTC that is misspelt.
    case zoneMisspelt
    /// No place has that shift from UTC.
    case noSuchZone
    /// A time inside an interval or set.
    case timeNotAllowed

    // Intervals
    /// `..` by itself.
    case dotsAlone
    /// `/` by itself.
    case intervalSaysNothing
    /// More than one `/`.
    case tooManySides
    /// The end lies before the start, however it is read.
    case endBeforeStart

    // Sets
    /// The closing bracket is missing.
    case setNotClosed(Character)
    /// Nothing between two commas or brackets.
    case memberMissing
    /// A set of one.
    case setOfOne
    /// `..` before a member other than the first, or after one other than the last.
    case openRangeInside
    /// A range whose ends are not both years, months, parts of a year or days.
    case rangePrecision
    /// A range with X in an end.
    case rangeUnspecified
  }
}
