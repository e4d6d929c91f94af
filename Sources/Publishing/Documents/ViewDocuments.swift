// The further views as documents have them: every line carries the event that it rests on.

package import CanonicalJSON
internal import Milestones
package import Projections

extension Ground {
  /// The event, as every line of a view carries it.
  package var members: [(String, JSONValue)] {
    entry.members + [
      ("id", .string(id)), ("account", .text(account)), ("confidence", .text(confidence)),
      ("certainty", .string(certainty.rawValue)), ("sources", .array(sources)),
    ]
  }

  /// The event alone, as a document has it.
  package var json: JSONValue { .object(JSONObject(members)) }

  /// The columns of its CSV.
  package static let csvColumns = EntryRow.csvColumns + ["id", "account", "confidence", "certainty"]

  /// The event in a line: when, how sure, what, where in the log.
  package var line: String {
    [
      entry.since, certainty == .certain ? nil : certainty.words, entry.type,
      entry.title, "[\(entry.position)] \(id)",
    ].compactMap { $0 }.joined(separator: "  ")
  }

  /// Its sources in lines.
  package var sourceLines: [String] {
    sources.isEmpty
      ? ["no source"]
      : sources.map { source in
        let words = [
          source["citation"]?.string, source["url"]?.string, source["quotation"]?.string.map { "“\($0)”" },
        ]
        return "source: " + words.compactMap { $0 }.joined(separator: " ")
      }
  }
}

extension Ground.Certainty {
  /// How sure it is, in words.
  package var words: String { self == .setAside ? "set aside" : rawValue }
}

extension EntryRow {
  /// The date that counts, as told.
  package var since: String { effective.map { "\(occurred) (effective \($0))" } ?? occurred }
}

/// A line of a view as a document has it, with the columns of its CSV.
package protocol ViewRow {
  /// The columns of its own.
  static var ownColumns: [String] { get }
  /// The members of its own, before those of the event.
  var ownMembers: [(String, JSONValue)] { get }
  /// The event that it rests on.
  var ground: Ground { get }
}

extension ViewRow {
  /// The line as a document has it.
  package var json: JSONValue { .object(JSONObject(ownMembers + ground.members)) }
  /// The columns of its CSV.
  package static var csvColumns: [String] { ownColumns + Ground.csvColumns }
}

extension CreditClaim: ViewRow {
  package static let ownColumns = ["role", "agent", "stance", "claimedBy", "quotation"]

  package var ownMembers: [(String, JSONValue)] {
    [
      ("role", .string(role)), ("agent", .string(agent)), ("stance", .string(stance)),
      ("claimedBy", .text(claimedBy)), ("quotation", .text(quotation)),
    ]
  }
}

extension Assessment: ViewRow {
  package static let ownColumns = ["kind", "assessor", "criteria", "asOf", "quotation"]

  package var ownMembers: [(String, JSONValue)] {
    [
      ("kind", .string(kind)), ("assessor", .text(assessor)), ("criteria", .text(criteria)),
      ("asOf", .text(asOf)), ("quotation", .text(quotation)),
    ]
  }
}

extension LinkItem: ViewRow {
  package static let ownColumns = ["depth", "kind", "other", "far", "farTitle", "farKnown"]

  package var ownMembers: [(String, JSONValue)] {
    [
      ("depth", .integer(Int64(depth))), ("kind", .string(kind)), ("other", .string(other)),
      ("far", .string(far)), ("farTitle", .text(farTitle)), ("farKnown", .bool(isFarKnown)),
      ("positions", .array(positions.map { .integer($0) })),
    ]
  }
}

extension VoteItem: ViewRow {
  package static let ownColumns = [
    "on", "method", "yes", "no", "abstain", "absent", "result",
  ]

  package var ownMembers: [(String, JSONValue)] {
    let totals = Effect.Ballot.allCases.map { ballot in
      (ballot.rawValue, facts.totals[ballot].map { JSONValue.integer($0) } ?? .null)
    }
    return [("on", .text(facts.on)), ("method", .text(facts.method))] + totals + [
      ("paragraphs", .array(paragraphs.map { .string($0) })), ("result", .text(result)),
      ("findings", .array(findings.map { .string($0.detail) })),
      (
        "members",
        .array(
          facts.members.map { member, ballot in
            .object(JSONObject([("member", .string(member)), ("ballot", .string(ballot.rawValue))]))
          })
      ),
    ]
  }
}

extension Decision: ViewRow {
  package static let ownColumns = ["level", "told", "mode"]

  package var ownMembers: [(String, JSONValue)] {
    [("level", .text(level)), ("told", .text(told)), ("mode", .text(mode?.rawValue))]
  }
}

extension Dissociation: ViewRow {
  package static let ownColumns = ["speaker", "quotation"]

  package var ownMembers: [(String, JSONValue)] {
    [("speaker", .string(speaker)), ("quotation", .text(quotation))]
  }
}

extension Anomaly: ViewRow {
  package static let ownColumns = ["kind", "detail", "party"]

  /// The subject is the one that does not add up, which another than the event's own may be.
  package var ownMembers: [(String, JSONValue)] {
    [("kind", .string(finding.kind.rawValue)), ("detail", .string(finding.detail)), ("party", .text(party))]
  }

  /// It as a document has it.
  package var json: JSONValue {
    var object = JSONObject(ownMembers + ground.members)
    object["subject"] = .string(subject)
    return .object(object)
  }

  /// What does not add up, in a line.
  package var line: String {
    let whom = party.map { "\(subject) (\($0))" } ?? subject
    // Of a date the finding itself tells.
    let event = finding.kind == .step ? "\(ground.entry.type) of \(ground.entry.since)" : ground.entry.type
    return
      "\(finding.kind.rawValue): \(whom): \(event) \(finding.detail)  [\(ground.entry.position)] \(ground.id)"
  }
}

extension Projections.Reach.Arrival: ViewRow {
  package static let ownColumns = ["country", "campaign"]

  package var ownMembers: [(String, JSONValue)] {
    [("campaign", .string(campaign)), ("names", .array(names.map(\.json)))]
  }
}

extension Projections.Reach.LocalName {
  /// It as a document has it.
  package var json: JSONValue {
    ["name": .string(name), "transliteration": .text(transliteration), "language": .text(language)]
  }

  /// The name with its transliteration.
  package var words: String { transliteration.map { "\(name) (\($0))" } ?? name }
}

extension Projections.Reach.Figure: ViewRow {
  package static let ownColumns = [
    "campaign", "metric", "value", "unit", "basis", "platform", "countries", "asOf",
  ]

  package var ownMembers: [(String, JSONValue)] {
    [
      ("campaign", .string(campaign)), ("metric", .string(metric)), ("value", .string(value)),
      ("unit", .text(unit)), ("basis", .text(basis)), ("platform", .text(platform)),
      ("countries", .text(countries)), ("asOf", .text(asOf)),
    ]
  }
}

extension Spell {
  /// The spell as a document has it.
  package var json: JSONValue {
    let steps = steps.map { step -> JSONValue in
      [
        "stage": .string(step.stage), "detail": .text(step.detail), "since": .text(step.since),
        "certainty": .text(step.certainty), "position": step.position.map { .integer($0) } ?? .null,
      ]
    }
    return ["party": .text(party), "number": .integer(Int64(number)), "steps": .array(steps)]
  }
}

extension Dispute {
  /// `disputed`, or `settled` where an account is preferred.
  package var stateWord: String { if case .settled = state { "settled" } else { "disputed" } }

  private var preferredBy: JSONValue { if case .settled(_, let by) = state { .integer(by) } else { .null } }

  private var own: [(String, JSONValue)] {
    [("claim", .string(claim)), ("state", .string(stateWord)), ("preferredBy", preferredBy)]
  }

  /// The fact with its accounts, as a document has it.
  package var json: JSONValue {
    .object(JSONObject(own + [("accounts", .array(accounts.map { .object(JSONObject($0.members)) }))]))
  }

  /// One row an account.
  package var rows: [JSONValue] { accounts.map { .object(JSONObject($0.members + own)) } }

  /// The columns of its CSV.
  package static let csvColumns = ["state", "preferredBy", "stage", "says"] + Ground.csvColumns
}

extension Dispute.Account {
  /// The account as a document has it.
  package var members: [(String, JSONValue)] {
    [
      ("stage", .text(stage)), ("says", .string(words)),
      ("values", .object(JSONObject(values.map { ($0.field, $0.value) }))),
    ]
      + ground.members
  }

  /// What it says where the accounts differ, in a line.
  package var words: String {
    let said = values.map { field, value in
      "\(field) \(value == .null ? "not told" : value.plainText)"
    }
    return (said + (stage.map { ["would give \($0)"] } ?? [])).joined(separator: "; ")
  }
}

extension VoteItem {
  /// The vote in words.
  package var words: String {
    let totals = Effect.Ballot.allCases.compactMap { ballot in
      facts.totals[ballot].map { "\($0) \(ballot.rawValue)" }
    }
    let about = [facts.on, paragraphs.isEmpty ? nil : paragraphs.joined(separator: ", "), facts.method]
    return (about.compactMap { $0 } + totals + [result].compactMap { $0 }).joined(separator: ", ")
  }
}
