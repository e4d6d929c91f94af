// Rows as documents have them: where things stand, what happened, what became of a move.

package import CanonicalJSON
internal import Milestones
package import Projections

extension StatusRow {
  /// The row as a document has it.
  package var json: JSONValue {
    .object(JSONObject([("subject", .string(subject)), ("party", .text(party))] + fields))
  }

  /// The columns of its CSV.
  package static let csvColumns = [
    "country", "institution", "subject", "party", "title", "stage", "detail", "certainty", "certainStage",
    "since",
    "lastPosition", "sourceCount", "anomalyCount", "disputeCount",
  ]
}

extension EntryRow {
  /// The row as a document has it.
  package var json: JSONValue { .object(JSONObject(members)) }

  /// The members of the row.
  package var members: [(String, JSONValue)] {
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
  package static let csvColumns = [
    "position", "occurred", "effective", "type", "subject", "country", "institution", "title", "claim",
    "sourceCount", "retractedBy",
  ]
}

extension EntryRow {
  /// What corrects or retracts the event, for people; nil as a rule.
  package var amendments: String? {
    let positions = correctedBy.map { "[\($0)]" }.joined(separator: " ")
    if let retractedBy { return "RETRACTED [\(retractedBy)]" }
    return positions.isEmpty ? nil : "corrected by \(positions)"
  }
}

extension MoveOutcome {
  /// What became of a move, as a document has it.
  package func members(party: String, isCertain: Bool) -> [(String, JSONValue)] {
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
  package func line(isCertain: Bool) -> String {
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

extension StatusRow {
  /// What a reader must mind: doubt, disputes, anomalies.
  package var marks: String {
    var marks: [String] = []
    if let certainty, certainty != "certain" { marks.append(certainty) }
    if disputeCount > 0 && certainty != "disputed" {
      marks.append(disputeCount == 1 ? "1 dispute" : "\(disputeCount) disputes")
    }
    if anomalyCount > 0 { marks.append(anomalyCount == 1 ? "1 anomaly" : "\(anomalyCount) anomalies") }
    return marks.joined(separator: ", ")
  }
}
