// The one pass over a log: every leaf hash and every tile made again from the entries, and laid beside what
// is stored. What is to be thought of a difference is decided afterwards (Attribution.swift).

/// A place where what is stored and what the entries give are not the same.
struct Disagreement {
  /// The tile; that of level 0 stands for its entry bundle, too.
  let tile: TileID

  /// How many hashes the tree has in it.
  let width: Int

  /// The hashes as they are stored; nil where there are none.
  let stored: [MerkleHash?]

  /// The hashes as they follow from the entries; nil where an entry is missing.
  let computed: [MerkleHash?]

  /// What is wrong with the stored tile besides single hashes.
  let tileDefect: TileDefect?

  /// What is wrong with the form of the bundle, at level 0.
  let malformation: String?
}

/// A stored tile that is none.
enum TileDefect {
  case missing
  case length(bytes: Int)
}

/// A partial tile or bundle that is kept for readers of an older checkpoint, and is no beginning of the tile
/// or bundle of today as it was computed.
struct DifferingCopy {
  let content: TilePath.Content
  let index: UInt64
  let width: Int
  let hashes: [MerkleHash?]
  let tileDefect: TileDefect?
  let malformation: String?

  var tile: TileID {
    if case .hashes(let level) = content { return TileID(level: level, index: index) }
    return TileID(level: 0, index: index)
  }
}

/// Recomputes a tree from the entries of a log.
///
/// Memory does not grow with the log: of each level there is the tile that is being filled, and of what
/// differs at most ``disagreementsMax`` tiles a level are kept; then the pass ends early.
struct Recomputation<Contents: LogContents> {
  // Bundles are read until there are so many, or so many bytes. Few of them stay in the caches on their way from the core
  // that reads to the one that hashes; with twice as many a pass over a million events takes a fifth longer.
  private static var chunkBundlesMax: Int { 16 }
  private static var chunkBytes: Int { 8 << 20 }

  private let contents: Contents
  private let size: UInt64
  private let disagreementsMax: Int
  private var openTiles = [OpenTile](repeating: OpenTile(), count: TileLayout.levelsMax)
  private var sizesWanted: ArraySlice<UInt64>
  private var disagreementsByLevel = [Int](repeating: 0, count: TileLayout.levelsMax)

  /// What differs.
  private(set) var disagreements: [TileID: Disagreement] = [:]

  /// The older copies that differ.
  private(set) var copies: [DifferingCopy] = []

  /// The computed roots at the sizes that were asked for, as far as no entry before is missing.
  private(set) var roots: [UInt64: MerkleHash] = [:]

  /// How many positions were looked at.
  private(set) var eventsRead: UInt64 = 0

  /// The log's first `size` entries; the roots at these sizes are wanted, which are at most `size`.
  init(contents: Contents, size: UInt64, rootsAt sizes: [UInt64], disagreementsMax: Int) {
    self.contents = contents
    self.size = size
    self.disagreementsMax = disagreementsMax
    sizesWanted = Set(sizes).sorted()[...]
  }

  /// Does the pass. `progress` is told how many events were read, from time to time.
  mutating func run(progress: (UInt64) -> Void) throws(ContentsError) {
    let bundles = (size + 255) / UInt64(LogLimits.tileWidthHashes)
    var next: UInt64 = 0
    var runs: [EntryRun] = []
    var hashing: LeafHashing?
    // While one chunk is hashed the next is read.
    while !hasEnough, next < bundles || hashing != nil {
      let first = next
      if next < bundles { next = try read(bundle: first, of: bundles, into: &runs) }
      let started = next > first ? LeafHashing(runs, firstBundle: first) : nil
      runs = []
      if let done = hashing {
        for (slot, hashes) in done.wait().enumerated() where !hasEnough {
          try take(
            hashes, malformation: done.malformation(slot), bundle: done.firstBundle + UInt64(slot))
        }
        runs = done.takeRuns()
        progress(eventsRead)
      }
      hashing = started
    }
    guard !hasEnough else { return }
    noteRoots(upTo: size)
    for level in 0..<TileLayout.levelsMax where !openTiles[level].hashes.isEmpty {
      try compare(level: level, malformation: openTiles[level].malformation)
    }
  }

  // A chunk: as many bundles as go into memory well. Gives the bundle behind the last.
  private func read(
    bundle first: UInt64, of bundles: UInt64, into runs: inout [EntryRun]
  ) throws(ContentsError) -> UInt64 {
    var count = 0
    var bytes = 0
    while count < Self.chunkBundlesMax, bytes < Self.chunkBytes, first + UInt64(count) < bundles {
      if count == runs.count { runs.append(EntryRun()) }
      runs[count].removeAll()
      let tile = TileID(level: 0, index: first + UInt64(count))
      try contents.readEntries(
        ofBundle: tile.index, width: TileLayout.width(of: tile, treeSize: size), into: &runs[count])
      bytes += runs[count].bytes.count
      count += 1
    }
    runs.removeLast(runs.count - count)
    return first + UInt64(count)
  }

  // So much is wrong that more would say nothing new; this also bounds the work on a log that claims a size
  // far beyond its entries.
  private var hasEnough: Bool {
    copies.count >= disagreementsMax || disagreementsByLevel.contains { $0 >= disagreementsMax }
  }

  private mutating func take(
    _ hashes: BundleHashes, malformation: String?, bundle: UInt64
  ) throws(ContentsError) {
    let leafHashes = hashes.leaves
    let start = bundle * UInt64(LogLimits.tileWidthHashes)
    openTiles[0] = OpenTile(
      hashes: leafHashes, index: bundle, malformation: malformation, knownRoot: hashes.root)
    eventsRead = start + UInt64(leafHashes.count)
    try checkBundleCopies(index: bundle, width: leafHashes.count)
    // A size at the end of a full bundle is met when the tiles above have got its root.
    noteRoots(upTo: leafHashes.count == LogLimits.tileWidthHashes ? eventsRead - 1 : eventsRead)
    var level = 0
    while openTiles[level].hashes.count == LogLimits.tileWidthHashes {
      try compare(level: level, malformation: openTiles[level].malformation)
      let root = openTiles[level].root
      openTiles[level] = OpenTile(index: openTiles[level].index + 1)
      openTiles[level + 1].hashes.append(root)
      level += 1
    }
    if leafHashes.count == LogLimits.tileWidthHashes { noteRoots(upTo: eventsRead) }
  }

  // The computed root at each size that was passed.
  private mutating func noteRoots(upTo position: UInt64) {
    while let size = sizesWanted.first, size <= position {
      sizesWanted.removeFirst()
      var edge: [TileID: [MerkleHash]] = [:]
      var isKnown = true
      for (tile, width) in TileLayout.partialTiles(treeSize: size) {
        let hashes = openTiles[tile.level].hashes.prefix(width)
        edge[tile] = hashes.compactMap { $0 }
        isKnown = isKnown && edge[tile]?.count == width
      }
      if isKnown { roots[size] = try? EdgeTiles(hashes: edge).root(size: size) }
    }
  }

  // Lays the tile that has just been computed beside the stored one.
  private mutating func compare(level: Int, malformation: String?) throws(ContentsError) {
    let computed = openTiles[level].hashes
    let tile = TileID(level: level, index: openTiles[level].index)
    let (stored, defect) = try contents.storedHashes(of: tile, width: computed.count)
    try checkTileCopies(of: tile, computed: computed)
    guard stored != computed || defect != nil || malformation != nil else { return }
    disagreementsByLevel[level] += 1
    disagreements[tile] = Disagreement(
      tile: tile, width: computed.count, stored: stored, computed: computed, tileDefect: defect,
      malformation: malformation)
  }

  private mutating func checkBundleCopies(index: UInt64, width: Int) throws(ContentsError) {
    for copyWidth in try contents.partialWidths(of: .entries, index: index) where copyWidth < width {
      var run = EntryRun()
      try contents.readEntries(ofBundle: index, width: copyWidth, into: &run)
      let hashes = run.leafHashes()
      guard !hashes.elementsEqual(openTiles[0].hashes.prefix(copyWidth)) || run.malformation != nil else {
        continue
      }
      copies.append(
        DifferingCopy(
          content: .entries, index: index, width: copyWidth, hashes: hashes, tileDefect: nil,
          malformation: run.malformation))
    }
  }

  private mutating func checkTileCopies(of tile: TileID, computed: [MerkleHash?]) throws(ContentsError) {
    let content = TilePath.Content.hashes(level: tile.level)
    for copyWidth in try contents.partialWidths(of: content, index: tile.index)
    where copyWidth < computed.count {
      let (hashes, defect) = try contents.storedHashes(of: tile, width: copyWidth)
      guard !hashes.elementsEqual(computed.prefix(copyWidth)) || defect != nil else { continue }
      copies.append(
        DifferingCopy(
          content: content, index: tile.index, width: copyWidth, hashes: hashes, tileDefect: defect,
          malformation: nil))
    }
  }
}

/// A tile that is being filled with computed hashes.
private struct OpenTile {
  var hashes: [MerkleHash?] = []
  var index: UInt64 = 0
  var malformation: String?
  // The root, where it was computed with the hashes.
  var knownRoot: MerkleHash?

  // Of a full tile; nil if a hash is not known.
  var root: MerkleHash? { knownRoot ?? .root(ofFull: hashes) }
}

extension MerkleHash {
  /// The root of a full tile; nil if it is not full, or a hash is not known.
  static func root(ofFull hashes: [MerkleHash?]) -> MerkleHash? {
    guard hashes.count == LogLimits.tileWidthHashes else { return nil }
    let known = hashes.compactMap { $0 }
    return known.count == hashes.count ? root(ofComplete: known) : nil
  }
}

extension LogContents {
  /// The stored hashes of a tile, nil for those that are not there, and what is wrong besides.
  func storedHashes(
    of tile: TileID, width: Int
  ) throws(ContentsError) -> (hashes: [MerkleHash?], defect: TileDefect?) {
    guard let bytes = try tileBytes(tile, width: width) else {
      return (Array(repeating: nil, count: width), .missing)
    }
    let hashLength = LogLimits.hashLengthBytes
    var hashes: [MerkleHash?] = []
    hashes.reserveCapacity(width)
    bytes.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: min(bytes.count / hashLength, width) * hashLength, by: hashLength) {
        hashes.append(MerkleHash(first32: UnsafeRawBufferPointer(rebasing: bytes[start...])))
      }
    }
    hashes += Array(repeating: nil, count: width - hashes.count)
    return (hashes, bytes.count == width * hashLength ? nil : .length(bytes: bytes.count))
  }
}
