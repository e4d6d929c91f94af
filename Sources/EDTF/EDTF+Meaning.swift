// What a date was understood to mean, in plain English, for the person who wrote it.

extension EDTF {
  /// What the date was understood to mean, in plain English and never more precise than the text.
  ///
  /// `2017-10-15` is "15 October 2017", `2017-XX-XX?` "some day in 2017, uncertain", `2018-05-07/2018-05-10`
  /// "between 7 and 10 May 2018". Years before 1 are given as BCE, with the year as written beside it.
  public var meaning: String {
    // The parts are not kept: a date is read a million times for each time that it is told.
    let told = EDTF.read(text) { expression in
      switch expression {
      case .date(let date): date.meaning
      case .interval(let start, let end): meaningOfInterval(start, end)
      case .set(let isChoice, let members): meaningOfSet(members, isChoice: isChoice)
      }
    }
    return (try? told.get()) ?? text
  }
}

// MARK: - Intervals and sets

private func meaningOfInterval(_ start: Side, _ end: Side) -> String {
  switch (start, end) {
  case (.date(let start), .date(let end)):
    if let shared = sharedMonthAndYear(start, end) {
      return "between \(start.day.least) and \(end.day.least) \(shared)"
    }
    return "between \(start.partMeaning) and \(end.partMeaning)"
  case (.date(let start), .open): return "from \(start.partMeaning), with no end given"
  case (.date(let start), .unknown): return "from \(start.partMeaning) to an unknown end"
  case (.open, .date(let end)): return "up to \(end.partMeaning), with no start given"
  case (.unknown, .date(let end)): return "from an unknown start to \(end.partMeaning)"
  case (.unknown, .open): return "from an unknown start, with no end given"
  case (.open, .unknown): return "to an unknown end, with no start given"
  case (.open, .open), (.unknown, .unknown): return "with no start and no end given"
  }
}

/// "May 2018" if both are plain days of it.
private func sharedMonthAndYear(_ start: DateExpression, _ end: DateExpression) -> String? {
  guard start.precision == .day, end.precision == .day, start.allQualifiers.isEmpty,
    end.allQualifiers.isEmpty,
    start.firstDay == start.lastDay, end.firstDay == end.lastDay,
    start.exactYear == end.exactYear, start.month.least == end.month.least
  else { return nil }
  return "\(monthName(start.month.least)) \(start.yearPhrase)"
}

private func meaningOfSet(_ members: [SetMember], isChoice: Bool) -> String {
  let phrases = members.map { meaningOfMember($0, isChoice: isChoice) }
  if phrases.count == 1 { return phrases[0] }
  return (isChoice ? "one of: " : "all of: ") + phrases.joined(separator: "; ")
}

private func meaningOfMember(_ member: SetMember, isChoice: Bool) -> String {
  switch member {
  case .date(let date):
    return date.partMeaning
  case .range(let from?, let through?):
    return "\(isChoice ? "some" : "every") \(from.unit) from \(from.partMeaning) to \(through.partMeaning)"
  case .range(let from?, nil):
    return from.partMeaning + (isChoice ? " or later" : " and every \(from.unit) after it")
  case .range(nil, let through?):
    return through.partMeaning + (isChoice ? " or earlier" : " and every \(through.unit) before it")
  case .range(nil, nil):
    return "any time"
  }
}

// MARK: - Dates

extension DateExpression {
  fileprivate var meaning: String {
    let said = qualifierPhrase
    if said.isEmpty { return phrase }
    return phrase + (said.isOfWhole ? ", \(said.text)" : " (\(said.text))")
  }

  /// The same inside a longer sentence, where a comma would mislead.
  fileprivate var partMeaning: String {
    let said = qualifierPhrase
    return said.isEmpty ? phrase : "\(phrase) (\(said.text))"
  }

  private var phrase: String {
    switch precision {
    case .year: significantDigits > 0 ? estimatePhrase : yearPhrase
    case .month: dated(monthPhrase, joiner: monthJoiner)
    case .season: seasonPhrase
    case .day: dayPhrase + timePhrase
    }
  }

  fileprivate var unit: String {
    switch precision {
    case .year: "year"
    case .month: "month"
    case .season: "part of the year"
    case .day: "day"
    }
  }

  /// "December 2017", "some month in 2017"; if the year is not exact, "December of some year in the 1990s".
  private func dated(_ phrase: String, joiner: String? = nil) -> String {
    guard exactYear != nil else { return "\(phrase) of \(yearPhrase)" }
    return [phrase, joiner, yearPhrase].compactMap(\.self).joined(separator: " ")
  }

  /// The months that fit, without those that have no day that fits.
  private var months: [Int] {
    month.values(in: 1...12).filter { precision == .month || day.first(in: daysOfMonth($0)) != nil }
  }

  private func daysOfMonth(_ month: Int) -> ClosedRange<Int> {
    1...Day.daysInMonth(month, isLeap: exactYear.map(Day.isLeap) ?? true)
  }

  private var monthPhrase: String {
    let months = months
    if month.unspecifiedPlaces == 0b11 { return "some month" }
    if months.count > 3, let first = months.first, let last = months.last {
      return "some month from \(monthName(first)) to \(monthName(last))"
    }
    return listed(months.map(monthName))
  }

  /// "some month in 1984", but "May 1984".
  private var monthJoiner: String? { months.count > 3 ? "in" : nil }

  private var dayPhrase: String {
    if day.unspecifiedPlaces == 0b11 {
      guard month.unspecifiedPlaces == 0b11 else {
        return "some day in \(dated(monthPhrase, joiner: monthJoiner))"
      }
      return exactYear == nil ? "some day of \(yearPhrase)" : "some day in \(yearPhrase)"
    }
    if months.count == 1, let month = months.first {
      let days = day.values(in: daysOfMonth(month))
      if days.count > 4, let first = days.first, let last = days.last {
        return dated("a day from \(first) to \(last) \(monthName(month))")
      }
      return dated("\(listed(days.map(\.description))) \(monthName(month))")
    }
    let days = listed(day.values(in: 1...31).map(\.description))
    return "day \(days) of \(dated(monthPhrase, joiner: monthJoiner))"
  }

  private var seasonPhrase: String {
    guard let part = PartOfYear(number: month.least) else { return yearPhrase }
    var notes = [part.hemisphere].compactMap(\.self)
    if let year = exactYear, part.lastMonth < part.firstMonth {
      let years = (yearName(year), yearName(year + 1))
      notes.append("\(monthName(part.firstMonth)) \(years.0) to \(monthName(part.lastMonth)) \(years.1)")
    }
    let note = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
    let phrase = part.isSeason ? dated(part.name) : "\(part.name) \(yearPhrase)"
    return phrase + note
  }

  private var timePhrase: String {
    guard let time else { return "" }
    let clock = [time.hour, time.minute, time.second].map(twoPlaces).joined(separator: ":")
    switch time.zone {
    case .local: return " at \(clock), local time"
    case .utc: return " at \(clock) UTC"
    case .shift(let isBehind, let hours, let minutes):
      return " at \(clock) (UTC\(isBehind ? "-" : "+")\(twoPlaces(hours)):\(twoPlaces(minutes)))"
    }
  }

  /// What is said of the date, and whether it is said of all of it alike.
  private var qualifierPhrase: (text: String, isOfWhole: Bool, isEmpty: Bool) {
    let parts: [(name: String, qualifiers: Qualifiers)] =
      switch precision {
      case .year: [("year", yearQualifiers)]
      case .month: [("year", yearQualifiers), ("month", monthQualifiers)]
      case .season: [("year", yearQualifiers), ("part of the year", monthQualifiers)]
      case .day: [("year", yearQualifiers), ("month", monthQualifiers), ("day", dayQualifiers)]
      }
    if parts.allSatisfy({ $0.qualifiers == yearQualifiers }) {
      return (yearQualifiers.words, true, yearQualifiers.isEmpty)
    }
    let said = parts.filter { !$0.qualifiers.isEmpty }.map { "\($0.name) \($0.qualifiers.words)" }
    return (said.joined(separator: "; "), false, false)
  }
}

extension Qualifiers {
  fileprivate var words: String {
    switch self {
    case .uncertain: "uncertain"
    case .approximate: "approximate"
    default: "uncertain and approximate"
    }
  }
}

// MARK: - Years

extension DateExpression {
  fileprivate var yearPhrase: String {
    if let longYear, longYear.isHeld {
      let sign = isNegative ? "-" : ""
      return longYear.exponent > 0 && longYear.mantissa <= EDTF.yearMagnitudeMax
        ? "the year \(sign)\(longYear.mantissa) × 10^\(longYear.exponent)"
        : "a year beyond \(sign)\(EDTF.yearMagnitudeMax)"
    }
    if let exactYear { return yearName(exactYear) }
    if hasUnknownYear { return isNegative ? "an unknown year BCE" : "an unknown year" }
    let first = firstYearOfDigits
    let last = lastYearOfDigits
    switch yearDigits.unspecifiedPlaces {
    case 0b0001 where !isNegative && first >= 10: return "some year in the \(first)s"
    case 0b0001, 0b0011, 0b0111: return "some year from \(yearName(first)) to \(yearName(last))"
    default: return "some year from \(yearName(first)) to \(yearName(last)) that reads \(pattern)"
    }
  }

  private var firstYearOfDigits: Int64 {
    isNegative ? -Int64(yearDigits.greatest) : Int64(yearDigits.least)
  }

  private var lastYearOfDigits: Int64 {
    isNegative ? -max(1, Int64(yearDigits.least)) : Int64(yearDigits.greatest)
  }

  private var pattern: String {
    var text = isNegative ? "-" : ""
    for (place, weight) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
      text += yearDigits.unspecifiedPlaces >> place & 1 == 1 ? "X" : "\(yearDigits.least / weight % 10)"
    }
    return text
  }

  /// "about 1950, some year from 1900 to 1999".
  private var estimatePhrase: String {
    let about = "about \(yearPhrase)"
    guard let year = exactYear, longYear?.isHeld != true else { return about }
    let lengthDigits = longYear == nil ? 4 : String(year.magnitude).utf8.count
    var unit: Int64 = 1
    for _ in 0..<max(0, lengthDigits - Int(significantDigits)) { unit *= 10 }
    guard unit > 1 else { return "\(about), to the year" }
    let least = Int64(year.magnitude) / unit * unit
    let greatest = least + unit - 1
    let (first, last) = year < 0 ? (-greatest, -least) : (least, greatest)
    return "\(about), some year from \(yearName(first)) to \(yearName(last))"
  }
}

/// "2017", "the year 409", "44 BCE (year -43)".
private func yearName(_ year: Int64) -> String {
  if year <= 0 { return "\(1 - year) BCE (year \(year))" }
  return year < 1000 ? "the year \(year)" : "\(year)"
}

private func twoPlaces(_ number: UInt8) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}

/// "1, 11 or 21".
private func listed(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " or " + last
}
