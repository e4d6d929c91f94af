// Values of documents in words, and as the cells of a table.

package import CanonicalJSON

extension JSONValue {
  /// Text, or null.
  package static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// The value in words: nothing for null, lists joined by commas.
  package var plainText: String {
    switch self {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let number): "\(number)"
    case .string(let string): string
    case .array(let items): items.map(\.plainText).joined(separator: ", ")
    case .object(let object): object.map { "\($0.key) \($0.value.plainText)" }.joined(separator: ", ")
    }
  }
}

/// Comma-separated values (RFC 4180).
package enum CSVText {
  /// One line. A cell that a spreadsheet would take for a formula is not changed: the file is read by programs.
  package static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }

  /// The line of a document's object.
  package static func line(_ object: JSONValue, columns: [String]) -> String {
    line(columns.map { (object[$0] ?? .null).plainText })
  }

  private static func cell(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }
    return needsQuotes
      ? "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
      : text
  }
}
