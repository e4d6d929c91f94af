// Verifier keys: what an auditor is given to check the notes of a signer.

internal import Crypto

/// Whoever can tell whether a signature of a note is genuine.
///
/// ``VerifierKey`` is one, for Ed25519. Cosignatures (types 0x04 and 0x06 of tlog-cosignature) sign another
/// message than the note's text, made from it and from a time within the signature; a type that knows them
/// conforms likewise.
public protocol NoteVerifying: Sendable {
  /// The key that this verifier knows.
  var identity: KeyIdentity { get }

  /// Whether `signature`, the bytes after the key id, is this key's for a note of that text.
  func isValid(signature: [UInt8], forNoteText text: [UInt8]) -> Bool
}

/// An Ed25519 public key with the name of its owner, type 0x01 (signed-note, "Ed25519 signatures").
public struct VerifierKey: NoteVerifying, Equatable, CustomStringConvertible {
  /// The type byte of Ed25519 signatures over the note's text.
  public static let ed25519Type: UInt8 = 0x01

  /// The length of an Ed25519 public key.
  public static let publicKeyLengthBytes = 32

  /// Name and id of the key.
  public let identity: KeyIdentity

  /// The public key, 32 bytes (RFC 8032).
  public let publicKey: [UInt8]

  /// The key of that name.
  ///
  /// Throws if the name is none or longer than ``LogLimits/nameLengthMaxBytes``, or the key has not 32 bytes.
  public init(name: String, ed25519PublicKey: [UInt8]) throws(FormatError) {
    guard ed25519PublicKey.count == VerifierKey.publicKeyLengthBytes else {
      throw FormatError(
        .verifierKey, .length, expected: "a public key of 32 bytes", found: "\(ed25519PublicKey.count)")
    }
    guard name.utf8.count <= LogLimits.nameLengthMaxBytes else {
      throw FormatError(
        .verifierKey, .name, expected: "a key name of at most \(LogLimits.nameLengthMaxBytes) bytes",
        found: Array(name.utf8.prefix(100)))
    }
    identity = try KeyIdentity(name: name, type: VerifierKey.ed25519Type, publicKey: ed25519PublicKey)
    publicKey = ed25519PublicKey
  }

  /// Reads `<name>+<key id>+<base64>`.
  ///
  /// Throws if the id is not that of the key, and ``FormatError/Kind/unsupportedType`` for another type than
  /// Ed25519.
  public init(parsing text: String) throws(FormatError) {
    let lengthMaxBytes = 1_024
    let bytes = Array(text.utf8.prefix(lengthMaxBytes + 1))
    guard bytes.count <= lengthMaxBytes else {
      throw FormatError(
        .verifierKey, .length, offset: lengthMaxBytes, expected: "at most \(lengthMaxBytes) bytes",
        found: bytes)
    }
    // Base64 may hold plus signs, a name may not: only the first two separate.
    let parts = bytes.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw FormatError(.verifierKey, .missingPart, expected: "<name>+<key id>+<base64>", found: bytes)
    }
    guard parts[1].count == 8, let id = Hexadecimal.decode(parts[1], lowerCaseOnly: true) else {
      throw FormatError(
        .verifierKey, .keyID, offset: parts[1].startIndex, expected: "8 lower-case hexadecimal digits",
        found: parts[1])
    }
    guard let key = Base64.decode(parts[2]) else {
      throw FormatError(
        .verifierKey, .base64, offset: parts[2].startIndex, expected: "base64 with padding", found: parts[2])
    }
    guard key.first == VerifierKey.ed25519Type else {
      throw FormatError(
        .verifierKey, .unsupportedType, offset: parts[2].startIndex, expected: "type 0x01, Ed25519",
        found: key.first.map { "0x" + Hexadecimal.encode(CollectionOfOne($0)) } ?? "none")
    }
    try self.init(name: String(decoding: parts[0], as: UTF8.self), ed25519PublicKey: Array(key.dropFirst()))
    guard identity.idBytes == id else {
      throw FormatError(
        .verifierKey, .keyID, offset: parts[1].startIndex, expected: identity.idText, found: parts[1])
    }
  }

  /// `<name>+<key id>+<base64>`, to be handed to auditors.
  public var text: String {
    "\(identity)+\(Base64.encode([VerifierKey.ed25519Type] + publicKey))"
  }

  /// The same as ``text``.
  public var description: String { text }

  /// Whether these 64 bytes are this key's Ed25519 signature over the text (RFC 8032).
  public func isValid(signature: [UInt8], forNoteText text: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: text)
  }
}
