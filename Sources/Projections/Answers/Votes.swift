// Votes, decisions and who stands apart from them. Whether a decision was unanimous is derived, never entered.

internal import Milestones
internal import OrderedCollections

/// One vote.
public struct VoteItem: Sendable {
  /// What the event tells of it.
  public let facts: VoteFacts
  /// The paragraphs voted on, if not the whole text.
  public let paragraphs: [String]
  /// What the vote decided.
  public let result: String?
  /// Where totals and list differ.
  public let findings: [Finding]
  /// The event.
  public let ground: Ground
}

/// One decision of a body on a subject.
public struct Decision: Sendable {
  /// How a body decided.
  public enum Mode: String, Sendable, CaseIterable {
    /// A recorded vote without a vote against and without an abstention, or a consensus from which nobody stands apart.
    case unanimous
    /// By consensus, from which somebody stands apart.
    case consensus
    /// Without a vote. That is not unanimity.
    case withoutAVote = "without-a-vote"
    /// By a vote whose count is recorded.
    case recordedVote = "recorded-vote"
    /// By a vote that was not recorded, or of which no record is known.
    case vote
  }

  /// The level of the body, such as committee or plenary.
  public let level: String?
  /// The mode that the event tells.
  public let told: String?
  /// The mode that follows from what is known; nil if nothing tells it.
  public let mode: Mode?
  /// The event.
  public let ground: Ground
}

/// Somebody who stands apart from what was decided.
public struct Dissociation: Sendable {
  /// Who.
  public let speaker: String
  /// The words.
  public let quotation: String?
  /// The event.
  public let ground: Ground
}

extension ViewSnapshot {
  /// The votes in a scope until a day, in the order of what happened.
  public func votes(_ scope: Scope, onDay day: Int64) throws -> [VoteItem] {
    let types = types { if case .vote = $0 { true } else { false } }
    let entries = try entries(ofTypes: types.map(\.name), in: scope, throughDay: day)
    return try read(entries, onDay: day).compactMap { item in
      guard let type = vocabulary.types[item.entry.type], let facts = VoteFacts(item.event, type: type) else {
        return nil
      }
      return VoteItem(
        facts: facts, paragraphs: item.event.texts("paragraphs"), result: Self.text(item.event, "result"),
        findings: item.entry.findings.filter { $0.kind == .vote }, ground: item.ground)
    }
  }

  /// Who stands apart from what was decided on a subject, until a day: told of the subject, or of a statement on it.
  public func dissociations(_ subject: String, onDay day: Int64) throws -> [Dissociation] {
    let types = types { if case .dissociate = $0 { true } else { false } }
    var entries = try entries(ofTypes: types.map(\.name), in: .subject(subject), throughDay: day)
    for (link, telling) in try linkRows(of: subject, throughDay: day)
    where link.other.utf8.elementsEqual(subject.utf8) {
      entries += telling.filter { entry in
        let tells = types.first { $0.name.utf8.elementsEqual(entry.type.utf8) }
        // Told of a statement that says on what it was made.
        return tells?.links(as: link.kind) == true && !entries.contains { $0.position == entry.position }
      }
    }
    entries.sort(by: Self.happenedBefore)
    return try read(entries, onDay: day).flatMap { item -> [Dissociation] in
      (vocabulary.types[item.entry.type]?.effects ?? []).flatMap { effect -> [Dissociation] in
        guard case .dissociate(let field, let when) = effect,
          EventFacts.hold(when, unless: [], for: item.event)
        else { return [] }
        return item.event.texts(field).map {
          Dissociation(speaker: $0, quotation: Self.text(item.event, "quotation"), ground: item.ground)
        }
      }
    }
  }

  /// The decisions on a subject until a day, in the order of what happened.
  public func decisions(_ subject: String, onDay day: Int64) throws -> [Decision] {
    let types = types { if case .decide = $0 { true } else { false } }
    let entries = try entries(ofTypes: types.map(\.name), in: .subject(subject), throughDay: day)
    if entries.isEmpty { return [] }
    // What is disputed speaks against unanimity as long as nobody settles it.
    let votes = try votes(.subject(subject), onDay: day).filter {
      $0.facts.on == "text" && $0.ground.certainty != .setAside
    }
    let isApart = try dissociations(subject, onDay: day).contains { $0.ground.certainty != .setAside }
    return try read(entries, onDay: day).flatMap { item -> [Decision] in
      (vocabulary.types[item.entry.type]?.effects ?? []).compactMap { effect in
        guard case .decide(let modeField, let levelField) = effect else { return nil }
        let told = Self.text(item.event, modeField)
        return Decision(
          level: Self.text(item.event, levelField), told: told,
          mode: Self.mode(told: told, of: item.entry, votes: votes, isApart: isApart), ground: item.ground)
      }
    }
  }

  /// The mode that follows from what is told: the vote of the same body on the same day before the word for it.
  private static func mode(
    told: String?, of entry: EntryRow, votes: [VoteItem], isApart: Bool
  ) -> Decision.Mode? {
    let own = votes.filter { vote in
      let other = vote.ground.entry
      return other.orderDay == entry.orderDay && entry.orderDay > .min
        && vote.facts.method != "without-a-vote"
        && (other.institution == nil || entry.institution == nil || other.institution == entry.institution)
    }
    if !own.isEmpty {
      if own.allSatisfy({ $0.facts.method == "recorded" && $0.facts.isUnopposed == true }) {
        return .unanimous
      }
      return own.contains { $0.facts.method != "non-recorded" } ? .recordedVote : .vote
    }
    switch told {
    case "consensus": return isApart ? .consensus : .unanimous
    case "without-a-vote": return .withoutAVote
    case "vote": return .vote
    default: return nil
    }
  }
}

extension EventType {
  /// Whether its own fields make links of a kind.
  fileprivate func links(as kind: String) -> Bool {
    effects.contains { effect in
      if case .link(let own, _, nil) = effect { own.utf8.elementsEqual(kind.utf8) } else { false }
    }
  }
}

extension Ground {
  /// Whether nothing speaks against it but perhaps its date.
  var counts: Bool { certainty == .certain || certainty == .possible }
}
