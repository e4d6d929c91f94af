// Importing: many events, refused lines told, safe to repeat.

import CanonicalJSON
import Ledger
import Milestones
import Projections
import TestSupport
import Testing

@Suite("An import goes on past bad lines and can be repeated")
struct ImportTests {
  @Test(
    "Lines without ids are added once, however often the file is imported; equal lines are events of their own"
  )
  func contentIDs() throws {
    try withLedger { test in
      let before = try test.size
      let lines = [announced("a"), announced("b"), announced("a"), announced("a")]
      var report = try test.load(lines).report
      #expect(report.added == 4)
      #expect(report.alreadyThere == 0)
      #expect(report.refusedLines == 0)
      #expect(try test.size == before + 4)
      report = try test.load(lines).report
      #expect(report.added == 0)
      #expect(report.alreadyThere == 4)
      report = try test.load(lines + [announced("a"), announced("c")]).report
      #expect(report.added == 2)
      #expect(report.alreadyThere == 4)
    }
  }

  @Test(
    "Equal lines are events of their own wherever the batches end, and each is there when the file comes again",
    arguments: [1, 2, 3, 5, 100])
  func equalLines(batchSize: Int) throws {
    var generator = SeededGenerator(seed: UInt64(batchSize))
    let lines = (0..<40).map { _ in announced("\(generator.below(6))") }
    try withLedger { test in
      let before = try test.size
      let first = try test.load(lines, batchSize: batchSize).report
      #expect(first.added == 40)
      #expect(first.alreadyThere == 0)
      #expect(try test.size == before + 40)
      let ids = try Set((before..<(before + 40)).map { try test.event($0).id })
      #expect(ids.count == 40)
      // Cut otherwise, and with some more of what is there.
      let second = try test.load(lines + lines.prefix(7), batchSize: 4).report
      #expect(second.added == 7)
      #expect(second.alreadyThere == 40)
      #expect(try test.load(lines.shuffled(using: &generator), batchSize: 7).report.alreadyThere == 40)
      #expect(try test.size == before + 47)
    }
  }

  // Taking each id of its content in turn for each line takes minutes even of so few.
  @Test("A line that comes again thousands of times is no more work each time", .timeLimit(.minutes(1)))
  func oneLineOften() throws {
    try withLedger { test in
      let lines = Array(repeating: announced("a"), count: 3_000)
      let first = try test.load(lines, batchSize: 10).report
      #expect(first.added == 3_000)
      let second = try test.load(lines, batchSize: 15).report
      #expect(second.alreadyThere == 3_000)
    }
  }

  @Test("Two ledgers give equal lines different ids: an id tells nothing of the content without the key")
  func idsAreKeyed() throws {
    func id() throws -> String {
      try withLedger { test in
        _ = try test.load([announced("a")])
        return try test.event(test.size - 1).id
      }
    }
    let (one, two) = (try id(), try id())
    #expect(one.hasPrefix("import-"))
    #expect(one != two)
  }

  @Test("Sealed lines without an id are counted, since importing them again adds them again")
  func sealedWithoutID() throws {
    try withLedger { test in
      let testimony =
        "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:metoo\",\"occurred\":\"2018\",\"narrative\":\"it happened\"}"
      let named = testimony.replacing("{\"type\"", with: "{\"id\":\"t-1\",\"type\"")
      let first = try test.load([testimony, named, announced("a")]).report
      #expect(first.added == 3)
      #expect(first.sealedWithoutID == 1)
      let second = try test.load([testimony, named, announced("a")]).report
      #expect(second.added == 1)
      #expect(second.alreadyThere == 2)
      try expectVaultMatchesLog(test.directory, test.ledger)
    }
  }

  @Test("Refused lines are told by file, line and field; the rest goes in")
  func refusals() throws {
    try withLedger { test in
      let lines = [
        announced("a"), "{\"type\":\"no.such\"}", announced("b"), "not json",
        announced("c").replacing("\"2017\"", with: "\"2017-13\""), announced("d"),
      ]
      let (report, refused) = try test.load(lines)
      #expect(report.added == 3)
      #expect(report.refusedLines == 3)
      #expect(refused.map(\.line) == [2, 4, 5])
      #expect(refused.map(\.problem.field) == ["type", nil, "occurred"])
      #expect(refused.allSatisfy { $0.file == "test.jsonl" })
      #expect(
        try test.ledger.status(.world).content.map(\.subject) == ["policy:a", "policy:b", "policy:d"])
    }
  }

  @Test(
    "Conflicts in the middle of a batch are refused, with the log and with the file itself; the rest goes in")
  func conflicts() throws {
    try withLedger { test in
      _ = try test.load([announced("a", id: "one")])
      let lines = [
        announced("b"), announced("z", id: "one"), announced("c", id: "two"), announced("a", id: "one"),
        announced("c", id: "two", aim: "other"), announced("c", id: "two"), announced("d"),
      ]
      let (report, refused) = try test.load(lines)
      #expect(refused.map(\.line) == [2, 5])
      #expect(refused.allSatisfy { "\($0.problem)".contains("id") })
      #expect(report.added == 3)
      #expect(report.alreadyThere == 2)
      #expect(report.refusedLines == 2)
      #expect(try test.load(lines).report.added == 0)
    }
  }

  @Test("A line that makes too long an event is refused in the middle of a batch; the rest goes in, in order")
  func tooLong() throws {
    try withLedger { test in
      let long = announced("b", aim: String(repeating: "x", count: 66_000))
      let (report, refused) = try test.load([
        announced("a"), long, announced("c", aim: String(repeating: "x", count: 64_000)), long,
        announced("d"),
      ])
      #expect(refused.map(\.line) == [2, 4])
      #expect(report.added == 3)
      let size = try test.size
      #expect(
        try (size - 3..<size).map { try test.event($0).subject } == [
          "policy:a", "policy:c", "policy:d",
        ])
    }
  }

  @Test("Many batches keep the order of the file, and refusals the numbers of its lines")
  func manyBatches() throws {
    try withLedger { test in
      let before = try test.size
      let lines = (1...2_500).map { $0 % 500 == 0 ? "{}" : announced("c\($0)") }
      var steps: [Int] = []
      let items = try lines.enumerated().map { index, line in
        ImportItem(file: "f", line: index + 1, draft: .success(try draft(line)))
      }
      var refused: [Int] = []
      let report = try test.ledger.importAll(
        items, recorder: "m.reyes", batchSize: 1_000, refused: { refused.append($0.line) },
        progress: { steps.append($0) })
      #expect(report.added == 2_495)
      #expect(Set(refused) == [500, 1_000, 1_500, 2_000, 2_500])
      #expect(steps.last == 2_500)
      #expect(steps.count == 3)
      #expect(try test.event(before).subject == "policy:c1")
      #expect(try test.event(before + 2_494).subject == "policy:c2499")
    }
  }

  @Test("All or nothing: one bad line, one conflict or one too long, and nothing is added", arguments: 0...2)
  func atomic(kind: Int) throws {
    try withLedger { test in
      _ = try test.load([announced("a", id: "one")])
      let size = try test.size
      let bad = [
        "{\"type\":\"no.such\"}", announced("b", id: "one"),
        announced("c", aim: String(repeating: "x", count: 65_500)),
      ][kind]
      let testimony = "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:metoo\",\"occurred\":\"2018\"}"
      let (report, refused) = try test.load([announced("d"), testimony, bad, announced("e")], atomic: true)
      #expect(report.isAbandoned)
      #expect(report.added == 0)
      #expect(report.refusedLines == 1)
      #expect(refused.map(\.line) == [3])
      #expect(try test.size == size)
      #expect(try vaultRows(test.directory).isEmpty)
      let good = try test.load([announced("d"), announced("e")], atomic: true).report
      #expect(good.added == 2)
      #expect(!good.isAbandoned)
    }
  }

  @Test("An import of nothing adds nothing")
  func empty() throws {
    try withLedger { test in
      for atomic in [false, true] {
        let report = try test.load([], atomic: atomic).report
        #expect(report.added + report.alreadyThere + report.refusedLines == 0)
        #expect(!report.isAbandoned)
      }
    }
  }
}
