// A log in memory: entries, tiles and signed checkpoints, and ways to tamper with them.

import TransparencyLog

struct MemoryLog: LogContents {
  var entries: [[UInt8]?]
  var tiles: MemoryTiles
  let root: MerkleHash

  init(entries: [[UInt8]]) {
    let (appender, tiles) = MemoryTiles.tree(entries.map { .leaf($0) })
    self.entries = entries
    self.tiles = tiles
    root = appender.root
  }

  /// Entries of different lengths, each with its number in it.
  init(size: Int) { self.init(entries: (0..<size).map { MemoryLog.entry($0) }) }

  static func entry(_ number: Int) -> [UInt8] {
    Array("\(number):".utf8) + Array(repeating: UInt8(ascii: "a") + UInt8(number % 26), count: number % 5)
  }

  var size: UInt64 { UInt64(entries.count) }

  /// The checkpoint of the first so many entries, or of all.
  func checkpoint(size: UInt64? = nil, signers: [Ed25519Signer]? = nil) throws -> [UInt8] {
    let size = size ?? self.size
    return try Keys.checkpoint(size: size, root: tiles.root(size: size), signers: signers)
  }

  func readEntries(
    ofBundle index: UInt64, width: Int, into entries: inout EntryRun
  ) throws(ContentsError) {
    for position in Int(index) * 256..<Int(index) * 256 + width {
      if position < self.entries.count, let entry = self.entries[position] {
        entries.append(entry)
      } else {
        entries.appendMissing()
      }
    }
  }

  func tileBytes(_ tile: TileID, width: Int) throws(ContentsError) -> [UInt8]? {
    guard let hashes = tiles.tiles[tile] else { return nil }
    return TileBytes.encode(hashes.prefix(width))
  }

  func firstEntry(from size: UInt64) throws(ContentsError) -> UInt64? {
    size < UInt64(entries.count) ? size : nil
  }

  func place(of content: TilePath.Content, index: UInt64, width: Int) -> String { "memory" }
}

extension MemoryLog {
  /// Publishes the first so many entries, or all.
  @discardableResult
  func publish(
    into files: some WritablePublishedFiles, size: UInt64? = nil, signers: [Ed25519Signer]? = nil
  ) throws -> Publication {
    try MemoryLog.publisher(files).publish(self, checkpoint: checkpoint(size: size, signers: signers))
  }

  static func publisher<Files: WritablePublishedFiles>(_ files: Files) throws -> LogPublisher<Files> {
    try LogPublisher(files: files, origin: Keys.origin, logKeys: [Keys.signer().verifierKey])
  }

  /// The files of the published log.
  func published(sizes: [UInt64]? = nil) throws -> [String: [UInt8]] {
    let files = MemoryFiles()
    for size in sizes ?? [size] { try publish(into: files, size: size) }
    return files.files
  }
}

/// Verifies published files with the key of the tests.
func verify(
  _ files: [String: [UInt8]], remembered: [[UInt8]] = []
) throws -> VerificationReport {
  let keys = [try Keys.signer().verifierKey]
  let kept = try remembered.enumerated().map { index, bytes in
    (
      name: "kept-\(index)",
      checkpoint: try VerifiedCheckpoint(verifying: bytes, origin: Keys.origin, logKeys: keys)
    )
  }
  return try PublishedLog(MemoryFiles(files)).verify(origin: Keys.origin, logKeys: keys, remembered: kept)
}

extension VerificationReport {
  /// Kind, position and file of the first failure, as one line.
  var firstFailure: String? {
    failures.first.map { "\($0.kind.rawValue) \($0.position.map { "\($0)" } ?? "-") \($0.file ?? "-")" }
  }
}
