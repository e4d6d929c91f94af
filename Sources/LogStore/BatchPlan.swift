// Which proposals of a batch are new, which are there already, and which are refused.

internal import GRDB

/// The decision about a batch, made under the write lock and before anything is stamped or written.
struct BatchPlan {
  /// One for each proposal, in order; of no meaning if there are refusals.
  private(set) var outcomes: [Outcome] = []
  private(set) var newIndices: [Int] = []
  private(set) var refusals: [Refusal] = []

  init(_ proposals: [Proposal], head: LogHead, database: Database) throws {
    var stored = try StoredKeys(database, isSingle: proposals.count == 1)
    var versions = try SubjectVersions(database)
    // Counting subjects costs a lookup for each; most batches expect nothing and need none here.
    let anyExpects = proposals.contains { $0.expectedVersion != nil }
    // Keys that only grow, as those of an import mostly do, are each another: none has to be looked for among the rest.
    let onlyGrow = zip(proposals, proposals.dropFirst()).allSatisfy { $0.key < $1.key }
    var firstByKey: [EventKey: (index: Int, position: Int64)] = [:]
    if !onlyGrow { firstByKey.reserveCapacity(proposals.count) }
    outcomes.reserveCapacity(proposals.count)
    newIndices.reserveCapacity(proposals.count)

    for (index, proposal) in proposals.enumerated() {
      if let (position, tag) = try stored.find(proposal.key) {
        if tag == proposal.tag {
          outcomes.append(.alreadyThere(position: position))
        } else {
          refuse(index, .idReused(position: position))
        }
        continue
      }
      if !onlyGrow, let first = firstByKey[proposal.key] {
        if proposals[first.index].tag == proposal.tag {
          outcomes.append(.alreadyThere(position: first.position))
        } else {
          refuse(index, .idRepeated(firstIndex: first.index))
        }
        continue
      }
      if anyExpects, let subject = proposal.subject {
        let seen = try versions.count(of: subject)
        if let expected = proposal.expectedVersion, expected != seen {
          refuse(index, .unexpectedVersion(expected: expected, actual: seen))
          continue
        }
        versions.add(subject)
      }
      let (position, overflow) = head.size.addingReportingOverflow(Int64(newIndices.count))
      guard !overflow else { throw LogError.damaged(detail: "the positions have run out") }
      if !onlyGrow { firstByKey[proposal.key] = (index, position) }
      newIndices.append(index)
      outcomes.append(.appended(position: position))
    }
  }

  private mutating func refuse(_ index: Int, _ reason: Refusal.Reason) {
    refusals.append(Refusal(index: index, reason: reason))
  }
}

/// Looks for keys in the log.
private struct StoredKeys {
  private let query: Query
  /// Ids mostly grow with time: one that is greater than the greatest is new without a lookup of its own.
  private let last: SixteenBytes?
  private let isEmpty: Bool

  init(_ database: Database, isSingle: Bool) throws {
    query = try Query(database, Statements.findID)
    guard !isSingle else {
      (last, isEmpty) = (nil, false)
      return
    }
    let lastID = try Query(database, Statements.lastID)
    defer { lastID.reset() }
    let hasRow = try lastID.step()
    last = hasRow ? try lastID.sixteenBytes(0) : nil
    isEmpty = !hasRow
  }

  mutating func find(_ key: EventKey) throws -> (position: Int64, tag: ContentTag)? {
    if isEmpty { return nil }
    if let last, key.storage > last { return nil }
    defer { query.reset() }
    try query.bind(1, key.storage)
    guard try query.step() else { return nil }
    return (query.integer(0), ContentTag(storage: try query.sixteenBytes(1)))
  }
}

/// Counts the events of subjects, those of the batch included.
struct SubjectVersions {
  private let query: Query
  private var known: KnownVersions

  /// - Parameters:
  ///   - database: the connection that writes.
  ///   - known: what is known of the log as it stands.
  /// - Throws: ``EngineFailure``.
  init(_ database: Database, known: KnownVersions = KnownVersions()) throws {
    query = try Query(database, Statements.subjectVersion)
    self.known = known
  }

  /// The number of events on the subject so far.
  mutating func count(of subject: String) throws -> Int64 {
    let subject = ExactText(subject)
    if let count = known.counts[subject] { return count }
    let count = try stored(subject)
    known.counts[subject] = count
    return count
  }

  /// Counts one more.
  mutating func add(_ subject: String) {
    known.counts[ExactText(subject), default: 0] += 1
  }

  /// The number of events on the subject so far; counts one more.
  mutating func countAndAdd(_ subject: String) throws -> Int64 {
    let subject = ExactText(subject)
    // Found once for both: each event of an import passes here.
    if let index = known.counts.index(forKey: subject) {
      defer { known.counts.values[index] += 1 }
      return known.counts.values[index]
    }
    let count = try stored(subject)
    known.counts[subject] = count + 1
    return count
  }

  /// Counts one less: the event does not get in.
  mutating func takeBack(_ subject: String) {
    known.counts[ExactText(subject), default: 1] -= 1
  }

  /// What is known once the events are in the log, which has so many then.
  consuming func known(atSize size: Int64) -> KnownVersions {
    known.kept(atSize: size)
  }

  private func stored(_ subject: ExactText) throws -> Int64 {
    defer { query.reset() }
    try query.bind(1, subject.text)
    return try query.step() ? query.integer(0) : 0
  }
}

/// How many events the subjects have that were counted last, in a log of one size. The log itself refuses a row with
/// another version than the next (``Schema/admitsTheNextOnly``), so that nothing rests on this but time.
struct KnownVersions {
  /// Some megabytes at most.
  private static let countMax = 50_000

  /// The size of the log; nil before anything is known.
  var size: Int64?
  fileprivate var counts: [ExactText: Int64] = [:]

  /// The same of a log that has grown to a size; all forgotten if it is too much.
  fileprivate consuming func kept(atSize size: Int64) -> KnownVersions {
    if counts.count > Self.countMax { return KnownVersions() }
    self.size = size
    return self
  }
}
