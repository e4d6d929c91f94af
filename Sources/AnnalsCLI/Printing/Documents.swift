// The documents that scripts read: keys are stable, camelCase, and never left out. docs/output.md describes them.

import CanonicalJSON
import EDTF
import Ledger
import Milestones
import Projections
import TransparencyLog

extension AnswerContext {
  /// What every document carries.
  var members: [(String, JSONValue)] {
    [
      ("origin", .string(origin)), ("size", .integer(size)), ("root", .string(root.base64)),
      ("on", .string(on.description)),
      ("knownAt", .integer(knownAt)), ("restrictionsAt", restrictionsAt.map { .integer($0) } ?? .null),
    ]
  }

  /// A line for people. The beginning of the root is enough to see that two answers are of the same log.
  var line: String {
    let restrictions = restrictionsAt.map { ", restrictions up to [\($0)]" } ?? ""
    return "\(origin): \(size) events known, on \(on), root \(root.base64.prefix(8))\(restrictions)"
  }
}

extension StatusRow {
  /// The row as a document has it.
  var json: JSONValue {
    .object(JSONObject([("subject", .string(subject)), ("party", .text(party))] + fields))
  }

  /// The columns of its CSV.
  static let csvColumns = [
    "country", "institution", "subject", "party", "title", "stage", "detail", "certainty", "certainStage",
    "since",
    "lastPosition", "sourceCount", "anomalyCount", "disputeCount",
  ]
}

extension EntryRow {
  /// The row as a document has it.
  var json: JSONValue { .object(JSONObject(members)) }

  var members: [(String, JSONValue)] {
    [
      ("position", .integer(position)), ("occurred", .string(occurred)), ("effective", .text(effective)),
      ("type", .string(type)), ("subject", .string(subject)), ("country", .text(country)),
      ("institution", .text(institution)), ("title", .text(title)), ("claim", .text(claim)),
      ("sourceCount", .integer(sourceCount)),
      ("correctedBy", .array(correctedBy.map { .integer($0) })),
      ("retractedBy", retractedBy.map { .integer($0) } ?? .null),
    ]
  }

  /// The columns of its CSV.
  static let csvColumns = [
    "position", "occurred", "effective", "type", "subject", "country", "institution", "title", "claim",
    "sourceCount", "retractedBy",
  ]
}

extension EntryRow {
  /// What corrects or retracts the event, for people; nil as a rule.
  var amendments: String? {
    let positions = correctedBy.map { "[\($0)]" }.joined(separator: " ")
    if let retractedBy { return "RETRACTED [\(retractedBy)]" }
    return positions.isEmpty ? nil : "corrected by \(positions)"
  }
}

extension MoveOutcome {
  /// What became of a move, as a document has it.
  func members(party: String, isCertain: Bool) -> [(String, JSONValue)] {
    var by: Int64?
    switch self {
    case .setAside(let position), .retracted(let position): by = position
    default: break
    }
    let (outcome, stage, inferred, from): (JSONValue, String?, [String], String?) =
      switch self {
      case .setAside: ("set-aside", nil, [], nil)
      case .retracted: ("retracted", nil, [], nil)
      case .moved(let stage, let inferred): ("moved", stage, inferred, nil)
      case .waiting(let stage): ("waiting", stage, [], nil)
      case .unplaced(let stage): ("unplaced", stage, [], nil)
      case .anomaly(let from, let stage): ("anomaly", stage, [], from)
      case .disputed(let stage): ("disputed", stage, [], nil)
      }
    return [
      ("party", party.isEmpty ? .null : .string(party)), ("certain", .bool(isCertain)), ("outcome", outcome),
      ("stage", .text(stage)), ("inferred", .array(inferred.map { .string($0) })), ("from", .text(from)),
      ("by", by.map { .integer($0) } ?? .null),
    ]
  }

  /// What became of a move, for people.
  func line(isCertain: Bool) -> String {
    switch self {
    case .moved(let stage, let inferred):
      (isCertain ? "→ " : "possibly → ") + stage
        + (inferred.isEmpty ? "" : " (inferred: \(inferred.joined(separator: ", ")))")
    case .waiting(let stage): "waits to be \(stage)"
    case .unplaced(let stage): "date too open to move the stage to \(stage)"
    case .anomaly(let from, let stage):
      "ANOMALY: cannot be \(stage) \(from.map { "after \($0)" } ?? "at the beginning")"
    case .disputed(let stage): "DISPUTED" + (stage.map { ": would be \($0)" } ?? "")
    case .setAside(let position): "set aside: another account is preferred [\(position)]"
    case .retracted(let position): "RETRACTED [\(position)]"
    }
  }
}

extension JSONValue {
  /// Text, or null.
  static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// The value in words: nothing for null, lists joined by commas.
  var plainText: String {
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
enum CSVText {
  /// One line. A cell that a spreadsheet would take for a formula is not changed: the file is read by programs.
  static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }

  /// The line of a document's object.
  static func line(_ object: JSONValue, columns: [String]) -> String {
    line(columns.map { (object[$0] ?? .null).plainText })
  }

  private static func cell(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }
    return needsQuotes
      ? "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
      : text
  }
}
