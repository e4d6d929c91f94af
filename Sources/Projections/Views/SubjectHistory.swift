// The history of one subject, as a query gives it back.

public import Milestones

/// A subject with all that is known of it.
public struct SubjectHistory: Sendable {
  /// One event of the history and what became of it.
  public struct Item: Sendable {
    /// The event.
    public let entry: EntryRow
    /// The event itself, as it stands.
    public let event: EventView
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

extension ViewSnapshot {
  /// All that is known of a subject on a day; nil if no event tells of it. Events that were retracted stand among the
  /// others, and count for nothing.
  public func history(of subject: String, onDay day: Int64) throws -> SubjectHistory? {
    let fold = try subjects.fold(of: subject)
    let retracted = try subjects.retracted(of: subject).filter { $0.orderDay <= day }
    guard !fold.entries.isEmpty || !retracted.isEmpty else { return nil }
    let restriction = try restriction(of: subject)
    let lives = fold.lives(on: day)
    let entries = fold.entriesForReading(lives).filter { $0.orderDay <= day }
    let items = try shown(Self.merged(entries, retracted)).map { entry in
      let outcomes: [(party: String, outcome: MoveOutcome)] =
        if let by = entry.retractedBy {
          [("", .retracted(by: by))]
        } else {
          lives.compactMap { life in life.outcomes[entry.position].map { (life.party, $0) } }
        }
      return SubjectHistory.Item(
        entry: entry, event: try event(of: entry), outcomes: outcomes,
        isCertain: (entry.certainDay ?? .max) <= day)
    }
    let scope = Scope.subject(subject)
    return SubjectHistory(
      subject: subject, title: restriction?.hidesNames == true ? nil : fold.title,
      standing: try status(scope, onDay: day), items: items,
      disputes: try disputes(of: shown(entries), onDay: day),
      spells: try spells(of: subject, onDay: day, lifecycle: fold.lifecycle(of:)),
      anomalies: try anomalies(scope, onDay: day),
      links: try links(of: subject, depth: 1, onDay: day), assessments: try assessments(scope, onDay: day),
      votes: try votes(scope, onDay: day), decisions: try decisions(subject, onDay: day),
      dissociations: try dissociations(subject, onDay: day))
  }

  /// Puts what was retracted among the others, behind those of its day.
  static func merged(_ entries: [EntryRow], _ retracted: [EntryRow]) -> [EntryRow] {
    var merged = entries
    for entry in retracted.sorted(by: happenedBefore) {
      merged.insert(entry, at: merged.firstIndex { $0.orderDay > entry.orderDay } ?? merged.endIndex)
    }
    return merged
  }
}
