// A commencement is a fact with a date of its own: it waits for the enactment, and for nothing else.

import Projections
import Testing

@Suite("A commencement waits for the enactment that somebody tells of")
struct CommencementTests {
  /// A law deemed in force two months before its assent, entered in the order given.
  private func retroactive(_ order: [Int]) throws -> Recording {
    var recording = Recording()
    for index in order {
      switch index {
      case 0:
        try recording.record("bill.advanced", "subject=measure:a", "occurred=2013-01-23", "stage=report")
      case 1:
        try recording.record(
          "bill.enacted", "subject=measure:a", "occurred=2013-04-02", "law_number=13 of 2013")
      default:
        try recording.record("law.commenced", "subject=measure:a", "occurred=2013-02-03", "retroactive=true")
      }
    }
    return recording
  }

  @Test(
    "A law in force before its assent is no anomaly, and is pending until the assent",
    arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]])
  func retroactive(order: [Int]) throws {
    let recording = try retroactive(order)
    let pending = try #require(try recording.standing("measure:a", on: "2013-04-01"))
    #expect(pending.stage == "pending")
    #expect(pending.certainty == "certain")
    let law = try #require(try recording.standing("measure:a", on: "2013-04-02"))
    #expect(law.stage == "in-force")
    #expect(law.certainty == "certain")
    #expect(law.since == "2013-02-03")
    #expect(law.detail == "13 of 2013")
    #expect(law.anomalyCount == 0)
    let waiting = try recording.history("measure:a", on: "2013-03-01").items.flatMap(\.outcomes).map(
      \.outcome)
    #expect(waiting.contains(.waiting(for: "in-force")))
  }

  @Test("Where nobody tells of an enactment, a commencement infers it")
  func inferred() throws {
    var recording = Recording()
    try recording.record("law.commenced", "subject=measure:a", "occurred=2013-02-03")
    #expect(try recording.stage("measure:a", on: "2013-02-03") == "in-force")
    #expect(
      try recording.outcomes("measure:a") == [
        .moved(to: "in-force", inferred: ["introduced", "passed", "presented", "enacted"])
      ])
  }

  @Test("The end of the law is not what its commencement waits for")
  func endIsNotAwaited() throws {
    var recording = Recording()
    try recording.record("law.commenced", "subject=measure:a", "occurred=2010-01-01")
    try recording.record("law.ended", "subject=measure:a", "occurred=2015-01-01", "kind=repealed")
    #expect(try recording.stage("measure:a", on: "2012-01-01") == "in-force")
    #expect(try recording.stage("measure:a", on: "2016-01-01") == "ended")
  }

  @Test("A law that was suspended comes into force again")
  func again() throws {
    var recording = Recording()
    try recording.record("bill.enacted", "subject=measure:a", "occurred=2009-01-01")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2010-01-01")
    try recording.record("law.ended", "subject=measure:a", "occurred=2015-01-01", "kind=suspended")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2017-01-01")
    #expect(try recording.stage("measure:a", on: "2016-01-01") == "ended")
    #expect(try recording.stage("measure:a", on: "2018-01-01") == "in-force")
    #expect(try recording.standing("measure:a")?.anomalyCount == 0)
  }

  @Test("An effective date before the day of the act orders the act")
  func effective() throws {
    var recording = Recording()
    try recording.record(
      "law.commenced", "subject=measure:a", "occurred=2013-04-02", "effective=2013-02-03")
    #expect(try recording.stage("measure:a", on: "2013-03-01") == "in-force")
    #expect(try recording.standing("measure:a")?.since == "2013-02-03")
  }
}
