// The tiles of a tree whose leaves are all alike: any size, any level, without storing a thing.

import TransparencyLog

struct UniformTiles: TileReading {
  let size: UInt64

  /// The root of a complete subtree of each height.
  private let subtreeRoots: [MerkleHash]

  /// A tile to hand out with one bit turned, if any.
  var tampered: TileID?
  var tamperedHash = 0

  init(size: UInt64) {
    self.size = size
    var roots = [MerkleHash.leaf("leaf".utf8)]
    for _ in 0..<63 { roots.append(.node(roots[roots.count - 1], roots[roots.count - 1])) }
    subtreeRoots = roots
  }

  var leafHash: MerkleHash { subtreeRoots[0] }

  /// The root of a tree of so many leaves, by the binary digits of the size.
  func naiveRoot(_ size: UInt64) -> MerkleHash {
    var root: MerkleHash?
    for height in 0..<63 where size >> UInt64(height) & 1 == 1 {
      root = root.map { .node(subtreeRoots[height], $0) } ?? subtreeRoots[height]
    }
    return root ?? .emptyRoot
  }

  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    guard width <= TileLayout.width(of: tile, treeSize: size) else {
      throw TreeError(.missingTile, tile: tile, expected: "\(width) hashes", found: "fewer")
    }
    var hashes = Array(repeating: subtreeRoots[tile.level * 8], count: width)
    if tile == tampered, tamperedHash < width {
      hashes[tamperedHash] = hashes[tamperedHash].flipping(bit: 0)
    }
    return hashes
  }
}
