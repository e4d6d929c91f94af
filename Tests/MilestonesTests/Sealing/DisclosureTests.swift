// Disclosures and their digests, as RFC 9901 has them.

import CanonicalJSON
import Milestones
import Testing

@Suite("A disclosure")
struct DisclosureTests {
  @Test("Every disclosure that RFC 9901 prints hashes to the digest that it prints")
  func rfc9901() throws {
    let vectors = try #require(
      try JSONValue(parsing: Vectors.bytes("sd-jwt-rfc9901/disclosures.json")).array)
    #expect(vectors.count == 89)
    for vector in vectors {
      let preimage = try #require(vector["disclosure"]?.string)
      let disclosure = Disclosure(preimage: Array(preimage.utf8), isDecoy: false)
      #expect(
        disclosure.digest == vector["sha256_b64url"]?.string, "section \(vector["section"]?.string ?? "")")
    }
  }

  @Test("A sealed field is base64url of salt, name and value, and its digest is that of these characters")
  func sealing() throws {
    for value: JSONValue in ["CL", ["hold", "count"], 7, true, .null, "é \"quoted\"\n", [["citation": "c"]]] {
      let disclosure = try Disclosure.sealing(name: "field", value: value)
      #expect(!disclosure.isDecoy)
      #expect(Disclosure(preimage: disclosure.preimage, isDecoy: false) == disclosure)
      let opened = try OpenedDisclosure(disclosure)
      #expect(opened.name == "field")
      #expect(opened.value == value)
      #expect(base64URLDecoded(disclosure.digest)?.count == 32)
    }
  }

  @Test("Its salt has at least 128 random bits, new ones each time")
  func salt() throws {
    let salts = try (0..<500).map { _ in try OpenedDisclosure(.sealing(name: "country", value: "CL")).salt }
    #expect(Set(salts).count == 500)
    for salt in salts { #expect(try #require(base64URLDecoded(salt)).count >= 16) }
    // Every bit of the salt takes both values.
    var (ones, zeros) = ([UInt8](repeating: 0, count: 16), [UInt8](repeating: 0, count: 16))
    for salt in salts {
      for (index, byte) in try #require(base64URLDecoded(salt)).prefix(16).enumerated() {
        ones[index] |= byte
        zeros[index] |= ~byte
      }
    }
    #expect(ones.allSatisfy { $0 == 0xff } && zeros.allSatisfy { $0 == 0xff })
  }

  @Test("The same field sealed twice has two digests, so that digests cannot be compared or guessed")
  func unlinkable() throws {
    let digests = try Set((0..<100).map { _ in try Disclosure.sealing(name: "country", value: "CL").digest })
    #expect(digests.count == 100)
  }

  @Test("A decoy is the digest of 32 random bytes, and looks like any other digest")
  func decoy() {
    let decoys = (0..<100).map { _ in Disclosure.decoy() }
    #expect(decoys.allSatisfy { $0.isDecoy && $0.preimage.count == 32 && $0.digest.utf8.count == 43 })
    #expect(Set(decoys.map(\.digest)).count == 100)
    #expect(decoys.allSatisfy { Disclosure(preimage: $0.preimage, isDecoy: true) == $0 })
  }

  @Test("A number that JSON cannot hold everywhere is refused", arguments: [Int64.max, .min])
  func number(_ number: Int64) {
    #expect(throws: JSONError.self) { try Disclosure.sealing(name: "n", value: .integer(number)) }
  }

  @Test("Random names are twelve characters that can stand in a subject, and do not repeat")
  func randomNames() throws {
    let names = (0..<2_000).map { _ in RandomName.slug() }
    #expect(Set(names).count == 2_000)
    for name in names {
      #expect(name.utf8.count == 12)
      _ = try Subject("testimony:\(name)")
    }
  }
}
