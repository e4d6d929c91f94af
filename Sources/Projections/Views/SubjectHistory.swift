// The history of one subject, as a query gives it back.

/// A subject with all that is known of it.
public struct SubjectHistory: Sendable {
  /// One event of the history and what became of it.
  public struct Item: Sendable {
    /// The event.
    public let entry: EntryRow
    /// What it did to the subject or, where the key is not empty, to its parties.
    public let outcomes: [(party: String, outcome: MoveOutcome)]
    /// Whether its date leaves no doubt that it had happened by the day asked for.
    public let isCertain: Bool
  }

  /// The subject.
  public let subject: String
  /// Its title.
  public let title: String?
  /// Where it and its parties stand.
  public let standing: [StatusRow]
  /// Its events in the order of what happened.
  public let items: [Item]
  /// The facts with rival accounts, those too of which one is preferred.
  public let disputes: [Dispute]
  /// The course of the subject and of each party, spell by spell.
  public let spells: [Spell]
  /// What does not add up.
  public let anomalies: [Anomaly]
  /// Its own links.
  public let links: [LinkItem]
  /// What was judged of it.
  public let assessments: [Assessment]
  /// The votes on it.
  public let votes: [VoteItem]
  /// How bodies decided on it.
  public let decisions: [Decision]
  /// Who stands apart from that.
  public let dissociations: [Dissociation]

  /// How the last decision was taken, of those that nothing speaks against; nil if there is none.
  public var mode: Decision.Mode? { decisions.last { $0.ground.counts }?.mode }
}
