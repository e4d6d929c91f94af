// Many processes that append to one ledger at once.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Many writers at once")
struct ManyWritersTests {
  private static let writers = 8

  @Test("Eight processes that import 500 events each leave 4,000 events, no gap, no id twice, no raw error")
  func imports() throws {
    try withLedger { ledger in
      let count = 500
      for writer in 0..<Self.writers {
        // Some seal, some do not: the vault is written under the same lock.
        try ledger.home.write(
          "w\(writer).jsonl", Events.lines(count, prefix: "W\(writer)", sealed: writer % 2 == 0 ? 10 : 0))
      }
      let children = try (0..<Self.writers).map { try ledger.start(["import", "w\($0).jsonl"]) }
      for ended in try children.map({ try $0.wait() }) {
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
        #expect(ended.output == "\(count) added, 0 already there, 0 refused\n", "\(ended)")
        expectNothingRaw(ended)
      }
      let ids = try expectWhole(ledger.path, events: Self.writers * count)
      let expected = (0..<Self.writers).flatMap { writer in (0..<count).map { "W\(writer)-\($0)" } }
      #expect(Set(ids.dropFirst(Int(TestLedger.sizeAtFirst))) == Set(expected))
      // Each writer's own events stand in the order in which it gave them.
      for writer in 0..<Self.writers {
        let own = ids.filter { $0.hasPrefix("W\(writer)-") }
        #expect(own == (0..<count).map { "W\(writer)-\($0)" })
      }
    }
  }

  @Test("Eight processes that append one event after the other get positions that hold")
  func singleAppends() throws {
    try withLedger { ledger in
      let count = 8
      let scripts = (0..<Self.writers).map { writer in
        (0..<count).map { number in
          number == 3
            ? "annals append testimony.shared id=S\(writer)-\(number) campaign=campaign:c occurred=2018 person=A "
              + "--quiet --format csv | tail -n 1"
            : "annals append bill.introduced id=S\(writer)-\(number) subject=measure:shared-\(number) occurred=2024 "
              + "country=CL identifier=\(writer) chamber=s unsourced=true --quiet --format csv | tail -n 1"
        }.joined(separator: "\n")
      }
      let children = try scripts.map { try ledger.startShell($0) }
      var acknowledged: [String: Int] = [:]
      for ended in try children.map({ try $0.wait() }) {
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
        for line in ended.outputLines {
          let cells = line.components(separatedBy: ",")
          acknowledged[cells[0]] = cells.count == 5 ? Int(cells[1]) : nil
        }
      }
      #expect(acknowledged.count == Self.writers * count)
      let ids = try expectWhole(ledger.path, events: Self.writers * count)
      for (id, position) in acknowledged { #expect(ids[position] == id) }
    }
  }

  @Test("Eight processes that import the same file add each event once")
  func sameFile() throws {
    try withLedger { ledger in
      let count = 300
      try ledger.home.write("same.jsonl", Events.lines(count, sealed: 10))
      let children = try (0..<Self.writers).map { _ in
        try ledger.start(["import", "same.jsonl", "--format", "csv"])
      }
      var added = 0
      for ended in try children.map({ try $0.wait() }) {
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
        let cells = ended.outputLines.last?.split(separator: ",").compactMap { Int($0) } ?? []
        added += cells.first ?? 0
        #expect(cells.count == 5 && cells[0] + cells[1] == count, "\(ended)")
      }
      #expect(added == count)
      try expectWhole(ledger.path, events: count)
    }
  }

  @Test("Of eight processes that expect the same number of events of a subject, one appends")
  func expectations() throws {
    try withLedger { ledger in
      let children = try (0..<Self.writers).map {
        try ledger.start(["append", "bill.introduced", "id=X\($0)", "--expect", "0"] + goodFields())
      }
      let ended = try children.map { try $0.wait() }
      #expect(ended.filter { $0.how == .exit(0) }.count == 1)
      for ended in ended where ended.how != .exit(0) { expectFailure(ended, 79, "has 1 events, not 0") }
      try expectWhole(ledger.path, events: 1)
    }
  }

  @Test("Questions are answered while others write")
  func readersAreNotKeptWaiting() throws {
    try withLedger { ledger in
      try ledger.home.write("many.jsonl", Events.lines(3_000, sealed: 10))
      let writer = try ledger.start(["import", "many.jsonl"])
      var sizes: [Int64] = []
      repeat {
        let status = try ledger.annals("status", "FR", "--format", "json")
        #expect(status.how == .exit(0) && status.errors == "", "\(status)")
        sizes.append(try JSONValue(parsing: status.standardOutput)["size"]?.integer ?? -1)
      } while writer.isRunning && sizes.count < 100
      #expect(try writer.wait().how == .exit(0))
      #expect(sizes == sizes.sorted())
      try expectWhole(ledger.path, events: 3_000)
    }
  }
}
