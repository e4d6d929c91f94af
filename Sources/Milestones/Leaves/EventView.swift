// Reads an event back from its leaf, in place.

public import CanonicalJSON
public import EDTF

/// An event read from its stored bytes.
public struct EventView: Sendable {
  private let text: JSONText
  /// What stands in `data`. Looked for once: half of all that is asked of an event stands there.
  public let data: JSONView?

  /// Reads a leaf.
  ///
  /// - Throws: `JSONError` if the bytes are no JSON, which means that the log was damaged.
  public init(leaf: [UInt8]) throws(JSONError) {
    text = try JSONText(parsing: leaf)
    data = text.root["data"]
  }

  /// The bytes that it was read from.
  public var bytes: [UInt8] { text.bytes }
  /// The whole event.
  public var root: JSONView { text.root }
  /// Its id.
  public var id: String { text.root["id"]?.string ?? "" }
  /// Its type.
  public var type: String { text.root["type"]?.string ?? "" }
  /// Its subject.
  public var subject: String { text.root["subject"]?.string ?? "" }
  /// When it happened, EDTF.
  public var occurred: String { text.root["occurred"]?.string ?? "" }
  /// When the ledger took it in.
  public var recorded: RecordedTime? { text.root["recorded"]?.string.flatMap { RecordedTime($0) } }
  /// The UTC day on which the ledger took it in, read from the first ten characters.
  public var recordedDay: Day? {
    let day = text.root["recorded"]?.withStringBytes { bytes -> Day? in
      guard bytes.count >= 10, bytes[4] == .hyphen, bytes[7] == .hyphen else { return nil }
      func number(_ range: Range<Int>) -> Int? {
        bytes[range].reduce(0) { sum, byte in
          (0x30...0x39).contains(byte) ? sum.map { $0 * 10 + Int(byte - 0x30) } : nil
        }
      }
      guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
      return Day(year: Int64(year), month: month, day: day)
    }
    return day ?? nil
  }
  /// Who entered it.
  public var recorder: String { text.root["recorder"]?.string ?? "" }
  /// Whose act it is.
  public var country: String? { text.root["country"]?.string }
  /// Where.
  public var institution: String? { text.root["institution"]?.string }
  /// When it has legal effect, if told, EDTF.
  public var effective: String? { data?["effective"]?.string }
  /// The key that rival accounts share.
  public var claim: String? { data?["claim"]?.string }
  /// The original title.
  public var title: String? { data?["title"]?["original"]?.string }
  /// Whether it carries digests of sealed fields.
  public var isSealed: Bool { data?["_sd"] != nil }
  /// How many sources it names in clear.
  public var sourceCount: Int { data?["sources"]?.count ?? 0 }

  /// The texts in a field: one, or those of a list.
  public func texts(_ field: String) -> [String] {
    if field == "country" { return country.map { [$0] } ?? [] }
    guard let value = data?[field] else { return [] }
    if value.kind == .array { return value.elements.compactMap(\.string) }
    return value.string.map { [$0] } ?? []
  }
}
