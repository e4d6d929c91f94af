// The private side of a verifier key.

internal import Crypto

/// Whoever can sign the text of a note.
public protocol NoteSigning: Sendable {
  /// The key that signs.
  var identity: KeyIdentity { get }

  /// The bytes that follow the key id in the signature line. Throws ``NoteError/signingFailed(key:)``.
  func signature(forNoteText text: [UInt8]) throws(NoteError) -> [UInt8]
}

/// An Ed25519 private key with the name of its owner (RFC 8032; type 0x01 of signed-note).
///
/// Its descriptions and mirrors show the name and the id, never the key.
public struct Ed25519Signer: NoteSigning, CustomStringConvertible, CustomReflectable {
  /// The length of a seed: the private key of RFC 8032, from which all else follows.
  public static let seedLengthBytes = 32

  /// What others verify with.
  public let verifierKey: VerifierKey

  private let key: Curve25519.Signing.PrivateKey

  /// The key of that name with these 32 seed bytes. Throws if the name is none, or the seed has not 32 bytes.
  public init(name: String, seed: [UInt8]) throws(FormatError) {
    guard seed.count == Ed25519Signer.seedLengthBytes,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    else {
      throw FormatError(.privateKey, .length, expected: "a seed of 32 bytes", found: "\(seed.count)")
    }
    self.key = key
    verifierKey = try VerifierKey(name: name, ed25519PublicKey: Array(key.publicKey.rawRepresentation))
  }

  /// 32 new random bytes from the system's source, for a new key.
  public static func newSeed() -> [UInt8] {
    Array(Curve25519.Signing.PrivateKey().rawRepresentation)
  }

  var seed: [UInt8] { Array(key.rawRepresentation) }

  /// Name and id of the key.
  public var identity: KeyIdentity { verifierKey.identity }

  /// The 64 bytes of the Ed25519 signature over the text.
  public func signature(forNoteText text: [UInt8]) throws(NoteError) -> [UInt8] {
    guard let signature = try? key.signature(for: text) else {
      throw .signingFailed(key: identity)
    }
    return Array(signature)
  }

  /// Name and id of the key.
  public var description: String { "Ed25519 signer \(identity)" }

  /// Name and id of the key.
  public var customMirror: Mirror {
    Mirror(self, children: ["identity": identity])
  }
}
