// What rows there are, where they are at home and what they are called.

import Milestones
import Projections
import Testing

@Suite("Rows stand at their home, under their title")
struct RowTests {
  private func status(_ recording: Recording, _ scope: Scope, on day: String = "2030-01-01") throws
    -> [StatusRow]
  {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) { try $0.status(scope, onDay: number) }
  }

  private func timeline(_ recording: Recording, _ scope: Scope, on day: String = "2030-01-01") throws
    -> [EntryRow]
  {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log) { try $0.timeline(scope, throughDay: number) }
  }

  @Test("Home and title are those of the registration, whenever it was entered and whatever its date")
  func registration() throws {
    var recording = Recording()
    try recording.record(
      "bill.passed", "subject=measure:a", "occurred=2017-01-01", "country=FR", "institution=fr/assemblee",
      "chamber=a", "title=Passed")
    #expect(try recording.standing("measure:a")?.country == "FR")
    #expect(try recording.standing("measure:a")?.title == "Passed")
    try recording.record(
      "entity.registered", "subject=measure:a", "occurred=2018", "country=US",
      "institution=us/congress/house", "title=The Act", "title.fr=La loi")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.country == "US")
    #expect(row.institution == "us/congress/house")
    #expect(row.title == "The Act")
  }

  @Test("Without a registration home is that of the event that happened first")
  func firstEvent() throws {
    var recording = Recording()
    try recording.record(
      "bill.enacted", "subject=measure:a", "occurred=2018-12-21", "country=US", "institution=us/president",
      "title=Signed")
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2018-12-13", "country=US",
      "institution=us/congress/senate", "title=The Act", "identifier=1", "chamber=senate")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.institution == "us/congress/senate")
    #expect(row.title == "The Act")
    #expect(row.lastPosition == 1)
  }

  @Test("A treaty is not at home in the country that signed it first, nor a campaign where it only came to")
  func partiesGiveNoHome() throws {
    var recording = Recording()
    let treaty = "subject=treaty:t"
    try recording.record("treaty.signed", treaty, "occurred=1998-01-01", "country=CA", "institution=int/un")
    #expect(try recording.standing("treaty:t")?.country == nil)
    #expect(try recording.standing("treaty:t")?.institution == "int/un")
    #expect(try recording.standing("treaty:t", party: "CA")?.country == "CA")
    try recording.record(
      "treaty.adopted", treaty, "occurred=1999-01-01", "organ=Conference", "institution=int/ilo/ilc")
    #expect(try recording.standing("treaty:t")?.institution == "int/ilo/ilc")
    #expect(try recording.standing("treaty:t", party: "CA")?.institution == "int/ilo/ilc")
    try recording.record("campaign.spread", "subject=campaign:c", "occurred=2017", "country=FR")
    #expect(try recording.standing("campaign:c")?.country == nil)
    try recording.record(
      "campaign.launched", "subject=campaign:c", "occurred=2018", "country=US", "form=march")
    #expect(try recording.standing("campaign:c")?.country == "US")
  }

  @Test("A description gives the title only where no other event has one")
  func description() throws {
    var recording = Recording()
    try recording.record("entity.described", "subject=campaign:a", "occurred=2016", "title=Also called")
    try recording.record("campaign.founded", "subject=campaign:a", "occurred=2017")
    #expect(try recording.standing("campaign:a")?.title == "Also called")
    try recording.record(
      "campaign.launched", "subject=campaign:a", "occurred=2018", "form=march", "title=The March")
    #expect(try recording.standing("campaign:a")?.title == "The March")
  }

  @Test("A country has its subdivisions, and no country beside it")
  func subdivisions() throws {
    var recording = Recording()
    for (name, country) in [
      ("a", "US"), ("b", "US-CA"), ("c", "UY"), ("d", "UG"), ("e", "CA"), ("f", "US-NY"),
    ] {
      try recording.record(
        "campaign.founded", "subject=campaign:\(name)", "occurred=2017", "country=\(country)")
    }
    #expect(
      try status(recording, .country("US")).map(\.subject) == ["campaign:a", "campaign:b", "campaign:f"])
    #expect(try status(recording, .country("US-CA")).map(\.subject) == ["campaign:b"])
    #expect(try status(recording, .country("U")).isEmpty)
    #expect(
      try timeline(recording, .country("US")).map(\.subject) == ["campaign:a", "campaign:b", "campaign:f"])
  }

  @Test("An institution has what is under it, and none that only begins like it")
  func institutions() throws {
    var recording = Recording()
    let paths = [
      "us/congress", "us/congress/house", "us/congress-library", "us/congress/senate", "us", "us/congress0",
    ]
    for (index, path) in paths.enumerated() {
      try recording.record(
        "event.held", "subject=institution:i\(index)", "occurred=2017", "institution=\(path)", "form=hearing")
    }
    #expect(
      try Set(status(recording, .institution("us/congress")).map(\.subject))
        == ["institution:i0", "institution:i1", "institution:i3"])
    #expect(
      try Set(timeline(recording, .institution("us/congress")).map(\.subject))
        == ["institution:i0", "institution:i1", "institution:i3"])
    #expect(try status(recording, .institution("us")).count == 6)
  }

  @Test("A subject without stages has a row from its first event on")
  func withoutStages() throws {
    var recording = Recording()
    try recording.record(
      "statement.signed", "subject=statement:s", "occurred=2017-11-28", "country=US", "source.citation=a",
      "source.citation=b")
    let row = try #require(try status(recording, .world).first)
    #expect(row.stage == nil)
    #expect(row.certainty == nil)
    #expect(row.sourceCount == 2)
    #expect(try status(recording, .world, on: "2017-11-27").isEmpty)
    #expect(try status(recording, .world, on: "2017-11-28").count == 1)
  }

  @Test("Testimonies are no rows; sealed they are on no timeline, public they are")
  func testimonies() throws {
    var recording = Recording()
    try recording.record("testimony.shared", "campaign=campaign:metoo", "occurred=2018-03-04", "country=CL")
    try recording.record("campaign.founded", "subject=campaign:metoo", "occurred=2006")
    #expect(try status(recording, .world).map(\.subject) == ["campaign:metoo"])
    #expect(try timeline(recording, .world).map(\.subject) == ["campaign:metoo"])
    #expect(try status(recording, .country("CL")).isEmpty)
    try recording.record(
      checked(
        "testimony.shared",
        [
          "subject=testimony:t", "campaign=campaign:metoo", "occurred=2018", "country=US", "public=true",
          "unsourced=true",
        ]))
    #expect(try status(recording, .world).map(\.subject) == ["campaign:metoo"])
    #expect(try timeline(recording, .country("US")).map(\.subject) == ["testimony:t"])
  }

  @Test("A timeline goes by what happened, and ends with the day that is asked for")
  func timeline() throws {
    var recording = Recording()
    for date in ["2018-05-01", "2017-05-01", "2018", "XXXX", "2019-01-01"] {
      try recording.record("campaign.launched", "subject=campaign:c", "occurred=\(date)", "form=march")
    }
    #expect(
      try timeline(recording, .world, on: "2018-12-31").map(\.occurred) == [
        "XXXX", "2017-05-01", "2018", "2018-05-01",
      ])
    #expect(try timeline(recording, .subject("campaign:c")).map(\.position) == [3, 1, 2, 0, 4])
    #expect(try timeline(recording, .subject("campaign:d")).isEmpty)
  }

  @Test("The vocabulary and the opening of the ledger are no part of the world")
  func ledgerEvents() throws {
    let time = RecordedTime(milliseconds: Recording.startMilliseconds)
    let vocabulary = try Shipped.vocabulary()
    let recording = try Recording(
      [
        LedgerEvents.opened(
          origin: "example.org", floor: 5, codesDigest: "", vocabulary: vocabulary, at: time)
      ]
        + LedgerEvents.adopted(vocabulary, at: time))
    #expect(try status(recording, .world).isEmpty)
    #expect(try timeline(recording, .world).isEmpty)
    #expect(try recording.views().size() == Int64(recording.log.events.count))
  }

  @Test("A snapshot says how much of the log it contains, and when that was recorded")
  func snapshot() throws {
    var recording = Recording()
    try recording.record("campaign.founded", "subject=campaign:a", "occurred=2017")
    try recording.record("campaign.founded", "subject=campaign:b", "occurred=2017")
    let views = try recording.views()
    #expect(try views.snapshot(of: recording.log, \.knownAt) == 1)
    #expect(
      try views.snapshot(of: recording.log, \.recorded).milliseconds == Recording.startMilliseconds + 1_000)
    #expect(
      try views.snapshot(of: recording.log) { try $0.subjects(ofKind: "campaign") } == [
        "campaign:a", "campaign:b",
      ])
    #expect(try views.snapshot(of: recording.log) { try $0.subjects(ofKind: "camp") }.isEmpty)
    #expect(try views.snapshot(of: recording.log) { try $0.history(of: "campaign:x", onDay: 0) == nil })
  }
}
