// Reads an event back from its leaf, in place.

public import CanonicalJSON

/// An event read from its stored bytes.
public struct EventView: Sendable {
  private let text: JSONText

  /// Reads a leaf.
  ///
  /// - Throws: `JSONError` if the bytes are no JSON, which means that the log was damaged.
  public init(leaf: [UInt8]) throws(JSONError) { text = try JSONText(parsing: leaf) }

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
  /// Who entered it.
  public var recorder: String { text.root["recorder"]?.string ?? "" }
  /// Whose act it is.
  public var country: String? { text.root["country"]?.string }
  /// Where.
  public var institution: String? { text.root["institution"]?.string }
  /// What stands in `data`.
  public var data: JSONView? { text.root["data"] }
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
