// The bytes that mean something in JSON, by name, and comparisons of byte runs that every part shares.

extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let point: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
  static let colon: UInt8 = 0x3A
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D

  @inline(__always)
  var isDigit: Bool { self &- .zero <= 9 }

  @inline(__always)
  var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }

  /// The value of a hexadecimal digit in either case, or nil.
  var hexDigitValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self - 0x30)
    case 0x41...0x46: UInt32(self - 0x41 + 10)
    case 0x61...0x66: UInt32(self - 0x61 + 10)
    default: nil
    }
  }
}

/// A run of bytes, read in place.
typealias ByteRun = UnsafeBufferPointer<UInt8>

/// Eight bytes at an address, the first one in the lowest bits whatever the machine. All eight must be readable.
@inline(__always)
func loadWord(_ address: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(address).loadUnaligned(as: UInt64.self))
}

/// Whether two runs hold the same bytes. (`elementsEqual` goes byte by byte; keys are compared in the hot path.)
@inline(__always)
func sameBytes(_ a: ByteRun, _ b: ByteRun) -> Bool {
  let count = a.count
  guard count == b.count else { return false }
  guard count > 0, let a = a.baseAddress, let b = b.baseAddress else { return true }
  var i = 0
  while i &+ 8 <= count {
    if loadWord(a + i) != loadWord(b + i) { return false }
    i &+= 8
  }
  while i < count {
    if a[i] != b[i] { return false }
    i &+= 1
  }
  return true
}

/// Whether the text in `a` comes before that in `b` in the order of RFC 8785, section 3.2.3: by UTF-16 code unit.
///
/// Both runs are well-formed UTF-8. Their byte order is that of their code points, and so that of UTF-16 too, but
/// for one thing: characters above U+FFFF (lead bytes F0 to F4) are written in UTF-16 with units D800 to DFFF, and
/// thus come before U+E000 to U+FFFF (lead bytes EE and EF). Two runs can only differ first in lead bytes, or in
/// the continuation bytes after equal lead bytes, whose order is the same in both encodings.
func precedesInUTF16(_ a: ByteRun, _ b: ByteRun) -> Bool {
  let common = min(a.count, b.count)
  var i = 0
  while i < common {
    if a[i] != b[i] { return utf16Weight(a[i]) < utf16Weight(b[i]) }
    i &+= 1
  }
  return a.count < b.count
}

@inline(__always)
private func utf16Weight(_ byte: UInt8) -> UInt8 {
  byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
}

/// Whether the text of `a` comes before that of `b` by UTF-16 code unit.
func precedesInUTF16(_ a: String, _ b: String) -> Bool {
  withUTF8Bytes(of: a) { a in withUTF8Bytes(of: b) { b in precedesInUTF16(a, b) } }
}

/// Whether two strings have the same bytes; `==` would hold composed and decomposed é for equal.
func sameBytes(_ a: String, _ b: String) -> Bool {
  withUTF8Bytes(of: a) { a in withUTF8Bytes(of: b) { b in sameBytes(a, b) } }
}

/// Lends the UTF-8 bytes of a string.
@inline(__always)
func withUTF8Bytes<Result>(of string: String, _ body: (ByteRun) -> Result) -> Result {
  var string = string
  return string.withUTF8(body)
}
