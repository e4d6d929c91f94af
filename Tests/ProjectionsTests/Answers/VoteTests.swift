// Votes, decisions, and who stands apart: whether something was unanimous is derived, never entered.

import Milestones
import Projections
import Testing

@Suite("Unanimity is derived from what is told, and never from the word for it")
struct VoteTests {
  private let subject = "subject=resolution:r"

  private func recording(_ events: [[String]]) throws -> Recording {
    var recording = Recording()
    for event in events {
      try recording.record(checked(event[0], [subject] + event.dropFirst()))
    }
    return recording
  }

  private static func adopted(_ mode: String?, _ more: String...) -> [String] {
    ["resolution.adopted", "occurred=2018-12-17", "organ=GA", "level=plenary"]
      + (mode.map { ["mode=\($0)"] } ?? [])
      + more
  }

  private static func vote(_ more: String...) -> [String] {
    ["vote.recorded", "occurred=2018-12-17", "on=text"] + more
  }

  private static func apart(_ more: String...) -> [String] {
    ["statement.made", "occurred=2018-12-17", "speaker=United States", "stance=dissociation"] + more
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let events: [[String]]
    let mode: Decision.Mode?

    init(_ name: String, _ mode: Decision.Mode?, _ events: [String]...) {
      (self.name, self.mode, self.events) = (name, mode, events)
    }

    var testDescription: String { name }
  }

  static let table: [Row] = [
    Row("nothing told", nil, adopted(nil)),
    Row("a consensus", .unanimous, adopted("consensus")),
    Row("a consensus from which somebody stands apart", .consensus, adopted("consensus"), apart()),
    Row("a consensus, somebody standing apart later", .consensus, adopted("consensus"), apart("note=later")),
    Row(
      "a consensus, somebody apart by a rival account", .consensus, adopted("consensus"), apart("claim=k"),
      ["statement.made", "occurred=2018-12-17", "speaker=Essay", "claim=k"]),
    Row(
      "a consensus, and other words of statements", .unanimous, adopted("consensus"),
      ["statement.made", "occurred=2018-12-17", "speaker=A", "stance=explanation-of-vote"]),
    Row("without a vote, which is no consensus", .withoutAVote, adopted("without-a-vote")),
    Row("a vote of which nothing is recorded", .vote, adopted("vote")),
    Row(
      "a recorded vote, all in favour", .unanimous, adopted("vote"),
      vote("method=recorded", "yes=9", "no=0", "abstain=0")),
    Row(
      "a recorded vote, all in favour, by the list", .unanimous, adopted("vote"),
      vote("method=recorded", "members=FR=yes", "members=US=absent")),
    Row("one against", .recordedVote, adopted("vote"), vote("method=recorded", "yes=9", "no=1", "abstain=0")),
    Row(
      "one abstention", .recordedVote, adopted("vote"), vote("method=recorded", "yes=9", "no=0", "abstain=1")),
    Row(
      "one against by the list, none by the totals", .recordedVote, adopted("vote"),
      vote("method=recorded", "yes=1", "no=0", "abstain=0", "members=FR=yes", "members=US=no")),
    Row(
      "a list that cannot be read to the end", .recordedVote, adopted("vote"),
      vote("method=recorded", "members=FR=yes", "members=US against")),
    Row("abstentions not told", .recordedVote, adopted("vote"), vote("method=recorded", "yes=9", "no=0")),
    Row(
      "a negative number of votes", .recordedVote, adopted("vote"),
      vote("method=recorded", "yes=9", "no=-1", "abstain=0")),
    Row(
      "totals of a vote that was not recorded", .vote, adopted(nil),
      vote("method=non-recorded", "yes=9", "no=0", "abstain=0")),
    Row(
      "a consensus that was a vote", .recordedVote, adopted("consensus"),
      vote("method=recorded", "yes=9", "no=2", "abstain=0")),
    Row(
      "two accounts of the vote, one with a no", .recordedVote, adopted("vote"),
      vote("method=recorded", "yes=9", "no=0", "abstain=0", "claim=k"),
      vote("method=recorded", "yes=9", "no=1", "abstain=0", "claim=k")),
    Row(
      "two accounts of the vote, neither with a no", .unanimous, adopted("vote"),
      vote("method=recorded", "yes=9", "no=0", "abstain=0", "claim=k"),
      vote("method=recorded", "yes=8", "no=0", "abstain=0", "claim=k")),
    Row(
      "a vote on a paragraph is none on the text", .unanimous, adopted("consensus"),
      ["vote.recorded", "occurred=2018-12-17", "on=paragraphs", "method=recorded", "yes=1", "no=9"]),
    Row(
      "a vote of another day", .unanimous, adopted("consensus"),
      ["vote.recorded", "occurred=2018-12-16", "on=text", "method=recorded", "yes=1", "no=9"]),
    Row(
      "a vote of another body", .unanimous, adopted("consensus", "institution=int/un/ga"),
      vote("method=recorded", "yes=1", "no=9", "institution=int/un/ga/c3")),
    Row(
      "a vote of a body that is not told", .recordedVote, adopted("consensus", "institution=int/un/ga"),
      vote("method=recorded", "yes=1", "no=9")),
    Row(
      "a vote and a decision without a day", .unanimous,
      ["resolution.adopted", "occurred=XXXX", "organ=GA", "level=plenary", "mode=consensus"],
      ["vote.recorded", "occurred=XXXX", "on=text", "method=recorded", "yes=1", "no=9"]),
  ]

  @Test("The mode is the one that follows", arguments: table)
  func mode(_ row: Row) throws {
    for events in [row.events, row.events.reversed()] {
      let history = try recording(events).history("resolution:r")
      #expect(history.mode == row.mode)
      #expect(history.decisions.map(\.mode) == [row.mode])
    }
  }

  @Test("Who stands apart is named, be it told of the decision or of a statement on it")
  func dissociations() throws {
    var recording = try recording([Self.adopted("consensus")])
    try recording.record(
      "statement.made", "subject=statement:s", "occurred=2018-12-17", "country=US", "speaker=United States",
      "stance=dissociation", "on=resolution:r", "on=resolution:other", "quotation=We dissociate ourselves")
    // It names the resolution, but says nothing on it.
    try recording.record(
      "statement.made", "subject=statement:t", "occurred=2018-12-17", "speaker=Cuba", "stance=dissociation",
      "on=resolution:other", "link.cites=resolution:r")
    let history = try recording.history("resolution:r")
    #expect(history.dissociations.map(\.speaker) == ["United States"])
    #expect(history.dissociations.first?.quotation == "We dissociate ourselves")
    #expect(history.mode == .consensus)
    #expect(try recording.history("resolution:r", on: "2018-12-16").dissociations.isEmpty)
    try recording.record(
      checked("statement.made", [subject, "occurred=2018-12-20", "speaker=Hungary", "stance=dissociation"]))
    #expect(
      try recording.history("resolution:r").dissociations.map(\.speaker) == ["United States", "Hungary"])
    #expect(try recording.history("resolution:r", on: "2018-12-18").dissociations.count == 1)
  }

  @Test("A dissociation that is set aside speaks against nothing")
  func setAside() throws {
    var recording = try recording([Self.adopted("consensus"), Self.apart("claim=k")])
    try recording.record(
      checked(
        "statement.made",
        [subject, "occurred=2018-12-18", "speaker=United States", "stance=support", "claim=k"]))
    #expect(try recording.history("resolution:r").mode == .consensus)
    try recording.record(
      checked("account.preferred", [subject, "occurred=2019", "event=2", "claim_key=k", "reason=x"]))
    #expect(try recording.history("resolution:r").mode == .unanimous)
  }

  @Test("The last decision that nothing speaks against gives the mode of the whole")
  func lastDecision() throws {
    let recording = try recording([
      ["resolution.adopted", "occurred=2018-11-19", "organ=C3", "level=committee", "mode=consensus"],
      Self.adopted("without-a-vote"),
      ["resolution.adopted", "occurred=2018-12-18", "organ=GA", "level=plenary", "mode=vote", "claim=k"],
      [
        "resolution.adopted", "occurred=2018-12-19", "organ=GA", "level=plenary", "mode=consensus", "claim=k",
      ],
    ])
    #expect(try recording.history("resolution:r").mode == .withoutAVote)
    #expect(try recording.history("resolution:r", on: "2018-12-01").mode == .unanimous)
    #expect(try recording.history("resolution:r", on: "2018-11-01").mode == nil)
    #expect(
      try recording.history("resolution:r").decisions.map(\.level) == [
        "committee", "plenary", "plenary", "plenary",
      ])
  }

  @Test(
    "Totals and lists that differ are told, each once; those who took no part may be left out of the list",
    arguments: [
      (["yes=1", "no=1", "members=FR=yes", "members=US=no"], []),
      (["yes=2", "members=FR=yes"], ["yes: the total is 2, but 1 of the members listed"]),
      (["yes=1", "absent=61", "members=FR=yes"], []),
      (
        ["yes=1", "absent=2", "members=FR=yes", "members=US=absent"],
        ["absent: the total is 2, but 1 of the members listed"]
      ),
      (["members=FR=yes", "members=FR=no", "members=FR=yes"], ["FR stands in the list twice"]),
      (
        ["members=FR:yes", "members==yes", "members=US=Yes", "members=CA=yes=no", "members=FR:yes"],
        [
          "the entry \"=yes\" of the list is not read; write CODE=yes, no, abstain or absent",
          "the entry \"CA=yes=no\" of the list is not read; write CODE=yes, no, abstain or absent",
          "the entry \"FR:yes\" of the list is not read; write CODE=yes, no, abstain or absent",
          "the entry \"US=Yes\" of the list is not read; write CODE=yes, no, abstain or absent",
        ]
      ),
      (["no=-1"], ["no: -1 is no number of votes"]),
      (
        ["no=-1", "members=FR=yes"],
        ["no: -1 is no number of votes", "no: the total is -1, but 0 of the members listed"]
      ),
      (["yes=9", "no=1"], []),
    ] as [([String], [String])])
  func sums(fields: [String], findings: [String]) throws {
    var recording = Recording()
    try recording.record(
      checked("vote.recorded", [subject, "occurred=2018-12-17", "on=text", "method=recorded"] + fields))
    let day = try dayNumber("2030-01-01")
    let (anomalies, votes) = try recording.views().snapshot(of: recording.log) {
      (try $0.anomalies(.world, onDay: day), try $0.votes(.world, onDay: day))
    }
    #expect(anomalies.map(\.finding.detail).sorted() == findings)
    #expect(anomalies.allSatisfy { $0.finding.kind == .vote })
    #expect(votes.map { $0.findings.map(\.detail).sorted() } == [findings])
    #expect(try recording.standing("resolution:r")?.anomalyCount == Int64(findings.count))
  }

  @Test("Votes are listed in the order of what happened, in the scope that is asked about, until the day")
  func scopes() throws {
    var recording = Recording()
    for (subject, day, place) in [
      ("resolution:b", "2018-12-17", "int/un/ga"), ("resolution:a", "2018-11-19", "int/un/ga/c3"),
      ("measure:m", "2018-12-01", "us/congress"),
    ] {
      try recording.record(
        "vote.recorded", "subject=\(subject)", "occurred=\(day)", "on=text", "method=recorded",
        "institution=\(place)", "yes=1")
    }
    func subjects(_ scope: Scope, on day: String = "2030-01-01") throws -> [String] {
      let number = try dayNumber(day)
      return try recording.views().snapshot(of: recording.log) {
        try $0.votes(scope, onDay: number).map(\.ground.entry.subject)
      }
    }
    #expect(try subjects(.world) == ["resolution:a", "measure:m", "resolution:b"])
    #expect(try subjects(.institution("int/un")) == ["resolution:a", "resolution:b"])
    #expect(try subjects(.institution("int/un/ga/c3")) == ["resolution:a"])
    #expect(try subjects(.subject("measure:m")) == ["measure:m"])
    #expect(try subjects(.world, on: "2018-12-01") == ["resolution:a", "measure:m"])
  }
}
