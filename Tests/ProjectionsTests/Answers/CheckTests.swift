// What does not add up: each kind of it, where it is told, from which day on and until when.

import Projections
import Testing

@Suite("What does not add up is told with its event, for whom it does not, and on which days")
struct CheckTests {
  private func anomalies(
    _ recording: Recording, _ scope: Scope = .world, on day: String = "2030-01-01"
  ) throws -> [String] {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) {
      try $0.anomalies(scope, onDay: number).map {
        "[\($0.ground.entry.position)] \($0.finding.kind.rawValue) \($0.subject) \($0.party ?? "-"): \($0.finding.detail)"
      }
    }
  }

  /// One event of each kind, on subjects at home in several places.
  private func recorded() throws -> Recording {
    var recording = Recording()
    try recording.record(
      "bill.failed", "subject=measure:m", "occurred=2017-01-01", "kind=lapsed", "country=US-CA",
      "institution=us/congress/house")
    try recording.record(
      "bill.passed", "subject=measure:m", "occurred=2018-01-01", "chamber=house", "country=US")
    try recording.record(
      "policy.announced", "subject=policy:p", "occurred=2029-06-01", "country=FR", "institution=fr/assemblee")
    try recording.record(
      "vote.recorded", "subject=resolution:r", "occurred=2018-02-01", "institution=int/un/ga", "on=text",
      "method=recorded", "yes=3", "members=FR=yes")
    try recording.record(
      "treaty.adopted", "subject=treaty:t", "occurred=2000-01-01", "organ=GA", "rule=1 + 30 days",
      "institution=int/un")
    try recording.record(
      "treaty.ratified", "subject=treaty:t", "occurred=1999-01-01", "country=US", "mode=ratification")
    try recording.record(
      "treaty.entered-into-force", "subject=treaty:t", "occurred=2003-01-01", "scope=general")
    try recording.record(
      "entity.linked", "subject=campaign:c", "occurred=2018-03-01", "kind=same_as", "other=campaign:gone",
      "country=US", "institution=us/congress")
    return recording
  }

  @Test("Steps, dates, rules, votes and links are told, in the order of recording")
  func kinds() throws {
    #expect(
      try anomalies(try recorded()) == [
        "[1] step measure:m -: cannot be passed after failed",
        "[2] date policy:p -: dated 2029-06-01, but recorded on 2026-11-23 already",
        "[3] vote resolution:r -: yes: the total is 3, but 1 of the members listed",
        "[5] date treaty:t US: dated 1999-01-01, before it was adopted on 2000-01-01 [4]",
        "[6] rule treaty:t -: dated 2003-01-01, but by the rule \"1 + 30 days\" it is 1999-01-31: number 1 is 1999-01-01 [5]",
        "[7] link campaign:c -: is linked (same_as) to campaign:gone, of which no event tells",
      ])
  }

  @Test("A country has what does not add up for subjects at home there and for itself as a party")
  func scopes() throws {
    let recording = try recorded()
    func positions(_ scope: Scope) throws -> [String] {
      try anomalies(recording, scope).map { String($0.prefix(3)) }
    }
    #expect(try positions(.country("US")) == ["[1]", "[5]", "[7]"])
    #expect(try positions(.country("US-CA")) == ["[1]"])
    #expect(try positions(.country("FR")) == ["[2]"])
    #expect(try positions(.country("U")).isEmpty)
    #expect(try positions(.institution("us/congress")) == ["[1]", "[7]"])
    #expect(try positions(.institution("us/congress/house")) == ["[1]"])
    #expect(try positions(.institution("int/un")) == ["[3]", "[5]", "[6]"])
    #expect(try positions(.subject("treaty:t")) == ["[5]", "[6]"])
    #expect(try positions(.subject("treaty:other")).isEmpty)
  }

  @Test("On a day only what had happened by then does not add up")
  func onDay() throws {
    let recording = try recorded()
    func positions(_ day: String) throws -> [String] {
      try anomalies(recording, on: day).map { String($0.prefix(3)) }
    }
    #expect(try positions("1998-12-31") == [])
    #expect(try positions("1999-01-01") == ["[5]"])
    #expect(try positions("2003-01-01") == ["[5]", "[6]"])
    #expect(try positions("2018-01-01") == ["[1]", "[5]", "[6]"])
    #expect(try positions("2018-03-01") == ["[1]", "[3]", "[5]", "[6]", "[7]"])
    #expect(try positions("2029-06-01").count == 6)
  }

  @Test("A step that another event explains does not add up until that is recorded, and no longer")
  func explained() throws {
    var recording = Recording()
    // Bound once more while in force: that does not add up, until it turns out that the party had left before.
    let treaty = "subject=treaty:t"
    for day in ["2000-01-01", "2005-01-01"] {
      try recording.record("treaty.ratified", treaty, "occurred=\(day)", "country=CL", "mode=accession")
    }
    try recording.record(
      "treaty.entered-into-force", treaty, "occurred=2001-01-01", "country=CL", "scope=party")
    #expect(try anomalies(recording) == ["[1] step treaty:t CL: cannot be bound after in-force"])
    #expect(try recording.standing("treaty:t", party: "CL")?.anomalyCount == 1)
    try recording.record("treaty.ended", treaty, "occurred=2003-01-01", "country=CL", "scope=party")
    #expect(try anomalies(recording) == [])
    #expect(try recording.standing("treaty:t", party: "CL")?.anomalyCount == 0)
  }

  @Test("A certain step from a stage that was only possible is no anomaly once that has come true")
  func untilCertain() throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:m", "occurred=2017-01-01", "identifier=1", "chamber=house")
    try recording.record("bill.failed", "subject=measure:m", "occurred=2017-02-01", "kind=lapsed")
    try recording.record("bill.vetoed", "subject=measure:m", "occurred=2017-03", "kind=regular")
    let history = try recording.history("measure:m", on: "2017-03-10")
    #expect(history.anomalies.map(\.ground.certainty) == [.possible])
    #expect(try recording.history("measure:m").anomalies.map(\.ground.certainty) == [.certain])
  }

  @Test("An amendment that does not add up is told for itself, with the event on its resolution")
  func movedFromElsewhere() throws {
    var recording = Recording()
    for result in ["adopted", "rejected"] {
      try recording.record(
        "amendment.decided", "subject=resolution:r", "occurred=2018-11-1\(result == "adopted" ? 1 : 2)",
        "amendment=amendment:a", "result=\(result)")
    }
    #expect(try anomalies(recording) == ["[1] step amendment:a -: cannot be rejected after adopted"])
    #expect(try anomalies(recording, .subject("resolution:r")).isEmpty)
    #expect(try recording.standing("amendment:a")?.anomalyCount == 1)
  }

  @Test("Who leaves before the first entry that is told does not add up from the day of that entry on")
  func exitBeforeEntry() throws {
    var recording = Recording()
    let treaty = "subject=treaty:t"
    try recording.record("treaty.denounced", treaty, "occurred=1999-01-01", "country=CL")
    try recording.record("treaty.ended", treaty, "occurred=2000-01-01", "country=CL", "scope=party")
    #expect(try anomalies(recording).isEmpty, "it came in unrecorded, as far as anybody knows")
    try recording.record("treaty.ratified", treaty, "occurred=2005-01-01", "country=CL", "mode=accession")
    #expect(try anomalies(recording, on: "2004-12-31").isEmpty)
    #expect(
      try anomalies(recording) == [
        "[0] date treaty:t CL: dated 1999-01-01, but the first entry told is of 2005-01-01 [2]: a date is wrong, or an entry is missing"
      ])
    #expect(try recording.stage("treaty:t", party: "CL") == "bound")
  }

  @Test("Of the events from a position on, what does not add up in the end is told, whoever's it is")
  func fromPosition() throws {
    let recording = try recorded()
    for first in Int64(0)...8 {
      var found: [ViewSnapshot.FoundInEvent] = []
      try recording.views().snapshot(of: recording.log) { views in
        try views.eachAnomaly(from: first) { found.append($0) }
      }
      // Links are told by the check alone: the other end may come with the next event.
      #expect(found.map(\.position) == [1, 2, 3, 5, 6].filter { $0 >= first })
      #expect(found.filter { $0.party == "US" }.map(\.position) == [5].filter { $0 >= first })
    }
  }
}
