// Phone numbers as they are written in many countries, told apart from dates, numbers of laws and quantities.

/// Recognises phone numbers.
///
/// Digits are taken together with the blanks, dashes, stops, slashes and brackets between them. Dates and years are
/// taken out first. What is left is a phone number if it is written internationally (+ or 00), begins with the 0 of a
/// long-distance call, has its area code in brackets, is grouped as some country groups phone numbers and nobody groups
/// quantities, or stands behind a word such as `phone`.
enum PhoneNumbers {
  /// A group of digits and what stands between it and the next.
  private struct Group {
    var digits: [Unicode.Scalar]
    var after: String = ""
    var count: Int { digits.count }
    var value: Int { Int(String(String.UnicodeScalarView(digits))) ?? 0 }
  }

  /// Whether a text holds a phone number.
  static func isIn(_ text: Scalars) -> Bool {
    guard text.count(where: \.isASCIIDigit) >= 6 else { return false }
    let lower = String(String.UnicodeScalarView(text)).lowercased()
    if ["tel:+", "wa.me/", "phone=", "tel:0"].contains(where: { hasDigits(after: $0, in: lower) }) {
      return true
    }
    let visible = withoutAddresses(text)
    var index = 0
    while index < visible.count {
      guard isStart(at: index, in: visible) else {
        index += 1
        continue
      }
      let end = self.end(of: index, in: visible)
      if isPhone(visible, index..<end) { return true }
      index = max(end, index + 1)
    }
    return false
  }

  /// Whether a text may hold a phone number, at the price of one look at each byte: false only where ``isIn(_:)`` is
  /// false. The numbers of journals, pages and laws are apart from each other, and too short.
  static func mayBeIn(_ text: String) -> Bool {
    var run = 0
    var hasSix = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        run += 1
        if run >= 7 { return true }
      // What may stand within a number.
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "+"):
        continue
      // Other scripts have digits of their own, and what does not show is taken out before numbers are looked for.
      case 0x80..., ..<0x20, 0x7f: return true
      default:
        if run == 6 { hasSix = true }
        run = 0
      }
    }
    // Six digits are a number only behind a word such as `phone`: those of a journal's issue are met again and again.
    return (hasSix || run == 6) && mayHoldLabel(text)
  }

  /// Whether a text of ASCII may hold one of the words that stand before phone numbers: as a part of another word too,
  /// and written with an apostrophe, which are both more than ``isIn(_:)`` takes for one.
  private static func mayHoldLabel(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
      for start in text.indices {
        if text[start] == UInt8(ascii: "'") { return true }
        for label in labelBytes where text.count - start >= label.count {
          if label.indices.allSatisfy({ text[start + $0] | 0x20 == label[$0] }) { return true }
        }
      }
      return false
    }
  }

  /// Of the words of ASCII those that hold no other, and what stands before a number in an address.
  private static let labelBytes: [[UInt8]] = {
    let words = (phoneLabels + ["wa.me"]).filter { $0.utf8.allSatisfy { $0 < 0x80 } }
    return words.filter { word in !words.contains { $0 != word && word.contains($0) } }.map { Array($0.utf8) }
  }()

  private static func hasDigits(after mark: String, in text: String) -> Bool {
    guard let range = text.firstRange(of: mark) else { return false }
    return text[range.upperBound...].unicodeScalars.prefix { $0.isASCIIDigit || $0 == "+" || $0 == "-" }
      .count(where: \.isASCIIDigit) >= 6
  }

  /// Web addresses have numbers of their own.
  private static func withoutAddresses(_ text: Scalars) -> Scalars {
    var visible = text
    var index = 0
    while index + 4 < visible.count {
      let rest = visible[index...]
      let isAddress =
        rest.starts(with: "http".unicodeScalars) || rest.starts(with: "www.".unicodeScalars)
        || rest.starts(with: "doi:".unicodeScalars)
      guard isAddress, index == 0 || !visible[index - 1].isWordPart else {
        index += 1
        continue
      }
      while index < visible.count, visible[index] != " ", visible[index] != "\n" {
        visible[index] = "\u{1}"
        index += 1
      }
    }
    return visible
  }

  // MARK: Runs of digits

  private static func isStart(at index: Int, in text: Scalars) -> Bool {
    guard text[index].isASCIIDigit || text[index] == "+" || text[index] == "(" else { return false }
    guard index > 0 else { return true }
    let before = text[index - 1]
    return !before.isWordPart && !"_#@$€£¥₹".unicodeScalars.contains(before)
      && !(text[index].isASCIIDigit && ".,/-:".unicodeScalars.contains(before) && index > 1
        && text[index - 2].isWordPart)
  }

  /// The end of the run that begins at an index: digits, each at most two signs and one blank apart.
  private static func end(of start: Int, in text: Scalars) -> Int {
    var end = start
    var index = start
    var signs = 0
    var blanks = 0
    while index < text.count {
      let scalar = text[index]
      if scalar.isASCIIDigit {
        index += 1
        end = index
        signs = 0
        blanks = 0
        continue
      }
      if scalar == "+" && index > start { break }
      blanks += scalar == " " ? 1 : 0
      signs += 1
      guard " -./()+".unicodeScalars.contains(scalar), signs <= 3, blanks <= 2 else { break }
      index += 1
    }
    return end
  }

  private static func isPhone(_ text: Scalars, _ range: Range<Int>) -> Bool {
    var range = range
    // A letter behind the digits makes them part of something else; the group that it ends is left out.
    if range.upperBound < text.count {
      let next = text[range.upperBound]
      if next.isWordPart || next == "_" || next == "%" || next == "°" {
        while let last = range.last, text[last].isASCIIDigit { range = range.lowerBound..<last }
      }
    }
    guard !range.isEmpty else { return false }
    let isInternational = text[range.lowerBound] == "+"
    let groups = groups(text[range])
    let label = label(before: range.lowerBound, in: text)
    if isInternational { return isInternationalNumber(groups) }
    if label == .other { return false }
    return withoutDates(groups).contains { part in
      label == .phone && (6...15).contains(part.reduce(0) { $0 + $1.count })
        || isNational(part, hasBrackets: text[range].contains("("))
    }
  }

  private static func groups(_ text: ArraySlice<Unicode.Scalar>) -> [Group] {
    var groups: [Group] = []
    for scalar in text {
      if scalar.isASCIIDigit {
        if groups.last?.after.isEmpty == true {
          groups[groups.count - 1].digits.append(scalar)
        } else {
          groups.append(Group(digits: [scalar]))
        }
      } else if !groups.isEmpty {
        groups[groups.count - 1].after.unicodeScalars.append(scalar)
      }
    }
    return groups
  }

  // MARK: What is no phone number

  /// The groups without dates and years, in the parts that are left between them.
  private static func withoutDates(_ groups: [Group]) -> [[Group]] {
    var parts: [[Group]] = [[]]
    var index = 0
    while index < groups.count {
      let length = lengthOfDate(groups[index...])
      if length > 0 {
        index += length
        parts.append([])
      } else {
        parts[parts.count - 1].append(groups[index])
        index += 1
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  private static func lengthOfDate(_ groups: ArraySlice<Group>) -> Int {
    let three = Array(groups.prefix(3))
    if three.count == 3, three[0].after == three[1].after, ["-", ".", "/", ". "].contains(three[0].after) {
      let (a, b, c) = (three[0], three[1], three[2])
      if isYear(a), isMonth(b), isDay(c) { return 3 }
      if (isDay(a) && isMonth(b) || isMonth(a) && isDay(b)) && (isYear(c) || c.count == 2) { return 3 }
    }
    let two = Array(groups.prefix(2))
    if two.count == 2, isYear(two[0]),
      isYear(two[1]) || isMonth(two[1]) && two[0].after == "-" && groups.count == 2
    {
      return 2
    }
    return 0
  }

  private static func isYear(_ group: Group) -> Bool {
    group.count == 4 && (1_700...2_199).contains(group.value)
  }
  private static func isMonth(_ group: Group) -> Bool { group.count <= 2 && (1...12).contains(group.value) }
  private static func isDay(_ group: Group) -> Bool { group.count <= 2 && (1...31).contains(group.value) }

  /// Thousands: every group but the first has three digits, and one sign stands between all.
  private static func isQuantity(_ groups: [Group]) -> Bool {
    guard let first = groups.first, first.count <= 3, first.digits[0] != "0" else { return false }
    let marks = Set(groups.dropLast().map(\.after))
    return groups.dropFirst().allSatisfy { $0.count == 3 } && marks.count <= 1
      && marks.isSubset(of: [" ", "."])
  }

  private enum Label { case phone, other }

  private static let phoneLabels: Set<String> = [
    "tel", "telefon", "telefono", "telefone", "telephone", "tlf", "tfno", "fono", "phone", "mobile", "mobil",
    "mob",
    "cell", "cel", "celular", "movil", "handy", "portable", "gsm", "fax", "whatsapp", "viber", "hotline",
    "sms",
    "rufnummer", "telefonnummer", "cellphone", "тел", "телефон", "моб", "هاتف", "电话", "電話", "手机", "手機",
    "携帯", "전화", "फोन",
  ]

  private static let otherLabels: Set<String> = [
    "isbn", "issn", "doi", "ley", "law", "lei", "loi", "legge", "gesetz", "act", "art", "article", "articulo",
    "section", "bill", "decree", "decreto", "case", "docket", "resolution", "resolucion", "boletin", "rol",
    "expediente", "exp", "caso", "causa", "proceso", "processo", "id", "ref", "page", "pages", "pp", "vol",
    "doc",
    "document", "celex", "no", "nr", "num", "numero", "number", "ecli", "pl", "rg", "az", "№", "oclc", "lccn",
    "pmid", "usd", "eur", "clp", "§",
  ]

  /// What the word before a run says of it. `No.` and the like are passed over once: they stand before both.
  private static func label(before start: Int, in text: Scalars) -> Label? {
    let words = FoldedText.tokens(of: String(String.UnicodeScalarView(text[max(0, start - 40)..<start])))
    let last = words.suffix(2).reversed().filter { word in
      word.after.unicodeScalars.allSatisfy { " :.=-(#º°/".unicodeScalars.contains($0) }
    }
    guard let word = last.first?.text else { return nil }
    if phoneLabels.contains(word) { return .phone }
    let isNumber = ["no", "nr", "num", "numero", "number"].contains(word)
    if isNumber, last.count > 1, phoneLabels.contains(last[1].text) { return .phone }
    return otherLabels.contains(word) ? .other : nil
  }

  // MARK: What is one

  private static func isInternationalNumber(_ groups: [Group]) -> Bool {
    let count = groups.reduce(0) { $0 + $1.count }
    guard (8...15).contains(count), groups[0].digits[0] != "0" else { return false }
    // +10 000 000 is a quantity.
    return !(isQuantity(groups) && groups.count > 1 && groups.last.map { $0.value == 0 } == true)
  }

  private static func isNational(_ groups: [Group], hasBrackets: Bool) -> Bool {
    let count = groups.reduce(0) { $0 + $1.count }
    let sizes = groups.map(\.count)
    guard let first = groups.first, let last = groups.last, (7...15).contains(count) else { return false }
    let digits = groups.flatMap(\.digits)
    if digits.starts(with: "00".unicodeScalars) { return digits[2] != "0" && count >= 10 }
    // Groups that end in one digit are those of book numbers and the like.
    if last.count == 1 { return false }
    if first.digits[0] == "0" { return first.count >= 2 && (9...12).contains(count) }
    // An area code in brackets.
    if hasBrackets, first.after.contains(")"), !isYear(first), (2...5).contains(first.count),
      (8...12).contains(count)
    {
      return true
    }
    if isQuantity(groups) { return false }
    switch sizes {
    // China's mobile phones; India's.
    case [11]: return first.digits[0] == "1" && ("3"..."9").contains(first.digits[1])
    case [3, 4, 4], [5, 5]: return ("1"..."9").contains(first.digits[0])
    // North America.
    case [3, 3, 4], [1, 3, 3, 4]: return true
    // Mexico, Chile, Brazil, Singapore with its area, Peru.
    case [2, 4, 4], [1, 4, 4], [2, 5, 4], [2, 3, 4]: return true
    // Denmark, Norway.
    case [2, 2, 2, 2]: return true
    default:
      return groups.count >= 4 && (9...11).contains(count) && sizes.allSatisfy { $0 <= 4 }
        && (first.count > 1 || sizes.dropFirst() == [3, 3, 2, 2][...]
          || sizes.dropFirst() == [2, 2, 2, 2][...]
          || sizes.dropFirst() == [3, 3, 4][...])
    }
  }
}
