// What an import recorded that does not add up: told by the file and line it came from.

import Foundation
import Ledger
import Milestones
import Projections
import TestSupport
import Testing

@Suite("An import tells by file and line what it recorded that does not add up")
struct ImportAnomalyTests {
  /// A vote whose list does not agree with its totals, or one that does.
  private func vote(_ name: String, addsUp: Bool, isRefused: Bool = false) -> String {
    let total = addsUp ? 1 : 2
    return "{\"id\":\"\(name)\",\"type\":\"vote.recorded\",\"subject\":\"resolution:\(name.lowercased())\","
      + "\"occurred\":\"2018\",\"on\":\"\(isRefused ? "nothing" : "text")\",\"method\":\"recorded\",\"yes\":\(total),"
      + "\"members\":[\"FR=yes\"],\"unsourced\":true}"
  }

  private func items(_ lines: [String], file: String) -> [ImportItem] {
    lines.enumerated().map { index, line in
      ImportItem(
        file: file, line: index + 1, draft: Result { try draft(line) }.mapError { DraftError(nil, "\($0)") })
    }
  }

  private func load(_ items: [ImportItem], into ledger: Ledger, atomic: Bool = false) throws -> ImportReport {
    try ledger.importAll(items, recorder: "m.reyes", atomic: atomic, refused: { _ in })
  }

  private func places(_ report: ImportReport) -> [String] {
    report.anomalies.map { "\($0.file):\($0.line) [\($0.position)] \($0.subject) \($0.finding.kind)" }
  }

  @Test("Lines are counted whatever is refused or there already in between, in each file from its first")
  func lines() throws {
    try withLedger { test in
      let start = try test.size
      _ = try load(items([vote("B2", addsUp: false)], file: "before.jsonl"), into: test.ledger)
      let one = [
        vote("A1", addsUp: true), vote("A2", addsUp: false), vote("A3", addsUp: false, isRefused: true),
        vote("A4", addsUp: true), vote("A5", addsUp: false), vote("A5", addsUp: false),
      ]
      let two = [vote("B1", addsUp: false), vote("B2", addsUp: false), vote("B3", addsUp: false)]
      let report = try load(
        items(one, file: "a.jsonl") + items(two, file: "b.jsonl"), into: test.ledger)
      #expect(report.added == 6 && report.alreadyThere == 2 && report.refusedLines == 1)
      #expect(
        places(report) == [
          "a.jsonl:2 [\(start + 2)] resolution:a2 vote", "a.jsonl:5 [\(start + 4)] resolution:a5 vote",
          "b.jsonl:1 [\(start + 5)] resolution:b1 vote", "b.jsonl:3 [\(start + 6)] resolution:b3 vote",
        ])
      #expect(report.anomalyCount == 4)
      let again = try load(items(one, file: "a.jsonl"), into: test.ledger)
      #expect(again.added == 0 && again.anomalies.isEmpty, "what was there is not told again")
    }
  }

  @Test("Of more than anybody reads the first are kept, and all are counted")
  func many() throws {
    try withLedger { test in
      let lines = (0..<1_020).map { vote("A\($0)", addsUp: false) }
      let report = try load(items(lines, file: "a.jsonl"), into: test.ledger)
      #expect(report.anomalyCount == 1_020)
      #expect(report.anomalies.map(\.line) == Array(1...ImportReport.anomaliesMax))
    }
  }

  @Test(
    "Whatever is refused, there already or all at once, each line that does not add up is told",
    arguments: 1...8)
  func random(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    try withLedger { test in
      var items: [ImportItem] = []
      var expected: [String] = []
      var position = try test.size
      let isAtomic = generator.chance(25)
      for file in 0..<3 {
        var lines: [String] = []
        for line in 0..<(generator.chance(30) ? 1_300 : 40) {
          let isRefused = !isAtomic && generator.chance(5)
          let addsUp = generator.chance(90)
          lines.append(vote("F\(file)-\(line)", addsUp: addsUp, isRefused: isRefused))
          if isRefused { continue }
          if !addsUp {
            expected.append("f\(file).jsonl:\(line + 1) [\(position)] resolution:f\(file)-\(line) vote")
          }
          position += 1
        }
        items += self.items(lines, file: "f\(file).jsonl")
      }
      let report = try load(items, into: test.ledger, atomic: isAtomic)
      #expect(places(report) == expected, "seed \(seed)")
      #expect(try test.size == position, "seed \(seed)")
    }
  }

  @Test(
    "What a later line explains is not told; nor is what was recorded before, though a new line makes it not add up"
  )
  func explained() throws {
    func step(_ type: String, _ date: String, _ more: String) -> String {
      "{\"type\":\"treaty.\(type)\",\"subject\":\"treaty:t\",\"occurred\":\"\(date)\",\"country\":\"CL\",\(more),\"unsourced\":true}"
    }
    try withLedger { test in
      let entry = step("ratified", "2000-01-01", "\"mode\":\"accession\"")
      let inForce = step("entered-into-force", "2001-01-01", "\"scope\":\"party\"")
      let again = step("ratified", "2005-01-01", "\"mode\":\"accession\",\"note\":\"Back\"")
      let out = step("ended", "2003-01-01", "\"scope\":\"party\"")
      let first = try load(items([entry, inForce, again, out], file: "a"), into: test.ledger)
      #expect(first.added == 4 && first.anomalies.isEmpty)
      // A text that was adopted later makes all of them wrong, but none of them is a line of this import.
      let adopted =
        "{\"type\":\"treaty.adopted\",\"subject\":\"treaty:t\",\"occurred\":\"2010\",\"organ\":\"GA\",\"unsourced\":true}"
      let second = try load(items([adopted], file: "b"), into: test.ledger)
      #expect(second.added == 1 && second.anomalies.isEmpty)
      #expect(try test.ledger.check(.world).content.anomalies.count == 4)
    }
  }
}
