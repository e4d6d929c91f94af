// Bytes that are not in a format of this module: which format, what is wrong, where.

/// Bytes or values that do not fit one of the formats.
public struct FormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The formats.
  public enum Format: String, Sendable, Hashable {
    /// The hashes of a tile (tlog-tiles).
    case tile
    /// The path of a tile or an entry bundle (tlog-tiles).
    case tilePath
    /// The entries of a bundle (tlog-tiles).
    case entryBundle
    /// A signed note, or a part of one (signed-note).
    case signedNote
    /// A verifier key, or a part of one (signed-note).
    case verifierKey
    /// A private key.
    case privateKey
    /// The text of a checkpoint (tlog-checkpoint).
    case checkpoint
    /// A tlog-proof file.
    case tlogProof
  }

  /// What is wrong.
  public enum Kind: Sendable, Hashable {
    /// Too long or too short, in bytes.
    case length
    /// Too many or too few parts: signatures, hashes, entries.
    case count
    /// Not UTF-8, or a control character.
    case encoding
    /// A part or its end is missing.
    case missingPart
    /// A part reads otherwise than it must.
    case syntax
    /// No decimal number without sign and leading zeros, or one that is out of range.
    case number
    /// Not base64, or not the one spelling of these bytes.
    case base64
    /// A hash that has not 32 bytes.
    case hashLength
    /// A key name or an origin that is empty, too long or holds white space or a plus sign.
    case name
    /// A key id that is not that of the key.
    case keyID
    /// A kind of key or signature that is not built.
    case unsupportedType
    /// More bytes after the end.
    case trailingBytes
  }

  /// The format that was expected.
  public let format: Format

  /// What is wrong.
  public let kind: Kind

  /// Where it shows, in bytes from the start of what was read; 0 where a value was refused before writing.
  public let offset: Int

  /// What would have been right.
  public let expected: String

  /// What was there instead, shortened.
  public let found: String

  init(_ format: Format, _ kind: Kind, offset: Int = 0, expected: String, found: String) {
    self.format = format
    self.kind = kind
    self.offset = offset
    self.expected = expected
    self.found = found
  }

  init(_ format: Format, _ kind: Kind, offset: Int = 0, expected: String, found: some Collection<UInt8>) {
    self.init(format, kind, offset: offset, expected: expected, found: FormatError.quotable(found))
  }

  /// One line for a person.
  public var description: String {
    let name =
      switch format {
      case .tile: "a tile"
      case .tilePath: "a tile path"
      case .entryBundle: "an entry bundle"
      case .signedNote: "a signed note"
      case .verifierKey: "a verifier key"
      case .privateKey: "a private key"
      case .checkpoint: "a checkpoint"
      case .tlogProof: "a tlog-proof"
      }
    return "not \(name), see byte \(offset): expected \(expected), found \(found)"
  }

  // Cut and with everything but printable ASCII escaped, so that a message stays one line, whatever was fed
  // in.
  private static func quotable(_ bytes: some Collection<UInt8>) -> String {
    let lengthMaxBytes = 60
    guard !bytes.isEmpty else { return "nothing" }
    var quoted = "'"
    for byte in bytes.prefix(lengthMaxBytes) {
      if (0x20..<0x7F).contains(byte) {
        quoted.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        quoted += "\\x" + Hexadecimal.encode(CollectionOfOne(byte))
      }
    }
    return quoted + (bytes.count > lengthMaxBytes ? "…'" : "'")
  }
}
