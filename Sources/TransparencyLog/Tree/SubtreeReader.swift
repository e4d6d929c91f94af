// Hashes of subtrees, looked up by tile: what proofs are put together from.

/// Reads the hashes of subtrees of one tree from its tiles, and each tile only once.
struct SubtreeReader<Source: TileReading> {
  private let source: Source
  private let treeSize: UInt64
  private var tiles: [TileID: [MerkleHash]] = [:]

  init(source: Source, treeSize: UInt64) throws(TreeError) {
    try TreeError.checkSize(treeSize)
    self.source = source
    self.treeSize = treeSize
  }

  /// MTH(D[range]) for a range that is a node of the tree: as the tree's recursion reaches it.
  mutating func root(of range: Range<UInt64>) throws(TreeError) -> MerkleHash {
    var roots: [MerkleHash] = []
    var start = range.lowerBound
    // The range starts at a multiple of the largest power of two within its length, so its complete subtrees
    // are its length's binary digits 1 from the highest, just as at the right edge of the whole tree.
    while start < range.upperBound {
      let height = 63 - (range.upperBound - start).leadingZeroBitCount
      roots.append(try completeSubtree(height: height, start: start))
      start += 1 << UInt64(height)
    }
    guard var root = roots.popLast() else { return .emptyRoot }
    for left in roots.reversed() { root = .node(left, root) }
    return root
  }

  private mutating func completeSubtree(height: Int, start: UInt64) throws(TreeError) -> MerkleHash {
    guard let memory = source.subtreeMemory, height >= LogLimits.tileHeightLevels else {
      return try computedSubtree(height: height, start: start)
    }
    if let known = memory.root(height: height, start: start) { return known }
    let root = try computedSubtree(height: height, start: start)
    memory.keep(root, height: height, start: start)
    return root
  }

  // The subtree's nearest hashes below that are stored lie side by side in one tile.
  private mutating func computedSubtree(height: Int, start: UInt64) throws(TreeError) -> MerkleHash {
    let level = height / LogLimits.tileHeightLevels
    let count = 1 << (height % LogLimits.tileHeightLevels)
    let first = start >> UInt64(level * LogLimits.tileHeightLevels)
    let tile = TileID(level: level, index: first / UInt64(LogLimits.tileWidthHashes))
    let offset = Int(first % UInt64(LogLimits.tileWidthHashes))
    let hashes = try hashes(of: tile)
    guard offset + count <= hashes.count,
      let root = MerkleHash.root(ofComplete: hashes[offset..<(offset + count)])
    else {
      throw TreeError(.noSuchTile, tile: tile, expected: "\(offset + count) hashes", found: "\(hashes.count)")
    }
    return root
  }

  private mutating func hashes(of tile: TileID) throws(TreeError) -> [MerkleHash] {
    if let known = tiles[tile] { return known }
    let width = TileLayout.width(of: tile, treeSize: treeSize)
    guard width > 0 else {
      throw TreeError(
        .noSuchTile, tile: tile, expected: "a tile of a tree of \(treeSize) leaves", found: "none")
    }
    let hashes = try source.readExactly(tile, width: width)
    tiles[tile] = hashes
    return hashes
  }
}
