// How sure a stage is: from the bounds of the date and from `?`, `%` and `~`.

import Projections
import Testing

@Suite("A stage is as sure as the date that it rests on")
struct CertaintyTests {
  private func introducedThenEnacted(_ date: String) throws -> Recording {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2016-05-01", "identifier=1", "chamber=house")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=\(date)")
    return recording
  }

  @Test(
    "An uncertain date gives a possible stage for ever, and tells the certain one",
    arguments: ["2017?", "2017%"])
  func uncertain(date: String) throws {
    let recording = try introducedThenEnacted(date)
    #expect(try recording.standing("measure:a", on: "2016-12-31")?.certainty == "certain")
    for day in ["2017-01-01", "2018-01-01", "2030-01-01"] {
      let row = try #require(try recording.standing("measure:a", on: day))
      #expect(row.stage == "enacted")
      #expect(row.certainty == "possible")
      #expect(row.certainStage == "introduced")
      #expect(row.since == date)
    }
  }

  @Test(
    "A month is possible from its first day on and certain from its last", arguments: ["2017-10", "2017-10~"])
  func month(date: String) throws {
    let recording = try introducedThenEnacted(date)
    #expect(try recording.stage("measure:a", on: "2017-09-30") == "introduced")
    let within = try #require(try recording.standing("measure:a", on: "2017-10-01"))
    #expect(within.stage == "enacted")
    #expect(within.certainty == "possible")
    #expect(within.certainStage == "introduced")
    #expect(try recording.standing("measure:a", on: "2017-10-30")?.certainty == "possible")
    let after = try #require(try recording.standing("measure:a", on: "2017-10-31"))
    #expect(after.stage == "enacted")
    #expect(after.certainty == "certain")
    #expect(after.certainStage == nil)
  }

  @Test("About a day is that day: `~` widens nothing")
  func approximate() throws {
    let recording = try introducedThenEnacted("2017-10-15~")
    #expect(try recording.stage("measure:a", on: "2017-10-14") == "introduced")
    #expect(try recording.standing("measure:a", on: "2017-10-15")?.certainty == "certain")
    #expect(try recording.stage("measure:a", on: "2017-10-15") == "enacted")
  }

  @Test("What a later certain step confirms is possible no more")
  func confirmed() throws {
    var recording = try introducedThenEnacted("2017?")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2019-01-01")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "in-force")
    #expect(row.certainty == "certain")
  }

  @Test("What a later certain step contradicts is given up")
  func contradicted() throws {
    var recording = try introducedThenEnacted("2017?")
    try recording.record("bill.failed", "subject=measure:a", "occurred=2019-01-03", "kind=lapsed")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "failed")
    #expect(row.certainty == "certain")
    #expect(row.anomalyCount == 0)
  }
}
