// What is meant to be sealed is in no message, however wrong it is.

import CanonicalJSON
import Milestones
import TestSupport
import Testing

@Suite("Messages about sealed fields")
struct SecrecyTests {
  /// The names under which a sealed testimony takes what is secret.
  static let names = [
    "country", "date", "place", "person", "narrative", "language", "consent", "occurred", "effective",
    "source.url",
    "source.captured", "source.sha256", "source.citation", "source.page", "source.archived",
  ]

  @Test("No value of a sealed field is in a message, whatever junk it is, dates and countries among them")
  func junk() throws {
    let seed: UInt64 = 41
    var random = SeededGenerator(seed: seed)
    let checker = try Shipped.checker()
    var refused = 0
    for round in 0..<2_000 {
      var secrets: [String] = []
      var draft = Draft()
      draft.add("type", "testimony.shared")
      draft.add("campaign", "campaign:metoo")
      if Bool.random(using: &random) { draft.add("public", "false") }
      for name in Self.names where Int.random(in: 0..<3, using: &random) > 0 {
        let secret = junk(using: &random)
        secrets.append(secret)
        draft.add(
          name,
          Int.random(in: 0..<8, using: &random) == 0 ? [.string(secret), .string(secret)] : .string(secret))
      }
      let found = try problems(of: draft, by: checker)
      refused += found.isEmpty ? 0 : 1
      let messages = DraftError(found).description
      for secret in secrets {
        #expect(!messages.contains(secret), "seed \(seed), round \(round): \(secret) in \(messages)")
      }
    }
    #expect(refused > 1_500)
  }

  @Test(
    "Codes and dates that are nearly right are not in a message either, nor what they could mean",
    arguments: [
      ("country", "XQ"), ("country", "SCG"), ("country", "Serbien"), ("country", "SUHH"), ("country", "CHL"),
      ("date", "2017-02-29"), ("date", "15.11.2017"), ("occurred", "2017-11-31"), ("occurred", "9999-12-31"),
      ("occurred", "0001-01-01"), ("language", "auf spanisch"), ("source.url", "www.aurora.example"),
      ("source.captured", "31.12.2017"), ("source.sha256", "deadbeef"),
    ])
  func nearMisses(name: String, value: String) throws {
    for extra in [[], ["public=false"]] {
      let kept =
        [Testimony.campaign] + (name == "occurred" ? [] : ["occurred=2018"]) + ["source.citation=c"] + extra
      let found = try problems("testimony.shared", kept + ["\(name)=\(value)"])
      #expect(found.map(\.field) == [name])
      #expect(found.allSatisfy { $0.reason.contains("sealed and not shown") })
      #expect(!DraftError(found).description.contains(value))
    }
  }

  @Test("The same in the sealed fields of other types")
  func otherTypes() throws {
    let found = try problems(
      of: draft(
        json: """
          { "type": "ruling.issued", "subject": "ruling:r", "occurred": "2018", "court": "C", "unsourced": true,
            "party": ["Aurora\\u0007", { "name": "Estela" }] }
          """))
    #expect(found.map(\.field) == ["party", "party"])
    #expect(
      !DraftError(found).description.contains("Aurora") && !DraftError(found).description.contains("Estela"))
  }

  @Test("In clear the value is told, since it helps")
  func inClear() throws {
    let found = try problems(
      "testimony.shared",
      [
        Testimony.campaign, "subject=testimony:s", "occurred=2017-11-31", "country=SCG", "public=true",
        "unsourced=true",
      ])
    #expect(found.map(\.field) == ["occurred", "country"])
    #expect(found.first?.reason.contains("November has 30 days") == true)
    #expect(found.last?.reason.contains("SCG") == true)
  }

  @Test("What was understood of a sealed testimony can be looked over without what is sealed")
  func readings() throws {
    let readings = try Testimony.checked(Testimony.full).readings
    #expect(readings.map(\.field) == ["occurred"])
    #expect(readings.map(\.value) == ["2018"])
  }

  /// Words long enough not to be in a message by chance, with what trips readers up.
  private func junk(using random: inout SeededGenerator) -> String {
    let core = "secret" + String(random.next(), radix: 36)
    let shapes: [String] = [
      core, core.uppercased(), "\(core)-2017-11-15", "2017-\(core)", "\(core)\u{7}", " \(core)",
      "\(core)/\(core)",
      "campaign:\(core)", "https://\(core) \(core)", "\"\(core)\"", "\(core)é米", "int/\(core)", "CL-\(core)",
      "\u{202E}\(core)", "\(core)\n\(core)", "[\(core)", "{\"a\":\"\(core)\"}", "Y\(core)",
    ]
    return shapes.randomElement(using: &random) ?? core
  }
}
