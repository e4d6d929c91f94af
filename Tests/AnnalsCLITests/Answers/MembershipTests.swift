// Seven thousand treaty memberships from elsewhere: all are recorded, and what does not add up is told by row.

internal import CanonicalJSON
internal import Foundation
internal import TestSupport
internal import Testing

@Suite(
  "A file of treaty memberships from elsewhere is recorded whole, and told by row where it does not add up")
struct MembershipTests {
  static let seed: UInt64 = 190

  /// What does not add up, as the check tells it: the id of each event with the kind of thing.
  private func check(_ ledger: TestLedger, _ more: String...) throws -> [String] {
    let ended = try ledger.annals(["check", "--format", "json"] + more)
    try #require(ended.how == .exit(0), "\(ended)")
    return try (JSONValue(parsing: ended.standardOutput)["anomalies"]?.array ?? []).map { anomaly in
      "\(anomaly["id"]?.string ?? "-") \(anomaly["kind"]?.string ?? "-")"
    }
  }

  private func expected(_ rows: [Memberships.Row]) -> [String] {
    rows.compactMap { row in row.problem.map { "\(row.id) \($0)" } }
  }

  @Test("Nothing is refused; the rows that do not add up are told by line and position, and by the check")
  func wholeFile() throws {
    let rows = Memberships(seed: Self.seed).rows
    try #require(rows.count == 7_000)
    let counts = Dictionary(grouping: rows.compactMap(\.problem), by: \.self).mapValues(\.count)
    for (kind, count) in [("date", 300), ("rule", 60), ("step", 150)] {
      try #require(counts[kind, default: 0] > count, "seed \(Self.seed): \(counts)")
    }
    try withLedger { ledger in
      try ledger.home.write("memberships.csv", Memberships.csv(rows))
      let ended = try ledger.start(["import", "memberships.csv"]).wait(seconds: 600)
      let problems = expected(rows)
      #expect(ended.how == .exit(0), "\(ended)")
      #expect(ended.output == "7000 added, 0 already there, 0 refused; \(problems.count) do not add up\n")

      // By row: a hundred of them, and how many more there are.
      let lines = try ended.errorLines.filter { $0.contains("does not add up") }.map { line in
        let match = try #require(
          line.wholeMatch(
            of:
              /memberships\.csv:(\d+): recorded at position (\d+), but does not add up: (treaty:n\d+) \(([^)]+)\) .+/
          ),
          "\(line)")
        return (line: Int(match.1) ?? 0, position: Int64(match.2) ?? 0, treaty: match.3, party: match.4)
      }
      let ill = rows.indices.filter { rows[$0].problem != nil }
      #expect(lines.map(\.line) == ill.prefix(100).map { $0 + 2 }, "the header is line 1")
      #expect(lines.map(\.position) == ill.prefix(100).map { Int64($0) + TestLedger.sizeAtFirst })
      for (told, index) in zip(lines, ill) {
        #expect(rows[index].treaty == told.treaty && rows[index].party == told.party, "\(told)")
      }
      #expect(ended.errors.contains("… and \(problems.count - 100) more anomalies (annals check)"))

      #expect(try check(ledger) == problems)
      #expect(try check(ledger, "--on", "1954-01-01").isEmpty)
      try expectCourses(rows, ledger)
      #expect(try ledger.annals("check", "--strict", "--format", "csv").how == .exit(1))

      let again = try ledger.start(["import", "memberships.csv", "--format", "json"]).wait(seconds: 600)
      #expect(again.how == .exit(0) && again.errors == "", "\(again)")
      #expect(try JSONValue(parsing: again.standardOutput)["anomalies"]?.integer == 0, "nothing was added")
      #expect(try JSONValue(parsing: again.standardOutput)["alreadyThere"]?.integer == 7_000)
    }
  }

  /// Looks at some courses: re-entries are new spells, organisations and former states are parties.
  private func expectCourses(_ rows: [Memberships.Row], _ ledger: TestLedger) throws {
    let shown = try ledger.annals("show", "treaty:n4", "--format", "json", "--on", "2020-01-01")
    let spells = try JSONValue(parsing: shown.standardOutput)["spells"]?.array ?? []
    func course(_ party: String) -> [[String]] {
      spells.filter { $0["party"]?.string == party }.map { spell in
        (spell["steps"]?.array ?? []).compactMap { $0["stage"]?.string }
      }
    }
    #expect(course("SUHH") == [["bound", "in-force", "succeeded"]])
    #expect(course("RU") == [["in-force"]], "from the day on which it succeeded, though it deposited later")
    let parties = Dictionary(grouping: rows.filter { $0.treaty == "treaty:n4" }, by: \.party)
    let back = parties.filter { party, rows in
      let types = rows.sorted { $0.occurred < $1.occurred }.map(\.type)
      return types == ["treaty.ratified", "treaty.ended", "treaty.ratified"]
    }.keys
    #expect(!back.isEmpty)
    for party in back {
      #expect(course(party) == [["bound", "in-force", "out"], ["bound", "in-force"]], "\(party)")
    }
    #expect(parties.keys.contains { $0.hasPrefix("int/") && !course($0).isEmpty })
  }

  @Test("Recorded in another order, the same rows do not add up")
  func anotherOrder() throws {
    // Whole treaties: what does not add up depends on the rest of them.
    let rows = Memberships(seed: Self.seed).rows.filter { row in
      row.treaty.dropFirst("treaty:n".count).utf8.last.map { $0 % 3 == 0 } ?? false
    }
    try #require(rows.count > 2_000)
    var generator = SeededGenerator(seed: Self.seed)
    for rows in [rows, rows.shuffled(using: &generator)] {
      try withLedger { ledger in
        try ledger.home.write("memberships.csv", Memberships.csv(rows))
        let ended = try ledger.start(["import", "memberships.csv", "--quiet"]).wait(seconds: 600)
        #expect(ended.how == .exit(0), "\(ended)")
        #expect(try check(ledger) == expected(rows), "seed \(Self.seed)")
      }
    }
  }
}
