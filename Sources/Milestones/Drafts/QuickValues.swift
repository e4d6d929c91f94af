// Single values in place, for QuickCheck: whether they are plainly right. ValueChecks has the rules in words.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import Foundation

/// Checks values by their bytes, and keeps what was met last. What is not plainly right is ``Unusual``. As in
/// ``QuickCheck/out``, nobody else can touch what it keeps.
final class QuickValues {
  private let checks: ValueChecks
  @exclusivity(unchecked) private var days: (earliest: Day?, latest: Day?)
  /// Whether a text that is shown may hold an e-mail address or a phone number, so that the gate has to look.
  @exclusivity(unchecked) private(set) var mayHoldContacts = false
  /// As many as an archive names again and again; few enough to be held for good.
  private static let keptMax = 4_096
  @exclusivity(unchecked) private var dates = ByteTable<EDTF>(countMax: keptMax)
  @exclusivity(unchecked) private var years = ByteTable<EDTF>(countMax: keptMax)
  @exclusivity(unchecked) private var institutions = ByteTable<InstitutionPath>(countMax: keptMax)
  let sourceParts = QuickSourceParts()

  init(vocabulary: Vocabulary) { checks = ValueChecks(vocabulary: vocabulary) }

  /// Begins with another event, that happened when it says.
  func begin(on date: EDTF) {
    mayHoldContacts = false
    days = (nil, nil)
    if date.isUnknown { return }
    if case .day(let day) = date.earliest { days.earliest = day }
    if case .day(let day) = date.latest { days.latest = day }
  }

  // MARK: Texts

  /// Passes if something of a text shows on the screen, and nothing in it is a control character. (Written without
  /// escapes, it has none of those under U+0020.)
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - isShown: whether the gate looks through it.
  /// - Throws: ``Unusual`` for any other text.
  func requireText(_ text: ByteRun, isShown: Bool = false) throws(Unusual) {
    var isVisible = false
    var hasAt = false
    var digits = 0
    var previous: UInt8 = 0
    for byte in text {
      if byte == 0x7f || (previous == 0xc2 && byte < 0xa0) { throw Unusual() }
      isVisible = isVisible || byte &- 0x21 < 0x5e
      if byte.isDigit { digits += 1 }
      hasAt = hasAt || byte == UInt8(ascii: "@")
      previous = byte
    }
    if !isVisible, (try? checks.text(.string(text.string))) == nil { throw Unusual() }
    if isShown, hasAt || digits >= 7 { look(through: text) }
  }

  /// Looks for what may be an e-mail address or a phone number.
  func look(through text: ByteRun) {
    if !mayHoldContacts { mayHoldContacts = PersonalData.mayHoldContacts(text.string) }
  }

  func requireURL(_ text: ByteRun) throws(Unusual) {
    try requireText(text)
    let scheme = text.starts(with: "https://".utf8) ? 8 : text.starts(with: "http://".utf8) ? 7 : 0
    guard scheme > 0, text.count > scheme, text.allSatisfy({ $0 > 0x20 }) else { throw Unusual() }
  }

  func requireSHA256(_ text: ByteRun) throws(Unusual) {
    guard text.count == 64, text.allSatisfy(\.isHexDigit) else { throw Unusual() }
  }

  func requireLanguage(_ text: ByteRun) throws(Unusual) {
    guard (try? checks.language(text.string)) != nil else { throw Unusual() }
  }

  func requireQuantity(_ text: ByteRun) throws(Unusual) {
    guard (try? Quantity(text.string)) != nil else { throw Unusual() }
  }

  // MARK: Dates and places

  func date(_ text: ByteRun) throws(Unusual) -> EDTF {
    if let date = dates[text] { return date }
    guard let date = try? checks.date(text.string) else { throw Unusual() }
    dates.insert(text, date)
    return date
  }

  /// What the public log shows of a sealed date.
  func yearOnly(_ date: EDTF) -> EDTF {
    var text = date.text
    return text.withUTF8 { text in
      if let year = years[text] { return year }
      let year = CheckPass.yearOnly(date)
      years.insert(text, year)
      return year
    }
  }

  func country(_ text: ByteRun) throws(Unusual) -> Place {
    guard let place = try? Codes.resolve(text.string, from: days.earliest, to: days.latest) else {
      throw Unusual()
    }
    return place
  }

  func institution(_ text: ByteRun) throws(Unusual) -> InstitutionPath {
    if let path = institutions[text] { return path }
    guard let path = try? InstitutionPath(text.string) else { throw Unusual() }
    institutions.insert(text, path)
    return path
  }

  // MARK: Names

  func subject(_ text: ByteRun, of kinds: ByteTable<Bool>) throws(Unusual) -> Subject {
    let kind = try requireSubject(text, of: kinds)
    return Subject(checked: text.string, kind: kind.string)
  }

  /// Passes for the name of a subject of one of the kinds; gives the kind.
  @discardableResult
  func requireSubject(_ text: ByteRun, of kinds: ByteTable<Bool>) throws(Unusual) -> ByteRun {
    guard text.count <= Subject.lengthMaxBytes, let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
      throw Unusual()
    }
    let kind = ByteRun(rebasing: text[..<colon])
    let slug = ByteRun(rebasing: text[(colon + 1)...])
    // Those of the vocabulary are words in lower-case letters, as kinds have to be.
    guard kinds[kind] != nil, kind.first?.isLowerLetter == true,
      kind.allSatisfy({ $0.isLowerLetter || $0 == .hyphen }), let first = slug.first, let last = slug.last,
      first.isLowerLetterOrDigit, last.isLowerLetterOrDigit,
      slug.allSatisfy({ $0.isLowerLetterOrDigit || $0 == .hyphen || $0 == .dot })
    else { throw Unusual() }
    return kind
  }

  func id(_ text: ByteRun) throws(Unusual) -> EventID {
    guard (1...EventID.lengthMaxBytes).contains(text.count), !text.allSatisfy(\.isDigit),
      text.allSatisfy({ $0 &- 0x21 < 0x5e })
    else { throw Unusual() }
    return EventID(checked: text.string)
  }
}

/// The parts of a source, compiled.
struct QuickSourceParts {
  struct Part {
    let kind: FieldKind
    /// `"name":`.
    let key: [UInt8]
    /// Whether it says what the source is, as one of its parts must.
    let saysWhat: Bool
  }

  /// In the order in which their names stand in canonical JSON.
  let parts: [Part]
  let indices: ByteTable<Int>
  var count: Int { parts.count }

  init() {
    let fields = CommonFields.sourceFields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    parts = fields.map { field in
      Part(
        kind: field.kind, key: Array("\"\(field.name)\":".utf8),
        saysWhat: field.name == "citation" || field.name == "url")
    }
    var indices = ByteTable<Int>()
    for (index, field) in fields.enumerated() { indices.insert(field.name, index) }
    self.indices = indices
  }
}
