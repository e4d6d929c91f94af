// Appending: decide which proposals are new, have them stamped, write them and what the tree gains, commit.

internal import GRDB
internal import GRDBSQLite
internal import Synchronization
internal import TransparencyLog

extension SQLiteLog {
  /// Appends all of the proposals that are new, or nothing; see ``EventLog``.
  ///
  /// Memory grows with the batch. Some 10,000 events a batch are as fast as it gets.
  public func append(
    _ proposals: [Proposal], expectedSize: Int64? = nil, stamp: (LogHead, [Int]) throws -> [Leaf]
  ) throws -> [Outcome] {
    let watch = Stopwatch()
    var activity = Activity.writing
    do {
      return try withWriter(watch) { database in
        do {
          try Query.run(database, Statements.beginWrite)
          let (outcomes, grown) = try write(
            proposals, expectedSize: expectedSize, stamp: stamp, database: database)
          activity = .committing
          setCheckpoint(of: database, afterBatchOf: proposals.count)
          try Query.run(database, Statements.commit)
          if let (edge, versions) = grown {
            rightEdge.withLock { $0 = edge }
            knownVersions.withLock { $0 = versions }
          }
          return outcomes
        } catch {
          rollBack(database)
          throw error
        }
      }
    } catch let error as CallerError {
      throw error.underlying
    } catch {
      throw LogError(
        error, during: activity, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }

  /// Chooses how long the write-ahead log may grow by what is appended to it.
  private func setCheckpoint(of database: Database, afterBatchOf count: Int) {
    let isBulk = count >= Format.bulkEventsMin
    sqlite3_wal_autocheckpoint(
      database.sqliteConnection,
      Int32(isBulk ? Format.bulkWalAutocheckpointPages : Format.walAutocheckpointPages))
  }

  /// The work between BEGIN and COMMIT; gives the tree as it is then, if it grows, and how many events its subjects have.
  private func write(
    _ proposals: [Proposal], expectedSize: Int64?, stamp: (LogHead, [Int]) throws -> [Leaf],
    database: Database
  ) throws -> ([Outcome], grown: (RightEdge, KnownVersions)?) {
    let head = try Self.head(database)
    if let expectedSize, expectedSize != head.size {
      throw LogError.unexpectedSize(expected: expectedSize, actual: head.size)
    }
    let plan = try BatchPlan(proposals, head: head, database: database)
    guard plan.refusals.isEmpty else { throw LogError.refused(plan.refusals) }
    guard !plan.newIndices.isEmpty else { return (plan.outcomes, nil) }

    let leaves: [Leaf]
    do {
      leaves = try stamp(head, plan.newIndices)
    } catch {
      throw CallerError(underlying: error)
    }
    try LeafCheck.check(leaves, of: plan.newIndices, proposals: proposals, head: head)
    let versions = try insert(
      leaves, of: plan.newIndices, proposals: proposals, head: head, database: database)
    return (plan.outcomes, (try growTree(by: leaves, from: head, database: database), versions))
  }

  /// Writes the rows, each with the next version of its subject.
  private func insert(
    _ leaves: [Leaf], of indices: [Int], proposals: [Proposal], head: LogHead, database: Database
  ) throws -> KnownVersions {
    let insert = try Query(database, Statements.insert)
    // Taken out, so that they are not copied; and if this append fails, nothing is known.
    var versions = try SubjectVersions(
      database,
      known: knownVersions.withLock { known in
        let taken = known.size == head.size ? known : KnownVersions()
        known = KnownVersions()
        return taken
      })
    var refusals: [Refusal] = []
    for (offset, (leaf, index)) in zip(leaves, indices).enumerated() {
      let proposal = proposals[index]
      let seen = try versions.countAndAdd(leaf.subject)
      // Known before the stamp for a subject that the proposal names; only now for one that it does not.
      if let expected = proposal.expectedVersion, expected != seen {
        refusals.append(
          Refusal(index: index, reason: .unexpectedVersion(expected: expected, actual: seen)))
        versions.takeBack(leaf.subject)
        continue
      }
      guard refusals.isEmpty else { continue }
      try insert.bind(1, head.size + Int64(offset))
      try insert.bind(5, seen + 1)
      try insert.bind(8, leaf.earliestDay)
      try insert.bind(9, leaf.latestDay)
      try insert.bind(10, leaf.recordedMilliseconds)
      // Lent for the one step: copies that SQLite makes and frees again would cost a tenth of the row.
      try proposal.key.storage.withBytes { key in
        try insert.bindBorrowed(2, key)
        try proposal.tag.storage.withBytes { tag in
          try insert.bindBorrowed(3, tag)
          try insert.borrowing(4, leaf.subject) {
            try insert.borrowing(6, leaf.country) {
              try insert.borrowing(7, leaf.institution) {
                try leaf.bytes.withUnsafeBytes { bytes in
                  try insert.bindBorrowed(11, bytes)
                  defer { insert.reset() }
                  _ = try insert.step()
                }
              }
            }
          }
        }
      }
    }
    guard refusals.isEmpty else { throw LogError.refused(refusals) }
    return versions.known(atSize: head.size + Int64(leaves.count))
  }

  /// Leaves no transaction open. Some failures have rolled back already; then there is nothing to do.
  private func rollBack(_ database: Database) {
    guard sqlite3_get_autocommit(database.sqliteConnection) == 0 else { return }
    // SQLite rolls back in memory and in the WAL index: there is nobody to tell if it fails, and the next
    // append reports what is wrong with the file.
    try? Query.run(database, Statements.rollback)
  }
}

/// What the caller's own code threw, carried past the translation of the engine's errors.
private struct CallerError: Error {
  let underlying: any Error
}

/// The rules that a stamped leaf keeps, checked before any is written.
private enum LeafCheck {
  static func check(
    _ leaves: [Leaf], of indices: [Int], proposals: [Proposal], head: LogHead
  ) throws(LogError) {
    guard leaves.count == indices.count else {
      throw LogError.wrongLeafCount(expected: indices.count, found: leaves.count)
    }
    var previous = head.lastRecordedMilliseconds ?? .min
    for (leaf, index) in zip(leaves, indices) {
      guard leaf.bytes.count <= Leaf.maximumBytes else {
        throw LogError.leafTooLarge(index: index, bytes: leaf.bytes.count)
      }
      try check(leaf.subject, column: "subject", maximumBytes: Leaf.nameMaximumBytes, index: index)
      try check(leaf.country, column: "country", maximumBytes: Leaf.countryMaximumBytes, index: index)
      try check(leaf.institution, column: "institution", maximumBytes: Leaf.nameMaximumBytes, index: index)
      if let named = proposals[index].subject, ExactText(named) != ExactText(leaf.subject) {
        throw LogError.subjectDiffers(index: index)
      }
      guard leaf.recordedMilliseconds >= previous else {
        throw LogError.recordedGoesBack(
          index: index, previousMilliseconds: previous, foundMilliseconds: leaf.recordedMilliseconds)
      }
      previous = leaf.recordedMilliseconds
    }
  }

  private static func check(
    _ text: String?, column: String, maximumBytes: Int, index: Int
  ) throws(LogError) {
    guard let text else { return }
    let isFit = ExactText.withBytes(of: text) { (1...maximumBytes).contains($0.count) && !$0.contains(0) }
    guard isFit else {
      throw LogError.invalidColumn(index: index, column: column, bytes: text.utf8.count)
    }
  }
}
