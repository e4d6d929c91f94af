// Texts as they are compared where case, accents and forms of writing must not matter.

internal import Foundation

/// Brings texts into one form for comparing and recognising. What comes out is never stored or shown.
enum FoldedText {
  /// A word: letters and digits that stand together.
  struct Word: Sendable {
    /// Lower case, without accents, digits as 0-9.
    let text: String
    /// Whether it begins with a capital, or belongs to a script that has none.
    let isCapitalised: Bool
    /// What stands between it and the next word.
    let after: String

    /// Whether it is a whole number.
    var isNumber: Bool { text.utf8.allSatisfy(\.isDigit) }
  }

  /// The words of a text, as they are compared.
  static func words(of text: String) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      // By far the most texts, and without the detour over Unicode's tables.
      return text.utf8.split { !($0.isDigit || ($0 | 0x20).isLowerLetter) }.map { word in
        String(decoding: word.map { $0.isDigit ? $0 : $0 | 0x20 }, as: UTF8.self)
      }
    }
    return tokens(of: text).map(\.text)
  }

  /// The words of a text with what stands between them.
  static func tokens(of text: String) -> [Word] {
    var words: [Word] = []
    var word: [Unicode.Scalar] = []
    var isCapitalised = false
    var separator = ""
    func end() {
      guard !word.isEmpty else { return }
      var folded = String.UnicodeScalarView()
      for scalar in word { folded.append(contentsOf: lowered(scalar)) }
      words.append(Word(text: String(folded), isCapitalised: isCapitalised, after: ""))
      word = []
    }
    func closeSeparator() {
      guard !separator.isEmpty, let last = words.popLast() else { return separator = "" }
      words.append(Word(text: last.text, isCapitalised: last.isCapitalised, after: separator))
      separator = ""
    }
    for scalar in plain(text) {
      if scalar.isWordPart {
        if word.isEmpty {
          closeSeparator()
          isCapitalised =
            scalar.isASCII ? !("a"..."z").contains(scalar) : !scalar.properties.isLowercase
        }
        word.append(scalar)
      } else if isApostrophe(scalar), !word.isEmpty {
        continue
      } else {
        end()
        separator.unicodeScalars.append(scalar)
      }
    }
    end()
    closeSeparator()
    return words
  }

  /// The scalars of a text, decomposed, without accents and what does not show; digits of every script as 0-9, forms
  /// of width, of dashes and of blanks as one.
  static func plain(_ text: String) -> [Unicode.Scalar] {
    // By far the most texts, and there is nothing to fold in them.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.unicodeScalars) }
    return folded(text)
  }

  /// The same by Unicode's tables, whatever the text.
  private static func folded(_ text: String) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      let properties = scalar.properties
      if isAccent(properties) || properties.isDefaultIgnorableCodePoint { continue }
      if properties.numericType == .decimal, let value = properties.numericValue,
        let digit = Unicode.Scalar(UInt32(value) + 0x30)
      {
        scalars.append(digit)
      } else if properties.generalCategory == .dashPunctuation || scalar.value == 0x2212 {
        scalars.append("-")
      } else if properties.generalCategory == .spaceSeparator {
        scalars.append(" ")
      } else {
        scalars.append(scalar)
      }
    }
    return scalars
  }

  /// A scalar in lower case; letters that decompose into nothing as those by which they are written without them.
  static func lowered(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    switch scalar {
    case "ł", "Ł": "l".unicodeScalars
    case "ø", "Ø": "o".unicodeScalars
    case "đ", "Đ", "ð", "Ð": "d".unicodeScalars
    case "ı": "i".unicodeScalars
    case "ß", "ẞ": "ss".unicodeScalars
    case "æ", "Æ": "ae".unicodeScalars
    case "œ", "Œ": "oe".unicodeScalars
    case "þ", "Þ": "th".unicodeScalars
    default: scalar.properties.lowercaseMapping.unicodeScalars
    }
  }

  /// Marks above and below letters. Vowel signs of scripts that write vowels so are none.
  private static func isAccent(_ properties: Unicode.Scalar.Properties) -> Bool {
    properties.generalCategory == .nonspacingMark && properties.canonicalCombiningClass.rawValue > 9
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "\u{2019}" || scalar == "\u{02bc}"
  }
}
