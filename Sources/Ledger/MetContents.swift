// Tells equal lines of an import apart, in a bit for each event of the log: a file can have more lines than fit into memory.

internal import LogStore

/// The contents without an id that an import has met.
///
/// Those of the batch that is being made are held by their tags. Those of earlier batches stand in the log, whether this
/// import put them there or not: of each the position is marked that it was found at.
struct MetContents {
  /// How often each content was met in this batch.
  private var inBatch: [ContentTag: Int] = [:]
  /// A bit for each position.
  private var words: [UInt64] = []

  /// How often a content was met before in this batch.
  mutating func ordinal(of tag: ContentTag) -> Int {
    let count = inBatch[tag, default: 0]
    inBatch[tag] = count + 1
    return count
  }

  /// Forgets the contents of the last batch: they stand in the log.
  mutating func beginBatch() { inBatch.removeAll(keepingCapacity: true) }

  /// Marks the position at which a content stands.
  ///
  /// - Returns: whether no other line has been found there.
  mutating func insert(_ position: Int64) -> Bool {
    let (word, bit) = (Int(position / 64), UInt64(1) << UInt64(position % 64))
    while words.count <= word { words.append(0) }
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    return true
  }
}
