// Tiles that were altered are refused before a hash of them is used, at every level.

import TestSupport
import Testing
import TransparencyLog

struct AuthenticatedTilesTests {
  private func kind(_ body: () throws(TreeError) -> Void) -> TreeError.Kind? { failure(body)?.kind }

  @Test("For every size from 0 to 600 every tile of an honest source is handed out as it is")
  func honestSource() throws {
    let oracle = NaiveTree(size: 600)
    let stored = MemoryTiles.tree(oracle.leafHashes).tiles
    for size in 0...600 {
      let tiles = try AuthenticatedTiles(source: stored, size: UInt64(size), root: oracle.root(size))
      for (tile, hashes) in stored.tiles {
        let width = TileLayout.width(of: tile, treeSize: UInt64(size))
        if width > 0 {
          #expect(try tiles.readTile(tile, width: width) == Array(hashes.prefix(width)))
          #expect(try tiles.readTile(tile, width: 1) == Array(hashes.prefix(1)))
        }
        #expect(
          kind { () throws(TreeError) in _ = try tiles.readTile(tile, width: width + 1) } == .noSuchTile)
        #expect(kind { () throws(TreeError) in _ = try tiles.readTile(tile, width: 0) } == .noSuchTile)
        #expect(kind { () throws(TreeError) in _ = try tiles.readTile(tile, width: -1) } == .noSuchTile)
      }
    }
  }

  @Test("Every single bit of every tile of a small tree matters", arguments: [1, 2, 3, 37])
  func everyBit(size: Int) throws {
    let (flips, refused) = try countRefusals(size: size) { _, _ in true }
    #expect(flips == size * 256)
    #expect(refused == flips)
  }

  @Test("Bits of every hash of a full tile, of the one beside it and of the one above matter")
  func fullTileBits() throws {
    // Eight bits a hash, others in the next, so that all 256 come up.
    let (flips, refused) = try countRefusals(size: 259) { hash, bit in (hash + bit) % 32 == 0 }
    #expect(flips == (256 + 3 + 1) * 8)
    #expect(refused == flips)
  }

  // Turns bits of the stored tiles one by one, and reads not the hash that was altered, but one beside it.
  private func countRefusals(
    size: Int, of isChosen: (_ hash: Int, _ bit: Int) -> Bool
  ) throws -> (flips: Int, refused: Int) {
    let oracle = NaiveTree(size: size)
    let stored = MemoryTiles.tree(oracle.leafHashes).tiles
    var (flips, refused) = (0, 0)
    for (tile, hashes) in stored.tiles {
      for hash in hashes.indices {
        for bit in 0..<256 where isChosen(hash, bit) {
          var changed = stored
          changed.flip(bit: bit, ofHash: hash, in: tile)
          let found = kind { () throws(TreeError) in
            let tiles = try AuthenticatedTiles(source: changed, size: UInt64(size), root: oracle.root(size))
            _ = try tiles.inclusionProof(index: hash == 0 ? UInt64(size > 1 ? 1 : 0) : 0, size: UInt64(size))
          }
          flips += 1
          if found == (hashes.count == 256 ? .tamperedTile : .wrongRoot) { refused += 1 }
        }
      }
    }
    return (flips, refused)
  }

  @Test("A tile altered at any level of a tree of 2^41 leaves is refused by name, and only where it is used")
  func everyLevel() throws {
    let size: UInt64 = 1 << 41 + 1 << 33 + 70_000
    var source = UniformTiles(size: size)
    let root = source.naiveRoot(size)
    #expect(try source.root(size: size) == root)
    let index: UInt64 = 1 << 32 + 12_345
    var refused = 0
    for level in 0...4 {
      let tile = TileID(level: level, index: index >> UInt64(8 * (level + 1)))
      #expect(TileLayout.width(of: tile, treeSize: size) == 256)
      for hash in [0, 1, 127, 128, 255] {
        (source.tampered, source.tamperedHash) = (tile, hash)
        let tiles = try AuthenticatedTiles(source: source, size: size, root: root)
        let error = failure { () throws(TreeError) in
          _ = try tiles.readTile(TileID(level: 0, index: index >> 8), width: 256)
        }
        #expect(error?.kind == .tamperedTile)
        #expect(error?.tile == tile)
        let proofError = failure { () throws(TreeError) in
          _ = try tiles.inclusionProof(index: index, size: size)
        }
        #expect(proofError?.tile == tile)
        if error?.kind == .tamperedTile, proofError?.kind == .tamperedTile { refused += 1 }
        // The far end of the tree does not hang on that tile.
        #expect(try tiles.readTile(TileID(level: 0, index: size >> 8 - 1), width: 256).count == 256)
      }
    }
    #expect(refused == 25)
    // The partial tiles of the right edge, above and beside.
    for (tile, _) in TileLayout.partialTiles(treeSize: size) {
      (source.tampered, source.tamperedHash) = (tile, 0)
      #expect(
        kind { () throws(TreeError) in
          _ = try AuthenticatedTiles(source: source, size: size, root: root)
        } == .wrongRoot)
    }
  }

  @Test("A leaf altered together with the tiles above it, up to any level, is refused at the next one")
  func consistentTampering() throws {
    let size = 66_100
    let oracle = NaiveTree(size: size)
    let honest = MemoryTiles.tree(oracle.leafHashes).tiles
    var leafHashes = oracle.leafHashes
    leafHashes[700] = .leaf("another entry".utf8)
    let forged = MemoryTiles.tree(leafHashes).tiles
    let way = [TileID(level: 0, index: 2), TileID(level: 1, index: 0), TileID(level: 2, index: 0)]

    var tiles = honest
    var outcomes: [TreeError.Kind?] = []
    var names: [TileID?] = []
    for tile in way {
      tiles.replace(tile, with: forged.tiles[tile])
      let error = failure { () throws(TreeError) in
        let reader = try AuthenticatedTiles(source: tiles, size: UInt64(size), root: oracle.root(size))
        _ = try reader.readTile(way[0], width: 256)
      }
      outcomes.append(error?.kind)
      names.append(error?.tile)
    }
    #expect(outcomes == [.tamperedTile, .tamperedTile, .wrongRoot])
    #expect(names == [way[0], way[1], nil])
  }

  @Test("What was read once is not taken for another tile of that level")
  func memory() throws {
    let size = 1_000
    let oracle = NaiveTree(size: size)
    var stored = MemoryTiles.tree(oracle.leafHashes).tiles
    stored.replace(TileID(level: 0, index: 1), with: stored.tiles[TileID(level: 0, index: 0)])
    let tiles = try AuthenticatedTiles(source: stored, size: UInt64(size), root: oracle.root(size))
    for _ in 0..<2 {
      #expect(try tiles.readTile(TileID(level: 0, index: 0), width: 256) == Array(oracle.leafHashes[..<256]))
      #expect(
        kind { () throws(TreeError) in
          _ = try tiles.readTile(TileID(level: 0, index: 1), width: 256)
        } == .tamperedTile)
      #expect(
        try tiles.readTile(TileID(level: 0, index: 2), width: 256) == Array(oracle.leafHashes[512..<768]))
    }
  }

  @Test("Tiles that are missing, too short or too long are refused")
  func wrongWidths() throws {
    struct Lying: TileReading {
      let count: Int
      func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
        Array(repeating: .emptyRoot, count: count)
      }
    }
    for count in [0, 1, 255, 256, 257] where count != 3 {
      #expect(
        kind { () throws(TreeError) in
          _ = try AuthenticatedTiles(source: Lying(count: count), size: 3, root: .emptyRoot)
        } == .wrongWidth)
      #expect(
        kind { () throws(TreeError) in
          _ = try Lying(count: count).inclusionProof(index: 0, size: 3)
        } == .wrongWidth)
    }
    let oracle = NaiveTree(size: 600)
    var stored = MemoryTiles.tree(oracle.leafHashes).tiles
    stored.replace(TileID(level: 0, index: 1), with: nil)
    let tiles = try AuthenticatedTiles(source: stored, size: 600, root: oracle.root(600))
    #expect(
      kind { () throws(TreeError) in _ = try tiles.inclusionProof(index: 300, size: 600) } == .missingTile)
  }

  @Test("The empty tree has the empty root and no tiles")
  func emptyTree() throws {
    let tiles = try AuthenticatedTiles(source: MemoryTiles(), size: 0, root: .emptyRoot)
    #expect(
      kind { () throws(TreeError) in _ = try tiles.readTile(TileID(level: 0, index: 0), width: 1) }
        == .noSuchTile)
    #expect(
      kind { () throws(TreeError) in
        _ = try AuthenticatedTiles(source: MemoryTiles(), size: 0, root: .leaf([]))
      } == .wrongRoot)
    #expect(
      kind { () throws(TreeError) in
        _ = try AuthenticatedTiles(source: MemoryTiles(), size: .max, root: .leaf([]))
      } == .sizeOutOfRange)
  }

  @Test("Proofs from authenticated tiles of a tree of 2^41 leaves are accepted")
  func largeProofs() throws {
    let seed: UInt64 = 7
    var random = SeededGenerator(seed: seed)
    let size: UInt64 = 1 << 41 + 987_654_321
    let source = UniformTiles(size: size)
    let tiles = try AuthenticatedTiles(source: source, size: size, root: source.naiveRoot(size))
    for _ in 0..<40 {
      let index = UInt64.random(in: 0..<size, using: &random)
      let smaller = UInt64.random(in: 1...size, using: &random)
      try tiles.inclusionProof(index: index, size: size).check(leafHash: source.leafHash, root: tiles.root)
      try tiles.consistencyProof(from: smaller, to: size).check(
        oldRoot: source.naiveRoot(smaller), newRoot: tiles.root, emptyOldTree: .refused)
    }
  }

  @Test("A bundle is checked entry by entry, and the first that was altered is named")
  func bundles() throws {
    let size = 300
    let oracle = NaiveTree(size: size)
    let stored = MemoryTiles.tree(oracle.leafHashes).tiles
    let tiles = try AuthenticatedTiles(source: stored, size: UInt64(size), root: oracle.root(size))
    let entries = (0..<size).map { Array("\($0)".utf8) }
    try tiles.check(EntryBundle(entries: entries[..<256]), at: 0)
    try tiles.check(EntryBundle(entries: entries[256...]), at: 1)
    for index in 256..<size {
      var changed = entries
      changed[index].append(0)
      changed[size - 1].append(0)
      let bundle = try EntryBundle(entries: changed[256...])
      let error = failure { () throws(TreeError) in try tiles.check(bundle, at: 1) }
      #expect(error?.kind == .tamperedEntry)
      #expect(error?.leafIndex == UInt64(index))
    }
    let tooMany = try EntryBundle(entries: entries[255...])
    #expect(kind { () throws(TreeError) in try tiles.check(tooMany, at: 1) } == .noSuchTile)
    #expect(kind { () throws(TreeError) in try tiles.check(tooMany, at: .max) } == .noSuchTile)
  }
}
