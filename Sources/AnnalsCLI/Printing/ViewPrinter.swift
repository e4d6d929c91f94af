// Prints a view: a document, lines of it, or words for people.

import CanonicalJSON
import Ledger
import Projections
import Publishing
import Rainbow

/// Prints the answer of a view.
enum ViewPrinter {
  /// Prints an answer.
  ///
  /// - Parameters:
  ///   - context: what the answer depends on.
  ///   - format: the format.
  ///   - members: what the JSON document has beside the context.
  ///   - rows: the lines of JSON Lines and CSV.
  ///   - columns: the columns of the CSV.
  ///   - text: the lines for people.
  /// - Throws: ``Failure`` if stdout cannot be written.
  static func print(
    _ context: AnswerContext, format: OutputFormat, members: @autoclosure () -> [(String, JSONValue)],
    rows: @autoclosure () -> [JSONValue], columns: [String], text: () -> [String]
  ) throws {
    switch format {
    case .json: try Output.json(context.document(members()))
    case .jsonl: for row in rows() { try Output.json(row) }
    case .csv:
      try Output.line(CSVText.line(columns))
      for row in rows() { try Output.line(CSVText.line(row, columns: columns)) }
    case .text:
      try Output.line(Printable.text(context.line))
      let lines = text()
      if lines.isEmpty { try Output.line("nothing is recorded here") }
      for line in lines { try Output.line(line) }
    }
  }

  /// A heading for people.
  static func heading(_ words: String...) -> String {
    ([words.first.map { Printable.text($0).bold } ?? ""] + words.dropFirst().map(Printable.text))
      .filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// A line of text, made safe and set in.
  static func line(_ text: String, indent: Int = 0) -> String {
    String(repeating: " ", count: indent) + Printable.text(text)
  }

  /// An event and its sources, set in.
  static func lines(_ ground: Ground, before words: String = "", indent: Int = 2) -> [String] {
    let head = [words, ground.line].filter { !$0.isEmpty }.joined(separator: "  ")
    return [line(head, indent: indent)] + ground.sourceLines.map { line($0, indent: indent + 2) }
  }
}
