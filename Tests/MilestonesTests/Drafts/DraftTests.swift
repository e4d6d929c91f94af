// The forms in which an event can be given: whichever is used, the same content is the same draft.

import CanonicalJSON
import Milestones
import Testing

@Suite("The forms of a draft")
struct DraftTests {
  /// The event that every form below gives.
  static let arguments = [
    "id=e1", "subject=measure:us-115-hr4396", "occurred=2017-11-15", "effective=2017-11-16", "country=US",
    "institution=us/congress/house", "identifier=H.R. 4396", "chamber=house", "sponsor=Jackie Speier",
    "sponsor=Ryan Costello", "companion=measure:us-115-s2159", "title=ME TOO Congress Act",
    "title.zh-Hans=我也是法案",
    "confidence=confirmed", "claim=us-115-hr4396", "account=govinfo", "note=As printed.", "recorder=m.reyes",
    "link.derived_from=campaign:metoo", "source.citation=govinfo.gov BILLS-115hr4396ih",
    "source.url=https://www.govinfo.gov/", "source.media_type=application/pdf",
  ]

  static let flat = """
    { "type": "bill.introduced", "id": "e1", "subject": "measure:us-115-hr4396", "occurred": "2017-11-15",
      "effective": "2017-11-16", "country": "US", "institution": "us/congress/house", "identifier": "H.R. 4396",
      "chamber": "house", "sponsor": ["Jackie Speier", "Ryan Costello"], "companion": "measure:us-115-s2159",
      "title": "ME TOO Congress Act", "title.zh-Hans": "我也是法案", "confidence": "confirmed",
      "claim": "us-115-hr4396", "account": "govinfo", "note": "As printed.", "recorder": "m.reyes",
      "link.derived_from": "campaign:metoo", "source.citation": "govinfo.gov BILLS-115hr4396ih",
      "source.url": "https://www.govinfo.gov/", "source.media_type": "application/pdf" }
    """

  static let nested = """
    { "sources": [{ "url": "https://www.govinfo.gov/", "media_type": "application/pdf",
                    "citation": "govinfo.gov BILLS-115hr4396ih" }],
      "links": { "derived_from": ["campaign:metoo"] },
      "title": { "zh-Hans": "我也是法案", "original": "ME TOO Congress Act" },
      "recorder": "m.reyes", "note": "As printed.", "account": "govinfo", "claim": "us-115-hr4396",
      "confidence": "confirmed", "companion": ["measure:us-115-s2159"], "sponsor": ["Jackie Speier", "Ryan Costello"],
      "chamber": "house", "identifier": "H.R. 4396", "institution": "us/congress/house", "country": "US",
      "effective": "2017-11-16", "occurred": "2017-11-15", "subject": "measure:us-115-hr4396", "id": "e1",
      "type": "bill.introduced" }
    """

  /// As a sheet has it: hyphens in the names of columns, cells that are empty, a column for each value of a list.
  static let row: [(column: String, cell: String)] = [
    ("type", "bill.introduced"), ("id", "e1"), ("subject", "measure:us-115-hr4396"),
    ("occurred", "2017-11-15"),
    ("effective", "2017-11-16"), ("country", "US"), ("institution", "us/congress/house"),
    ("identifier", "H.R. 4396"),
    ("chamber", "house"), ("sponsor", "Jackie Speier"), ("sponsor", ""), ("sponsor", "Ryan Costello"),
    ("companion", "measure:us-115-s2159"), ("title", "ME TOO Congress Act"), ("title.zh-Hans", "我也是法案"),
    ("title.es", ""), ("confidence", "confirmed"), ("claim", "us-115-hr4396"), ("account", "govinfo"),
    ("note", "As printed."), ("recorder", "m.reyes"), ("link.derived-from", "campaign:metoo"),
    ("source.citation", "govinfo.gov BILLS-115hr4396ih"), ("source.url", "https://www.govinfo.gov/"),
    ("source.media-type", "application/pdf"), ("effective", ""),
  ]

  private func expected() throws -> String {
    text(try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.arguments)).suppliedBytes)
  }

  @Test("What was supplied is one canonical JSON text, told apart from what the ledger adds")
  func supplied() throws {
    #expect(
      try expected()
        == #"{"country":"US","data":{"account":"govinfo","chamber":"house","claim":"us-115-hr4396","#
        + #""companion":"measure:us-115-s2159","confidence":"confirmed","effective":"2017-11-16","#
        + #""identifier":"H.R. 4396","links":{"derived_from":["campaign:metoo"]},"note":"As printed.","#
        + #""sources":[{"citation":"govinfo.gov BILLS-115hr4396ih","media_type":"application/pdf","#
        + #""url":"https://www.govinfo.gov/"}],"sponsor":["Jackie Speier","Ryan Costello"],"#
        + #""title":{"original":"ME TOO Congress Act","zh-Hans":"我也是法案"}},"#
        + #""institution":"us/congress/house","occurred":"2017-11-15","sealed":{},"#
        + #""subject":"measure:us-115-hr4396","type":"bill.introduced"}"#)
  }

  @Test("Flat JSON, nested JSON and a row of a table are the same draft as the arguments")
  func forms() throws {
    let checker = try Shipped.checker()
    #expect(text(try checker.check(draft(json: Self.flat)).suppliedBytes) == (try expected()))
    #expect(text(try checker.check(draft(json: Self.nested)).suppliedBytes) == (try expected()))
    #expect(text(try checker.check(Draft(row: Self.row)).suppliedBytes) == (try expected()))
  }

  @Test("The order of the arguments means nothing, but for lists and sources")
  func order() throws {
    let reversed = Array(Self.arguments.filter { !$0.hasPrefix("sponsor=") }.reversed())
    let sponsors = Self.arguments.filter { $0.hasPrefix("sponsor=") }
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: sponsors + reversed))
    #expect(text(event.suppliedBytes) == (try expected()))
    let other = try Shipped.checker().check(
      Draft(type: "bill.introduced", arguments: sponsors.reversed() + reversed))
    #expect(text(other.suppliedBytes) != (try expected()))
  }

  @Test("A whole event that is read back from a log is the same draft, whatever the ledger had stamped on it")
  func readBack() throws {
    let checker = try Shipped.checker()
    let event = try checker.check(draft(json: Self.flat))
    let leaf = try event.stamped(stamp(id: "e1")).leaf
    let again = try checker.check(draft(json: text(leaf)))
    #expect(text(again.suppliedBytes) == (try expected()))
    #expect(try again.stamped(stamp(id: "e1")).leaf == leaf)
  }

  @Test("An event that left id, recorder and confidence to the ledger is the same draft when it is read back")
  func readBackWithDefaults() throws {
    let event = try checked("policy.announced", "subject=policy:x", "occurred=2018-01", "unsourced=true")
    let leaf = try event.stamped(stamp(id: "made-by-the-ledger", recorder: "somebody")).leaf
    let again = try Shipped.checker().check(draft(json: text(leaf)))
    #expect(again.id?.text == "made-by-the-ledger")
    #expect(again.recorder == "somebody")
    #expect(again.suppliedBytes == event.suppliedBytes)
  }

  @Test("A whole event of another producer is read, its time and content type left aside")
  func cloudEvent() throws {
    let event = try Shipped.checker().check(
      draft(
        json: """
          { "specversion": "1.0", "source": "https://other.example", "time": "2026-01-01T00:00:00Z",
            "datacontenttype": "application/json", "id": "e1", "type": "policy.announced",
            "subject": "policy:x", "occurred": "2018-01", "data": { "aim": "a code", "unsourced": true } }
          """))
    #expect(event.id?.text == "e1")
    #expect(event.data["aim"]?.string == "a code")
  }

  @Test("An event that was public is public when it is read back; nothing of it is sealed on the way")
  func publicReadBack() throws {
    for event in [
      try checked(
        "testimony.shared", "campaign=campaign:metoo", "subject=testimony:speech-1", "occurred=2018-03-05",
        "country=US",
        "person=A senator", "public=true", "id=e1", "recorder=m.reyes", "confidence=confirmed",
        "source.citation=Record"),
      try checked(
        "statement.signed", "subject=statement:letter", "occurred=2018", "list=A", "list=B", "public=true",
        "id=e1",
        "recorder=m.reyes", "confidence=confirmed", "unsourced=true"),
    ] {
      let leaf = try event.stamped(stamp(id: "e1")).leaf
      let again = try Shipped.checker().check(draft(json: text(leaf)))
      #expect(text(again.suppliedBytes) == text(event.suppliedBytes))
      #expect(try again.stamped(stamp(id: "e1")).leaf == leaf)
    }
  }

  @Test("A sealed event cannot be read back: what is sealed is not in it")
  func sealedReadBack() throws {
    let sealed = try checked("testimony.shared", "campaign=campaign:metoo", "occurred=2018", "person=Aurora")
    let leaf = text(try sealed.stamped(stamp()).leaf)
    let error = #expect(throws: DraftError.self) { try draft(json: leaf) }
    #expect(error?.problems.count == 1)
    #expect(error?.description.contains("cannot be entered again") == true)
  }

  @Test("Names can be written with hyphens or underscores; the tag of a title keeps its hyphens")
  func spelling() throws {
    for (hyphen, underscore) in [
      (["law-number=Pub.L. 115-397"], ["law_number=Pub.L. 115-397"]),
      (["source.media-type=text/html"], ["source.media_type=text/html"]),
      (["link.companion-of=measure:b"], ["link.companion_of=measure:b"]),
    ] {
      let common = [
        "subject=measure:a", "occurred=2018", "source.citation=c", "title=t", "title.zh-Latn-pinyin=u",
      ]
      let checker = try Shipped.checker()
      let one = try checker.check(Draft(type: "bill.enacted", arguments: common + hyphen))
      let other = try checker.check(Draft(type: "bill.enacted", arguments: common + underscore))
      #expect(text(one.suppliedBytes) == text(other.suppliedBytes))
      #expect(one.data["title"]?["zh-Latn-pinyin"]?.string == "u")
    }
  }

  @Test("The parts of nested sources and links can be written with hyphens too")
  func nestedSpelling() throws {
    let event = try Shipped.checker().check(
      draft(
        json: """
          { "type": "policy.announced", "subject": "policy:x", "occurred": "2018",
            "sources": [{ "citation": "c", "media-type": "text/html" }], "links": { "derived-from": "campaign:metoo" } }
          """))
    #expect(event.data["sources"]?.array?.first?["media_type"]?.string == "text/html")
    #expect(event.data["links"]?["derived_from"]?.array?.count == 1)
  }

  @Test("A part of a source that is repeated begins the next source")
  func repeatedParts() throws {
    let event = try checked(
      "policy.announced", "subject=policy:x", "occurred=2018", "source.citation=First", "source.page=3",
      "source.citation=Second", "source.url=https://example.org/", "source.page=4", "source.page=5",
      "source.citation=Third")
    let expected: JSONValue = [
      ["citation": "First", "page": "3"], ["citation": "Second", "page": "4", "url": "https://example.org/"],
      ["citation": "Third", "page": "5"],
    ]
    #expect(event.data["sources"] == expected)
    let nested = try Shipped.checker().check(
      draft(
        json: """
          { "type": "policy.announced", "subject": "policy:x", "occurred": "2018", "sources": [
            { "citation": "First", "page": "3" }, { "citation": "Second", "page": 4, "url": "https://example.org/" },
            { "page": "5", "citation": "Third" }] }
          """))
    #expect(text(nested.suppliedBytes) == text(event.suppliedBytes))
  }

  @Test("Numbers and truth values of JSON are the same as their words")
  func typed() throws {
    let words = try checked(
      "vote.recorded", "subject=resolution:x", "occurred=2018", "on=text", "method=recorded", "yes=130",
      "no=0",
      "unsourced=true")
    let values = try Shipped.checker().check(
      draft(
        json: """
          { "type": "vote.recorded", "subject": "resolution:x", "occurred": 2018, "on": "text", "method": "recorded",
            "yes": 130, "no": -0, "unsourced": true }
          """))
    #expect(text(words.suppliedBytes) == text(values.suppliedBytes))
    #expect(words.data["yes"] == 130)
    #expect(words.data["unsourced"] == true)
  }

  @Test("An equals sign in a value belongs to the value, and an empty value is not the same as none")
  func equalsSign() throws {
    let event = try checked(
      "policy.announced", "subject=policy:x", "occurred=2018", "aim=a=b==c", "unsourced=true")
    #expect(event.data["aim"]?.string == "a=b==c")
    let empty = try problems(
      "policy.announced", ["subject=policy:x", "occurred=2018", "aim=", "unsourced=true"])
    #expect(empty.map(\.description) == ["aim: is empty. Give a value, or leave the field out."])
  }

  @Test("An argument without a name is refused by its number, since what it says may be what is to be sealed")
  func noArgument() throws {
    for argument in ["Aurora", "", "=Aurora"] {
      let error = #expect(throws: DraftError.self) {
        try Draft(
          type: "testimony.shared", arguments: ["campaign=campaign:metoo", "narrative=She", argument])
      }
      let text = try #require(error?.description)
      #expect(text.contains("FIELD=VALUE"))
      #expect(text.contains("argument 3"))
      #expect(!text.contains("Aurora"))
      #expect(!text.contains("She"))
    }
  }

  @Test("What is no JSON object is refused", arguments: ["[]", "\"bill.introduced\"", "7", "null", "true"])
  func noObject(_ json: String) throws {
    let error = #expect(throws: DraftError.self) { try draft(json: json) }
    #expect(error?.description == "is not a JSON object, { … }")
  }

  @Test("data that is no object is refused", arguments: ["[]", "7", "\"x\""])
  func noData(_ json: String) throws {
    let error = #expect(throws: DraftError.self) {
      try draft(json: "{\"specversion\":\"1.0\",\"data\":\(json)}")
    }
    #expect(error?.problems.first?.field == "data")
  }
}
