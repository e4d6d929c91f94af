// Bytes that are put together piece by piece, in memory that is kept for the next.

internal import CanonicalJSON
internal import Foundation

/// Puts bytes together. Plain memory rather than an array: of each event of an import some hundred pieces pass here.
struct ByteSink: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes were put in.
  private(set) var count = 0

  init(capacity: Int = 4_096) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// A copy of the bytes.
  var bytes: [UInt8] { Array(ByteRun(start: start, count: count)) }

  /// A copy of those that were put in after so many others.
  func bytes(from offset: Int) -> [UInt8] { Array(ByteRun(start: start, count: count)[offset...]) }

  /// Begins anew.
  mutating func clear() { count = 0 }

  mutating func append(_ run: ByteRun) {
    guard let source = run.baseAddress else { return }
    if run.count > capacity - count { grow(by: run.count) }
    memcpy(start + count, source, run.count)
    count += run.count
  }

  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) {
    append(ByteRun(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends the text of a JSON string whose bytes need no escapes, with its quotation marks.
  mutating func append(quoted run: ByteRun) {
    append(UInt8(ascii: "\""))
    append(run)
    append(UInt8(ascii: "\""))
  }

  /// Appends any text as a JSON string, in the form of RFC 8785.
  mutating func append(quoting text: String) {
    var text = text
    let isPlain = text.withUTF8 { run in
      guard run.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
        return false
      }
      append(quoted: run)
      return true
    }
    if isPlain { return }
    var writer = CanonicalWriter()
    writer.string(text)
    append(writer.bytes)
  }

  private mutating func grow(by more: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(capacity * 2, count + more))
    memcpy(larger, start, count)
    start.deallocate()
    capacity = max(capacity * 2, count + more)
    start = larger
  }
}
