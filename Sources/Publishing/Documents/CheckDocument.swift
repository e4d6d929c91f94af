// What does not add up, and how well events are sourced, as documents have it.

package import CanonicalJSON
package import Ledger
internal import Projections

extension CheckReport {
  /// The columns of its CSV.
  package static let csvColumns = ["problem", "kind", "detail", "party"] + Ground.csvColumns

  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [
      ("anomalies", .array(anomalies.map(\.json))),
      ("disputes", .array(disputes.map(\.json))),
      ("unsourced", .array(unsourced.map(\.json))),
    ]
  }

  /// One row a problem; a dispute has one for each of its accounts.
  package var rows: [JSONValue] {
    func row(_ problem: String, _ kind: String?, _ detail: String?, _ party: String?, _ base: JSONValue)
      -> JSONValue
    {
      var object = base.object ?? JSONObject()
      object["problem"] = .string(problem)
      object["kind"] = .text(kind)
      object["detail"] = .text(detail)
      object["party"] = .text(party)
      return .object(object)
    }
    return anomalies.map {
      row("anomaly", $0.finding.kind.rawValue, $0.finding.detail, $0.party, $0.json)
    }
      + disputes.flatMap { dispute in
        dispute.accounts.map { account in row("dispute", nil, account.words, nil, account.ground.json) }
      }
      + unsourced.map { row("unsourced", nil, nil, nil, $0.json) }
  }
}

extension EvidenceReport {
  /// The columns of its CSV.
  package static let csvColumns = ["country", "events", "unsourced"]

  /// The counts by country.
  package var rows: [JSONValue] {
    countries.map { count in
      [
        "country": .text(count.country), "events": .integer(count.events),
        "unsourced": .integer(count.unsourced),
      ]
    }
  }

  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [("rows", .array(rows)), ("unsourced", .array(unsourced.map(\.json)))]
  }
}
