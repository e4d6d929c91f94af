// Reads a disclosure back: the salt, the name and the value that stand in it (RFC 9901, sections 4.2.1 and 7.1).

public import CanonicalJSON

/// Why something is no disclosure of a sealed field. Holds nothing of it: what it was meant to be may be sealed.
public enum DisclosureFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is not base64url without padding.
  case notBase64URL
  /// What is encoded is no JSON that Annals reads.
  case notJSON(offset: Int)
  /// It is not a list of salt, name and value, the first two of them texts.
  case notThreeParts
  /// The name is one that RFC 9901 keeps for its own use: `_sd` or `...`.
  case reservedName

  /// What is wrong, as the end of a sentence that begins with the disclosure.
  public var description: String {
    switch self {
    case .notBase64URL: "is not base64url without padding"
    case .notJSON(let offset): "holds no proper JSON (at byte \(offset) of what is encoded)"
    case .notThreeParts: "is not a list of a salt, a name and a value"
    case .reservedName: "is for a name that RFC 9901 keeps for its own use"
    }
  }
}

/// A sealed field, opened.
public struct DisclosedField: Sendable, Equatable {
  /// The field's name.
  public let name: String
  /// What was sealed.
  public let value: JSONValue
  /// The random part, which keeps the digest from being found by trying values.
  public let salt: String
  /// The ASCII bytes of the disclosure, to the byte: base64url of salt, name and value.
  public let encoded: [UInt8]
  /// What stands in the leaf: base64url of the SHA-256 of ``encoded``, computed, never of what was decoded.
  public let digest: String

  /// Opens a disclosure of an object's member, the only kind that Annals makes.
  ///
  /// - Parameter encoded: the ASCII bytes of the disclosure.
  /// - Throws: ``DisclosureFault``.
  public init(decoding encoded: [UInt8]) throws(DisclosureFault) {
    guard let text = Base64URL.decode(encoded) else { throw .notBase64URL }
    let parts: [JSONValue]?
    do {
      parts = try JSONValue(parsing: text).array
    } catch { throw .notJSON(offset: error.offset) }
    guard let parts, parts.count == 3, let salt = parts[0].string, let name = parts[1].string else {
      throw .notThreeParts
    }
    if name.utf8.elementsEqual("_sd".utf8) || name.utf8.elementsEqual("...".utf8) { throw .reservedName }
    self.name = name
    self.salt = salt
    self.encoded = encoded
    value = parts[2]
    digest = Disclosure(preimage: encoded, isDecoy: false).digest
  }
}
