// How a decision was taken: "unanimous" is derived from votes and dissociations, never from anybody's word for it.

import Projections
import Testing

@Suite("Decisions")
struct DecisionTests {
  private static let subject = "resolution:r"

  /// A vote of 5 with so many against and abstaining, as its totals tell; nil for what is not told.
  struct Vote: Sendable {
    let no: Int?
    let abstain: Int?
    let mode: Decision.Mode
  }

  private func mode(_ record: (inout Recording) throws -> Void, told: String) throws -> Decision.Mode? {
    var recording = Recording()
    try record(&recording)
    try recording.record(
      "resolution.adopted", "subject=\(Self.subject)", "occurred=2018-12-17", "institution=int/un/ga",
      "organ=General Assembly", "level=plenary", "mode=\(told)")
    return try recording.history(Self.subject).mode
  }

  private func dissociate(_ recording: inout Recording, _ arguments: String...) throws {
    try recording.record(
      checked(
        "statement.made",
        [
          "subject=\(Self.subject)", "occurred=2018-12-17", "country=US", "speaker=United States",
          "stance=dissociation",
        ] + arguments))
  }

  @Test(
    "A recorded vote is unanimous only if it tells that nobody was against it and nobody abstained",
    arguments: [
      Vote(no: 0, abstain: 0, mode: .unanimous), Vote(no: 1, abstain: 0, mode: .recordedVote),
      Vote(no: 0, abstain: 1, mode: .recordedVote), Vote(no: 0, abstain: nil, mode: .recordedVote),
      Vote(no: nil, abstain: nil, mode: .recordedVote),
    ])
  func recordedVote(_ vote: Vote) throws {
    let found = try mode(
      { recording in
        let totals = [vote.no.map { "no=\($0)" }, vote.abstain.map { "abstain=\($0)" }].compactMap { $0 }
        try recording.record(
          checked(
            "vote.recorded",
            [
              "subject=\(Self.subject)", "occurred=2018-12-17", "institution=int/un/ga", "on=text",
              "method=recorded", "yes=5",
            ] + totals))
      }, told: "vote")
    #expect(found == vote.mode)
  }

  @Test("A vote on paragraphs says nothing of the text")
  func paragraphs() throws {
    let found = try mode(
      { recording in
        try recording.record(
          "vote.recorded", "subject=\(Self.subject)", "occurred=2018-12-17", "on=paragraphs",
          "method=recorded",
          "yes=5", "no=0", "abstain=0")
      }, told: "vote")
    #expect(found == .vote)
  }

  @Test("A consensus is unanimous until somebody stands apart; no vote is no unanimity")
  func consensus() throws {
    #expect(try mode({ _ in }, told: "consensus") == .unanimous)
    #expect(try mode({ try dissociate(&$0) }, told: "consensus") == .consensus)
    #expect(try mode({ _ in }, told: "without-a-vote") == .withoutAVote)
  }

  @Test("A dissociation that a rival account denies leaves no unanimity; one that is set aside does")
  func disputed() throws {
    func rivals(_ recording: inout Recording) throws {
      try dissociate(&recording, "claim=apart")
      try recording.record(
        "statement.made", "subject=\(Self.subject)", "occurred=2018-12-17", "speaker=An essay", "claim=apart",
        "id=essay")
    }
    #expect(try mode({ try rivals(&$0) }, told: "consensus") == .consensus)
    let settled = try mode(
      { recording in
        try rivals(&recording)
        try recording.record(
          "account.preferred", "subject=\(Self.subject)", "occurred=2019", "event=1", "claim_key=apart",
          "reason=R")
      }, told: "consensus")
    #expect(settled == .unanimous)
  }
}
