// What a sealed testimony shows in the log, and what the vault keeps of it.

import CanonicalJSON
import Codes
import Milestones
import Testing

@Suite("A sealed testimony")
struct SealingTests {
  @Test(
    "The leaf shows campaign, channel and confidence beside the digests, and nothing else of the testimony")
  func leaf() throws {
    let stamped = try Testimony.stamped(Testimony.full + ["confidence=recalled"])
    let leaf = try json(stamped.leaf)
    #expect(leaf["data"]?.object?.keys == ["_sd", "_sd_alg", "campaign", "channel", "confidence"])
    #expect(leaf["data"]?["campaign"]?.string == "campaign:metoo")
    #expect(leaf["data"]?["channel"]?.string == "letter")
    #expect(leaf["data"]?["confidence"]?.string == "recalled")
    #expect(leaf["data"]?["_sd_alg"]?.string == "sha-256")
    #expect(
      leaf.object?.keys == [
        "data", "dataschema", "id", "occurred", "recorded", "recorder", "source", "specversion", "subject",
        "type",
      ])
    // Without the digests, in which any two letters stand somewhere by chance.
    var data = try #require(leaf["data"]?.object)
    data["_sd"] = nil
    var rest = try #require(leaf.object)
    rest["data"] = .object(data)
    let shown = text(try JSONValue.object(rest).canonicalBytes())
    for secret in [
      "CL", "2017-03", "03-05", "Valpara", "Aurora", "told us", "\"es\"", "hold", "our files",
      "example.org/l",
    ] {
      #expect(!shown.contains(secret), "\(secret)")
    }
  }

  @Test(
    "It has as many digests as the type has sealable fields, sorted, whatever is given",
    arguments: [
      Testimony.full, [Testimony.campaign, "occurred=2018"],
      [Testimony.campaign, "occurred=2018", "person=Aurora"],
      [Testimony.campaign, "occurred=2018-03-05"],
      [Testimony.campaign, "occurred=2018", "public=false", "country=CL"],
    ])
  func digests(_ arguments: [String]) throws {
    #expect(try Shipped.type("testimony.shared").sealableFields.sorted() == Testimony.sealedFields)
    let stamped = try Testimony.stamped(arguments)
    let digests = try #require(json(stamped.leaf)["data"]?["_sd"]?.array).compactMap(\.string)
    #expect(digests.count == 8)
    #expect(digests == digests.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(Set(digests).count == 8)
    #expect(Set(stamped.disclosures.map(\.digest)) == Set(digests))
    #expect(stamped.disclosures.count == 8)
    for disclosure in stamped.disclosures {
      #expect(
        Disclosure(preimage: disclosure.preimage, isDecoy: disclosure.isDecoy).digest == disclosure.digest)
    }
  }

  @Test("The vault keeps one disclosure for each field that was given; decoys stand in for the others")
  func disclosures() throws {
    let stamped = try Testimony.stamped(Testimony.full)
    #expect(stamped.disclosures.allSatisfy { !$0.isDecoy })
    let opened = try stamped.disclosures.map { try OpenedDisclosure($0) }
    let values = JSONObject(opened.map { ($0.name, $0.value) })
    let expected: JSONValue = [
      "consent": ["hold", "count"], "country": "CL", "date": "2017-03", "language": "es",
      "narrative": "What she told us", "person": "Aurora", "place": "Valparaíso",
      "sources": [["citation": "Letter in our files", "url": "https://example.org/letter"]],
    ]
    #expect(JSONValue.object(values) == expected)
    #expect(Set(opened.map(\.salt)).count == 8)

    let little = try Testimony.stamped([Testimony.campaign, "occurred=2018", "person=Aurora", "country=CL"])
    #expect(little.disclosures.filter(\.isDecoy).count == 6)
    let names = try little.disclosures.filter { !$0.isDecoy }.map { try OpenedDisclosure($0).name }
    #expect(names.sorted() == ["country", "person"])
  }

  @Test("Its subject is random, even for the same draft, and cannot be chosen")
  func subject() throws {
    let event = try Testimony.checked(Testimony.full)
    #expect(event.subject == nil)
    let subjects = try (0..<50).map { _ in try event.stamped(stamp()).subject }
    #expect(Set(subjects).count == 50)
    #expect(subjects.allSatisfy { $0.kind == "testimony" && $0.slug.utf8.count == 12 })
    let stamped = try event.stamped(stamp())
    #expect(try json(stamped.leaf)["subject"]?.string == stamped.subject.text)
    let found = try problems("testimony.shared", Testimony.full + ["subject=testimony:aurora"])
    #expect(found.map(\.field) == ["subject"])
    #expect(found.first?.reason.contains("at random") == true)
  }

  @Test(
    "Of its date the log shows the year or years at most",
    arguments: [
      ("2018", "2018"), ("2018-03", "2018"), ("2018-03-05", "2018"), ("2018-03-05T10:30:00Z", "2018"),
      ("2018-21", "2018"), ("2018?", "2018?"), ("2018-03-05?", "2018?"), ("2018-03-?05", "2018?"),
      ("2018~", "2018"),
      ("2018-03~", "2018"), ("2018%", "2018?"), ("2018-03/2018-05", "2018"),
      ("2017-12-31/2018-01-02", "2017/2018"),
      ("2017-12?/2018-01", "2017?/2018?"), ("{2016-05-01,2018-02-03}", "2016/2018"),
      ("[2017-05,2017-06]", "2017"),
      ("201X", "2010/2019"), ("201X-05", "2010/2019"), ("2018-XX-05", "2018"), ("1950S2", "1950"),
      ("-0043-03-15", "-0043"), ("0000-05", "0000"), ("Y12345", "Y12345"), ("Y-12345", "Y-12345"),
      ("XXXX", "XXXX"),
      ("XXXX-05-05", "XXXX"), ("2018-03-05/..", "XXXX"), ("../2018-03-05", "XXXX"), ("2018-03-05/", "XXXX"),
      ("Y171010000S3", "Y171010000"),
    ])
  func year(occurred: String, shown: String) throws {
    let stamped = try Testimony.stamped([Testimony.campaign, "occurred=\(occurred)"])
    #expect(try json(stamped.leaf)["occurred"]?.string == shown)
    #expect(occurred == shown || !text(stamped.leaf).contains("\"\(occurred)\""))
    // What the log does not show is sealed as the date, unless a date was given.
    let sealed = try stamped.disclosures.filter { !$0.isDecoy }.map { try OpenedDisclosure($0) }
    #expect(sealed.map(\.name) == (occurred == shown ? [] : ["date"]))
    #expect(sealed.first.map { $0.value.string == occurred } ?? true)
  }

  @Test("public=true seals nothing, shows all that was given, and needs a subject and a source")
  func isPublic() throws {
    let arguments = Testimony.full + ["subject=testimony:speech-1", "public=true"]
    let event = try Testimony.checked(arguments)
    #expect(event.sealed.isEmpty && event.digestCount == 0)
    let stamped = try event.stamped(stamp())
    #expect(stamped.disclosures.isEmpty)
    let leaf = try json(stamped.leaf)
    #expect(leaf["data"]?["_sd"] == nil && leaf["data"]?["_sd_alg"] == nil)
    #expect(leaf["occurred"]?.string == "2018-03-05")
    #expect(leaf["country"]?.string == "CL")
    #expect(leaf["subject"]?.string == "testimony:speech-1")
    #expect(leaf["data"]?["person"]?.string == "Aurora")
    #expect(leaf["data"]?["sources"]?.array?.count == 1)

    let bare = try problems("testimony.shared", [Testimony.campaign, "occurred=2018", "public=true"])
    #expect(bare.map(\.field) == ["subject", "source"])
  }

  @Test("public=false is as if it were not said: the country stays sealed")
  func publicFalse() throws {
    let stamped = try Testimony.stamped(Testimony.full + ["public=false"])
    let leaf = try json(stamped.leaf)
    #expect(leaf["country"] == nil)
    #expect(leaf["data"]?["public"] == nil)
    #expect(leaf["occurred"]?.string == "2018")
    #expect(stamped.disclosures.count == 8)
  }

  @Test(
    "Whatever else would stand in clear beside it is refused",
    arguments: [
      "institution=cl/escuela", "note=She is a teacher", "claim=c", "account=a", "effective=2018-03-05",
      "title=Her story", "title.es=Su historia", "link.cites=campaign:other",
    ])
  func telltale(_ argument: String) throws {
    let found = try problems("testimony.shared", Testimony.full + [argument])
    let name = try #require(argument.split(separator: "=").first).split(separator: ".")[0]
    #expect(found.contains { $0.field == String(name) && $0.reason.contains("would stand in clear") })
    let value = try #require(argument.split(separator: "=").last)
    #expect(!found.map(\.description).joined().contains(value) || value.utf8.count == 1)
  }

  @Test("What was supplied holds what is sealed, so that another testimony under the same id is a conflict")
  func supplied() throws {
    let one = try Testimony.checked(Testimony.full + ["id=e1"])
    let same = try Testimony.checked(Array(Testimony.full.reversed()).sortedSources() + ["id=e1"])
    #expect(text(one.suppliedBytes) == text(same.suppliedBytes))
    for field in ["country=AR", "person=Estela", "occurred=2018-03-06", "place=Lima"] {
      let name = field.prefix { $0 != "=" }
      let arguments = Testimony.full.filter { !$0.hasPrefix("\(name)=") } + [field, "id=e1"]
      #expect(try Testimony.checked(arguments).suppliedBytes != one.suppliedBytes, "\(field)")
    }
  }

  @Test(
    "A type of a vocabulary of one's own seals its country and sources, even where its subjects are listed")
  func listedSubjects() throws {
    let text = """
      { "family": "witness", "means": "m", "kinds": [{ "kind": "witness", "means": "m" }],
        "types": { "witness.heard": { "means": "m", "subject": ["witness"], "effects": [], "fields": {
          "country": { "kind": "country", "sealable": true, "sealed": true, "means": "m" },
          "sources": { "kind": "sources", "sealable": true, "sealed": true, "means": "m" },
          "age": { "kind": "integer", "sealable": true, "sealed": true, "means": "m" } } } } }
      """
    let checker = DraftChecker(
      vocabulary: try Vocabulary(files: [VocabularyFile(family: "witness", text: text)]))
    let arguments = [
      "subject=witness:w1", "occurred=2018-03-05", "country=CL", "source.citation=Her letter", "age=31",
    ]
    let event = try checker.check(Draft(type: "witness.heard", arguments: arguments))
    #expect(event.sealed.map(\.name) == ["age", "country", "sources"])
    #expect(event.country == nil)
    #expect(event.data.keys == ["confidence"])
    let inClear = try checker.check(Draft(type: "witness.heard", arguments: arguments + ["public=true"]))
    #expect(inClear.sealed.isEmpty && inClear.country?.code == "CL")
    #expect(inClear.data.keys == ["age", "confidence", "public", "sources"])
    let bare = try Draft(type: "witness.heard", arguments: arguments.filter { !$0.hasPrefix("source") })
    #expect(try problems(of: bare, by: checker).map(\.field) == ["source"])
  }

  @Test("Types whose fields are sealed keep them out of the leaf, and show the rest")
  func otherTypes() throws {
    let event = try checked(
      "ruling.issued", "subject=ruling:r", "occurred=2018-03-05", "country=CL", "court=Corte Suprema",
      "party=Aurora",
      "party=Estela", "unsourced=true")
    let stamped = try event.stamped(stamp())
    #expect(!text(stamped.leaf).contains("Aurora") && !text(stamped.leaf).contains("Estela"))
    #expect(stamped.disclosures.count == 1)
    #expect(try OpenedDisclosure(stamped.disclosures[0]).value == ["Aurora", "Estela"])
    #expect(try json(stamped.leaf)["country"]?.string == "CL")
    #expect(try json(stamped.leaf)["occurred"]?.string == "2018-03-05")
    let without = try checked(
      "ruling.issued", "subject=ruling:r", "occurred=2018", "court=C", "unsourced=true")
    let decoys = try without.stamped(stamp()).disclosures
    #expect(decoys.map(\.isDecoy) == [true])
  }
}

extension [String] {
  /// The order of consents and of the parts of a source means something: put back as it was.
  fileprivate func sortedSources() -> [String] {
    let ordered = Testimony.full.filter { $0.hasPrefix("consent=") || $0.hasPrefix("source.") }
    return filter { !ordered.contains($0) } + ordered
  }
}
