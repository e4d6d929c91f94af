// The state as tables: what the data package holds.

package import CanonicalJSON
internal import Ledger
internal import Milestones
internal import Projections

/// A table of a snapshot.
package struct SnapshotTable {
  /// Its name.
  package let name: String
  /// What it holds, in a line.
  package let title: String
  /// Its columns.
  package let columns: [SnapshotColumn]
  /// The column whose cells are all different; nil if there is none.
  package let key: String?
  /// The column that names an event of the table `events`; nil if rows may rest on others too.
  package let eventColumn: String?
  /// Its rows, as objects.
  package let rows: [JSONValue]

  init(
    _ name: String, _ title: String, _ columns: [String], means: [String: String] = [:], key: String? = nil,
    eventColumn: String? = nil, rows: [JSONValue]
  ) {
    self.name = name
    self.title = title
    self.columns = columns.map { SnapshotColumn($0, means: means[$0]) }
    self.key = key
    self.eventColumn = eventColumn
    self.rows = rows
  }

  /// The table as comma-separated values.
  package var csv: String {
    let names = columns.map(\.name)
    return ([CSVText.line(names)] + rows.map { CSVText.line($0, columns: names) }).map { $0 + "\n" }.joined()
  }
}

extension Snapshot {
  /// The state as tables.
  package var tables: [SnapshotTable] {
    [
      SnapshotTable(
        "standing", "Where subjects and parties stand", StatusRow.csvColumns, rows: state.standing.map(\.json)
      ),
      SnapshotTable(
        "events", "The events, in the order in which they happened", Ground.csvColumns, key: "position",
        rows: state.events.map(\.json)),
      SnapshotTable(
        "sources", "The sources of the events", Self.sourceColumns, eventColumn: "position",
        rows: state.events.flatMap(Self.sourceRows)),
      SnapshotTable(
        "disputes", "Rival accounts, one a row", Dispute.csvColumns,
        means: ["stage": "The stage that the account would give."], rows: state.disputes.flatMap(\.rows)),
      SnapshotTable(
        "anomalies", "What does not add up", Anomaly.csvColumns,
        means: ["kind": "step, date, rule, vote or link.", "detail": "What does not add up."],
        rows: state.anomalies.map(\.json)),
      SnapshotTable(
        "credit", "Who is credited with what, by whom", CreditClaim.csvColumns, rows: state.credit.map(\.json)
      ),
      SnapshotTable(
        "reach", "The countries that campaigns reached", ["reachOf"] + Projections.Reach.countryColumns,
        means: [
          "campaign": "The campaign that arrived: the one that it is the reach of, or one that comes from it."
        ],
        rows: state.reach.flatMap { reach in reach.countries.map { $0.ofReach(reach.campaign) } }),
      SnapshotTable(
        "figures", "What was counted of campaigns; never to be added up",
        ["reachOf"] + Projections.Reach.Figure.csvColumns,
        means: ["campaign": "The campaign that was counted."],
        rows: state.reach.flatMap { reach in reach.figures.joined().map { $0.json.ofReach(reach.campaign) } }),
      SnapshotTable(
        "derived", "The campaigns that come from others", ["reachOf", "campaign", "title"],
        means: ["campaign": "The campaign that comes from it."],
        rows: state.reach.flatMap { reach in
          reach.derived.map {
            ["reachOf": .string(reach.campaign), "campaign": .string($0), "title": .text($1)]
          }
        }),
      SnapshotTable(
        "links", "What belongs together", LinkItem.csvColumns,
        means: ["kind": "How the subject belongs to the other."], rows: state.links.map(\.json)),
      SnapshotTable(
        "assessments", "What was judged, by whom", Assessment.csvColumns,
        means: ["kind": "The judgement: symbolic, substantive, mixed, reversal, none or contested."],
        rows: state.assessments.map(\.json)),
      SnapshotTable("votes", "How bodies voted", VoteItem.csvColumns, rows: state.votes.map(\.json)),
      SnapshotTable(
        "ballots", "How members voted", ["position", "member", "ballot"],
        rows: state.votes.flatMap { vote in
          vote.facts.members.map { member, ballot in
            [
              "position": .integer(vote.ground.entry.position), "member": .string(member),
              "ballot": .string(ballot.rawValue),
            ]
          }
        }),
      SnapshotTable(
        "tallies", "Released counts of testimonies", ReleasedTally.csvColumns,
        means: ["position": "The position of the release."], rows: state.tallies.flatMap(\.rows)),
      SnapshotTable(
        "evidence", "How well events are sourced, by country", EvidenceReport.csvColumns,
        rows: EvidenceReport.rows(of: state.evidence)),
      SnapshotTable(
        "unsourced", "The events without a source", ["position"], key: "position", eventColumn: "position",
        rows: state.unsourced.map { ["position": .integer($0)] }),
    ]
  }

  private static let sourceColumns = [
    "position", "number", "citation", "url", "archived", "sha256", "media_type", "captured", "page",
    "quotation",
  ]

  private static func sourceRows(of ground: Ground) -> [JSONValue] {
    ground.sources.enumerated().map { index, source in
      var row = source.object ?? JSONObject()
      row["position"] = .integer(ground.entry.position)
      row["number"] = .integer(Int64(index + 1))
      return .object(row)
    }
  }
}

extension JSONValue {
  fileprivate func ofReach(_ campaign: String) -> JSONValue {
    var row = object ?? JSONObject()
    row["reachOf"] = .string(campaign)
    return .object(row)
  }
}
