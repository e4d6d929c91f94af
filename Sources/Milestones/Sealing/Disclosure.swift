// Sealing in the form of SD-JWT (RFC 9901): a salted disclosure stays in the vault, its digest goes into the leaf.

public import CanonicalJSON
internal import Crypto
internal import Foundation

/// What the vault keeps for one digest of an event: the bytes that hash to it.
public struct Disclosure: Sendable, Equatable {
  /// What stands in the leaf: SHA-256 of ``preimage``, base64url without padding (RFC 9901, section 4.2.3).
  public let digest: String
  /// For a sealed field the ASCII bytes of the disclosure, base64url of `[salt, name, value]` (section 4.2.1);
  /// for a decoy 32 random bytes (section 4.2.5).
  public let preimage: [UInt8]
  /// Whether it hides nothing, and only keeps the number of digests the same for every event of a type.
  public let isDecoy: Bool

  /// Seals a field: 256 random bits of salt, more than the 128 that RFC 9901, section 9.3 asks for.
  ///
  /// - Throws: `JSONError` if the value holds a number beyond ±(2^53−1).
  public static func sealing(name: String, value: JSONValue) throws(JSONError) -> Disclosure {
    try sealing(name: name, value: value, salt: RandomBytes.make(saltBytes)[...])
  }

  /// The same with random bytes that are at hand.
  static func sealing(
    name: String, value: JSONValue, salt bytes: ArraySlice<UInt8>
  ) throws(JSONError) -> Disclosure {
    var writer = CanonicalWriter()
    writer.reserveCapacity(256)
    writer.beginArray()
    writer.string(Base64URL.encode(bytes))
    writer.string(name)
    try writer.value(value)
    writer.endArray()
    return Disclosure(preimage: Base64URL.encodedBytes(writer.bytes), isDecoy: false)
  }

  /// Makes a digest that hides nothing.
  public static func decoy() -> Disclosure {
    Disclosure(preimage: RandomBytes.make(saltBytes), isDecoy: true)
  }

  /// How many random bytes each takes.
  static let saltBytes = 32

  /// Reads back what the vault keeps; the digest is computed, never trusted.
  public init(preimage: [UInt8], isDecoy: Bool) {
    self.preimage = preimage
    self.isDecoy = isDecoy
    digest = Base64URL.encode(SHA256.hash(data: preimage))
  }

  /// The digests as they stand in a leaf: sorted, so that the order tells nothing of which digest hides which field.
  static func sortedDigests(of disclosures: [Disclosure]) -> [String] {
    disclosures.map(\.digest).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Random bytes of the operating system, many in one call: Swift's own generator calls it for each number.
enum RandomBytes {
  /// What getentropy gives at most in one call.
  private static let callMaxBytes = 256

  static func make(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let isFilled = bytes.withUnsafeMutableBytes { buffer in
      stride(from: 0, to: count, by: callMaxBytes).allSatisfy { start in
        guard let address = buffer.baseAddress else { return false }
        return getentropy(address + start, min(callMaxBytes, count - start)) == 0
      }
    }
    if isFilled { return bytes }
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}

/// Random names for subjects that must tell nothing.
public enum RandomName {
  private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// Twelve characters of five random bits each.
  public static func slug() -> String {
    // 32 letters: five bits of each byte, none likelier than another.
    String(decoding: RandomBytes.make(12).map { letters[Int($0 & 31)] }, as: UTF8.self)
  }
}
