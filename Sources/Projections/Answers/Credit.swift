// Who is credited with what, by whom, and who says otherwise. Credit is listed, never awarded.

internal import Milestones
internal import OrderedCollections

/// One claim of credit.
public struct CreditClaim: Sendable {
  /// For what: originator, amplifier, organiser, drafter, sponsor, negotiator, funder.
  public let role: String
  /// Who is credited.
  public let agent: String
  /// `asserts`, `disputes` or `acknowledges`.
  public let stance: String
  /// Who says so, where the event tells.
  public let claimedBy: String?
  /// The words, where the event gives them.
  public let quotation: String?
  /// The event.
  public let ground: Ground
}

extension ViewSnapshot {
  /// The claims of credit for a subject: role by role and agent by agent, each in the order of the earliest claim.
  public func credit(_ subject: String, onDay day: Int64) throws -> [CreditClaim] {
    let types = types { if case .credit = $0 { true } else { false } }
    let entries = try entries(ofTypes: types.map(\.name), in: .subject(subject), throughDay: day)
    var claims: [CreditClaim] = []
    for item in try read(entries, onDay: day) { claims += creditClaims(of: item) }
    return Self.gathered(claims, by: \.role).flatMap { Self.gathered($0, by: \.agent).flatMap { $0 } }
  }

  /// The claims of credit that an event makes.
  func creditClaims(of item: EntryEvent) -> [CreditClaim] {
    guard let type = vocabulary.types[item.entry.type] else { return [] }
    var claims: [CreditClaim] = []
    for case .credit(let credit) in type.effects {
      guard let role = credit.role ?? Self.text(item.event, credit.roleField) else { continue }
      claims += item.event.texts(credit.agentField).map { agent in
        CreditClaim(
          role: role, agent: agent, stance: Self.text(item.event, credit.stanceField) ?? "asserts",
          claimedBy: Self.text(item.event, "claimed_by"), quotation: Self.text(item.event, "quotation"),
          ground: item.ground)
      }
    }
    return claims
  }

  /// Groups by a text, the groups in the order in which their first member stands.
  static func gathered<T>(_ items: [T], by key: (T) -> String) -> [[T]] {
    var places: [ExactText: Int] = [:]
    var groups: [[T]] = []
    for item in items {
      let name = ExactText(key(item))
      if let place = places[name] {
        groups[place].append(item)
      } else {
        places[name] = groups.count
        groups.append([item])
      }
    }
    return groups
  }
}
