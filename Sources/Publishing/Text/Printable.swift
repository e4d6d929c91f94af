// Text from outside, made safe to be shown.

/// Text from the ledger, made safe for a terminal: what steers a terminal or turns the direction of writing is shown,
/// not obeyed.
package enum Printable {
  /// One line of text.
  package static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        out.append(" ")
      } else if isUnsafe(scalar) {
        out.append("\\u{\(String(scalar.value, radix: 16))}")
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Text that may have several lines.
  package static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { self.text(String($0)) }.joined(
      separator: "\n")
  }

  /// Whether a character steers a terminal or turns the direction of writing. All such lie below U+10000.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f: true
    case 0x202a...0x202e, 0x2066...0x2069: true  // bidirectional embeddings, overrides and isolates
    default: false
    }
  }
}
