// Ids of events and their 16 bytes for the index.

import Milestones
import TestSupport
import Testing

@Suite("The id of an event")
struct EventIDTests {
  private let uuid7 = "0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0"

  @Test(
    "Any visible characters are taken and kept",
    arguments: ["e1", "bill/4396#a", "2017-11-15", "米兔", "-", "#1", "12a"])
  func taken(_ text: String) throws {
    #expect(sameBytes(try EventID(text).text, text))
    #expect(sameBytes(try EventID(text).description, text))
  }

  @Test(
    "Digits alone are refused, since they name a position; so is what does not show",
    arguments: [
      ("41", "digits only"), ("0", "digits only"), ("", "empty"), ("a b", "blank"), (" ", "blank"),
      ("a\u{A0}b", "blank"),
      ("a\tb", "blank"), ("a\n", "blank"), ("a\u{0}", "invisible"), ("a\u{200B}", "invisible"),
      ("a\u{202E}b", "invisible"), ("a\u{85}", "blank"),
      (String(repeating: "a", count: 201), "longer than 200 bytes"),
    ])
  func refused(text: String, reason: String) throws {
    let error = try #require(refusal { () throws(ValueError) in try EventID(text) })
    #expect(error.reason.contains(reason))
    #expect(!error.advice.isEmpty)
  }

  @Test("Ids are equal only if their bytes are: composed and decomposed characters are two ids")
  func equality() throws {
    let (composed, decomposed) = (try EventID("caf\u{E9}"), try EventID("cafe\u{301}"))
    #expect(composed != decomposed)
    #expect(composed.key != decomposed.key)
    #expect(Set([composed, decomposed, composed]).count == 2)
  }

  @Test("The key of a UUID is its own 16 bytes")
  func uuidKey() throws {
    #expect(
      try EventID(uuid7).key == [
        0x01, 0x93, 0x51, 0x2e, 0x7b, 0x1c, 0x7c, 0x3e, 0x8d, 0x57, 0x5f, 0x5b, 0xb6, 0xb3, 0xa1, 0xc0,
      ])
    let uuid4 = "9b2f3c1e-0000-4abc-9def-000000000001"
    #expect(try Hex.lowercase(EventID(uuid4).key) == uuid4.replacing("-", with: ""))
  }

  @Test(
    "All other ids are hashed into a UUID of version 8, which no UUID of another version can meet",
    arguments: [
      "e1", "0193512E-7B1C-7C3E-8D57-5F5BB6B3A1C0", "0193512e7b1c7c3e8d575f5bb6b3a1c0",
      "0193512e-7b1c-8c3e-8d57-5f5bb6b3a1c0", "{0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0}",
      "0193512e-7b1c-7c3e-8d57-5f5bb6b3a1cg", "0193512e-7b1c-7c3e-8d575-f5bb6b3a1c0",
    ])
  func hashedKey(_ text: String) throws {
    let key = try EventID(text).key
    #expect(key.count == 16)
    #expect(key[6] >> 4 == 8)
    #expect(key[8] >> 6 == 0b10)
    #expect(try EventID(text).key == key)
  }

  @Test(
    "A text id cannot be written whose key is that of a UUID made by the ledger, not even as the key itself")
  func noCollision() throws {
    let seed: UInt64 = 7
    var random = SeededGenerator(seed: seed)
    var keys: [[UInt8]: String] = [:]
    for round in 0..<3_000 {
      let id: EventID
      if round.isMultiple(of: 2) {
        id = EventID(
          timeMilliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random), sequence: UInt16(round))
        #expect(id.key[6] >> 4 == 7)
      } else {
        id = try EventID("id-\(random.next())")
        #expect(id.key[6] >> 4 == 8)
        // The hashed key, written out as a UUID, is another id and has another key.
        let asUUID = uuidText(id.key)
        #expect(try EventID(asUUID).key != id.key)
      }
      #expect(keys.updateValue(id.text, forKey: id.key) == nil, "seed \(seed), round \(round)")
    }
  }

  @Test("Ids that the ledger makes are UUIDs of version 7 in lower case, with the time in front")
  func made() throws {
    // RFC 9562, appendix A.6: 2022-02-22T19:22:22.000Z is 017F22E2-79B0-7….
    let id = EventID(timeMilliseconds: 0x017F_22E2_79B0, sequence: 0xCC3)
    #expect(id.text.hasPrefix("017f22e2-79b0-7cc3-"))
    #expect(id.text.utf8.count == 36)
    #expect(id.key[8] >> 6 == 0b10)
    #expect(try EventID(id.text) == id)
    #expect(Hex.lowercase(id.key) == id.text.replacing("-", with: ""))
    // The number within the millisecond keeps its low 12 bits and cannot spoil the version.
    #expect(EventID(timeMilliseconds: 0, sequence: 0xFFFF).text.hasPrefix("00000000-0000-7fff-"))
  }

  @Test("They sort by time, then by their number within the millisecond, as text and as key")
  func sorted() {
    let seed: UInt64 = 11
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let times = (0..<2).map { _ in Int64.random(in: 0..<(1 << 48), using: &random) }
      let numbers = (0..<2).map { _ in UInt16.random(in: 0..<4096, using: &random) }
      let (one, other) = (
        EventID(timeMilliseconds: times[0], sequence: numbers[0]),
        EventID(timeMilliseconds: times[1], sequence: numbers[1])
      )
      let isBefore = (times[0], numbers[0]) < (times[1], numbers[1])
      guard times[0] != times[1] || numbers[0] != numbers[1] else { continue }
      #expect(one.text.utf8.lexicographicallyPrecedes(other.text.utf8) == isBefore, "seed \(seed)")
      #expect(one.key.lexicographicallyPrecedes(other.key) == isBefore, "seed \(seed)")
      let next = EventID(timeMilliseconds: times[0], sequence: numbers[0] / 2 + 2048)
      let first = EventID(timeMilliseconds: times[0], sequence: numbers[0] / 2)
      #expect(first.key.lexicographicallyPrecedes(next.key), "seed \(seed)")
    }
  }

  @Test("Two ids of one millisecond and number differ by chance")
  func random() {
    let ids = Set((0..<1_000).map { _ in EventID(timeMilliseconds: 1, sequence: 1) })
    #expect(ids.count == 1_000)
  }

  @Test("A time that no clock shows makes an id all the same", arguments: [Int64.min, -1, Int64.max])
  func strangeTimes(_ milliseconds: Int64) {
    #expect(EventID(timeMilliseconds: milliseconds, sequence: 0).key[6] >> 4 == 7)
  }

  private func uuidText(_ bytes: [UInt8]) -> String {
    let hex = Array(Hex.lowercase(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
  }
}
