// A value in a vocabulary file that knows its line, so that whatever is wrong with it can be found.

internal import CanonicalJSON

/// A value in a vocabulary file that knows its line.
struct Node {
  /// A member's name that knows its line.
  struct Name {
    let text: String
    let place: VocabularyPlace
    var line: Int { place.line }

    func error(_ reason: String) -> VocabularyError { VocabularyError(place, reason) }

    func checkWord() throws(VocabularyError) {
      guard Node.isWord(text[...]) else {
        throw error("\"\(text)\" is not a name: write lower-case letters, digits and hyphens")
      }
    }
  }

  let place: VocabularyPlace
  private let view: JSONView
  private let name: String
  private let reader: VocabularyReader

  init(_ view: JSONView, _ name: String, _ reader: VocabularyReader) {
    self.view = view
    self.name = name
    self.reader = reader
    place = reader.place(ofOffset: view.range.lowerBound)
  }

  /// An object with no members but the allowed ones.
  init(_ view: JSONView, _ name: String, _ reader: VocabularyReader, allowed: [String])
    throws(VocabularyError)
  {
    self.init(view, name, reader)
    for (key, _) in try members() where !allowed.contains(key.text) {
      throw key.error(
        "\"\(key.text)\" is not known here\(Similar.hint(for: key.text, among: allowed)) (known: \(allowed.joined(separator: ", ")))"
      )
    }
  }

  init(_ node: Node, allowed: [String]) throws(VocabularyError) {
    try self.init(node.view, node.name, node.reader, allowed: allowed)
  }

  func error(_ reason: String) -> VocabularyError { VocabularyError(place, reason) }

  func optional(_ key: String) throws(VocabularyError) -> Node? {
    view[key].map { Node($0, "\"\(key)\"", reader) }
  }

  func required(_ key: String) throws(VocabularyError) -> Node {
    guard let found = try optional(key) else { throw error("\"\(key)\" is missing") }
    return found
  }

  func members() throws(VocabularyError) -> [(Name, Node)] {
    guard view.kind == .object else { throw error("\(name) must be an object, { … }") }
    return view.memberViews.map { key, value in
      let text = key.string ?? ""
      return (
        Name(text: text, place: reader.place(ofOffset: key.range.lowerBound)),
        Node(value, "\"\(text)\"", reader)
      )
    }
  }

  func array() throws(VocabularyError) -> [Node] {
    guard view.kind == .array else { throw error("\(name) must be a list, [ … ]") }
    return view.elements.map { Node($0, "an entry of \(name)", reader) }
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
