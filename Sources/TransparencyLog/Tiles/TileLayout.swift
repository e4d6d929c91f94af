// Which tiles a tree has, and how wide they are (tlog-tiles, "Merkle Tree").

/// A tile by its place: the level and the index within the level, both from 0.
public struct TileID: Sendable, Hashable, CustomStringConvertible {
  /// The level; a hash at level l covers 256^l leaves.
  public let level: Int

  /// The index within the level; tile n holds the level's hashes 256n to 256n + 255.
  public let index: UInt64

  /// The tile at that place, whether or not any tree has it.
  public init(level: Int, index: UInt64) {
    self.level = level
    self.index = index
  }

  /// `level/index`, both in plain decimal; for a path see ``TilePath``.
  public var description: String { "\(level)/\(index)" }
}

extension TileID: Comparable {
  /// By level, then by index.
  public static func < (left: TileID, right: TileID) -> Bool {
    (left.level, left.index) < (right.level, right.index)
  }
}

/// The arithmetic of tiles: what a tree of a given size has.
public enum TileLayout {
  /// A tree of less than 2^64 leaves has hashes at levels 0 to 7 only.
  public static let levelsMax = 8

  /// How many hashes the level has: floor(size / 256^level), since only complete subtrees appear.
  public static func hashCount(level: Int, treeSize: UInt64) -> UInt64 {
    guard (0..<levelsMax).contains(level) else { return 0 }
    return treeSize >> UInt64(level * LogLimits.tileHeightLevels)
  }

  /// How many full tiles the level has.
  public static func fullTiles(level: Int, treeSize: UInt64) -> UInt64 {
    hashCount(level: level, treeSize: treeSize) / UInt64(LogLimits.tileWidthHashes)
  }

  /// How many hashes the level's last, partial tile has, from 0 (there is no partial tile) to 255.
  public static func partialWidth(level: Int, treeSize: UInt64) -> Int {
    Int(hashCount(level: level, treeSize: treeSize) % UInt64(LogLimits.tileWidthHashes))
  }

  /// How many hashes the tile has in a tree of that size: 256 if it is full, 0 if the tree has no such tile.
  public static func width(of tile: TileID, treeSize: UInt64) -> Int {
    let full = fullTiles(level: tile.level, treeSize: treeSize)
    if tile.index < full { return LogLimits.tileWidthHashes }
    return tile.index == full ? partialWidth(level: tile.level, treeSize: treeSize) : 0
  }

  /// The partial tiles of a tree of that size, the lowest level first; at most one a level.
  public static func partialTiles(treeSize: UInt64) -> [(tile: TileID, width: Int)] {
    (0..<levelsMax).compactMap { level in
      let width = partialWidth(level: level, treeSize: treeSize)
      guard width > 0 else { return nil }
      return (TileID(level: level, index: fullTiles(level: level, treeSize: treeSize)), width)
    }
  }
}
