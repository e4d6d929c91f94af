// From differences to findings: which of two things that differ is the altered one, and where the first is.

/// Tells what is wrong, given what the pass over the log found.
///
/// A hash that a signed root vouches for decides: an entry that does not give it is altered, and so is a
/// stored hash that is not it. The root of the most trusted claim that anything can be made to fit is taken.
struct Attribution<Contents: LogContents> {
  private let contents: Contents
  private let pass: Recomputation<Contents>
  private let claims: [TreeClaim]
  private let tree: TrueTree<Contents>?
  private let authority: TreeClaim?

  init(contents: Contents, pass: Recomputation<Contents>, claims: [TreeClaim]) throws(ContentsError) {
    self.contents = contents
    self.pass = pass
    self.claims = claims
    var (tree, authority): (TrueTree<Contents>?, TreeClaim?)
    for claim in claims.sorted(by: { $0.isMoreTrusted(than: $1) }) where tree == nil {
      tree = try TrueTree(contents: contents, pass: pass, size: claim.size, root: claim.root)
      if tree != nil { authority = claim }
    }
    self.tree = tree
    self.authority = authority
  }

  /// All that is wrong, in no particular order.
  func failures() throws(ContentsError) -> [VerificationFailure] {
    var failures: [VerificationFailure] = []
    for noted in pass.disagreements.values {
      failures += try tileFailures(noted)
      failures += try eventFailures(noted)
    }
    for copy in pass.copies { failures += try copyFailure(copy).map { [$0] } ?? [] }
    failures += try claimFailures()
    return failures
  }

  // The true hash of each slot, nil where it cannot be told.
  private func trueHashes(_ tile: TileID, width: Int) throws(ContentsError) -> [MerkleHash?] {
    var hashes: [MerkleHash?] = []
    if let tree { hashes = try tree.hashes(of: tile) ?? [] }
    return hashes.prefix(width) + Array(repeating: nil, count: max(0, width - hashes.count))
  }

  // MARK: Tiles

  private func tileFailures(_ noted: Disagreement) throws(ContentsError) -> [VerificationFailure] {
    let truth = try trueHashes(noted.tile, width: noted.width)
    let content = TilePath.Content.hashes(level: noted.tile.level)
    let file = contents.place(of: content, index: noted.tile.index, width: noted.width)
    func failure(_ kind: VerificationFailure.Kind, slot: Int, _ detail: String) -> [VerificationFailure] {
      let position = noted.tile.firstPosition(slot: slot)
      return [VerificationFailure(kind, position: position, file: file, detail: detail)]
    }
    let wrong = noted.stored.indices.first { slot in
      guard let hash = truth[slot] ?? believed(noted, slot: slot) else { return false }
      return noted.stored[slot] != hash
    }
    switch noted.tileDefect {
    case .missing: return failure(.missingTile, slot: 0, "expected \(noted.width) hashes, found no tile")
    case .length(let bytes):
      let expected = noted.width * LogLimits.hashLengthBytes
      return failure(
        .malformedFile, slot: wrong ?? min(noted.width, bytes / LogLimits.hashLengthBytes),
        "expected a tile of \(expected) bytes, found \(bytes)")
    case nil: break
    }
    if try isUnfathomable(noted.tile) {
      return failure(.alteredTile, slot: 0, "its hashes do not give the hash that the tile above it holds")
    }
    guard let wrong, let found = noted.stored[wrong] else { return [] }
    let expected = truth[wrong] ?? noted.computed[wrong]
    return failure(
      .alteredTile, slot: wrong,
      "expected the hash \(expected.map { "\($0)" } ?? "of the tree") in place \(wrong), found \(found)")
  }

  // What a stored hash is held to where nothing that is signed tells: above level 0 the entries, unless they
  // differ further down already. At level 0 the difference is told as an altered event.
  private func believed(_ noted: Disagreement, slot: Int) -> MerkleHash? {
    guard noted.tile.level > 0, pass.disagreements[noted.tile.child(slot: slot)] == nil else { return nil }
    return noted.computed[slot]
  }

  // A tile whose own hashes cannot be told, though the one above is known: neither the stored hashes nor those
  // of the entries give what it holds.
  private func isUnfathomable(_ tile: TileID) throws(ContentsError) -> Bool {
    guard let tree, TileLayout.width(of: tile, treeSize: tree.size) == LogLimits.tileWidthHashes else {
      return false
    }
    let (own, above) = (try tree.hashes(of: tile), try tree.hashes(of: tile.parent))
    return own == nil && above != nil
  }

  // MARK: Events

  private func eventFailures(_ noted: Disagreement) throws(ContentsError) -> [VerificationFailure] {
    if try isUnfathomable(noted.tile) { return try unfathomableFailures(noted) }
    return noted.tile.level == 0 ? try bundleFailures(noted) : try consistentFailures(noted)
  }

  private func bundleFailures(_ noted: Disagreement) throws(ContentsError) -> [VerificationFailure] {
    let truth = try trueHashes(noted.tile, width: noted.width)
    // Without a trusted hash the stored one is all there is to compare with.
    let wanted = zip(truth, noted.stored).map { $0 ?? $1 }
    let file = contents.place(of: .entries, index: noted.tile.index, width: noted.width)
    let wrong = BundleFindings(wanted: wanted, found: noted.computed, malformation: noted.malformation)
    return wrong.findings.map { finding in
      let unsure = truth[min(finding.slot, truth.count - 1)] == nil
      return VerificationFailure(
        finding.kind, position: noted.tile.firstPosition(slot: finding.slot), file: file,
        detail: finding.detail + (unsure ? "; nothing that is signed tells which of the two is right" : ""))
    }
  }

  // Above level 0: a child whose entries and stored tile agree with one another and not with the truth.
  private func consistentFailures(_ noted: Disagreement) throws(ContentsError) -> [VerificationFailure] {
    let truth = try trueHashes(noted.tile, width: noted.width)
    var failures: [VerificationFailure] = []
    for (slot, wanted) in truth.enumerated() {
      let child = noted.tile.child(slot: slot)
      guard let wanted, let computed = noted.computed[slot], computed != wanted,
        pass.disagreements[child] == nil
      else { continue }
      let position = noted.tile.firstPosition(slot: slot)
      let last = position + noted.tile.positionsPerSlot - 1
      let width = LogLimits.tileWidthHashes
      failures.append(
        VerificationFailure(
          .alteredEvent, position: position,
          file: contents.place(of: .entries, index: position / UInt64(width), width: width),
          detail: "one or more of the events \(position) to \(last) were altered, and the tile with them"))
      failures.append(
        VerificationFailure(
          .alteredTile, position: position,
          file: contents.place(of: .hashes(level: child.level), index: child.index, width: width),
          detail: "expected hashes that give \(wanted), found such that give \(computed)"))
    }
    return failures
  }

  // Entries and stored hashes under a known hash are both wrong, and too much to tell which is where.
  private func unfathomableFailures(_ noted: Disagreement) throws(ContentsError) -> [VerificationFailure] {
    let (position, count) = (noted.tile.firstPosition(slot: 0), LogLimits.tileWidthHashes)
    let file = contents.place(of: .entries, index: position / UInt64(count), width: count)
    var failures: [VerificationFailure] = []
    if noted.tile.level == 0 {
      let own = BundleFindings(
        wanted: noted.computed, found: noted.computed, malformation: noted.malformation)
      failures = own.findings.map {
        VerificationFailure(
          $0.kind, position: noted.tile.firstPosition(slot: $0.slot), file: file, detail: $0.detail)
      }
    }
    guard failures.isEmpty, !noted.computed.contains(nil) else { return failures }
    let last = position + UInt64(count) * noted.tile.positionsPerSlot - 1
    return [
      VerificationFailure(
        .alteredEvent, position: position, file: file,
        detail: "one or more of the events \(position) to \(last) were altered, and the tile with them")
    ]
  }

  // MARK: Older copies

  private func copyFailure(_ copy: DifferingCopy) throws(ContentsError) -> VerificationFailure? {
    var wanted = try trueHashes(copy.tile, width: copy.width)
    let noted = pass.disagreements[copy.tile]
    let isBundle = copy.content == .entries
    for slot in wanted.indices where wanted[slot] == nil {
      // Without a trusted hash: what the newer tile or bundle of the same kind has.
      wanted[slot] = isBundle ? noted?.computed[slot] : noted?.stored[slot]
    }
    let file = contents.place(of: copy.content, index: copy.index, width: copy.width)
    if isBundle {
      let wrong = BundleFindings(wanted: wanted, found: copy.hashes, malformation: copy.malformation)
      return wrong.findings.first.map { finding in
        VerificationFailure(
          finding.kind, position: copy.tile.firstPosition(slot: finding.slot), file: file,
          detail: finding.detail)
      }
    }
    let wrong = wanted.indices.first { wanted[$0] != nil && wanted[$0] != copy.hashes[$0] }
    let position = copy.tile.firstPosition(slot: wrong ?? copy.width)
    if case .length(let bytes) = copy.tileDefect {
      let expected = copy.width * LogLimits.hashLengthBytes
      return VerificationFailure(
        .malformedFile, position: position, file: file,
        detail: "expected a tile of \(expected) bytes, found \(bytes)")
    }
    guard let wrong else { return nil }
    return VerificationFailure(
      .alteredTile, position: position, file: file,
      detail: "expected the hash \(wanted[wrong].map { "\($0)" } ?? "of the tree") in place \(wrong)")
  }

  // MARK: Claims

  private func claimFailures() throws(ContentsError) -> [VerificationFailure] {
    var fitting: [TreeClaim] = []
    var refused: [(claim: TreeClaim, root: MerkleHash)] = []
    for claim in claims.sorted(by: { $0.size < $1.size }) {
      guard let root = try knownRoot(claim) else { continue }
      if root == claim.root { fitting.append(claim) } else { refused.append((claim, root)) }
    }
    return refused.map { claim, root in
      // Signatures that fit vouch for what is before them: it starts to differ after that. Beside an unsigned head
      // they may vouch for all of it.
      let vouching = fitting.last { other in
        other.source != .stored
          && (other.size < claim.size || (claim.source == .stored && other.size == claim.size))
      }
      // Two histories: what is there fits one claim, and a signature vouches for another. Where it fits none, nothing
      // says that anybody ever called it the log.
      let isFork = claim.source != .stored && fitting.contains { $0.size >= claim.size }
      return VerificationFailure(
        isFork ? .fork : .wrongRoot, position: vouching?.size ?? 0, file: claim.file,
        detail: "expected the root \(claim.root) at size \(claim.size), found \(root)")
    }
  }

  // The root that the log has at the size of a claim. That of a claim beyond the authority's reach, or where
  // nothing is trusted, is what the entries give.
  private func knownRoot(_ claim: TreeClaim) throws(ContentsError) -> MerkleHash? {
    if claim == authority { return claim.root }
    if let tree, claim.size <= tree.size { return try tree.root(size: claim.size) }
    return pass.roots[claim.size]
  }
}
