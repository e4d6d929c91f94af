// Names that are sealed somewhere, for finding them where they would stand in clear.

/// A set of names. It holds what is sealed: it is made when it is needed, stays in memory, and is never shown.
public struct KnownNames: Sendable {
  /// Names by their words, sorted: the order of given name and family name does not matter. With a blank between them,
  /// of which no word has any.
  private var names: Set<String> = []
  /// How many words the names have.
  private var lengths: Set<Int> = []
  /// Names in scripts that write no blanks between words.
  private var unspaced: Set<String> = []

  /// Words that stand for a person whose name is not told.
  private static let noNames: Set<String> = [
    "anonymous", "anonym", "anonyma", "anonymo", "anonimo", "anonima", "anonyme", "unknown", "unbekannt",
    "inconnu", "inconnue", "desconocido", "desconocida", "name", "none", "na", "withheld", "匿名", "佚名",
  ]

  /// A set without names.
  public init() {}

  /// Adds a name. One letter alone, and words that stand for no name, are left out.
  public mutating func insert(_ name: String) {
    let words = FoldedText.words(of: name)
    let letters = words.reduce(0) { $0 + $1.unicodeScalars.count }
    guard letters > 1, !(words.count == 1 && Self.noNames.contains(words[0])) else { return }
    if words.contains(where: Self.isUnspaced) {
      unspaced.insert(words.joined())
    } else {
      names.insert(Self.key(words[...]))
      lengths.insert(words.count)
    }
  }

  /// Whether one of the names stands in a text, as whole words, whatever the case, the accents and their order.
  func isNamed(in words: [String]) -> Bool {
    for length in lengths where length <= words.count {
      for start in 0...(words.count - length)
      where names.contains(Self.key(words[start..<(start + length)])) {
        return true
      }
    }
    guard !unspaced.isEmpty, words.contains(where: Self.isUnspaced) else { return false }
    let text = words.joined()
    return unspaced.contains { text.contains($0) }
  }

  /// The same set with one name more.
  func with(_ name: String) -> KnownNames {
    var names = self
    names.insert(name)
    return names
  }

  private static func key(_ words: ArraySlice<String>) -> String {
    // By far the most words that are looked for are one.
    if words.count == 1, let word = words.first { return word }
    return words.sorted().joined(separator: " ")
  }

  /// Whether a word is of a script that writes no blanks between words.
  private static func isUnspaced(_ word: String) -> Bool {
    word.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3040...0x30ff, 0x3400...0x9fff,
        0xf900...0xfaff,
        0x20000...0x3ffff:
        true
      default: false
      }
    }
  }
}
