// What is published, in which order, and what a publisher refuses.

import TestSupport
import Testing
import TransparencyLog

struct PublishingTests {
  @Test("A log of 70,000 entries is published as the files that the specification counts")
  func files() throws {
    let files = try MemoryLog(size: 70_000).published()
    // tlog-tiles, "Partial Tiles", has this very example.
    var expected: Set<String> = ["checkpoint", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]
    for place in ["tile/0/", "tile/entries/"] {
      expected.formUnion((0..<273).map { place + "\($0 + 1_000)".dropFirst() })
      expected.insert(place + "273.p/112")
    }
    #expect(Set(files.keys) == expected)
  }

  @Test("Every file of logs of up to 600 entries holds what the tree has at its place")
  func contents() throws {
    let oracle = NaiveTree(leafHashes: (0..<600).map { .leaf(MemoryLog.entry($0)) })
    for size in (0...600).filter({ $0 < 20 || $0 % 31 == 0 || (250...260).contains($0) || $0 > 598 }) {
      let files = try MemoryLog(size: size).published()
      for (name, bytes) in files where name != "checkpoint" {
        let path = try TilePath(parsing: name)
        let places = Int(path.index) * 256..<Int(path.index) * 256 + path.width
        guard let tile = path.tile else {
          let entries = places.flatMap { place in
            let entry = MemoryLog.entry(place)
            return [UInt8(entry.count >> 8), UInt8(entry.count & 255)] + entry
          }
          #expect(bytes == entries)
          continue
        }
        let leaves = tile.level == 0 ? 1 : 256
        #expect(bytes == places.flatMap { oracle.root($0 * leaves, ($0 + 1) * leaves).bytes })
      }
      #expect(files.count == (size == 0 ? 1 : 1 + TileCount.of(size)))
      #expect(try verify(files).isIntact)
    }
  }

  /// How many files a small tree needs besides the checkpoint, counted by hand.
  private enum TileCount {
    static func of(_ size: Int) -> Int {
      let bundles = (size + 255) / 256
      return bundles * 2 + (size >= 256 ? 1 : 0)
    }
  }

  @Test("Publishing as a log grows gives what publishing at once gives, and partial tiles still in use")
  func growing() throws {
    for seed in UInt64(0)..<12 {
      var random = SeededGenerator(seed: seed)
      let log = MemoryLog(size: 1_400)
      let files = MemoryFiles()
      var sizes: [UInt64] = []
      while (sizes.last ?? 0) < 1_400 {
        sizes.append(min(1_400, (sizes.last ?? 0) + UInt64(random.below(random.chance(30) ? 700 : 60))))
      }
      for size in sizes {
        try log.publish(into: files, size: size)
        let report = try verify(files.files)
        #expect(report.isIntact && report.size == size, "seed \(seed)")
      }
      let atOnce = try log.published()
      for (path, bytes) in atOnce { #expect(files.files[path] == bytes, "seed \(seed)") }
      for path in Set(files.files.keys).subtracting(atOnce.keys) {
        let place = try TilePath(parsing: path)
        #expect(!place.isFull, "seed \(seed)")
        let full = path.split(separator: ".p/")[0]
        #expect(files.files[String(full)] == nil, "seed \(seed): \(path) is superseded")
        #expect(sizes.contains { Int($0 >> (8 * UInt64(place.tile?.level ?? 0))) % 256 == place.width })
      }
    }
  }

  @Test("Publishing again writes nothing, and a lost file comes back")
  func again() throws {
    let log = MemoryLog(size: 700)
    let files = MemoryFiles()
    let first = try log.publish(into: files)
    #expect(first.filesWritten == files.files.count && first.filesKept == 0)
    let before = files.files
    let second = try log.publish(into: files)
    #expect(second.filesWritten == 0 && second.filesRemoved == 0 && second.filesKept == before.count)
    for lost in before.keys {
      files.files[lost] = nil
      #expect(try log.publish(into: files).filesWritten == 1)
      #expect(files.files == before)
    }
  }

  @Test("A file that is there and differs is named and left as it is, and so is the checkpoint")
  func differing() throws {
    let log = MemoryLog(size: 600)
    let before = try log.published(sizes: [300])
    let complete = try log.published()
    for path in complete.keys where path != "checkpoint" {
      for wrong in [[], complete[path, default: []] + [0], complete[path, default: []].flipping(bit: 13)] {
        let files = MemoryFiles(before)
        files.files[path] = wrong
        var expected = files.files
        let error = failure { () throws(any Error) in _ = try log.publish(into: files) }
        guard case .differs(let file) = error as? PublishError else {
          Issue.record("\(path): \(String(describing: error))")
          continue
        }
        #expect(file == path)
        #expect(files.files[path] == wrong)
        #expect(files.files["checkpoint"] == before["checkpoint"])
        for name in files.files.keys where expected[name] == nil { expected[name] = complete[name] }
        #expect(files.files == expected)
      }
    }
  }

  @Test("Neither an older checkpoint nor another history replaces what is published")
  func rollbackAndFork() throws {
    let log = MemoryLog(size: 300)
    var other = (0..<500).map { MemoryLog.entry($0) }
    other[299] = [1]
    for (bad, size) in [
      (log, UInt64(299)), (log, 0), (MemoryLog(entries: other), 500),
      (MemoryLog(entries: other), 300),
    ] {
      let files = MemoryFiles(try log.published())
      let before = files.files
      let error = failure { () throws(any Error) in _ = try bad.publish(into: files, size: size) }
      switch error as? PublishError {
      case .rollback(300, size) where size < 300: break
      case .fork(300, log.root, _) where size >= 300: break
      default: Issue.record("size \(size): \(String(describing: error))")
      }
      #expect(files.files == before)
      #expect(files.steps == 0)
    }
  }

  @Test("A place of another log, and a checkpoint of another log, are refused")
  func otherLogs() throws {
    let log = MemoryLog(size: 3)
    let stranger = try Keys.signer(seedByte: 9)
    for theirs in [try log.checkpoint(signers: [stranger]), Array("hello\n".utf8)] {
      let files = MemoryFiles(["checkpoint": theirs])
      let error = failure { () throws(any Error) in _ = try log.publish(into: files) }
      guard case .publishedCheckpointRefused = error as? PublishError else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(files.steps == 0)
      let empty = MemoryFiles()
      let refusal = failure { () throws(any Error) in
        _ = try MemoryLog.publisher(empty).publish(log, checkpoint: theirs)
      }
      guard case .checkpointRefused = refusal as? PublishError else {
        Issue.record("\(String(describing: refusal))")
        continue
      }
      #expect(empty.files.isEmpty)
    }
  }

  @Test("A checkpoint with a further signature replaces the one of the same tree")
  func cosigned() throws {
    let log = MemoryLog(size: 5)
    let files = MemoryFiles()
    try log.publish(into: files)
    let witness = try Keys.signer(name: "witness.example", seedByte: 7)
    let done = try log.publish(into: files, signers: [Keys.signer(), witness])
    #expect(done.filesWritten == 1)
    #expect(files.files["checkpoint"] == (try log.checkpoint(signers: [Keys.signer(), witness])))
  }

  @Test("What the checkpoint does not vouch for is not published: no altered event, no altered tile")
  func alteredSource() throws {
    let log = MemoryLog(size: 700)
    let checkpoint = try log.checkpoint()
    for position in [0, 255, 256, 511, 699] {
      for replacement in [nil, [7] as [UInt8]?] {
        var bad = log
        bad.entries[position] = replacement
        let files = MemoryFiles()
        let error = failure { () throws(any Error) in
          _ = try MemoryLog.publisher(files).publish(bad, checkpoint: checkpoint)
        }
        guard case .event(UInt64(position), _) = error as? PublishError else {
          Issue.record("\(position): \(String(describing: error))")
          continue
        }
        #expect(files.files["checkpoint"] == nil)
      }
    }
    for tile in log.tiles.tiles.keys {
      var bad = log
      bad.tiles.flip(bit: 3, ofHash: 0, in: tile)
      let files = MemoryFiles()
      let error = failure { () throws(any Error) in
        _ = try MemoryLog.publisher(files).publish(bad, checkpoint: checkpoint)
      }
      guard case .tiles = error as? PublishError else {
        Issue.record("\(tile): \(String(describing: error))")
        continue
      }
      #expect(files.files["checkpoint"] == nil)
    }
  }

  @Test("A log that has grown since is published at the size of its checkpoint")
  func grown() throws {
    let log = MemoryLog(size: 777)
    let files = MemoryFiles()
    for size: UInt64 in [0, 1, 255, 256, 257, 512, 700] {
      try log.publish(into: files, size: size)
      let report = try verify(files.files)
      #expect(report.isIntact && report.size == size)
    }
  }

  @Test("However a publication is cut off, what is published verifies, and the next one completes it")
  func cutOff() throws {
    let log = MemoryLog(size: 1_030)
    let sizes: [UInt64] = [3, 250, 256, 600, 1_024, 1_030]
    var expected: [UInt64: [String: [UInt8]]] = [:]
    for (count, size) in sizes.enumerated() {
      expected[size] = try log.published(sizes: Array(sizes[...count]))
    }
    var before = MemoryFiles().files
    var cuts = 0
    for size in sizes {
      for steps in 0... {
        let files = MemoryFiles(before)
        files.stepsLeft = steps
        let isDone = failure { () throws(any Error) in _ = try log.publish(into: files, size: size) } == nil
        files.stepsLeft = nil
        if let published = files.files["checkpoint"] {
          let report = try verify(files.files)
          #expect(report.isIntact, "cut at step \(steps) of size \(size)")
          #expect(try published == log.checkpoint(size: size) || published == before["checkpoint"])
        } else {
          #expect(size == sizes[0])
        }
        // What readers of the checkpoint before need is there as long as it stands.
        try log.publish(into: files, size: size)
        #expect(files.files == expected[size])
        cuts += 1
        if isDone { break }
      }
      before = expected[size] ?? [:]
    }
    #expect(cuts > 50)
  }
}
