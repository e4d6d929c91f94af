// Checks a single value against the kind of its field, and brings it into the one form that is stored.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import OrderedCollections

/// Checks values. The dates say when codes of countries must hold.
struct ValueChecks {
  let vocabulary: Vocabulary
  /// The days that the event may have happened on; nil where they are not known.
  var earliest: Day?
  /// See ``earliest``.
  var latest: Day?

  /// Brings a value into the form that is stored.
  func stored(_ value: JSONValue, as kind: FieldKind) throws(ValueError) -> JSONValue {
    switch kind {
    case .integer: return .integer(try integer(value))
    case .boolean: return .bool(try boolean(value))
    case .map:
      guard value.object != nil else { throw ValueError("is not an object, { … }") }
      return value
    case .sources: throw ValueError("is given as source.citation= and the like")
    case .text: return .string(try text(value))
    case .quantity:
      if let number = value.integer { return .string(try Quantity("\(number)").text) }
      return .string(try Quantity(text(value)).text)
    case .choice(let values):
      let word = try text(value)
      guard values.contains(word) else {
        throw ValueError(
          "cannot be \"\(word.prefix(40))\"\(Similar.hint(for: word, among: values))",
          advice: "One of: \(values.joined(separator: ", ")).")
      }
      return .string(word)
    case .date: return .string(try date(text(value)).text)
    case .country: return .string(try country(text(value)).code)
    case .institution: return .string(try InstitutionPath(text(value)).text)
    case .party: return .string(try party(text(value)))
    case .subject(let kinds): return .string(try subject(text(value), of: kinds).text)
    case .sha256:
      let digits = try text(value)
      guard digits.utf8.count == 64, digits.utf8.allSatisfy(\.isHexDigit) else {
        throw ValueError("is not a SHA-256 digest", advice: "Write its 64 digits, 0-9 and a-f.")
      }
      return .string(digits)
    case .url: return .string(try url(text(value)))
    case .language: return .string(try language(text(value)))
    case .event:
      return .string(try event(value))
    }
  }

  func text(_ value: JSONValue) throws(ValueError) -> String {
    let text: String
    switch value {
    case .string(let string): text = string
    case .integer(let number): text = "\(number)"
    case .bool(let bool): text = bool ? "true" : "false"
    case .null: throw ValueError("is null", advice: "Leave it out.")
    case .array: throw ValueError("is a list, but one value is asked for")
    case .object: throw ValueError("is an object, but a text is asked for")
    }
    guard Self.isVisible(text) else {
      throw ValueError("is empty", advice: "Give a value, or leave the field out.")
    }
    if Self.hasControl(text) {
      throw ValueError("has a control character in it", advice: "Remove what does not show on the screen.")
    }
    return text
  }

  /// Whether a text holds a control character other than a line feed or a tab: of ASCII, or U+0080 to U+009F, which
  /// UTF-8 writes as 0xC2 and one byte more.
  private static func hasControl(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 ? byte != 0x0a && byte != 0x09 : byte == 0x7f { return true }
      if previous == 0xc2 && byte < 0xa0 { return true }
      previous = byte
    }
    return false
  }

  /// Whether some character of a text shows on the screen.
  private static func isVisible(_ text: String) -> Bool {
    if text.utf8.contains(where: { (0x21...0x7e).contains($0) }) { return true }
    return text.unicodeScalars.contains { scalar in
      !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
        && scalar.properties.generalCategory != .control
    }
  }

  func date(_ text: String) throws(ValueError) -> EDTF {
    if Self.hasSentinel(text) {
      throw ValueError(
        "\(text) stands for a date that is not known",
        advice: "Write XXXX if nothing is known, or 2017/.. for an open end.")
    }
    do { return try EDTF(text) } catch {
      throw ValueError("\(error)")
    }
  }

  func country(_ text: String) throws(ValueError) -> Place {
    do { return try Codes.resolve(text, from: earliest, to: latest) } catch { throw ValueError("\(error)") }
  }

  func subject(_ text: String, of kinds: [String]) throws(ValueError) -> Subject {
    let subject = try Subject(text)
    guard vocabulary.kinds[subject.kind] != nil else {
      let known = Array(vocabulary.kinds.keys)
      throw ValueError(
        "is of the kind \(subject.kind), which does not exist\(Similar.hint(for: subject.kind, among: known))",
        advice: "Kinds: \(known.sorted().joined(separator: ", ")).")
    }
    guard kinds.isEmpty || kinds.contains(subject.kind) else {
      throw ValueError("is a \(subject.kind), but only a \(kinds.joined(separator: " or a ")) fits here")
    }
    return subject
  }

  /// A position, or an id.
  private func event(_ value: JSONValue) throws(ValueError) -> String {
    if let number = value.integer, number < 0 {
      throw ValueError("is neither the position nor the id of an event", advice: "Positions count from 0.")
    }
    let text = try text(value)
    guard text.utf8.allSatisfy(\.isDigit) else { return try EventID(text).text }
    guard let position = Int64(text) else {
      throw ValueError("is larger than any position", advice: "Write the position or the id of an event.")
    }
    return "\(position)"
  }

  private func party(_ text: String) throws(ValueError) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return try country(text).code }
    let path = try InstitutionPath(text)
    guard path.isInternational else {
      throw ValueError(
        "is not an organisation", advice: "Write int/ and its name, such as int/eu, or the code of a state.")
    }
    return path.text
  }

  private func integer(_ value: JSONValue) throws(ValueError) -> Int64 {
    if let number = value.integer { return number }
    let digits = try text(value)
    guard let number = Int64(digits), canonicalIntegerRange.contains(number),
      digits.utf8.first != UInt8(ascii: "+")
    else {
      throw ValueError(
        "is not a whole number", advice: "Write digits without blanks, commas or points, such as 1700000.")
    }
    return number
  }

  private func boolean(_ value: JSONValue) throws(ValueError) -> Bool {
    if let bool = value.bool { return bool }
    // Spreadsheets write TRUE.
    switch try text(value).lowercased() {
    case "true": return true
    case "false": return false
    default: throw ValueError("is neither true nor false")
    }
  }

  private func url(_ text: String) throws(ValueError) -> String {
    let scheme = ["https://", "http://"].first { text.utf8.starts(with: $0.utf8) }
    guard let scheme, text.utf8.count > scheme.utf8.count, text.utf8.allSatisfy({ $0 > 0x20 }) else {
      throw ValueError(
        "is not a web address", advice: "Write one that begins with https:// or http://, without blanks.")
    }
    return text
  }

  func language(_ text: String) throws(ValueError) -> String {
    let parts = text.utf8.split(separator: .hyphen, omittingEmptySubsequences: false)
    let isTag = parts.allSatisfy { part in
      (1...8).contains(part.count) && part.allSatisfy { $0.isDigit || ($0 | 0x20).isLowerLetter }
    }
    guard isTag, let first = parts.first, (2...8).contains(first.count),
      first.allSatisfy({ ($0 | 0x20).isLowerLetter })
    else {
      throw ValueError(
        "is not a language tag", advice: "Write one such as es, zh-Hans or zh-Latn-pinyin (BCP 47).")
    }
    return text
  }

  /// Whether a date is one of ``sentinels``, alone, with a time or a mark, or as a part of an interval or set.
  private static func hasSentinel(_ text: String) -> Bool {
    let days = text.utf8.split { !$0.isDigit && $0 != .hyphen }
    return days.contains { day in
      day.count == 10 && sentinels.contains { day.elementsEqual($0.utf8) }
    }
  }

  /// Dates that databases write for "unknown" and that are facts to nobody.
  private static let sentinels = [
    "0001-01-01", "9999-12-31", "0000-01-01", "9999-99-99", "1900-01-00",
  ]
}
