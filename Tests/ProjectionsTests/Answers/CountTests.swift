// The counts of rows, and how rows and histories agree, over random events and preferences.

import CanonicalJSON
import EDTF
import Milestones
import Projections
import TestSupport
import Testing

@Suite("Counts of a row are those of its events until the day")
struct CountTests {
  static let seeds: [UInt64] = Array(1...20)

  /// Random events with preferences among them, and what a reader counts in them.
  private struct World {
    var recording = Recording()
    /// Each event with its position, its first day and its claim.
    var events: [(position: Int64, event: CheckedEvent, day: Int64, sources: Int, claim: String?)] = []
    var claims: [String: NaiveClaim] = [:]

    init(seed: UInt64) throws {
      var random = RandomEvents(seed: seed)
      var generator = SeededGenerator(seed: seed ^ 0xabcd)
      for event in try random.events(60) {
        let position = Int64(recording.log.events.count)
        try recording.record(event)
        guard let subject = event.subject else { continue }
        let claim = event.data["claim"]?.string
        if let claim { claims[claim, default: NaiveClaim()].say(Self.content(event)) }
        events.append(
          (position, event, Self.firstDay(event), event.data["sources"]?.array?.count ?? 0, claim))
        guard generator.chance(15) else { continue }
        try prefer(on: subject.text, &generator)
      }
    }

    private mutating func prefer(on subject: String, _ generator: inout SeededGenerator) throws {
      let claim = "k\(generator.below(3))"
      let accounts = events.filter { $0.claim == claim }
      let account = generator.chance(70) && !accounts.isEmpty ? generator.pick(accounts) : nil
      let position = Int64(recording.log.events.count)
      let event = try checked(
        "account.preferred",
        ["subject=\(subject)", "occurred=2017-03-01", "reason=x", "claim_key=\(claim)"]
          + (account.map { ["event=\($0.position)"] } ?? []))
      try recording.record(event)
      claims[claim]?.prefer(account.map { Self.content($0.event) }, by: position)
      events.append((position, event, Self.firstDay(event), 0, nil))
    }

    /// What an event claims: all but who says so, how surely, on what grounds and under which title.
    private static func content(_ event: CheckedEvent) -> [String] {
      let beside = [
        "account", "claim", "confidence", "links", "note", "public", "sources", "title", "unsourced",
      ]
      let fields = event.data.filter { !beside.contains($0.key) }.map { "\($0.key)=\($0.value)" }
      return [
        event.type.name, event.subject?.text ?? "", event.occurred.text, country(event) ?? "",
        event.institution?.text ?? "",
      ] + fields
    }

    private static func firstDay(_ event: CheckedEvent) -> Int64 {
      let date = event.effective ?? event.occurred
      if case .day(let day) = date.earliest, !date.isUnknown { return day.number }
      return .min
    }

    private static func country(_ event: CheckedEvent) -> String? {
      event.readings.first { $0.field == "country" }?.value
    }

    /// The lives that an event belongs to: its subject's, its party's, those of amendments that it names.
    static func lives(_ event: CheckedEvent) -> [String] {
      var lives = ["\(event.subject?.text ?? "") -"]
      lives += (event.data["amendment"]?.array ?? []).compactMap(\.string).map { "\($0) -" }
      let moving = [
        "treaty.signed", "treaty.ratified", "treaty.denounced", "treaty.denunciation-revoked",
        "campaign.launched",
        "campaign.amplified", "campaign.spread",
      ]
      let isOfParty = event.data["scope"]?.string == "party" || moving.contains(event.type.name)
      if isOfParty, let party = event.data["jurisdiction"]?.string ?? country(event) {
        lives.append("\(event.subject?.text ?? "") \(party)")
      }
      return lives
    }
  }

  static let days = [
    "2016-12-31", "2017-01-02", "2017-02-01", "2017-02-28", "2017-03-03", "2017-04-30", "2018-01-01",
  ]

  @Test(
    "Sources, disputes, the last event and what does not add up are counted until the day", arguments: seeds)
  func counts(seed: UInt64) throws {
    let world = try World(seed: seed)
    let views = try world.recording.views()
    for day in try Self.days.map(dayNumber) {
      try views.snapshot(of: world.recording.log) { snapshot in
        let anomalies = try snapshot.anomalies(.world, onDay: day).filter { $0.finding.kind != .link }
        let rows = try snapshot.status(.world, onDay: day)
        var lives: Set<String> = []
        for row in rows {
          let life = "\(row.subject) \(row.party ?? "-")"
          lives.insert(life)
          let events = world.events.filter { $0.day <= day && World.lives($0.event).contains(life) }
          let disputed = Set(events.compactMap(\.claim)).filter { world.claims[$0]?.state == .disputed }
          #expect(row.lastPosition == events.map(\.position).max(), "seed \(seed), day \(day), \(life)")
          #expect(
            Int(row.sourceCount) == events.map(\.sources).reduce(0, +), "seed \(seed), day \(day), \(life)")
          #expect(Int(row.disputeCount) == disputed.count, "seed \(seed), day \(day), \(life)")
          let ill = anomalies.filter { $0.subject == row.subject && $0.party == row.party }
          #expect(Int(row.anomalyCount) == ill.count, "seed \(seed), day \(day), \(life)")
        }
        let expected = Set(world.events.filter { $0.day <= day }.flatMap { World.lives($0.event) })
        #expect(lives == expected.filter { !$0.hasPrefix("testimony") }, "seed \(seed), day \(day)")
      }
    }
  }

  @Test("A history ends where its row stands, and the event that led there tells so", arguments: seeds)
  func historyAndRow(seed: UInt64) throws {
    let world = try World(seed: seed)
    let views = try world.recording.views()
    for day in try Self.days.map(dayNumber) {
      try views.snapshot(of: world.recording.log) { snapshot in
        for subject in Set(try snapshot.status(.world, onDay: day).map(\.subject)).sorted() {
          let history = try #require(try snapshot.history(of: subject, onDay: day))
          #expect(history.items.allSatisfy { $0.entry.subject == subject || !$0.outcomes.isEmpty })
          for row in history.standing {
            let life = "seed \(seed), day \(day), \(subject) \(row.party ?? "-")"
            let last = history.spells.last { $0.party == row.party }?.steps.last
            #expect(row.stage == last?.stage, "\(life)")
            // What a rule gives has no event of its own.
            guard let position = last?.position, row.detail?.hasPrefix("by ") != true else { continue }
            let outcomes = history.items.first { $0.entry.position == position }?.outcomes ?? []
            let outcome = outcomes.first { $0.party == row.party ?? "" }?.outcome
            guard case .moved(let stage, _)? = outcome else {
              Issue.record("\(life): \(outcomes)")
              continue
            }
            #expect(stage == row.stage || row.certainty != "certain", "\(life)")
          }
        }
      }
    }
  }
}
