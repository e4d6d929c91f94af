// Random treaties recorded in one log, each with its oracle: one set of views answers for all of them.

import Milestones
import Projections

/// Treaties in one log, each with its oracle.
struct TreatyWorld {
  private(set) var recording = Recording()
  private(set) var oracles: [TreatyOracle] = []
  private var items: [(items: [RandomTreaty.Item], positions: [Int64])] = []

  /// The day on which all preferences are told to have been made.
  static let preferenceDay: Int64 = 18_262  // 2020-01-01

  init(_ treaties: [RandomTreaty]) throws {
    for (index, treaty) in treaties.enumerated() {
      let subject = "treaty:t\(index)"
      let start = Int64(recording.log.events.count)
      let positions = treaty.items.indices.map { start + Int64($0) }
      for item in treaty.items {
        switch item {
        case .event(let event): try recording.record(event.checked(subject))
        case .prefer(let claim, let account):
          let named = account.map { "event=\(start + Int64($0))" }
          try recording.record(
            checked(
              "account.preferred",
              ["subject=\(subject)", "occurred=2020-01-01", "reason=x", "claim_key=\(subject)-\(claim)"]
                + (named.map { [$0] } ?? [])))
        }
      }
      items.append((treaty.items, positions))
      oracles.append(
        TreatyOracle(treaty.items, positions: positions, preferenceDay: Self.preferenceDay))
    }
  }

  /// The oracle of a treaty if no account of a claim were preferred.
  func oracle(_ index: Int, disputing claim: String) -> TreatyOracle {
    let (items, positions) = items[index]
    return TreatyOracle(
      items, positions: positions, preferenceDay: Self.preferenceDay, disputing: claim)
  }
}

extension TreatyOracle {
  /// The events, for whoever looks into a failure.
  var story: String {
    tellings.map { telling in
      let words = [
        "\(telling.position)", telling.event.kind.rawValue, telling.event.party, telling.event.date.text,
        telling.event.effective.map { "effective \($0.text)" },
        telling.event.dated.map { "dated \($0.text)" },
        telling.event.rule?.text, telling.event.isProvisional ? "provisional" : nil, telling.event.claim,
        telling.event.claim == nil ? nil : "\(telling.standing)",
      ]
      return words.compactMap { $0 }.joined(separator: " ")
    }.joined(separator: "\n")
      + "\nsteps \(steps.mapValues { $0.map { "\($0.since) \($0.candidates[0].detail ?? "")" } })"
      + "\nmismatches \(mismatches)"
  }
}
