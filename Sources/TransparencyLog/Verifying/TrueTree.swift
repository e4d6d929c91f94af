// The hashes of the tree that a trusted root vouches for, as far as they can be found.

/// The true hashes of a tree, found from its trusted root downwards among the stored and the computed ones.
///
/// What is neither stored nor given by the entries any more cannot be found: then nothing is said of that
/// tile and of those below it.
final class TrueTree<Contents: LogContents> {
  /// The size of the tree whose root is trusted.
  let size: UInt64

  private let contents: Contents
  private let pass: Recomputation<Contents>
  private var known: [TileID: [MerkleHash]?] = [:]

  /// The tree of that root; nothing if neither the stored nor the computed hashes of its right edge give it.
  init?(contents: Contents, pass: Recomputation<Contents>, size: UInt64, root: MerkleHash)
    throws(ContentsError)
  {
    self.contents = contents
    self.pass = pass
    self.size = size
    let edge = TileLayout.partialTiles(treeSize: size)
    var stored: [MerkleHash?] = []
    var computed: [MerkleHash?] = []
    for (tile, width) in edge {
      let both = try Self.hashes(of: tile, width: width, contents: contents, pass: pass)
      stored += both.stored
      computed += both.computed
    }
    func tiles(_ hashes: [MerkleHash]) -> [TileID: [MerkleHash]] {
      var rest = hashes[...]
      var tiles: [TileID: [MerkleHash]] = [:]
      for (tile, width) in edge {
        tiles[tile] = Array(rest.prefix(width))
        rest = rest.dropFirst(width)
      }
      return tiles
    }
    let hashes = Reconciliation.trueHashes(stored: stored, computed: computed) { hashes in
      (try? EdgeTiles(hashes: tiles(hashes)).root(size: size)) == root
    }
    guard let hashes else { return nil }
    known = tiles(hashes)
  }

  /// The true hashes of a tile, as many as a tree of ``size`` has in it; nothing if they cannot be found.
  func hashes(of tile: TileID) throws(ContentsError) -> [MerkleHash]? {
    if let found = known[tile] { return found }
    let found = try find(tile)
    known[tile] = found
    return found
  }

  /// The root that the true tree had at a smaller size; nothing if it cannot be found.
  func root(size: UInt64) throws(ContentsError) -> MerkleHash? {
    var edge: [TileID: [MerkleHash]] = [:]
    for (tile, width) in TileLayout.partialTiles(treeSize: size) {
      guard let hashes = try hashes(of: tile) else { return nil }
      edge[tile] = Array(hashes.prefix(width))
    }
    return try? EdgeTiles(hashes: edge).root(size: size)
  }

  // A full tile, by the hash of it that the tile above has. Ends at the right edge, which is known.
  private func find(_ tile: TileID) throws(ContentsError) -> [MerkleHash]? {
    guard TileLayout.width(of: tile, treeSize: size) == LogLimits.tileWidthHashes,
      let above = try hashes(of: tile.parent)
    else { return nil }
    let wanted = above[tile.slotInParent]
    let both = try Self.hashes(of: tile, width: LogLimits.tileWidthHashes, contents: contents, pass: pass)
    return Reconciliation.trueHashes(stored: both.stored, computed: both.computed) { hashes in
      MerkleHash.root(ofComplete: hashes) == wanted
    }
  }

  // Where the pass noted no difference, or did not get to, the stored hashes stand for both.
  private static func hashes(
    of tile: TileID, width: Int, contents: Contents, pass: Recomputation<Contents>
  ) throws(ContentsError) -> (stored: [MerkleHash?], computed: [MerkleHash?]) {
    if let noted = pass.disagreements[tile], noted.width >= width {
      return (Array(noted.stored.prefix(width)), Array(noted.computed.prefix(width)))
    }
    let stored = try contents.storedHashes(of: tile, width: width).hashes
    return (stored, stored)
  }
}

extension TileID {
  /// The tile one level up that has a hash of this one, once this one is full.
  var parent: TileID { TileID(level: level + 1, index: index / UInt64(LogLimits.tileWidthHashes)) }

  /// Where in the parent that hash stands.
  var slotInParent: Int { Int(index % UInt64(LogLimits.tileWidthHashes)) }

  /// The tile one level down whose hash stands in that slot.
  func child(slot: Int) -> TileID {
    TileID(level: level - 1, index: index * UInt64(LogLimits.tileWidthHashes) + UInt64(slot))
  }

  /// The first position under that slot.
  func firstPosition(slot: Int) -> UInt64 {
    (index * UInt64(LogLimits.tileWidthHashes) + UInt64(slot)) << UInt64(level * LogLimits.tileHeightLevels)
  }

  /// How many positions are under one slot.
  var positionsPerSlot: UInt64 { 1 << UInt64(level * LogLimits.tileHeightLevels) }
}
