// Leaf hashes made on all cores, while the caller goes on reading.

internal import Dispatch
internal import Synchronization

/// The leaf hashes of some bundles, in the making.
final class LeafHashing: Sendable {
  /// The index of the first bundle.
  let firstBundle: UInt64

  private let runs: Mutex<[EntryRun]>
  private let hashes: Mutex<[[MerkleHash?]]>
  private let group = DispatchGroup()

  /// Begins to hash these runs of entries, of which each is a bundle.
  init(_ runs: [EntryRun], firstBundle: UInt64) {
    self.firstBundle = firstBundle
    hashes = Mutex(Array(repeating: [], count: runs.count))
    let count = runs.count
    self.runs = Mutex(runs)
    // Some bundles a task: handing over costs about as much as hashing one entry.
    let share = 4
    for start in stride(from: 0, to: count, by: share) {
      DispatchQueue.global().async(group: group) { [self] in
        for slot in start..<min(start + share, count) {
          let run = self.runs.withLock { $0[slot] }
          let made = run.leafHashes()
          hashes.withLock { $0[slot] = made }
        }
      }
    }
  }

  /// The hashes, once all are made: for each bundle those of its slots, nil where an entry is missing.
  func wait() -> [[MerkleHash?]] {
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
