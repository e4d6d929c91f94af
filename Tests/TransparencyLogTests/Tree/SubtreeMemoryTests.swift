// What is remembered of a tree from one proof to the next: the same proofs, made of fewer tiles.

import Synchronization
import TestSupport
import Testing
import TransparencyLog

struct SubtreeMemoryTests {
  /// Tiles of a tree of which something is remembered, and which of them were read.
  private final class Remembering: TileReading {
    let tiles: MemoryTiles
    let memory = SubtreeMemory()
    private let tilesRead = Mutex<[TileID]>([])

    init(_ tiles: MemoryTiles) { self.tiles = tiles }

    var subtreeMemory: SubtreeMemory? { memory }

    func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
      tilesRead.withLock { $0.append(tile) }
      return try tiles.readTile(tile, width: width)
    }

    func takeTilesRead() -> [TileID] {
      tilesRead.withLock { tiles in
        defer { tiles = [] }
        return tiles
      }
    }
  }

  @Test(
    "Proofs of a tree that is remembered are those of the naive tree, at whatever size they are asked for")
  func sameProofs() throws {
    let seed: UInt64 = 17
    var random = SeededGenerator(seed: seed)
    let oracle = NaiveTree(size: 2_100)
    let source = Remembering(MemoryTiles.tree(oracle.leafHashes).tiles)
    for _ in 0..<300 {
      let size = Int.random(in: 1...2_100, using: &random)
      let index = Int.random(in: 0..<size, using: &random)
      let inclusion = try source.inclusionProof(index: UInt64(index), size: UInt64(size))
      #expect(inclusion.path == oracle.path(index, size), "seed \(seed), \(index) of \(size)")
      let consistency = try source.consistencyProof(from: UInt64(index), to: UInt64(size))
      #expect(consistency.path == oracle.proof(index, size), "seed \(seed), \(index) to \(size)")
    }
  }

  @Test("Once a tree is known, a proof reads the tile of its leaf and that at the right edge, and no other")
  func tilesRead() throws {
    let oracle = NaiveTree(size: 2_100)
    let source = Remembering(MemoryTiles.tree(oracle.leafHashes).tiles)
    // One in each tile of the lowest level, by which all above it are known.
    for index in stride(from: UInt64(0), to: 2_100, by: 256) {
      _ = try source.inclusionProof(index: index, size: 2_100)
    }
    #expect(source.takeTilesRead().contains { $0.level == 1 })
    for index: UInt64 in [5, 300, 1_000, 1_535, 2_047, 2_099] {
      _ = try source.inclusionProof(index: index, size: 2_100)
      let read = Set(source.takeTilesRead())
      #expect(
        read.isSubset(of: [TileID(level: 0, index: index / 256), TileID(level: 0, index: 2_100 / 256)]))
    }
  }
}
