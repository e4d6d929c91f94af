// The words for each reason, for people who write dates and not grammars.

extension EDTFError.Reason: CustomStringConvertible {
  /// What is wrong and what would be right, in a sentence without its full stop.
  public var description: String {
    characterWords ?? yearWords ?? calendarWords ?? timeWords ?? combinationWords
  }

  private var characterWords: String? {
    switch self {
    case .empty:
      "there is no date; write 2017, 2017-10 or 2017-10-15, or XXXX if the year is not known"
    case .tooLong(let lengthMaxBytes):
      "a date has at most \(lengthMaxBytes) bytes"
    case .space:
      "a date has no spaces, nor anything else that is blank"
    case .notASCII(let scalar):
      EDTFError.Reason.words(forForeign: scalar)
    case .wrongLetter(let written, let right):
      "‘\(written)’ is written ‘\(right)’"
    case .decade:
      "a decade is written with X, such as 199X"
    case .unexpected(let character):
      "‘\(character)’ has no place here; a date is written year-month-day, such as 2017-10-15"
    case .qualifiedTwice:
      "one part of a date takes one of ? (uncertain), ~ (approximate) and % (both)"
    default: nil
    }
  }

  private static func words(forForeign scalar: Unicode.Scalar) -> String {
    if scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}" {
      return "this is a long dash; write ‘-’ within a date (2017-10) and ‘/’ between two (2017/2018)"
    }
    if scalar.properties.numericType != nil {
      return "write digits as 0 to 9"
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "the character U+\(code) has no place in a date, which takes digits, hyphens and a few signs"
  }

  private var yearWords: String? {
    switch self {
    case .yearNeedsFourDigits:
      "a date starts with a year of four digits, X for one not known: 2017-10-15, 201X; about 2017 is 2017~"
    case .longYearNeedsLetter:
      "a year has four digits; a longer one starts with Y, such as Y12345, and a hyphen follows before a month"
    case .negativeYearZero:
      "there is no year -0000; 0000 is 1 BCE, -0001 is 2 BCE"
    case .yearNeedsNoLetter:
      "Y is for years of more than four digits; write this one with four digits and no Y"
    case .numberFromOne:
      "a whole number belongs here, from 1 and without a zero in front"
    case .unspecifiedNotAllowed:
      "X cannot stand in a year with Y or S"
    case .yearStandsAlone:
      "a year with Y or S stands alone, without month, interval or set"
    default: nil
    }
  }

  private var calendarWords: String? {
    switch self {
    case .monthNeedsTwoDigits:
      "a month has two digits, such as 2017-06"
    case .dayNeedsTwoDigits:
      "a day has two digits, such as 2017-06-05"
    case .noSuchMonth(let written):
      "no month is numbered \(written): months are 01 to 12, spring to winter 21 to 24, other parts of a year"
        + " 25 to 41"
    case .noSuchDay(let written):
      "no month has a day \(written): days are 01 to 31"
    case .monthIsShorter(let month, let days):
      month == 2 ? "February has 28 days, 29 in leap years" : "\(monthName(month)) has \(days) days"
    case .notLeapYear(let year):
      "\(year) is not a leap year: its February has 28 days"
    case .noDayFits:
      "no day of the calendar fits this, whatever digits X stands for"
    case .seasonHasNoDays:
      "a season or part of a year has no days; give the month instead, or leave out the day"
    default: nil
    }
  }

  private var timeWords: String? {
    switch self {
    case .timeNeedsDay:
      "a time follows a whole day without X, ?, ~ or %, such as 2017-10-15T10:00:00"
    case .timeIncomplete:
      "a time has hours, minutes and seconds of two digits each, such as T10:00:00"
    case .noSuchTime:
      "times run from 00:00:00 to 23:59:59, and 24:00:00 ends a day"
    case .zoneMisspelt:
      "after the time comes nothing, Z for UTC, or the shift from UTC, such as +04 or +04:30"
    case .noSuchZone:
      "shifts from UTC run from -12:00 to +14:00, without -00:00"
    case .timeNotAllowed:
      "intervals and sets are of days, without time"
    default: nil
    }
  }

  private var combinationWords: String {
    switch self {
    case .dotsAlone:
      "‘..’ stands beside a date, such as 2017/.. or [..2017]; a year not known is XXXX"
    case .intervalSaysNothing:
      "an interval names at least one side; a year not known is XXXX"
    case .tooManySides:
      "an interval has one ‘/’, between its start and its end"
    case .endBeforeStart:
      "this ends before it starts; the earlier date comes first"
    case .setNotClosed(let bracket):
      "the closing ‘\(bracket)’ is missing"
    case .memberMissing:
      "a date is missing here"
    case .setOfOne:
      "this is a set of one; write the date without brackets"
    case .openRangeInside:
      "‘..’ without a date on one side opens the first date of a set or closes the last"
    case .rangePrecision:
      "both ends of ‘..’ are of one kind: two years, two months, two parts of years or two days"
    case .rangeUnspecified:
      "the ends of ‘..’ have no X"
    default:
      "this is not a date"
    }
  }
}

/// The English name of a month, 1 to 12.
func monthName(_ month: Int) -> String {
  let names = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  ]
  return names.indices.contains(month - 1) ? names[month - 1] : "month \(month)"
}
