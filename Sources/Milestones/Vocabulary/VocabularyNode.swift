// A value in a vocabulary file that knows its line, so that whatever is wrong with it can be found.

internal import CanonicalJSON

/// A value in a vocabulary file that knows its line.
///
/// A vocabulary is read whenever a ledger is opened, and nearly always nothing is wrong with it: what only a message needs,
/// the line and what the value is called, is worked out when it is asked for.
struct Node {
  /// A member's name that knows its line.
  struct Name {
    let text: String
    fileprivate let offset: Int
    fileprivate let reader: VocabularyReader

    var place: VocabularyPlace { reader.place(ofOffset: offset) }
    var line: Int { place.line }

    func error(_ reason: String) -> VocabularyError { VocabularyError(place, reason) }

    func checkWord() throws(VocabularyError) {
      guard Node.isWord(text[...]) else {
        throw error("\"\(text)\" is not a name: write lower-case letters, digits and hyphens")
      }
    }
  }

  private let view: JSONView
  private let reader: VocabularyReader
  /// The member whose value it is, or in whose list it stands; nil for the file itself.
  private let key: String?
  private let isEntry: Bool

  var place: VocabularyPlace { reader.place(ofOffset: view.range.lowerBound) }

  private var name: String {
    let whole = key.map { "\"\($0)\"" } ?? "the file"
    return isEntry ? "an entry of \(whole)" : whole
  }

  private init(_ view: JSONView, _ reader: VocabularyReader, key: String?, isEntry: Bool = false) {
    self.view = view
    self.reader = reader
    self.key = key
    self.isEntry = isEntry
  }

  /// The file as a whole: an object with no members but the allowed ones.
  init(file view: JSONView, _ reader: VocabularyReader, allowed: [String]) throws(VocabularyError) {
    try self.init(Node(view, reader, key: nil), allowed: allowed)
  }

  /// An object with no members but the allowed ones.
  init(_ node: Node, allowed: [String]) throws(VocabularyError) {
    self = node
    try requireObject()
    for (key, _) in view.memberViews where !allowed.contains(where: key.stringEquals) {
      let text = key.string ?? ""
      throw Name(text: text, offset: key.range.lowerBound, reader: reader).error(
        "\"\(text)\" is not known here\(Similar.hint(for: text, among: allowed)) (known: \(allowed.joined(separator: ", ")))"
      )
    }
  }

  func error(_ reason: String) -> VocabularyError { VocabularyError(place, reason) }

  func optional(_ key: String) throws(VocabularyError) -> Node? {
    view[key].map { Node($0, reader, key: key) }
  }

  func required(_ key: String) throws(VocabularyError) -> Node {
    guard let found = try optional(key) else { throw error("\"\(key)\" is missing") }
    return found
  }

  func requireObject() throws(VocabularyError) {
    guard view.kind == .object else { throw error("\(name) must be an object, { … }") }
  }

  func members() throws(VocabularyError) -> [(Name, Node)] {
    try requireObject()
    return view.memberViews.map { key, value in
      let text = key.string ?? ""
      return (
        Name(text: text, offset: key.range.lowerBound, reader: reader), Node(value, reader, key: text)
      )
    }
  }

  /// Whether it is an object that has the member.
  func has(_ key: String) -> Bool { view[key] != nil }

  func array() throws(VocabularyError) -> [Node] {
    guard view.kind == .array else { throw error("\(name) must be a list, [ … ]") }
    return view.elements.map { Node($0, reader, key: key, isEntry: true) }
  }

  func string() throws(VocabularyError) -> String {
    guard let string = view.string, !string.isEmpty else { throw error("\(name) must be a text") }
    return string
  }

  func strings() throws(VocabularyError) -> [String] {
    var strings: [String] = []
    for item in try array() { strings.append(try item.string()) }
    return strings
  }

  /// A text, or a list of texts.
  func oneOrMore() throws(VocabularyError) -> [String] {
    view.kind == .array ? try strings() : [try string()]
  }

  func bool() throws(VocabularyError) -> Bool {
    guard let bool = view.bool else { throw error("\(name) must be true or false") }
    return bool
  }

  func word() throws(VocabularyError) -> String {
    let text = try string()
    guard Self.isWord(text[...]) else {
      throw error("\(name) must be a name of lower-case letters, digits and hyphens, not \"\(text)\"")
    }
    return text
  }

  func words() throws(VocabularyError) -> [String] {
    var words: [String] = []
    for item in try array() { words.append(try item.word()) }
    return words
  }

  static func isWord(_ text: Substring, joiner: UInt8 = .hyphen) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, first.isLowerLetter,
      last.isLowerLetterOrDigit
    else { return false }
    return text.utf8.count <= 60 && text.utf8.allSatisfy { $0.isLowerLetterOrDigit || $0 == joiner }
  }
}
