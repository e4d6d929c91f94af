// Why a code was refused, for programs in fields and for archivists in one line.

public import EDTF

/// Why a code was refused, and what to write instead.
public struct CodeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One state that a code can mean or that could be written instead.
  public struct Reading: Equatable, Sendable {
    /// The canonical code: alpha-2, or alpha-4 for a former state.
    public let code: String
    /// The name in ISO 3166.
    public let name: String
    /// From when to when the code may be used.
    public let validity: Validity
    /// What happened at these limits, as a sentence without its full stop; empty if there are none.
    public let event: String
  }

  /// What is wrong with the code.
  public enum Kind: Equatable, Sendable {
    /// It is not written as a code of ISO 3166 is; `suggestions` are the codes that may have been meant.
    case malformed(suggestions: [String], hint: String)
    /// It has the form of a code, but ISO 3166 does not hold it.
    case unknown(suggestions: [String], hint: String)
    /// None of its meanings was valid on any of the days. `readings` are the states on the same ground that were;
    /// `subdivision` is the name of the subdivision if the code is one's, the meanings then are those of its country.
    case notValidThen(subdivision: String?, meanings: [Reading], readings: [Reading])
    /// It can mean several states on these days.
    case ambiguous(readings: [Reading])
  }

  /// The code as it was given.
  public let code: String
  /// What is wrong with it.
  public let kind: Kind
  /// The first day as of which it was to be read; nil if not known.
  public let earliest: Day?
  /// The last day as of which it was to be read; nil if not known.
  public let latest: Day?

  /// What is wrong and what to write instead, in one line.
  public var description: String {
    switch kind {
    case .malformed(_, let hint): "\(quoted) is not written as a code of ISO 3166: \(hint)"
    case .unknown(_, let hint): "\(quoted) is no code of ISO 3166: \(hint)"
    case .notValidThen(let subdivision, let meanings, let readings):
      CodeError.notValidText(code, subdivision, meanings, readings, days: days)
    case .ambiguous(let readings):
      "\(code) \(days) can mean \(CodeError.list(readings, joinedBy: "or")): "
        + "write the one that is meant, or give a narrower date"
    }
  }

  private static func notValidText(
    _ code: String, _ subdivision: String?, _ meanings: [Reading], _ readings: [Reading], days: String
  ) -> String {
    var text = "\(code)\(subdivision.map { " (\($0))" } ?? "") cannot be used for an event \(days): "
    text +=
      meanings.map { reading in
        "\(reading.code) (\(reading.name)) holds only \(reading.validity)"
          + (reading.event.isEmpty ? "" : " (\(reading.event))")
      }.joined(separator: "; ")
    switch readings.count {
    case 0: text += ". Check the date, or write the code of the state of that time"
    case 1: text += ". The state then was \(list(readings, joinedBy: "or")): write \(readings[0].code)"
    default: text += ". Valid then: \(list(readings, joinedBy: "or")): write the one that is meant"
    }
    return text
  }

  private static func list(_ readings: [Reading], joinedBy conjunction: String) -> String {
    let texts = readings.map { reading in
      let isLimited = reading.validity.first != nil || reading.validity.last != nil
      return "\(reading.code) (\(reading.name)\(isLimited ? ", \(reading.validity)" : ""))"
    }
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// The days as they read in a sentence: `in 2001`, `on 2001-05-03`, `between …`.
  private var days: String {
    switch (earliest, latest) {
    case (nil, nil): return "without a date"
    case (let earliest?, nil): return "on or after \(earliest)"
    case (nil, let latest?): return "on or before \(latest)"
    case (let earliest?, let latest?):
      if earliest == latest { return "on \(earliest)" }
      let isWholeYear =
        earliest.year == latest.year && (earliest.month, earliest.day) == (1, 1)
        && (latest.month, latest.day) == (12, 31)
      return isWholeYear ? "in \(earliest.year)" : "between \(earliest) and \(latest)"
    }
  }

  /// The code as it may stand in a message: no control characters, and not without end.
  private var quoted: String {
    let scalars = code.unicodeScalars
    let shown = scalars.prefix(CodeError.lengthShownMaxScalars)
    return "“\(String(shown.map(CodeError.printable)))\(shown.endIndex < scalars.endIndex ? "…" : "")”"
  }

  /// Longer than any code or name of a country.
  private static let lengthShownMaxScalars = 60

  private static func printable(_ scalar: Unicode.Scalar) -> Character {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
      "\u{FFFD}"
    default: Character(scalar)
    }
  }
}
