// What the tests of sealing share: a testimony with all its fields, and reading disclosures back.

import CanonicalJSON
import Foundation
import Milestones
import Testing

/// A testimony that uses every field.
enum Testimony {
  static let campaign = "campaign=campaign:metoo"

  static let sealed = [
    "country=CL", "date=2017-03", "place=Valparaíso", "person=Aurora", "narrative=What she told us",
    "language=es",
    "consent=hold", "consent=count", "source.citation=Letter in our files",
    "source.url=https://example.org/letter",
  ]

  static let full = [campaign, "channel=letter", "occurred=2018-03-05"] + sealed

  /// The fields whose digests every sealed testimony carries.
  static let sealedFields = [
    "consent", "country", "date", "language", "narrative", "person", "place", "sources",
  ]

  static func checked(_ arguments: [String]) throws -> CheckedEvent {
    try Shipped.checker().check(Draft(type: "testimony.shared", arguments: arguments))
  }

  static func stamped(_ arguments: [String]) throws -> StampedEvent {
    try checked(arguments).stamped(stamp())
  }
}

/// A disclosure in its parts (RFC 9901, section 4.2.1).
struct OpenedDisclosure {
  let salt: String
  let name: String
  let value: JSONValue

  init(_ disclosure: Disclosure) throws {
    let bytes = try #require(base64URLDecoded(text(disclosure.preimage)))
    let parts = try #require(try JSONValue(parsing: bytes).array)
    try #require(parts.count == 3)
    salt = try #require(parts[0].string)
    name = try #require(parts[1].string)
    value = parts[2]
  }
}

/// The bytes of base64url without padding; nil if it is none.
func base64URLDecoded(_ text: String) -> [UInt8]? {
  guard
    text.utf8.allSatisfy({ $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
  else { return nil }
  let padded =
    text.replacing("-", with: "+").replacing("_", with: "/")
    + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  return Data(base64Encoded: padded).map { [UInt8]($0) }
}

/// A leaf as JSON.
func json(_ leaf: [UInt8]) throws -> JSONValue { try JSONValue(parsing: leaf) }
