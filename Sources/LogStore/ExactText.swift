// Text compared as SQLite compares it: by its UTF-8 bytes. Swift's `==` would take a composed and a
// decomposed letter for the same subject.

internal import Foundation

/// Text that is equal when its UTF-8 bytes are.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: Self, right: Self) -> Bool {
    withBytes(of: left.text) { equals(right.text, $0) }
  }

  func hash(into hasher: inout Hasher) {
    Self.withBytes(of: text) { hasher.combine(bytes: $0) }
  }

  /// True if the text has exactly these bytes.
  static func equals(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    withBytes(of: text) { own in
      guard own.count == bytes.count else { return false }
      guard let ownStart = own.baseAddress, let start = bytes.baseAddress else { return own.isEmpty }
      return memcmp(ownStart, start, own.count) == 0
    }
  }

  /// Lends the bytes of a text.
  static func withBytes<T>(of text: String, _ body: (UnsafeRawBufferPointer) -> T) -> T {
    // Free for the native strings of Swift, which are UTF-8 in one piece already.
    var text = text
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
