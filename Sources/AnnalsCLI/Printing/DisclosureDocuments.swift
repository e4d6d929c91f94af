// What is disclosed of a subject, as documents have it and for people. The only place that puts sealed values on stdout.

import CanonicalJSON
import Ledger
import Milestones
import Publishing
import Rainbow

extension ConsentTold {
  /// The consent as documents have it: a word, and the scopes.
  var members: [(String, JSONValue)] {
    [("consent", .string(word)), ("scopes", .array(scopes.map { .string($0.rawValue) }))]
  }

  private var word: String {
    switch self {
    case .nothing: "not-told"
    case .given: "given"
    case .ended: "ended"
    }
  }

  /// The consent for people.
  var line: String {
    switch self {
    case .nothing: "no consent was told"
    case .given: scopes.isEmpty ? "consents to nothing" : "consents to \(Self.list(scopes))"
    case .ended: "the consent has ended"
    }
  }

  static func list(_ scopes: [ConsentScope]) -> String { scopes.map(\.rawValue).joined(separator: ", ") }
}

extension SubjectDisclosures {
  /// The members of the document, beside what the answer depends on.
  var members: [(String, JSONValue)] {
    [("subject", .string(subject)), ("hasVault", .bool(hasVault))] + consent.members
      + [("shown", .bool(isShown)), ("rows", .array(rows))]
  }

  /// A line for each field, and one for each event of which no field is here.
  var rows: [JSONValue] { events.flatMap(\.rows) }

  static let csvColumns = [
    "position", "id", "type", "subject", "state", "field", "text", "digest", "withinConsent", "erasedAt",
  ]

  /// For people.
  var lines: [String] {
    // Of a consent that nobody can read here nothing is said.
    let isHere = events.contains { !$0.fields.isEmpty }
    var lines = [ViewPrinter.heading(subject, isHere ? consent.line : "")]
    for event in events {
      lines.append("")
      lines += event.lines
    }
    return lines
  }
}

extension EventDisclosures {
  fileprivate var rows: [JSONValue] {
    fields.isEmpty ? [row(nil)] : fields.map { row($0) }
  }

  private func row(_ field: Field?) -> JSONValue {
    [
      "position": .integer(position), "id": .string(event.id), "type": .string(event.type),
      "subject": .string(event.subject), "state": .string(state.rawValue), "field": .text(field?.name),
      "values": .array(field?.value?.list ?? []), "text": .text(field?.value?.plainText),
      "digest": .text(field?.digest),
      "needs": .array((field?.needed ?? []).map { .string($0.rawValue) }),
      "lacks": .array((field?.lacking ?? []).map { .string($0.rawValue) }),
      "withinConsent": field.map { .bool($0.lacking.isEmpty) } ?? .null,
      "erasedAt": erasedAt.last.map { .integer($0) } ?? .null,
    ]
  }

  fileprivate var lines: [String] {
    let head = [event.occurred, event.type, "[\(position)] \(event.id)", stateLine].filter { !$0.isEmpty }
    return [Printable.text(head.joined(separator: "  "))]
      + fields.map { ViewPrinter.line($0.line, indent: 2) }
  }

  private var stateLine: String {
    let gone = erasedAt.map { "[\($0)]" }.joined(separator: " ")
    switch state {
    case .present where erasedAt.isEmpty: return fields.isEmpty ? "nothing was sealed in it" : ""
    case .present: return "erased in part, as \(gone) tells"
    case .erased: return "ERASED, as \(gone) tells"
    case .withheld: return "withheld: there is no vault on this machine"
    case .missing: return "MISSING: \(counts.missing) disclosures are gone, and no event tells why"
    case .altered: return "ALTERED: what lies in the vault is not what the event's digests stand for"
    }
  }
}

extension JSONValue {
  /// The elements of a list, or what is none as the only one.
  var list: [JSONValue] { array ?? [self] }
}

extension EventDisclosures.Field {
  /// The field for people; beyond what was consented to it says so.
  fileprivate var line: String {
    let words = value?.plainText ?? "(not shown)"
    guard !lacking.isEmpty else { return "\(name): \(words)" }
    return "\(name): \(words)  (beyond the consent: passing it on needs \(ConsentTold.list(lacking)))"
  }
}
