// Opening disclosures, those that RFC 9901 prints among them.

import CanonicalJSON
import Milestones
import TestSupport
import Testing

@Suite("A disclosure, opened")
struct DisclosedFieldTests {
  @Test("Those that RFC 9901 prints for members of objects open to the name and value that it prints")
  func rfc9901() throws {
    let vectors = try #require(
      try JSONValue(parsing: Vectors.bytes("sd-jwt-rfc9901/disclosures.json")).array)
    var opened = 0
    for vector in vectors {
      let encoded = Array(try #require(vector["disclosure"]?.string).utf8)
      let contents = try #require(vector["contents"]?.array)
      guard contents.count == 3 else {
        // An element of an array: Annals has none, and takes none.
        #expect(throws: DisclosureFault.notThreeParts) { try DisclosedField(decoding: encoded) }
        continue
      }
      let field = try DisclosedField(decoding: encoded)
      #expect(field.digest == vector["sha256_b64url"]?.string)
      #expect(field.salt == contents[0].string && field.name == contents[1].string)
      #expect(field.value == contents[2] && field.encoded == encoded)
      opened += 1
    }
    #expect(opened > 50)
  }

  @Test(
    "What is none is refused, and the refusal shows nothing of it",
    arguments: [
      ("Nadel!", DisclosureFault.notBase64URL), ("TmFkZWw=", .notBase64URL), ("A", .notBase64URL),
      ("Nadel", .notBase64URL), (encode("Nadel"), .notJSON(offset: 0)), (encode(""), .notJSON(offset: 0)),
      (encode("[\"s\",\"Nadel\",1.5]"), .notJSON(offset: 14)), (encode("{\"s\":\"Nadel\"}"), .notThreeParts),
      (encode("[\"s\",\"Nadel\"]"), .notThreeParts), (encode("[\"s\",\"n\",\"Nadel\",1]"), .notThreeParts),
      (encode("[1,\"n\",\"Nadel\"]"), .notThreeParts), (encode("[\"s\",1,\"Nadel\"]"), .notThreeParts),
      (encode("[\"s\",\"_sd\",\"Nadel\"]"), .reservedName),
      (encode("[\"s\",\"...\",\"Nadel\"]"), .reservedName),
    ])
  func refused(text: String, fault: DisclosureFault) {
    #expect {
      try DisclosedField(decoding: Array(text.utf8))
    } throws: { error in
      error as? DisclosureFault == fault && !"\(error)".contains("Nadel")
    }
  }

  private static func encode(_ text: String) -> String { Base64URL.encode(text.utf8) }

  @Test("Base64url reads back to the bytes, and nothing else reads")
  func base64URL() {
    let seed: UInt64 = 9
    var random = SeededGenerator(seed: seed)
    for length in 0..<200 {
      let bytes = random.bytes(count: length)
      #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes, "seed \(seed)")
    }
    for text in ["=", "Zg==", "Zg=", "Z", "Zh", "Zm9vY", "Zm+v", "Zm/v", "Zm9 v", "Zm9v\n", "é"] {
      #expect(Base64URL.decode(text.utf8) == nil, "\(text)")
    }
  }
}
