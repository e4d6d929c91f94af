// Publishing a log as static files (C2SP tlog-tiles): everything that a checkpoint needs first, then the
// checkpoint, then the removal of what nobody needs any more.

/// What a publication did.
public struct Publication: Sendable, Hashable {
  /// The size of the published log.
  public let size: UInt64

  /// Its root.
  public let root: MerkleHash

  /// How many files were written, the checkpoint included.
  public let filesWritten: Int

  /// How many files of the log were there already, and as they must be.
  public let filesKept: Int

  /// How many partial tiles and bundles were removed because their full ones are published.
  public let filesRemoved: Int
}

/// Publishes a log, again and again as it grows.
///
/// What is published is read once more against the checkpoint before anything is written: each event against
/// its leaf hash, each tile against the root. Files are never changed: what is there must be what belongs
/// there, or publishing ends with its name. The checkpoint is written when all that it needs is on the disk,
/// and replaced only by one that continues it; so whenever the machine stops, what is published verifies.
/// Publishing the same again writes nothing, and completes what was cut off or got lost.
///
/// One pass over the log; memory does not grow with it.
public struct LogPublisher<Files: WritablePublishedFiles> {
  private let files: Files
  private let origin: String
  private let logKeys: [any NoteVerifying]

  /// A publisher into a place.
  ///
  /// - Parameters:
  ///   - files: The place.
  ///   - origin: The log's name.
  ///   - logKeys: The log's keys, those included that signed what is published there.
  public init(files: Files, origin: String, logKeys: [any NoteVerifying]) {
    self.files = files
    self.origin = origin
    self.logKeys = logKeys
  }

  /// Publishes the log at the size of a checkpoint.
  ///
  /// - Parameters:
  ///   - contents: The log; it may have grown beyond the checkpoint.
  ///   - checkpoint: The signed checkpoint, to the byte as it shall be published.
  ///   - progress: Called from time to time with the number of events published and the size.
  ///   - beside: What else is to be published with this checkpoint: called when all that the checkpoint needs is on the
  ///     disk, before the checkpoint is put in its place. If it throws, the old checkpoint stays.
  /// - Returns: What was done.
  /// - Throws: ``PublishError``. What was published before stands, and still verifies.
  @discardableResult
  public func publish(
    _ contents: some LogContents, checkpoint: [UInt8],
    progress: (_ events: UInt64, _ size: UInt64) -> Void = { _, _ in },
    beside: () throws(ContentsError) -> Void = { () throws(ContentsError) in }
  ) throws(PublishError) -> Publication {
    let head = try verified(checkpoint)
    let tree: AuthenticatedTiles<StoredTiles>
    do throws(TreeError) {
      tree = try AuthenticatedTiles(
        source: StoredTiles(contents: contents), size: head.size, root: head.root)
    } catch {
      throw .tiles(error)
    }
    let published = try read(TilePath.checkpoint, LogLimits.noteLengthMaxBytes)
    if let published { try checkContinues(published, tree) }

    var run = PublishingRun(files: files)
    try publishEntries(of: contents, tree, &run, progress)
    try publishTiles(tree, &run)
    try attempt { () throws(ContentsError) in try files.flush() }
    try attempt(beside)
    if published != checkpoint {
      try attempt { () throws(ContentsError) in
        try files.write(TilePath.checkpoint, checkpoint)
        try files.flush()
      }
      run.written += 1
    } else {
      run.kept += 1
    }
    let removed = try attempt { () throws(ContentsError) in
      try SupersededFiles(files: files, size: head.size).remove()
    }
    return Publication(
      size: head.size, root: head.root, filesWritten: run.written, filesKept: run.kept,
      filesRemoved: removed)
  }

  private func verified(_ checkpoint: [UInt8]) throws(PublishError) -> Checkpoint {
    do throws(NoteError) {
      return try VerifiedCheckpoint(verifying: checkpoint, origin: origin, logKeys: logKeys).checkpoint
    } catch {
      throw .checkpointRefused(error)
    }
  }

  // A log must never show two checkpoints of which neither continues the other (tlog-checkpoint).
  private func checkContinues(
    _ published: [UInt8], _ tree: AuthenticatedTiles<some TileReading>
  ) throws(PublishError) {
    let old: Checkpoint
    do throws(NoteError) {
      old = try VerifiedCheckpoint(verifying: published, origin: origin, logKeys: logKeys).checkpoint
    } catch {
      throw .publishedCheckpointRefused(error)
    }
    guard old.size <= tree.size else { throw .rollback(publishedSize: old.size, size: tree.size) }
    let root: MerkleHash
    do throws(TreeError) {
      root = try tree.root(size: old.size)
    } catch {
      throw .tiles(error)
    }
    guard root == old.root else {
      throw .fork(publishedSize: old.size, publishedRoot: old.root, root: root)
    }
  }

  private func publishEntries(
    of contents: some LogContents, _ tree: AuthenticatedTiles<some TileReading>,
    _ run: inout PublishingRun<Files>, _ progress: (UInt64, UInt64) -> Void
  ) throws(PublishError) {
    let width = UInt64(LogLimits.tileWidthHashes)
    var entries = EntryRun()
    var start: UInt64 = 0
    while start < tree.size {
      let index = start / width
      let count = Int(min(width, tree.size - start))
      entries.removeAll()
      try attempt { () throws(ContentsError) in
        try contents.readEntries(ofBundle: index, width: count, into: &entries)
      }
      let bundle = try checkedBundle(entries, index: index, count: count, tree)
      try run.put(TilePath.text(.entries, index: index, width: count), bundle.bytes)
      start += UInt64(count)
      progress(start, tree.size)
    }
  }

  private func checkedBundle(
    _ entries: EntryRun, index: UInt64, count: Int, _ tree: AuthenticatedTiles<some TileReading>
  ) throws(PublishError) -> EntryBundle {
    let start = index * UInt64(LogLimits.tileWidthHashes)
    var found: [[UInt8]] = []
    for slot in 0..<count {
      guard slot < entries.count, let entry = entries[slot] else {
        let detail = entries.malformation ?? "it is missing"
        throw .event(position: start + UInt64(slot), detail: detail)
      }
      found.append(Array(entry))
    }
    let bundle: EntryBundle
    do throws(FormatError) {
      bundle = try EntryBundle(entries: found)
    } catch {
      throw .event(position: start, detail: "\(error)")
    }
    do throws(TreeError) {
      try tree.check(bundle, at: index)
    } catch {
      throw error.leafIndex.map { .event(position: $0, detail: "\(error)") } ?? .tiles(error)
    }
    return bundle
  }

  private func publishTiles(
    _ tree: AuthenticatedTiles<some TileReading>, _ run: inout PublishingRun<Files>
  ) throws(PublishError) {
    for level in 0..<TileLayout.levelsMax {
      let hashCount = TileLayout.hashCount(level: level, treeSize: tree.size)
      var index: UInt64 = 0
      while index * UInt64(LogLimits.tileWidthHashes) < hashCount {
        let tile = TileID(level: level, index: index)
        let width = TileLayout.width(of: tile, treeSize: tree.size)
        let hashes: [MerkleHash]
        do throws(TreeError) {
          hashes = try tree.readTile(tile, width: width)
        } catch {
          throw .tiles(error)
        }
        try run.put(
          TilePath.text(.hashes(level: level), index: index, width: width), TileBytes.encode(hashes))
        index += 1
      }
    }
  }

  private func read(_ path: String, _ lengthMaxBytes: Int) throws(PublishError) -> [UInt8]? {
    try attempt { () throws(ContentsError) in try files.read(path, lengthMaxBytes: lengthMaxBytes) }
  }
}

/// Puts files in their places and counts them.
private struct PublishingRun<Files: WritablePublishedFiles> {
  let files: Files
  var written = 0
  var kept = 0

  // The path of a tile or a bundle decides its bytes for ever: one that is there and differs is a fault that
  // a person has to look at.
  mutating func put(_ path: String, _ bytes: [UInt8]) throws(PublishError) {
    let there = try attempt { () throws(ContentsError) in
      try files.read(path, lengthMaxBytes: bytes.count)
    }
    if let there {
      guard there == bytes else { throw .differs(file: path) }
      kept += 1
    } else {
      try attempt { () throws(ContentsError) in try files.write(path, bytes) }
      written += 1
    }
  }
}

private func attempt<Value>(_ body: () throws(ContentsError) -> Value) throws(PublishError) -> Value {
  do throws(ContentsError) {
    return try body()
  } catch {
    throw .files(error)
  }
}

/// The tiles of contents, for proofs and for authentication.
struct StoredTiles: TileReading {
  let contents: any LogContents

  func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    let bytes: [UInt8]?
    do throws(ContentsError) {
      bytes = try contents.tileBytes(tile, width: width)
    } catch {
      throw TreeError(
        .unreadable, tile: tile, expected: "\(width) hashes", found: error.reason, underlying: error)
    }
    guard let bytes else {
      throw TreeError(.missingTile, tile: tile, expected: "\(width) hashes", found: "none")
    }
    guard let hashes = try? TileBytes.decode(bytes) else {
      throw TreeError(.wrongWidth, tile: tile, expected: "\(width) hashes", found: "\(bytes.count) bytes")
    }
    return hashes
  }
}
