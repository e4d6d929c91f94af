// The conformance suite: what every engine of a log must do, tested through the contract alone. To put
// another engine through it, add a case to `Engine`.

internal import LogStore
internal import Testing
internal import TransparencyLog

/// The engines that stand for the contract.
enum Engine: String, CaseIterable, Sendable {
  case sqlite
  case naive

  func withLog(_ body: (any EventLog) throws -> Void) throws {
    switch self {
    case .sqlite: try withSQLiteLog(body)
    case .naive: try body(NaiveLog())
    }
  }
}

struct StampFailed: Error, Equatable {
  let reason: String
}

@Suite("Conformance: appending")
struct AppendConformanceTests {
  @Test("An empty log has size 0 and no time", arguments: Engine.allCases)
  func emptyHead(_ engine: Engine) throws {
    try engine.withLog { log throws in
      #expect(try log.head() == LogHead(size: 0, root: .emptyRoot, lastRecordedMilliseconds: nil))
      #expect(try log.all().isEmpty)
      #expect(try log.find(key(1)) == nil)
    }
  }

  @Test(
    "Events stand at 0, 1, 2 in the order of the batches, with every column as given",
    arguments: Engine.allCases)
  func positionsAndColumns(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let first = [try proposal(9, subject: "bill:a"), try proposal(3, subject: "bill:ü"), try proposal(4)]
      let leaves = [
        Leaf(
          bytes: [0, 255, 0, 10], subject: "bill:a", country: "GB-SCT", institution: "gb/sct/parliament",
          earliestDay: .min, latestDay: .max, recordedMilliseconds: -5),
        Leaf(bytes: [], subject: "bill:ü", country: "XK", latestDay: 0, recordedMilliseconds: -5),
        Leaf(bytes: [1], subject: "bill:a", earliestDay: -719_162, recordedMilliseconds: .max),
      ]
      let outcomes = try log.append(first, expectedSize: nil) { head, new in
        #expect(head == LogHead(size: 0, root: .emptyRoot, lastRecordedMilliseconds: nil))
        #expect(new == [0, 1, 2])
        return leaves
      }
      #expect(outcomes == [.appended(position: 0), .appended(position: 1), .appended(position: 2)])
      let next = try log.append([proposal(5)], recorded: .max)
      #expect(next == [.appended(position: 3)])
      let events = try log.all()
      #expect(
        try log.head() == LogHead(size: 4, root: naiveRoot(of: events), lastRecordedMilliseconds: .max))
      #expect(events.map(\.version) == [1, 1, 2, 3])
      for (index, version) in [(0, Int64(1)), (1, 1), (2, 2)] {
        let expected = StoredEvent(
          position: Int64(index), key: first[index].key, tag: first[index].tag, version: version,
          leaf: leaves[index])
        #expect(exactly(events[index]) == exactly(expected))
      }
      #expect(try log.find(key(3)) == 1)
      #expect(try log.find(key(8)) == nil)
    }
  }

  @Test(
    "The same id and tag gives back the first position, and nothing is stamped", arguments: Engine.allCases)
  func idempotent(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1), proposal(2)])
      let again = try log.append([proposal(2, subject: nil), proposal(1, expecting: 77)], expectedSize: 2) {
        _, _ in
        throw StampFailed(reason: "nothing was new")
      }
      #expect(again == [.alreadyThere(position: 1), .alreadyThere(position: 0)])
      let mixed = try log.append([proposal(2), proposal(3)])
      #expect(mixed == [.alreadyThere(position: 1), .appended(position: 2)])
      #expect(try log.head().size == 3)
    }
  }

  @Test(
    "Within a batch, the same id and tag is there already; another tag is refused", arguments: Engine.allCases
  )
  func repeatedInBatch(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(7)])
      let outcomes = try log.append([proposal(1), proposal(2), proposal(1), proposal(7)])
      #expect(
        outcomes == [
          .appended(position: 1), .appended(position: 2), .alreadyThere(position: 1),
          .alreadyThere(position: 0),
        ])
      #expect(throws: LogError.refused([Refusal(index: 2, reason: .idRepeated(firstIndex: 1))])) {
        try log.append([proposal(1), proposal(4), proposal(4, tag: 5)])
      }
      #expect(try log.head().size == 3)
    }
  }

  @Test(
    "All refused proposals are named, nothing is written, and without them the rest passes",
    arguments: Engine.allCases)
  func allRefusals(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1), proposal(2)])
      let batch = [
        try proposal(3), try proposal(1, tag: 9), try proposal(4, expecting: 2),
        try proposal(5, expecting: 3),
        try proposal(5, tag: 6), try proposal(2, tag: 8, expecting: 0), try proposal(4),
      ]
      let refusals = [
        Refusal(index: 1, reason: .idReused(position: 0)),
        Refusal(index: 2, reason: .unexpectedVersion(expected: 2, actual: 3)),
        Refusal(index: 4, reason: .idRepeated(firstIndex: 3)),
        Refusal(index: 5, reason: .idReused(position: 1)),
      ]
      #expect(throws: LogError.refused(refusals)) {
        try log.append(batch, expectedSize: nil) { _, _ in
          throw StampFailed(reason: "refused ones were stamped")
        }
      }
      #expect(try log.head().size == 2)
      let rest = batch.indices.filter { index in !refusals.contains { $0.index == index } }.map { batch[$0] }
      #expect(try log.append(rest).allSatisfy { $0.position >= 2 })
      #expect(try log.head().size == 5)
    }
  }

  @Test("The expected version counts what stands ahead in the batch", arguments: Engine.allCases)
  func expectedVersion(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([
        proposal(1, expecting: 0), proposal(2, expecting: 1), proposal(3, subject: "bill:b", expecting: 0),
      ])
      try log.append([proposal(4, expecting: 2), proposal(5), proposal(6, expecting: 4)])
      #expect(
        throws: LogError.refused([Refusal(index: 0, reason: .unexpectedVersion(expected: 4, actual: 5))])
      ) {
        try log.append([proposal(7, expecting: 4)])
      }
      #expect(
        throws: LogError.refused([Refusal(index: 0, reason: .unexpectedVersion(expected: -1, actual: 5))])
      ) {
        try log.append([proposal(7, expecting: -1)])
      }
      #expect(try log.all().map(\.version) == [1, 2, 1, 3, 4, 5])
    }
  }

  @Test(
    "A version expected of a subject that only the stamp names is checked too", arguments: Engine.allCases)
  func expectedVersionOfStampedSubject(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1, subject: "entity:unnamed")])
      let refusal = Refusal(index: 1, reason: .unexpectedVersion(expected: 3, actual: 2))
      #expect(throws: LogError.refused([refusal])) {
        try log.append([proposal(2, subject: nil), proposal(3, subject: nil, expecting: 3)])
      }
      #expect(try log.head().size == 1)
      try log.append([proposal(2, subject: nil), proposal(3, subject: nil, expecting: 2)])
      #expect(try log.all().map(\.version) == [1, 2, 3])
    }
  }

  @Test("Subjects are told apart by their bytes, not by how they look", arguments: Engine.allCases)
  func subjectsByBytes(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let (composed, decomposed) = ("entity:caf\u{E9}", "entity:cafe\u{301}")
      #expect(composed == decomposed, "Swift takes them for the same")
      try log.append([
        proposal(1, subject: composed, expecting: 0), proposal(2, subject: decomposed, expecting: 0),
      ])
      #expect(try log.all().map(\.version) == [1, 1])
      #expect(throws: LogError.subjectDiffers(index: 0)) {
        try log.append([proposal(3, subject: composed)], expectedSize: nil) { _, _ in
          [Leaf(bytes: [1], subject: decomposed, recordedMilliseconds: 1_000)]
        }
      }
    }
  }

  @Test("Another size than expected is a conflict that says both", arguments: Engine.allCases)
  func expectedSize(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1)], expectedSize: 0)
      #expect(throws: LogError.unexpectedSize(expected: 0, actual: 1)) {
        try log.append([proposal(2)], expectedSize: 0)
      }
      #expect(throws: LogError.unexpectedSize(expected: 2, actual: 1)) {
        try log.append([proposal(1)], expectedSize: 2)
      }
      #expect(try log.append([], expectedSize: 1).isEmpty)
      #expect(try log.head().size == 1)
    }
  }

  @Test(
    "The stamp is called once, with the head and the new ones; inside it readers see the old log",
    arguments: Engine.allCases)
  func stampIsCalledOnce(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1)], recorded: 1_234)
      var calls = 0
      let batch = [try proposal(1), try proposal(2), try proposal(2), try proposal(3)]
      _ = try log.append(batch, expectedSize: nil) { head, new in
        calls += 1
        let root = MerkleHash.leaf(leaf(batch[0]).bytes)
        #expect(head == LogHead(size: 1, root: root, lastRecordedMilliseconds: 1_234))
        #expect(new == [1, 3])
        let seenInside = try log.head()
        #expect(seenInside == head)
        return new.map { leaf(batch[$0], recorded: 1_234) }
      }
      #expect(calls == 1)
    }
  }

  @Test("What the stamp throws is passed on, and nothing is written", arguments: Engine.allCases)
  func stampThrows(_ engine: Engine) throws {
    try engine.withLog { log throws in
      #expect(throws: StampFailed(reason: "no")) {
        try log.append([proposal(1)], expectedSize: nil) { _, _ in throw StampFailed(reason: "no") }
      }
      #expect(throws: LogError.gap(position: 99)) {
        try log.append([proposal(1)], expectedSize: nil) { _, _ in throw LogError.gap(position: 99) }
      }
      #expect(try log.head().size == 0)
      #expect(try log.append([proposal(1)]) == [.appended(position: 0)])
    }
  }

  @Test("A leaf over 65,535 bytes is refused, one of that length is kept", arguments: Engine.allCases)
  func leafLimit(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let batch = [try proposal(1), try proposal(2)]
      let longest = [UInt8](repeating: 7, count: 65_535)
      #expect(throws: LogError.leafTooLarge(index: 1, bytes: 65_536)) {
        try log.append(batch, expectedSize: nil) { _, _ in
          [leaf(batch[0]), leaf(batch[1], bytes: longest + [7])]
        }
      }
      #expect(try log.head().size == 0)
      _ = try log.append([batch[0]], expectedSize: nil) { _, _ in [leaf(batch[0], bytes: longest)] }
      #expect(try log.all().map(\.leaf.bytes) == [longest])
    }
  }

  @Test("One leaf for each new proposal, no fewer and no more", arguments: Engine.allCases)
  func leafCount(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let batch = [try proposal(1), try proposal(2)]
      #expect(throws: LogError.wrongLeafCount(expected: 2, found: 1)) {
        try log.append(batch, expectedSize: nil) { _, _ in [leaf(batch[0])] }
      }
      #expect(throws: LogError.wrongLeafCount(expected: 2, found: 3)) {
        try log.append(batch, expectedSize: nil) { _, _ in [leaf(batch[0]), leaf(batch[1]), leaf(batch[1])] }
      }
      #expect(try log.head().size == 0)
    }
  }

  @Test("The time of recording never goes back, between batches or inside one", arguments: Engine.allCases)
  func recordedNeverGoesBack(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1)], recorded: 500)
      #expect(throws: LogError.recordedGoesBack(index: 0, previousMilliseconds: 500, foundMilliseconds: 499))
      {
        try log.append([proposal(2)], recorded: 499)
      }
      let batch = [try proposal(2), try proposal(1), try proposal(3)]
      #expect(throws: LogError.recordedGoesBack(index: 2, previousMilliseconds: 501, foundMilliseconds: 500))
      {
        try log.append(batch, expectedSize: nil) { _, _ in
          [leaf(batch[0], recorded: 501), leaf(batch[2], recorded: 500)]
        }
      }
      #expect(try log.head().size == 1)
      #expect(try log.head().lastRecordedMilliseconds == 500)
      try log.append([proposal(2)], recorded: 500)
    }
  }

  @Test(
    "An empty, overlong or NUL-bearing column is refused by name; the longest one is kept",
    arguments: Engine.allCases)
  func columns(_ engine: Engine) throws {
    let long = String(repeating: "é", count: 512)
    let cases: [(String, String?, String?, LogError?)] = [
      ("", nil, nil, .invalidColumn(index: 0, column: "subject", bytes: 0)),
      (long + "x", nil, nil, .invalidColumn(index: 0, column: "subject", bytes: 1_025)),
      ("a\0b", nil, nil, .invalidColumn(index: 0, column: "subject", bytes: 3)),
      ("a", "", nil, .invalidColumn(index: 0, column: "country", bytes: 0)),
      ("a", "seventeen letters", nil, .invalidColumn(index: 0, column: "country", bytes: 17)),
      ("a", nil, "\0", .invalidColumn(index: 0, column: "institution", bytes: 1)),
      ("a", nil, long + "x", .invalidColumn(index: 0, column: "institution", bytes: 1_025)),
      (long, "sixteen letters.", long, nil),
    ]
    try engine.withLog { log throws in
      for (subject, country, institution, expected) in cases {
        let offer = try proposal(1, subject: nil)
        let stamped = Leaf(
          bytes: [1], subject: subject, country: country, institution: institution, recordedMilliseconds: 1)
        if let expected {
          #expect(throws: expected) { try log.append([offer], expectedSize: nil) { _, _ in [stamped] } }
          #expect(try log.head().size == 0)
        } else {
          _ = try log.append([offer], expectedSize: nil) { _, _ in [stamped] }
        }
      }
    }
  }
}
