// Rival accounts: none of them moves the stage, each is told with the stage it would give.

import Projections
import Testing

@Suite("Rival accounts of one fact move nothing until one is preferred")
struct DisputeTests {
  private let subject = "measure:us-115-hr4396"

  private func introduced() throws -> Recording {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2017-11-15", "identifier=H.R.4396", "chamber=house")
    return recording
  }

  private func enacted(_ recording: inout Recording, _ more: String...) throws {
    try recording.record(
      checked("bill.enacted", ["subject=\(subject)", "claim=fate", "source.citation=one"] + more))
  }

  private func failed(_ recording: inout Recording, _ more: String...) throws {
    try recording.record(
      checked(
        "bill.failed", ["subject=\(subject)", "claim=fate", "occurred=2019-01-03", "kind=lapsed"] + more))
  }

  @Test("Two accounts that differ leave the stage to the undisputed events, and the row says disputed")
  func twoAccounts() throws {
    var recording = try introduced()
    try enacted(&recording, "occurred=2018?", "confidence=essay")
    #expect(try recording.stage(subject) == "enacted", "one account alone is no dispute")
    try failed(&recording)
    let row = try #require(try recording.standing(subject))
    #expect(row.stage == "introduced")
    #expect(row.certainty == "disputed")
    #expect(row.disputeCount == 1)
    #expect(row.anomalyCount == 0)
    let dispute = try #require(try recording.history(subject).disputes.first)
    #expect(dispute.claim == "fate")
    #expect(dispute.accounts.map(\.stage) == ["enacted", "failed"])
    #expect(dispute.accounts.map(\.ground.entry.position) == [1, 2])
  }

  @Test("A stage is disputed from the day on which an account would change it, not before")
  func fromTheDay() throws {
    var recording = try introduced()
    try enacted(&recording, "occurred=2018-06-01")
    try failed(&recording)
    #expect(try recording.standing(subject, on: "2018-05-31")?.certainty == "certain")
    #expect(try recording.standing(subject, on: "2018-06-01")?.certainty == "disputed")
  }

  @Test("Before the first undisputed stage there is no stage, and that is disputed")
  func nothingElse() throws {
    var recording = Recording()
    try enacted(&recording, "occurred=2018-06-01")
    try failed(&recording)
    let row = try #require(try recording.standing(subject))
    #expect(row.stage == nil)
    #expect(row.certainty == "disputed")
  }

  @Test("The same content from another source, under another title, with another confidence is no dispute")
  func sameContent() throws {
    var recording = try introduced()
    try enacted(
      &recording, "occurred=2018-06-01", "confidence=essay", "account=essay", "title=So says the essay")
    try recording.record(
      "bill.enacted", "subject=\(subject)", "claim=fate", "occurred=2018-06-01", "source.citation=another",
      "source.url=https://example.org/1", "confidence=confirmed", "account=press", "title=Law at last",
      "note=x",
      "link.supersedes=measure:b")
    let row = try #require(try recording.standing(subject))
    #expect(row.stage == "enacted")
    #expect(row.certainty == "certain")
    #expect(row.disputeCount == 0)
    #expect(try recording.history(subject).disputes.isEmpty)
  }

  @Test(
    "Accounts that differ in a fact are rivals",
    arguments: [
      ["occurred=2018-06-02"], ["occurred=2018-06-01", "law_number=1"],
      ["occurred=2018-06-01", "country=US"],
      ["occurred=2018-06-01", "institution=us/president"], ["occurred=2018-06-01", "effective=2018-07-01"],
    ])
  func differs(in fields: [String]) throws {
    var recording = try introduced()
    try enacted(&recording, "occurred=2018-06-01")
    try recording.record(
      checked("bill.enacted", ["subject=\(subject)", "claim=fate", "source.citation=one"] + fields))
    #expect(try recording.standing(subject)?.disputeCount == 1)
    #expect(try recording.stage(subject) == "introduced")
  }

  @Test("Accounts that would not change the stage are counted, but leave it certain")
  func harmless() throws {
    var recording = try introduced()
    for date in ["2017-12-01", "2017-12-02"] {
      try recording.record(
        "statement.made", "subject=\(subject)", "occurred=\(date)", "speaker=A", "claim=said")
    }
    let row = try #require(try recording.standing(subject))
    #expect(row.stage == "introduced")
    #expect(row.certainty == "certain")
    #expect(row.disputeCount == 1)
    #expect(try recording.history(subject).disputes.first?.accounts.map(\.stage) == [nil, nil])
  }

  @Test("A third account joins the dispute; a second dispute is counted beside it")
  func third() throws {
    var recording = try introduced()
    try enacted(&recording, "occurred=2018-06-01")
    try failed(&recording)
    try recording.record(
      "bill.passed", "subject=\(subject)", "claim=fate", "occurred=2017-11-29", "chamber=house")
    #expect(try recording.standing(subject)?.disputeCount == 1)
    let dispute = try #require(try recording.history(subject).disputes.first)
    #expect(dispute.accounts.map(\.stage) == ["enacted", "failed", "passed"], "in the order of recording")
    #expect(try recording.standing(subject, on: "2017-11-29")?.certainty == "disputed")
    for kind in ["symbolic", "mixed"] {
      try recording.record(
        "assessment.recorded", "subject=\(subject)", "claim=worth", "occurred=2019", "kind=\(kind)",
        "assessor=A")
    }
    #expect(try recording.standing(subject)?.disputeCount == 2)
  }

  @Test("Two of three accounts that agree do not outvote the third")
  func noMajority() throws {
    var recording = try introduced()
    try enacted(&recording, "occurred=2018-06-01")
    try enacted(&recording, "occurred=2018-06-01", "account=two")
    try failed(&recording)
    #expect(try recording.stage(subject) == "introduced")
    #expect(try recording.standing(subject)?.disputeCount == 1)
  }

  @Test("A claim that spans subjects is disputed on each of them, whichever was entered first")
  func acrossSubjects() throws {
    var recording = Recording()
    for name in ["a", "b"] {
      try recording.record(
        "bill.introduced", "subject=measure:\(name)", "occurred=2017-01-01", "identifier=1", "chamber=house",
        "claim=which-bill")
    }
    for name in ["a", "b"] {
      let row = try #require(try recording.standing("measure:\(name)"))
      #expect(row.stage == nil)
      #expect(row.certainty == "disputed")
      #expect(row.disputeCount == 1)
    }
  }

  @Test("An amendment moved by a disputed event on its resolution is disputed as well")
  func movedFromElsewhere() throws {
    var recording = Recording()
    try recording.record(
      "amendment.proposed", "subject=resolution:r", "occurred=2018-11-18", "amendment=amendment:a")
    for result in ["adopted", "rejected"] {
      try recording.record(
        "amendment.decided", "subject=resolution:r", "occurred=2018-11-19", "amendment=amendment:a",
        "result=\(result)", "claim=decision")
    }
    let row = try #require(try recording.standing("amendment:a"))
    #expect(row.stage == "proposed")
    #expect(row.certainty == "disputed")
    #expect(row.disputeCount == 1)
    #expect(
      try recording.history("amendment:a").disputes.first?.accounts.map(\.stage) == ["adopted", "rejected"])
  }

  @Test("A dispute about one party leaves the treaty and the other parties certain")
  func oneParty() throws {
    var recording = Recording()
    try recording.record("treaty.signed", "subject=treaty:t", "occurred=1998-07-17", "country=FR")
    for date in ["1998-07-18", "1998-07-19"] {
      try recording.record(
        "treaty.signed", "subject=treaty:t", "occurred=\(date)", "country=CA", "claim=ca-signed")
    }
    #expect(try recording.standing("treaty:t", party: "CA")?.certainty == "disputed")
    #expect(try recording.standing("treaty:t", party: "CA")?.disputeCount == 1)
    #expect(try recording.standing("treaty:t", party: "FR")?.certainty == "certain")
    #expect(try recording.standing("treaty:t", party: "FR")?.disputeCount == 0)
  }

  @Test("Claim keys that look alike but are written with other bytes are other claims")
  func claimsAreBytes() throws {
    var recording = try introduced()
    // é as one character, and as e with an accent that combines.
    try recording.record(
      "bill.passed", "subject=\(subject)", "occurred=2018-01-01", "chamber=house", "claim=adopt\u{e9}")
    for day in ["2018-06-01", "2018-06-02"] {
      try recording.record(
        "statement.made", "subject=\(subject)", "occurred=\(day)", "speaker=A", "claim=adopte\u{301}")
    }
    let row = try #require(try recording.standing(subject))
    #expect(row.stage == "passed")
    #expect(row.certainty == "certain")
    #expect(row.disputeCount == 1)
    #expect(
      try recording.history(subject).disputes.map { Array($0.claim.utf8) } == [Array("adopte\u{301}".utf8)])
  }
}
