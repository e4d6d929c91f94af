// Streets with house numbers, as they are written in many languages.

/// Recognises addresses.
enum Streets {
  private typealias Word = FoldedText.Word

  /// Whether a text holds a street with a house number. A number that may be a year is taken for one.
  static func isIn(_ text: String) -> Bool {
    if hasEastAsian(FoldedText.plain(text)) { return true }
    let words = FoldedText.tokens(of: text)
    guard words.contains(where: isHouseNumber) else { return false }
    return words.indices.contains { (index: Int) in
      isEnglish(words, at: index) || isFrench(words, at: index) || isTypeFirst(words, at: index)
        || isTypeLast(words, at: index)
    }
  }

  /// 12, 221B, but no year from 1900 to 2099.
  private static func isHouseNumber(_ word: Word) -> Bool {
    let digits = word.text.utf8.prefix(while: \.isDigit)
    let rest = word.text.utf8.dropFirst(digits.count)
    guard (1...5).contains(digits.count), rest.count <= 1, rest.allSatisfy(\.isLowerLetter),
      digits.first != UInt8(ascii: "0")
    else { return false }
    return
      !(digits.count == 4 && rest.isEmpty
      && (digits.starts(with: "19".utf8) || digits.starts(with: "20".utf8)))
  }

  /// Whether two words belong to one address: blanks, a comma, the stop of a short form.
  private static func isJoined(_ word: Word) -> Bool {
    !word.after.isEmpty
      && word.after.unicodeScalars.allSatisfy { " ,.-/#\u{ba}\u{b0}".unicodeScalars.contains($0) }
      && word.after.unicodeScalars.count <= 3
  }

  // MARK: 12 Main Street

  private static let english: Set<String> = [
    "street", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "drive", "court", "crescent",
    "terrace",
    "highway", "hwy", "parkway", "pkwy", "close", "grove", "gardens", "square", "alley", "way", "place",
    "row",
    "mews", "walk", "marg", "nagar", "st", "dr", "ln",
  ]
  private static let englishShort: Set<String> = ["st", "dr"]
  private static let englishPlain: Set<String> = [
    "street", "avenue", "ave", "road", "boulevard", "blvd", "st",
  ]
  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]
  private static let function: Set<String> = [
    "the", "of", "on", "in", "a", "an", "and", "at", "her", "his", "my", "our", "their", "this", "that",
    "from",
    "to", "for", "by", "with", "people", "women", "men", "girls", "days", "years", "hours", "times", "was",
    "were",
    "y", "e", "en", "et", "und", "con", "para", "por", "que", "com", "em", "dans", "avec", "i", "w", "se",
    "como",
    "sur", "le", "os", "as", "mujeres", "personas",
  ]

  private static func isEnglish(_ words: [Word], at index: Int) -> Bool {
    guard isHouseNumber(words[index]), isJoined(words[index]) else { return false }
    for length in 1...4 where index + length + 1 < words.count {
      let type = words[index + length + 1]
      let between = words[(index + 1)...(index + length)]
      guard between.allSatisfy(isJoined) else { return false }
      if between.contains(where: { function.contains($0.text) }) { return false }
      guard english.contains(type.text) else { continue }
      if months.contains(words[index + 1].text) { return false }
      let next = index + length + 2 < words.count ? words[index + length + 2] : nil
      // 3 Rue St Louis, 12 May Dr Ford: a title or a saint, if a name follows.
      if englishShort.contains(type.text), next?.isCapitalised == true, !type.after.contains(",") {
        return false
      }
      let isNamed = between.allSatisfy { $0.isCapitalised || $0.text.utf8.first?.isDigit == true }
      let ends = next == nil || !type.after.allSatisfy { $0 == " " } || next?.isNumber == true
      if isNamed || (englishPlain.contains(type.text) && ends) { return true }
    }
    return false
  }

  // MARK: 12 rue de Rivoli

  private static let french: Set<String> = [
    "rue", "avenue", "boulevard", "bd", "chemin", "impasse", "quai", "ruelle", "faubourg",
  ]
  private static let frenchWithArticle: Set<String> = [
    "place", "cours", "square", "route", "allee", "passage",
  ]

  private static func isFrench(_ words: [Word], at index: Int) -> Bool {
    guard isHouseNumber(words[index]), isJoined(words[index]) else { return false }
    var type = index + 1
    if type < words.count, ["bis", "ter", "quater"].contains(words[type].text) { type += 1 }
    guard type + 1 < words.count, isJoined(words[type]) else { return false }
    if french.contains(words[type].text) { return true }
    return frenchWithArticle.contains(words[type].text)
      && ["de", "du", "des", "la", "le"].contains { words[type + 1].text == $0 }
  }

  // MARK: Calle Mayor 12, ul. Marszałkowska 10

  private static let typeFirst: Set<String> = [
    "calle", "avenida", "avda", "av", "paseo", "carrera", "cra", "kra", "diagonal", "transversal", "pasaje",
    "plaza", "jiron", "jr", "camino", "rua", "travessa", "alameda", "praca", "estrada", "via", "viale",
    "corso",
    "piazza", "vicolo", "ul", "ulica", "ulice", "ulitsa", "aleja", "jalan", "jl", "rue", "boulevard", "улица",
    "ул",
    "проспект", "пр", "переулок", "шоссе", "вулиця", "вул", "شارع", "carrer", "strada", "str", "bulevar",
    "bulevardul", "rruga", "odos",
  ]
  /// Short or common words: only as a name, with a capital.
  private static let typeFirstNamed: Set<String> = ["via", "corso", "pr", "str", "jr", "camino", "plaza"]
  private static let number: Set<String> = [
    "no", "nr", "n", "num", "numero", "nro", "d", "дом", "д", "house",
  ]

  private static func isTypeFirst(_ words: [Word], at index: Int) -> Bool {
    let type = words[index]
    guard typeFirst.contains(type.text), type.isCapitalised || !typeFirstNamed.contains(type.text) else {
      return false
    }
    guard isJoined(type) else { return false }
    // Calle 7 # 12-34: streets without names.
    if index + 2 < words.count, words[index + 1].after.contains("#"), words[index + 1].isNumber,
      isHouseNumber(words[index + 2])
    {
      return true
    }
    for length in 1...5 where index + length + 1 < words.count {
      let between = words[(index + 1)...(index + length)]
      guard between.allSatisfy(isJoined), !between.contains(where: { function.contains($0.text) }) else {
        return false
      }
      let house = words[index + length + 1]
      let hasName = between.contains { !$0.isNumber && !number.contains($0.text) && $0.text != "de" }
      if hasName, isHouseNumber(house), !isDayOfName(words, at: index + length + 1) { return true }
    }
    return false
  }

  /// Avenida 9 de Julio: the number is the street's name.
  private static func isDayOfName(_ words: [Word], at index: Int) -> Bool {
    index + 1 < words.count && ["de", "di", "of"].contains(words[index + 1].text)
  }

  // MARK: Hauptstraße 5, Kossuth utca 5

  /// Ends of words, and how many letters must come before.
  private static let suffixes = [
    "strasse", "gasse", "straat", "gracht", "gatan", "vagen", "veien", "plein", "platz", "weg", "allee",
    "ufer",
    "damm", "laan", "kade", "gade", "vej", "katu", "gata", "gaten", "stieg", "steig",
  ]
  private static let typeLast: Set<String> = [
    "strasse", "str", "allee", "platz", "ufer", "utca", "caddesi", "cad", "sokak", "sokagi", "sok", "straat",
    "laan",
    "weg", "ring", "damm", "katu",
  ]
  private static let noStreets: Set<String> = [
    "arbeitsplatz", "ausweg", "umweg", "parkplatz", "spielplatz", "marktplatz", "heimweg", "rechtsweg",
    "sitzplatz",
    "schulweg", "bundesstrasse", "datenschutzplatz",
  ]

  private static func isTypeLast(_ words: [Word], at index: Int) -> Bool {
    let word = words[index]
    var house = index + 1
    let isPlain = ["utca", "strasse", "straat", "caddesi", "sokak"].contains(word.text)
    guard house < words.count, isJoined(word), word.isCapitalised || isPlain else { return false }
    if number.contains(words[house].text), house + 1 < words.count { house += 1 }
    guard isHouseNumber(words[house]), !isDecimal(words, at: house) else { return false }
    if typeLast.contains(word.text) {
      return index > 0 && words[index - 1].isCapitalised && !words[index - 1].isNumber
        && isJoined(words[index - 1])
    }
    if noStreets.contains(word.text) { return false }
    if word.text.hasSuffix("str"), word.text.utf8.count >= 6, word.after.hasPrefix(".") { return true }
    return suffixes.contains { word.text.hasSuffix($0) && word.text.utf8.count >= $0.utf8.count + 3 }
  }

  /// 4.0 is a version, no house.
  private static func isDecimal(_ words: [Word], at index: Int) -> Bool {
    words[index].after == "." && index + 1 < words.count && words[index + 1].isNumber
  }

  // MARK: 南京路100号

  private static func hasEastAsian(_ text: Scalars) -> Bool {
    for index in text.indices where text[index].isASCIIDigit && (index == 0 || !text[index - 1].isASCIIDigit)
    {
      let before = text[..<index].last { $0 != " " }
      let digits = text[index...].prefix { $0.isASCIIDigit || $0 == "-" }
      let after = text[(index + digits.count)...].first { $0 != " " }
      guard (1...9).contains(digits.count), let after else { continue }
      if "号號".unicodeScalars.contains(after), before.map({ "路街巷弄道里同村段".unicodeScalars.contains($0) }) == true
      {
        return true
      }
      if after == "丁", text[(index + digits.count)...].dropFirst().first == "目" { return true }
    }
    return false
  }
}
