// A snapshot: the state of the world or of one scope, with all that it depends on. docs/snapshots.md has the forms.

package import CanonicalJSON
internal import Crypto
internal import EDTF
package import Ledger
internal import Milestones
internal import Projections

/// The state of a scope on a day, by what was known at one position, as far as it may be shown.
///
/// Its bytes are a function of the log's first `knownAt` + 1 events, the scope, the day and what restricts; neither
/// machine nor time zone nor locale has a part in them.
package struct Snapshot: Sendable {
  /// The version of what snapshots look like. Whoever changes a byte of any form raises it: a snapshot is compared with
  /// one that is made anew, and one of another version is told apart from one that was altered.
  package static let formatVersion: Int64 = 1

  /// What the answer depends on.
  package let context: AnswerContext
  /// The state.
  package let state: LedgerState
  /// The position of the last event that restricts what may be shown (R).
  package var restrictionsAt: Int64?
  /// The last day on which a consent ended.
  package var restrictionsOn: String?
  /// SHA-256 over the rows of all sections: each section's name and each row in canonical form, one a line, in the order
  /// of the sections of the document.
  package let digest: String

  /// The snapshot of a state.
  ///
  /// - Throws: `JSONError` if a number lies beyond what JSON's integers hold, which no ledger gives.
  package init(_ answer: Answer<LedgerState>) throws {
    context = answer.context
    state = answer.content
    restrictionsAt = context.restrictionsAt
    restrictionsOn = state.restrictionsOn?.description
    digest = try Self.digest(of: state)
  }

  /// The files that it consists of: one, or those of a data package.
  ///
  /// - Throws: `JSONError` if a number lies beyond what JSON's integers hold, which no ledger gives.
  package func files(_ format: SnapshotFormat) throws -> [SnapshotFile] {
    switch format {
    case .json: [SnapshotFile(name: "", bytes: try document.canonicalBytes() + [UInt8(ascii: "\n")])]
    case .csv: try DataPackage(self).files()
    case .md: [SnapshotFile(name: "", bytes: Array(try SnapshotMarkdown(self).text().utf8))]
    case .html: [SnapshotFile(name: "", bytes: Array(try SnapshotPage(self).text().utf8))]
    }
  }

  /// What every form carries of what it depends on.
  package var header: JSONObject {
    JSONObject(
      context.members + [
        ("restrictionsAt", restrictionsAt.map { .integer($0) } ?? .null),
        ("restrictionsOn", .text(restrictionsOn)), ("formatVersion", .integer(Self.formatVersion)),
        ("scope", .text(state.scope.text)), ("digest", .string(digest)),
      ])
  }

  /// The canonical document.
  package var document: JSONValue {
    var document = header
    for (name, rows) in Self.sections(of: state) { document[name] = .array(rows) }
    return .object(document)
  }

  /// The state section by section: the rows of the document.
  private static func sections(of state: LedgerState) -> [(name: String, rows: [JSONValue])] {
    [
      ("standing", state.standing.map(\.json)), ("disputes", state.disputes.map(\.json)),
      ("anomalies", state.anomalies.map(\.json)), ("credit", state.credit.map(\.json)),
      ("reach", state.reach.map { .object(JSONObject($0.members)) }), ("links", state.links.map(\.json)),
      ("assessments", state.assessments.map(\.json)), ("votes", state.votes.map(\.json)),
      ("tallies", state.tallies.flatMap(\.rows)),
      ("evidence", EvidenceReport.rows(of: state.evidence)),
      ("unsourced", state.unsourced.map { .integer($0) }), ("events", state.events.map(\.json)),
    ]
  }

  private static func digest(of state: LedgerState) throws -> String {
    var hasher = SHA256()
    for (name, rows) in sections(of: state) {
      hasher.update(data: Array("\(name)\n".utf8))
      for row in rows { hasher.update(data: try row.canonicalBytes() + [UInt8(ascii: "\n")]) }
    }
    return Hex.lowercase(hasher.finalize())
  }
}
