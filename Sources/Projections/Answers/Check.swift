// What does not add up: steps, dates, rules, votes, links.

internal import GRDB
internal import Milestones

/// Something that does not add up, with the event that it is about.
public struct Anomaly: Sendable {
  /// The subject.
  public let subject: String
  /// The party; nil for the subject as a whole.
  public let party: String?
  /// What does not add up.
  public let finding: Finding
  /// The event.
  public let ground: Ground
}

extension ViewSnapshot {
  /// What does not add up in a scope on a day, in the order of recording.
  public func anomalies(_ scope: Scope, onDay day: Int64) throws -> [Anomaly] {
    let condition = ScopeCondition(
      scope, country: "p.country", institution: "p.institution", subject: "a.subject")
    var anomalies = try Row.fetchAll(
      database.cachedStatement(sql: ViewStatements.anomaliesInScope(condition)),
      arguments: condition.arguments([day])
    ).flatMap { row in
      try anomaly(
        EntryRow(row), subject: row[17], party: row[18],
        Finding(Finding.Kind(rawValue: row[19]) ?? .step, row[20]), onDay: day)
    }
    let links = ScopeCondition(scope, country: "country", institution: "institution", subject: "l.subject")
    anomalies += try Row.fetchAll(
      database.cachedStatement(sql: ViewStatements.looseLinks(links)), arguments: links.arguments([day])
    ).flatMap { row in
      let (kind, other): (String, String) = (row[17], row[18])
      return try anomaly(
        EntryRow(row), subject: row[1], party: "",
        Finding(.link, "is linked (\(kind)) to \(other), of which no event tells"), onDay: day)
    }
    return anomalies.sorted { one, other in
      let (a, b) = (one.ground.entry.position, other.ground.entry.position)
      return a != b ? a < b : one.finding.detail.utf8.lexicographicallyPrecedes(other.finding.detail.utf8)
    }
  }

  /// What does not add up in the events from a position on, whenever they happened: steps, dates, rules and votes.
  public func anomalies(
    from position: Int64
  ) throws -> [(position: Int64, subject: String, party: String?, finding: Finding)] {
    try Row.fetchAll(database.cachedStatement(sql: ViewStatements.anomaliesFrom), arguments: [position]).map {
      row in
      let party: String = row[2]
      return (
        row[0], row[1], party.isEmpty ? nil : party,
        Finding(Finding.Kind(rawValue: row[3]) ?? .step, row[4])
      )
    }
  }

  private func anomaly(
    _ entry: EntryRow, subject: String, party: String, _ finding: Finding, onDay day: Int64
  ) throws -> [Anomaly] {
    try read([entry], onDay: day).map {
      Anomaly(subject: subject, party: party.isEmpty ? nil : party, finding: finding, ground: $0.ground)
    }
  }
}
