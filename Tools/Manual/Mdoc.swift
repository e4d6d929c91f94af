// The language of manual pages, mdoc(7), as far as the page needs it.

/// Text in mdoc under construction.
struct Mdoc {
  /// What was written.
  private(set) var text = ""

  private static let widthMax = 78

  /// Writes a macro with its arguments, which stand as they are.
  mutating func macro(_ name: String, _ arguments: String = "") {
    text += arguments.isEmpty ? ".\(name)\n" : ".\(name) \(arguments)\n"
  }

  /// Begins a section.
  mutating func section(_ title: String) { macro("Sh", title) }

  /// Writes a paragraph of its own.
  mutating func paragraph(_ words: String) {
    // After a heading there is none to begin.
    let before = text.split(separator: "\n").last ?? ""
    if !before.hasPrefix(".Sh") && !before.hasPrefix(".Ss") { macro("Pp") }
    text(words)
  }

  /// Writes text: lines of bearable length, each sentence on a line of its own.
  mutating func text(_ words: String) {
    var line = ""
    func isEndOfSentence(_ word: String) -> Bool { word.last.map { ".!?".contains($0) } ?? false }
    for word in words.split(separator: " ").map(String.init) {
      let isNew = line.isEmpty || isEndOfSentence(line) || line.count + 1 + word.count > Self.widthMax
      if isNew && !line.isEmpty {
        text += Self.line(line) + "\n"
        line = ""
      }
      line += line.isEmpty ? word : " " + word
    }
    if !line.isEmpty { text += Self.line(line) + "\n" }
  }

  /// Writes lines as they stand.
  mutating func literal(_ lines: [String]) {
    macro("Bd", "-literal -offset indent")
    for line in lines { text += Self.line(line, isLiteral: true) + "\n" }
    macro("Ed")
  }

  /// A line that is none of a macro.
  private static func line(_ line: String, isLiteral: Bool = false) -> String {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map { word in
      // A hyphen that is typed must not become one of typography.
      let text = escaped(String(word))
      return isLiteral || word.hasPrefix("-") ? text.replacing("-", with: "\\-") : text
    }
    let text = words.joined(separator: " ")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }

  /// Text in which nothing is taken for a command.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { out, scalar in
      switch scalar {
      case "\\": out += "\\e"
      case "\"": out += "\\(dq"
      case _ where scalar.isASCII: out.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        out += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
  }
}
