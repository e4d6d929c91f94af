// Text that is the same only if its bytes are, as SQLite has it: Swift's == also holds composed and decomposed
// characters for equal.

internal import Foundation

/// A text as a key of sets.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: ExactText, other: ExactText) -> Bool { one.text.hasBytes(of: other.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Whether two texts are the same to the byte. Bytes in one piece, as nearly all are, are compared as such: one by one
  /// they take ten times as long.
  func hasBytes(of other: String) -> Bool {
    let whole = utf8.withContiguousStorageIfAvailable { one in
      other.utf8.withContiguousStorageIfAvailable { two in
        guard one.count == two.count, let first = one.baseAddress, let second = two.baseAddress else {
          return one.count == two.count
        }
        return memcmp(first, second, one.count) == 0
      }
    }
    return (whole ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
