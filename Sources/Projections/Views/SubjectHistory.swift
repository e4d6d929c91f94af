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

  /// The rival accounts of one fact.
  public struct Dispute: Sendable {
    /// The key that they share.
    public let claim: String
    /// Each account, with the stage it would give if it were preferred; nil where it moves nothing.
    public let accounts: [(entry: EntryRow, stage: String?)]
  }

  /// The subject.
  public let subject: String
  /// Its title.
  public let title: String?
  /// Where it and its parties stand.
  public let standing: [StatusRow]
  /// Its events in the order of what happened.
  public let items: [Item]
  /// The facts with rival accounts.
  public let disputes: [Dispute]
}
