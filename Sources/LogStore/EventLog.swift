// The contract between a ledger and its log. It is small on purpose: SQLite implements it first, and any
// other engine that passes the conformance suite may take its place. There is no delete and no update.

public import TransparencyLog

/// An append-only sequence of leaves at the positions 0, 1, 2, …, in the order in which they were committed.
///
/// The promises that every engine keeps:
///
/// 1. An append that returned is on stable storage, at its final positions, for good.
/// 2. Positions have no gaps. A reader who has seen position n has seen all before it.
/// 3. An append is all or nothing, and nothing is ever changed or removed.
/// 4. A key stands in the log once. Offering it again with the same tag gives back its position.
/// 5. ``Leaf/recordedMilliseconds`` never goes back from one position to the next.
/// 6. Readers do not wait for a writer; during an append they see the log as it was before.
/// 7. The leaves are those of a Merkle tree (RFC 6962, section 2.1): a leaf's hash is that of its stored bytes, its
///    index its position. The root grows with the events, in the same step.
///
/// The log knows nothing of what a leaf means: it is opaque bytes beside the columns it is found by. Text is
/// the same when its UTF-8 bytes are the same; Unicode's canonical equivalence plays no part.
///
/// All calls block the thread that makes them, and any number of threads may make them at once.
public protocol EventLog: Sendable {
  /// The size of the log, the root of its tree and the time of its last event, all of one moment.
  func head() throws(LogError) -> LogHead

  /// Appends all of the proposals that are new, or nothing.
  ///
  /// The proposals are taken in order, and a refused one counts as not there for those behind it: dropping
  /// exactly the refused ones makes the same append pass (unless another writer comes between). A proposal
  /// whose key and tag are in the log, or further ahead in the batch, is already there, whatever version it
  /// expects. Once every proposal is accepted, `stamp` is called under the engine's lock; no other writer
  /// can then come between the head it is given and the leaves it returns.
  ///
  /// - Parameters:
  ///   - proposals: What is offered, in the order in which it shall stand.
  ///   - expectedSize: The size that the log must have, or nil for any.
  ///   - stamp: Called at most once, and not at all if no proposal is new: with the head and the indices of
  ///     the new proposals in ascending order. It returns one leaf for each, in the same order. It must not
  ///     append to the same log. What it throws aborts the append with nothing written and is passed on.
  /// - Returns: One outcome for each proposal, in order.
  /// - Throws: ``LogError``, or what `stamp` throws. After ``LogError/outcomeUnknown(reason:)`` the same
  ///   proposals may be offered again without harm.
  func append(
    _ proposals: [Proposal], expectedSize: Int64?, stamp: (LogHead, [Int]) throws -> [Leaf]
  ) throws -> [Outcome]

  /// The events from a position on: `limit` of them, or fewer where the log ends.
  ///
  /// - Throws: ``LogError/gap(position:)`` if a position under the size is missing, or is negative.
  func read(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent]

  /// Waits until the log has an event past a position: its size is greater than `position`.
  ///
  /// - Returns: The size, as soon as it is greater than `position`, or else at the timeout.
  func waitPast(_ position: Int64, timeoutMilliseconds: Int) throws(LogError) -> Int64

  /// The position of the event with this key, or nil.
  func find(_ key: EventKey) throws(LogError) -> Int64?
}

/// Where a log ends.
public struct LogHead: Sendable, Equatable {
  /// The number of events; also the position that the next one gets.
  public let size: Int64
  /// The root of the Merkle tree over all leaves; that of the empty tree if the log is empty.
  public let root: MerkleHash
  /// When the last event was recorded, in milliseconds since 1970-01-01T00:00:00Z; nil if the log is empty.
  public let lastRecordedMilliseconds: Int64?

  /// A head as an engine reports it.
  public init(size: Int64, root: MerkleHash, lastRecordedMilliseconds: Int64?) {
    self.size = size
    self.root = root
    self.lastRecordedMilliseconds = lastRecordedMilliseconds
  }
}

/// An event offered to the log, before it is stamped.
public struct Proposal: Sendable {
  /// The id of the event.
  public let key: EventKey
  /// The digest of the draft.
  public let tag: ContentTag
  /// What the event is about; nil if the caller names it only when it stamps the leaf.
  public let subject: String?
  /// The number of events on the subject that the writer has seen, those ahead in the same batch included;
  /// nil if any number will do.
  public let expectedVersion: Int64?

  /// Offers an event.
  public init(key: EventKey, tag: ContentTag, subject: String?, expectedVersion: Int64? = nil) {
    self.key = key
    self.tag = tag
    self.subject = subject
    self.expectedVersion = expectedVersion
  }
}

/// A stamped event: the bytes that are stored and hashed, and the columns they are found by.
public struct Leaf: Sendable {
  /// The longest leaf, in bytes: the length prefix of an entry bundle (C2SP tlog-tiles) has 16 bits.
  public static let maximumBytes = 65_535
  /// The longest subject and the longest institution, in bytes of UTF-8.
  public static let nameMaximumBytes = 1_024
  /// The longest country, in bytes of UTF-8.
  public static let countryMaximumBytes = 16

  /// The leaf, at most ``maximumBytes``.
  public let bytes: [UInt8]
  /// What the event is about: 1 to ``nameMaximumBytes`` bytes without NUL. If the proposal named a subject,
  /// it is the same.
  public let subject: String
  /// A country, or nil; 1 to ``countryMaximumBytes`` bytes without NUL.
  public let country: String?
  /// An institution, or nil; 1 to ``nameMaximumBytes`` bytes without NUL.
  public let institution: String?
  /// The first day on which it may have happened, in days from 1970-01-01; nil if unknown.
  public let earliestDay: Int64?
  /// The last day on which it may have happened, in days from 1970-01-01; nil if unknown.
  public let latestDay: Int64?
  /// When the ledger took it in, in milliseconds since 1970-01-01T00:00:00Z; never before the event ahead.
  public let recordedMilliseconds: Int64

  /// Makes a leaf. The limits are checked when it is appended.
  public init(
    bytes: [UInt8], subject: String, country: String? = nil, institution: String? = nil,
    earliestDay: Int64? = nil, latestDay: Int64? = nil, recordedMilliseconds: Int64
  ) {
    self.bytes = bytes
    self.subject = subject
    self.country = country
    self.institution = institution
    self.earliestDay = earliestDay
    self.latestDay = latestDay
    self.recordedMilliseconds = recordedMilliseconds
  }
}

/// An event as it stands in the log.
public struct StoredEvent: Sendable {
  /// Its position in the log, from 0.
  public let position: Int64
  /// Its id.
  public let key: EventKey
  /// The digest of the draft it was made from.
  public let tag: ContentTag
  /// It is the nth event of its subject, from 1.
  public let version: Int64
  /// The stored bytes and columns.
  public let leaf: Leaf

  /// An event as an engine reports it.
  public init(position: Int64, key: EventKey, tag: ContentTag, version: Int64, leaf: Leaf) {
    self.position = position
    self.key = key
    self.tag = tag
    self.version = version
    self.leaf = leaf
  }
}

/// What became of one proposal.
public enum Outcome: Sendable, Equatable {
  /// It is new, and stands at this position.
  case appended(position: Int64)
  /// The same key with the same tag has stood at this position before, or stands there since the same batch.
  case alreadyThere(position: Int64)

  /// The position of the event, new or not.
  public var position: Int64 {
    switch self {
    case .appended(let position), .alreadyThere(let position): position
    }
  }
}
