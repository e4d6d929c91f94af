// Leaf hashes, and the tree above each bundle, made on all cores while the caller goes on reading.

internal import Dispatch
internal import Synchronization

/// The hashes of a bundle's entries, nil where one is missing, and the root of the tile that they fill; nil if they do not.
struct BundleHashes: Sendable {
  var leaves: [MerkleHash?] = []
  var root: MerkleHash?
}

/// The hashes of some bundles, in the making.
final class LeafHashing: Sendable {
  /// The index of the first bundle.
  let firstBundle: UInt64

  private let runs: Mutex<[EntryRun]>
  private let hashes: Mutex<[BundleHashes]>
  private let group = DispatchGroup()

  /// Begins to hash these runs of entries, of which each is a bundle.
  init(_ runs: [EntryRun], firstBundle: UInt64) {
    self.firstBundle = firstBundle
    hashes = Mutex(Array(repeating: BundleHashes(), count: runs.count))
    let count = runs.count
    self.runs = Mutex(runs)
    // Some bundles a task: handing over costs about as much as hashing one entry.
    let share = 4
    for start in stride(from: 0, to: count, by: share) {
      DispatchQueue.global().async(group: group) { [self] in
        for slot in start..<min(start + share, count) {
          let run = self.runs.withLock { $0[slot] }
          let leaves = run.leafHashes()
          // Above each leaf there is one node: a third of all hashing, which the thread that reads need not do.
          let made = BundleHashes(leaves: leaves, root: MerkleHash.root(ofFull: leaves))
          hashes.withLock { $0[slot] = made }
        }
      }
    }
  }

  /// The hashes of each bundle, once all are made.
  func wait() -> [BundleHashes] {
    group.wait()
    return hashes.withLock { $0 }
  }

  /// What is wrong with the form of a bundle.
  func malformation(_ slot: Int) -> String? { runs.withLock { $0[slot].malformation } }

  /// The runs back, for the next bundles: their memory is kept.
  func takeRuns() -> [EntryRun] {
    runs.withLock { runs in
      defer { runs = [] }
      return runs
    }
  }
}
