// The last gate before the log: what looks like personal data must not stand in clear in what concerns a person.

internal import CanonicalJSON
internal import OrderedCollections

/// Looks through what would stand in clear in an event, before it is recorded for good.
///
/// It holds back events that concern people: those about kinds of subjects that are counted (testimonies), and about
/// kinds whose consent can be recorded (persons), whatever their type: corrections of a testimony go through it too.
/// In events about the world, an e-mail address or a phone number is worth a warning; names and places are their
/// matter.
///
/// Not looked at: what is sealed; who entered the event, unless the event itself says so; dates, codes, numbers and
/// digests; and what a correction says stood there before, which stands in the log already.
public struct Gate: Sendable {
  /// Something that the gate found.
  public struct Finding: Sendable, Equatable {
    /// The field that it stands in. Never its value.
    public let field: String
    /// What it seems to be.
    public let data: PersonalData

    /// What stands in clear, as a warning has it.
    public var sentence: String {
      "\(field) holds \(data == .name ? "" : "what looks like ")\(data.words), in clear for ever"
    }
  }

  /// Names that are sealed in this ledger.
  private var names: KnownNames
  private let guardedKinds: Set<String>
  /// What texts were found to hold, since channels and campaigns come again and again.
  private var memory: [String: Reading] = [:]
  /// Some megabytes at most.
  private static let memoryMaxTexts = 16_384

  private struct Reading {
    let found: [PersonalData]
    let words: [String]
  }

  /// Makes a gate.
  ///
  /// - Parameters:
  ///   - vocabulary: the vocabulary in force.
  ///   - names: names that are sealed in this ledger.
  public init(vocabulary: Vocabulary, names: KnownNames = KnownNames()) {
    self.names = names
    var kinds = Set(vocabulary.kinds.values.filter(\.isCounted).map(\.name))
    for type in vocabulary.types.values {
      let isConsent = type.effects.contains { if case .consent = $0 { true } else { false } }
      if isConsent { kinds.formUnion(type.subjectKinds) }
    }
    guardedKinds = kinds
  }

  /// Whether an event concerns a person, so that what looks like personal data in it is refused.
  public func isGuarded(_ event: CheckedEvent) -> Bool {
    if let kind = event.subject?.kind { return guardedKinds.contains(kind) }
    return event.type.subjectKinds.contains(where: guardedKinds.contains)
  }

  /// Adds names that are sealed in this ledger.
  public mutating func add(_ names: [String]) { for name in names { self.names.insert(name) } }

  /// Remembers the name that an event seals, so that it does not stand in clear in a later one.
  public mutating func remember(_ event: CheckedEvent) { add(Self.names(sealedIn: event)) }

  /// What looks like personal data and would stand in clear.
  ///
  /// - Parameter event: the event.
  /// - Returns: a finding for each field and kind of data; of an event that concerns no person, e-mail addresses and
  ///   phone numbers alone.
  public mutating func findings(in event: CheckedEvent) -> [Finding] {
    var findings: [Finding] = []
    func add(_ field: String, _ data: PersonalData) {
      let finding = Finding(field: field, data: data)
      if !findings.contains(finding) { findings.append(finding) }
    }
    guard isGuarded(event) else {
      guard event.mayHoldContacts else { return [] }
      Self.eachText(inClear: event, withAddresses: false) { field, text in
        for data in PersonalData.contacts(in: text) { add(field, data) }
      }
      return findings
    }
    var own: KnownNames?
    for name in Self.names(sealedIn: event) { own = (own ?? KnownNames()).with(name) }
    var texts: [(field: String, text: String)] = []
    Self.eachText(inClear: event, withAddresses: true) { texts.append(($0, $1)) }
    for (field, text) in texts {
      let reading = read(text)
      for data in reading.found { add(field, data) }
      if names.isNamed(in: reading.words) || own?.isNamed(in: reading.words) == true { add(field, .name) }
    }
    return findings
  }

  /// Why an event is held back; nil if it may pass.
  ///
  /// - Parameter event: the event.
  /// - Returns: a problem for each finding, none of which shows a value; nil for an event that concerns no person.
  public mutating func refusal(of event: CheckedEvent) -> DraftError? {
    guard isGuarded(event) else { return nil }
    let findings = findings(in: event)
    if findings.isEmpty { return nil }
    return DraftError(
      findings.map { DraftProblem(field: $0.field, reason: Self.reason($0.data, in: event)) })
  }

  private static func reason(_ data: PersonalData, in event: CheckedEvent) -> String {
    let sealed = event.type.fields.values.filter(\.isSealed).map(\.name)
    let whereTo =
      sealed.isEmpty ? "" : "seal it (these fields are sealed: \(sealed.joined(separator: ", "))), "
    let what = data == .name ? "holds \(data.words)" : "holds what looks like \(data.words)"
    return
      "\(what), and would stand in clear for ever: \(whereTo)leave it out, or say --i-know if it is there for all "
      + "to see, as a public figure's own"
  }

  // MARK: What is looked through

  private static func names(sealedIn event: CheckedEvent) -> [String] {
    if event.sealed.isEmpty { return [] }
    return event.sealed.filter { $0.name == "person" }.flatMap { $0.value.array ?? [$0.value] }.compactMap(
      \.string)
  }

  /// Passes over the texts that the log would show, each with its field.
  private static func eachText(
    inClear event: CheckedEvent, withAddresses: Bool, _ body: (_ field: String, _ text: String) -> Void
  ) {
    if withAddresses {
      if let id = event.id?.text, !isMade(id) { body("id", id) }
      if let subject = event.subject?.slug { body("subject", subject) }
      if let institution = event.institution?.text { body("institution", institution) }
      if let recorder = event.recorder { body("recorder", recorder) }
    }
    let isCorrection = event.type.correctedField != nil
    for (name, value) in event.data {
      if isCorrection && name == "old" { continue }
      if let field = event.type.fields[name], !hasWords(field.kind) { continue }
      eachText(in: value, name, withAddresses: withAddresses, body)
    }
  }

  static func hasWords(_ kind: FieldKind) -> Bool {
    switch kind {
    case .text, .url, .subject, .sources, .map: true
    case .integer, .boolean, .choice, .date, .country, .institution, .party, .sha256, .language, .quantity,
      .event:
      false
    }
  }

  /// All texts in a value. What stands within sources, titles and links is named as it is given: `source.url`.
  private static func eachText(
    in value: JSONValue, _ name: String, withAddresses: Bool, _ body: (String, String) -> Void
  ) {
    switch value {
    case .string(let text): if !isDigest(text) { body(name, text) }
    case .array(let list):
      for item in list { eachText(in: item, name, withAddresses: withAddresses, body) }
    case .object(let object):
      let base = name == "sources" ? "source" : name == "links" ? "link" : name
      for (key, item) in object where key != "sha256" && key != "captured" {
        if !withAddresses && (key == "url" || key == "archived") { continue }
        // Keys within a correction are names of fields, but nothing makes them so.
        let isName =
          key.utf8.count <= 40
          && key.utf8.allSatisfy { ($0 | 0x20).isLowerLetter || $0 == .hyphen || $0 == 0x5f }
        if !isName { body(base, key) }
        let part = (name == "title" && key == "original") || !isName ? base : "\(base).\(key)"
        eachText(in: item, part, withAddresses: withAddresses, body)
      }
    default: break
    }
  }

  /// A digest or a UUID: made by machines, and full of digits.
  private static func isDigest(_ text: String) -> Bool {
    [43, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { $0.isDigit || ($0 | 0x20).isLowerLetter || $0 == .hyphen || $0 == 0x5f }
  }

  private static func isMade(_ id: String) -> Bool {
    let digits = id.hasPrefix("import-") ? id.dropFirst(7) : id[...]
    let groups = digits.utf8.split(separator: .hyphen, omittingEmptySubsequences: false)
    return [[32], [8, 4, 4, 4, 12]].contains(groups.map(\.count))
      && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  private mutating func read(_ text: String) -> Reading {
    if let reading = memory[text] { return reading }
    let reading = Reading(found: PersonalData.found(in: text), words: FoldedText.words(of: text))
    if memory.count >= Self.memoryMaxTexts { memory = [:] }
    memory[text] = reading
    return reading
  }
}
