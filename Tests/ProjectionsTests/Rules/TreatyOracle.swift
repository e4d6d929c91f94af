// What the rules say of a treaty, day by day and from nothing: docs/the-fold.md and the comments of PartyRules, told
// once more without looking at how the product does it.

import Milestones
import Projections

/// A treaty as it was recorded, ready to be asked about any day.
struct TreatyOracle {
  /// An event, where it stands and how it stands among the accounts of its claim.
  struct Telling {
    let position: Int64
    let event: TreatyEvent
    let standing: NaiveClaim.Standing

    var isSettled: Bool { standing == .counts }
    var isSetAside: Bool { if case .setAside = standing { true } else { false } }
    /// The days of its move, if it has a place in time.
    var days: NaiveBounds? { event.counting.bounds }
    /// The day that periods run from.
    var deposit: NaiveBounds? { (event.dated ?? event.date).bounds }
    var order: Int64 { event.counting.low ?? .min }
  }

  /// A date that does not come out.
  struct Mismatch: Hashable {
    let party: String
    let position: Int64
    let kind: Finding.Kind
    let fromDay: Int64
  }

  let tellings: [Telling]
  let preferences: [(position: Int64, day: Int64)]
  private(set) var claims: [String: NaiveClaim] = [:]
  /// Steps that nobody told, by party.
  var steps: [String: [FoldMove]] = [:]
  var mismatches: [Mismatch] = []

  /// Looks at a treaty.
  ///
  /// - Parameters:
  ///   - items: what was recorded, in order.
  ///   - positions: where each item stands.
  ///   - preferenceDay: the day of all preferences.
  ///   - disputing: a claim of which no account is taken for preferred.
  init(
    _ items: [RandomTreaty.Item], positions: [Int64], preferenceDay: Int64, disputing: String? = nil
  ) {
    var claims: [String: NaiveClaim] = [:]
    for (index, item) in items.enumerated() {
      switch item {
      case .event(let event):
        if let claim = event.claim { claims[claim, default: NaiveClaim()].say(event.claimed) }
      case .prefer(let claim, let account):
        if claim == disputing { continue }
        let content = account.flatMap { account -> [String]? in
          if case .event(let event) = items[account] { event.claimed } else { nil }
        }
        claims[claim]?.prefer(content, by: positions[index])
      }
    }
    self.claims = claims
    tellings = items.enumerated().compactMap { index, item in
      guard case .event(let event) = item else { return nil }
      let standing = event.claim.flatMap { claims[$0]?.standing(of: event.claimed) } ?? .counts
      return Telling(position: positions[index], event: event, standing: standing)
    }
    preferences = items.enumerated().compactMap { index, item in
      if case .prefer = item { (positions[index], preferenceDay) } else { nil }
    }
    followRules()
  }

  // MARK: One life

  var parties: [String] {
    Set(tellings.filter { $0.event.stage != nil }.map(\.event.party)).sorted().filter { !$0.isEmpty }
  }

  /// The tellings that move the whole (no party) or a party.
  func moving(_ party: String) -> [Telling] {
    tellings.filter { $0.event.party == party && $0.event.stage != nil }
  }

  /// Those that move it, in the order of what happened; of one day by content.
  func inOrder(_ party: String) -> [Telling] {
    moving(party).sorted { one, other in
      guard let a = one.event.move(at: one.position), let b = other.event.move(at: other.position) else {
        return false
      }
      if a.orderDay != b.orderDay { return a.orderDay < b.orderDay }
      return a.tieBreak == b.tieBreak ? a.position < b.position : a.tieBreak < b.tieBreak
    }
  }

  /// All lives: the whole and each party, with the lifecycle of each.
  private func lives() throws -> [(party: String, lifecycle: Lifecycle)] {
    let each = try Shipped.lifecycle("treaty-party")
    return [("", try Shipped.lifecycle("treaty"))] + parties.map { ($0, each) }
  }

  /// What the rows say on a day.
  func rows(on day: Int64) throws -> [String] {
    try lives().compactMap { party, lifecycle in
      let all = (party.isEmpty ? tellings : moving(party)).filter { $0.order <= day }
      let marks = party.isEmpty ? preferences.filter { $0.day <= day } : []
      // A row is there from the first event on.
      if all.isEmpty && marks.isEmpty { return nil }
      let row = row(party, along: lifecycle, on: day)
      let words = [
        party.isEmpty ? nil : party, row.stage, row.detail, row.certainty?.rawValue, row.certainStage,
        row.since,
      ]
      let last = (all.map(\.position) + marks.map(\.position)).max() ?? -1
      let disputes = Set(all.compactMap(\.event.claim).filter { claims[$0]?.state == .disputed }).count
      return words.map { $0 ?? "-" }.joined(separator: "|")
        + " \(all.map(\.event.sources).reduce(0, +)) sources, "
        + "\(anomalies(party, along: lifecycle, on: day).count) anomalies, \(disputes) disputes last \(last)"
    }.sorted()
  }

  /// What does not add up by a day: whose, the event, what kind of thing.
  func anomalies(on day: Int64) throws -> [String] {
    try lives().flatMap { anomalies($0, along: $1, on: day) }.sorted()
  }

  /// What became of each event by a day.
  func outcomes(on day: Int64) throws -> [String] {
    try lives().flatMap { party, lifecycle in
      outcomes(party, along: lifecycle, on: day).map { "\(party)|\($0)|\($1)" }
    }.sorted()
  }

  /// The stage that a rival account would give by a day.
  func stageGiven(by position: Int64, on day: Int64) -> String? {
    guard let event = tellings.first(where: { $0.position == position })?.event, event.stage != nil,
      let lifecycle = try? lives().first(where: { $0.party == event.party })?.lifecycle,
      case .disputed(let stage)? = outcomes(event.party, along: lifecycle, on: day)[position]
    else { return nil }
    return stage
  }

  /// The stages until a day, one after the other; a new spell after being out, gone or away.
  func spells(on day: Int64) throws -> [String] {
    try lives().flatMap { party, lifecycle -> [String] in
      var spells: [[String]] = []
      var last: Row?
      for day in ([.min] + days).filter({ $0 <= day }) {
        var row = row(party, along: lifecycle, on: day)
        row.certainStage = nil
        guard let stage = row.stage, row != last else { continue }
        let hasEnded = ["out", "none", "succeeded", "terminated"].contains(last?.stage)
        if last == nil || hasEnded { spells.append([]) }
        last = row
        spells[spells.count - 1].append(
          [
            stage, row.detail ?? "-", row.since ?? "-", row.certainty?.rawValue ?? "-",
            "\(row.position ?? -1)",
          ]
          .joined(separator: "|"))
      }
      return spells.enumerated().map { "\(party)|\($0 + 1)|\($1)" }
    }.sorted()
  }

  /// Folds what nobody disputes, and beside it each rival account by itself.
  func row(_ party: String, along lifecycle: Lifecycle, on day: Int64) -> Row {
    let settled = settledMoves(party)
    var row = Row(NaiveFold.answer(lifecycle, settled, on: day))
    for rival in moving(party) where rival.standing == .rival {
      guard let move = rival.event.move(at: rival.position) else { continue }
      let other = Row(NaiveFold.answer(lifecycle, settled + [move], on: day))
      if other.stage != row.stage { row.certainty = .disputed }
    }
    return row
  }

  private func anomalies(_ party: String, along lifecycle: Lifecycle, on day: Int64) -> [String] {
    let outcomes = NaiveFold.answer(lifecycle, settledMoves(party), on: day).outcomes
    let steps = outcomes.compactMap { position, outcome -> String? in
      if case .anomaly = outcome { "\(party)|\(position)|step" } else { nil }
    }
    let dates = mismatches.filter { $0.party == party && $0.fromDay <= day }
    return (steps + dates.map { "\($0.party)|\($0.position)|\($0.kind.rawValue)" }).sorted()
  }

  private func outcomes(_ party: String, along lifecycle: Lifecycle, on day: Int64) -> [Int64: MoveOutcome] {
    let settled = settledMoves(party)
    var outcomes = NaiveFold.answer(lifecycle, settled, on: day).outcomes
    for telling in moving(party) where telling.order <= day {
      switch telling.standing {
      case .counts: break
      case .setAside(let by): outcomes[telling.position] = .setAside(by: by)
      case .rival:
        guard let move = telling.event.move(at: telling.position) else { continue }
        let other = NaiveFold.answer(lifecycle, settled + [move], on: day).outcomes[telling.position]
        if case .moved(let stage, _) = other {
          outcomes[telling.position] = .disputed(stage: stage)
        } else {
          outcomes[telling.position] = .disputed(stage: nil)
        }
      }
    }
    return outcomes
  }

  private func settledMoves(_ party: String) -> [FoldMove] {
    moving(party).filter(\.isSettled).compactMap { $0.event.move(at: $0.position) } + (steps[party] ?? [])
  }

  /// Every day on which something can change, and the one before it.
  var days: [Int64] {
    let dates = tellings.flatMap { [$0.event.counting.low, $0.event.counting.high] }.compactMap { $0 }
    let byRule = steps.values.joined().flatMap { [$0.orderDay, $0.certainDay ?? $0.orderDay] }
    return Set((dates + byRule).flatMap { [$0 - 1, $0] }).sorted()
  }
}
