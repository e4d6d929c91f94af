// Coordinates that tell a place to about a hundred metres or closer.

/// Recognises coordinates.
enum Coordinates {
  /// Whether a text holds a pair of decimal degrees with three decimals or more, a `geo:` address, or degrees with
  /// minutes for latitude and longitude.
  static func isIn(_ text: Scalars) -> Bool {
    hasDecimalPair(text) || degreesWithMinutes(text) >= 2
  }

  private struct Decimal {
    let range: Range<Int>
    let degrees: Int
    let decimals: Int
  }

  private static func hasDecimalPair(_ text: Scalars) -> Bool {
    let numbers = decimals(text)
    for (one, other) in zip(numbers, numbers.dropFirst())
    where one.decimals >= 3 && other.decimals >= 3 && one.degrees <= 180 && other.degrees <= 180
      && min(one.degrees, other.degrees) <= 90
    {
      let between = text[one.range.upperBound..<other.range.lowerBound]
      let isPair = between.allSatisfy { ",; \u{b0}NSEWOnsewo/+-|".unicodeScalars.contains($0) }
      if isPair, (1...6).contains(between.count) { return true }
    }
    return false
  }

  private static func decimals(_ text: Scalars) -> [Decimal] {
    var numbers: [Decimal] = []
    var index = 0
    while index < text.count {
      guard text[index].isASCIIDigit else {
        index += 1
        continue
      }
      let start = index
      while index < text.count, text[index].isASCIIDigit { index += 1 }
      let degrees = String(String.UnicodeScalarView(text[start..<index]))
      guard index + 1 < text.count, text[index] == ".", text[index + 1].isASCIIDigit else { continue }
      index += 1
      let point = index
      while index < text.count, text[index].isASCIIDigit { index += 1 }
      let isPart = start > 0 && (text[start - 1].isWordPart || text[start - 1] == ".")
      let goesOn =
        index < text.count && text[index] == "." && index + 1 < text.count && text[index + 1].isASCIIDigit
      if degrees.utf8.count <= 3, !isPart, !goesOn {
        numbers.append(Decimal(range: start..<index, degrees: Int(degrees) ?? 999, decimals: index - point))
      }
    }
    return numbers
  }

  /// How often degrees with minutes stand in a text: 33°27′.
  private static func degreesWithMinutes(_ text: Scalars) -> Int {
    text.indices.count { index in
      guard text[index] == "\u{b0}" || text[index] == "\u{ba}", index > 0, text[index - 1].isASCIIDigit else {
        return false
      }
      let rest = text[(index + 1)...].drop { $0 == " " }
      let minutes = rest.prefix { $0.isASCIIDigit || $0 == "." }
      let mark = rest.dropFirst(minutes.count).drop { $0 == " " }.first
      return !minutes.isEmpty && mark.map { "'\u{2032}\u{2019}".unicodeScalars.contains($0) } == true
    }
  }
}
