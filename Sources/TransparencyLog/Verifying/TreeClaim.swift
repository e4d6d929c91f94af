// What somebody says a log's root is at a size.

/// A size and a root that a log is held to.
public struct TreeClaim: Sendable, Hashable {
  /// Who says so.
  public enum Source: Sendable, Hashable {
    /// The log, by a checkpoint whose signature was checked.
    case signed
    /// The log, by a note of its own that anybody could have written.
    case stored
    /// Somebody who kept a checkpoint of the log, whose signature was checked.
    case remembered
  }

  /// Who says so.
  public let source: Source

  /// The number of entries.
  public let size: UInt64

  /// The root at that size.
  public let root: MerkleHash

  /// Where it says so.
  public let file: String

  /// A claim as it was read.
  public init(_ source: Source, size: UInt64, root: MerkleHash, file: String) {
    self.source = source
    self.size = size
    self.root = root
    self.file = file
  }

  // Signatures before unsigned notes, then the larger tree, which vouches for more.
  func isMoreTrusted(than other: TreeClaim) -> Bool {
    let (isSigned, otherIsSigned) = (source != .stored, other.source != .stored)
    return isSigned == otherIsSigned ? size > other.size : isSigned
  }
}
