// Proofs checked without any source of tiles, by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.

/// Why a proof was refused.
public struct ProofError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the proof lacks.
  public enum Kind: Sendable, Hashable {
    /// The leaf's index is not below the size of the tree.
    case indexOutOfRange
    /// The old tree is said to be larger than the new one.
    case sizesOutOfOrder
    /// The old tree is empty, and the caller does not take that for a proof.
    case emptyOldTree
    /// The path ends before it reaches the root.
    case pathTooShort
    /// The path goes on after it has reached the root.
    case pathTooLong
    /// The path leads to another root than that of the (new) tree.
    case wrongRoot
    /// The path does not come from the root of the old tree.
    case wrongOldRoot
  }

  /// What the proof lacks.
  public let kind: Kind

  /// What would have been right.
  public let expected: String

  /// What was there instead.
  public let found: String

  /// One line for a person.
  public var description: String {
    let reason =
      switch kind {
      case .indexOutOfRange: "the index is not below the tree size"
      case .sizesOutOfOrder: "the old tree is larger than the new one"
      case .emptyOldTree: "the old tree is empty"
      case .pathTooShort: "the path is too short"
      case .pathTooLong: "the path is too long"
      case .wrongRoot: "the path leads to another root"
      case .wrongOldRoot: "the path does not come from the old root"
      }
    return "\(reason): expected \(expected), found \(found)"
  }
}

/// A proof that a leaf is in a tree.
public struct InclusionProof: Sendable, Equatable {
  /// The leaf's index, from 0.
  public var index: UInt64

  /// The number of leaves of the tree.
  public var size: UInt64

  /// The hashes beside the way from the leaf to the root, the leaf's sibling first.
  public var path: [MerkleHash]

  /// A proof from its parts; they are looked at when it is checked.
  public init(index: UInt64, size: UInt64, path: [MerkleHash]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Checks that the leaf of that hash is at ``index`` in the tree of ``size`` leaves and that root; throws
  /// otherwise.
  public func check(leafHash: MerkleHash, root: MerkleHash) throws(ProofError) {
    guard index < size else {
      throw ProofError(kind: .indexOutOfRange, expected: "an index below \(size)", found: "\(index)")
    }
    var climb = Climb(from: index, last: size - 1)
    var hash = leafHash
    for sibling in path {
      switch try climb.step() {
      case .siblingIsLeft: hash = .node(sibling, hash)
      case .siblingIsRight: hash = .node(hash, sibling)
      }
    }
    try climb.end(pathLength: path.count)
    guard hash == root else {
      throw ProofError(kind: .wrongRoot, expected: "\(root)", found: "\(hash)")
    }
  }
}

/// A proof that a tree is a beginning of a larger one: that nothing in it was altered, removed or moved.
public struct ConsistencyProof: Sendable, Equatable {
  /// What an empty old tree proves, which the specifications see differently.
  public enum EmptyOldTree: Sendable, Hashable {
    /// Every tree begins with the empty one: accepted with an empty path and the root of the empty tree
    /// (tlog-witness).
    case accepted
    /// Nothing is proved, so there is no proof, unless the new tree is empty, too (as Trillian and its
    /// relatives do).
    case refused
  }

  /// The number of leaves of the old tree.
  public var oldSize: UInt64

  /// The number of leaves of the new tree.
  public var newSize: UInt64

  /// The hashes in the order of RFC 6962, 2.1.2.
  public var path: [MerkleHash]

  /// A proof from its parts; they are looked at when it is checked.
  public init(oldSize: UInt64, newSize: UInt64, path: [MerkleHash]) {
    self.oldSize = oldSize
    self.newSize = newSize
    self.path = path
  }

  /// Checks that the tree of the new root begins with the tree of the old root; throws otherwise.
  public func check(
    oldRoot: MerkleHash, newRoot: MerkleHash, emptyOldTree: EmptyOldTree
  ) throws(ProofError) {
    guard oldSize <= newSize else {
      throw ProofError(kind: .sizesOutOfOrder, expected: "at most \(newSize)", found: "\(oldSize)")
    }
    if oldSize == newSize || oldSize == 0 {
      return try checkWithoutPath(oldRoot: oldRoot, newRoot: newRoot, emptyOldTree: emptyOldTree)
    }
    // The old tree's last subtree: the old tree itself if its size is a power of two, else the path's first
    // hash.
    var rest = path[...]
    let start = oldSize & (oldSize - 1) == 0 ? oldRoot : rest.popFirst()
    guard let start else {
      throw ProofError(kind: .pathTooShort, expected: "a path", found: "none")
    }
    let trailing = UInt64(oldSize.trailingZeroBitCount)
    var climb = Climb(from: (oldSize - 1) >> trailing, last: (newSize - 1) >> trailing)
    var oldHash = start
    var newHash = start
    for sibling in rest {
      switch try climb.step() {
      case .siblingIsLeft:
        oldHash = .node(sibling, oldHash)
        newHash = .node(sibling, newHash)
      case .siblingIsRight:
        newHash = .node(newHash, sibling)
      }
    }
    try climb.end(pathLength: path.count)
    guard oldHash == oldRoot else {
      throw ProofError(kind: .wrongOldRoot, expected: "\(oldRoot)", found: "\(oldHash)")
    }
    guard newHash == newRoot else {
      throw ProofError(kind: .wrongRoot, expected: "\(newRoot)", found: "\(newHash)")
    }
  }

  // Equal sizes, or an empty old tree.
  private func checkWithoutPath(
    oldRoot: MerkleHash, newRoot: MerkleHash, emptyOldTree: EmptyOldTree
  ) throws(ProofError) {
    guard path.isEmpty else {
      throw ProofError(kind: .pathTooLong, expected: "no path", found: "\(path.count) hashes")
    }
    if oldSize == newSize, oldRoot != newRoot {
      throw ProofError(kind: .wrongRoot, expected: "\(oldRoot)", found: "\(newRoot)")
    }
    guard oldSize == 0 else { return }
    if newSize > 0, emptyOldTree == .refused {
      throw ProofError(kind: .emptyOldTree, expected: "an old size of at least 1", found: "0")
    }
    guard oldRoot == .emptyRoot else {
      throw ProofError(
        kind: .wrongOldRoot, expected: "the empty root \(MerkleHash.emptyRoot)", found: "\(oldRoot)")
    }
  }
}

/// The way from a node up to the root: on which side the sibling stands at each step, and when the root is
/// reached.
///
/// `position` is the node's index in its level, `last` that of the level's last node: fn and sn of RFC 9162.
private struct Climb {
  enum Side {
    case siblingIsLeft
    case siblingIsRight
  }

  private var position: UInt64
  private var last: UInt64

  init(from position: UInt64, last: UInt64) {
    self.position = position
    self.last = last
  }

  mutating func step() throws(ProofError) -> Side {
    guard last > 0 else {
      throw ProofError(kind: .pathTooLong, expected: "the path's end at the root", found: "a further hash")
    }
    var side = Side.siblingIsRight
    if position & 1 == 1 || position == last {
      side = .siblingIsLeft
      // The last node of a level may have no sibling for some levels: it moves up unchanged.
      while position & 1 == 0, position > 0 {
        position >>= 1
        last >>= 1
      }
    }
    position >>= 1
    last >>= 1
    return side
  }

  func end(pathLength: Int) throws(ProofError) {
    guard last == 0 else {
      throw ProofError(kind: .pathTooShort, expected: "hashes up to the root", found: "\(pathLength)")
    }
  }
}
