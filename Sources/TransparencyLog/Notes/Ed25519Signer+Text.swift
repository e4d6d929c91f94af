// The text form of a private key, as golang.org/x/mod/sumdb/note writes it: signed-note leaves it to the signer.

extension Ed25519Signer {
  /// What such a text begins with.
  static let textPrefix = "PRIVATE+KEY+"

  /// Reads `PRIVATE+KEY+<name>+<key id>+<base64>`; the base64 is that of the type 0x01 and the 32 bytes of the seed.
  ///
  /// Throws if the id is not that of the key, and ``FormatError/Kind/unsupportedType`` for another type than Ed25519.
  /// No error quotes a part of the key.
  public init(parsing text: String) throws(FormatError) {
    func refuse(_ kind: FormatError.Kind, _ expected: String) -> FormatError {
      FormatError(.privateKey, kind, expected: expected, found: "something else")
    }
    guard text.utf8.count <= 1_024, text.utf8.starts(with: Self.textPrefix.utf8) else {
      throw refuse(.syntax, "\(Self.textPrefix)<name>+<key id>+<base64>")
    }
    // Base64 may hold plus signs, a name may not: only the first two separate.
    let parts = Array(text.utf8.dropFirst(Self.textPrefix.utf8.count)).split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw refuse(.missingPart, "\(Self.textPrefix)<name>+<key id>+<base64>") }
    guard let id = Hexadecimal.decode(parts[1], lowerCaseOnly: true), id.count == 4 else {
      throw refuse(.keyID, "8 lower-case hexadecimal digits for the key id")
    }
    guard let key = Base64.decode(parts[2]) else { throw refuse(.base64, "the key in base64 with padding") }
    guard key.first == VerifierKey.ed25519Type else { throw refuse(.unsupportedType, "type 0x01, Ed25519") }
    try self.init(name: String(decoding: parts[0], as: UTF8.self), seed: Array(key.dropFirst()))
    guard identity.idBytes == id else { throw refuse(.keyID, "the id that is the key's") }
  }

  /// `PRIVATE+KEY+<name>+<key id>+<base64>`: the secret itself, for a file that nobody else can read.
  public var privateText: String {
    "\(Self.textPrefix)\(identity)+\(Base64.encode([VerifierKey.ed25519Type] + seed))"
  }
}
