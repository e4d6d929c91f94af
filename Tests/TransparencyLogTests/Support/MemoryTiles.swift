// A store of tiles in memory, filled as a real one would be: with what the appender says is new.

import TransparencyLog

struct MemoryTiles: TileReading {
  private(set) var tiles: [TileID: [MerkleHash]] = [:]

  /// How many new pieces did not join on to what was there.
  private(set) var gaps = 0

  mutating func write(_ pieces: [NewTileHashes]) {
    for piece in pieces {
      if tiles[piece.tile, default: []].count != piece.offset { gaps += 1 }
      tiles[piece.tile, default: []] += piece.hashes
    }
  }

  mutating func flip(bit: Int, ofHash index: Int, in tile: TileID) {
    guard let hash = tiles[tile]?[index] else { return }
    tiles[tile]?[index] = hash.flipping(bit: bit)
  }

  mutating func replace(_ tile: TileID, with hashes: [MerkleHash]?) {
    tiles[tile] = hashes
  }

  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    guard let hashes = tiles[tile], hashes.count >= width else {
      throw TreeError(
        .missingTile, tile: tile, expected: "\(width) hashes", found: "\(tiles[tile]?.count ?? 0)")
    }
    return Array(hashes.prefix(width))
  }

  /// A tree and its tiles, appended in one go.
  static func tree(_ leafHashes: some Sequence<MerkleHash>) -> (appender: TreeAppender, tiles: MemoryTiles) {
    var appender = TreeAppender()
    appender.append(contentsOf: leafHashes)
    var tiles = MemoryTiles()
    tiles.write(appender.takeNewTileHashes())
    return (appender, tiles)
  }
}

extension MerkleHash {
  /// The hash with one of its 256 bits turned.
  func flipping(bit: Int) -> MerkleHash {
    MerkleHash(bytes.flipping(bit: bit)) ?? self
  }
}

extension [UInt8] {
  /// The bytes with one bit turned; bit 0 is the lowest of the first byte.
  func flipping(bit: Int) -> [UInt8] {
    var bytes = self
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return bytes
  }
}
