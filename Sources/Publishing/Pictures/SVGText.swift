// Text in pictures: what may stand in XML, how wide it is at most, and how it is cut to fit.

/// What is done to words before they stand in a picture.
///
/// Labels come from whoever wrote the events, so everything is taken as hostile: characters that XML 1.0 (section 2.2)
/// does not allow, and the invisible ones that turn the direction of what stands around them, are left out.
package enum SVGText {
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
  package static func width(_ text: String, size: Double) -> Double {
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

  /// The text on two lines at most, parted at a space where there is one; the second is cut to fit.
  static func wrapped(_ text: String, size: Double, width: Double) -> [String] {
    let text = clean(text)
    if self.width(text, size: size) <= width { return [text] }
    var room = width / size
    var end = text.startIndex
    for index in text.indices {
      room -= text[index].unicodeScalars.reduce(0) { $0 + advance($1) }
      if room < 0 { break }
      end = text.index(after: index)
    }
    guard end > text.startIndex else { return [] }
    if let space = text[..<end].lastIndex(of: " "), space > text.startIndex { end = space }
    let rest = fitted(String(text[end...]), size: size, width: width)
    return [clean(String(text[..<end]))] + (rest.isEmpty ? [] : [rest])
  }

  /// A stage as it is read: `in force`.
  static func stage(_ name: String) -> String {
    String(name.map { $0 == "-" ? " " : $0 })
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

  /// How far a letter moves the pen, in parts of the size: what DejaVu Sans takes, the widest of the usual fonts.
  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    let index = Int(scalar.value) - 0x20
    if advances.indices.contains(index) { return Double(advances[index]) / 100 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Letters of alphabets are narrower than a square, on average; what is written in squares is not.
    return scalar.value < 0x0700 ? 0.75 : 1.02
  }

  /// Of the printable ASCII characters from the space on, in hundredths, rounded up.
  private static let advances: [UInt8] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69,
    99, 69, 62,
    69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53,
    40, 64, 60,
    82, 60, 60, 53, 64, 34, 64, 84,
  ]
}
