// What a draft is refused for: all at once, each with its field and what to do.

import CanonicalJSON
import Milestones
import Testing

@Suite("Checking a draft")
struct DraftCheckerTests {
  /// A draft that passes; what a test is about is added or left out.
  static let good = [
    "subject=measure:x", "occurred=2018", "chamber=house", "identifier=H.R. 1", "unsourced=true",
  ]

  private func introduced(_ arguments: String..., without name: String? = nil) throws -> [String] {
    let kept = Self.good.filter { argument in name.map { !argument.hasPrefix("\($0)=") } ?? true }
    return try problems("bill.introduced", kept + arguments).map(\.description)
  }

  @Test("A good draft passes, and has nothing that was not given but its confidence")
  func passes() throws {
    #expect(try introduced() == [])
    let event = try Shipped.checker().check(Draft(type: "bill.introduced", arguments: Self.good))
    #expect(event.data.keys == ["chamber", "confidence", "identifier", "unsourced"])
    #expect(event.data["confidence"]?.string == "reported")
    #expect(event.id == nil && event.recorder == nil && event.country == nil && event.institution == nil)
    #expect(!text(event.suppliedBytes).contains("confidence"))
  }

  @Test("All that is wrong is told at once, field by field")
  func allAtOnce() throws {
    let found = try problems(
      "bill.passed",
      [
        "subject=campaign:x", "occurred=yesterday", "effective=2018-02-30", "country=Narnia",
        "institution=US/Senate",
        "mode=shouting", "amended=perhaps", "chambre=house", "confidence=sure", "id=12", "title.zh-Hans=x",
        "link.likes=campaign:y", "link.cites=nobody", "source.colour=red", "source.url=example.org",
        "source.citation=c", "source.captured=never", "unsourced=true", "public=true", "foo.bar=1",
      ])
    #expect(
      Set(found.compactMap(\.field)) == [
        "subject", "occurred", "effective", "country", "institution", "mode", "amended", "chamber", "chambre",
        "confidence", "id", "title", "link.likes", "link.cites", "source.colour", "source.url",
        "source.captured",
        "unsourced", "public", "foo.bar",
      ])
    #expect(found.allSatisfy { !$0.isNotAvailable && !$0.reason.isEmpty })
  }

  @Test("A source without citation and address is told beside whatever else is wrong")
  func emptySource() throws {
    let found = try problems(
      "bill.introduced", ["subject=measure:x", "chamber=house", "identifier=1", "source.page=3"])
    #expect(found.map(\.field) == ["occurred", "source"])
    let bad = try problems(
      "policy.announced", ["subject=policy:x", "occurred=2018", "source.url=no address"])
    #expect(bad.map(\.field) == ["source.url"])
  }

  @Test("A missing field is named, with what belongs there")
  func missing() throws {
    #expect(
      try introduced(without: "chamber") == [
        "chamber: is missing (The house, as a short word: house, senate, lok-sabha.)"
      ])
    #expect(
      try introduced(without: "occurred").first?.hasPrefix("occurred: is missing; write occurred=") == true)
    #expect(try introduced(without: "subject").first?.contains("subject=measure:name") == true)
    #expect(try introduced(without: "unsourced").first?.contains("say unsourced=true") == true)
    let choice = try problems("policy.ended", ["subject=policy:x", "occurred=2018", "unsourced=true"])
    #expect(
      choice.map(\.description) == ["kind: is missing; one of: revoked, suspended, expired, superseded"])
  }

  @Test("An unknown type or field comes with what may have been meant")
  func unknown() throws {
    let type = try problems("bill.introducd", [])
    #expect(type.map(\.field) == ["type"])
    #expect(type.first?.reason.contains("did you mean bill.introduced") == true)
    #expect(try introduced("sponser=x").first?.contains("did you mean sponsor?") == true)
    #expect(try introduced("ocurred=2018").first?.contains("did you mean occurred?") == true)
    #expect(try introduced("zzzzzzzz=x").first?.contains("did you mean") == false)
    #expect(try introduced("link.cite=measure:y").first?.contains("did you mean cites?") == true)
    #expect(
      try introduced("source.citaton=x", without: "unsourced").first?.contains("did you mean citation?")
        == true)
  }

  @Test("A draft without a type, or with two, is refused")
  func noType() throws {
    #expect(try problems(of: Draft()).map(\.field) == ["type"])
    #expect(try problems(of: draft(json: #"{ "type": 7 }"#)).map(\.field) == ["type"])
    #expect(try introduced("type=bill.passed") == ["type: is given 2 times, but can be given once"])
  }

  @Test(
    "What can be given once is refused when it is given twice",
    arguments: [
      "occurred", "chamber", "subject", "country", "institution", "id", "recorder", "note", "claim",
      "confidence",
      "effective", "title",
    ])
  func twice(_ name: String) throws {
    let kept = Self.good.filter { !$0.hasPrefix("\(name)=") }
    let found = try problems("bill.introduced", kept + ["\(name)=2018", "\(name)=2018"])
    #expect(
      found.contains { $0.field == name && ($0.reason.contains("2 times") || $0.reason.contains("twice")) })
  }

  @Test("A list in JSON that is empty or null is refused, above all where the field is required")
  func emptyLists() throws {
    let required = try problems(
      of: draft(
        json: """
          { "type": "attribution.asserted", "subject": "campaign:x", "occurred": "2018", "unsourced": true,
            "agent": [], "role": "originator" }
          """))
    #expect(required.map(\.field) == ["agent"])
    for value in ["[]", "null", "[null]", "[[]]", "{}", "[\"\"]"] {
      let optional = try problems(
        of: draft(
          json: """
            { "type": "bill.introduced", "subject": "measure:x", "occurred": "2018", "unsourced": true,
              "identifier": "1", "chamber": "house", "sponsor": \(value) }
            """))
      #expect(optional.map(\.field) == ["sponsor"], "\(value)")
    }
    let links = try problems(
      of: draft(
        json: """
          { "type": "policy.announced", "subject": "policy:x", "occurred": "2018", "unsourced": true,
            "links": { "cites": [] } }
          """))
    #expect(links.map(\.field) == ["link.cites"])
  }

  @Test("A source is given or its lack is said, never both")
  func unsourced() throws {
    #expect(
      try introduced("source.citation=c") == [
        "unsourced: is true, but a source is given; say one or the other"
      ])
    #expect(try introduced("unsourced=false", without: "unsourced").count == 1)
    #expect(try introduced("unsourced=false", "source.citation=c", without: "unsourced") == [])
    #expect(try introduced("source=c", without: "unsourced").first?.contains("needs its parts") == true)
  }

  @Test("Titles need an original and proper language tags")
  func titles() throws {
    #expect(try introduced("title.es=Ley").first?.contains("title= is the original") == true)
    #expect(
      try introduced("title=Act", "title.e=Ley").first?.hasPrefix("title.e: is not a language tag") == true)
    #expect(try introduced("title=Act", "title.es=Ley", "title.es=Otra").first == "title.es: is given twice")
    #expect(try introduced("title=Act", "title.original=Act") == ["title: is given twice"])
    #expect(try introduced("title=Act", "title.zh-Latn-pinyin=Fǎ'àn") == [])
  }

  @Test("Claims are short, and so are recorders")
  func lengths() throws {
    let (claim, recorder) = (String(repeating: "c", count: 200), String(repeating: "r", count: 100))
    #expect(try introduced("claim=\(claim)", "recorder=\(recorder)") == [])
    #expect(try introduced("claim=\(claim)c") == ["claim: is longer than 200 bytes"])
    #expect(try introduced("recorder=\(recorder)r") == ["recorder: is longer than 100 bytes"])
  }

  @Test("Every confidence is taken, and no other word", arguments: CommonFields.confidences)
  func confidence(_ word: String) throws {
    #expect(try introduced("confidence=\(word)") == [])
    #expect(try introduced("confidence=\(word)!").count == 1)
  }

  @Test("public is only for types that seal something")
  func publicWithoutSeal() throws {
    #expect(
      try introduced("public=true").first?.hasPrefix("public: is only for types with sealed fields") == true)
  }

  @Test("A subject must be of a kind that the type is told of, and of one that exists")
  func subjectKinds() throws {
    #expect(
      try introduced("subject=treaty:x", without: "subject") == [
        "subject: is a treaty, but only a measure fits here"
      ])
    #expect(
      try introduced("subject=mesure:x", without: "subject").first?.contains("did you mean measure?") == true)
    #expect(try introduced("companion=campaign:x").first?.hasPrefix("companion: is a campaign") == true)
  }

  @Test("What only the ledger appends is refused, whatever else is given", arguments: ExpectedType.byLedger)
  func byLedger(_ name: String) throws {
    let found = try problems(name, ["subject=ledger:self", "nonsense=1"])
    #expect(found.map(\.description) == ["type: \(name) is appended by the ledger itself, never by hand"])
    #expect(found.first?.isNotAvailable == false)
  }

  @Test("An erasure is refused by hand, whatever else is given, and the way to erase is told")
  func erasure() throws {
    let found = try problems("disclosure.erased", ["subject=testimony:x", "occurred=2018", "targets=E1"])
    #expect(found.count == 1)
    #expect(found.first?.description.contains("annals erase appends it") == true)
  }

  @Test(
    "A type whose work is not built yet is refused as not available", arguments: ExpectedType.notAvailable)
  func notAvailable(_ name: String) throws {
    let found = try problems(name, ["subject=measure:x", "occurred=2018", "nonsense=1"])
    #expect(found.count == 1)
    #expect(found.first?.isNotAvailable == true)
    #expect(found.first?.field == "type")
    #expect(found.first?.reason.contains("nothing was recorded") == true)
  }

  @Test("An error tells all problems in one line")
  func oneLine() {
    let error = DraftError([
      DraftProblem(field: "a", reason: "is bad"), DraftProblem(field: nil, reason: "is worse"),
    ])
    #expect(error.description == "a: is bad; is worse")
  }

  @Test("Names that look alike but have other bytes are unknown, and crash nothing")
  func canonicallyEqual() throws {
    let found = try problems(
      of: draft(
        json: """
          { "type": "policy.announced", "subject": "policy:x", "occurred": "2018", "\u{E9}": "1", "e\u{301}": "2",
            "sources": [{ "citation": "c", "\u{E9}": "1", "e\u{301}": "2" }],
            "links": { "\u{E9}": "a:b", "e\u{301}": "a:b" },
            "title": { "original": "t", "\u{E9}": "1", "e\u{301}": "2" } }
          """))
    #expect(Set(found.compactMap(\.field).map { $0.prefix { $0 != "." } }).count >= 4)
  }
}
