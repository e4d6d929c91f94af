// How a note names a key: a name and a short id, which count only together.

internal import Crypto

/// The name and the id of a key, which together identify it (signed-note, "Signatures").
///
/// Names are compared by their bytes, so two spellings of one accented letter are two names.
public struct KeyIdentity: Sendable, Hashable, CustomStringConvertible {
  /// The name; recommended is a URL without scheme. For the key of a log: the log's origin.
  public let name: String

  /// The id: for most types the first four bytes of a hash over name, type and public key. No secret, and no
  /// protection by itself.
  public let id: UInt32

  /// An identity from its parts.
  ///
  /// Throws if the name is empty or holds white space, a control character or a plus sign.
  public init(name: String, id: UInt32) throws(FormatError) {
    try KeyIdentity.checkName(name.utf8, of: .verifierKey, offset: 0)
    self.name = name
    self.id = id
  }

  /// The identity of a key of that type byte: its id is SHA-256(name || 0x0A || type || public key)[0:4].
  public init(name: String, type: UInt8, publicKey: [UInt8]) throws(FormatError) {
    var hasher = SHA256()
    hasher.update(data: Array(name.utf8))
    hasher.update(data: [0x0A, type])
    hasher.update(data: publicKey)
    let id = hasher.finalize().prefix(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    try self.init(name: name, id: id)
  }

  /// The id in 8 lower-case hexadecimal digits, as verifier keys write it.
  public var idText: String {
    Hexadecimal.encode(idBytes)
  }

  /// The id as the four bytes that stand before a signature.
  var idBytes: [UInt8] {
    withUnsafeBytes(of: id.bigEndian) { Array($0) }
  }

  /// `name+id`, as a verifier key begins.
  public var description: String { "\(name)+\(idText)" }

  /// Whether names and ids are the same, byte for byte.
  public static func == (left: KeyIdentity, right: KeyIdentity) -> Bool {
    left.id == right.id && left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// Feeds the bytes of the name and the id to a hasher of the standard library.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    for byte in name.utf8 { hasher.combine(byte) }
  }

  // Also called with names that were read: they are well-formed UTF-8 by then.
  static func checkName(
    _ name: some Collection<UInt8>, of format: FormatError.Format, offset: Int
  ) throws(FormatError) {
    guard !name.isEmpty else {
      throw FormatError(format, .name, offset: offset, expected: "a key name", found: name)
    }
    let text = String(decoding: name, as: UTF8.self)
    let isFine = text.unicodeScalars.allSatisfy { scalar in
      scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
    }
    guard isFine else {
      throw FormatError(
        format, .name, offset: offset, expected: "a key name without white space, control characters and +",
        found: name)
    }
  }
}
