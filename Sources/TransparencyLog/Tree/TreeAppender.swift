// Appending to a stored tree: new leaves in, hashes to store out, and nothing of the past read or hashed
// again.

/// Hashes that a tile gained.
public struct NewTileHashes: Sendable, Equatable {
  /// The tile.
  public let tile: TileID

  /// How many hashes the tile had before: where the new ones start in it.
  public let offset: Int

  /// The new hashes; `offset` and their count together are the tile's width now, at most 256.
  public let hashes: [MerkleHash]

  /// Whether the tile is full now, and so will never change again.
  public var completesTile: Bool {
    offset + hashes.count == LogLimits.tileWidthHashes
  }
}

/// A tree that is stored in tiles and grows.
///
/// Only the right edge is in memory, besides the hashes that have not been taken for storing yet. It is a
/// value: to append within a transaction that may fail, change a copy and keep it once the transaction has
/// succeeded.
///
/// ```swift
/// var tree = try TreeAppender(size: head.size, root: head.root, tiles: store)
/// for entry in entries { tree.append(.leaf(entry)) }
/// for new in tree.takeNewTileHashes() { try store.write(new) }   // in the transaction of the entries
/// try store.writeHead(size: tree.size, root: tree.root)
/// ```
public struct TreeAppender: Sendable, Equatable {
  private var frontier: TreeFrontier

  // New hashes by level, and the index in the level of the first of them.
  private var newHashes: [[MerkleHash]]
  private var newFirstIndex: [UInt64]

  /// A tree without leaves.
  public init() {
    self.init(frontier: TreeFrontier())
  }

  /// The tree of `size` leaves that lies in `tiles`, checked against its root.
  ///
  /// Reads the partial tile of each level, and no other. Throws ``TreeError/Kind/wrongRoot`` if these tiles
  /// give another root, and what the source throws.
  public init(size: UInt64, root: MerkleHash, tiles: some TileReading) throws(TreeError) {
    let frontier = try tiles.frontier(size: size)
    guard frontier.root == root else {
      throw TreeError(.wrongRoot, expected: "\(root) at size \(size)", found: "\(frontier.root)")
    }
    self.init(frontier: frontier)
  }

  private init(frontier: TreeFrontier) {
    self.frontier = frontier
    newHashes = Array(repeating: [], count: TileLayout.levelsMax)
    newFirstIndex = (0..<TileLayout.levelsMax).map {
      TileLayout.hashCount(level: $0, treeSize: frontier.size)
    }
  }

  /// The number of leaves.
  public var size: UInt64 { frontier.size }

  /// The root of the tree as it stands.
  public var root: MerkleHash { frontier.root }

  /// Adds one leaf, given its hash.
  public mutating func append(_ leafHash: MerkleHash) {
    // Moved out while the frontier changes, which a closure over `self` may not see; nothing is copied.
    var levels: [[MerkleHash]] = []
    swap(&levels, &newHashes)
    frontier.append(leafHash) { level, hash in
      levels[level].append(hash)
    }
    swap(&levels, &newHashes)
  }

  /// Adds leaves in order, given their hashes.
  public mutating func append(contentsOf leafHashes: some Sequence<MerkleHash>) {
    for hash in leafHashes { append(hash) }
  }

  /// The hashes that have come since the start or since they were last taken, tile by tile, the lowest level
  /// first.
  public var newTileHashes: [NewTileHashes] {
    var pieces: [NewTileHashes] = []
    for level in newHashes.indices {
      var index = newFirstIndex[level]
      var rest = newHashes[level][...]
      while !rest.isEmpty {
        let offset = Int(index % UInt64(LogLimits.tileWidthHashes))
        let piece = rest.prefix(LogLimits.tileWidthHashes - offset)
        let tile = TileID(level: level, index: index / UInt64(LogLimits.tileWidthHashes))
        pieces.append(NewTileHashes(tile: tile, offset: offset, hashes: Array(piece)))
        rest = rest.dropFirst(piece.count)
        index += UInt64(piece.count)
      }
    }
    return pieces
  }

  /// Gives ``newTileHashes`` and forgets them: they are the caller's to store now.
  public mutating func takeNewTileHashes() -> [NewTileHashes] {
    let pieces = newTileHashes
    for level in newHashes.indices {
      newFirstIndex[level] += UInt64(newHashes[level].count)
      newHashes[level].removeAll(keepingCapacity: true)
    }
    return pieces
  }
}
