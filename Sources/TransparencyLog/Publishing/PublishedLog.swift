// A published log as contents: tiles and bundles by their paths (tlog-tiles).

/// The contents of a log that is published as files.
///
/// Where a partial tile or bundle is not there any more, the full one serves, as the specification has it
/// ("Partial Tiles").
public struct PublishedLog<Files: PublishedFiles>: LogContents {
  private let files: Files

  /// The log in these files.
  public init(_ files: Files) {
    self.files = files
  }

  /// The bytes of the checkpoint, or nothing if there is none.
  public func checkpoint() throws(ContentsError) -> [UInt8]? {
    try files.read(TilePath.checkpoint, lengthMaxBytes: LogLimits.noteLengthMaxBytes)
  }

  /// Reads a bundle.
  public func readEntries(
    ofBundle index: UInt64, width: Int, into entries: inout EntryRun
  ) throws(ContentsError) {
    guard let (bytes, storedWidth) = try read(.entries, index: index, width: width) else {
      return entries.appendMissing(count: width)
    }
    entries.take(bundle: bytes, width: width, storedWidth: storedWidth)
  }

  /// The bytes of a tile.
  public func tileBytes(_ tile: TileID, width: Int) throws(ContentsError) -> [UInt8]? {
    guard let (bytes, storedWidth) = try read(.hashes(level: tile.level), index: tile.index, width: width)
    else { return nil }
    // Of a full tile only as much as was asked for, unless its length is wrong, which the caller must see.
    let isWhole = bytes.count == storedWidth * LogLimits.hashLengthBytes
    return isWhole && storedWidth > width ? Array(bytes.prefix(width * LogLimits.hashLengthBytes)) : bytes
  }

  /// The widths of the partial tiles or bundles that are there.
  public func partialWidths(of content: TilePath.Content, index: UInt64) throws(ContentsError) -> [Int] {
    let directory = TilePath.partialDirectory(of: content, index: index)
    return try files.list(directory).compactMap { name in
      guard let path = try? TilePath(parsing: "\(directory)/\(name)"), !path.isFull else { return nil }
      return path.width
    }.sorted()
  }

  /// The path.
  public func place(of content: TilePath.Content, index: UInt64, width: Int) -> String {
    TilePath.text(content, index: index, width: width)
  }

  private func read(
    _ content: TilePath.Content, index: UInt64, width: Int
  ) throws(ContentsError) -> (bytes: [UInt8], storedWidth: Int)? {
    for storedWidth in Set([width, LogLimits.tileWidthHashes]).sorted() {
      let lengthMaxBytes = content.lengthMaxBytes(width: storedWidth)
      let path = TilePath.text(content, index: index, width: storedWidth)
      if let bytes = try files.read(path, lengthMaxBytes: lengthMaxBytes) { return (bytes, storedWidth) }
    }
    return nil
  }
}

extension PublishedLog: Sendable where Files: Sendable {}

extension TilePath.Content {
  /// The longest that a tile or a bundle of that width can be.
  func lengthMaxBytes(width: Int) -> Int {
    switch self {
    case .hashes: width * LogLimits.hashLengthBytes
    case .entries: width * (2 + LogLimits.entryLengthMaxBytes)
    }
  }
}
