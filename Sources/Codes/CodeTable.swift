// A table of rows and tab-separated fields, searched where it lies in the binary: nothing is read at start-up.

/// One of the embedded tables: UTF-8, `#` lines first, then rows in the order of the bytes of their first field.
struct CodeTable: Sendable {
  private let text: StaticString
  /// The offset of the first row, behind the comments.
  private let firstRow: Int

  /// The embedded table of that name; empty if there is none (a test sees to it that there is).
  init(named name: String) {
    text = EmbeddedTexts.files.first { $0.name == name }?.text ?? ""
    var start = 0
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
      start = CodeTable.endOfLine(at: start, in: bytes) + 1
    }
    firstRow = min(start, bytes.count)
  }

  private var bytes: UnsafeBufferPointer<UInt8> {
    // A literal's bytes stay where they are as long as the program runs.
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// The fields of the row with this code, found by halving.
  func row(_ code: PackedCode) -> Row? {
    let bytes = bytes
    var (low, high) = (firstRow, bytes.count)  // both at the beginning of a row, or at the end
    while low < high {
      var start = low + (high - low) / 2
      while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      let row = Row(bytes: bytes[start..<CodeTable.endOfLine(at: start, in: bytes)])
      guard let found = PackedCode(bytes: row.field(0)) else { return nil }
      if found == code { return row }
      if found < code {
        low = min(row.bytes.endIndex + 1, bytes.count)
      } else {
        high = start
      }
    }
    return nil
  }

  /// Calls `body` with each row, in order.
  func forEachRow(_ body: (Row) -> Void) {
    let bytes = bytes
    var start = firstRow
    while start < bytes.count {
      let end = CodeTable.endOfLine(at: start, in: bytes)
      body(Row(bytes: bytes[start..<end]))
      start = end + 1
    }
  }

  private static func endOfLine(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }
}

/// One row: a view of the table's bytes.
struct Row {
  let bytes: Slice<UnsafeBufferPointer<UInt8>>

  /// The bytes of the field at that place from 0 on; empty if the row has fewer.
  func field(_ number: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    var rest = bytes
    for _ in 0..<number {
      guard let tab = rest.firstIndex(of: UInt8(ascii: "\t")) else { return bytes[bytes.endIndex...] }
      rest = rest[(tab + 1)...]
    }
    return rest.prefix { $0 != UInt8(ascii: "\t") }
  }

  func text(_ number: Int) -> String {
    String(decoding: field(number), as: UTF8.self)
  }
}
