// An owned JSON value, for building and keeping.

/// A JSON value that owns what it holds.
///
/// ```swift
/// let event: JSONValue = ["id": "e1", "position": 7, "tags": ["a", "b"]]
/// let bytes = try event.canonicalBytes()
/// ```
///
/// Equality and hashing go by the bytes of strings: composed and decomposed é are two values.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number. Only one within ``canonicalIntegerRange`` can be written; parsing yields no other.
  case integer(Int64)
  /// A string.
  case string(String)
  /// A list of values.
  case array([JSONValue])
  /// Members, each a key and a value.
  case object(JSONObject)
}

extension JSONValue {
  /// Parses a text; see ``JSONText/init(parsing:limits:)``.
  /// - Throws: ``JSONError`` for the first fault in the text.
  public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    self = try JSONText(parsing: bytes, limits: limits).root.value
  }

  /// Parses a text; offsets of errors count its UTF-8 bytes.
  /// - Throws: ``JSONError`` for the first fault in the text.
  public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  /// The canonical form of this value (RFC 8785).
  /// - Throws: ``JSONError`` with the kind `integerOutOfRange` if a number lies outside
  ///   ``canonicalIntegerRange``.
  public func canonicalBytes() throws(JSONError) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(256)
    try appendCanonical(to: &out)
    return out
  }

  /// Appends the canonical form of this value (RFC 8785). If it throws, nothing is appended.
  /// - Throws: ``JSONError`` with the kind `integerOutOfRange` if a number lies outside
  ///   ``canonicalIntegerRange``.
  public func appendCanonical(to out: inout [UInt8]) throws(JSONError) {
    let start = out.count
    var writer = CanonicalWriter(appendingTo: out)
    out = []
    do throws(JSONError) {
      try writer.value(self)
      out = writer.bytes
    } catch {
      out = Array(writer.bytes.prefix(start))
      throw error
    }
  }
}

extension JSONValue {
  /// Whether this is `null`.
  public var isNull: Bool { self == .null }

  /// The truth value, or nil if this is none.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The number, or nil if this is none.
  public var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// The text of a string, or nil if this is none.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The elements of an array, or nil if this is none.
  public var array: [JSONValue]? {
    if case .array(let array) = self { array } else { nil }
  }

  /// The members of an object, or nil if this is none.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The value of a member of an object; nil if there is none, or if this is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }
}

extension JSONValue: Hashable {
  /// Whether two values have the same canonical form.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): sameBytes(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  /// Feeds the value into a hasher; strings by their bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let bool):
      hasher.combine(1)
      hasher.combine(bool)
    case .integer(let integer):
      hasher.combine(2)
      hasher.combine(integer)
    case .string(let string):
      hasher.combine(3)
      hasher.combine(bytesOf: string)
    case .array(let array):
      hasher.combine(4)
      hasher.combine(array)
    case .object(let object):
      hasher.combine(5)
      hasher.combine(object)
    }
  }
}

extension Hasher {
  /// Feeds the UTF-8 bytes of a string and their number, without Unicode normalisation.
  mutating func combine(bytesOf string: String) {
    combine(string.utf8.count)
    var string = string
    string.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
