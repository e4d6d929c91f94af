// Checkpoints: what a log says of itself at a size (C2SP tlog-checkpoint v1.0.0).

/// The text of a checkpoint: which log, how many leaves, which root.
///
/// A log must never sign two checkpoints of which neither continues the other.
public struct Checkpoint: Sendable, Hashable {
  /// The log's name: recommended is a URL without scheme; also the name of its keys.
  public let origin: String

  /// The number of leaves.
  public let size: UInt64

  /// The root of the tree of that size.
  public let root: MerkleHash

  /// Further lines, whose meaning this module does not know. The specification advises against them: monitors
  /// cannot audit them.
  public let extensionLines: [String]

  /// A checkpoint from its parts.
  ///
  /// Throws if the origin is empty or longer than ``LogLimits/nameLengthMaxBytes``, or a line is empty or
  /// holds a line feed or another control character.
  public init(origin: String, size: UInt64, root: MerkleHash, extensionLines: [String] = [])
    throws(FormatError)
  {
    guard (1...LogLimits.nameLengthMaxBytes).contains(origin.utf8.count) else {
      throw FormatError(
        .checkpoint, .name, expected: "an origin of 1 to \(LogLimits.nameLengthMaxBytes) bytes",
        found: Array(origin.utf8.prefix(100)))
    }
    for line in [origin] + extensionLines where line.isEmpty || line.utf8.contains(where: { $0 < 0x20 }) {
      throw FormatError(
        .checkpoint, .syntax, expected: "lines that are not empty and without control characters",
        found: Array(line.utf8.prefix(100)))
    }
    self.origin = origin
    self.size = size
    self.root = root
    self.extensionLines = extensionLines
  }

  /// Reads the text of a checkpoint: at least three non-empty lines, each with its line feed.
  public init(parsingText bytes: [UInt8]) throws(FormatError) {
    try SignedNote.checkText(bytes)
    let lines = bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count >= 3 else {
      throw FormatError(
        .checkpoint, .missingPart, offset: bytes.count, expected: "an origin, a size and a root, each a line",
        found: "\(lines.count) lines")
    }
    if let empty = lines.first(where: \.isEmpty) {
      throw FormatError(
        .checkpoint, .syntax, offset: empty.startIndex, expected: "a line that is not empty",
        found: "an empty one")
    }
    guard let size = Decimal.decode(lines[1]) else {
      throw FormatError(
        .checkpoint, .number, offset: lines[1].startIndex,
        expected: "a decimal size below 2^64 without leading zeros", found: lines[1])
    }
    let root = try Checkpoint.parseRoot(lines[2], of: .checkpoint)
    try self.init(
      origin: String(decoding: lines[0], as: UTF8.self), size: size, root: root,
      extensionLines: lines.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
  }

  /// The text that is signed, with the line feed at its end.
  public var text: String {
    ([origin, "\(size)", root.base64] + extensionLines).map { $0 + "\n" }.joined()
  }

  /// The checkpoint as a note, signed by these keys in their order.
  public func signed(by signers: [any NoteSigning]) throws(NoteError) -> SignedNote {
    var note: SignedNote
    do throws(FormatError) {
      note = try SignedNote(text: text)
    } catch {
      throw .malformed(error)
    }
    for signer in signers { try note.sign(with: signer) }
    return note
  }

  // A hash alone on a line, as checkpoints and proofs write it.
  static func parseRoot(
    _ line: ArraySlice<UInt8>, of format: FormatError.Format
  ) throws(FormatError) -> MerkleHash {
    guard let bytes = Base64.decode(line) else {
      throw FormatError(format, .base64, offset: line.startIndex, expected: "a hash in base64", found: line)
    }
    guard let hash = MerkleHash(bytes) else {
      throw FormatError(
        format, .hashLength, offset: line.startIndex, expected: "a hash of 32 bytes",
        found: "\(bytes.count) bytes")
    }
    return hash
  }

  /// Whether both would be written the same, byte for byte.
  public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
    left.size == right.size && left.root == right.root
      && left.origin.utf8.elementsEqual(right.origin.utf8)
      && left.extensionLines.elementsEqual(right.extensionLines) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Feeds size and root to a hasher of the standard library; the rest seldom tells checkpoints apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(root)
  }
}

/// A checkpoint that its log is known to have signed.
public struct VerifiedCheckpoint: Sendable, Hashable {
  /// What the log says.
  public let checkpoint: Checkpoint

  /// The note as it was read, with all signatures.
  public let note: SignedNote

  /// The keys that signed it, of those that were given: at least one of the log's, and cosigners, for the
  /// caller to count.
  public let signedBy: [KeyIdentity]

  /// Reads a checkpoint and checks whose it is.
  ///
  /// `origin` is the log that the caller wants: what the note says is compared with it, byte for byte.
  /// `logKeys` are the log's own keys, of which at least one must have signed; a cosigner's signature does
  /// not stand in for it. All signatures of keys in `logKeys` and `cosigners` must be genuine, others are
  /// ignored.
  public init(
    verifying bytes: [UInt8], origin: String, logKeys: [any NoteVerifying],
    cosigners: [any NoteVerifying] = []
  ) throws(NoteError) {
    let note: SignedNote
    let checkpoint: Checkpoint
    do throws(FormatError) {
      note = try SignedNote(parsing: bytes)
      checkpoint = try Checkpoint(parsingText: note.textBytes)
    } catch {
      throw .malformed(error)
    }
    let signedBy = try note.verify(with: logKeys + cosigners).verified
    let logIdentities = logKeys.map { $0.identity }
    guard signedBy.contains(where: { logIdentities.contains($0) }) else {
      throw .noKnownSignature(known: logIdentities, found: note.signatures.map(\.key))
    }
    guard checkpoint.origin.utf8.elementsEqual(origin.utf8) else {
      throw .wrongOrigin(expected: origin, found: checkpoint.origin)
    }
    self.checkpoint = checkpoint
    self.note = note
    self.signedBy = signedBy
  }
}
