// Guessing: few values are possible, all of them are tried, and the digests tell nothing; neither do their number, their
// order or the decoys.

import CanonicalJSON
import Codes
import Foundation
import Milestones
import Testing

@Suite("Who has the digests and tries all values")
struct GuessingTests {
  /// What somebody would hash who does not know the salt: the value and everything that is built of it without one.
  private func guesses(_ name: String, _ value: String) throws -> [[UInt8]] {
    let texts = try [
      JSONValue.string(value), .array([.string(name), .string(value)]),
      .array([.string(""), .string(name), .string(value)]),
      .array([.null, .string(name), .string(value)]), .object([name: .string(value)]),
    ].map { try $0.canonicalBytes() }
    return ([Array(value.utf8)] + texts).flatMap { bytes -> [[UInt8]] in
      let base64 = Data(bytes).base64EncodedString().replacing("=", with: "")
      return [bytes, Array(base64.replacing("+", with: "-").replacing("/", with: "_").utf8)]
    }
  }

  @Test("No country of the world and no year of two centuries is found from the digests of testimonies")
  func dictionary() throws {
    var digests: Set<String> = []
    for _ in 0..<20 {
      let stamped = try Testimony.stamped([
        Testimony.campaign, "occurred=2018", "country=CL", "date=2018", "language=es", "consent=hold",
      ])
      digests.formUnion(try json(stamped.leaf)["data"]?["_sd"]?.array?.compactMap(\.string) ?? [])
    }
    #expect(digests.count == 160)
    let letters = (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }
    let countries = letters.flatMap { one in letters.map { one + $0 } }
    #expect(countries.contains("CL") && Codes.place("CL") != nil)
    var tried = 0
    for (name, values) in [
      ("country", countries), ("date", (1_850...2_050).map { "\($0)" }),
      ("language", letters.flatMap { one in letters.map { (one + $0).lowercased() } }),
      ("consent", ["hold", "[\"hold\"]", "count"]),
    ] {
      for value in values {
        for guess in try guesses(name, value) {
          tried += 1
          #expect(!digests.contains(Disclosure(preimage: guess, isDecoy: false).digest), "\(name) \(value)")
        }
      }
    }
    #expect(tried > 15_000)
  }

  @Test("With the salt the same attack succeeds, so that it is one")
  func withSalt() throws {
    let stamped = try Testimony.stamped([Testimony.campaign, "occurred=2018", "country=CL"])
    let salt = try #require(
      stamped.disclosures.filter { !$0.isDecoy }.map(OpenedDisclosure.init).first { $0.name == "country" }
    ).salt
    let digests = try json(stamped.leaf)["data"]?["_sd"]?.array?.compactMap(\.string) ?? []
    func digest(_ value: String) throws -> String {
      let bytes = try JSONValue.array([.string(salt), "country", .string(value)]).canonicalBytes()
      let text = Data(bytes).base64EncodedString().replacing("=", with: "")
      return Disclosure(
        preimage: Array(text.replacing("+", with: "-").replacing("/", with: "_").utf8), isDecoy: false
      ).digest
    }
    #expect(try digests.contains(digest("CL")) && !digests.contains(digest("FR")))
  }

  @Test("Where a field's digest stands among the others tells nothing, and how many there are neither")
  func places() throws {
    var places: [Int: Int] = [:]
    for number in 0..<400 {
      let fields = number % 2 == 0 ? ["country=CL"] : ["country=CL", "person=Aurora", "narrative=x"]
      let stamped = try Testimony.stamped([Testimony.campaign, "occurred=2018"] + fields)
      let digests = try json(stamped.leaf)["data"]?["_sd"]?.array?.compactMap(\.string) ?? []
      #expect(digests.count == Testimony.sealedFields.count)
      let country = try #require(
        stamped.disclosures.first { try !$0.isDecoy && OpenedDisclosure($0).name == "country" })
      places[try #require(digests.firstIndex(of: country.digest)), default: 0] += 1
    }
    // Each place 50 times on average; fewer than 15 comes by chance once in some hundred million runs.
    #expect(places.count == 8 && places.values.allSatisfy { $0 > 15 }, "\(places)")
  }
}
