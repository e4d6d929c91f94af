// Reads comma-separated values (RFC 4180), byte by byte, and knows on which line each record begins.
//
// More forgiving than the RFC where nothing can be misread: lines end in LF (LineReader takes CR away), blanks around a
// cell are no part of it. Stricter where a reader that guesses would put words into the wrong cell: a quotation mark that is not closed,
// or that stands within a cell, is told.

/// A record of a table.
struct TableRecord {
  /// The line on which it begins, from 1.
  let line: Int
  /// Its cells, or what is wrong with it.
  let cells: Result<[String], TableProblem>
}

/// What is wrong with a record; one line for people.
struct TableProblem: Error {
  let reason: String
}

/// The records of a table. Empty lines are left out.
struct TableReader: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  private static let lineFeed = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// Reads text in UTF-8 whose lines end in LF.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> TableRecord? {
    while place < bytes.count {
      let start = line
      let isEmptyLine = bytes[place] == Self.lineFeed
      let cells = record()
      if !isEmptyLine { return TableRecord(line: start, cells: cells) }
    }
    return nil
  }

  private mutating func record() -> Result<[String], TableProblem> {
    var cells: [String] = []
    while true {
      skipBlanks()
      let cell: String
      if place < bytes.count, bytes[place] == Self.quote {
        guard let text = quotedCell() else {
          return .failure(TableProblem(reason: "a quotation mark is opened here and never closed"))
        }
        cell = text
        skipBlanks()
        guard isAtCellEnd else { return misplacedQuote(cells.count + 1) }
      } else {
        let start = place
        while !isAtCellEnd, bytes[place] != Self.quote { place += 1 }
        guard isAtCellEnd else { return misplacedQuote(cells.count + 1) }
        cell = Self.trimmed(bytes[start..<place])
      }
      cells.append(cell)
      guard place < bytes.count, bytes[place] == Self.comma else { break }
      place += 1
    }
    skipLine()
    return .success(cells)
  }

  /// Whether a cell ends here: at a comma, a line break or the end.
  private var isAtCellEnd: Bool {
    guard place < bytes.count else { return true }
    return bytes[place] == Self.comma || bytes[place] == Self.lineFeed
  }

  /// Reads from quotation mark to quotation mark; two of them stand for one. Nil if the second is missing.
  private mutating func quotedCell() -> String? {
    var content: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == Self.quote {
        guard place < bytes.count, bytes[place] == Self.quote else {
          return String(decoding: content, as: UTF8.self)
        }
        place += 1
      }
      if byte == Self.lineFeed { line += 1 }
      content.append(byte)
    }
    return nil
  }

  private mutating func misplacedQuote(_ column: Int) -> Result<[String], TableProblem> {
    skipLine()
    let advice = "put the whole cell in quotation marks, and write each of those within it twice"
    return .failure(TableProblem(reason: "cell \(column) has a quotation mark within it; \(advice)"))
  }

  private mutating func skipLine() {
    while place < bytes.count, bytes[place] != Self.lineFeed { place += 1 }
    guard place < bytes.count else { return }
    place += 1
    line += 1
  }

  private mutating func skipBlanks() {
    while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}
