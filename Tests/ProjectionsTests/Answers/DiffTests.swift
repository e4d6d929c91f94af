// What changed between two points of knowledge or two days, on ledgers small enough to see through.

import CanonicalJSON
import Projections
import Testing

@Suite("A difference tells what was added, corrected, retracted, moved, disputed and settled")
struct DiffTests {
  private let subject = "measure:us-115-hr4396"

  /// A bill introduced (0) and passed (1).
  private func passed() throws -> Recording {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2017-11-15", "country=US", "institution=us/congress",
      "identifier=H.R.4396", "chamber=house", "title=ME TOO Congress Act")
    try recording.record(
      "bill.passed", "subject=\(subject)", "occurred=2018-02-06", "country=US", "chamber=house",
      "source.citation=one")
    return recording
  }

  private func changes(
    _ recording: Recording, since position: Int64, in scope: Scope = .world, on day: String = "2030-01-01",
    knownAt: Int64? = nil
  ) throws -> [Change] {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log, knownAt: knownAt) {
      try $0.changes(since: position, scope, onDay: number)
    }
  }

  /// A change in a line: kind, event, cause and reason, fields.
  private func line(_ change: Change) -> String {
    let fields = change.fields.map { "\($0.field) \(words($0.old))>\(words($0.new))" }
    return
      ([
        change.kind.rawValue, change.ground.map { "\($0.entry.position)" } ?? change.claim ?? change.subject,
        change.cause.map { "by \($0.position) \($0.reason ?? "-")" },
      ].compactMap { $0 } + fields).joined(separator: " ")
  }

  private func words(_ value: JSONValue) -> String {
    value == .null ? "-" : value.string ?? value.integer.map { "\($0)" } ?? value["original"]?.string ?? "…"
  }

  @Test("An event that was recorded is added, and what it moved has moved")
  func added() throws {
    var recording = try passed()
    try recording.record(
      "bill.enacted", "subject=\(subject)", "occurred=2018-12-21", "country=US", "law_number=P.L. 1",
      "source.citation=two")
    #expect(
      try changes(recording, since: 1).map(line) == [
        "added 2",
        "moved \(subject) stage passed>enacted detail house>P.L. 1 since 2018-02-06>2018-12-21 lastPosition 1>2 "
          + "sourceCount 1>2",
      ])
    // On a day before it, only knowledge of the event differs.
    #expect(try changes(recording, since: 1, on: "2018-06-01").map(line) == ["added 2"])
    #expect(try changes(recording, since: 2).isEmpty)
    #expect(try changes(recording, since: 1, knownAt: 1).isEmpty)
  }

  @Test(
    "From its first event on, a subject or party is there; a party of which nothing that counts tells is not")
  func appearedAndVanished() throws {
    var recording = try passed()
    try recording.record("bill.announced", "subject=measure:b", "occurred=2018", "country=CL")
    let new = try changes(recording, since: 1)
    #expect(new.map(\.kind) == [.added, .appeared] && new.map(\.country) == ["CL", "CL"])
    #expect(new.last?.before == nil && new.last?.after?.stage == "announced")
    #expect(try changes(recording, since: 1, on: "2017-12-31").map(\.kind) == [.added], "not there yet")
    try recording.record(
      "treaty.ratified", "subject=treaty:t", "occurred=2018-03-01", "country=FR", "mode=ratification")
    let joined = try changes(recording, since: 2)
    #expect(joined.filter { $0.kind == .appeared }.map(\.party) == [nil, "FR"])
    try recording.record(retraction(of: 3, about: "treaty:t", reason: "duplicate"))
    let vanished = try changes(recording, since: 3)
    #expect(
      vanished.filter { $0.country == "FR" }.map(line) == [
        "retracted 3 by 4 duplicate",
        "vanished treaty:t country FR>- stage bound>- detail ratification>- certainty certain>- "
          + "since 2018-03-01>- lastPosition 3>- sourceCount 0>- anomalyCount 0>- disputeCount 0>-",
      ])
    #expect(
      vanished.filter { $0.kind == .vanished }.map(\.party) == ["FR"], "what retracts tells of the treaty")
  }

  @Test("A correction tells field by field what stood and what stands, with its reason")
  func corrected() throws {
    var recording = try passed()
    try recording.record(
      correction(
        of: 1, about: subject, old: ["occurred": "2018-02-06", "chamber": "house"],
        new: ["occurred": "2018-02-07", "chamber": "senate", "title": ["original": "Passed"]],
        reason: "the Record says so"))
    let corrected = try changes(recording, since: 1)
    #expect(
      corrected.map(line) == [
        "added 2",
        "corrected 1 by 2 the Record says so occurred 2018-02-06>2018-02-07 chamber house>senate title ->Passed",
        "changed \(subject) detail house>senate since 2018-02-06>2018-02-07 lastPosition 1>2",
      ])
    #expect(corrected.allSatisfy { $0.country == "US" || $0.kind == .added })
    // A correction of the correction changes the same field once more; its own text changed too.
    try recording.record(
      correction(
        of: 2, about: subject, old: ["new": ["occurred": "2018-02-07"]],
        new: ["new": ["occurred": "2018-02-08"]],
        reason: "again"))
    let again = try changes(recording, since: 2).filter { $0.kind == .corrected }
    #expect(again.count == 2 && again.allSatisfy { $0.cause?.position == 3 }, "\(again.map(line))")
    #expect(
      again.contains {
        $0.ground?.entry.position == 1
          && $0.fields.map { "\($0.field) \(words($0.old))>\(words($0.new))" } == [
            "occurred 2018-02-07>2018-02-08", "chamber senate>-", "title Passed>-",
          ]
      }, "\(again.map(line))")
  }

  @Test("A retraction or a correction that is itself retracted brings back what stood")
  func broughtBack() throws {
    var recording = try passed()
    try recording.record(retraction(of: 1, about: subject, reason: "wrong-subject"))
    try recording.record(retraction(of: 2, about: subject, reason: "duplicate"))
    #expect(
      try changes(recording, since: 1, knownAt: 2).map(line) == [
        "added 2", "retracted 1 by 2 wrong-subject",
        "moved \(subject) stage passed>introduced detail house>- since 2018-02-06>2017-11-15 lastPosition 1>2 "
          + "sourceCount 1>0",
      ])
    let back = try changes(recording, since: 2).filter { [.retracted, .broughtBack].contains($0.kind) }
    #expect(
      Set(back.map(line)) == ["retracted 2 by 3 duplicate", "brought-back 1 by 3 duplicate"])
    // Over both, the event reads as it did.
    #expect(try changes(recording, since: 1).map(\.kind) == [.added, .added, .counted])
    try recording.record(
      correction(of: 1, about: subject, old: ["chamber": "house"], new: ["chamber": "senate"]))
    try recording.record(retraction(of: 4, about: subject, reason: "false"))
    #expect(
      try changes(recording, since: 4).filter { $0.kind == .broughtBack }.map(line) == [
        "brought-back 1 by 5 false chamber senate>house"
      ])
  }

  @Test("Claims come to be disputed, are settled by a preference, and are opened again")
  func claims() throws {
    var recording = try passed()
    try recording.record(
      "bill.enacted", "subject=\(subject)", "occurred=2018-06-01", "claim=fate", "source.citation=one")
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2019-01-03", "kind=lapsed", "claim=fate")
    let prefer = ["subject=\(subject)", "occurred=2020-05-01", "claim_key=fate"]
    try recording.record(checked("account.preferred", prefer + ["event=3", "reason=Journal"]))
    try recording.record(checked("account.preferred", prefer + ["reason=unsure"]))
    try recording.record(retraction(of: 3, about: subject))
    func claims(_ from: Int64, _ to: Int64, on day: String = "2030-01-01") throws -> [String] {
      try changes(recording, since: from, on: day, knownAt: to).filter { $0.claim != nil }.map(line)
    }
    #expect(try claims(1, 2).isEmpty, "one account is no dispute")
    #expect(try claims(2, 3) == ["disputed fate"])
    #expect(try claims(3, 4) == ["settled fate by 4 Journal"])
    #expect(try claims(4, 5) == ["reopened fate by 5 unsure"])
    #expect(try claims(5, 6) == ["agreed fate"])
    #expect(try claims(1, 4) == ["settled fate by 4 Journal"])
    #expect(try claims(1, 6).isEmpty)
    #expect(try claims(2, 3, on: "2018-05-31").isEmpty, "before the first account there is none")
    // An account that nobody had weighed opens the claim again as well.
    var weighed = Recording()
    for event in ["2018-06-01", "2018-06-02"] {
      try weighed.record("bill.announced", "subject=measure:b", "occurred=\(event)", "claim=day")
    }
    try weighed.record(
      "account.preferred", "subject=measure:b", "occurred=2020", "claim_key=day", "event=1", "reason=x")
    try weighed.record("bill.announced", "subject=measure:b", "occurred=2018-06-03", "claim=day")
    let opened = try changes(weighed, since: 2).filter { $0.claim == "day" && $0.ground == nil }
    #expect(opened.map(\.kind) == [.reopened] && opened.first?.cause?.position == 3)
  }

  @Test("A scope has what lies in it on either side; places without a country come first")
  func scopes() throws {
    var recording = try passed()
    try recording.record(
      correction(of: 0, about: subject, old: ["country": "US"], new: ["country": "CA"]))
    try recording.record(
      "resolution.tabled", "subject=resolution:r", "occurred=2018", "symbol=L.1", "organ=C3")
    for country in ["US", "CA"] {
      let kinds = try changes(recording, since: 1, in: .country(country)).map(\.kind)
      #expect(kinds.contains(.changed) && kinds.contains(.corrected), "\(country): \(kinds)")
    }
    #expect(try changes(recording, since: 1, in: .country("CL")).isEmpty)
    #expect(
      try changes(recording, since: 1, in: .subject("resolution:r")).map(\.kind) == [.added, .appeared])
    let countries = try changes(recording, since: 1).map { $0.country ?? "" }
    #expect(countries == countries.sorted() && countries.first == "" && countries.last == "CA")
  }

  @Test("Between two days: what happened, what moved, and which disputes began")
  func days() throws {
    var recording = try passed()
    try recording.record("bill.enacted", "subject=\(subject)", "occurred=2018-06-01", "claim=fate")
    try recording.record(
      "bill.failed", "subject=\(subject)", "occurred=2019-01-03", "kind=lapsed", "claim=fate")
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2018-03-01", "identifier=x", "chamber=house")
    try recording.record(retraction(of: 4, about: subject))
    func between(_ first: String, _ last: String, _ scope: Scope = .world) throws -> [String] {
      let days = (try dayNumber(first), try dayNumber(last))
      return try recording.views().snapshot(of: recording.log) {
        try $0.changes(fromDay: days.0, toDay: days.1, scope)
      }.filter { $0.kind != .counted }.map { "\($0.kind.rawValue) \($0.ground?.entry.position ?? -1)" }
    }
    #expect(try between("2017-11-14", "2017-11-15") == ["happened 0", "appeared -1"])
    #expect(try between("2017-11-15", "2018-02-06") == ["happened 1", "moved -1"])
    #expect(try between("2018-05-31", "2018-06-01") == ["happened 2", "disputed -1", "changed -1"])
    #expect(try between("2018-06-01", "2019-01-03") == ["happened 3"])
    #expect(try between("2018-02-06", "2018-03-01").isEmpty, "what was retracted did not happen")
    #expect(try between("2018-02-06", "2018-02-06").isEmpty)
    #expect(try between("2017-11-15", "2018-02-06", .country("CL")).isEmpty)
  }
}
