// Hexadecimal and base64url, byte by byte: formatting through strings costs a hundred times as much.

/// Lower-case hexadecimal (RFC 4648, section 8, in lower case).
public enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two lower-case digits a byte.
  public static func lowercase(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of lower-case hexadecimal digits; nil for anything else.
  public static func bytes(_ digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var out: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard digit.isHexDigit else { return nil }
      let value = digit.isDigit ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
      if let first = high {
        out.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return out
  }
}

/// Base64 for URLs without padding (RFC 4648, section 5), as RFC 9901 uses it.
public enum Base64URL {
  private static let alphabet: [UInt8] = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Encodes bytes without padding.
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: encodedBytes(bytes), as: UTF8.self)
  }

  /// The same as bytes.
  static func encodedBytes(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.withContiguousStorageIfAvailable(encoded) ?? Array(bytes).withUnsafeBufferPointer(encoded)
  }

  /// Three bytes at a time into memory of the right size: a sealed event has nine disclosures, each encoded twice.
  private static func encoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let (triples, rest) = bytes.count.quotientAndRemainder(dividingBy: 3)
    let count = triples * 4 + (rest == 0 ? 0 : rest + 1)
    return alphabet.withUnsafeBufferPointer { alphabet in
      [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
        func put(_ bits: UInt32, characters: Int, at index: Int) {
          for place in 0..<characters {
            out[index + place] = alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]
          }
        }
        for triple in 0..<triples {
          let start = triple * 3
          let bits = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
          put(bits, characters: 4, at: triple * 4)
        }
        if rest > 0 {
          let start = triples * 3
          let second = rest == 2 ? UInt32(bytes[start + 1]) << 8 : 0
          put(UInt32(bytes[start]) << 16 | second, characters: rest + 1, at: triples * 4)
        }
        initialized = count
      }
    }
  }

  /// The bytes that were encoded; nil for what ``encode(_:)`` never writes: padding, other characters, a length or
  /// last bits that no bytes give.
  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(text.count * 3 / 4)
    var pending: UInt32 = 0
    var pendingBits: UInt32 = 0
    for character in text {
      guard let value = value(of: character) else { return nil }
      pending = (pending << 6 | value) & 0xffff
      pendingBits += 6
      if pendingBits >= 8 {
        pendingBits -= 8
        out.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
      }
    }
    return pending & ((1 << pendingBits) - 1) == 0 ? out : nil
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
