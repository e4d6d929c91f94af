// Treaties that exist, with their dates: what the rules say of them. The dates are those of the UN Treaty Collection,
// of ILO NORMLEX and of the depositaries.

import Projections
import Testing

@Suite("Treaties that exist come out as they did")
struct PartyExampleTests {
  private let treaty = "treaty:t"

  private func record(_ recording: inout Recording, _ type: String, _ date: String, _ more: String...) throws
  {
    try recording.record(checked("treaty.\(type)", ["subject=\(treaty)", "occurred=\(date)"] + more))
  }

  private func ratify(_ recording: inout Recording, _ steps: [(String, String)], _ more: String...) throws {
    for (party, date) in steps {
      let named = party.contains("/") ? "party=\(party)" : "country=\(party)"
      try recording.record(
        checked(
          "treaty.ratified", ["subject=\(treaty)", "occurred=\(date)", named, "mode=ratification"] + more))
    }
  }

  private func anomalies(_ recording: Recording, on day: String = "2030-01-01") throws -> [String] {
    try recording.history(treaty, on: day).anomalies.map {
      "\($0.party ?? "-") \($0.ground.entry.occurred) \($0.finding.kind.rawValue)"
    }
  }

  private func stages(_ recording: Recording, _ party: String?, _ days: [String]) throws -> [String?] {
    try days.map { try recording.stage(treaty, party: party, on: $0) }
  }

  @Test(
    "Two ratifications and twelve months: what the conference fixed, the ledger dates, for the text and each party"
  )
  func convention190() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2019-06-21", "organ=ILC", "rule=2 ratifications + 12 months")
    try ratify(&recording, [("UY", "2020-06-12"), ("FJ", "2020-06-25"), ("NA", "2020-12-09")])
    try record(&recording, "entered-into-force", "2021-06-25", "scope=general")
    #expect(try stages(recording, nil, ["2021-06-24", "2021-06-25"]) == ["adopted", "in-force"])
    // Uruguay had waited for more than a year by then: nobody is a party before the text is in force.
    #expect(try stages(recording, "UY", ["2021-06-24", "2021-06-25"]) == ["bound", "in-force"])
    #expect(try stages(recording, "NA", ["2021-12-08", "2021-12-09"]) == ["bound", "in-force"])
    #expect(try recording.standing(treaty, party: "NA")?.detail == "by the rule 2 ratifications + 12 months")
    #expect(
      try recording.standing(treaty, party: "NA")?.certainty == "certain", "the day told says how to count")
    #expect(try anomalies(recording) == [])
  }

  @Test("Where nobody tells the day, it lies between the two ways of counting months")
  func untold() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2019-06-21", "organ=ILC", "rule=2 + 1 year")
    try ratify(&recording, [("UY", "2020-06-12"), ("FJ", "2020-06-25")])
    let row = try #require(try recording.standing(treaty, on: "2021-06-10"))
    #expect(row.stage == "in-force" && row.certainty == "possible" && row.certainStage == "adopted")
    #expect(row.since == "2021-06-01/2021-06-25")
    #expect(try recording.standing(treaty, on: "2021-06-25")?.certainty == "certain")
  }

  @Test(
    "A day that the rule does not give is told with the day that it gives, from the day on which it is told")
  func wrongDay() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2019-06-21", "organ=ILC", "rule=2 ratifications + 12 months")
    try ratify(&recording, [("UY", "2020-06-12"), ("FJ", "2020-06-25"), ("NA", "2020-12-09")])
    try record(&recording, "entered-into-force", "2020-06-25", "scope=general")
    try record(&recording, "entered-into-force", "2021-12-10", "country=NA", "scope=party")
    #expect(try anomalies(recording) == ["- 2020-06-25 rule", "NA 2021-12-10 rule"])
    #expect(try anomalies(recording, on: "2021-12-09") == ["- 2020-06-25 rule"])
    let details = try recording.history(treaty).anomalies.map(\.finding.detail)
    #expect(details[0].contains("it is 2021-06-25: number 2 is 2020-06-25 [2]"), "\(details)")
    #expect(details[1].contains("it is 2021-12-09, counted from 2020-12-09 [3]"), "\(details)")
    #expect(try recording.stage(treaty, on: "2020-07-01") == "in-force", "what is told stands all the same")
  }

  @Test("Forty and six months, counted from the first of the month: the mine ban")
  func mineBan() throws {
    var recording = Recording()
    try record(&recording, "adopted", "1997-09-18", "organ=Oslo", "rule=40 + 6 months")
    let codes = [
      "CA", "IE", "MU", "TM", "SM", "CH", "HU", "NU", "BE", "HT", "DE", "SK", "BO", "MW", "PE", "NO", "AT",
      "BA",
      "BG", "BS", "BZ", "DJ", "DK", "FR", "GB", "GD", "GT", "HN", "HR", "IS", "JM", "LI", "MK", "MX", "MZ",
      "NL",
      "PA", "PT", "ZW",
    ]
    try ratify(&recording, codes.map { ($0, "1998-08-31") })
    // Organisations do not count beside their members.
    try ratify(&recording, [("int/eu", "1998-08-31")])
    #expect(try recording.stage(treaty, on: "2001-01-01") == "adopted")
    try ratify(&recording, [("BF", "1998-09-16"), ("ZA", "1998-10-12")])
    #expect(try recording.standing(treaty)?.since == "1999-03-01/1999-03-16")
    try record(&recording, "entered-into-force", "1999-03-01", "scope=general")
    try record(&recording, "entered-into-force", "1999-04-01", "country=ZA", "scope=party")
    #expect(try anomalies(recording) == [])
    #expect(try stages(recording, "BF", ["1999-02-28", "1999-03-01"]) == ["bound", "in-force"])
    #expect(try stages(recording, "int/eu", ["1999-02-28", "1999-03-01"]) == ["bound", "in-force"])
  }

  @Test("A party leaves, is out, and comes back in a new spell, which counts from its own deposit")
  func paris() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2015-12-12", "organ=COP", "rule=55 Parties + 30 days")
    try record(&recording, "entered-into-force", "2016-11-04", "scope=general")
    try ratify(&recording, [("US", "2016-09-03")])
    try record(&recording, "denounced", "2019-11-04", "country=US", "rule=1 year")
    try record(&recording, "ended", "2020-11-04", "country=US", "scope=party")
    try ratify(&recording, [("US", "2021-01-20")])
    try record(&recording, "denounced", "2025-01-27", "country=US", "rule=1 year")
    let days = [
      "2016-10-01", "2016-11-04", "2019-11-04", "2020-11-04", "2021-01-20", "2021-02-19", "2025-01-27",
    ]
    #expect(
      try stages(recording, "US", days)
        == ["bound", "in-force", "leaving", "out", "bound", "in-force", "leaving"])
    let spells = try recording.history(treaty).spells.filter { $0.party == "US" }
    #expect(spells.map(\.number) == [1, 2])
    #expect(
      spells.map { $0.steps.map(\.stage) } == [
        ["bound", "in-force", "leaving", "out"], ["bound", "in-force", "leaving"],
      ])
    #expect(try anomalies(recording) == [])
  }

  @Test("A notice taken back in time leaves no gap; one that ran too short is told")
  func notices() throws {
    var recording = Recording()
    try record(&recording, "adopted", "1998-07-17", "organ=Rome")
    try ratify(&recording, [("ZA", "2000-11-27"), ("BI", "2004-09-21"), ("PH", "2011-08-30")])
    try record(&recording, "entered-into-force", "2002-07-01", "scope=general", "rule=60 + 60 days")
    try record(&recording, "denounced", "2016-10-19", "country=ZA", "rule=1 year")
    try record(&recording, "denunciation-revoked", "2017-03-07", "country=ZA")
    try record(&recording, "denounced", "2016-10-27", "country=BI", "rule=1 year")
    try record(&recording, "ended", "2017-10-27", "country=BI", "scope=party")
    try record(&recording, "denounced", "2018-03-17", "country=PH", "rule=1 year")
    try record(&recording, "ended", "2018-09-17", "country=PH", "scope=party")
    #expect(try stages(recording, "ZA", ["2017-03-06", "2017-03-07"]) == ["leaving", "in-force"])
    #expect(try recording.history(treaty).spells.filter { $0.party == "ZA" }.count == 1)
    #expect(try anomalies(recording) == ["PH 2018-09-17 rule"])
  }

  @Test("A signature that was withdrawn leaves nothing, and is no exit")
  func withdrawnSignature() throws {
    var recording = Recording()
    try record(&recording, "signed", "2000-12-31", "country=US")
    try record(&recording, "signature-withdrawn", "2002-05-06", "country=US")
    try record(&recording, "signature-withdrawn", "2018-01-01", "country=RU")
    #expect(try stages(recording, "US", ["2001-01-01", "2002-05-06"]) == ["signatory", "none"])
    #expect(try anomalies(recording) == ["RU 2018-01-01 step"])
  }

  @Test(
    "A successor is in force from the day of its succession, however late it deposits; who was before it, is no more"
  )
  func succession() throws {
    var recording = Recording()
    try record(&recording, "adopted", "1979-12-18", "organ=GA", "rule=20 + 30 days")
    try record(&recording, "entered-into-force", "1981-09-03", "scope=general")
    try ratify(&recording, [("CSHH", "1982-02-16")])
    try record(&recording, "succeeded", "1992-12-31", "country=CSHH")
    try recording.record(
      checked(
        "treaty.ratified",
        ["subject=\(treaty)", "occurred=1993-02-22", "effective=1993-01-01", "country=CZ", "mode=succession"])
    )
    #expect(
      try stages(recording, "CSHH", ["1982-02-17", "1982-03-18", "1992-12-31"]) == [
        "bound", "in-force", "succeeded",
      ])
    #expect(try stages(recording, "CZ", ["1992-12-31", "1993-01-01"]) == [nil, "in-force"])
    #expect(try anomalies(recording) == [])
    // A code of a state that was cannot be used once it is gone: that is refused before it gets here.
    #expect(throws: (any Error).self) { try ratify(&recording, [("CSHH", "1999-01-01")]) }
  }

  @Test("Applied for the time being is bound, but counts for nothing")
  func provisional() throws {
    var recording = Recording()
    try record(&recording, "adopted", "1994-12-17", "organ=Conference", "rule=1 + 90 days")
    try record(&recording, "ratified", "1995-01-01", "country=RU", "mode=provisional-application")
    #expect(try recording.stage(treaty) == "adopted")
    #expect(try recording.stage(treaty, party: "RU") == "bound")
    try ratify(&recording, [("DE", "1998-01-16")])
    #expect(try recording.standing(treaty)?.since == "1998-04-16")
    #expect(try recording.stage(treaty, party: "RU") == "bound")
  }

  @Test("The period runs from the deposit, not from the act at home")
  func deposit() throws {
    var recording = Recording()
    try record(&recording, "adopted", "1997-12-11", "organ=COP", "rule=1 + 90 days")
    try recording.record(
      checked(
        "treaty.ratified",
        ["subject=\(treaty)", "occurred=2002-12-10", "deposit=2002-12-17", "country=CA", "mode=ratification"])
    )
    #expect(try recording.standing(treaty)?.since == "2003-03-17")
    try record(&recording, "entered-into-force", "2003-03-10", "country=CA", "scope=party", "rule=90 days")
    let detail = try #require(try recording.history(treaty).anomalies.first).finding.detail
    #expect(detail.contains("it is 2003-03-17, counted from 2002-12-17"), "\(detail)")
  }

  @Test("Announcements move nothing, neither before nor after anything else")
  func announcements() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2015-12-12", "organ=COP", "rule=1 + 30 days")
    try record(&recording, "signed", "2016-04-22", "country=US")
    for (day, stance) in [("2016-09-01", "support"), ("2017-06-01", "intent"), ("2018-01-01", "opposition")] {
      try recording.record(
        "statement.made", "subject=\(treaty)", "occurred=\(day)", "country=US", "speaker=President",
        "stance=\(stance)")
    }
    #expect(
      try stages(recording, "US", ["2016-04-22", "2017-06-01", "2020-01-01"]) == [
        "signatory", "signatory", "signatory",
      ])
    #expect(try recording.stage(treaty) == "adopted")
    #expect(try anomalies(recording) == [])
  }

  @Test("A deposit told by two sources is one deposit: the day told for it stands, and begins no spell")
  func toldTwice() throws {
    var recording = Recording()
    try record(&recording, "adopted", "2000-01-01", "organ=GA", "rule=1 + 12 months")
    for _ in 0..<2 { try ratify(&recording, [("CL", "2010-03-01")]) }
    try record(&recording, "entered-into-force", "2011-06-01", "country=CL", "scope=party")
    #expect(
      try recording.stage(treaty, party: "CL", on: "2011-04-01") == "bound", "not by the rule: it is told")
    #expect(try anomalies(recording) == ["CL 2011-06-01 rule"])
    #expect(try recording.history(treaty).spells.filter { $0.party == "CL" }.count == 1)
  }

  @Test("Rules at odds with each other, or in words that are no rule, decide nothing")
  func noRule() throws {
    for rules in [["1 + 1 month", "1 + 2 months"], ["when enough have ratified"], ["2 + 1 month"]] {
      var recording = Recording()
      for rule in rules { try record(&recording, "adopted", "2000-01-01", "organ=GA", "rule=\(rule)") }
      try ratify(&recording, [("CL", "2010-03-01")])
      #expect(try recording.stage(treaty) == "adopted", "\(rules)")
      #expect(try recording.stage(treaty, party: "CL") == "bound", "\(rules)")
    }
  }
}
