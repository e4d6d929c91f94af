// Credit and judgements: listed with who says so, never awarded, never the newest alone.

import CanonicalJSON
import Projections
import Testing

@Suite("Credit is listed by role and agent with dates and stances; judgements accumulate")
struct CreditTests {
  private let subject = "subject=campaign:metoo"

  private func credit(
    _ recording: Recording, _ subject: String = "campaign:metoo", on day: String = "2030-01-01"
  ) throws -> [CreditClaim] {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) { try $0.credit(subject, onDay: number) }
  }

  private func words(_ claims: [CreditClaim]) -> [String] {
    claims.map {
      "\($0.role) \($0.agent) \($0.stance) [\($0.ground.entry.position)] \($0.ground.certainty.rawValue)"
    }
  }

  /// Two originators, an amplifier who acknowledges, an organiser.
  private func recorded() throws -> Recording {
    var recording = Recording()
    try recording.record(
      "attribution.asserted", subject, "occurred=2017-10-16", "agent=Alyssa Milano", "role=originator",
      "stance=asserts", "claimed_by=press", "quotation=who began it", "source.citation=a")
    try recording.record("campaign.founded", subject, "occurred=2006", "founder=Tarana Burke")
    try recording.record(
      "campaign.amplified", subject, "occurred=2017-10-15", "trigger=post", "agent=Alyssa Milano")
    try recording.record(
      "attribution.asserted", subject, "occurred=2017-10-17", "agent=Tarana Burke", "agent=Alyssa Milano",
      "role=originator", "stance=disputes")
    try recording.record(
      "attribution.asserted", subject, "occurred=2017-10-18", "agent=Tarana Burke", "role=originator")
    return recording
  }

  @Test("Roles and agents stand in the order of their earliest claims, all claims of one agent together")
  func order() throws {
    #expect(
      words(try credit(try recorded())) == [
        "originator Tarana Burke asserts [1] certain", "originator Tarana Burke disputes [3] certain",
        "originator Tarana Burke asserts [4] certain", "originator Alyssa Milano asserts [0] certain",
        "originator Alyssa Milano disputes [3] certain", "amplifier Alyssa Milano asserts [2] certain",
      ])
  }

  @Test("A claim carries who says so, the words, and its sources")
  func details() throws {
    let claim = try #require(try credit(try recorded()).first { $0.ground.entry.position == 0 })
    #expect(claim.claimedBy == "press" && claim.quotation == "who began it")
    #expect(claim.ground.sources.map { $0["citation"]?.string } == ["a"])
  }

  @Test("Until a day only what had been claimed by then is listed; what its date leaves open is possible")
  func onDay() throws {
    var recording = try recorded()
    try recording.record(
      "campaign.launched", subject, "occurred=2017-10?", "form=hashtag", "organiser=Somebody")
    try recording.record("attribution.asserted", subject, "occurred=2017-10", "agent=Press", "role=amplifier")
    #expect(
      words(try credit(recording, on: "2017-10-15")) == [
        "originator Tarana Burke asserts [1] certain", "organiser Somebody asserts [5] possible",
        "amplifier Press asserts [6] possible", "amplifier Alyssa Milano asserts [2] certain",
      ])
    #expect(words(try credit(recording)).contains("organiser Somebody asserts [5] possible"))
    #expect(words(try credit(recording)).contains("amplifier Press asserts [6] certain"))
    #expect(try credit(recording, on: "2005-12-31").isEmpty)
  }

  @Test("Rival accounts of who it was are both listed as disputed; one that is not preferred is set aside")
  func rivals() throws {
    var recording = Recording()
    for agent in ["A", "B"] {
      try recording.record(
        "attribution.asserted", subject, "occurred=2017", "agent=\(agent)", "role=originator", "claim=who")
    }
    #expect(
      words(try credit(recording)) == [
        "originator A asserts [0] disputed", "originator B asserts [1] disputed",
      ])
    try recording.record(
      "account.preferred", subject, "occurred=2019", "event=1", "claim_key=who", "reason=x")
    #expect(
      words(try credit(recording)) == [
        "originator A asserts [0] set-aside", "originator B asserts [1] certain",
      ])
  }

  @Test("Sponsors of measures and drafts are credited too; a subject without claims has none")
  func sponsors() throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:m", "occurred=2017", "identifier=1", "chamber=house",
      "sponsor=Speier",
      "sponsor=Poe")
    try recording.record(
      "resolution.tabled", "subject=resolution:r", "occurred=2018", "symbol=L.1", "organ=C3",
      "main_sponsors=France")
    #expect(try credit(recording, "measure:m").map(\.agent) == ["Speier", "Poe"])
    #expect(try credit(recording, "resolution:r").map { "\($0.role) \($0.agent)" } == ["sponsor France"])
    #expect(try credit(recording, "measure:other").isEmpty)
  }

  @Test("Names that look alike but are written with other bytes are not taken for one")
  func bytes() throws {
    var recording = Recording()
    for (day, name) in [(1, "Andr\u{e9}"), (2, "Andre\u{301}"), (3, "Andr\u{e9}")] {
      try recording.record(
        "attribution.asserted", subject, "occurred=2017-01-0\(day)", "agent=\(name)", "role=drafter")
    }
    #expect(try credit(recording).map(\.ground.entry.position) == [0, 2, 1])
  }

  // MARK: Judgements

  @Test("Judgements stand side by side in the order of what happened; a later one takes none away")
  func assessments() throws {
    var recording = Recording()
    for (subject, day, kind, country) in [
      ("measure:m", "2020-01-01", "reversal", "US"), ("measure:m", "2018-01-01", "symbolic", "US"),
      ("measure:m", "2019", "mixed", "US-CA"), ("campaign:c", "2018-06-01", "substantive", "FR"),
    ] {
      try recording.record(
        "assessment.recorded", "subject=\(subject)", "occurred=\(day)", "kind=\(kind)", "assessor=A",
        "criteria=law",
        "as_of=2017", "quotation=q", "country=\(country)", "institution=int/un/\(kind)")
    }
    func kinds(_ scope: Scope, on day: String = "2030-01-01") throws -> [String] {
      let number = try dayNumber(day)
      return try recording.views().snapshot(of: recording.log) {
        try $0.assessments(scope, onDay: number).map(\.kind)
      }
    }
    #expect(try kinds(.world) == ["symbolic", "substantive", "mixed", "reversal"])
    #expect(try kinds(.subject("measure:m")) == ["symbolic", "mixed", "reversal"])
    #expect(try kinds(.subject("measure:m"), on: "2019-01-01") == ["symbolic", "mixed"])
    #expect(try kinds(.country("US")) == ["symbolic", "mixed", "reversal"])
    #expect(try kinds(.country("US-CA")) == ["mixed"])
    #expect(try kinds(.institution("int/un")).count == 4)
    #expect(try kinds(.institution("int/un/mixed")) == ["mixed"])
    #expect(try kinds(.subject("measure:other")).isEmpty)
    let first = try #require(try recording.history("measure:m").assessments.first)
    #expect(
      first.assessor == "A" && first.criteria == "law" && first.asOf == "2017" && first.quotation == "q")
    #expect(try recording.history("measure:m", on: "2018-12-31").assessments.count == 1)
  }
}
