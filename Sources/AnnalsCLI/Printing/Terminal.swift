// What the terminal is like: how wide, whether it has colours, how wide a text is on it.

import Foundation

/// The terminal.
enum Terminal {
  /// The width of stdout in columns: COLUMNS, else the terminal's. Nothing is cut where stdout is no terminal.
  static var width: Int {
    if let told = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), told >= 20 {
      return told
    }
    var size = winsize()
    guard isatty(1) == 1 else { return .max }
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether colours are wanted and can be shown.
  static var hasColors: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(1) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Whether stderr is a terminal, where a progress line can be drawn over and over.
  static var showsProgress: Bool { isatty(2) == 1 }

  /// How many columns a text takes: two for East Asian wide characters and emoji, none for combining marks.
  static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

  /// Cuts a text to a number of columns, with an ellipsis if something is lost.
  static func cut(_ text: String, to columnsMax: Int) -> String {
    guard columns(text) > columnsMax else { return text }
    var out = ""
    var used = 0
    for character in text {
      let width = columns(character)
      if used + width > columnsMax - 1 { break }
      out.append(character)
      used += width
    }
    return out + "…"
  }

  private static func columns(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let value = first.value
    if value < 0x300 { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // East Asian Wide and Fullwidth blocks (Unicode Standard Annex 11), and emoji shown as pictures.
    switch value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
      0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe4f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
      0x1f900...0x1f9ff, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}
