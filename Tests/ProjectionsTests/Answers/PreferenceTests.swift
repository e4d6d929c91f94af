// Preferences between rival accounts: chosen, changed, withdrawn, overtaken by what nobody knew.

import CanonicalJSON
import Projections
import Testing

@Suite("A preference settles the accounts that are known, until another one or a new account comes")
struct PreferenceTests {
  private let subject = "measure:us-115-hr4396"

  /// A bill introduced (0), and two accounts of its fate: enacted (1), failed (2).
  private func disputed() throws -> Recording {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2017-11-15", "identifier=H.R.4396", "chamber=house")
    try enacted(&recording)
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2019-01-03", "kind=lapsed", "claim=fate", "id=FAILED",
      "source.citation=two")
    return recording
  }

  private func enacted(_ recording: inout Recording, _ more: String...) throws {
    try recording.record(
      checked(
        "bill.enacted",
        ["subject=\(subject)", "occurred=2018-06-01", "claim=fate", "source.citation=one"] + more))
  }

  private func prefer(_ recording: inout Recording, _ account: String?, claim: String = "fate") throws {
    try recording.record(
      checked(
        "account.preferred",
        ["subject=\(subject)", "occurred=2020-05-01", "reason=x", "claim_key=\(claim)"]
          + (account.map { ["event=\($0)"] } ?? [])))
  }

  /// The stage, how sure it is, how many disputes there are, and how the claim stands.
  private func state(_ recording: Recording, on day: String = "2030-01-01") throws -> String {
    let row = try #require(try recording.standing(subject, on: day))
    let dispute = try recording.history(subject, on: day).disputes.first
    return [row.stage ?? "-", row.certainty ?? "-", "\(row.disputeCount)", dispute?.state.word ?? "agreed"]
      .joined(separator: " ")
  }

  @Test("The account that is preferred moves the stage; its rival is set aside, and told as such")
  func settled() throws {
    var recording = try disputed()
    #expect(try state(recording) == "introduced disputed 1 disputed")
    try prefer(&recording, "2")
    #expect(try state(recording) == "failed certain 0 settled by 3")
    #expect(
      try recording.outcomes(subject) == [
        .moved(to: "introduced", inferred: []), .setAside(by: 3), .moved(to: "failed", inferred: []), nil,
      ])
    let history = try recording.history(subject)
    let accounts = try #require(history.disputes.first).accounts
    #expect(accounts.map(\.stage) == ["enacted", "failed"], "also what was set aside is told with its stage")
    #expect(accounts.map(\.ground.certainty) == [.setAside, .certain])
    #expect(accounts.map { $0.ground.sources.first?["citation"]?.string } == ["one", "two"])
    #expect(try state(recording, on: "2018-07-01") == "introduced certain 0 settled by 3")
  }

  @Test("An account is named by its id as well as by its position")
  func named() throws {
    for name in ["2", "FAILED"] {
      var recording = try disputed()
      try prefer(&recording, name)
      #expect(try state(recording) == "failed certain 0 settled by 3", "\(name)")
    }
  }

  @Test("A later preference chooses another account; one without an account opens the claim again")
  func changed() throws {
    var recording = try disputed()
    try prefer(&recording, "2")
    try prefer(&recording, "1")
    #expect(try state(recording) == "enacted certain 0 settled by 4")
    try prefer(&recording, nil)
    #expect(try state(recording) == "introduced disputed 1 disputed")
    try prefer(&recording, "2")
    #expect(try state(recording) == "failed certain 0 settled by 6")
  }

  @Test("An account that says something new opens the claim; another source for what was weighed does not")
  func overtaken() throws {
    var recording = try disputed()
    try prefer(&recording, "1")
    try enacted(&recording, "account=press", "source.citation=three", "confidence=confirmed")
    #expect(try state(recording) == "enacted certain 0 settled by 3")
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2019-01-03", "kind=lapsed", "claim=fate",
      "title=Once more")
    #expect(try state(recording) == "enacted certain 0 settled by 3")
    let certainties = try #require(try recording.history(subject).disputes.first).accounts.map(
      \.ground.certainty)
    #expect(certainties == [.certain, .setAside, .certain, .setAside])
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2018-12-31", "kind=rejected", "claim=fate")
    #expect(try state(recording) == "introduced disputed 1 disputed")
    try prefer(&recording, "6")
    #expect(try state(recording) == "failed certain 0 settled by 7")
  }

  @Test("A preference made while all said the same does not settle what is said against it later")
  func early() throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2017-11-15", "identifier=1", "chamber=house")
    try enacted(&recording)
    try prefer(&recording, "1")
    #expect(try state(recording) == "enacted certain 0 agreed")
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2019-01-03", "kind=lapsed", "claim=fate")
    #expect(try state(recording) == "introduced disputed 1 disputed")
  }

  @Test(
    "A preference for what is no account, is not there or comes later changes nothing",
    arguments: ["0", "4", "3", "99999", "NOBODY", "9223372036854775807"])
  func noAccount(name: String) throws {
    var recording = try disputed()
    try prefer(&recording, name)
    try enacted(&recording, "id=LATER")
    #expect(try state(recording) == "introduced disputed 1 disputed")
  }

  @Test("A preference without an account for a claim that nobody makes changes nothing")
  func noClaim() throws {
    var recording = try disputed()
    try prefer(&recording, "2")
    try prefer(&recording, nil, claim: "other")
    #expect(try state(recording) == "failed certain 0 settled by 3")
  }

  @Test("A claim that spans subjects is settled for each of them")
  func acrossSubjects() throws {
    var recording = Recording()
    for name in ["a", "b"] {
      try recording.record(
        "bill.introduced", "subject=measure:\(name)", "occurred=2017-01-01", "identifier=1", "chamber=house",
        "claim=which-bill")
    }
    try recording.record(
      "account.preferred", "subject=measure:b", "occurred=2020", "event=1", "claim_key=which-bill", "reason=x"
    )
    #expect(try recording.stage("measure:b") == "introduced")
    #expect(try recording.standing("measure:b")?.disputeCount == 0)
    #expect(try recording.stage("measure:a") == "-")
    #expect(try recording.standing("measure:a")?.certainty == nil)
    #expect(try recording.outcomes("measure:a") == [.setAside(by: 2)])
  }

  @Test("A preference is no evidence and needs none; it stands on the timeline of its subject")
  func preferenceItself() throws {
    var recording = try disputed()
    try prefer(&recording, "2")
    let day = try dayNumber("2030-01-01")
    try recording.views().snapshot(of: recording.log) { snapshot in
      #expect(try snapshot.unsourced(.world, onDay: day).map(\.entry.position) == [0])
      let count = try #require(try snapshot.evidence(.world, onDay: day).first)
      #expect(count.events == 3 && count.unsourced == 1)
      #expect(
        try snapshot.timeline(.subject(subject), throughDay: day).map(\.type).last == "account.preferred")
    }
    #expect(try recording.standing(subject)?.lastPosition == 3)
    #expect(try recording.standing(subject)?.sourceCount == 2)
  }

  @Test(
    "Accounts are told with what they say where they differ, and only there; what one leaves out is not told")
  func values() throws {
    var recording = Recording()
    for (number, more) in [["law_number=1"], ["mode=signed"], ["law_number=1", "effective=2019"]].enumerated()
    {
      try recording.record(
        checked(
          "bill.enacted",
          ["subject=\(subject)", "occurred=2018-06-0\(number + 1)", "claim=fate", "institution=us/congress"]
            + more))
    }
    let dispute = try #require(try recording.history(subject).disputes.first)
    let values = dispute.accounts.map { account in
      Dictionary(uniqueKeysWithValues: account.values.map { ($0.field, $0.value) })
    }
    #expect(
      values == [
        ["occurred": "2018-06-01", "law_number": "1", "mode": .null, "effective": .null],
        ["occurred": "2018-06-02", "law_number": .null, "mode": "signed", "effective": .null],
        ["occurred": "2018-06-03", "law_number": "1", "mode": .null, "effective": "2019"],
      ])
  }

  @Test("A letter written in two ways is two accounts, and told as the difference")
  func bytes() throws {
    var recording = Recording()
    for quotation in ["Adopt\u{e9}", "Adopte\u{301}"] {
      try recording.record(
        "statement.made", "subject=\(subject)", "occurred=2018", "speaker=A", "claim=said",
        "quotation=\(quotation)")
    }
    let dispute = try #require(try recording.history(subject).disputes.first)
    #expect(dispute.accounts.map { $0.values.map(\.field) } == [["quotation"], ["quotation"]])
  }

  @Test("A dispute is told from the day of its first account on, with the later ones that it is at odds with")
  func onDay() throws {
    let recording = try disputed()
    let views = try recording.views()
    for (day, count) in [("2018-05-31", 0), ("2018-06-01", 2), ("2019-01-03", 2)] {
      let number = try dayNumber(day)
      let disputes = try views.snapshot(of: recording.log) { try $0.disputes(.world, onDay: number) }
      #expect(disputes.flatMap(\.accounts).count == count, "\(day)")
      #expect(try recording.standing(subject, on: day)?.disputeCount == Int64(disputes.count), "\(day)")
      #expect(
        try recording.standing(subject, on: day)?.certainty == (count == 0 ? "certain" : "disputed"), "\(day)"
      )
      if count > 0 { #expect(disputes[0].accounts.map(\.stage) == ["enacted", "failed"], "\(day)") }
    }
  }
}
