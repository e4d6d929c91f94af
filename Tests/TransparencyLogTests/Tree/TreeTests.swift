// The growing tree against the naive one: roots, tiles, and going on from what is stored.

import TestSupport
import Testing
import TransparencyLog

struct TreeTests {
  /// Sizes around which a tile of level 1 fills.
  private static let largeSizes = [
    65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_791, 65_792, 65_793, 66_049,
  ]

  @Test("For every size from 0 to 600 the root is that of the naive tree")
  func smallRoots() {
    let oracle = NaiveTree(size: 600)
    var (appender, frontier) = (TreeAppender(), TreeFrontier())
    for size in 0...600 {
      #expect(appender.size == UInt64(size))
      #expect(appender.root == oracle.root(size))
      #expect(frontier.root == oracle.root(size))
      guard size < 600 else { break }
      appender.append(oracle.leafHashes[size])
      frontier.append(oracle.leafHashes[size])
    }
  }

  @Test("For every size from 0 to 600 the tiles hold the roots of the complete subtrees, and no others")
  func smallTiles() {
    let oracle = NaiveTree(size: 600)
    var (appender, tiles) = (TreeAppender(), MemoryTiles())
    for size in 0...600 {
      #expect(tiles.tiles == Self.naiveTiles(oracle, size: size), "size \(size)")
      guard size < 600 else { break }
      appender.append(oracle.leafHashes[size])
      tiles.write(appender.takeNewTileHashes())
      #expect(appender.newTileHashes.isEmpty)
    }
    #expect(tiles.gaps == 0)
  }

  @Test("Around 65,536 leaves, root and tiles are those of the naive tree")
  func largeTrees() throws {
    let sizeMax = try #require(Self.largeSizes.last)
    let oracle = NaiveTree(size: sizeMax)
    var (appender, tiles) = (TreeAppender(), MemoryTiles())
    for size in Self.largeSizes {
      appender.append(contentsOf: oracle.leafHashes[Int(appender.size)..<size])
      tiles.write(appender.takeNewTileHashes())
      #expect(appender.root == oracle.root(size), "size \(size)")
      #expect(tiles.tiles == Self.naiveTiles(oracle, size: size), "size \(size)")
    }
    #expect(tiles.gaps == 0)
    // A store of a larger tree gives the root of every smaller one.
    for size in [0, 1, 255, 256, 257, 40_000] + Self.largeSizes {
      #expect(try tiles.root(size: UInt64(size)) == oracle.root(size), "size \(size)")
    }
  }

  @Test("Appending in batches of any size gives the same tree and the same tiles")
  func batches() throws {
    let seed: UInt64 = 3
    var random = SeededGenerator(seed: seed)
    let oracle = NaiveTree(size: 3_000)
    let expected = MemoryTiles.tree(oracle.leafHashes)
    for _ in 0..<10 {
      var (appender, tiles) = (TreeAppender(), MemoryTiles())
      while appender.size < 3_000 {
        let end = min(3_000, Int(appender.size) + Int.random(in: 1...700, using: &random))
        appender.append(contentsOf: oracle.leafHashes[Int(appender.size)..<end])
        let pieces = appender.takeNewTileHashes()
        #expect(pieces.allSatisfy { $0.offset + $0.hashes.count <= 256 })
        #expect(pieces.map(\.tile) == pieces.map(\.tile).sorted())
        tiles.write(pieces)
      }
      #expect(appender == expected.appender, "seed \(seed)")
      #expect(tiles.tiles == expected.tiles.tiles, "seed \(seed)")
      #expect(tiles.gaps == 0, "seed \(seed)")
    }
  }

  @Test("For every size from 0 to 600 the tree goes on from its stored tiles as if it had never stopped")
  func goingOn() throws {
    let oracle = NaiveTree(size: 900)
    var tiles = MemoryTiles()
    var live = TreeAppender()
    for size in 0...600 {
      var resumed = try TreeAppender(size: UInt64(size), root: oracle.root(size), tiles: tiles)
      #expect(resumed == live)
      resumed.append(contentsOf: oracle.leafHashes[size..<(size + 300)])
      #expect(resumed.root == oracle.root(size + 300))
      live.append(oracle.leafHashes[size])
      tiles.write(live.takeNewTileHashes())
    }
  }

  @Test("A tree does not go on from tiles that do not give its root, nor from missing ones")
  func goingOnWrongly() throws {
    let oracle = NaiveTree(size: 600)
    let (appender, tiles) = MemoryTiles.tree(oracle.leafHashes)
    #expect(
      failure { () throws(TreeError) in
        _ = try TreeAppender(size: 600, root: oracle.root(599), tiles: tiles)
      }?.kind == .wrongRoot)
    #expect(
      failure { () throws(TreeError) in
        _ = try TreeAppender(size: 601, root: appender.root, tiles: tiles)
      }?.kind == .missingTile)
    #expect(
      failure { () throws(TreeError) in
        _ = try TreeAppender(size: (1 << 62) + 1, root: appender.root, tiles: tiles)
      }?.kind == .sizeOutOfRange)
    #expect(
      failure { () throws(TreeError) in
        _ = try TreeAppender(size: .max, root: appender.root, tiles: tiles)
      }?.kind == .sizeOutOfRange)
  }

  @Test("Complete subtrees hashed apart and joined give the same tree as their leaves one by one")
  func joinedSubtrees() throws {
    let seed: UInt64 = 4
    var random = SeededGenerator(seed: seed)
    let oracle = NaiveTree(size: 4_096)
    for _ in 0..<50 {
      var (joined, single) = (TreeFrontier(), TreeFrontier())
      while joined.size < 3_000 {
        // The highest subtree that may follow, or any lower one.
        let start = Int(joined.size)
        let height = Int.random(in: 0...min(start.trailingZeroBitCount, 10), using: &random)
        try joined.append(completeSubtree: oracle.root(start, start + 1 << height), height: height)
        single.append(contentsOf: oracle.leafHashes[start..<(start + 1 << height)])
        #expect(joined == single, "seed \(seed)")
        let wrongHeight = joined.size.trailingZeroBitCount + 1
        #expect(
          failure { () throws(TreeError) in
            try joined.append(completeSubtree: .emptyRoot, height: wrongHeight)
          }?.kind == .sizeOutOfRange)
      }
      #expect(joined.root == oracle.root(Int(joined.size)), "seed \(seed)")
    }
    for height in [-1, 62, 63, 64, .max, .min] {
      var tree = TreeFrontier()
      #expect(
        failure { () throws(TreeError) in
          try tree.append(completeSubtree: .emptyRoot, height: height)
        }?.kind == .sizeOutOfRange)
    }
  }

  @Test("A copy that was changed leaves the tree as it was")
  func valueSemantics() {
    let oracle = NaiveTree(size: 300)
    var tree = TreeAppender()
    tree.append(contentsOf: oracle.leafHashes.prefix(299))
    var copy = tree
    copy.append(oracle.leafHashes[299])
    #expect(tree.root == oracle.root(299))
    #expect(copy.root == oracle.root(300))
    #expect(tree.newTileHashes.reduce(0) { $0 + $1.hashes.count } == 299 + 1)
  }

  /// The tiles of a tree, straight from the definition: hash i of level l is MTH(D[i * 256^l : (i + 1) *
  /// 256^l]).
  private static func naiveTiles(_ oracle: NaiveTree, size: Int) -> [TileID: [MerkleHash]] {
    var tiles: [TileID: [MerkleHash]] = [:]
    var (level, span) = (0, 1)
    while span <= size {
      for index in 0..<(size / span) {
        let tile = TileID(level: level, index: UInt64(index / 256))
        tiles[tile, default: []].append(oracle.root(index * span, (index + 1) * span))
      }
      level += 1
      span *= 256
    }
    return tiles
  }
}
