// What differs between two answers: the pure comparison of where things stood, and the change that all of it is told as.

public import CanonicalJSON
internal import Milestones

/// One difference between two points of knowledge, or between two days.
public struct Change: Sendable {
  /// What kind of difference it is; in the order in which those of one place are told.
  public enum Kind: String, Sendable, CaseIterable {
    /// The event was recorded in between.
    case added
    /// The event happened in between.
    case happened
    /// Fields of the event read otherwise.
    case corrected
    /// The event counts no more.
    case retracted
    /// What a correction or retraction had taken back holds again, since that was retracted itself.
    case broughtBack = "brought-back"
    /// The subject or party is there for the first time.
    case appeared
    /// It is there no more: nothing that counts tells of it.
    case vanished
    /// It stands at another stage.
    case moved
    /// It stands at the same stage, but something that is told of it beside differs: certainty, date, home or title.
    case changed
    /// Only counts of what is told of it differ: events, sources, anomalies, disputes.
    case counted
    /// Rival accounts of a fact are at odds that were not.
    case disputed
    /// One of them is preferred.
    case settled
    /// None of them is preferred any more.
    case reopened
    /// They are no longer at odds.
    case agreed
  }

  /// Something that reads otherwise.
  public struct FieldChange: Sendable {
    /// The field: of an event as it stands in the leaf, of a standing as the documents name it.
    public let field: String
    /// What it said; null for nothing.
    public let old: JSONValue
    /// What it says; null for nothing.
    public let new: JSONValue
  }

  /// What kind of difference it is.
  public let kind: Kind
  /// The country: of the event, of the home of what stands, of the first account of a claim.
  public let country: String?
  /// The institution, likewise.
  public let institution: String?
  /// The subject.
  public let subject: String
  /// The party; nil for the subject as a whole.
  public var party: String?
  /// The title of the event or the subject.
  public var title: String?
  /// The event that was added, that happened, or that reads otherwise; nil for standings and claims.
  public var ground: Ground?
  /// The event that made the difference: a correction, a retraction, a preference. Nil where none is to be named.
  public var cause: Cause?
  /// The key of the claim; nil for events and standings.
  public var claim: String?
  /// Where it stood; nil unless the change is one of a standing, or if it was not there.
  public var before: StatusRow?
  /// Where it stands; nil likewise.
  public var after: StatusRow?
  /// What reads otherwise, field by field.
  public var fields: [FieldChange] = []
}

/// The event behind a difference or a step, and why it was recorded.
public struct Cause: Sendable, Equatable {
  /// Its position.
  public let position: Int64
  /// Its id.
  public let id: String
  /// The reason that it gives.
  public let reason: String?
}

extension Change {
  /// How rows of the status differ. Applied to the first, the changes give the second.
  ///
  /// - Parameters:
  ///   - old: the rows of one side.
  ///   - new: the rows of the other.
  /// - Returns: a change for each subject and party whose row differs; none where both are the same.
  /// - Throws: `JSONError` if a count lies beyond what JSON holds.
  static func standings(from old: [StatusRow], to new: [StatusRow]) throws -> [Change] {
    struct Key: Hashable {
      let subject: ExactText
      let party: ExactText?

      init(_ row: StatusRow) {
        subject = ExactText(row.subject)
        party = row.party.map(ExactText.init)
      }
    }
    var former: [Key: StatusRow] = [:]
    for row in old { former[Key(row)] = row }
    var changes: [Change] = []
    for row in new {
      if let change = try standing(from: former.removeValue(forKey: Key(row)), to: row) {
        changes.append(change)
      }
    }
    for row in old where former[Key(row)] != nil {
      if let change = try standing(from: row, to: nil) { changes.append(change) }
    }
    return changes
  }

  private static func standing(from old: StatusRow?, to new: StatusRow?) throws -> Change? {
    guard let home = new ?? old else { return nil }
    let fields = try differences(old?.fields ?? [], new?.fields ?? [])
    if old != nil && new != nil && fields.isEmpty { return nil }
    let names = Set(fields.map(\.field))
    let kind: Kind =
      if old == nil { .appeared } else if new == nil { .vanished } else if names.contains("stage") {
        .moved
      } else if names.isSubset(of: StatusRow.counts) { .counted } else { .changed }
    return Change(
      kind: kind, country: home.country, institution: home.institution, subject: home.subject,
      party: home.party, title: home.title, before: old, after: new, fields: fields)
  }

  /// The fields in which two lists of them differ, by their bytes; in the order of the first, then of the second.
  static func differences(
    _ old: [(String, JSONValue)], _ new: [(String, JSONValue)]
  ) throws -> [FieldChange] {
    let (before, after) = (JSONObject(old), JSONObject(new))
    let names = old.map(\.0) + new.map(\.0).filter { before[$0] == nil }
    return try names.compactMap { name in
      let (one, other) = (before[name] ?? .null, after[name] ?? .null)
      return try one.canonicalBytes() == other.canonicalBytes()
        ? nil : FieldChange(field: name, old: one, new: other)
    }
  }

  /// The order in which changes are told: place by place, those without a country first; then by kind.
  static func stands(_ one: Change, before other: Change) -> Bool {
    func text(_ text: String?) -> [UInt8] { text.map { [1] + Array($0.utf8) } ?? [0] }
    func place(_ change: Change) -> [[UInt8]] { [text(change.country), text(change.institution)] }
    func name(_ change: Change) -> [[UInt8]] {
      [text(change.subject), text(change.party), text(change.claim)]
    }
    func precedes(_ a: [[UInt8]], _ b: [[UInt8]]) -> Bool? {
      for (x, y) in zip(a, b) where x != y { return x.lexicographicallyPrecedes(y) }
      return nil
    }
    if let isBefore = precedes(place(one), place(other)) { return isBefore }
    if one.kind != other.kind { return one.kind.rank < other.kind.rank }
    let (a, b) = (one.ground?.entry, other.ground?.entry)
    if one.kind == .happened, let a, let b, a.orderDay != b.orderDay { return a.orderDay < b.orderDay }
    if let a, let b, a.position != b.position { return a.position < b.position }
    if let isBefore = precedes(name(one), name(other)) { return isBefore }
    return (one.cause?.position ?? -1) < (other.cause?.position ?? -1)
  }
}

extension Change.Kind {
  /// Its place in the order of telling.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension StatusRow {
  /// What is told of a subject or party, as documents name it; what it is is told by its `subject` and `party`.
  public var fields: [(String, JSONValue)] {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return [
      ("country", text(country)), ("institution", text(institution)), ("title", text(title)),
      ("stage", text(stage)), ("detail", text(detail)), ("certainty", text(certainty)),
      ("certainStage", text(certainStage)), ("since", text(since)), ("lastPosition", .integer(lastPosition)),
      ("sourceCount", .integer(sourceCount)), ("anomalyCount", .integer(anomalyCount)),
      ("disputeCount", .integer(disputeCount)),
    ]
  }

  /// Those of them that count.
  static let counts: Set<String> = ["lastPosition", "sourceCount", "anomalyCount", "disputeCount"]
}
