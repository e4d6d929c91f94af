// Prints rows in the format asked for.

import CanonicalJSON
import Ledger
import Publishing

/// Prints the rows of an answer.
enum Rows {
  /// Prints rows.
  ///
  /// - Parameters:
  ///   - rows: as documents have them.
  ///   - context: what the answer depends on.
  ///   - columns: the columns of the CSV.
  ///   - format: the format.
  ///   - table: the table for people.
  /// - Throws: ``Failure`` if stdout cannot be written.
  static func print(
    _ rows: [JSONValue], of context: AnswerContext, columns: [String], format: OutputFormat,
    table: () -> Table
  ) throws {
    switch format {
    case .json: try Output.json(context.document([("rows", .array(rows))]))
    case .jsonl: for row in rows { try Output.json(row) }
    case .csv:
      try Output.line(CSVText.line(columns))
      for row in rows { try Output.line(CSVText.line(row, columns: columns)) }
    case .text:
      try Output.line(Printable.text(context.line))
      if rows.isEmpty {
        try Output.line("nothing is recorded here")
      } else {
        for line in table().lines(widthMax: Terminal.width) { try Output.line(line) }
      }
    }
  }
}
