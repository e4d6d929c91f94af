// The tiles and the head of the tree as rows of the log's file.

internal import GRDB
internal import TransparencyLog

/// Where a tile stands in its table: level and number in one integer, the level above.
enum TilePlace {
  /// How many bits the number takes. A tree of 2^62 leaves has tiles of numbers below 2^54.
  static let numberBits = 56
  static let numberMask: Int64 = 1 << 56 - 1
  /// 256 hashes of 32 bytes.
  static let fullTileBytes = LogLimits.tileWidthHashes * LogLimits.hashLengthBytes

  /// The place of a tile; nil if no tree has such a tile.
  static func place(of tile: TileID) -> Int64? {
    guard (0..<TileLayout.levelsMax).contains(tile.level), tile.index <= UInt64(numberMask) else {
      return nil
    }
    return Int64(tile.level) << Int64(numberBits) | Int64(tile.index)
  }
}

/// The table of tiles on a connection, to be used only while that connection is held.
struct TileTable: TileReading {
  let database: Database
  let path: String

  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    let hashes: [MerkleHash]
    do {
      hashes = try bytes(of: tile) { stored in
        let wanted = min(stored.count, width * LogLimits.hashLengthBytes)
        return wanted == 0 ? [] : try TileBytes.decode(UnsafeRawBufferPointer(rebasing: stored[..<wanted]))
      }
    } catch let error as FormatError {
      throw TreeError(.wrongWidth, tile: tile, expected: error.expected, found: error.found)
    } catch {
      let failure = LogError(error, during: .reading, path: path, waitedMilliseconds: 0)
      throw TreeError(.unreadable, tile: tile, expected: "a tile", found: "a failure", underlying: failure)
    }
    guard hashes.count == width else {
      throw TreeError(.missingTile, tile: tile, expected: "\(width) hashes", found: "\(hashes.count)")
    }
    return hashes
  }

  /// Stores what a tile gained: behind what it has, or as a new one.
  func write(_ new: NewTileHashes) throws {
    let known = new.offset == 0 ? [] : try bytes(of: new.tile) { Array($0) }
    guard known.count == new.offset * LogLimits.hashLengthBytes, let place = TilePlace.place(of: new.tile)
    else {
      throw TreeError(
        .wrongWidth, tile: new.tile, expected: "\(new.offset) hashes",
        found: "\(known.count / LogLimits.hashLengthBytes)")
    }
    let query = try Query(database, known.isEmpty ? Statements.insertTile : Statements.growTile)
    try query.bind(1, place)
    try (known + TileBytes.encode(new.hashes)).withUnsafeBytes { bytes in
      try query.bindBorrowed(2, bytes)
      defer { query.reset() }
      _ = try query.step()
    }
  }

  func setHead(size: Int64, root: MerkleHash) throws {
    let query = try Query(database, Statements.setTreeHead)
    try query.bind(1, size)
    try root.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws in
      try query.bindBorrowed(2, bytes)
      defer { query.reset() }
      _ = try query.step()
    }
  }

  /// Lends the stored bytes of a tile; none if there is no such tile.
  private func bytes<T>(of tile: TileID, _ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
    guard let place = TilePlace.place(of: tile) else {
      return try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let query = try Query(database, Statements.readTile)
    defer { query.reset() }
    try query.bind(1, place)
    guard try query.step() else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try body(query.blob(0))
  }
}
