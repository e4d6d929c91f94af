// Rival accounts side by side: what each says, on what grounds, and what it would give.

public import CanonicalJSON
internal import GRDB
internal import Milestones
internal import OrderedCollections

/// The rival accounts of one fact.
public struct Dispute: Sendable {
  /// One account.
  public struct Account: Sendable {
    /// The event.
    public let ground: Ground
    /// The stage that it would give its subject or party; nil where it moves nothing.
    public let stage: String?
    /// What it says where the accounts differ, by field.
    public let values: [(field: String, value: JSONValue)]
  }

  /// The key that the accounts share.
  public let claim: String
  /// Whether one of them is preferred, and by which event.
  public let state: ClaimState
  /// The accounts in the order of recording.
  public let accounts: [Account]
}

extension ViewSnapshot {
  /// The claims with rival accounts in a scope.
  ///
  /// - Parameters:
  ///   - scope: where to look: a claim is listed if one of its accounts lies there.
  ///   - day: a claim is listed from the day of its first account on, with all its accounts: those of later days are
  ///     what the first is at odds with.
  ///   - withSettled: whether those are listed too of which an account is preferred.
  /// - Returns: the claims, by key.
  /// - Throws: ``ViewError`` and errors of the engine.
  public func disputes(_ scope: Scope, onDay day: Int64, withSettled: Bool = false) throws -> [Dispute] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let claims: [String] = try rows(ViewStatements.claimsInScope(condition), day, condition.name).map {
      $0[0]
    }
    return try claims.compactMap { try dispute($0, onDay: day) }.filter {
      withSettled || $0.state == .disputed
    }
  }

  /// The first account of a claim that was recorded; nil if no event has the claim.
  public func firstAccount(ofClaim claim: String) throws -> EntryRow? {
    try entries(ViewStatements.accountsOfClaim, claim, nil).first
  }

  /// The claims of some entries that have rival accounts, by key.
  func disputes(of entries: [EntryRow], onDay day: Int64) throws -> [Dispute] {
    let claims = Set(entries.compactMap { $0.claim.map(ExactText.init) }).map(\.text)
    return try claims.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap {
      try dispute($0, onDay: day)
    }
  }

  /// The rival accounts of a claim; nil if there are none, or if all are of later days.
  public func dispute(_ claim: String, onDay day: Int64) throws -> Dispute? {
    let state = try subjects.state(ofClaim: claim)
    if state == .agreed { return nil }
    let entries = try entries(ViewStatements.accountsOfClaim, claim, nil)
    guard entries.contains(where: { $0.orderDay <= day }) else { return nil }
    let items = try read(entries, onDay: day)
    let contents = items.map { EventFacts.claimed(by: $0.event) }
    let names = Self.gathered(contents.flatMap { $0.map(\.key) }, by: \.self).compactMap(\.first)
    // By their bytes: accounts can differ in how they spell a letter.
    let differing = try names.filter { name in
      try Set(contents.map { try ($0[name] ?? .null).canonicalBytes() }).count > 1
    }
    let stages = try stages(of: entries, claim: claim, onDay: day)
    return Dispute(
      claim: claim, state: state,
      accounts: zip(items, contents).map { item, content in
        Dispute.Account(
          ground: item.ground, stage: stages[item.entry.position],
          values: differing.map { (Self.fieldName($0), content[$0] ?? .null) })
      })
  }

  /// The stage that each account would give, also where another is preferred: by the day or, if the account is of a
  /// later one, in the end. An account that moves several subjects is told with what it does to its own.
  private func stages(
    of entries: [EntryRow], claim: String, onDay day: Int64
  ) throws -> [Int64: String] {
    let own = Set(entries.map { ExactText($0.subject) })
    let moved = try subjects(ofClaim: claim)
    var stages: [Int64: String] = [:]
    for subject in moved.filter({ own.contains(ExactText($0)) })
      + moved.filter({ !own.contains(ExactText($0)) })
    {
      let fold = try subjects.fold(of: subject).disputing(claim)
      let lives = fold.lives(on: day)
      let later = entries.contains { $0.orderDay > day } ? fold.lives() : lives
      for entry in entries where stages[entry.position] == nil {
        for life in entry.orderDay <= day ? lives : later {
          guard case .disputed(let stage?) = life.outcomes[entry.position] else { continue }
          stages[entry.position] = stages[entry.position] ?? stage
        }
      }
    }
    return stages
  }

  /// The subjects that the accounts of a claim are told of, and those that they move.
  private func subjects(ofClaim claim: String) throws -> [String] {
    try rows(ViewStatements.subjectsOfClaim, claim, nil).map { $0[0] as String }.filter { subject in
      vocabulary.kinds[EventFacts.kind(of: subject)]?.isCounted != true
    }
  }

  /// The name of a field without the place where the leaf keeps it.
  private static func fieldName(_ key: String) -> String {
    key.utf8.starts(with: "data.".utf8) ? String(key.dropFirst("data.".count)) : key
  }
}
