// One value of a parsed text, read in place.

/// One value inside a ``JSONText``: reads in place, and copies nothing until asked.
///
/// A view keeps its text alive. Asking a view for what it is not gives nil, or nothing: an array has no members.
public struct JSONView: Sendable {
  /// What a value is.
  public enum Kind: Sendable, Equatable {
    /// The word `null`.
    case null
    /// The word `true` or `false`.
    case bool
    /// A whole number.
    case integer
    /// A string, or a key.
    case string
    /// A list of values.
    case array
    /// A set of members, each a key and a value.
    case object
  }

  let storage: TextStorage
  let index: Int

  var node: TapeNode { storage[index] }

  /// What the value is.
  public var kind: Kind {
    switch node.kind {
    case .null: .null
    case .false, .true: .bool
    case .integer: .integer
    case .plainString, .escapedString: .string
    case .array: .array
    case .object: .object
    }
  }

  /// Where the value stands in the text: offsets in bytes, quotation marks and brackets included.
  public var range: Range<Int> { Int(node.start)..<Int(node.end) }

  /// Whether the value is `null`.
  public var isNull: Bool { node.isKind(.null) }

  /// The truth value, or nil if this is none.
  public var bool: Bool? {
    if node.isKind(.true) { return true }
    return node.isKind(.false) ? false : nil
  }

  /// The number, within ``canonicalIntegerRange``; nil if this is none.
  public var integer: Int64? {
    guard node.isKind(.integer) else { return nil }
    return storage.bytes.withUnsafeBufferPointer { integerValue(ByteRun(rebasing: $0[range])) }
  }

  /// The text of a string, escapes undone; nil if this is none.
  public var string: String? {
    withStringBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the UTF-8 bytes of a string, escapes undone; gives nil if this is none.
  ///
  /// Copies nothing unless the string is written with escapes. The bytes must not be used after `body` returns.
  public func withStringBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard node.isString else { return nil }
    return try storage.withString(at: index, body)
  }

  /// Whether this is a string of exactly the bytes of `other`.
  ///
  /// Makes no string of its own; a literal costs nothing either. Unlike `==` of strings, which holds composed and
  /// decomposed characters for equal.
  public func stringEquals(_ other: String) -> Bool {
    node.isString
      && storage.withString(at: index) { own in withUTF8Bytes(of: other) { sameBytes(own, $0) } }
  }

  /// How many elements an array has, or members an object; 0 for all else.
  public var count: Int { node.isContainer ? node.count : 0 }

  /// The value of a member of an object; nil if there is none, or if this is no object.
  ///
  /// Keys are compared by their bytes, after unescaping. Looks at the keys one after the other: to use most
  /// members of a large object, go over ``members`` once.
  public subscript(key: String) -> JSONView? {
    guard node.isKind(.object) else { return nil }
    return withUTF8Bytes(of: key) { wanted in
      var index = index + 1
      let end = Int(node.link)
      while index < end {
        if storage.stringEquals(at: index, wanted) { return JSONView(storage: storage, index: index + 1) }
        index = storage.indexAfterValue(at: index + 1)
      }
      return nil
    }
  }
}

extension TextStorage {
  /// The index on the tape after the value at `index` and all it holds.
  @inline(__always)
  func indexAfterValue(at index: Int) -> Int { self[index].indexAfter(index) }

  /// Whether the string at an index has exactly these bytes.
  @inline(__always)
  fileprivate func stringEquals(at index: Int, _ wanted: ByteRun) -> Bool {
    let node = self[index]
    if node.isKind(.plainString) && node.contents.count != wanted.count { return false }
    return withString(at: index) { sameBytes($0, wanted) }
  }
}
