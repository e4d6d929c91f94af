// Base64 and hexadecimal digits, strictly: each value has one spelling.

/// Base64 of RFC 4648, section 4: padded, without line breaks, and with zero bits behind the last byte.
///
/// Foundation's decoder takes any bits there, and so lets two texts stand for one value.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var pending: UInt32 = 0
    var pendingBits = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      pendingBits += 8
      while pendingBits >= 6 {
        pendingBits -= 6
        text.append(digits[Int(pending >> UInt32(pendingBits) & 63)])
      }
      pending &= 63
    }
    if pendingBits > 0 {
      text.append(digits[Int(pending << UInt32(6 - pendingBits) & 63)])
    }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes, or nothing where the text is not the one spelling of any.
  static func decode(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
    let count = text.count
    guard count % 4 == 0 else { return nil }
    let body = text.suffix(2).allSatisfy { $0 == UInt8(ascii: "=") } ? text.dropLast(2) : dropOnePad(text)
    let padding = count - body.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count / 4 * 3)
    var pending: UInt32 = 0
    var pendingBits = 0
    for digit in body {
      guard let value = value(of: digit) else { return nil }
      pending = pending << 6 | value
      pendingBits += 6
      if pendingBits >= 8 {
        pendingBits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingBits)))
        pending &= (1 << UInt32(pendingBits)) - 1
      }
    }
    // Two digits and "==" leave 4 bits, three and "=" leave 2, four leave none: they must be zero.
    guard pending == 0, pendingBits == padding * 2 else { return nil }
    return bytes
  }

  private static func dropOnePad<Text: BidirectionalCollection<UInt8>>(_ text: Text) -> Text.SubSequence {
    text.last == UInt8(ascii: "=") ? text.dropLast(1) : text[...]
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

/// Bytes as pairs of hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: some Collection<UInt8>, lowerCaseOnly: Bool) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var high: UInt8?
    for digit in text {
      guard let value = value(of: digit, lowerCaseOnly: lowerCaseOnly) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  private static func value(of digit: UInt8, lowerCaseOnly: Bool) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F") where !lowerCaseOnly: digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Numbers as the formats write them: decimal digits of ASCII, without sign and without leading zeros.
enum Decimal {
  /// The number, or nothing for any other spelling and for numbers from 2^64 on.
  static func decode(_ text: some Collection<UInt8>) -> UInt64? {
    guard let first = text.first, first != UInt8(ascii: "0") || text.count == 1 else { return nil }
    var number: UInt64 = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, carries) = shifted.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !overflows, !carries else { return nil }
      number = sum
    }
    return number
  }
}
