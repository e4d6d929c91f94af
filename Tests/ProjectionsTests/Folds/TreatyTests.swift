// Treaties and campaigns: beside the life of the whole, each party and each country has its own.

import Projections
import Testing

@Suite("Parties of a treaty and countries of a campaign have lives of their own")
struct TreatyTests {
  private let treaty = "treaty:mine-ban"

  private func record(_ recording: inout Recording, _ type: String, _ date: String, _ more: String...) throws
  {
    try recording.record(checked(type, ["subject=\(treaty)", "occurred=\(date)"] + more))
  }

  @Test("Signature and ratification on one day bind, in whichever order they are entered")
  func signedAndRatified() throws {
    for isReversed in [false, true] {
      var recording = Recording()
      let steps = ["treaty.signed", "treaty.ratified"]
      for type in isReversed ? steps.reversed() : steps {
        let more = type == "treaty.ratified" ? ["mode=ratification"] : []
        try recording.record(
          checked(type, ["subject=\(treaty)", "occurred=1997-12-03", "country=CA"] + more))
      }
      let row = try #require(try recording.standing(treaty, party: "CA"))
      #expect(row.stage == "bound")
      #expect(row.detail == "ratification")
      #expect(row.country == "CA")
      #expect(row.anomalyCount == 0)
    }
  }

  @Test("A ratification told twice invents no withdrawal between the two")
  func ratifiedTwice() throws {
    var recording = Recording()
    try record(&recording, "treaty.ratified", "2010-03-01", "country=CL", "mode=ratification")
    try record(
      &recording, "treaty.ratified", "2010-03-01", "country=CL", "mode=ratification", "note=Once more.")
    var row = try #require(try recording.standing(treaty, party: "CL"))
    #expect(row.stage == "bound")
    #expect(row.anomalyCount == 0)
    try record(&recording, "treaty.entered-into-force", "2011-03-01", "country=CL", "scope=party")
    try record(&recording, "treaty.ratified", "2011-05", "country=CL", "mode=ratification")
    row = try #require(try recording.standing(treaty, party: "CL"))
    #expect(row.stage == "in-force", "a late report of a ratification ends nothing")
    #expect(row.anomalyCount == 1)
  }

  @Test("A party that leaves and revokes its denunciation in time is back in force")
  func revoked() throws {
    var recording = Recording()
    try record(&recording, "treaty.ratified", "2002-07-16", "country=ZA", "mode=ratification")
    try record(&recording, "treaty.entered-into-force", "2002-10-01", "country=ZA", "scope=party")
    try record(&recording, "treaty.denounced", "2016-10-19", "country=ZA")
    try record(&recording, "treaty.denunciation-revoked", "2017-03-07", "country=ZA")
    let stages = try ["2002-08-01", "2003-01-01", "2016-12-01", "2017-03-07"].map {
      try recording.stage(treaty, party: "ZA", on: $0)
    }
    #expect(stages == ["bound", "in-force", "leaving", "in-force"])
    #expect(try recording.standing(treaty, party: "ZA")?.anomalyCount == 0)
  }

  @Test("A party that is out comes back in a second spell")
  func secondSpell() throws {
    var recording = Recording()
    try record(&recording, "treaty.ratified", "2016-09-03", "country=US", "mode=acceptance")
    try record(&recording, "treaty.denounced", "2019-11-04", "country=US")
    try record(&recording, "treaty.ended", "2020-11-04", "country=US", "scope=party")
    try record(&recording, "treaty.ratified", "2021-01-20", "country=US", "mode=acceptance")
    try record(&recording, "treaty.entered-into-force", "2021-02-19", "country=US", "scope=party")
    let stages = try ["2017-01-01", "2020-01-01", "2020-12-01", "2021-02-01", "2021-03-01"].map {
      try recording.stage(treaty, party: "US", on: $0)
    }
    #expect(stages == ["bound", "leaving", "out", "bound", "in-force"])
    #expect(try recording.standing(treaty, party: "US")?.since == "2021-02-19")
    #expect(try recording.standing(treaty, party: "US")?.anomalyCount == 0)
  }

  @Test("A party's steps leave the treaty as a whole and the other parties alone")
  func apart() throws {
    var recording = Recording()
    try record(&recording, "treaty.opened", "1997-12-03")
    try record(&recording, "treaty.signed", "1997-12-03", "country=CA")
    try record(&recording, "treaty.ratified", "1998-07-01", "country=CA", "mode=ratification")
    try record(&recording, "treaty.signed", "1997-12-04", "country=FR")
    try record(&recording, "treaty.entered-into-force", "1999-03-01", "scope=general")
    #expect(try recording.stage(treaty) == "in-force")
    #expect(try recording.stage(treaty, party: "CA", on: "1999-02-28") == "bound")
    #expect(try recording.stage(treaty, party: "CA") == "in-force", "bound when it entered into force")
    #expect(try recording.stage(treaty, party: "FR") == "signatory")
    #expect(try recording.stage(treaty, on: "1998-12-31") == "open")
  }

  @Test("An organisation is a party by its path, and has no country")
  func organisation() throws {
    var recording = Recording()
    try record(&recording, "treaty.ratified", "2016-10-05", "party=int/eu", "mode=ratification")
    let row = try #require(try recording.standing(treaty, party: "int/eu"))
    #expect(row.stage == "bound")
    #expect(row.country == nil)
  }

  @Test("What was announced, reserved or said moves no party")
  func noEffect() throws {
    var recording = Recording()
    try record(&recording, "statement.made", "2017-06-01", "country=US", "speaker=President", "stance=intent")
    try record(&recording, "treaty.reserved", "2017-06-01", "country=US", "kind=declaration")
    #expect(try recording.standing(treaty, party: "US") == nil)
    #expect(try recording.stage(treaty) == "-")
  }

  @Test("A campaign's reach has a row for each country, beside the campaign's own stage")
  func reach() throws {
    var recording = Recording()
    let metoo = "subject=campaign:metoo"
    try recording.record("campaign.launched", metoo, "occurred=2017-10-15", "country=US", "form=hashtag")
    try recording.record(
      "campaign.spread", metoo, "occurred=2017-10-16", "country=FR", "local_name=BalanceTonPorc")
    try recording.record("campaign.spread", metoo, "occurred=2018-01", "jurisdiction=CN", "local_name=米兔")
    try recording.record(
      "campaign.spread", metoo, "occurred=2018-03", "jurisdiction=CN", "local_name=#MeToo在中国")
    #expect(try recording.stage("campaign:metoo") == "launched")
    #expect(try recording.stage("campaign:metoo", party: "FR") == "active")
    let china = try #require(try recording.standing("campaign:metoo", party: "CN"))
    #expect(china.stage == "active")
    #expect(china.detail == "#MeToo在中国, 米兔")
    #expect(try recording.stage("campaign:metoo", party: "CN", on: "2017-12-31") == nil)
    #expect(try recording.stage("campaign:metoo", party: "US") == "active", "launched there")
  }
}
