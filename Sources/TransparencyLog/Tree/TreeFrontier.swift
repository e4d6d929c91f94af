// The right edge of a growing tree: one hash for each complete subtree, from which the root follows at any moment.

/// A tree that grows leaf by leaf and remembers only its right edge.
///
/// A tree of n leaves is a row of complete subtrees, one for each binary digit 1 of n, the largest first. Their roots
/// are all that is needed to append and to give the root: at most 62 hashes, whatever the size. Use it to recompute a
/// root from entries; ``TreeAppender`` also reports what to store.
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

  // Calls `store` with each hash that belongs in a tile: the leaf's (level 0), and that of each full tile that the
  // leaf completes (level 1 and above). Their index in their level follows from the size.
  @inline(__always)
  mutating func append(_ leafHash: MerkleHash, store: (_ level: Int, _ hash: MerkleHash) -> Void) {
    store(0, leafHash)
    var hash = leafHash
    var height = 0
    // Each binary digit 1 at the end of the old size is a complete subtree that the new leaf completes a pair with.
    var unmerged = size
    while unmerged & 1 == 1, let left = subtreeRoots.popLast() {
      hash = .node(left, hash)
      unmerged >>= 1
      height += 1
      if height % LogLimits.tileHeightLevels == 0 {
        store(height / LogLimits.tileHeightLevels, hash)
      }
    }
    subtreeRoots.append(hash)
    // No overflow: nothing starts above 2^62, and no one appends as many again.
    size &+= 1
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
