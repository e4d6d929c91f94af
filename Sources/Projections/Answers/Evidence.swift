// Which events lack a source, and where.

internal import GRDB
internal import Milestones

/// How well a country's events are sourced.
public struct EvidenceCount: Sendable, Equatable {
  /// The country; nil for events without one.
  public let country: String?
  /// How many events there are that need a source.
  public let events: Int64
  /// How many of them name none, and had none added.
  public let unsourced: Int64
}

extension ViewSnapshot {
  /// The events in a scope that name no source and had none added, until a day, in the order of what happened.
  public func unsourced(_ scope: Scope, onDay day: Int64) throws -> [Ground] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let entries = try entries(ViewStatements.unsourcedEntries(condition), day, condition.name)
    return try read(entries, onDay: day).map(\.ground)
  }

  /// How many events are sourced, by country, those without a country first.
  public func evidence(_ scope: Scope, onDay day: Int64) throws -> [EvidenceCount] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    return try rows(ViewStatements.evidenceCounts(condition), day, condition.name).map {
      EvidenceCount(country: $0[0], events: $0[1], unsourced: $0[2])
    }
  }
}
