// The id of an event: the client's own, or a UUIDv7 (RFC 9562) made by the ledger; and its 16 bytes for the index.

internal import Crypto

/// The id of an event, unique in its ledger for ever.
public struct EventID: Sendable, Hashable, CustomStringConvertible {
  /// The longest id, in bytes.
  public static let lengthMaxBytes = 200

  /// The id as the client gave it, or the UUID in lower case.
  public let text: String

  /// Reads an id.
  ///
  /// - Parameter text: any visible characters; not digits alone, since those name a position.
  /// - Throws: ``ValueError`` with what is wrong.
  public init(_ text: String) throws(ValueError) {
    guard !text.isEmpty else {
      throw ValueError("is empty", advice: "Leave id out and the ledger makes one.")
    }
    guard text.utf8.count <= Self.lengthMaxBytes else {
      throw ValueError("is longer than \(Self.lengthMaxBytes) bytes", advice: "Choose a shorter id.")
    }
    guard !text.utf8.allSatisfy(\.isDigit) else {
      throw ValueError(
        "has digits only, which would read as a position",
        advice: "Put a letter before it, such as E\(text.prefix(12)).")
    }
    // Nearly all ids are of visible ASCII: no need to ask Unicode's tables.
    let isVisible =
      text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
      || text.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .control
          && $0.properties.generalCategory != .format
      }
    guard isVisible else {
      throw ValueError(
        "has a blank or an invisible character", advice: "Use letters, digits, hyphens and dots.")
    }
    self.text = text
  }

  /// An id that has been checked.
  init(checked text: String) { self.text = text }

  /// A UUIDv7 (RFC 9562, section 5.7): ids made one after the other sort by time, which keeps the index small.
  ///
  /// - Parameters:
  ///   - milliseconds: the time, in milliseconds since 1970.
  ///   - sequence: the number of the id within that millisecond; its low 12 bits are kept.
  public init(timeMilliseconds milliseconds: Int64, sequence: UInt16) {
    var bytes = [UInt8](repeating: 0, count: 16)
    let time = UInt64(bitPattern: milliseconds)
    for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64(index))) }
    bytes[6] = 0x70 | UInt8(truncatingIfNeeded: sequence >> 8) & 0x0f
    bytes[7] = UInt8(truncatingIfNeeded: sequence)
    var random = SystemRandomNumberGenerator()
    let tail = random.next()
    for index in 8..<16 { bytes[index] = UInt8(truncatingIfNeeded: tail >> (8 * UInt64(index - 8))) }
    bytes[8] = 0x80 | bytes[8] & 0x3f
    let hex = Hex.lowercase(bytes)
    var text = ""
    for (index, character) in hex.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.append(character)
    }
    self.text = text
  }

  /// The id in 16 bytes, for the index: a UUID's own bytes, else the start of a SHA-256, marked as UUIDv8 so that
  /// it cannot fall on a UUID of another version.
  public var key: [UInt8] {
    let (high, low) = keyWords
    return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// The same as two numbers, the first eight bytes and the last eight.
  package var keyWords: (high: UInt64, low: UInt64) {
    var text = text
    if let uuid = text.withUTF8(Self.uuidWords), uuid.high >> 12 & 0xf != 8 { return uuid }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (index, byte) in SHA256.hash(data: Array("annals event id\n\(text)".utf8)).prefix(16).enumerated() {
      if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
    return (high & ~0xf000 | 0x8000, low & ~(0b11 << 62) | 0b10 << 62)
  }

  /// The text itself.
  public var description: String { text }

  /// Equal bytes.
  public static func == (one: EventID, other: EventID) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  private static func uuidWords(_ text: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard text.count == 36 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for index in 0..<36 {
      let character = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard character == .hyphen else { return nil }
        continue
      }
      guard character.isHexDigit else { return nil }
      // Of a letter the low four bits are one less than 10 less than its value, and the sixth is set.
      let value = character & 0xf &+ (character >> 6) &* 9
      if index < 18 { high = high << 4 | UInt64(value) } else { low = low << 4 | UInt64(value) }
    }
    return (high, low)
  }
}
