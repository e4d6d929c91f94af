// Writes canonical JSON byte by byte, for code that knows what it writes and needs no tree.

/// Writes canonical JSON (RFC 8785) from front to back.
///
/// ```swift
/// var writer = CanonicalWriter()
/// writer.beginObject()
/// writer.key("id")
/// writer.string("e1")
/// writer.key("position")
/// try writer.integer(7)
/// writer.endObject()
/// writer.bytes                    // {"id":"e1","position":7}
/// ```
///
/// Commas are written where they belong. The caller gives the keys of each object in canonical order (by UTF-16
/// code unit, which for ASCII is the order of the bytes), each key once and followed by one value, and closes what
/// it opens. A debug build stops at a key out of order; a release build trusts the caller.
public struct CanonicalWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8]

  private let start: Int

  /// How many digits a number of 64 bits can have.
  private static let digitsMax = 20

  #if DEBUG
    /// The key written last in each open object, to check the order.
    private var lastKeys: [String?] = []
  #endif

  /// A writer that appends to these bytes, by default to nothing.
  public init(appendingTo bytes: [UInt8] = []) {
    self.bytes = bytes
    start = bytes.count
  }

  /// Makes room for this many bytes more.
  public mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  /// Begins an object.
  public mutating func beginObject() {
    separate()
    bytes.append(.openBrace)
    #if DEBUG
      lastKeys.append(nil)
    #endif
  }

  /// Ends the object begun last.
  public mutating func endObject() {
    bytes.append(.closeBrace)
    #if DEBUG
      _ = lastKeys.popLast()
    #endif
  }

  /// Begins an array.
  public mutating func beginArray() {
    separate()
    bytes.append(.openBracket)
  }

  /// Ends the array begun last.
  public mutating func endArray() { bytes.append(.closeBracket) }

  /// Writes the key of a member; its value must follow.
  public mutating func key(_ key: String) {
    #if DEBUG
      if let last = lastKeys.last {
        assert(last.map { precedesInUTF16($0, key) } ?? true, "a key is out of canonical order")
        lastKeys[lastKeys.count - 1] = key
      }
    #endif
    string(key)
    bytes.append(.colon)
  }

  /// Writes a string.
  public mutating func string(_ string: String) {
    separate()
    withUTF8Bytes(of: string) { appendCanonicalString($0, to: &bytes) }
  }

  /// Writes a string given as UTF-8, without making a `String` of it. The bytes are not checked.
  public mutating func string(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    separate()
    appendCanonicalString(bytes, to: &self.bytes)
  }

  /// Writes a whole number.
  /// - Throws: ``JSONError`` with the kind `integerOutOfRange` if it lies outside ``canonicalIntegerRange``; the
  ///   offset is that at which it would stand. Nothing is written then.
  public mutating func integer(_ integer: Int64) throws(JSONError) {
    guard canonicalIntegerRange.contains(integer) else {
      throw JSONError(.integerOutOfRange, offset: bytes.count)
    }
    separate()
    if integer < 0 { bytes.append(.minus) }
    appendDecimal(integer.magnitude)
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ bool: Bool) {
    separate()
    append(bool ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    append("null")
  }

  /// Writes a value that is in canonical form already, as it stands. The bytes are not checked.
  public mutating func raw(_ canonical: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(contentsOf: canonical)
  }

  /// Writes a value that is in canonical form already, as it stands. The bytes are not checked.
  public mutating func raw(_ canonical: [UInt8]) {
    separate()
    bytes.append(contentsOf: canonical)
  }

  /// Writes a value of a parsed text in its canonical form.
  public mutating func value(_ view: JSONView) {
    separate()
    view.appendCanonical(to: &bytes)
  }

  /// Writes an owned value.
  ///
  /// Goes down level by level; how deep is up to whoever built the value.
  /// - Throws: ``JSONError`` with the kind `integerOutOfRange`, as ``integer(_:)`` does.
  public mutating func value(_ value: JSONValue) throws(JSONError) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .integer(let integer): try self.integer(integer)
    case .string(let string): self.string(string)
    case .array(let elements):
      beginArray()
      for element in elements { try self.value(element) }
      endArray()
    case .object(let object): try self.object(object)
    }
  }

  /// Writes the members of an owned object.
  /// - Throws: ``JSONError`` with the kind `integerOutOfRange`, as ``integer(_:)`` does.
  public mutating func object(_ object: JSONObject) throws(JSONError) {
    beginObject()
    for (key, value) in object {
      self.key(key)
      try self.value(value)
    }
    endObject()
  }

  /// Writes a comma if a value or member stands before this one. The last byte tells: what has been opened ends in
  /// a bracket, a brace or a colon, and no value does.
  private mutating func separate() {
    guard bytes.count > start, let last = bytes.last else { return }
    if last != .openBrace && last != .openBracket && last != .colon { bytes.append(.comma) }
  }

  private mutating func append(_ word: StaticString) {
    bytes.append(contentsOf: ByteRun(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  private mutating func appendDecimal(_ magnitude: UInt64) {
    // From the last digit to the first, then all in one piece: appending them one by one took ten times as long.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.digitsMax) { digits in
      var (first, rest) = (Self.digitsMax, magnitude)
      repeat {
        first -= 1
        digits[first] = .zero + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }
}
