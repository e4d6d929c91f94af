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
    if let uuid = Self.uuidBytes(text), uuid[6] >> 4 != 8 { return uuid }
    var bytes = Array(SHA256.hash(data: Array("annals event id\n\(text)".utf8)).prefix(16))
    bytes[6] = 0x80 | bytes[6] & 0x0f
    bytes[8] = 0x80 | bytes[8] & 0x3f
    return bytes
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

  private static func uuidBytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count == 36 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    var text = text
    // Over the bytes where they lie: each event that is verified is read so.
    let isUUID = text.withUTF8 { text in
      var high: UInt8?
      for (index, character) in text.enumerated() {
        if index == 8 || index == 13 || index == 18 || index == 23 {
          guard character == .hyphen else { return false }
          continue
        }
        guard character.isHexDigit else { return false }
        let value = character.isDigit ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
        if let first = high {
          bytes.append(first << 4 | value)
          high = nil
        } else {
          high = value
        }
      }
      return true
    }
    return isUUID ? bytes : nil
  }
}
