// The tree of RFC 6962, section 2.1, as the text of the RFC defines it: recursively, with no tile in sight.

import TransparencyLog

/// The oracle. Subtrees are remembered, or the larger trees would take minutes.
final class NaiveTree {
  private struct Span: Hashable {
    let start: Int
    let end: Int
  }

  let leafHashes: [MerkleHash]
  private var known: [Span: MerkleHash] = [:]

  init(leafHashes: [MerkleHash]) {
    self.leafHashes = leafHashes
  }

  /// A tree of entries that are their own numbers in decimal.
  convenience init(size: Int) {
    self.init(leafHashes: (0..<size).map { .leaf("\($0)".utf8) })
  }

  /// MTH(D[0:size]).
  func root(_ size: Int) -> MerkleHash { root(0, size) }

  /// MTH(D[start:end]).
  func root(_ start: Int, _ end: Int) -> MerkleHash {
    if start == end { return .emptyRoot }
    if end - start == 1 { return leafHashes[start] }
    if let hash = known[Span(start: start, end: end)] { return hash }
    let middle = start + split(end - start)
    let hash = MerkleHash.node(root(start, middle), root(middle, end))
    known[Span(start: start, end: end)] = hash
    return hash
  }

  /// PATH(m, D[n]), RFC 6962, 2.1.1.
  func path(_ index: Int, _ size: Int) -> [MerkleHash] { path(index, 0, size) }

  private func path(_ index: Int, _ start: Int, _ end: Int) -> [MerkleHash] {
    if end - start == 1 { return [] }
    let middle = start + split(end - start)
    return index < middle
      ? path(index, start, middle) + [root(middle, end)]
      : path(index, middle, end) + [root(start, middle)]
  }

  /// PROOF(m, D[n]), RFC 6962, 2.1.2.
  func proof(_ oldSize: Int, _ newSize: Int) -> [MerkleHash] {
    oldSize == 0 ? [] : subproof(oldSize, 0, newSize, isWhole: true)
  }

  private func subproof(_ oldEnd: Int, _ start: Int, _ end: Int, isWhole: Bool) -> [MerkleHash] {
    if oldEnd == end { return isWhole ? [] : [root(start, end)] }
    let middle = start + split(end - start)
    return oldEnd <= middle
      ? subproof(oldEnd, start, middle, isWhole: isWhole) + [root(middle, end)]
      : subproof(oldEnd, middle, end, isWhole: false) + [root(start, middle)]
  }

  // The largest power of two below the number, by trying.
  private func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}
