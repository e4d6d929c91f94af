// tlog-proof files: a checkpoint and the proof that an entry is in its tree, checked without the log.

/// Why a tlog-proof was refused.
public enum TlogProofError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The checkpoint in it is malformed, of another log, or not signed as it must be.
  case checkpoint(NoteError)
  /// The entry is not at that place of the checkpoint's tree.
  case inclusion(ProofError)

  /// One line for a person.
  public var description: String {
    switch self {
    case .checkpoint(let error): "the checkpoint was refused: \(error)"
    case .inclusion(let error): "the inclusion proof was refused: \(error)"
    }
  }
}

/// The proof that an entry is in a log, complete in itself (c2sp.org/tlog-proof@v1); by custom a file
/// `….tlog-proof`.
public struct TlogProof: Sendable, Hashable {
  /// The first line of every such file.
  public static let header = "c2sp.org/tlog-proof@v1"

  /// Data of the application's own, which nothing vouches for; empty if there is none.
  public let extra: [UInt8]

  /// The entry's index in the log.
  public let index: UInt64

  /// The inclusion proof's path, the leaf's sibling first.
  public let path: [MerkleHash]

  /// The checkpoint, as it was signed.
  public let checkpoint: [UInt8]

  /// A proof from its parts.
  ///
  /// Throws if the checkpoint is no signed note whose text is a checkpoint, the path is longer than any tree
  /// is high, or the whole would be longer than ``LogLimits/proofLengthMaxBytes``.
  public init(
    index: UInt64, path: [MerkleHash], checkpoint: [UInt8], extra: [UInt8] = []
  ) throws(FormatError) {
    guard path.count <= LogLimits.pathLengthMaxHashes else {
      throw FormatError(
        .tlogProof, .count, expected: "at most \(LogLimits.pathLengthMaxHashes) hashes",
        found: "\(path.count)")
    }
    _ = try Checkpoint(parsingText: SignedNote(parsing: checkpoint).textBytes)
    self.index = index
    self.path = path
    self.checkpoint = checkpoint
    self.extra = extra
    try TlogProof.checkLength(serialized().count)
  }

  /// Reads a file. Nothing in it is believed before ``check(leafHash:origin:logKeys:cosigners:)``.
  ///
  /// An error of the checkpoint within has its offset counted from the checkpoint's start. Writing the proof
  /// again gives the same bytes.
  public init(parsing bytes: [UInt8]) throws(FormatError) {
    try TlogProof.checkLength(bytes.count)
    var lines = Lines(bytes)
    let header = try lines.next(expecting: TlogProof.header)
    guard header.elementsEqual(TlogProof.header.utf8) else {
      throw FormatError(.tlogProof, .syntax, expected: TlogProof.header, found: header)
    }
    var line = try lines.next(expecting: "extra or index")
    var extra: [UInt8] = []
    if line.starts(with: "extra ".utf8) {
      let payload = line.dropFirst("extra ".utf8.count)
      guard let data = Base64.decode(payload), !data.isEmpty else {
        throw FormatError(
          .tlogProof, .base64, offset: payload.startIndex, expected: "extra data in base64", found: payload)
      }
      extra = data
      line = try lines.next(expecting: "index")
    }
    guard line.starts(with: "index ".utf8) else {
      throw FormatError(
        .tlogProof, .syntax, offset: line.startIndex, expected: "index and a number", found: line)
    }
    let number = line.dropFirst("index ".utf8.count)
    guard let index = Decimal.decode(number) else {
      throw FormatError(
        .tlogProof, .number, offset: number.startIndex,
        expected: "a decimal index below 2^64 without leading zeros",
        found: number)
    }
    var path: [MerkleHash] = []
    line = try lines.next(expecting: "a hash or an empty line")
    while !line.isEmpty {
      guard path.count < LogLimits.pathLengthMaxHashes else {
        throw FormatError(
          .tlogProof, .count, offset: line.startIndex,
          expected: "at most \(LogLimits.pathLengthMaxHashes) hashes", found: "more")
      }
      path.append(try Checkpoint.parseRoot(line, of: .tlogProof))
      line = try lines.next(expecting: "a hash or an empty line")
    }
    try self.init(index: index, path: path, checkpoint: Array(lines.rest), extra: extra)
  }

  /// The file's bytes.
  public func serialized() -> [UInt8] {
    var head = TlogProof.header + "\n"
    if !extra.isEmpty { head += "extra \(Base64.encode(extra))\n" }
    head += "index \(index)\n"
    for hash in path { head += hash.base64 + "\n" }
    return Array(head.utf8) + [UInt8(ascii: "\n")] + checkpoint
  }

  /// Checks that the leaf of that hash is in the log, at ``index``, as of the checkpoint within.
  ///
  /// First the checkpoint, as ``VerifiedCheckpoint/init(verifying:origin:logKeys:cosigners:)`` does, then the
  /// inclusion. Gives the checkpoint, with the keys that signed it.
  public func check(
    leafHash: MerkleHash, origin: String, logKeys: [any NoteVerifying], cosigners: [any NoteVerifying] = []
  ) throws(TlogProofError) -> VerifiedCheckpoint {
    let verified: VerifiedCheckpoint
    do throws(NoteError) {
      verified = try VerifiedCheckpoint(
        verifying: checkpoint, origin: origin, logKeys: logKeys, cosigners: cosigners)
    } catch {
      throw .checkpoint(error)
    }
    let inclusion = InclusionProof(index: index, size: verified.checkpoint.size, path: path)
    do throws(ProofError) {
      try inclusion.check(leafHash: leafHash, root: verified.checkpoint.root)
    } catch {
      throw .inclusion(error)
    }
    return verified
  }

  private static func checkLength(_ count: Int) throws(FormatError) {
    guard count <= LogLimits.proofLengthMaxBytes else {
      throw FormatError(
        .tlogProof, .length, offset: LogLimits.proofLengthMaxBytes,
        expected: "at most \(LogLimits.proofLengthMaxBytes) bytes", found: "\(count)")
    }
  }
}

/// The lines of a file, one after the other, and what is left after them.
private struct Lines {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  mutating func next(expecting expected: String) throws(FormatError) -> ArraySlice<UInt8> {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw FormatError(.tlogProof, .missingPart, offset: rest.startIndex, expected: expected, found: rest)
    }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }
}
