// Tells equal lines of an import apart, in a bit for each event of the log: a file can have more lines than fit into memory.

internal import LogStore

/// The contents without an id that an import has met.
///
/// Those of the batch that is being made are held by their tags. Those of earlier batches stand in the log, whether this
/// import put them there or not: of each the position is marked that it was found at. A line that is found where another
/// one was is an event of its own, and takes the next id of its content.
struct MetContents {
  /// Those of this batch.
  private var once: Set<ContentTag> = []
  /// How often those were met that came again. Kept from batch to batch, so that one that comes very often need not go
  /// through all its ids each time.
  private var again: [ContentTag: Int] = [:]
  /// How many of these are kept. What is let go of is still told apart by where it stands.
  private static let againMax = 100_000
  /// A bit for each position.
  private var words: [UInt64] = []

  /// How often a content was met before, as far as that is known: of one that comes for the first time in this batch it is
  /// told when it is found in the log.
  mutating func ordinal(of tag: ContentTag) -> Int {
    if again[tag] == nil && once.insert(tag).inserted { return 0 }
    let count = again[tag, default: 1]
    again[tag] = count + 1
    return count
  }

  /// Forgets the contents of a batch that stands in the log, but for those that came again.
  mutating func endBatch() {
    once.removeAll(keepingCapacity: true)
    if again.count > Self.againMax { again.removeAll(keepingCapacity: true) }
  }

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
