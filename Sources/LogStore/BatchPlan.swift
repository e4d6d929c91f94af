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
    var firstByKey: [EventKey: (index: Int, position: Int64)] = [:]
    outcomes.reserveCapacity(proposals.count)

    for (index, proposal) in proposals.enumerated() {
      if let (position, tag) = try stored.find(proposal.key) {
        if tag == proposal.tag {
          outcomes.append(.alreadyThere(position: position))
        } else {
          refuse(index, .idReused(position: position))
        }
        continue
      }
      if let first = firstByKey[proposal.key] {
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
      if proposals.count > 1 { firstByKey[proposal.key] = (index, position) }
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
  private var counts: [ExactText: Int64] = [:]

  init(_ database: Database) throws {
    query = try Query(database, Statements.subjectVersion)
  }

  /// The number of events on the subject so far.
  mutating func count(of subject: String) throws -> Int64 {
    if let count = counts[ExactText(subject)] { return count }
    defer { query.reset() }
    try query.bind(1, subject)
    let count = try query.step() ? query.integer(0) : 0
    counts[ExactText(subject)] = count
    return count
  }

  /// Counts one more.
  mutating func add(_ subject: String) {
    counts[ExactText(subject), default: 0] += 1
  }
}
