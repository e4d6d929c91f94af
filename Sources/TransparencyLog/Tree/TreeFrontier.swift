// The right edge of a growing tree: one hash for each complete subtree, from which the root follows at any
// moment.

/// A tree that grows leaf by leaf and remembers only its right edge.
///
/// A tree of n leaves is a row of complete subtrees, one for each binary digit 1 of n, the largest first.
/// Their roots are all that is needed to append and to give the root: at most 62 hashes, whatever the size.
/// Use it to recompute a root from entries; ``TreeAppender`` also reports what to store.
///
/// ```swift
/// var tree = TreeFrontier()
/// for entry in entries { tree.append(.leaf(entry)) }
/// let root = tree.root
/// ```
public struct TreeFrontier: Sendable, Equatable {
  /// The number of leaves.
  public private(set) var size: UInt64

  // Roots of the complete subtrees, the largest (leftmost) first; as many as `size` has binary digits 1.
  private(set) var subtreeRoots: [MerkleHash]

  /// A tree without leaves.
  public init() {
    size = 0
    subtreeRoots = []
  }

  // The caller has made sure that there is one root for each binary digit 1 of a size within bounds.
  init(size: UInt64, subtreeRoots: [MerkleHash]) {
    self.size = size
    self.subtreeRoots = subtreeRoots
  }

  /// Adds one leaf, given its hash (``MerkleHash/leaf(_:)-(UnsafeRawBufferPointer)``).
  public mutating func append(_ leafHash: MerkleHash) {
    append(leafHash) { _, _ in }
  }

  /// Adds leaves in order, given their hashes.
  public mutating func append(contentsOf leafHashes: some Sequence<MerkleHash>) {
    for hash in leafHashes { append(hash) }
  }

  /// Adds 2^height leaves at once, given the root of the complete subtree over them.
  ///
  /// So the subtrees of a large tree can be hashed apart, on several cores, and joined here; 8 is the height
  /// of a tile (``MerkleHash/root(ofComplete:)``). Throws ``TreeError/Kind/sizeOutOfRange`` unless ``size``
  /// is a multiple of 2^height and the sum is within bounds.
  public mutating func append(completeSubtree root: MerkleHash, height: Int) throws(TreeError) {
    guard (0..<62).contains(height), size.trailingZeroBitCount >= height,
      size + 1 << UInt64(height) <= LogLimits.treeSizeMaxLeaves
    else {
      throw TreeError(
        .sizeOutOfRange, expected: "a size that is a multiple of 2^height, and room for as many leaves",
        found: "size \(size), height \(height)")
    }
    append(root, height: height) { _, _ in }
  }

  // Calls `store` with each hash that belongs in a tile: the leaf's (level 0), and that of each full tile
  // that the leaf completes (level 1 and above). Their index in their level follows from the size.
  @inline(__always)
  mutating func append(
    _ subtreeRoot: MerkleHash, height: Int = 0, store: (_ level: Int, _ hash: MerkleHash) -> Void
  ) {
    store(height / LogLimits.tileHeightLevels, subtreeRoot)
    var hash = subtreeRoot
    var mergedHeight = height
    // Each binary digit 1 at the end of the old size is a complete subtree that the new one completes a pair
    // with.
    var unmerged = size >> UInt64(height)
    while unmerged & 1 == 1, let left = subtreeRoots.popLast() {
      hash = .node(left, hash)
      unmerged >>= 1
      mergedHeight += 1
      if mergedHeight % LogLimits.tileHeightLevels == 0 {
        store(mergedHeight / LogLimits.tileHeightLevels, hash)
      }
    }
    subtreeRoots.append(hash)
    // No overflow: no tree starts above 2^62 leaves, and no one appends as many again one by one.
    size &+= 1 << UInt64(height)
  }

  /// The root of the tree as it stands (RFC 6962, 2.1).
  public var root: MerkleHash {
    guard var root = subtreeRoots.last else { return .emptyRoot }
    for left in subtreeRoots.dropLast().reversed() {
      root = .node(left, root)
    }
    return root
  }
}
