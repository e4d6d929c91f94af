// The hashes of whole subtrees, kept from one proof to the next.

internal import Synchronization

/// Remembers the roots of complete subtrees of a tree that only grows, of those that are as high as a tile or higher.
///
/// They never change, and every proof asks for some of the same: without them, what a proof costs grows with each level of
/// tiles by the hashes of a whole tile. Nothing that is remembered is a proof by itself: a path is checked against the root
/// that it leads to.
public final class SubtreeMemory: Sendable {
  private struct Place: Hashable {
    let height: Int
    let start: UInt64
  }

  /// More would be forgotten all at once: those that proofs ask for most come back first.
  private static let countMax = 8_192

  private let roots = Mutex<[Place: MerkleHash]>([:])

  /// Remembers nothing yet.
  public init() {}

  func root(height: Int, start: UInt64) -> MerkleHash? {
    roots.withLock { $0[Place(height: height, start: start)] }
  }

  func keep(_ root: MerkleHash, height: Int, start: UInt64) {
    roots.withLock { roots in
      if roots.count >= Self.countMax { roots.removeAll(keepingCapacity: true) }
      roots[Place(height: height, start: start)] = root
    }
  }
}
