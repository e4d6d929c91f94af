// What vocabulary files declare, as they write it: compared by its JSON, so that nothing a file can say is overlooked.

internal import CanonicalJSON
internal import OrderedCollections

/// A value in a vocabulary file, with its place.
struct Declared {
  let view: JSONView
  private let reader: VocabularyReader
  /// Where the value stands, or its name, if it has one.
  private let offset: Int

  init(_ view: JSONView, _ reader: VocabularyReader, key: JSONView? = nil) {
    self.view = view
    self.reader = reader
    offset = (key ?? view).range.lowerBound
  }

  var place: VocabularyPlace { reader.place(ofOffset: offset) }

  /// The members of an object by name.
  var members: OrderedDictionary<String, Declared> {
    OrderedDictionary(
      view.memberViews.map { key, value in (key.string ?? "", Declared(value, reader, key: key)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The entries of a list.
  var elements: [Declared] { view.elements.map { Declared($0, reader) } }

  /// The texts of a list; none for all else.
  var texts: [String] { view.elements.compactMap(\.string) }

  subscript(key: String) -> Declared? { members[key] }

  /// The value without what says no more than if it were left out.
  var content: JSONValue { Self.content(view.value) }

  private static func content(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let items): .array(items.map(content))
    case .object(let object):
      .object(
        JSONObject(object.compactMap { $0.value == .bool(false) ? nil : ($0.key, content($0.value)) }))
    default: value
    }
  }

  /// The value for a message, cut short.
  var excerpt: String {
    let text = String(decoding: view.canonicalBytes(), as: UTF8.self)
    return text.count <= 80 ? text : text.prefix(79) + "…"
  }

  /// Whether some string in the value, a name or a text, is this one.
  func mentions(_ word: String) -> Bool {
    if view.stringEquals(word) { return true }
    return elements.contains { $0.mentions(word) }
      || members.contains { $0.key.utf8.elementsEqual(word.utf8) || $0.value.mentions(word) }
  }

  /// Where two objects differ.
  ///
  /// - Parameters:
  ///   - old: the earlier one.
  ///   - new: the later one.
  ///   - free: names of members that may differ.
  /// - Returns: each member that differs: where it stands, or should, in the later one, and how it differs.
  static func differences(_ old: Declared, _ new: Declared, besides free: Set<String>)
    -> [(key: String, place: VocabularyPlace, text: String)]
  {
    let (before, after) = (old.members, new.members)
    let keys = OrderedSet(before.keys).union(after.keys)
    return keys.filter { !free.contains($0) }.compactMap { key in
      let (one, other) = (before[key], after[key])
      let isSame = (one?.content ?? .bool(false)) == (other?.content ?? .bool(false))
      if isSame { return nil }
      let text =
        switch (one, other) {
        case (nil, let other?): "\"\(key)\" would be \(other.excerpt), and was not there"
        case (let one?, nil): "\"\(key)\" would be gone, which was \(one.excerpt)"
        case (let one, let other): "\"\(key)\" would be \(other?.excerpt ?? ""), not \(one?.excerpt ?? "")"
        }
      return (key, other?.place ?? new.place, text)
    }
  }
}

/// All that the files of a vocabulary declare, by name.
struct Declarations {
  private(set) var kinds: OrderedDictionary<String, Declared> = [:]
  private(set) var lifecycles: OrderedDictionary<String, Declared> = [:]
  private(set) var types: OrderedDictionary<String, Declared> = [:]
  private let files: Set<String>

  init(_ vocabulary: Vocabulary) {
    files = Set(vocabulary.files.map(\.fileName))
    for file in vocabulary.files {
      // The vocabulary was read from these very bytes.
      guard let text = try? JSONText(parsing: Array(file.text.utf8)) else { continue }
      let family = Declared(text.root, VocabularyReader(file))
      for kind in family["kinds"]?.elements ?? [] { kinds[kind["kind"]?.view.string ?? ""] = kind }
      for lifecycle in family["lifecycles"]?.elements ?? [] {
        lifecycles[lifecycle["name"]?.view.string ?? ""] = lifecycle
      }
      for (name, type) in family["types"]?.members ?? [:] { types[name] = type }
    }
  }

  /// Where something is missed that an earlier file declared: that file's beginning.
  func place(of earlier: Declared) -> VocabularyPlace {
    let file = earlier.place.file
    return VocabularyPlace(file: files.contains(file) ? file : files.min() ?? file, line: 1)
  }
}
