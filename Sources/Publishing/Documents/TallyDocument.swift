// Released counts of testimonies as documents have them.

package import CanonicalJSON
package import Ledger
package import Milestones

extension ReleasedTally {
  /// The columns of its CSV.
  package static let csvColumns = [
    "campaign", "grouping", "cell", "atLeast", "count", "from", "to", "through", "position",
  ]

  /// A row for each cell.
  package var rows: [JSONValue] {
    cells.map { cell in
      cell.row(
        campaign: campaign, grouping: grouping, from: from, to: to, through: through, position: position)
    }
  }
}

extension ReleasedCell {
  /// A cell of a release as a document has it.
  package func row(
    campaign: String, grouping: String, from: String, to: String, through: Int64, position: Int64?
  ) -> JSONValue {
    [
      "campaign": .string(campaign), "grouping": .string(grouping), "cell": .text(cell),
      "atLeast": atLeast.map { .integer($0) } ?? .null, "count": .string(count),
      "from": .string(from), "to": .string(to), "through": .integer(through),
      "position": position.map { .integer($0) } ?? .null,
    ]
  }
}
