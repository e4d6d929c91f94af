// Text from the record on its way into HTML and XML: nothing in it can be taken for markup, turn the direction of what
// stands around it, or hide.

internal import Mustache

/// Escapes text for HTML and XML, character by character of Unicode.
///
/// The template engine's own escaping goes by what a reader takes for one character: a quotation mark with an accent on it
/// would pass. Here every `&`, `<`, `>`, `"` and `'` is escaped, whatever follows it. What XML does not allow, steers a
/// terminal or turns the direction of writing is shown by its number.
package enum SafeText {
  /// The name under which templates ask for it.
  static let name = "SAFE"

  /// The text, safe to stand in an element or in an attribute between quotation marks.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { !isPlain($0) }) else { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default:
        if isHidden(scalar) {
          out += "⟨U+" + hex(scalar.value) + "⟩"
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\"", "'": false
    default: !isHidden(scalar)
    }
  }

  /// Controls, embeddings and overrides of direction, isolates, tags, what is no character.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0a, 0x09: false
    case 0..<0x20, 0x7f...0x9f, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029, 0xfff9...0xfffb, 0xfeff,
      0xe0000...0xe007f:
      true
    default: scalar.value & 0xfffe == 0xfffe || (0xfdd0...0xfdef).contains(scalar.value)
    }
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

/// Escapes what templates put into pages.
struct SafeTextContent: MustacheContentType {
  func escapeText(_ text: String) -> String { SafeText.escaped(text) }
}

/// Text cut for lists.
enum Cut {
  /// The most that a list shows of a text.
  static let inLists = 160
  /// The most that a page shows of one.
  static let inPages = 4_000

  /// The text, or its beginning with an ellipsis. Counted in characters of Unicode: what a reader takes for one can be
  /// of any length.
  static func text(_ text: String, to countMax: Int) -> String {
    let scalars = text.unicodeScalars
    // A text that is short in bytes need not be counted.
    guard text.utf8.count > countMax,
      let end = scalars.index(
        scalars.startIndex, offsetBy: countMax, limitedBy: scalars.endIndex), end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}

/// Addresses from the record.
package enum SafeLink {
  /// The address, if it is one that a page may lead to: http or https, with a host, without characters that have no place
  /// in an address. All else is shown as text.
  package static func address(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 2_000,
      let scheme = ["https://", "http://"].first(where: { isPrefix($0, of: bytes) })
    else { return nil }
    let rest = bytes.dropFirst(scheme.utf8.count)
    let host = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
    // Who stands before an @ is not who is called.
    guard let first = host.first, isLetterOrDigit(first),
      !host.contains(UInt8(ascii: "@")), rest.allSatisfy(canStand)
    else { return nil }
    return text
  }

  private static func isPrefix(_ scheme: String, of bytes: [UInt8]) -> Bool {
    bytes.prefix(scheme.utf8.count).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
      .elementsEqual(scheme.utf8)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      || byte > 0x7f
  }

  private static func canStand(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7f && !"\"'<>\\^`{|}".utf8.contains(byte)
  }
}
