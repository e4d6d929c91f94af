// Recognising what looks like personal data in a text. It errs on the side of asking: an archivist can say that it is
// meant, but what stands in the log stays there.

/// What a text seems to hold of a person.
public enum PersonalData: String, Sendable, CaseIterable {
  /// An e-mail address.
  case email
  /// A phone number.
  case phone
  /// The name of an account with a social network.
  case handle
  /// A street with a house number, or coordinates.
  case address
  /// A name that is sealed in some event of the ledger.
  case name

  /// What it is, for people.
  public var words: String {
    switch self {
    case .email: "an e-mail address"
    case .phone: "a phone number"
    case .handle: "the name of an account with a social network"
    case .address: "an exact address"
    case .name: "a name that is sealed elsewhere"
    }
  }

  /// What a text seems to hold, names apart: these are known only to who has the vault.
  ///
  /// - Parameter text: one value, such as a note or the address of a source.
  /// - Returns: the kinds, each once, in the order of ``allCases``.
  public static func found(in text: String) -> [PersonalData] {
    guard mayHoldAny(text) else { return [] }
    let scalars = FoldedText.plain(text)
    var found: [PersonalData] = []
    if Accounts.hasEmail(scalars) { found.append(.email) }
    if PhoneNumbers.isIn(scalars) { found.append(.phone) }
    if Accounts.hasHandle(scalars) { found.append(.handle) }
    if Coordinates.isIn(scalars) || Streets.isIn(text) { found.append(.address) }
    return found
  }

  /// The e-mail addresses and phone numbers alone, at the price of a glance where there are none.
  static func contacts(in text: String) -> [PersonalData] {
    guard mayHoldContacts(text) else { return [] }
    let scalars = FoldedText.plain(text)
    var found: [PersonalData] = []
    if text.utf8.contains(UInt8(ascii: "@")), Accounts.hasEmail(scalars) { found.append(.email) }
    if PhoneNumbers.isIn(scalars) { found.append(.phone) }
    return found
  }

  /// The glance: whether ``contacts(in:)`` has to look.
  static func mayHoldContacts(_ text: String) -> Bool {
    var digits = 0
    for byte in text.utf8 {
      if byte.isDigit { digits += 1 }
      if byte == UInt8(ascii: "@") { return true }
    }
    return digits >= 7 && PhoneNumbers.mayBeIn(text)
  }

  /// Without a digit, an at sign, or a colon or a stop that ends the name of a network, there is nothing to look for.
  /// Nor in one word of ASCII letters and digits, such as the random name of a sealed testimony, of which each event of
  /// an import has another: whatever is looked for is all digits, or has signs or blanks in it.
  private static func mayHoldAny(_ text: String) -> Bool {
    var hasMark = false
    var hasLetter = false
    var isOneWord = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasMark = true
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): hasLetter = true
      case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
        UInt8(ascii: "/"), 0x80...:
        hasMark = true
        isOneWord = false
      default: isOneWord = false
      }
    }
    return hasMark && !(isOneWord && hasLetter)
  }
}

/// Text as the recognisers go over it.
typealias Scalars = [Unicode.Scalar]

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  /// A letter or digit of any script.
  var isWordPart: Bool {
    value < 0x80 ? isASCIIDigit || isASCIILetter : properties.isAlphabetic || properties.numericType != nil
  }
}
