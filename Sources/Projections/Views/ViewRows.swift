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
///
/// Its fields are shared by all copies: folds hand rows on all the time, and counting references to each of the texts
/// took as long as the fold itself.
public struct EntryRow: Sendable, Equatable {
  private final class Storage: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  struct Fields: Sendable, Equatable {
    var position: Int64
    var subject: String
    var type: String
    var country: String?
    var institution: String?
    var occurred: String
    var effective: String?
    var title: String?
    var claim: String?
    var sourceCount: Int64
    var retractedBy: Int64?
    var correctedBy: [Int64]
    var orderDay: Int64
    var certainDay: Int64?
    var isUnplaced: Bool
    var procedure: String?
    var isListed: Bool
    var claimContent: [UInt8]?
    var findings: [Finding]
    var knownFrom: Int64
  }

  private var storage: Storage

  init(_ fields: Fields) { storage = Storage(fields) }

  /// The position.
  public var position: Int64 { storage.fields.position }
  /// The subject it is told of.
  public var subject: String { storage.fields.subject }
  /// The type.
  public var type: String { storage.fields.type }
  /// Whose act it is.
  public var country: String? { storage.fields.country }
  /// Where.
  public var institution: String? { storage.fields.institution }
  /// When it happened, EDTF.
  public var occurred: String { storage.fields.occurred }
  /// When it has legal effect, EDTF.
  public var effective: String? { storage.fields.effective }
  /// The original title.
  public var title: String? {
    get { storage.fields.title }
    set {
      var fields = storage.fields
      fields.title = newValue
      storage = Storage(fields)
    }
  }
  /// The key that rival accounts share.
  public var claim: String? { storage.fields.claim }
  /// How many sources it names.
  public var sourceCount: Int64 { storage.fields.sourceCount }
  /// The position of the retraction in force: the event counts no more. Nil as a rule.
  public var retractedBy: Int64? { storage.fields.retractedBy }
  /// The positions of the corrections in force, in the order of recording.
  public var correctedBy: [Int64] { storage.fields.correctedBy }

  var orderDay: Int64 { storage.fields.orderDay }
  var certainDay: Int64? { storage.fields.certainDay }
  var isUnplaced: Bool { storage.fields.isUnplaced }
  var procedure: String? { storage.fields.procedure }
  var isListed: Bool { storage.fields.isListed }
  /// SHA-256 of what the event claims; nil without a claim.
  var claimContent: [UInt8]? { storage.fields.claimContent }
  /// What does not add up in the event by itself.
  var findings: [Finding] { storage.fields.findings }
  /// Since when it stands as it does: its position, or that of a correction or retraction.
  var knownFrom: Int64 { storage.fields.knownFrom }

  /// Whether all fields are the same.
  public static func == (one: EntryRow, other: EntryRow) -> Bool {
    one.storage === other.storage || one.storage.fields == other.storage.fields
  }
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
