// The file by which sealed fields are handed over. It holds all that its holder needs to check it against the public
// log, without a ledger and without a vault.
//
// One JSON object and a line feed, with these members and no others:
//
//   format       "annals-disclosure-1"
//   origin       the log's name
//   position     the event's position
//   leaf         the event as it stands in the log, its bytes as text (UTF-8): what is hashed
//   disclosures  the sealed fields, each as in RFC 9901, section 4.2.1: base64url of [salt, name, value]. The SHA-256 of
//                these characters, in base64url, stands in data._sd of the leaf
//   proof        a tlog-proof (c2sp.org/tlog-proof@v1) that the leaf is in the log at that position
//   recipient, handedOver, number   to whom, when, under which number of the archive's register; nothing vouches for these

public import CanonicalJSON
internal import Foundation
internal import Milestones

/// A handed-over disclosure, as its file has it.
public struct DisclosureFile: Sendable, Equatable {
  /// What the first member of every such file says.
  public static let format = "annals-disclosure-1"
  /// No file is longer.
  public static let bytesMax = 16 << 20

  /// The log's name.
  public let origin: String
  /// The event's position.
  public let position: Int64
  /// The event, byte for byte.
  public let leaf: [UInt8]
  /// The disclosures, as they are encoded.
  public let disclosures: [[UInt8]]
  /// The bytes of the tlog-proof.
  public let proof: [UInt8]
  /// To whom it was handed over.
  public let recipient: String
  /// When, in RFC 3339.
  public let handedOver: String
  /// Under which number of the archive's register.
  public let number: Int64

  init(
    origin: String, position: Int64, leaf: [UInt8], disclosures: [[UInt8]], proof: [UInt8],
    recipient: String, handedOver: String, number: Int64
  ) {
    (self.origin, self.position, self.leaf) = (origin, position, leaf)
    (self.disclosures, self.proof) = (disclosures, proof)
    (self.recipient, self.handedOver, self.number) = (recipient, handedOver, number)
  }

  /// The bytes of the file: canonical JSON (RFC 8785) and a line feed.
  func serialized() throws(JSONError) -> [UInt8] {
    func text(_ bytes: [UInt8]) -> JSONValue { .string(String(decoding: bytes, as: UTF8.self)) }
    let object: JSONValue = [
      "format": .string(Self.format), "origin": .string(origin), "position": .integer(position),
      "leaf": text(leaf), "disclosures": .array(disclosures.map(text)), "proof": text(proof),
      "recipient": .string(recipient), "handedOver": .string(handedOver), "number": .integer(number),
    ]
    return try object.canonicalBytes() + [UInt8(ascii: "\n")]
  }

  /// Why something is no such file. Says nothing of what is in it, which may be sealed.
  public enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no JSON.
    case notJSON(JSONError)
    /// It is not of this format.
    case otherFormat
    /// A member is missing, or is of another kind.
    case member(String)
    /// There is a member that the format does not have.
    case surplus

    /// The end of a sentence that begins with the file.
    public var description: String {
      switch self {
      case .notJSON(let error): "is no JSON: \(error)"
      case .otherFormat: "is no disclosure that annals disclose wrote (format \(DisclosureFile.format))"
      case .member(let name): "lacks \(name), or has it in another form"
      case .surplus: "has more members than format \(DisclosureFile.format) knows"
      }
    }
  }

  /// Reads a file. Nothing in it is believed yet.
  public init(parsing bytes: [UInt8]) throws(Fault) {
    let root: JSONValue
    do {
      root = try JSONValue(parsing: bytes, limits: JSONLimits(bytesMax: Self.bytesMax, depthMax: 8))
    } catch { throw .notJSON(error) }
    guard let object = root.object, object["format"]?.string == Self.format else { throw .otherFormat }
    func string(_ name: String) throws(Fault) -> String {
      guard let text = object[name]?.string else { throw .member(name) }
      return text
    }
    func number(_ name: String) throws(Fault) -> Int64 {
      guard let number = object[name]?.integer, number >= 0 else { throw .member(name) }
      return number
    }
    origin = try string("origin")
    position = try number("position")
    leaf = Array(try string("leaf").utf8)
    let texts = object["disclosures"]?.array?.compactMap(\.string)
    guard let texts, texts.count == object["disclosures"]?.array?.count else { throw .member("disclosures") }
    disclosures = texts.map { Array($0.utf8) }
    proof = Array(try string("proof").utf8)
    recipient = try string("recipient")
    handedOver = try string("handedOver")
    self.number = try number("number")
    guard object.count == 9 else { throw .surplus }
  }
}
