// Changes as documents have them, and their words.

package import CanonicalJSON
internal import EDTF
package import Ledger
package import Projections
internal import TransparencyLog

extension Change {
  /// The columns of its CSV.
  package static let csvColumns = [
    "change", "country", "institution", "subject", "party", "title", "claim", "position", "id", "type",
    "occurred", "effective", "account", "confidence", "by", "byId", "reason", "oldStage", "newStage", "says",
  ]

  /// The change as a document has it.
  package var json: JSONValue {
    let entry = ground?.entry
    return .object(
      JSONObject([
        ("change", .string(kind.rawValue)), ("country", .text(country)), ("institution", .text(institution)),
        ("subject", .string(subject)), ("party", .text(party)), ("title", .text(title)),
        ("claim", .text(claim ?? entry?.claim)), ("position", entry.map { .integer($0.position) } ?? .null),
        ("id", .text(ground?.id)), ("type", .text(entry?.type)), ("occurred", .text(entry?.occurred)),
        ("effective", .text(entry?.effective)), ("account", .text(ground?.account)),
        ("confidence", .text(ground?.confidence)), ("sources", .array(ground?.sources ?? [])),
        ("by", cause.map { .integer($0.position) } ?? .null), ("byId", .text(cause?.id)),
        ("reason", .text(cause?.reason)), ("oldStage", .text(before?.stage)),
        ("newStage", .text(after?.stage)), ("says", .string(words)),
        (
          "values",
          .array(fields.map { ["field": .string($0.field), "old": $0.old, "new": $0.new] })
        ),
      ]))
  }

  /// Whether people are told of it one by one: of what only counts events or sources, they see the events.
  package var isForPeople: Bool { kind != .counted || fields.contains { $0.field == "anomalyCount" } }

  /// What changed, in words; the kind of the change stands before them.
  package var words: String {
    switch kind {
    case .added, .happened: eventWords
    case .corrected, .retracted, .broughtBack:
      [eventWords, fields.isEmpty ? nil : fieldWords(fields), causeWords].compactMap { $0 }.joined(
        separator: ": ")
    case .appeared: "\(name): \(Self.standing(after))"
    case .vanished: "\(name), which was \(Self.standing(before)): nothing that counts tells of it"
    case .moved: "\(name): \(Self.standing(before)) → \(Self.standing(after))"
    case .changed:
      "\(name) (\(after?.stage ?? "no stage")): "
        + fieldWords(fields.filter { !Self.countNames.contains($0.field) })
    case .counted: "\(name): \(fieldWords(fields))"
    case .disputed, .settled, .reopened, .agreed:
      [claim, subject, causeWords].compactMap { $0 }.joined(separator: ": ")
    }
  }

  private static let countNames = ["lastPosition", "sourceCount", "anomalyCount", "disputeCount"]

  private var name: String { party.map { "\(subject) (\($0))" } ?? subject }

  private var eventWords: String {
    guard let ground else { return name }
    let entry = ground.entry
    return [
      entry.since, entry.type, entry.subject, entry.title.map { "“\($0)”" },
      "[\(entry.position)]",
    ].compactMap { $0 }.joined(separator: " ")
  }

  private var causeWords: String? {
    cause.map { cause in ["by [\(cause.position)]", cause.reason].compactMap { $0 }.joined(separator: ", ") }
  }

  private func fieldWords(_ fields: [FieldChange]) -> String {
    fields.map { "\($0.field) \(Self.words($0.old)) → \(Self.words($0.new))" }.joined(separator: "; ")
  }

  private static func words(_ value: JSONValue) -> String {
    value == .null ? "(nothing)" : value.plainText
  }

  private static func standing(_ row: StatusRow?) -> String {
    guard let row else { return "(nothing)" }
    let marks = row.certainty == "certain" ? nil : row.certainty
    return [
      row.stage ?? "no stage", row.detail.map { "(\($0))" }, row.since.map { "since \($0)" }, marks,
    ].compactMap { $0 }.joined(separator: " ")
  }
}

extension Change.Kind {
  /// The kind in words.
  package var words: String { self == .broughtBack ? "brought back" : rawValue }
}

/// The changes of one country and institution.
package struct ChangedPlace {
  package let country: String?
  package let institution: String?
  package let changes: [Change]

  /// Changes in places; they are in their order already.
  package static func all(_ changes: [Change]) -> [ChangedPlace] {
    var places: [ChangedPlace] = []
    for change in changes {
      if let last = places.last, last.country == change.country, last.institution == change.institution {
        places[places.count - 1] = ChangedPlace(
          country: last.country, institution: last.institution, changes: last.changes + [change])
      } else {
        places.append(
          ChangedPlace(country: change.country, institution: change.institution, changes: [change]))
      }
    }
    return places
  }

  package var json: JSONValue {
    [
      "country": .text(country), "institution": .text(institution), "changes": .array(changes.map(\.json)),
    ]
  }

  /// The place in words.
  package var countryWords: String { country ?? "without a country" }
}

/// What changed, as a document, for people and in Markdown.
package struct ChangeReport {
  package let answer: Answer<Difference>
  /// Whether the sides are two days at one point of knowledge.
  package let isOfDays: Bool

  package var changes: [Change] { answer.content.changes }

  /// A report of an answer.
  package init(answer: Answer<Difference>, isOfDays: Bool) {
    self.answer = answer
    self.isOfDays = isOfDays
  }

  /// The members of the JSON document beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    let from = answer.content.from
    let counts = Change.Kind.allCases.map { kind in
      (kind.rawValue, JSONValue.integer(Int64(changes.count { $0.kind == kind })))
    }
    return [
      ("between", .string(isOfDays ? "days" : "knowledge")),
      (
        "from",
        [
          "size": .integer(from.size), "root": .string(from.root.base64),
          "on": .string(from.on.description), "knownAt": .integer(from.knownAt),
        ]
      ),
      ("counts", .object(JSONObject(counts))),
      ("places", .array(ChangedPlace.all(changes).map(\.json))),
    ]
  }
}
