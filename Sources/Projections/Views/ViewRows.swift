// The rows that queries give back.

/// One row of the standing view: where a subject, or one party of it, stands on a day.
public struct StatusRow: Sendable, Equatable {
  /// The subject.
  public let subject: String
  /// The party; nil for the subject as a whole.
  public let party: String?
  /// The country it is at home in, or the party's code.
  public let country: String?
  /// The institution it is at home at.
  public let institution: String?
  /// Its title.
  public var title: String?
  /// The stage; nil if it has none.
  public let stage: String?
  /// What is told beside the stage: the chambers that passed it, the number of the law.
  public let detail: String?
  /// `certain`, `possible` or `disputed`; nil where there is no stage and no dispute about one.
  public let certainty: String?
  /// The stage that is certain, where the one told is only possible.
  public let certainStage: String?
  /// The date of the event that moved it there, as told.
  public let since: String?
  /// The position of its last event.
  public let lastPosition: Int64
  /// How many sources its events name.
  public let sourceCount: Int64
  /// How many of its events the lifecycle could not take.
  public let anomalyCount: Int64
  /// How many facts about it have rival accounts.
  public let disputeCount: Int64
}

/// One event on a timeline, or in the history of a subject.
public struct EntryRow: Sendable, Equatable {
  /// The position.
  public let position: Int64
  /// The subject it is told of.
  public let subject: String
  /// The type.
  public let type: String
  /// Whose act it is.
  public let country: String?
  /// Where.
  public let institution: String?
  /// When it happened, EDTF.
  public let occurred: String
  /// When it has legal effect, EDTF.
  public let effective: String?
  /// The original title.
  public var title: String?
  /// The key that rival accounts share.
  public let claim: String?
  /// How many sources it names.
  public let sourceCount: Int64
  /// The position of the retraction in force: the event counts no more. Nil as a rule.
  public let retractedBy: Int64?
  /// The positions of the corrections in force, in the order of recording.
  public let correctedBy: [Int64]

  let orderDay: Int64
  let certainDay: Int64?
  let isUnplaced: Bool
  let procedure: String?
  let isListed: Bool
  /// SHA-256 of what the event claims; nil without a claim.
  let claimContent: [UInt8]?
  /// What does not add up in the event by itself.
  let findings: [Finding]
  /// Since when it stands as it does: its position, or that of a correction or retraction.
  let knownFrom: Int64
}

/// What a query asks about.
public enum Scope: Sendable, Equatable {
  /// Everything.
  case world
  /// A country and its subdivisions, by code.
  case country(String)
  /// An institution and what is under it.
  case institution(String)
  /// One subject.
  case subject(String)
}
