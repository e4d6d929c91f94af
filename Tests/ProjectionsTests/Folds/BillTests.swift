// Named examples of measures: national bills, internal rules of a house, articles of a code, decrees.

import Projections
import Testing

@Suite("Measures move along the lifecycle of their procedure")
struct BillTests {
  private static let us = ["country=US", "institution=us/congress"]

  private func bill(_ procedure: String? = nil) throws -> Recording {
    var recording = Recording()
    if let procedure {
      try recording.record(
        "entity.registered", "subject=measure:a", "occurred=2017", "procedure=\(procedure)", "title=A")
    }
    return recording
  }

  private func introduced(_ recording: inout Recording, on date: String = "2018-01-10") throws {
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=\(date)", "identifier=S.1", "chamber=senate")
  }

  @Test("Two chambers pass a bill on one day, whichever is entered first, without an anomaly")
  func twoChambers() throws {
    for chambers in [["senate", "house"], ["house", "senate"]] {
      var recording = try bill()
      for chamber in chambers {
        try recording.record("bill.passed", "subject=measure:a", "occurred=2018-12-13", "chamber=\(chamber)")
      }
      try introduced(&recording, on: "2018-12-13")
      let row = try #require(try recording.standing("measure:a"))
      #expect(row.stage == "passed")
      #expect(row.detail == "house, senate")
      #expect(row.certainty == "certain")
      #expect(row.since == "2018-12-13")
      #expect(row.anomalyCount == 0)
    }
  }

  @Test("Skipped steps are inferred, in order, and are no anomaly")
  func skipped() throws {
    var recording = try bill()
    try recording.record("bill.enacted", "subject=measure:a", "occurred=2018-12-21", "law_number=1")
    #expect(
      try recording.outcomes("measure:a") == [
        .moved(to: "enacted", inferred: ["introduced", "passed", "presented"])
      ])
    #expect(try recording.standing("measure:a")?.anomalyCount == 0)
  }

  @Test("A step that no way leads to is an anomaly and moves nothing; what failed has failed for good")
  func unreachable() throws {
    var recording = try bill()
    try introduced(&recording)
    try recording.record("bill.failed", "subject=measure:a", "occurred=2019-01-03", "kind=lapsed")
    try recording.record("bill.passed", "subject=measure:a", "occurred=2019-02-01", "chamber=house")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=2019-03-01")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "failed")
    #expect(row.detail == "lapsed")
    #expect(row.since == "2019-01-03")
    #expect(row.anomalyCount == 2)
    #expect(
      try recording.outcomes("measure:a").suffix(2) == [
        .anomaly(from: "failed", to: "passed"), .anomaly(from: "failed", to: "enacted"),
      ])
  }

  @Test("A bill goes to the second house without an anomaly, and every house that passed it is named")
  func secondHouse() throws {
    var recording = try bill()
    try introduced(&recording, on: "2018-01-10")
    try recording.record("bill.passed", "subject=measure:a", "occurred=2018-02-06", "chamber=house")
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2018-02-07", "chamber=senate", "identifier=S. 1")
    #expect(try recording.stage("measure:a") == "pending")
    try recording.record("bill.passed", "subject=measure:a", "occurred=2018-05-24", "chamber=senate")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "passed")
    #expect(row.detail == "house, senate")
    #expect(row.anomalyCount == 0)
  }

  @Test("A bill of which only its failure is told had been introduced, not merely announced")
  func onlyFailed() throws {
    var recording = try bill()
    try recording.record("bill.failed", "subject=measure:a", "occurred=2019-01-03", "kind=lapsed")
    #expect(try recording.outcomes("measure:a") == [.moved(to: "failed", inferred: ["introduced"])])
  }

  @Test("A veto is overridden by two chambers, and the bill becomes law")
  func override() throws {
    var recording = try bill()
    try recording.record("bill.vetoed", "subject=measure:a", "occurred=1986-09-26", "kind=regular")
    #expect(try recording.stage("measure:a") == "vetoed")
    try recording.record(
      "bill.veto-overridden", "subject=measure:a", "occurred=1986-10-02", "chamber=senate",
      "result=overridden")
    try recording.record(
      "bill.veto-overridden", "subject=measure:a", "occurred=1986-09-29", "chamber=house", "result=overridden"
    )
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "override")
    #expect(row.detail == "house, senate")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=1986-10-02", "mode=veto-override")
    #expect(try recording.stage("measure:a") == "enacted")
    #expect(try recording.standing("measure:a")?.anomalyCount == 0)
  }

  @Test("A veto that is sustained, or a pocket veto, ends the bill")
  func sustained() throws {
    var recording = try bill()
    try recording.record("bill.vetoed", "subject=measure:a", "occurred=1986-09-26", "kind=regular")
    try recording.record(
      "bill.veto-overridden", "subject=measure:a", "occurred=1986-10-02", "chamber=senate", "result=sustained"
    )
    #expect(try recording.stage("measure:a") == "failed")
    try recording.record("bill.vetoed", "subject=measure:b", "occurred=1986-09-26", "kind=pocket")
    #expect(try recording.stage("measure:b") == "failed")
  }

  @Test("A house resolution that is passed is enacted by that")
  func houseResolution() throws {
    var recording = try bill("house-resolution")
    try introduced(&recording)
    try recording.record("bill.passed", "subject=measure:a", "occurred=2018-02-01", "chamber=senate")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "enacted")
    #expect(row.detail == "senate")
    #expect(row.anomalyCount == 0)
  }

  @Test("The procedure is told at registration, however late that is entered")
  func lateRegistration() throws {
    var recording = Recording()
    try introduced(&recording)
    try recording.record("bill.passed", "subject=measure:a", "occurred=2018-02-01", "chamber=senate")
    #expect(try recording.stage("measure:a") == "passed")
    try recording.record(
      "entity.registered", "subject=measure:a", "occurred=2020", "procedure=house-resolution")
    #expect(try recording.stage("measure:a") == "enacted")
  }

  @Test(
    "A provision told on a bill does not move it; a bill's reading does not move a code's article out of a draft"
  )
  func provisionOnABill() throws {
    var recording = try bill()
    try introduced(&recording)
    try recording.record("provision.drafted", "subject=measure:a", "occurred=2018-02-01", "article=1")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "introduced")
    #expect(row.anomalyCount == 0)
    #expect(try recording.outcomes("measure:a").last == .some(nil))
  }

  @Test(
    "An article of a code goes from draft article 790 to article 1010 in force, and is amended from there")
  func codeProvision() throws {
    var recording = try bill("code-provision")
    try recording.record(
      "provision.drafted", "subject=measure:a", "occurred=2018-09-05", "article=draft art. 790")
    #expect(try recording.standing("measure:a")?.detail == "draft art. 790")
    try recording.record("bill.advanced", "subject=measure:a", "occurred=2018-11", "stage=consultation")
    #expect(try recording.stage("measure:a", on: "2018-12-01") == "out-for-comment")
    try recording.record(
      "bill.enacted", "subject=measure:a", "occurred=2020-05-28", "article=art. 1010",
      "previous=draft art. 790")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2021-01-01")
    var row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "in-force")
    #expect(row.detail == "art. 1010", "a commencement keeps the number of the enactment")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=2025-01-01", "article=art. 1010a")
    row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "amended")
    #expect(row.detail == "art. 1010a")
    #expect(row.anomalyCount == 0)
  }

  @Test("The detail of a stage that was skipped over is not carried along")
  func detailIsNotCarried() throws {
    var recording = try bill()
    try recording.record("bill.passed", "subject=measure:a", "occurred=2018-02-01", "chamber=senate")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2019-01-01")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "in-force")
    #expect(row.detail == nil)
  }

  @Test("A decree can begin as law")
  func decree() throws {
    var recording = try bill("decree")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=2013-02-03", "law_number=3")
    #expect(try recording.outcomes("measure:a").last == .moved(to: "enacted", inferred: []))
  }
}
