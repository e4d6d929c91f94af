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
  /// The accounts in the order of what happened.
  public let accounts: [Account]
}

extension ViewSnapshot {
  /// The claims with rival accounts in a scope.
  ///
  /// - Parameters:
  ///   - scope: where to look: a claim is listed if one of its accounts lies there.
  ///   - day: accounts of later days are left out.
  ///   - withSettled: whether those are listed too of which an account is preferred.
  public func disputes(_ scope: Scope, onDay day: Int64, withSettled: Bool = false) throws -> [Dispute] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let claims = try String.fetchAll(
      database.cachedStatement(sql: ViewStatements.claimsInScope(condition)),
      arguments: condition.arguments([day]))
    return try claims.compactMap { try dispute($0, onDay: day) }.filter {
      withSettled || $0.state == .disputed
    }
  }

  /// The first account of a claim that was recorded; nil if no event has the claim.
  public func firstAccount(ofClaim claim: String) throws -> EntryRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: ViewStatements.accountsOfClaim), arguments: [Int64.max, claim]
    ).map(EntryRow.init)
  }

  /// The claims of a subject's entries that have rival accounts, by key, with what they would give the subject.
  func disputes(of subject: String, _ entries: [EntryRow], onDay day: Int64) throws -> [Dispute] {
    let claims = Set(entries.compactMap { $0.claim.map(ExactText.init) }).map(\.text)
    return try claims.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap {
      try dispute($0, onDay: day, for: subject)
    }
  }

  /// The rival accounts of a claim; nil if there are none on the day.
  ///
  /// - Parameters:
  ///   - claim: the key.
  ///   - day: accounts of later days are left out.
  ///   - asked: the subject whose stages are of interest; nil for those that the accounts are told of.
  /// - Returns: the accounts, each with the stage that it would give.
  public func dispute(_ claim: String, onDay day: Int64, for asked: String? = nil) throws -> Dispute? {
    let projector = Projector(database: database, vocabulary: vocabulary)
    let state = try projector.state(ofClaim: claim)
    if state == .agreed { return nil }
    let entries = try Row.fetchAll(
      database.cachedStatement(sql: ViewStatements.accountsOfClaim), arguments: [day, claim]
    ).map(EntryRow.init)
    if Set(entries.map(\.claimContent)).count < 2 { return nil }
    let items = try read(entries, onDay: day)
    let contents = items.map { EventFacts.claimed(by: $0.event) }
    let names = Self.gathered(contents.flatMap { $0.map(\.key) }, by: \.self).compactMap(\.first)
    let differing = names.filter { name in Set(contents.map { $0[name] ?? .null }).count > 1 }
    var stages: [Int64: String] = [:]
    let moved = try entries.flatMap {
      try String.fetchAll(
        database.cachedStatement(sql: ViewStatements.subjectsMovedBy), arguments: [$0.position])
    }
    let subjects = (asked.map { [$0] } ?? []) + entries.map(\.subject) + moved
    for subject in Self.gathered(subjects, by: \.self).compactMap(\.first) {
      for life in try projector.subjectFold(subject).lives(on: day) {
        for entry in entries {
          switch life.outcomes[entry.position] {
          case .disputed(let stage?): stages[entry.position] = stages[entry.position] ?? stage
          case .moved(let stage, _): stages[entry.position] = stages[entry.position] ?? stage
          default: break
          }
        }
      }
    }
    return Dispute(
      claim: claim, state: state,
      accounts: zip(items, contents).map { item, content in
        Dispute.Account(
          ground: item.ground, stage: stages[item.entry.position],
          values: differing.map { (Self.fieldName($0), content[$0] ?? .null) })
      })
  }

  /// The name of a field without the place where the leaf keeps it.
  private static func fieldName(_ key: String) -> String {
    key.utf8.starts(with: "data.".utf8) ? String(key.dropFirst("data.".count)) : key
  }
}
