// Tiles that nobody has to trust: each is checked up to a checkpoint's root before a hash of it is used.

internal import Synchronization

/// A source of tiles whose every hash is bound to the root of a checkpoint.
///
/// The partial tiles at the right edge must together give the root. A full tile must hash to the hash that
/// the tile above it holds for it, that tile likewise, and so on up to the right edge; all this is done
/// before any of its hashes is handed out, at every level and also where only one hash of a tile is wanted.
/// So whoever alters a stored tile gets ``TreeError/Kind/tamperedTile``, with the tile, and never a wrong
/// proof.
///
/// The last tile read of each level is remembered, so reading on from one tile to the next checks each tile
/// about once. Safe to use from several threads if the source is.
public struct AuthenticatedTiles<Source: TileReading>: TileReading {
  /// The size of the tree.
  public let size: UInt64

  /// The root that every hash was checked against.
  public let root: MerkleHash

  private let source: Source
  private let edge: [TileID: [MerkleHash]]
  private let recent = RecentTiles()

  /// The tree of a checkpoint, whose tiles `source` has.
  ///
  /// Reads the tiles of the right edge. Throws ``TreeError/Kind/wrongRoot`` if they do not give the root, and
  /// what the source throws.
  public init(source: Source, size: UInt64, root: MerkleHash) throws(TreeError) {
    try TreeError.checkSize(size)
    var edge: [TileID: [MerkleHash]] = [:]
    for (tile, width) in TileLayout.partialTiles(treeSize: size) {
      edge[tile] = try source.readExactly(tile, width: width)
    }
    let edgeRoot = try EdgeTiles(hashes: edge).root(size: size)
    guard edgeRoot == root else {
      throw TreeError(.wrongRoot, expected: "\(root) at size \(size)", found: "\(edgeRoot)")
    }
    self.source = source
    self.size = size
    self.root = root
    self.edge = edge
  }

  /// The first `width` hashes of a tile of this tree, checked.
  ///
  /// Throws ``TreeError/Kind/noSuchTile`` if the tile has fewer hashes in a tree of ``size`` leaves, and
  /// ``TreeError/Kind/tamperedTile`` for the topmost tile on the way to it that was altered.
  public func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    let widthMax = TileLayout.width(of: tile, treeSize: size)
    guard width > 0, width <= widthMax else {
      throw TreeError(
        .noSuchTile, tile: tile, expected: "1 to \(widthMax) hashes in a tree of \(size)", found: "\(width)")
    }
    let hashes = try authenticated(tile)
    return width == hashes.count ? hashes : Array(hashes.prefix(width))
  }

  /// Checks that the entries of the bundle `bundleIndex` are those of this tree: each against its leaf hash.
  ///
  /// Throws ``TreeError/Kind/tamperedEntry`` with the first leaf that differs, and
  /// ``TreeError/Kind/noSuchTile`` if the bundle has more entries than the tree has there.
  public func check(_ bundle: EntryBundle, at bundleIndex: UInt64) throws(TreeError) {
    let leafHashes = try readTile(TileID(level: 0, index: bundleIndex), width: bundle.count)
    for (offset, leafHash) in leafHashes.enumerated() {
      let found = bundle.leafHash(at: offset)
      guard found == leafHash else {
        throw TreeError(
          .tamperedEntry, leafIndex: bundleIndex * UInt64(LogLimits.tileWidthHashes) + UInt64(offset),
          expected: "the leaf hash \(leafHash)", found: "\(found)")
      }
    }
  }

  // Recursion ends at the right edge, at most 8 levels up: a full tile has a parent in a tree of this size.
  private func authenticated(_ tile: TileID) throws(TreeError) -> [MerkleHash] {
    if let hashes = edge[tile] ?? recent[tile] { return hashes }
    let parentTile = TileID(level: tile.level + 1, index: tile.index / UInt64(LogLimits.tileWidthHashes))
    let parents = try authenticated(parentTile)
    let offset = Int(tile.index % UInt64(LogLimits.tileWidthHashes))
    guard offset < parents.count else {
      throw TreeError(
        .noSuchTile, tile: parentTile, expected: "\(offset + 1) hashes", found: "\(parents.count)")
    }
    let hashes = try source.readExactly(tile, width: LogLimits.tileWidthHashes)
    guard let hash = MerkleHash.root(ofComplete: hashes), hash == parents[offset] else {
      let found = MerkleHash.root(ofComplete: hashes).map { "\($0)" } ?? "none"
      throw TreeError(
        .tamperedTile, tile: tile, expected: "hashes that give \(parents[offset])", found: found)
    }
    recent[tile] = hashes
    return hashes
  }
}

extension AuthenticatedTiles: Sendable where Source: Sendable {}

/// The tile last authenticated at each level.
private final class RecentTiles: Sendable {
  private let tiles = Mutex<[Int: (index: UInt64, hashes: [MerkleHash])]>([:])

  subscript(tile: TileID) -> [MerkleHash]? {
    get {
      tiles.withLock { tiles in
        guard let recent = tiles[tile.level], recent.index == tile.index else { return nil }
        return recent.hashes
      }
    }
    set {
      tiles.withLock { tiles in
        tiles[tile.level] = newValue.map { (tile.index, $0) }
      }
    }
  }
}
