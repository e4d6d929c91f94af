// What the log on SQLite offers beyond the contract, and how its statements are carried out.

internal import LogStore
internal import TestSupport
internal import Testing

private struct BodyFailed: Error {}

@Suite("Local queries")
struct LocalQueryTests {
  @Test("The events of a subject come in order, after a version, up to a limit")
  func bySubject() throws {
    try withSQLiteLog { log throws in
      try log.append((1...9).map { try proposal($0, subject: $0 % 3 == 0 ? "bill:b" : "bill:a") })
      #expect(try log.events(ofSubject: "bill:b", limit: .max).map(\.position) == [2, 5, 8])
      #expect(try log.events(ofSubject: "bill:a", after: 2, limit: 3).map(\.version) == [3, 4, 5])
      #expect(try log.events(ofSubject: "bill:a", after: .max, limit: 3).isEmpty)
      #expect(try log.events(ofSubject: "bill:a", after: .min, limit: 0).isEmpty)
      #expect(try log.events(ofSubject: "bill:none", limit: 3).isEmpty)
      #expect(try log.version(ofSubject: "bill:a") == 6)
      #expect(try log.version(ofSubject: "bill:none") == 0)
      let byPosition = try log.read(from: 5, limit: 1).map(exactly)
      #expect(try log.events(ofSubject: "bill:b", after: 1, limit: 1).map(exactly) == byPosition)
    }
  }

  @Test("A pass over the log lends every leaf in order, from and through the given positions")
  func scanRanges() throws {
    try withSQLiteLog { log throws in
      let batch = try (0..<5).map { try proposal($0 + 1) }
      let leaves: [[UInt8]] = [[1], [], [3, 3], [UInt8](repeating: 4, count: 65_535), [5]]
      _ = try log.append(batch, expectedSize: nil) { _, new in new.map { leaf(batch[$0], bytes: leaves[$0]) }
      }
      func scanned(_ first: Int64, _ last: Int64?) throws -> ([Int64], [[UInt8]], Int64) {
        var (positions, bytes) = ([Int64](), [[UInt8]]())
        let end = try log.scan(from: first, through: last) { position, leaf in
          positions.append(position)
          bytes.append(Array(leaf))
        }
        return (positions, bytes, end)
      }
      for (first, last, range) in [
        (0, nil, 0..<5), (1, 3, 1..<4), (4, 4, 4..<5), (2, .max, 2..<5), (3, 2, 3..<3), (5, nil, 5..<5),
      ] as [(Int64, Int64?, Range<Int>)] {
        let (positions, bytes, end) = try scanned(first, last)
        #expect(positions == range.map(Int64.init))
        #expect(bytes == Array(leaves[range]))
        #expect(end == Int64(range.upperBound))
      }
      #expect(try scanned(.max, nil).2 == .max)
      #expect(throws: LogError.gap(position: -1)) { try log.scan(from: -1) { _, _ in } }
    }
  }

  @Test("What the body of a pass throws ends it and is passed on")
  func scanBodyThrows() throws {
    try withSQLiteLog { log throws in
      try log.append((1...3).map { try proposal($0) })
      var calls = 0
      #expect(throws: BodyFailed.self) {
        try log.scan { _, _ in
          calls += 1
          if calls == 2 { throw BodyFailed() }
        }
      }
      #expect(calls == 2)
      try log.append([proposal(4)])
      #expect(try log.scan { _, _ in } == 4, "the connection is left as it should be")
    }
  }

  @Test("Every statement finds its rows by a key or an index and sorts none")
  func plans() throws {
    try withSQLiteLog { log throws in
      try log.append((1...100).map { try proposal($0) })
      let plans = try log.queryPlans()
      #expect(plans.count >= 10)
      for (name, lines) in plans {
        #expect(!lines.isEmpty, "\(name)")
        for line in lines {
          // SQLite looks up max() of a key at the key's end.
          let isByKey =
            line.wholeMatch(of: /SEARCH (event|tile|tree_head)( USING .*)?/) != nil
            || line.contains("USING COVERING INDEX")
          let isSubquery = line.hasPrefix("SCALAR SUBQUERY")
          #expect(isByKey || isSubquery, "\(name): \(line)")
          #expect(!line.contains("TEMP B-TREE"), "\(name): \(line)")
        }
      }
      #expect(plans["findID"] == ["SEARCH event USING INDEX sqlite_autoindex_event_1 (id=?)"])
      #expect(plans["readFrom"] == ["SEARCH event USING INTEGER PRIMARY KEY (rowid>?)"])
    }
  }
}

@Suite("Keys, tags and errors")
struct ValueTests {
  @Test("A key and a tag are exactly 16 bytes, kept in order", arguments: 0...40)
  func lengths(count: Int) throws {
    let bytes = (0..<count).map { UInt8($0 * 5) }
    #expect(EventKey(bytes: bytes)?.bytes == (count == 16 ? bytes : nil))
    #expect(ContentTag(bytes: bytes)?.bytes == (count == 16 ? bytes : nil))
  }

  @Test("Keys are ordered byte by byte")
  func order() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let left = (0..<16).map { _ in UInt8.random(in: 0...2, using: &generator) }
      let right = (0..<16).map { _ in UInt8.random(in: 0...2, using: &generator) }
      let (leftKey, rightKey) = (try #require(EventKey(bytes: left)), try #require(EventKey(bytes: right)))
      #expect((leftKey < rightKey) == left.lexicographicallyPrecedes(right), "seed 3")
      #expect((leftKey == rightKey) == (left == right), "seed 3")
    }
  }

  private static let errors: [LogError] = [
    .refused((0..<9).map { Refusal(index: $0, reason: .idReused(position: 5)) }),
    .refused([Refusal(index: 1, reason: .unexpectedVersion(expected: 2, actual: 3))]),
    .refused([Refusal(index: 1, reason: .idRepeated(firstIndex: 0))]),
    .unexpectedSize(expected: 1, actual: 2), .wrongLeafCount(expected: 1, found: 2),
    .subjectDiffers(index: 1),
    .leafTooLarge(index: 1, bytes: 70_000), .invalidColumn(index: 1, column: "country", bytes: 0),
    .recordedGoesBack(index: 1, previousMilliseconds: 2, foundMilliseconds: 1), .busy(waitedMilliseconds: 7),
    .outcomeUnknown(reason: "r"), .unavailable(reason: "r"), .notFound(path: "p"), .alreadyExists(path: "p"),
    .notALog(path: "p"), .newerFormat(path: "p", found: 2, supported: 1),
    .olderFormat(path: "p", found: 1, supported: 2), .readOnly(path: "p"),
    .diskFull(path: "p"), .permission(path: "p"), .gap(position: 3), .damaged(detail: "d"), .io(detail: "d"),
  ]

  @Test("Every error has one line for people", arguments: errors)
  func oneLine(_ error: LogError) {
    #expect(error.description.utf8.count > 15)
    #expect(!error.description.contains("\n"))
    #expect(error.description.first?.isUppercase == false)
    let retryable: [LogError] = [
      .busy(waitedMilliseconds: 7), .outcomeUnknown(reason: "r"), .unavailable(reason: "r"),
    ]
    #expect(error.isRetryable == retryable.contains(error))
  }

  @Test("Of many refusals the line spells out three and counts the rest")
  func manyRefusals() throws {
    let line = try #require(Self.errors.first).description
    #expect(line.contains("event 2 of the batch"))
    #expect(!line.contains("event 3 of the batch"))
    #expect(line.hasSuffix("and 6 more"))
  }
}
