// The tiles of a tree's right edge, from which alone its root follows.

/// The partial tiles of a tree, held in memory, as a source for its root.
struct EdgeTiles: TileReading {
  let hashes: [TileID: [MerkleHash]]

  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    hashes[tile] ?? []
  }
}
