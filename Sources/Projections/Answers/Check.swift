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
    let unsettled = try unsettled(in: scope)
    let names = Set(unsettled.map { ExactText($0.subject) })
    let condition = ScopeCondition(
      scope, country: "p.country", institution: "p.institution", subject: "a.subject")
    let beside = EntryRow.columnCount
    var anomalies = try rows(ViewStatements.anomaliesInScope(condition), day, condition.name).flatMap { row in
      let subject: String = row[beside]
      if names.contains(ExactText(subject)) { return [Anomaly]() }
      return try anomaly(
        EntryRow(row), subject: subject, party: row[beside + 1],
        Finding(Finding.Kind(rawValue: row[beside + 2]) ?? .step, row[beside + 3]), onDay: day)
    }
    for rows in unsettled { anomalies += try self.anomalies(of: rows, in: scope, onDay: day) }
    let links = ScopeCondition(
      scope, country: "e.country", institution: "e.institution", subject: "l.subject")
    anomalies += try rows(ViewStatements.looseLinks(links), day, links.name).flatMap { row in
      let (kind, other): (String, String) = (row[beside], row[beside + 1])
      return try anomaly(
        EntryRow(row), subject: row[1], party: "",
        Finding(.link, "is linked (\(kind)) to \(other), of which no event tells"), onDay: day)
    }
    return anomalies.sorted { one, other in
      let (a, b) = (one.ground.entry.position, other.ground.entry.position)
      return a != b ? a < b : one.finding.detail.utf8.lexicographicallyPrecedes(other.finding.detail.utf8)
    }
  }

  /// What does not add up in an event: its position, for whom it does not, and what.
  public typealias FoundInEvent = (position: Int64, subject: String, party: String?, finding: Finding)

  /// Goes through what does not add up in the events from a position on, whenever they happened: steps, dates, rules and
  /// votes. One after the other, since there can be more than fit into memory.
  public func eachAnomaly(from position: Int64, _ body: (FoundInEvent) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: ViewStatements.anomaliesFrom), arguments: [position])
    while let row = try rows.next() {
      let party: String = row[2]
      try body(
        (
          row[0], row[1], party.isEmpty ? nil : party,
          Finding(Finding.Kind(rawValue: row[3]) ?? .step, row[4])
        ))
    }
  }

  /// What does not add up in a subject that is folded to answer.
  private func anomalies(of rows: SubjectRows, in scope: Scope, onDay day: Int64) throws -> [Anomaly] {
    try rows.lives.map(\.life).filter {
      scope.contains(subject: rows.subject, country: $0.country, institution: $0.institution)
    }.flatMap { life in
      try life.remarks.filter { $0.fromDay <= day && $0.untilDay > day }.flatMap { remark in
        try entry(at: remark.position).map {
          try anomaly($0, subject: rows.subject, party: life.party, remark.finding, onDay: day)
        } ?? []
      }
    }
  }

  private func anomaly(
    _ entry: EntryRow, subject: String, party: String, _ finding: Finding, onDay day: Int64
  ) throws -> [Anomaly] {
    try read(shown([entry]), onDay: day).map {
      Anomaly(subject: subject, party: party.isEmpty ? nil : party, finding: finding, ground: $0.ground)
    }
  }
}
