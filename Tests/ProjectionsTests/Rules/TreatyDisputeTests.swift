// The rival accounts of random treaties: what each would give, and how sure each is.

import Projections
import TestSupport
import Testing

@Suite("Rival accounts are listed with what each would give, whatever was preferred")
struct TreatyDisputeTests {
  static let seeds: [UInt64] = Array(stride(from: 1, through: 901, by: 100))

  @Test(
    "Each claim is listed from its first account on, with its state, and each account with its stage",
    arguments: seeds)
  func accountsAgree(first: UInt64) throws {
    let world = try TreatyWorld((first..<first + 100).map { RandomTreaty(seed: $0) })
    var generator = SeededGenerator(seed: first)
    let views = try world.recording.views()
    var listed = 0
    try views.snapshot(of: world.recording.log) { snapshot in
      for (index, oracle) in world.oracles.enumerated() {
        let subject = "treaty:t\(index)"
        for day in Array(oracle.days.shuffled(using: &generator).prefix(2)) + [1_000_000] {
          let found = try snapshot.disputes(.subject(subject), onDay: day, withSettled: true).map { dispute in
            "\(dispute.claim) \(dispute.state.word): "
              + dispute.accounts.map {
                "[\($0.ground.entry.position)] \($0.ground.certainty.rawValue) \($0.stage ?? "-")"
              }.joined(separator: ", ")
          }
          let expected = oracle.claims.keys.sorted().compactMap { claim in
            expectation(claim, subject, oracle, without: world.oracle(index, disputing: claim), on: day)
          }
          listed += found.count
          guard expected == found else {
            Issue.record(
              "seed \(first + UInt64(index)), day \(day)\nexpected \(expected)\nfound \(found)\n\(oracle.story)"
            )
            return
          }
          let open = try snapshot.disputes(.subject(subject), onDay: day)
          #expect(
            open.count == found.filter { $0.contains(" disputed: ") }.count, "only settled ones are left out")
          let row = try snapshot.status(.subject(subject), onDay: day).first { $0.party == nil }
          #expect(Int(row?.disputeCount ?? 0) == open.count, "seed \(first + UInt64(index)), day \(day)")
        }
      }
    }
    #expect(listed > 50, "seed \(first): only \(listed)")
  }

  private func expectation(
    _ claim: String, _ subject: String, _ oracle: TreatyOracle, without disputed: TreatyOracle, on day: Int64
  ) -> String? {
    guard let state = oracle.claims[claim]?.state, state != .agreed else { return nil }
    let accounts = oracle.tellings.filter { $0.event.claim == claim }.sorted { $0.position < $1.position }
    guard accounts.contains(where: { $0.order <= day }) else { return nil }
    let words = accounts.map { account in
      let certainty =
        switch account.standing {
        case .rival: "disputed"
        case .setAside: "set-aside"
        case .counts: (account.event.counting.high ?? .max) <= day ? "certain" : "possible"
        }
      return "[\(account.position)] \(certainty) "
        + (disputed.stageGiven(by: account.position, on: account.order <= day ? day : 1_000_000) ?? "-")
    }
    let word =
      switch state {
      case .settled(_, let by): "settled by \(by)"
      default: "disputed"
      }
    return "\(subject)-\(claim) \(word): " + words.joined(separator: ", ")
  }
}

extension ClaimState {
  var word: String {
    switch self {
    case .agreed: "agreed"
    case .disputed: "disputed"
    case .settled(_, let by): "settled by \(by)"
    }
  }
}
