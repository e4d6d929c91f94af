// Single events as they may be shown: what a publication prints of each.

internal import GRDB
package import Milestones

/// An event as it may be shown.
package struct ShownEvent: Sendable {
  /// Its position.
  package let position: Int64
  /// As it was recorded, as far as it may be shown; nil if nothing of it may.
  package let recorded: EventView?
  /// As it stands, with the corrections in force; nil likewise.
  package let standing: EventView?
  /// The position of the retraction in force.
  package let retractedBy: Int64?
  /// The positions of the corrections in force.
  package let correctedBy: [Int64]
  /// The positions of events that add evidence to it.
  package let evidence: [Int64]
  /// The row of the timeline; nil for the ledger's own events, and for what is not to be shown.
  package let entry: EntryRow?
}

extension ViewSnapshot {
  /// The vocabulary that answers are read by.
  package var readBy: Vocabulary { vocabulary }

  /// An event as it may be shown.
  ///
  /// - Throws: errors of the engine and of reading the log.
  package func shownEvent(at position: Int64) throws -> ShownEvent {
    let recorded = try readEvent(position)
    guard let permitted = try permitted(recorded) else {
      return ShownEvent(
        position: position, recorded: nil, standing: nil, retractedBy: nil, correctedBy: [], evidence: [],
        entry: nil)
    }
    let standing = try standingEvent(at: position)
    let evidence = try Int64.fetchAll(
      database.cachedStatement(sql: ViewStatements.evidenceOf), arguments: [position, nil, knownAt])
    return ShownEvent(
      position: position, recorded: permitted, standing: try self.permitted(standing.event),
      retractedBy: standing.retractedBy, correctedBy: standing.correctedBy, evidence: evidence,
      entry: try entry(at: position).flatMap { try shown([$0]).first })
  }

  /// What was listed and happened on days from one to another, in the order in which it happened.
  package func timeline(fromDay first: Int64, throughDay last: Int64) throws -> [EntryRow] {
    try entries(ViewStatements.timelineOfDays, last, nil, first)
  }

  /// The claims with rival accounts of which none is preferred, by key.
  package func openClaims(onDay day: Int64) throws -> [String] {
    let claims: [String] = try rows(
      ViewStatements.claimsInScope(ScopeCondition(.world, country: "", institution: "", subject: "")), day,
      nil
    ).map { $0[0] }
    return try claims.filter { try subjects.state(ofClaim: $0) == .disputed }
  }

  /// The events that credit somebody until a day: those recorded last, the newest first.
  ///
  /// - Parameters:
  ///   - day: the day.
  ///   - count: how many events at the most.
  /// - Returns: the claims of the credit, and how many events there are.
  /// - Throws: errors of the engine and of reading the log.
  package func latestCredit(onDay day: Int64, count: Int) throws -> (
    claims: [(EntryRow, CreditClaim)], of: Int
  ) {
    let types = types { if case .credit = $0 { true } else { false } }
    let all = try entries(ofTypes: types.map(\.name), in: .world, throughDay: day)
    let newest = all.sorted { $0.position > $1.position }.prefix(count)
    var claims: [(EntryRow, CreditClaim)] = []
    for item in try read(Array(newest), onDay: day) {
      claims += creditClaims(of: item).map { (item.entry, $0) }
    }
    return (claims, all.count)
  }

  /// The events without a source until a day: how many there are, and those recorded last.
  package func latestUnsourced(onDay day: Int64, count: Int) throws -> (grounds: [Ground], of: Int) {
    let condition = ScopeCondition(.world, country: "", institution: "", subject: "")
    let all = try entries(ViewStatements.unsourcedEntries(condition), day, nil)
    let newest = all.sorted { $0.position > $1.position }.prefix(count)
    return (try read(Array(newest), onDay: day).map(\.ground), all.count)
  }
}

extension ViewSnapshot {
  /// When an event was recorded.
  package func recordedTime(at position: Int64) throws -> RecordedTime {
    try readEvent(position).recorded ?? RecordedTime(milliseconds: 0)
  }
}

extension EntryRow {
  /// Whether it stands on timelines: sealed testimonies do not.
  package var isOnTimelines: Bool { isListed }
}
