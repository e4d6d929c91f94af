// What is said of a log against what it is: its own checkpoint, kept checkpoints, unsigned heads.

import Testing
import TransparencyLog

struct ClaimTests {
  // A second history from the given position on, signed by the same key.
  private func forged(size: Int, from position: Int) -> MemoryLog {
    MemoryLog(entries: (0..<size).map { $0 < position ? MemoryLog.entry($0) : [0] + MemoryLog.entry($0) })
  }

  @Test("A log continues every checkpoint that it ever had")
  func kept() throws {
    let log = MemoryLog(size: 600)
    let files = try log.published()
    let kept = try (0...600).map { try log.checkpoint(size: UInt64($0)) }
    let report = try verify(files, remembered: kept)
    #expect(report.isIntact)
    #expect(report.size == 600 && report.root == log.root && report.eventsRead == 600)
  }

  @Test("A log that is shorter than a kept checkpoint was rolled back, and the first lost position is named")
  func rollback() throws {
    let log = MemoryLog(size: 600)
    for size: UInt64 in [0, 1, 255, 256, 599] {
      let report = try verify(log.published(sizes: [size]), remembered: [log.checkpoint()])
      #expect(report.failures.map(\.kind) == [.rollback])
      #expect(report.firstFailure == "rollback \(size) kept-0")
      #expect(report.showsRollbackOrFork)
    }
  }

  @Test("A log whose key signed two histories is a fork, from the last checkpoint that both have")
  func fork() throws {
    let honest = MemoryLog(size: 600)
    for position in [0, 1, 255, 256, 300, 599] {
      let files = try forged(size: 700, from: position).published()
      var kept = [try honest.checkpoint()]
      let alone = try verify(files, remembered: kept)
      #expect(alone.failures.map(\.kind) == [.fork])
      #expect(alone.failures.first?.position == 0)
      kept.append(try honest.checkpoint(size: UInt64(position)))
      let both = try verify(files, remembered: kept)
      #expect(both.failures.map(\.kind) == [.fork])
      #expect(both.firstFailure == "fork \(position) kept-0")
    }
    let same = try verify(forged(size: 600, from: 9).published(), remembered: [honest.checkpoint()])
    #expect(same.failures.map(\.kind) == [.fork])
  }

  @Test("A fork is seen beside an altered event, and an altered event alone is no fork")
  func forkAndAlteration() throws {
    let honest = MemoryLog(size: 600)
    let kept = [try honest.checkpoint(size: 400)]
    var files = try honest.published()
    files["tile/entries/000"]?[2] ^= 1
    #expect(try verify(files, remembered: kept).failures.map(\.kind) == [.alteredEvent])
    files = try forged(size: 700, from: 390).published()
    files["tile/entries/000"]?[2] ^= 1
    let report = try verify(files, remembered: kept)
    #expect(report.failures.map(\.kind) == [.alteredEvent, .fork])
  }

  @Test("Only the log's own key and origin vouch for a checkpoint")
  func keys() throws {
    let log = MemoryLog(size: 3)
    let files = try log.published()
    let (mine, other) = (try Keys.signer().verifierKey, try Keys.signer(seedByte: 2).verifierKey)
    let published = PublishedLog(MemoryFiles(files))
    for (origin, key) in [(Keys.origin, other), ("log.example/other", mine)] {
      let report = try published.verify(origin: origin, logKeys: [key])
      #expect(report.firstFailure == "bad-signature - checkpoint")
      #expect(report.size == nil && report.root == nil && report.eventsRead == 0)
    }
    #expect(try published.verify(origin: Keys.origin, logKeys: [other, mine]).isIntact)
  }

  @Test("A size that no log can have, or none this long, costs no time")
  func absurdSizes() throws {
    let log = MemoryLog(size: 600)
    var files = try log.published()
    for size in [1 << 40, 1 << 62] as [UInt64] {
      files["checkpoint"] = try Keys.checkpoint(size: size, root: log.root)
      let report = try verify(files)
      #expect(report.firstFailure == "missing-tile 0 tile/1/000" || report.failures.count > 1)
      #expect(!report.isIntact && report.eventsRead < 1 << 20)
    }
    for size in [1 << 62 + 1, .max] as [UInt64] {
      files["checkpoint"] = try Keys.checkpoint(size: size, root: log.root)
      #expect(try verify(files).firstFailure == "malformed-file - checkpoint")
    }
  }

  // MARK: Contents without a signature of their own, as a database

  private func verifyStored(
    _ log: MemoryLog, head: UInt64, root: MerkleHash? = nil, claims: [TreeClaim] = []
  ) throws -> VerificationReport {
    let root = try root ?? log.tiles.root(size: head)
    return try LogVerifier().verify(
      log, head: TreeClaim(.stored, size: head, root: root, file: "head"), claims: claims)
  }

  @Test("A database is verified by its own head, and every event and tile that was altered is found")
  func database() throws {
    let log = MemoryLog(size: 700)
    #expect(try verifyStored(log, head: 700).isIntact)
    for position in [0, 255, 256, 699] {
      var bad = log
      bad.entries[position] = [5]
      #expect(try verifyStored(bad, head: 700).firstFailure == "altered-event \(position) memory")
      bad.entries[position] = nil
      #expect(try verifyStored(bad, head: 700).firstFailure == "missing-event \(position) memory")
    }
    for (tile, hashes) in log.tiles.tiles {
      for slot in [0, hashes.count - 1] {
        var bad = log
        bad.tiles.flip(bit: 77, ofHash: slot, in: tile)
        let position = (tile.index * 256 + UInt64(slot)) << UInt64(tile.level * 8)
        #expect(
          try verifyStored(bad, head: 700, root: log.root).firstFailure == "altered-tile \(position) memory")
      }
      var bad = log
      bad.tiles.replace(tile, with: nil)
      #expect(
        try verifyStored(bad, head: 700, root: log.root).firstFailure
          == "missing-tile \(tile.index * 256) memory")
    }
  }

  @Test("A tail that was cut off, or events behind the head, are found at the first of them")
  func tails() throws {
    var log = MemoryLog(size: 700)
    #expect(try verifyStored(log, head: 650).firstFailure == "added-event 650 memory")
    log.entries.removeLast(50)
    let report = try verifyStored(log, head: 700, root: log.root)
    #expect(report.firstFailure == "missing-event 650 memory")
  }

  @Test("A head that does not come out is told as such, and what signatures vouch for is not doubted")
  func wrongHead() throws {
    let log = MemoryLog(size: 700)
    #expect(try verifyStored(log, head: 700, root: .emptyRoot).firstFailure == "wrong-root 0 head")
    let signed = TreeClaim(.signed, size: 600, root: try log.tiles.root(size: 600), file: "signed")
    #expect(
      try verifyStored(log, head: 700, root: .emptyRoot, claims: [signed]).firstFailure
        == "wrong-root 600 head")
  }

  @Test("A chain made anew without the key is found by what was signed, and located between checkpoints")
  func recomputed() throws {
    let honest = MemoryLog(size: 700)
    let bad = forged(size: 700, from: 450)
    let claims = try [200, 400, 600].map { size in
      TreeClaim(
        .signed, size: UInt64(size), root: try honest.tiles.root(size: UInt64(size)), file: "signed-\(size)")
    }
    #expect(try verifyStored(bad, head: 700).isIntact)
    let report = try verifyStored(bad, head: 700, claims: claims)
    #expect(report.failures.map(\.kind) == [.fork])
    #expect(report.firstFailure == "fork 400 signed-600")
    // An event altered, and of the chain only the head made anew: the signature is believed, not the head.
    var half = honest
    half.entries[450] = bad.entries[450]
    let anew = MemoryLog(entries: half.entries.compactMap { $0 }).root
    let found = try verifyStored(half, head: 700, root: anew, claims: claims)
    #expect(found.failures.first?.kind == .alteredEvent && found.failures.first?.position == 450)
    // Without a signature the head is all there is, and the tile does not fit it.
    #expect(try verifyStored(half, head: 700, root: anew).firstFailure == "altered-tile 256 memory")
  }

  @Test("A database that was restored from an old copy is behind the checkpoint that was kept elsewhere")
  func restored() throws {
    let log = MemoryLog(size: 700)
    let old = MemoryLog(size: 500)
    let kept = TreeClaim(.remembered, size: 700, root: log.root, file: "kept")
    #expect(try verifyStored(old, head: 500, claims: [kept]).firstFailure == "rollback 500 kept")
  }

  @Test("Progress is told up to the end")
  func progress() throws {
    let log = MemoryLog(size: 20_000)
    var told: [UInt64] = []
    _ = try LogVerifier().verify(
      log, head: TreeClaim(.stored, size: 20_000, root: log.root, file: "head")
    ) { read, size in
      told.append(read)
      #expect(size == 20_000)
    }
    #expect(told == told.sorted() && told.count > 1 && told.last == 20_000)
  }
}
