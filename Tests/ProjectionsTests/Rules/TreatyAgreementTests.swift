// Treaties against the oracle, over thousands of random histories: rows, spells, what does not add up.

import LogStore
import Milestones
import Projections
import TestSupport
import Testing

@Suite("Treaties agree with the rules, whatever happened")
struct TreatyAgreementTests {
  static let seeds: [UInt64] = Array(stride(from: 1, through: 1_901, by: 100))
  static let treatiesPerSeed: UInt64 = 100

  @Test("On any day rows say what the rules give, and what does not add up is told", arguments: seeds)
  func daysAgree(first: UInt64) throws {
    let world = try TreatyWorld((first..<first + Self.treatiesPerSeed).map { RandomTreaty(seed: $0) })
    var generator = SeededGenerator(seed: first)
    let views = try world.recording.views()
    try views.snapshot(of: world.recording.log) { snapshot in
      for (index, oracle) in world.oracles.enumerated() {
        let days = Array(oracle.days.shuffled(using: &generator).prefix(4)) + [.min, 1_000_000]
        for day in days {
          let expected = try oracle.rows(on: day)
          let found = try snapshot.status(.subject("treaty:t\(index)"), onDay: day).map(Self.line)
          let ill = try oracle.anomalies(on: day)
          let anomalies = try snapshot.anomalies(.subject("treaty:t\(index)"), onDay: day).map {
            "\($0.party ?? "")|\($0.ground.entry.position)|\($0.finding.kind.rawValue)"
          }
          guard expected == found.sorted(), ill == anomalies.sorted() else {
            Issue.record(
              """
              seed \(first + UInt64(index)), day \(day)
              expected \(expected) \(ill)
              found    \(found.sorted()) \(anomalies.sorted())
              \(oracle.story)
              """)
            return
          }
        }
      }
    }
  }

  @Test("Histories tell what became of each event, and the spells of each party", arguments: seeds)
  func historiesAgree(first: UInt64) throws {
    let world = try TreatyWorld((first..<first + Self.treatiesPerSeed / 4).map { RandomTreaty(seed: $0) })
    var generator = SeededGenerator(seed: first)
    let views = try world.recording.views()
    try views.snapshot(of: world.recording.log) { snapshot in
      for (index, oracle) in world.oracles.enumerated() {
        let days = Array(oracle.days.shuffled(using: &generator).prefix(1)) + [1_000_000]
        for day in days {
          guard let history = try snapshot.history(of: "treaty:t\(index)", onDay: day) else { continue }
          let outcomes = history.items.flatMap { item in
            item.outcomes.map { "\($0.party)|\(item.entry.position)|\($0.outcome)" }
          }
          let spells = history.spells.map { "\($0.party ?? "")|\($0.number)|\($0.steps.map(\.words))" }
          guard try oracle.outcomes(on: day) == outcomes.sorted(),
            try oracle.spells(on: day) == spells.sorted()
          else {
            Issue.record(
              """
              seed \(first + UInt64(index)), day \(day)
              expected \(try oracle.outcomes(on: day)) \(try oracle.spells(on: day))
              found    \(outcomes.sorted()) \(spells.sorted())
              \(oracle.story)
              """)
            return
          }
        }
      }
    }
  }

  @Test("The order of recording changes nothing but positions", arguments: seeds)
  func recordingOrder(first: UInt64) throws {
    var treaties = (first..<first + Self.treatiesPerSeed / 2).map {
      RandomTreaty(seed: $0, withPreferences: false)
    }
    let one = try recorded(treaties)
    for index in treaties.indices { treaties[index].shuffle() }
    let other = try recorded(treaties)
    for (index, (a, b)) in zip(one, other).enumerated() where a != b {
      Issue.record("seed \(first + UInt64(index)): \(a) but recorded anew \(b)")
    }
  }

  /// Rows and what does not add up on some days, positions apart.
  private func recorded(_ treaties: [RandomTreaty]) throws -> [[String]] {
    let world = try TreatyWorld(treaties)
    return try world.recording.views().snapshot(of: world.recording.log) { snapshot in
      try world.oracles.indices.map { index in
        try ([.min, 11_100, 11_250, 11_400, 11_700, 12_000, 1_000_000] as [Int64]).flatMap {
          day -> [String] in
          let scope = Scope.subject("treaty:t\(index)")
          let rows = try snapshot.status(scope, onDay: day).map(Self.lineWithoutPosition)
          let anomalies = try snapshot.anomalies(scope, onDay: day).map { anomaly in
            let entry = anomaly.ground.entry
            return "\(anomaly.party ?? "") \(entry.type) \(entry.occurred) \(anomaly.finding.kind)"
          }
          return rows + anomalies.sorted()
        }
      }
    }
  }

  @Test("The random treaties come to all that they are to try")
  func coverage() throws {
    let world = try TreatyWorld((1...500).map { RandomTreaty(seed: $0) })
    var counts: [String: Int] = [:]
    for oracle in world.oracles {
      for (party, steps) in oracle.steps {
        for _ in steps { counts["by rule \(party.isEmpty)", default: 0] += 1 }
      }
      for mismatch in oracle.mismatches {
        counts["\(mismatch.kind) \(mismatch.party.isEmpty)", default: 0] += 1
      }
      for claim in oracle.claims.values {
        if case .settled = claim.state { counts["settled", default: 0] += 1 }
        if claim.state == .disputed { counts["disputed", default: 0] += 1 }
      }
      for spell in try oracle.spells(on: 1_000_000) where spell.contains("|2|") || spell.contains("|3|") {
        counts["came back", default: 0] += 1
      }
      for row in try oracle.rows(on: 11_400) {
        for certainty in ["possible", "disputed", "certain"] where row.contains("|\(certainty)|") {
          counts[certainty, default: 0] += 1
        }
      }
    }
    for name in [
      "by rule true", "by rule false", "rule true", "rule false", "date false", "settled", "disputed",
      "came back",
      "possible", "certain",
    ] {
      #expect(counts[name, default: 0] > 10, "\(name): \(counts)")
    }
  }

  private static func line(_ row: StatusRow) -> String {
    lineWithoutPosition(row) + " last \(row.lastPosition)"
  }

  private static func lineWithoutPosition(_ row: StatusRow) -> String {
    let stage = [row.party, row.stage, row.detail, row.certainty, row.certainStage, row.since].map {
      $0 ?? "-"
    }
    return stage.joined(separator: "|")
      + " \(row.sourceCount) sources, \(row.anomalyCount) anomalies, \(row.disputeCount) disputes"
  }
}

extension Spell.Step {
  var words: String {
    [stage, detail ?? "-", since ?? "-", certainty ?? "-", "\(position ?? -1)"].joined(separator: "|")
  }
}
