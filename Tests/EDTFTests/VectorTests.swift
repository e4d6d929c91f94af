// Every row of the collected cases: verdict, level, first and last day.

import EDTF
import Foundation
import Testing

struct VectorTests {
  struct Row {
    let edtf: String
    let verdict: String
    let level: String
    let lower: String
    let upper: String
  }

  /// A cell that another row or the specification contradicts.
  struct Exception {
    let edtf: String
    let cell: String
    let expected: String
    let reason: String
  }

  static let exceptions = [
    Exception(
      edtf: "/2006", cell: "lower", expected: "unknown",
      reason: "python-edtf puts an unknown start ten years before the end; the row /1985 says unknown"),
    Exception(
      edtf: "-9999", cell: "level", expected: "1",
      reason: "edtf.js counts years before 0 as level 0; the specification and the row -2010 say 1"),
    Exception(
      edtf: "-1200-06", cell: "level", expected: "1",
      reason: "go-edtf counts years before 0 as level 0; the specification and the row -2010 say 1"),
    Exception(
      edtf: "-1200-06/0200-05-02", cell: "level", expected: "1",
      reason: "go-edtf counts years before 0 as level 0; the specification and the row -2004-02-01/2005 say 1"
    ),
    Exception(
      edtf: "2001-01", cell: "level", expected: "0",
      reason: "go-edtf tests this month among its seasons; the specification has it in level 0"),
  ]

  static func rows() throws -> [Row] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Vectors/edtf/cases.csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return lines.map { line in
      // Only the first cell is ever quoted, and none holds a quotation mark.
      let isQuoted = line.first == "\""
      let cells =
        isQuoted
        ? line.dropFirst().split(separator: "\"", maxSplits: 1).map(String.init) : ["", String(line)]
      let rest = cells[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        edtf: isQuoted ? cells[0] : rest[0], verdict: rest[1], level: rest[2], lower: rest[3], upper: rest[4])
    }
  }

  static func expected(_ written: String, _ cell: String, of row: Row) -> String {
    exceptions.first { $0.edtf == row.edtf && $0.cell == cell }?.expected ?? written
  }

  /// The cases write long years without the letter Y.
  static func withoutLetter(_ bound: String) -> String {
    bound.first == "Y" ? String(bound.dropFirst()) : bound
  }

  @Test("Every collected case has the verdict, level, first and last day that its row states")
  func everyRow() throws {
    let rows = try VectorTests.rows()
    #expect(rows.count == 199)
    for row in rows {
      guard row.verdict == "valid" else {
        #expect(refusal(of: row.edtf) != nil, "\(row.edtf) is accepted")
        continue
      }
      do {
        let date = try EDTF(row.edtf)
        let lower = VectorTests.withoutLetter(words(date.earliest, open: "-inf"))
        let upper = VectorTests.withoutLetter(words(date.latest, open: "inf"))
        let expectedLevel = VectorTests.expected(row.level, "level", of: row)
        let expectedLower = VectorTests.expected(row.lower, "lower", of: row)
        let expectedUpper = VectorTests.expected(row.upper, "upper", of: row)
        #expect(expectedLevel.isEmpty || String(date.level) == expectedLevel, "level of \(row.edtf)")
        #expect(expectedLower.isEmpty || lower == expectedLower, "first day of \(row.edtf)")
        #expect(expectedUpper.isEmpty || upper == expectedUpper, "last day of \(row.edtf)")
        #expect(Array(date.text.utf8) == Array(row.edtf.utf8))
      } catch {
        Issue.record("refused: \(error)")
      }
    }
  }

  @Test("Every exception names a cell that is in the cases and says something else")
  func everyExceptionIsNeeded() throws {
    let rows = try VectorTests.rows()
    for exception in VectorTests.exceptions {
      let row = try #require(rows.first { $0.edtf == exception.edtf })
      let written = exception.cell == "level" ? row.level : exception.cell == "lower" ? row.lower : row.upper
      #expect(!written.isEmpty && written != exception.expected, "\(exception.edtf): \(exception.reason)")
    }
  }
}
