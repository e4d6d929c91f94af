// Hexadecimal and base64url.

import Foundation
import Milestones
import TestSupport
import Testing

@Suite("Bytes in writing")
struct HexTests {
  @Test("Hexadecimal in lower case reads back to the bytes")
  func hex() throws {
    let all = Array(UInt8.min ... .max)
    #expect(Hex.bytes(Hex.lowercase(all).utf8) == all)
    #expect(Hex.lowercase([0x00, 0x0a, 0xff]) == "000aff")
    #expect(Hex.bytes("".utf8) == [])
  }

  @Test("All else is no hexadecimal", arguments: ["0", "000", "0G", "0A", "zz", "0x", " 0", "é"])
  func noHex(_ text: String) { #expect(Hex.bytes(text.utf8) == nil) }

  @Test(
    "Base64url is that of RFC 4648, section 10, without padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(text: String, encoded: String) { #expect(Base64URL.encode(text.utf8) == encoded) }

  @Test("It agrees with Foundation's base64 in the alphabet for URLs")
  func agrees() {
    let seed: UInt64 = 3
    var random = SeededGenerator(seed: seed)
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
      #expect(Base64URL.encode(bytes) == expected, "seed \(seed)")
    }
  }
}
