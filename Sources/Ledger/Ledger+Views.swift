// The questions that advocacy asks: credit, reach, links, judgements, votes, rival accounts, evidence, what does not
// add up.

public import EDTF
public import Milestones
public import Projections

/// The credit claimed for a subject.
public struct CreditReport: Sendable {
  /// The subject.
  public let subject: String
  /// Its title.
  public let title: String?
  /// The claims, role by role and agent by agent.
  public let claims: [CreditClaim]

  package init(subject: String, title: String?, claims: [CreditClaim]) {
    self.subject = subject
    self.title = title
    self.claims = claims
  }
}

/// What does not add up, what is disputed and what lacks a source.
public struct CheckReport: Sendable {
  /// What does not add up.
  public let anomalies: [Anomaly]
  /// The facts with rival accounts of which none is preferred.
  public let disputes: [Dispute]
  /// The events without a source.
  public let unsourced: [Ground]
}

/// How well events are sourced.
public struct EvidenceReport: Sendable {
  /// Counts by country.
  public let countries: [EvidenceCount]
  /// The events without a source.
  public let unsourced: [Ground]

  package init(countries: [EvidenceCount], unsourced: [Ground]) {
    self.countries = countries
    self.unsourced = unsourced
  }
}

extension Ledger {
  /// Who is credited with what.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: the claims of credit until the day.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)`` and others.
  public func credit(of subject: Subject, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<CreditReport>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      guard try snapshot.knows(subject.text) else { throw try Self.unknown(subject.text, in: snapshot) }
      return CreditReport(
        subject: subject.text, title: try snapshot.title(of: subject.text),
        claims: try snapshot.credit(subject.text, onDay: day.number))
    }
  }

  /// How far a campaign reached; the parameters are those of ``credit(of:on:knownAt:)``.
  public func reach(of campaign: Subject, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<Reach>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      guard try snapshot.knows(campaign.text) else { throw try Self.unknown(campaign.text, in: snapshot) }
      return try snapshot.reach(campaign.text, onDay: day.number)
    }
  }

  /// What a subject is linked to.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - depth: how many links to follow from it.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: each link once, the nearest first.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)`` and others.
  public func links(
    of subject: Subject, depth: Int = 1, on day: Day? = nil, knownAt: Knowledge? = nil
  ) throws(LedgerError) -> Answer<[LinkItem]> {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      guard try snapshot.knows(subject.text) else { throw try Self.unknown(subject.text, in: snapshot) }
      return try snapshot.links(of: subject.text, depth: depth, onDay: day.number)
    }
  }

  /// What was judged; the parameters are those of ``status(_:on:knownAt:)``.
  public func assessments(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<[Assessment]>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      try snapshot.assessments(scope, onDay: day.number)
    }
  }

  /// How bodies voted; the parameters are those of ``status(_:on:knownAt:)``.
  public func votes(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<[VoteItem]>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in try snapshot.votes(scope, onDay: day.number) }
  }

  /// The facts with rival accounts.
  ///
  /// - Parameters:
  ///   - scope: what is asked about.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  ///   - withSettled: whether those are told too of which an account is preferred.
  /// - Returns: the facts, by claim.
  /// - Throws: ``LedgerError``.
  public func disputes(
    _ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil, withSettled: Bool = false
  ) throws(LedgerError) -> Answer<[Dispute]> {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      try snapshot.disputes(scope, onDay: day.number, withSettled: withSettled)
    }
  }

  /// How well events are sourced; the parameters are those of ``status(_:on:knownAt:)``.
  public func evidence(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<EvidenceReport>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      EvidenceReport(
        countries: try snapshot.evidence(scope, onDay: day.number),
        unsourced: try snapshot.unsourced(scope, onDay: day.number))
    }
  }

  /// What does not add up, what is disputed, what lacks a source; the parameters are those of ``status(_:on:knownAt:)``.
  public func check(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<CheckReport>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      CheckReport(
        anomalies: try snapshot.anomalies(scope, onDay: day.number),
        disputes: try snapshot.disputes(scope, onDay: day.number),
        unsourced: try snapshot.unsourced(scope, onDay: day.number))
    }
  }
}
