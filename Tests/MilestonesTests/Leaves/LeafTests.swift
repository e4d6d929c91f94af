// The leaf: the bytes that stand in the log for good.

import CanonicalJSON
import Milestones
import Testing

@Suite("A leaf")
struct LeafTests {
  /// What the archivist types in the design's example of one event's whole way.
  static let example = [
    "subject=measure:us-115-hr4396", "occurred=2017-11-15", "country=US", "institution=us/congress/house",
    "identifier=H.R. 4396", "chamber=house", "sponsor=Jackie Speier", "title=ME TOO Congress Act",
    "confidence=confirmed", "source.citation=govinfo.gov BILLS-115hr4396ih",
  ]

  @Test("The example is one CloudEvents 1.0 event in canonical JSON, to the byte")
  func example() throws {
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.example))
    let schemaName = try Shipped.vocabulary().schemaName
    let stamped = try event.stamped(stamp(id: "0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0", schemaName: schemaName))
    #expect(
      text(stamped.leaf) == #"{"country":"US","data":{"chamber":"house","confidence":"confirmed","#
        + #""identifier":"H.R. 4396","sources":[{"citation":"govinfo.gov BILLS-115hr4396ih"}],"#
        + #""sponsor":["Jackie Speier"],"title":{"original":"ME TOO Congress Act"}},"dataschema":""#
        + schemaName
        + #"","id":"0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0","institution":"us/congress/house","#
        + #""occurred":"2017-11-15","recorded":"2026-11-23T20:15:04.123Z","recorder":"m.reyes","#
        + #""source":"https://example.org/metoo","specversion":"1.0","subject":"measure:us-115-hr4396","#
        + #""type":"bill.introduced"}"#)
    #expect(stamped.subject.text == "measure:us-115-hr4396")
    #expect(stamped.disclosures.isEmpty)
  }

  @Test("Every leaf is canonical, whatever text is in it")
  func canonical() throws {
    let texts = [
      "\"quoted\" \\ back", "two\nlines\t", "e\u{301} é", "\u{2028}\u{FFFE}", "米兔 😀", "</script>", "\u{FB33}",
    ]
    for text in texts {
      let event = try checked(
        "policy.announced", "subject=policy:x", "occurred=2018", "aim=\(text)", "title=\(text)",
        "title.es=\(text)",
        "note=\(text)", "source.citation=\(text)", "recorder=\(text)")
      let leaf = try event.stamped(stamp()).leaf
      #expect(try JSONText(parsing: leaf).isCanonical)
      #expect(sameBytes(try #require(json(leaf)["data"]?["aim"]?.string), text))
    }
    for type in try Shipped.vocabulary().allTypes where !type.example.isEmpty {
      let event = try Shipped.checker().check(Draft(type: type.name, arguments: type.example))
      #expect(try JSONText(parsing: event.stamped(stamp()).leaf).isCanonical, "\(type.name)")
    }
  }

  @Test("CloudEvents' own attributes are there, and time is not: it could be taken for the day of the event")
  func cloudEvents() throws {
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.example))
    let leaf = try json(event.stamped(stamp(id: "e1", origin: "example.org/log")).leaf)
    #expect(leaf["specversion"]?.string == "1.0")
    #expect(leaf["source"]?.string == "example.org/log")
    #expect(leaf["id"]?.string == "e1")
    #expect(leaf["time"] == nil)
    // CloudEvents 1.0, section 3.1: names of attributes are lower-case letters and digits.
    for key in try #require(leaf.object?.keys) {
      #expect(key.utf8.allSatisfy { ("a"..."z").contains(Character(Unicode.Scalar($0))) })
    }
  }

  @Test("An event before there is a vocabulary has no dataschema")
  func noSchema() throws {
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.example))
    #expect(try json(event.stamped(stamp(schemaName: nil)).leaf)["dataschema"] == nil)
    #expect(try json(event.stamped(stamp(schemaName: "annals:x")).leaf)["dataschema"]?.string == "annals:x")
  }

  @Test(
    "Dates are kept to the byte",
    arguments: ["2017-11-15", "2006?", "2018-05-07/2018-05-10", "XXXX", "../2017-06", "2017-%11"])
  func dates(_ date: String) throws {
    let event = try checked(
      "policy.announced", "subject=policy:x", "occurred=\(date)", "effective=\(date)", "unsourced=true")
    let leaf = try json(event.stamped(stamp()).leaf)
    #expect(leaf["occurred"]?.string == date)
    #expect(leaf["data"]?["effective"]?.string == date)
    #expect(leaf["effective"] == nil)
  }

  @Test("A leaf has 65,535 bytes at most; one byte more is a typed error that says so")
  func longest() throws {
    func event(noteBytes: Int) throws -> CheckedEvent {
      try checked(
        "policy.announced", "subject=policy:x", "occurred=2018", "unsourced=true",
        "note=\(String(repeating: "n", count: noteBytes))")
    }
    let frame = try event(noteBytes: 1).stamped(stamp()).leaf.count - 1
    #expect(try event(noteBytes: 65_535 - frame).stamped(stamp()).leaf.count == 65_535)
    let tooLong = try event(noteBytes: 65_536 - frame)
    let error = #expect(throws: DraftError.self) { try tooLong.stamped(stamp()) }
    #expect(error?.problems.count == 1)
    #expect(error?.description.contains("65536 bytes; 65535 is the most") == true)
  }

  @Test("A sealed text of any length does not lengthen the leaf")
  func sealedLength() throws {
    let short = try Testimony.stamped([Testimony.campaign, "occurred=2018", "narrative=x"])
    let long = try Testimony.stamped(
      [Testimony.campaign, "occurred=2018", "narrative=\(String(repeating: "x", count: 100_000))"])
    #expect(short.leaf.count == long.leaf.count)
  }

  @Test("A number that JSON cannot hold everywhere is a typed error")
  func number() throws {
    var draft = Draft()
    for (name, value) in [
      ("type", "vote.recorded"), ("subject", "resolution:x"), ("occurred", "2018"), ("on", "text"),
      ("method", "recorded"), ("unsourced", true), ("yes", .integer(.max)),
    ] as [(String, JSONValue)] { draft.add(name, value) }
    let found = try problems(of: draft)
    #expect(found.count == 1)
    #expect(found.first?.reason.contains("9007199254740991") == true)
  }

  @Test("An id that is given later is not part of what was supplied")
  func withID() throws {
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.example))
    let named = event.withID(try EventID("e9"))
    #expect(named.id?.text == "e9")
    #expect(named.suppliedBytes == event.suppliedBytes)
  }
}
