// Entry bundles and the bytes of tiles.

import TestSupport
import Testing
import TransparencyLog

struct EntryBundleTests {
  private func kind(_ bytes: [UInt8], count: Int) -> FormatError.Kind? {
    failure { () throws(FormatError) in _ = try EntryBundle(parsing: bytes, expectedCount: count) }?.kind
  }

  @Test("Entries of every count and of the shortest and longest length come back")
  func roundTrips() throws {
    let seed: UInt64 = 11
    var random = SeededGenerator(seed: seed)
    for count in 1...256 {
      let entries = (0..<count).map { _ in random.bytes(count: Int.random(in: 0...40, using: &random)) }
      let bundle = try EntryBundle(entries: entries)
      let read = try EntryBundle(parsing: bundle.bytes, expectedCount: count)
      #expect(read == bundle, "seed \(seed)")
      #expect(read.entries.map { Array($0) } == entries, "seed \(seed)")
      #expect((0..<count).map { read.leafHash(at: $0) } == entries.map { .leaf($0) }, "seed \(seed)")
    }
    let longest = [[UInt8](repeating: 7, count: 65_535), [], [UInt8](repeating: 8, count: 65_535)]
    let bundle = try EntryBundle(entries: longest)
    #expect(bundle.bytes.count == 3 * 2 + 2 * 65_535)
    #expect(bundle.bytes.prefix(2) == [0xFF, 0xFF])
    #expect(try EntryBundle(parsing: bundle.bytes, expectedCount: 3).entries.map { Array($0) } == longest)
  }

  @Test("The length is two bytes, the higher one first")
  func bytes() throws {
    let entry = [UInt8](repeating: 9, count: 258)
    #expect(try EntryBundle(entries: [[1, 2, 3], entry]).bytes == [0, 3, 1, 2, 3, 1, 2] + entry)
  }

  @Test("Bundles that end early, go on, or hold another number of entries are refused")
  func refusals() throws {
    let bytes = try EntryBundle(entries: [[1, 2], [], [3]]).bytes
    for end in 0..<bytes.count { #expect(kind(Array(bytes[..<end]), count: 3) == .missingPart) }
    #expect(kind(bytes + [0], count: 3) == .trailingBytes)
    #expect(kind(bytes, count: 2) == .trailingBytes)
    #expect(kind(bytes, count: 4) == .missingPart)
    for count in [-1, 0, 257, .max, .min] { #expect(kind(bytes, count: count) == .count) }
    #expect(kind(Array(repeating: 0, count: 512), count: 256) == nil)
    #expect(kind(Array(repeating: 0, count: 514), count: 257) == .count)
  }

  @Test("Entries that no bundle can hold are refused")
  func unfitEntries() {
    func kind(_ entries: [[UInt8]]) -> FormatError.Kind? {
      failure { () throws(FormatError) in _ = try EntryBundle(entries: entries) }?.kind
    }
    #expect(kind([]) == .count)
    #expect(kind(Array(repeating: [], count: 257)) == .count)
    #expect(kind([[UInt8](repeating: 0, count: 65_536)]) == .length)
  }

  @Test("The hashes of a tile come back from its bytes, and only whole hashes are a tile")
  func tileBytes() throws {
    let hashes = NaiveTree(size: 256).leafHashes
    for count in 1...256 {
      let bytes = TileBytes.encode(hashes.prefix(count))
      #expect(bytes.count == count * 32)
      #expect(try TileBytes.decode(bytes) == Array(hashes.prefix(count)))
      #expect(try bytes.withUnsafeBytes { try TileBytes.decode($0) } == Array(hashes.prefix(count)))
    }
    for lengthBytes in [0, 1, 31, 33, 8_191, 8_193, 8_224] {
      let bytes = [UInt8](repeating: 0, count: lengthBytes)
      #expect(failure { () throws(FormatError) in _ = try TileBytes.decode(bytes) }?.kind == .length)
    }
  }
}
