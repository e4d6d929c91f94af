// Text in pictures: what may stand in XML, how wide it is at most, and how it is cut to fit.

/// What is done to words before they stand in a picture.
///
/// Labels come from whoever wrote the events, so everything is taken as hostile: characters that XML 1.0 (section 2.2)
/// does not allow, and the invisible ones that turn the direction of what stands around them, are left out.
enum SVGText {
  /// The text as it may stand between tags and in attributes, cleaned.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in clean(text, lengthMaxScalars: textLengthMaxScalars).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text without what cannot or should not be seen: white space is one space, controls and formatting are gone.
  /// Joiners stay, because scripts need them.
  static func clean(_ text: String, lengthMaxScalars: Int = labelLengthMaxScalars) -> String {
    var result = String.UnicodeScalarView()
    var isSpace = true
    for scalar in text.unicodeScalars.prefix(lengthMaxScalars) {
      if scalar.properties.isWhitespace {
        if !isSpace { result.append(" ") }
        isSpace = true
      } else if isKept(scalar) {
        result.append(scalar)
        isSpace = false
      }
    }
    if isSpace, !result.isEmpty { result.removeLast() }
    return String(result)
  }

  /// Whether the first letter with a direction is of a script that runs from right to left.
  static func isRightToLeft(_ text: String) -> Bool {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        if scalar.properties.isAlphabetic { return true }
      default:
        if scalar.properties.isAlphabetic { return false }
      }
    }
    return false
  }

  /// How wide the text is at most in a common sans-serif font, in the unit of the font's size.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance($1) } * size
  }

  /// The text, cut and ended by an ellipsis if it would be wider than `width`; empty if not even one letter fits.
  static func fitted(_ text: String, size: Double, width: Double) -> String {
    let text = clean(text)
    if self.width(text, size: size) <= width { return text }
    var room = width / size - advance("…")
    var result = ""
    for character in text {
      room -= character.unicodeScalars.reduce(0) { $0 + advance($1) }
      if room < 0 { break }
      result.append(character)
    }
    while result.last == " " { result.removeLast() }
    return result.isEmpty ? "" : result + "…"
  }

  /// A label of ten thousand letters helps nobody.
  static let labelLengthMaxScalars = 300
  /// Descriptions, and titles that hold several labels.
  static let textLengthMaxScalars = 4_000

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
    default: true
    }
  }

  /// How far a letter moves the pen, in thousandths of the size: what DejaVu Sans needs, the widest of the usual ones.
  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20, 0x2C, 0x2E, 0x3A, 0x3B, 0xB7: 0.34
    case 0x21, 0x27, 0x28, 0x29, 0x2D, 0x2F, 0x49, 0x4A, 0x5B...0x5D, 0x66, 0x69, 0x6A, 0x6C, 0x72, 0x74: 0.42
    case 0x4D, 0x57, 0x6D, 0x77, 0x25, 0x40, 0x2026, 0x2014: 1.0
    case 0x41...0x5A: 0.75
    case 0x21...0x7E: 0.64
    default: wide(scalar)
    }
  }

  private static func wide(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Latin, Greek, Cyrillic, Hebrew and Arabic letters are narrower than a square; what is written in squares is not.
    return scalar.value < 0x0700 ? 0.8 : 1.05
  }
}
