// A parsed text: the door to everything that reads JSON in place.

/// A text that has been parsed: its bytes as they came, and an index of where each value stands in them.
///
/// ```swift
/// let text = try JSONText(parsing: Array(#"{"id": "e1", "tags": [1, 2]}"#.utf8))
/// text.root["id"]?.string         // "e1"
/// text.root["tags"]?.count        // 2
/// text.root.canonicalBytes()      // {"id":"e1","tags":[1,2]}
/// ```
public struct JSONText: Sendable {
  let storage: TextStorage

  /// Parses a text by RFC 8259, in the profile of this module: whole numbers within ``canonicalIntegerRange``,
  /// no duplicate keys, well-formed UTF-8 without a byte order mark, no lone surrogates.
  ///
  /// The bytes are shared, not copied. Parsing takes time in proportion to the length of the text, whatever it
  /// holds.
  /// - Throws: ``JSONError`` for the first fault in the text.
  public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    storage = try parse(bytes, limits: limits)
  }

  /// The text as it came.
  public var bytes: [UInt8] { storage.bytes }

  /// The outermost value.
  public var root: JSONView { JSONView(storage: storage, index: 0) }

  /// Whether the text is in canonical form (RFC 8785) already, to the byte.
  public var isCanonical: Bool {
    storage[0].start == 0 && Int(storage[0].end) == storage.bytes.count && root.isCanonical
  }
}
