// Published logs with something wrong in them: each is refused, with what is wrong, where it begins and in
// which file. What is expected is worked out here from the formats alone.

import TestSupport
import Testing
import TransparencyLog

struct MutationTests {
  private func expectRefusal(
    _ files: [String: [UInt8]], _ expected: String, _ comment: @autoclosure () -> String = ""
  ) throws -> Bool {
    let found = try verify(files).firstFailure
    if found == expected { return true }
    Issue.record("expected \(expected), found \(found ?? "nothing wrong") \(comment())")
    return false
  }

  @Test(
    "Every bit of every file matters, and is found in its file, at its first position, as what it is",
    arguments: [[1], [2], [3], [1, 2, 3, 5], [7]] as [[UInt64]])
  func everyBit(sizes: [UInt64]) throws {
    let files = try MemoryLog(size: Int(sizes[sizes.count - 1])).published(sizes: sizes)
    var (flips, refused) = (0, 0)
    for (path, bytes) in files {
      for bit in 0..<bytes.count * 8 {
        var changed = files
        changed[path] = bytes.flipping(bit: bit)
        flips += 1
        if try expectRefusal(changed, Expected.afterFlip(in: path, bytes, bit: bit), "bit \(bit)") {
          refused += 1
        }
      }
    }
    #expect(flips == files.values.reduce(0) { $0 + $1.count * 8 })
    #expect(refused == flips)
  }

  @Test("Bits of every hash and every entry of two full tiles and the one above matter")
  func bitsOfFullTiles() throws {
    let files = try MemoryLog(size: 520).published(sizes: [300, 520])
    var (flips, refused) = (0, 0)
    for (path, bytes) in files where path != "checkpoint" {
      // One bit of every seventh byte, others from byte to byte.
      for byte in stride(from: path.utf8.count % 7, to: bytes.count, by: 7) {
        var changed = files
        let bit = byte * 8 + byte % 8
        changed[path] = bytes.flipping(bit: bit)
        flips += 1
        if try expectRefusal(changed, Expected.afterFlip(in: path, bytes, bit: bit), "bit \(bit)") {
          refused += 1
        }
      }
    }
    #expect(flips > 2_900)
    #expect(refused == flips)
  }

  @Test("A file that is missing is named, with the first position that is gone with it")
  func deletions() throws {
    let files = try MemoryLog(size: 600).published()
    var refused = 0
    for path in files.keys {
      var changed = files
      changed[path] = nil
      let expected: String
      if path == "checkpoint" {
        expected = "missing-checkpoint - checkpoint"
      } else {
        let place = try TilePath(parsing: path)
        expected = "missing-\(place.tile == nil ? "event" : "tile") \(place.index * 256) \(path)"
      }
      if try expectRefusal(changed, expected) { refused += 1 }
      // Nothing else is wrong.
      #expect(try verify(changed).failures.count == 1)
    }
    #expect(refused == 8)
  }

  @Test("A file that ends early is refused at the first position that is cut off")
  func truncations() throws {
    let files = try MemoryLog(size: 260).published()
    var (cuts, refused) = (0, 0)
    for (path, bytes) in files {
      let step = bytes.count > 1_000 ? 37 : 1
      for length in stride(from: 0, to: bytes.count, by: step) {
        var changed = files
        changed[path] = Array(bytes[..<length])
        cuts += 1
        if try expectRefusal(changed, Expected.afterCut(of: path, bytes, length: length), "\(length)") {
          refused += 1
        }
      }
    }
    #expect(cuts > 500)
    #expect(refused == cuts)
  }

  @Test("Bytes behind the end of a file are refused, and concern none of its positions")
  func trailingBytes() throws {
    let files = try MemoryLog(size: 260).published()
    for (path, bytes) in files {
      for more in [[0], [0, 0], Array(repeating: 0x41, count: 32)] as [[UInt8]] {
        var changed = files
        changed[path] = bytes + more
        let place = try? TilePath(parsing: path)
        let end = place.map { ($0.index * 256 + UInt64($0.width)) << UInt64(($0.tile?.level ?? 0) * 8) }
        let position = end.map { "\($0)" } ?? "-"
        _ = try expectRefusal(changed, "malformed-file \(position) \(path)")
      }
    }
  }

  @Test("Entries that changed places are both found")
  func swaps() throws {
    let seed: UInt64 = 5
    var random = SeededGenerator(seed: seed)
    let size = 600
    let files = try MemoryLog(size: size).published()
    for run in 0..<60 {
      // Neighbours too, and the last two of a bundle.
      let first = run == 0 ? 254 : run == 1 ? 598 : random.below(size - 1)
      let second = run < 20 ? first + 1 : first + 1 + random.below(size - first - 1)
      var entries = (0..<size).map { MemoryLog.entry($0) }
      entries.swapAt(first, second)
      let changed = try files.merging(Self.bundles(entries)) { $1 }
      let report = try verify(changed)
      #expect(
        report.failures.map(\.kind) == [.alteredEvent, .alteredEvent]
          && report.failures.map(\.position) == [UInt64(first), UInt64(second)],
        "seed \(seed): \(first), \(second): \(report.failures)")
    }
  }

  @Test("An event that was taken out, or put in, is found where it was, though all behind it moved")
  func moved() throws {
    let size = 600
    let files = try MemoryLog(size: size).published()
    for place in [0, 1, 100, 254, 256, 400, 510, 598] {
      var entries = (0..<size).map { MemoryLog.entry($0) }
      entries.remove(at: place)
      entries.append([1, 2, 3])
      var changed = try files.merging(Self.bundles(entries)) { $1 }
      let bundle = TilePath.entriesText(place / 256, size: size)
      _ = try expectRefusal(changed, "missing-event \(place) \(bundle)")
      entries = (0..<size).map { MemoryLog.entry($0) }
      entries.insert([1, 2, 3], at: place)
      entries.removeLast()
      changed = try files.merging(Self.bundles(entries)) { $1 }
      _ = try expectRefusal(changed, "added-event \(place) \(bundle)")
    }
    // Of the last of a bundle only its own place can tell.
    for place in [255, 511, 599] {
      var entries = (0..<size).map { MemoryLog.entry($0) }
      entries[place] = [1, 2, 3]
      let changed = try files.merging(Self.bundles(entries)) { $1 }
      _ = try expectRefusal(
        changed, "altered-event \(place) \(TilePath.entriesText(place / 256, size: size))")
    }
    // The last entry alone, taken out of its bundle.
    let short = try EntryBundle(entries: (512..<599).map { MemoryLog.entry($0) })
    let changed = files.merging(["tile/entries/002.p/88": short.bytes]) { $1 }
    _ = try expectRefusal(changed, "missing-event 599 tile/entries/002.p/88")
  }

  @Test("An entry and tiles altered together are found at every height up to the signed root")
  func consistentForgeries() throws {
    let size = 66_100
    let honest = MemoryLog(size: size)
    var forged = (0..<size).map { MemoryLog.entry($0) }
    forged[700] = [9]
    let other = MemoryLog(entries: forged)
    let (files, theirs) = (try honest.published(), try other.published())
    let way = ["tile/entries/002", "tile/0/002", "tile/1/000", "tile/2/000.p/1"]
    let expected = [
      "altered-event 700 tile/entries/002",
      // The tile says what the forged entries say: which of its 256 events it is cannot be told.
      "altered-event 512 tile/entries/002",
      "altered-event 0 tile/entries/000",
      // The whole chain was made anew: only the signature stands.
      "wrong-root 0 checkpoint",
    ]
    var changed = files
    for (path, expected) in zip(way, expected) {
      changed[path] = theirs[path]
      _ = try expectRefusal(changed, expected)
    }
    // A checkpoint that was kept tells how much is untouched.
    for kept: UInt64 in [0, 300, 700] {
      let report = try verify(changed, remembered: [honest.checkpoint(size: kept)])
      #expect(report.firstFailure == "wrong-root \(kept) checkpoint")
    }
    let report = try verify(changed, remembered: [honest.checkpoint(size: 701)])
    #expect(report.failures.map(\.kind) == [.wrongRoot, .wrongRoot])
    #expect(report.failures.allSatisfy { $0.position == 0 })
    // With a checkpoint by another key, nothing at all is vouched for.
    changed["checkpoint"] = try other.checkpoint(signers: [Keys.signer(seedByte: 2)])
    _ = try expectRefusal(changed, "bad-signature - checkpoint")
  }

  @Test("Entries and tiles altered at several places are told apart")
  func severalAtOnce() throws {
    let files = try MemoryLog(size: 66_100).published()
    var changed = files
    // An event and, in the same tile, the hash of another; a tile above; a bundle; a tile; a partial tile.
    changed.alterEntry(5, in: "tile/entries/000")
    changed["tile/0/000"]?[32 * 9] ^= 1
    changed["tile/1/000"]?[32 * 7] ^= 1
    changed["tile/entries/020"] = nil
    changed["tile/0/030"] = nil
    changed["tile/1/001.p/2"]?[3] ^= 4
    let report = try verify(changed)
    #expect(
      report.failures.map { "\($0.kind.rawValue) \($0.position ?? 0) \($0.file ?? "")" } == [
        "altered-event 5 tile/entries/000",
        "altered-tile 9 tile/0/000",
        "altered-tile 1792 tile/1/000",
        "missing-event 5120 tile/entries/020",
        "missing-tile 7680 tile/0/030",
        "altered-tile 65536 tile/1/001.p/2",
      ])
  }

  @Test("Mutations drawn at random over a log of 70,000 entries are found, each where it is")
  func sampleOfLargeLog() throws {
    let seed: UInt64 = 11
    var random = SeededGenerator(seed: seed)
    let files = try MemoryLog(size: 70_000).published()
    let paths = files.keys.filter { $0 != "checkpoint" }.sorted()
    var refused = 0
    for run in 0..<16 {
      let path = run == 0 ? "tile/2/000.p/1" : run == 1 ? "tile/1/000" : random.pick(paths)
      let bytes = files[path, default: []]
      var changed = files
      let expected: String
      switch run % 4 {
      case 0, 1:
        let bit = random.below(bytes.count * 8)
        changed[path] = bytes.flipping(bit: bit)
        expected = try Expected.afterFlip(in: path, bytes, bit: bit)
      case 2:
        let length = random.below(bytes.count)
        changed[path] = Array(bytes[..<length])
        expected = try Expected.afterCut(of: path, bytes, length: length)
      default:
        changed[path] = nil
        let place = try TilePath(parsing: path)
        let first = (place.index * 256) << UInt64((place.tile?.level ?? 0) * 8)
        expected = "missing-\(place.tile == nil ? "event" : "tile") \(first) \(path)"
      }
      if try expectRefusal(changed, expected, "seed \(seed), run \(run)") { refused += 1 }
    }
    #expect(refused == 16)
  }

  /// The bundles of these entries, by their paths.
  static func bundles(_ entries: [[UInt8]]) throws -> [String: [UInt8]] {
    var bundles: [String: [UInt8]] = [:]
    for index in 0..<(entries.count + 255) / 256 {
      let own = entries[(index * 256)..<min(entries.count, index * 256 + 256)]
      bundles[TilePath.entriesText(index, size: entries.count)] = try EntryBundle(entries: own).bytes
    }
    return bundles
  }
}

extension TilePath {
  fileprivate static func entriesText(_ index: Int, size: Int) -> String {
    let group = "\(index + 1_000)".dropFirst()
    return "tile/entries/\(group)" + (index * 256 + 256 <= size ? "" : ".p/\(size % 256)")
  }
}

extension [String: [UInt8]] {
  /// Alters the last byte of an entry.
  fileprivate mutating func alterEntry(_ slot: Int, in path: String) {
    var offset = 0
    for _ in 0...slot { offset += 2 + Int(self[path, default: []][offset + 1]) }
    self[path]?[offset - 1] ^= 1
  }
}

/// What must be found, from the formats alone.
private enum Expected {
  static func afterFlip(in path: String, _ bytes: [UInt8], bit: Int) throws -> String {
    let changed = bytes.flipping(bit: bit)
    if path == "checkpoint" { return checkpoint(changed) }
    let place = try TilePath(parsing: path)
    if let tile = place.tile {
      return "altered-tile \((place.index * 256 + UInt64(bit / 256)) << UInt64(tile.level * 8)) \(path)"
    }
    // The entry that has the byte, or its length.
    var (slot, offset) = (0, 0)
    while true {
      let end = offset + 2 + Int(bytes[offset]) << 8 + Int(bytes[offset + 1])
      if bit / 8 < end { break }
      (slot, offset) = (slot + 1, end)
    }
    let kind = readsAsEntries(changed, count: place.width) ? "altered-event" : "malformed-file"
    return "\(kind) \(place.index * 256 + UInt64(slot)) \(path)"
  }

  static func afterCut(of path: String, _ bytes: [UInt8], length: Int) throws -> String {
    if path == "checkpoint" { return checkpoint(Array(bytes[..<length])) }
    let place = try TilePath(parsing: path)
    if let tile = place.tile {
      return "malformed-file \((place.index * 256 + UInt64(length / 32)) << UInt64(tile.level * 8)) \(path)"
    }
    var (slot, offset) = (0, 0)
    while offset < length {
      let end = offset + 2 + Int(bytes[offset]) << 8 + Int(bytes[offset + 1])
      if end > length { break }
      (slot, offset) = (slot + 1, end)
    }
    let kind = offset == length ? "missing-event" : "malformed-file"
    return "\(kind) \(place.index * 256 + UInt64(slot)) \(path)"
  }

  // A note is malformed, or says something that nobody signed.
  private static func checkpoint(_ bytes: [UInt8]) -> String {
    let note = try? SignedNote(parsing: bytes)
    let isWellFormed = note.map { (try? Checkpoint(parsingText: $0.textBytes)) != nil } ?? false
    return "\(isWellFormed ? "bad-signature" : "malformed-file") - checkpoint"
  }

  // Whether there are at most so many whole entries and nothing else.
  private static func readsAsEntries(_ bytes: [UInt8], count: Int) -> Bool {
    var (found, offset) = (0, 0)
    while offset + 2 <= bytes.count, found < count {
      offset += 2 + Int(bytes[offset]) << 8 + Int(bytes[offset + 1])
      found += 1
    }
    return offset == bytes.count
  }
}
