// The whole state of a scope, of one moment: what a snapshot holds.

public import EDTF
internal import Milestones
public import Projections

/// All that the views tell of a scope, of one state of them.
public struct LedgerState: Sendable {
  /// What it is the state of.
  public let scope: Scope
  /// The last day on which a consent ended, which restricts as an event does that takes one back; nil if none did.
  public let restrictionsOn: Day?
  /// Where subjects and parties stand.
  public let standing: [StatusRow]
  /// The facts with rival accounts, those too of which one is preferred.
  public let disputes: [Dispute]
  /// What does not add up.
  public let anomalies: [Anomaly]
  /// The claims of credit.
  public let credit: [CreditClaim]
  /// How far campaigns reached.
  public let reach: [Reach]
  /// What belongs together.
  public let links: [LinkItem]
  /// What was judged.
  public let assessments: [Assessment]
  /// How bodies voted.
  public let votes: [VoteItem]
  /// How well events are sourced, by country.
  public let evidence: [EvidenceCount]
  /// The positions of the events without a source.
  public let unsourced: [Int64]
  /// The counts of testimonies that were released: the latest of each campaign and grouping.
  public let tallies: [ReleasedTally]
  /// The events, in the order in which they happened.
  public let events: [Ground]
}

extension Ledger {
  /// The whole state of a scope; the parameters are those of ``status(_:on:knownAt:)``.
  ///
  /// - Returns: what all the other questions would give, of one and the same state of the log.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)`` and others.
  public func state(of scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<LedgerState>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      if case .subject(let subject) = scope, try !snapshot.knows(subject) {
        throw try Self.unknown(subject, in: snapshot)
      }
      let number = day.number
      let standing = try snapshot.status(scope, onDay: number)
      return LedgerState(
        scope: scope, restrictionsOn: try snapshot.lastConsentEnd(), standing: standing,
        disputes: try snapshot.disputes(scope, onDay: number, withSettled: true),
        anomalies: try snapshot.anomalies(scope, onDay: number),
        credit: try snapshot.credit(in: scope, onDay: number),
        reach: try snapshot.reach(in: scope, standing: standing, onDay: number),
        links: try snapshot.links(in: scope, onDay: number),
        assessments: try snapshot.assessments(scope, onDay: number),
        votes: try snapshot.votes(scope, onDay: number),
        evidence: try snapshot.evidence(scope, onDay: number),
        unsourced: try snapshot.unsourced(scope, onDay: number).map(\.entry.position),
        tallies: try tallies(of: scope, on: day, through: snapshot.knownAt),
        events: try snapshot.events(scope, throughDay: number))
    }
  }

  /// The released counts of a scope: all of the world's, a campaign's own, a country's cells.
  private func tallies(of scope: Scope, on day: Day, through last: Int64) throws(LedgerError)
    -> [ReleasedTally]
  {
    let campaign: String? = if case .subject(let name) = scope { name } else { nil }
    if case .institution = scope { return [] }
    let tallies = try latestReleases(campaign: campaign, through: last).tallies.filter {
      $0.recorded.day <= day
    }
    guard case .country(let code) = scope else { return tallies }
    return tallies.compactMap { tally in
      guard tally.grouping == Grouping.country.rawValue else { return nil }
      return tally.keeping { $0.cell?.utf8.elementsEqual(code.utf8) == true }
    }
  }
}

extension ReleasedTally {
  /// The release with some of its cells; nil if there are none.
  fileprivate func keeping(_ isKept: (ReleasedCell) -> Bool) -> ReleasedTally? {
    let cells = cells.filter(isKept)
    if cells.isEmpty { return nil }
    return ReleasedTally(
      position: position, recorded: recorded, campaign: campaign, grouping: grouping, through: through,
      from: from, to: to, cells: cells)
  }
}
