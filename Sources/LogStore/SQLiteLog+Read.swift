// Reading: by position, by id, by subject, and the fast pass over all leaves.

internal import Foundation
internal import GRDB

extension SQLiteLog {
  /// The size of the log, the root of its tree and the time of its last event.
  public func head() throws(LogError) -> LogHead {
    try withReader(Self.head)
  }

  static func head(_ database: Database) throws -> LogHead {
    let query = try Query(database, Statements.head)
    defer { query.reset() }
    guard try query.step() else { throw LogError.damaged(detail: "the tree has no head") }
    let treeSize = query.integer(0)
    let (size, overflow) = (query.optionalInteger(2) ?? -1).addingReportingOverflow(1)
    guard !overflow, size >= 0 else { throw LogError.damaged(detail: "the last position is impossible") }
    guard treeSize == size else {
      throw LogError.damaged(detail: "the tree has \(treeSize) leaves, the log \(size) events")
    }
    return LogHead(size: size, root: try query.hash(1), lastRecordedMilliseconds: query.optionalInteger(3))
  }

  /// The position of the event with this key, or nil.
  public func find(_ key: EventKey) throws(LogError) -> Int64? {
    try withReader { database in
      let query = try Query(database, Statements.findID)
      defer { query.reset() }
      try query.bind(1, key.storage)
      return try query.step() ? query.integer(0) : nil
    }
  }

  /// The events from a position on: `limit` of them, or fewer where the log ends.
  ///
  /// - Throws: ``LogError/gap(position:)`` if a position under the size is missing, or is negative.
  public func read(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent] {
    guard position >= 0 else { throw .gap(position: position) }
    guard limit > 0 else { return [] }
    return try withReader { database in
      let query = try Query(database, Statements.readFrom)
      defer { query.reset() }
      try query.bind(1, position)
      try query.bind(2, Int64(limit))
      var events: [StoredEvent] = []
      var expected = position
      while try query.step() {
        let event = try query.storedEvent()
        guard event.position == expected else { throw LogError.gap(position: expected) }
        events.append(event)
        expected &+= 1
      }
      return events
    }
  }

  /// Waits until the log has an event past a position.
  ///
  /// It looks at the log at short intervals, since the writer may be another process.
  ///
  /// - Returns: The size, as soon as it is greater than `position`, or else at the timeout.
  public func waitPast(_ position: Int64, timeoutMilliseconds: Int) throws(LogError) -> Int64 {
    let watch = Stopwatch()
    var pauseMilliseconds = 1
    let pauseMaximumMilliseconds = 16
    while true {
      let size = try head().size
      let left = timeoutMilliseconds - watch.elapsedMilliseconds
      if size > position || left <= 0 { return size }
      Thread.sleep(forTimeInterval: Double(min(pauseMilliseconds, left)) / 1_000)
      pauseMilliseconds = min(pauseMilliseconds * 2, pauseMaximumMilliseconds)
    }
  }

  // MARK: Beyond the contract: for queries on this machine

  /// The number of events on a subject.
  public func version(ofSubject subject: String) throws(LogError) -> Int64 {
    try withReader { database in
      var versions = try SubjectVersions(database)
      return try versions.count(of: subject)
    }
  }

  /// The events of a subject in the order of their positions, which is that of their versions.
  ///
  /// - Parameters:
  ///   - subject: What they are about.
  ///   - version: The version after which to begin; 0 for the first event.
  ///   - limit: How many to read at most.
  /// - Returns: The events, fewer than `limit` where there are no more.
  /// - Throws: ``LogError``.
  public func events(
    ofSubject subject: String, after version: Int64 = 0, limit: Int
  ) throws(LogError) -> [StoredEvent] {
    guard limit > 0 else { return [] }
    return try withReader { database in
      let query = try Query(database, Statements.readSubject)
      defer { query.reset() }
      try query.bind(1, subject)
      try query.bind(2, version)
      try query.bind(3, Int64(limit))
      var events: [StoredEvent] = []
      while try query.step() { events.append(try query.storedEvent()) }
      return events
    }
  }

  /// Passes over the leaves in order, all from one state of the log, without copying them.
  ///
  /// Appends go on meanwhile and are not seen. Until it ends, the `-wal` file cannot be emptied.
  ///
  /// - Parameters:
  ///   - first: Where to begin.
  ///   - last: Where to end, this position included; nil or a position past the end for all there are.
  ///   - body: Is given each position and its leaf. The bytes are only valid until it returns. What it
  ///     throws ends the pass and is passed on.
  /// - Returns: The position after the last one that was passed over; `first` if there was none.
  /// - Throws: ``LogError``, among them ``LogError/gap(position:)``, or what `body` throws.
  @discardableResult
  public func scan(
    from first: Int64 = 0, through last: Int64? = nil,
    _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int64 {
    guard first >= 0 else { throw LogError.gap(position: first) }
    let last = last ?? .max
    guard first <= last else { return first }
    let result = try withReader { database -> Result<Int64, any Error> in
      let query = try Query(database, Statements.scan)
      defer { query.reset() }
      try query.bind(1, first)
      var next = first
      while next <= last, try query.step() {
        guard query.integer(0) == next else { throw LogError.gap(position: next) }
        let bytes = try query.leaf(1)
        do {
          try body(next, bytes)
        } catch {
          return .failure(error)
        }
        guard next < .max else { break }
        next += 1
      }
      return .success(next)
    }
    return try result.get()
  }
}

extension Query {
  /// The event in the current row of a statement that selects all columns.
  func storedEvent() throws -> StoredEvent {
    guard let subject = try text(3) else { throw LogError.damaged(detail: "an event has no subject") }
    let leaf = Leaf(
      bytes: Array(try leaf(10)), subject: subject, country: try text(5), institution: try text(6),
      earliestDay: optionalInteger(7), latestDay: optionalInteger(8), recordedMilliseconds: integer(9))
    return StoredEvent(
      position: integer(0), key: EventKey(storage: try sixteenBytes(1)),
      tag: ContentTag(storage: try sixteenBytes(2)), version: integer(4), leaf: leaf)
  }
}
