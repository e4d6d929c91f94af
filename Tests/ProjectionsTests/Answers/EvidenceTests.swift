// Evidence: which events lack a source, what was attached to them later, and how much of it there is by country.

import CanonicalJSON
import Milestones
import Projections
import TestSupport
import Testing

@Suite("An event lacks a source until one is attached to it")
struct EvidenceTests {
  private func unsourced(_ recording: Recording, _ scope: Scope = .world, on day: String = "2030-01-01")
    throws -> [Int64]
  {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) {
      try $0.unsourced(scope, onDay: number).map(\.entry.position)
    }
  }

  private func counts(_ recording: Recording, _ scope: Scope = .world, on day: String = "2030-01-01") throws
    -> [String]
  {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) {
      try $0.evidence(scope, onDay: number).map { "\($0.country ?? "-") \($0.unsourced)/\($0.events)" }
    }
  }

  /// Three events without a source, of which two have an id, and one with a source.
  private func recorded() throws -> Recording {
    var recording = Recording()
    for (id, day, country) in [("E0", "2018", "US"), ("E1", "2017", "US-CA"), ("E2", "2019", "FR")] {
      try recording.record(
        "campaign.founded", "subject=campaign:a", "occurred=\(day)", "country=\(country)", "id=\(id)")
    }
    try recording.record("campaign.founded", "subject=campaign:b", "occurred=2016", "source.citation=a")
    return recording
  }

  @Test("A source is attached by id or by position, and to the subject alone it supports no event")
  func attached() throws {
    var recording = try recorded()
    #expect(try unsourced(recording) == [1, 0, 2])
    try recording.record(
      "source.attached", "subject=campaign:a", "occurred=2020", "target=E1", "source.citation=b")
    #expect(try unsourced(recording) == [0, 2])
    try recording.record(
      "source.attached", "subject=campaign:a", "occurred=2020", "target=2", "source.citation=b")
    #expect(try unsourced(recording) == [0])
    try recording.record("source.attached", "subject=campaign:a", "occurred=2020", "source.citation=b")
    #expect(try unsourced(recording) == [0])
    #expect(try counts(recording) == ["- 0/4", "FR 0/1", "US 1/1", "US-CA 0/1"])
    #expect(try recording.standing("campaign:a")?.sourceCount == 3, "all of them count for the subject")
  }

  @Test(
    "What names no earlier event, or brings no source, supports nothing",
    arguments: [["target=4"], ["target=99"], ["target=NOBODY"], ["target=0", "unsourced=true"]])
  func nothing(fields: [String]) throws {
    var recording = try recorded()
    let sourced = fields.contains("unsourced=true") ? fields : fields + ["source.citation=b"]
    let event = try checkedAsIs("source.attached", ["subject=campaign:a", "occurred=2020"] + sourced)
    try recording.record(event)
    #expect(try unsourced(recording).filter { $0 < 4 } == [1, 0, 2])
  }

  @Test("Countries, institutions and subjects have their own; a day leaves out what came later")
  func scopes() throws {
    let recording = try recorded()
    #expect(try unsourced(recording, .country("US")) == [1, 0])
    #expect(try unsourced(recording, .country("US-CA")) == [1])
    #expect(try unsourced(recording, .subject("campaign:b")).isEmpty)
    #expect(try unsourced(recording, on: "2018-01-01") == [1, 0])
    #expect(try counts(recording, on: "2018-01-01") == ["- 0/1", "US 1/1", "US-CA 1/1"])
    #expect(try counts(recording, .country("US")) == ["US 1/1", "US-CA 1/1"])
    #expect(try counts(recording, .institution("us/congress")).isEmpty)
  }

  @Test("Whatever was recorded, the counts are those of a plain count", arguments: 1...12)
  func plainCount(seed: Int) throws {
    var random = RandomEvents(seed: UInt64(seed))
    var generator = SeededGenerator(seed: UInt64(seed))
    var recording = Recording()
    var events: [(position: Int64, country: String?, hasSource: Bool)] = []
    for event in try random.events(50) where event.type.name != "testimony.shared" {
      let country = event.readings.first { $0.field == "country" }?.value
      events.append((Int64(recording.log.events.count), country, event.data["sources"] != nil))
      try recording.record(event)
    }
    for _ in 0..<10 {
      let target = generator.below(events.count)
      let hasSource = generator.chance(70)
      let event = try checkedAsIs(
        "source.attached",
        ["subject=campaign:c0", "occurred=2016", "target=\(events[target].position)"]
          + [hasSource ? "source.citation=x" : "unsourced=true"])
      events.append((Int64(recording.log.events.count), nil, hasSource))
      try recording.record(event)
      if hasSource { events[target].hasSource = true }
    }
    var expected: [String: (Int, Int)] = [:]
    for event in events {
      expected[event.country ?? "-", default: (0, 0)].1 += 1
      if !event.hasSource { expected[event.country ?? "-", default: (0, 0)].0 += 1 }
    }
    #expect(
      try counts(recording).sorted() == expected.map { "\($0) \($1.0)/\($1.1)" }.sorted(), "seed \(seed)")
    let without = events.filter { !$0.hasSource }.map(\.position)
    #expect(try unsourced(recording).sorted() == without, "seed \(seed)")
  }
}
