// Corrections and retractions: what stands is what would stand if every event had been recorded as corrected.

import Milestones
import Projections
import TestSupport
import Testing

@Suite("What stands is what would stand if every event had been recorded as corrected")
struct AmendmentFoldTests {
  static let seeds: [UInt64] = Array(1...40)

  @Test(
    "In random histories, corrections of corrections and retracted retractions among them", arguments: seeds)
  func randomHistories(seed: UInt64) throws {
    for history in 0..<5 {
      let seed = seed * 100 + UInt64(history)
      var random = RandomEvents(seed: seed)
      // A preference weighs what was said by then: it knows the order in which things were said, which a log that was
      // rewritten does not have.
      let events = try random.events(40, naming: true).filter { $0.type.name != "account.preferred" }
      let log = try Recording(events).log
      let naive = try NaiveAmendments(log).log
      for day in ["2017-01-20", "2017-02-28", "2017-04-30", "2030-01-01"] {
        let (found, expected) = try (rows(log, on: day), rows(naive, on: day))
        // The first lines that only one of them has.
        let surplus = found.first { !expected.contains($0) }
        let missing = expected.first { !found.contains($0) }
        #expect(
          surplus == nil && missing == nil && found == expected,
          "seed \(seed), \(day): \(surplus ?? "-") | \(missing ?? "-")")
      }
    }
  }

  private func rows(_ log: ArrayLog, on day: String) throws -> [String] {
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    let number = try dayNumber(day)
    return try views.snapshot(of: log) { snapshot in
      var rows = try snapshot.status(.world, onDay: number).map { "\($0)" }
      rows += try snapshot.timeline(.world, throughDay: number).filter { $0.retractedBy == nil }.map {
        "\($0.position) \($0.type) \($0.occurred) \($0.country ?? "-") \($0.title ?? "-") \($0.sourceCount)"
      }
      rows += try snapshot.anomalies(.world, onDay: number).map {
        "\($0.subject) \($0.party ?? "-") \($0.finding) \($0.ground.entry.position)"
      }
      rows += try snapshot.disputes(.world, onDay: number, withSettled: true).map { dispute in
        "\(dispute.claim) \(dispute.state) \(dispute.accounts.map { "\($0.ground.entry.position) \($0.stage ?? "-") \($0.values)" })"
      }
      for campaign in ["campaign:c0", "campaign:c1"] {
        rows += try snapshot.reach(campaign, onDay: number).figures.flatMap { $0 }.map {
          "\($0.metric) \($0.value) \($0.ground.entry.position)"
        }
      }
      return rows
    }
  }
}
