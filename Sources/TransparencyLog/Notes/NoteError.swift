// Why a note is not to be believed.

/// A note that was refused, or could not be signed.
public enum NoteError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is no signed note, or its text is no checkpoint.
  case malformed(FormatError)

  /// A signature of a known key does not verify: the text, the signature or the key is not the right one.
  case invalidSignature(key: KeyIdentity)

  /// None of the signatures is of a known key: nothing vouches for the text.
  case noKnownSignature(known: [KeyIdentity], found: [KeyIdentity])

  /// Two verifiers of the same name and id were given, so that it is open which of them decides.
  case ambiguousKey(KeyIdentity)

  /// The checkpoint is that of another log.
  case wrongOrigin(expected: String, found: String)

  /// The key could not sign.
  case signingFailed(key: KeyIdentity)

  /// One line for a person.
  public var description: String {
    switch self {
    case .malformed(let error):
      return error.description
    case .invalidSignature(let key):
      return
        "the signature of \(key) is not genuine: the text or the signature was altered, or the key is another"
    case .noKnownSignature(let known, let found):
      let found = found.prefix(5).map(\.description).joined(separator: ", ")
      let known = known.isEmpty ? "no key" : known.prefix(5).map(\.description).joined(separator: ", ")
      return "no signature by a known key: expected one by \(known), found \(found)"
    case .ambiguousKey(let key):
      return "two verifier keys are named \(key): expected one"
    case .wrongOrigin(let expected, let found):
      return "the checkpoint is of another log: expected the origin \(expected), found \(found)"
    case .signingFailed(let key):
      return "\(key) could not sign"
    }
  }

  /// Whether both are the same, texts compared by their bytes.
  public static func == (left: NoteError, right: NoteError) -> Bool {
    switch (left, right) {
    case (.malformed(let a), .malformed(let b)): a == b
    case (.invalidSignature(let a), .invalidSignature(let b)): a == b
    case (.noKnownSignature(let a, let b), .noKnownSignature(let c, let d)): a == c && b == d
    case (.ambiguousKey(let a), .ambiguousKey(let b)): a == b
    case (.wrongOrigin(let a, let b), .wrongOrigin(let c, let d)):
      a.utf8.elementsEqual(c.utf8) && b.utf8.elementsEqual(d.utf8)
    case (.signingFailed(let a), .signingFailed(let b)): a == b
    default: false
    }
  }
}
