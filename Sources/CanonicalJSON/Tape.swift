// The tape: where each value of a parsed text stands, in the order of the text.

/// One value on the tape, or one key. Sixteen bytes, so that four fit a cache line.
///
/// An array is followed by its elements, an object by its members, each a key (a string) and then its value; so
/// the whole of a container is one run of the tape.
struct TapeNode {
  enum Kind: UInt32 {
    case null, `false`, `true`, integer, plainString, escapedString, array, object
  }

  /// Offset of the first byte in the text; for a string, of the opening quotation mark.
  var start: UInt32
  /// Offset after the last byte. While the parser is inside an object: the filter of the keys seen so far.
  var end: UInt32
  /// Of a container: the index on the tape after all it holds. While the parser is inside: the index of the
  /// container around it. Of a key: its fingerprint.
  var link: UInt32
  /// Kind in the lowest 4 bits, above them the number of elements or members.
  private var tag: UInt32

  @inline(__always)
  init(_ kind: Kind, start: Int, end: Int, link: UInt32 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.link = link
    tag = kind.rawValue
  }

  @inline(__always)
  var kind: Kind { Kind(rawValue: tag & 0xF) ?? .null }

  @inline(__always)
  func isKind(_ kind: Kind) -> Bool { tag & 0xF == kind.rawValue }

  @inline(__always)
  var isContainer: Bool { tag & 0xF >= Kind.array.rawValue }

  @inline(__always)
  var isString: Bool { isKind(.plainString) || isKind(.escapedString) }

  @inline(__always)
  var count: Int { Int(tag >> 4) }

  @inline(__always)
  mutating func countOneMore() { tag &+= 1 << 4 }

  /// The index on the tape after this value, which stands at `index`, and all it holds.
  @inline(__always)
  func indexAfter(_ index: Int) -> Int { isContainer ? Int(link) : index &+ 1 }

  /// The bytes of a string between its quotation marks.
  @inline(__always)
  var contents: Range<Int> { Int(start) &+ 1..<Int(end) &- 1 }
}

/// A growing tape. Plain memory rather than an array: appending is the innermost step of parsing.
struct TapeBuilder: ~Copyable {
  private(set) var nodes: UnsafeMutablePointer<TapeNode>
  private(set) var count = 0
  private var capacity: Int

  init(minimumCapacity: Int) {
    capacity = minimumCapacity
    nodes = .allocate(capacity: minimumCapacity)
  }

  @inline(__always)
  mutating func append(_ node: TapeNode) {
    if count == capacity { grow() }
    (nodes + count).initialize(to: node)
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<TapeNode>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }

  /// Hands the tape over to a finished text.
  consuming func finish(bytes: [UInt8]) -> TextStorage {
    let storage = TextStorage(bytes: bytes, nodes: nodes, count: count)
    discard self
    return storage
  }

  deinit { nodes.deallocate() }
}

/// The bytes of a parsed text and its tape, shared by all the views into it.
///
/// Unchecked because of the pointer; nothing changes after `init`, and `deinit` runs once.
final class TextStorage: @unchecked Sendable {
  let bytes: [UInt8]
  private let nodes: UnsafeMutablePointer<TapeNode>
  let count: Int

  /// Takes over the memory at `nodes`, which holds `count` nodes (plain data, freed without deinitialising).
  init(bytes: [UInt8], nodes: UnsafeMutablePointer<TapeNode>, count: Int) {
    self.bytes = bytes
    self.nodes = nodes
    self.count = count
  }

  deinit { nodes.deallocate() }

  @inline(__always)
  subscript(index: Int) -> TapeNode {
    precondition(index >= 0 && index < count, "a view outside of its text")
    return nodes[index]
  }

  /// Lends the nodes, which stay where they are as long as the storage lives.
  func withNodes<Result>(_ body: (UnsafePointer<TapeNode>, _ count: Int) -> Result) -> Result {
    withExtendedLifetime(self) { body(UnsafePointer(nodes), count) }
  }

  /// Lends the unescaped bytes of the string at an index: in place if it has no escapes, else a copy.
  @inline(__always)
  func withString<Result, Failure: Error>(
    at index: Int, _ body: (ByteRun) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let node = self[index]
    if node.isKind(.plainString) {
      return try bytes.withUnsafeBufferPointer { text throws(Failure) in
        try body(ByteRun(rebasing: text[node.contents]))
      }
    }
    return try unescaped(node).withUnsafeBufferPointer(body)
  }

  @inline(never)
  func unescaped(_ node: TapeNode) -> [UInt8] {
    bytes.withUnsafeBufferPointer { text in unescape(ByteRun(rebasing: text[node.contents])) }
  }
}
