// Signed notes: a text and the signatures under it (C2SP signed-note v1.0.0).

/// A signature line of a note.
public struct NoteSignature: Sendable, Hashable {
  /// The key that is said to have signed.
  public let key: KeyIdentity

  /// The bytes after the key id: for Ed25519 the 64 of the signature, else as the type defines it.
  public let bytes: [UInt8]

  /// A signature from its parts. Throws if it has no bytes.
  public init(key: KeyIdentity, bytes: [UInt8]) throws(FormatError) {
    guard !bytes.isEmpty else {
      throw FormatError(.signedNote, .length, expected: "a signature", found: "no bytes after the key id")
    }
    self.key = key
    self.bytes = bytes
  }

  /// The line as it stands in the note, without the line feed.
  public var line: String {
    "\u{2014} \(key.name) \(Base64.encode(key.idBytes + bytes))"
  }
}

/// A text signed by one or more keys.
///
/// The text is to be ignored until ``verify(with:)`` has vouched for it.
public struct SignedNote: Sendable, Hashable {
  /// The signed text in UTF-8, with the line feed at its end.
  public let textBytes: [UInt8]

  /// The signatures in their order; unsure until verified.
  public private(set) var signatures: [NoteSignature]

  /// A text without signatures yet; sign it before writing.
  ///
  /// Throws if it does not end in a line feed, or holds another control character.
  public init(text: String) throws(FormatError) {
    textBytes = Array(text.utf8)
    signatures = []
    try SignedNote.checkText(textBytes)
  }

  // The caller has checked both.
  init(textBytes: [UInt8], signatures: [NoteSignature]) {
    self.textBytes = textBytes
    self.signatures = signatures
  }

  /// The signed text.
  public var text: String { String(decoding: textBytes, as: UTF8.self) }

  /// Adds the signature of a key. Throws if there are ``LogLimits/noteSignaturesMax`` already, or the key
  /// cannot sign.
  public mutating func sign(with signer: some NoteSigning) throws(NoteError) {
    let bytes = try signer.signature(forNoteText: textBytes)
    do throws(FormatError) {
      try add(NoteSignature(key: signer.identity, bytes: bytes))
    } catch {
      throw .malformed(error)
    }
  }

  /// Adds a signature made elsewhere, such as a witness's cosignature.
  public mutating func add(_ signature: NoteSignature) throws(FormatError) {
    guard signatures.count < LogLimits.noteSignaturesMax else {
      throw FormatError(
        .signedNote, .count, expected: "at most \(LogLimits.noteSignaturesMax) signatures",
        found: "\(signatures.count + 1)")
    }
    signatures.append(signature)
  }

  /// The note as it is stored and served. Throws if nobody has signed it, or it is too long.
  public func serialized() throws(FormatError) -> [UInt8] {
    guard !signatures.isEmpty else {
      throw FormatError(.signedNote, .count, expected: "at least one signature", found: "none")
    }
    var bytes = textBytes
    bytes.append(UInt8(ascii: "\n"))
    for signature in signatures {
      bytes.append(contentsOf: signature.line.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    try SignedNote.checkLength(bytes.count)
    return bytes
  }

  /// What verification found.
  public struct Verification: Sendable, Hashable {
    /// The known keys that signed the text, each once.
    public let verified: [KeyIdentity]

    /// Signatures of unknown keys, which say nothing.
    public let ignored: [NoteSignature]
  }

  /// Checks every signature of a known key.
  ///
  /// Signatures of other keys are ignored. Throws ``NoteError/invalidSignature(key:)`` if one of a known key
  /// is not genuine, even beside a genuine one; ``NoteError/noKnownSignature(known:found:)`` if no known key
  /// has signed; and ``NoteError/ambiguousKey(_:)`` if two verifiers are for one name and id.
  public func verify(with verifiers: [any NoteVerifying]) throws(NoteError) -> Verification {
    var known: [KeyIdentity: any NoteVerifying] = [:]
    for verifier in verifiers where known.updateValue(verifier, forKey: verifier.identity) != nil {
      throw .ambiguousKey(verifier.identity)
    }
    var verified: [KeyIdentity] = []
    var ignored: [NoteSignature] = []
    for signature in signatures {
      guard let verifier = known[signature.key] else {
        ignored.append(signature)
        continue
      }
      guard verifier.isValid(signature: signature.bytes, forNoteText: textBytes) else {
        throw .invalidSignature(key: signature.key)
      }
      if !verified.contains(signature.key) { verified.append(signature.key) }
    }
    guard !verified.isEmpty else {
      throw .noKnownSignature(known: verifiers.map { $0.identity }, found: signatures.map(\.key))
    }
    return Verification(verified: verified, ignored: ignored)
  }
}
