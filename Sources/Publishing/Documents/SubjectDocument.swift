// All that is known of one subject, as a document has it.

package import CanonicalJSON
internal import Milestones
package import Projections

extension SubjectHistory {
  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [
      ("subject", .string(subject)), ("title", .text(title)),
      ("standing", .array(standing.map(\.json))), ("events", .array(items.map(\.json))),
      ("spells", .array(spells.map(\.json))), ("mode", .text(mode?.rawValue)),
      ("dissociations", .array(dissociations.map(\.json))),
      ("decisions", .array(decisions.map(\.json))),
      ("votes", .array(votes.map(\.json))), ("links", .array(links.map(\.json))),
      ("assessments", .array(assessments.map(\.json))),
      ("anomalies", .array(anomalies.map(\.json))),
      ("disputes", .array(disputes.map(\.json))),
    ]
  }
}

extension SubjectHistory.Item {
  /// The columns of its CSV.
  package static let csvColumns = [
    "position", "id", "occurred", "effective", "type", "subject", "country", "institution", "title", "claim",
    "confidence", "sourceCount", "retractedBy", "outcome", "stage",
  ]

  /// The event of a history with its own words.
  package var json: JSONValue {
    let all = outcomes.map {
      JSONValue.object(JSONObject($0.outcome.members(party: $0.party, isCertain: isCertain)))
    }
    let first = outcomes.first?.outcome.members(party: "", isCertain: isCertain) ?? []
    return .object(
      JSONObject(
        entry.members + [
          ("id", .string(event.id)), ("confidence", .text(event.data?["confidence"]?.string)),
          ("data", event.data?.value ?? .null), ("outcomes", .array(all)),
          ("outcome", first.first { $0.0 == "outcome" }?.1 ?? .null),
          ("stage", first.first { $0.0 == "stage" }?.1 ?? .null),
        ]))
  }
}
