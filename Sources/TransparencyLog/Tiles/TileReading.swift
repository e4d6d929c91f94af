// Where hashes come from: whoever stores tiles offers this, and proofs and roots can be made from it.

/// A source of tiles: a database, a directory, a server, memory.
///
/// What a source gives is taken at its word, unless it is wrapped in ``AuthenticatedTiles``.
public protocol TileReading {
  /// The first `width` hashes of a tile.
  ///
  /// The tile may hold more: a source that only has the full tile cuts it. `width` is from 1 to 256. Throws
  /// ``TreeError/Kind/missingTile`` where the source has no such tile or fewer hashes of it, and
  /// ``TreeError/Kind/unreadable`` with the cause where it could not read.
  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash]

  /// What is remembered of this tree from one proof to the next; nil if nothing is.
  var subtreeMemory: SubtreeMemory? { get }
}

extension TileReading {
  /// Nothing.
  public var subtreeMemory: SubtreeMemory? { nil }
}

/// The bytes of a tile as they are stored and served: its hashes one after the other (tlog-tiles).
public enum TileBytes {
  /// The bytes of these hashes, 32 for each.
  public static func encode(_ hashes: some Collection<MerkleHash>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * LogLimits.hashLengthBytes)
    for hash in hashes {
      hash.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The hashes that these bytes are. Throws if they are not 1 to 256 whole hashes.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(FormatError) -> [MerkleHash] {
    try checkLength(bytes.count)
    return hashes(in: bytes)
  }

  /// The hashes that these bytes are. Throws if they are not 1 to 256 whole hashes.
  public static func decode(_ bytes: [UInt8]) throws(FormatError) -> [MerkleHash] {
    try checkLength(bytes.count)
    return bytes.withUnsafeBytes { hashes(in: $0) }
  }

  private static func checkLength(_ lengthBytes: Int) throws(FormatError) {
    let lengthMaxBytes = LogLimits.tileWidthHashes * LogLimits.hashLengthBytes
    guard lengthBytes % LogLimits.hashLengthBytes == 0, (1...lengthMaxBytes).contains(lengthBytes) else {
      throw FormatError(
        .tile, .length, offset: min(lengthBytes, lengthMaxBytes), expected: "1 to 256 hashes of 32 bytes",
        found: "\(lengthBytes) bytes")
    }
  }

  private static func hashes(in bytes: UnsafeRawBufferPointer) -> [MerkleHash] {
    stride(from: 0, to: bytes.count, by: LogLimits.hashLengthBytes).map { start in
      MerkleHash(first32: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }
  }
}

extension TileReading {
  /// The right edge of the tree of `size` leaves, from the partial tile of each level.
  ///
  /// Nothing is checked but the widths: compare ``TreeFrontier/root`` with the root that is known.
  public func frontier(size: UInt64) throws(TreeError) -> TreeFrontier {
    try TreeError.checkSize(size)
    var subtreeRoots: [MerkleHash] = []
    for (tile, width) in TileLayout.partialTiles(treeSize: size).reversed() {
      let hashes = try readExactly(tile, width: width)
      var rest = hashes[...]
      // The binary digits 1 of the width, from the highest: each is a complete subtree within this tile.
      for bit in (0..<LogLimits.tileHeightLevels).reversed() where width >> bit & 1 == 1 {
        guard let root = MerkleHash.root(ofComplete: rest.prefix(1 << bit)) else { continue }
        subtreeRoots.append(root)
        rest = rest.dropFirst(1 << bit)
      }
    }
    return TreeFrontier(size: size, subtreeRoots: subtreeRoots)
  }

  /// The root of the tree of `size` leaves, which may be smaller than the tree that is stored.
  public func root(size: UInt64) throws(TreeError) -> MerkleHash {
    try frontier(size: size).root
  }

  // A source that gives too few or too many hashes must not lead to an index out of bounds.
  func readExactly(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    let hashes = try readTile(tile, width: width)
    guard hashes.count == width else {
      throw TreeError(.wrongWidth, tile: tile, expected: "\(width) hashes", found: "\(hashes.count)")
    }
    return hashes
  }
}

extension TreeError {
  static func checkSize(_ size: UInt64) throws(TreeError) {
    guard size <= LogLimits.treeSizeMaxLeaves else {
      throw TreeError(.sizeOutOfRange, expected: "at most \(LogLimits.treeSizeMaxLeaves)", found: "\(size)")
    }
  }
}
