// Which of two rows of hashes a trusted hash above them vouches for, slot by slot.

/// Finds the true hashes among the stored and the computed ones, by a hash that is trusted.
///
/// Where both agree there is nothing to choose. Where they differ, one choice at most gives the trusted hash
/// (SHA-256 has no known collisions), and whatever gives it is true. All stored and all computed are tried
/// first, which settles all but the oddest cases; then each mixture, as long as there are few.
enum Reconciliation {
  // 2^8 mixtures of a tile cost some milliseconds.
  private static let mixedSlotsMax = 8

  /// - Parameters:
  ///   - stored: The hashes as they are stored, nil where there are none.
  ///   - computed: The same slots as they follow from the entries, nil where an entry is missing.
  ///   - isTrue: Whether these hashes give the one that is trusted.
  /// - Returns: The true hashes, or nothing if none of the choices gives the trusted hash.
  static func trueHashes(
    stored: [MerkleHash?], computed: [MerkleHash?], isTrue: ([MerkleHash]) -> Bool
  ) -> [MerkleHash]? {
    var candidate: [MerkleHash] = []
    candidate.reserveCapacity(stored.count)
    var open: [Int] = []
    for (slot, pair) in zip(stored, computed).enumerated() {
      guard let hash = pair.0 ?? pair.1 else { return nil }
      candidate.append(hash)
      if let computed = pair.1, computed != hash { open.append(slot) }
    }
    if isTrue(candidate) { return candidate }
    let allStored = candidate
    for slot in open { candidate[slot] = computed[slot] ?? candidate[slot] }
    if isTrue(candidate) { return candidate }
    guard (2...mixedSlotsMax).contains(open.count) else { return nil }
    for mixture in 1..<((1 << open.count) - 1) {
      for (bit, slot) in open.enumerated() {
        candidate[slot] = mixture >> bit & 1 == 1 ? computed[slot] ?? allStored[slot] : allStored[slot]
      }
      if isTrue(candidate) { return candidate }
    }
    return nil
  }
}
