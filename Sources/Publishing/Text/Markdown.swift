// Text put into Markdown (CommonMark 0.31 and the tables of GitHub Flavored Markdown 0.29): whatever a vocabulary file
// says, it stays text.

/// Makes Markdown of any text.
package enum Markdown {
  /// A text on one line that says of itself what it says: no character of it marks anything up. It may stand anywhere
  /// in a line, also in a table.
  package static func text(_ text: String) -> String {
    let words = Printable.text(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let characters = Array(words.unicodeScalars)
    var out = ""
    var isStart = true
    for (index, character) in characters.enumerated() {
      let isFirst = index == 0
      switch character {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$": out += "\\"
      // At the beginning of a line these would begin a heading, a list or a rule.
      case "#", "+", "-", "=": if isFirst { out += "\\" }
      // So would these after digits: a numbered list.
      case ".", ")":
        if (isStart && !isFirst) || characters[..<index].suffix(3).elementsEqual("www".unicodeScalars) {
          out += "\\"
        }
      // A web address would become a link, the marks before its other characters a part of it.
      case ":": if characters[(index + 1)...].starts(with: "//".unicodeScalars) { out += "\\" }
      default: break
      }
      isStart = isStart && ("0"..."9").contains(character)
      out.unicodeScalars.append(character)
    }
    return out
  }

  /// A name or value in the type of code; as plain text where that cannot hold it.
  package static func code(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "|")
    }
    return isPlain && !text.isEmpty ? "`\(text)`" : self.text(text)
  }

  /// Lines that stand as they are, between fences that no line of them can close.
  package static func fenced(_ lines: [String], language: String) -> [String] {
    let text = lines.map(Printable.text)
    let longest = text.map { line in line.split { $0 != "`" }.map(\.count).max() ?? 0 }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ["\(fence)\(language)"] + text + [fence]
  }

  /// A table. The cells are Markdown already.
  package static func table(_ headings: [String], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    return [line(headings), "|\(String(repeating: "---|", count: headings.count))"] + rows.map(line)
  }
}
