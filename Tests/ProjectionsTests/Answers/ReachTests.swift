// How far a campaign reached: countries with names in their own script, figures that are never added.

import Projections
import TestSupport
import Testing

@Suite("Reach goes country by country, with what comes from the campaign, and adds nothing up")
struct ReachTests {
  private func reach(
    _ recording: Recording, _ campaign: String = "campaign:metoo", on day: String = "2030-01-01"
  ) throws -> Reach {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) { try $0.reach(campaign, onDay: number) }
  }

  private func recorded() throws -> Recording {
    var recording = Recording()
    let metoo = "subject=campaign:metoo"
    try recording.record(
      "campaign.spread", metoo, "occurred=2018-01-01", "jurisdiction=CN", "local_name=米兔",
      "transliteration=mǐ tù",
      "language=zh-Hans")
    try recording.record(
      "campaign.spread", metoo, "occurred=2017-12", "jurisdiction=CN", "local_name=#MeToo在中国")
    try recording.record(
      "campaign.launched", metoo, "occurred=2017-10-15", "country=US", "form=hashtag", "name=#MeToo",
      "title=Me Too")
    try recording.record(
      "campaign.launched", "subject=campaign:balance", "occurred=2017-10-13", "country=FR",
      "form=hashtag", "name=#BalanceTonPorc", "derived_from=campaign:metoo", "title=Balance ton porc")
    try recording.record(
      "campaign.spread", "subject=campaign:balance", "occurred=2017-11", "jurisdiction=BE",
      "derived_campaign=campaign:be")
    try recording.record("campaign.founded", "subject=campaign:be", "occurred=2017-11-20")
    try recording.record("campaign.spread", "subject=campaign:be", "occurred=2017-12-01", "country=LU")
    return recording
  }

  @Test(
    "Countries stand in the order of the first arrival, each with all its arrivals and names in their own script"
  )
  func countries() throws {
    let reach = try reach(try recorded())
    #expect(reach.title == "Me Too")
    let arrivals = reach.arrivals.map { group in
      "\(group[0].country): "
        + group.map { "[\($0.ground.entry.position)] \($0.campaign) \($0.names.map(\.name))" }.joined(
          separator: ", ")
    }
    #expect(
      arrivals == [
        "FR: [3] campaign:balance [\"#BalanceTonPorc\"]", "US: [2] campaign:metoo [\"#MeToo\"]",
        "BE: [4] campaign:balance []", "CN: [1] campaign:metoo [\"#MeToo在中国\"], [0] campaign:metoo [\"米兔\"]",
        "LU: [6] campaign:be []",
      ])
    let name = try #require(reach.arrivals[3].last?.names.first)
    #expect(name.name == "米兔" && name.transliteration == "mǐ tù" && name.language == "zh-Hans")
  }

  @Test("What comes from a campaign counts with it, in both ways of telling, in however many steps")
  func derived() throws {
    let recording = try recorded()
    #expect(try reach(recording).derived.map(\.campaign) == ["campaign:balance", "campaign:be"])
    #expect(try reach(recording).derived.map(\.title) == ["Balance ton porc", nil])
    #expect(try reach(recording, "campaign:balance").derived.map(\.campaign) == ["campaign:be"])
    #expect(try reach(recording, "campaign:be").derived.isEmpty, "what it comes from is no reach of its own")
    #expect(try reach(recording, "campaign:be").arrivals.map { $0[0].country } == ["LU"])
  }

  @Test("Until a day only what had arrived by then is told, and what had come from it")
  func onDay() throws {
    let recording = try recorded()
    #expect(try reach(recording, on: "2017-10-12").arrivals.isEmpty)
    #expect(try reach(recording, on: "2017-10-14").arrivals.map { $0[0].country } == ["FR"])
    #expect(try reach(recording, on: "2017-10-31").derived.map(\.campaign) == ["campaign:balance"])
    let belgium = try #require(try reach(recording, on: "2017-11-15").arrivals.last?.first)
    #expect(belgium.country == "BE" && belgium.ground.certainty == .possible, "some day in November")
    #expect(try reach(recording, on: "2017-11-30").arrivals.last?.first?.ground.certainty == .certain)
  }

  @Test("Campaigns that come from each other in a circle are each told once", arguments: 1...10)
  func circles(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var recording = Recording()
    let names = (0..<6).map { "campaign:n\($0)" }
    var sources: [String: Set<String>] = [:]
    for (index, name) in names.enumerated() {
      // A ring, and some chords; some come from themselves.
      for other in [names[(index + 1) % 6], generator.pick(names)] {
        sources[name, default: []].insert(other)
        try recording.record(
          "campaign.launched", "subject=\(name)", "occurred=2017", "form=march", "derived_from=\(other)")
      }
      try recording.record(
        "campaign.spread", "subject=\(name)", "occurred=2018", "country=\(["US", "FR", "CL"][index % 3])")
    }
    for name in names {
      let reach = try reach(recording, name)
      #expect(Set(reach.derived.map(\.campaign)) == Set(names).subtracting([name]), "seed \(seed)")
      #expect(reach.derived.count == 5, "seed \(seed)")
      #expect(reach.arrivals.map(\.count) == [2, 2, 2], "seed \(seed)")
    }
  }

  @Test(
    "Figures stand by metric in the order of what happened, each with its basis, and are never added or maximised"
  )
  func figures() throws {
    var recording = Recording()
    for (day, metric, value, basis) in [
      ("2018-09-30", "tweets", "19000000", "counted"), ("2017-11", "retweets", "23000000", "claimed"),
      ("2017-10-16", "tweets", ">=500000", "claimed"), ("2017-10-17", "tweets", "17000..20000", "estimated"),
    ] {
      try recording.record(
        "campaign.measured", "subject=campaign:metoo", "occurred=\(day)", "metric=\(metric)",
        "value=\(value)",
        "basis=\(basis)", "platform=Twitter", "countries=85", "as_of=2018", "unit=posts")
    }
    try recording.record(
      "campaign.measured", "subject=campaign:other", "occurred=2017", "metric=tweets", "value=1")
    let figures = try reach(recording).figures.map {
      $0.map { "\($0.metric) \($0.value) \($0.basis ?? "-")" }
    }
    #expect(
      figures == [
        ["tweets >=500000 claimed", "tweets 17000..20000 estimated", "tweets 19000000 counted"],
        ["retweets 23000000 claimed"],
      ])
    let first = try #require(try reach(recording).figures.first?.first)
    #expect(
      first.platform == "Twitter" && first.countries == "85" && first.asOf == "2018" && first.unit == "posts")
    #expect(try reach(recording, on: "2017-10-16").figures.map(\.count) == [1])
    #expect(try reach(recording, on: "2017-10-15").figures.isEmpty)
  }

  @Test("Rival accounts of an arrival are both told, as disputed")
  func rivals() throws {
    var recording = Recording()
    for day in ["2017-10-16", "2017-10-18"] {
      try recording.record(
        "campaign.spread", "subject=campaign:metoo", "occurred=\(day)", "country=IT", "claim=it")
    }
    #expect(try reach(recording).arrivals.map { $0.map(\.ground.certainty) } == [[.disputed, .disputed]])
    #expect(try recording.standing("campaign:metoo", party: "IT")?.certainty == "disputed")
    try recording.record(
      "account.preferred", "subject=campaign:metoo", "occurred=2019", "event=1", "claim_key=it", "reason=x")
    #expect(try reach(recording).arrivals.map { $0.map(\.ground.certainty) } == [[.setAside, .certain]])
    #expect(try recording.standing("campaign:metoo", party: "IT")?.since == "2017-10-18")
  }
}
