// Which published files nobody needs any more: partial tiles whose full ones are there (tlog-tiles, "Partial
// Tiles").

/// Removes the partial tiles and bundles that full ones have replaced, and what writes that were cut off left.
///
/// Goes through all directories of the tiles, so that what an earlier publication did not come to remove goes,
/// too; of each directory only the names are in memory, at most some thousand.
struct SupersededFiles<Files: WritablePublishedFiles> {
  let files: Files

  /// The size of the published log.
  let size: UInt64

  /// Removes them, and gives their number.
  func remove() throws(ContentsError) -> Int {
    var removed = 0
    let places = [TilePath.Content.entries] + (0..<TileLayout.levelsMax).map { .hashes(level: $0) }
    try files.removeLeftovers(in: "")
    for content in places {
      removed += try remove(in: TilePath.directory(of: content), content, depth: 0)
    }
    try files.flush()
    return removed
  }

  private func remove(
    in directory: String, _ content: TilePath.Content, depth: Int
  ) throws(ContentsError) -> Int {
    try files.removeLeftovers(in: directory)
    var removed = 0
    for name in try files.list(directory).sorted() {
      let path = "\(directory)/\(name)"
      // `x001` holds further groups of digits; nothing else begins so. An index below 2^64 has 7 groups.
      if name.hasPrefix("x"), depth < 6 {
        removed += try remove(in: path, content, depth: depth + 1)
      } else if name.hasSuffix(TilePath.partialSuffix), isFull(path.dropLast(TilePath.partialSuffix.count)) {
        for width in try files.list(path) {
          try files.remove("\(path)/\(width)")
          removed += 1
        }
        try files.remove(path)
      } else if name.hasSuffix(TilePath.partialSuffix) {
        try files.removeLeftovers(in: path)
      }
    }
    return removed
  }

  // Whether the published tree has the full tile or bundle of that path.
  private func isFull(_ path: Substring) -> Bool {
    guard let place = try? TilePath(parsing: String(path)) else { return false }
    let tile = place.tile ?? TileID(level: 0, index: place.index)
    return TileLayout.width(of: tile, treeSize: size) == LogLimits.tileWidthHashes
  }
}
