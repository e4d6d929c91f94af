// Amendments: streams of their own, moved by what is told on the resolution.

import Projections
import Testing

@Suite("Events on a resolution move its amendments too")
struct AmendmentTests {
  private func recording() throws -> Recording {
    var recording = Recording()
    let resolution = ["subject=resolution:l21", "institution=int/un/ga/c3"]
    try recording.record(
      checked(
        "resolution.tabled",
        resolution + ["occurred=2018-11-01", "symbol=A/C.3/73/L.21", "organ=Third Committee"]))
    for name in ["op8d", "op11"] {
      try recording.record(
        checked(
          "amendment.proposed",
          resolution + ["occurred=2018-11-19", "amendment=amendment:\(name)", "title=Amendment \(name)"]))
    }
    try recording.record(
      checked(
        "amendment.decided",
        resolution + [
          "occurred=2018-11-19", "amendment=amendment:op8d", "amendment=amendment:op11", "result=rejected",
        ]))
    return recording
  }

  @Test("One event on the resolution decides two amendments, and leaves the resolution where it is")
  func decided() throws {
    let recording = try recording()
    #expect(try recording.stage("resolution:l21") == "under-amendment")
    for name in ["op8d", "op11"] {
      let row = try #require(try recording.standing("amendment:\(name)"))
      #expect(row.stage == "rejected")
      #expect(row.anomalyCount == 0)
      #expect(row.institution == "int/un/ga/c3", "its home is that of the first event that moves it")
      #expect(row.title == "Amendment \(name)")
      #expect(try recording.history("amendment:\(name)").items.count == 2)
    }
  }

  @Test("Adopting an amendment does not adopt the resolution")
  func adopted() throws {
    var recording = try recording()
    try recording.record(
      "amendment.proposed", "subject=resolution:l21", "occurred=2018-11-20", "amendment=amendment:op3")
    try recording.record(
      "amendment.decided", "subject=resolution:l21", "occurred=2018-11-20", "amendment=amendment:op3",
      "result=adopted")
    #expect(try recording.stage("amendment:op3") == "adopted")
    #expect(try recording.stage("resolution:l21") == "under-amendment")
  }

  @Test("An amendment may also be told on itself")
  func onItself() throws {
    var recording = Recording()
    try recording.record("amendment.proposed", "subject=amendment:a", "occurred=2018-11-20")
    try recording.record(
      "amendment.decided", "subject=amendment:a", "occurred=2018-11-21", "result=withdrawn")
    #expect(try recording.stage("amendment:a") == "withdrawn")
    #expect(try recording.standing("amendment:a")?.anomalyCount == 0)
  }

  @Test("The committee approves, the plenary adopts; votes and statements beside move nothing")
  func adoption() throws {
    var recording = try recording()
    let resolution = ["subject=resolution:l21"]
    try recording.record(
      checked(
        "resolution.adopted",
        resolution + ["occurred=2018-11-19", "organ=Third Committee", "level=committee", "mode=consensus"]))
    try recording.record(
      checked(
        "statement.made",
        resolution + ["occurred=2018-11-19", "country=US", "speaker=United States", "stance=dissociation"]))
    let approved = try #require(try recording.standing("resolution:l21"))
    #expect(approved.stage == "approved")
    #expect(approved.detail == "consensus")
    try recording.record(
      checked(
        "vote.recorded",
        resolution + [
          "occurred=2018-12-17", "on=paragraphs", "method=recorded", "yes=130", "no=1", "abstain=31",
        ]))
    try recording.record(
      checked(
        "resolution.adopted",
        resolution + [
          "occurred=2018-12-17", "organ=General Assembly", "level=plenary", "mode=without-a-vote",
        ]))
    let row = try #require(try recording.standing("resolution:l21"))
    #expect(row.stage == "adopted")
    #expect(row.detail == "without-a-vote")
    #expect(row.anomalyCount == 0)
  }
}
