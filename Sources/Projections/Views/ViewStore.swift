// views.db: opens it, brings it up to date with the log, makes it anew, and asks it questions.

internal import Crypto
internal import Foundation
internal import GRDB
public import LogStore
public import Milestones
internal import OrderedCollections
internal import Synchronization

/// The views on disk, or in memory where nothing can be written.
///
/// Everything here is derived: a file that is missing, damaged or of another form is simply made anew.
public final class ViewStore: Sendable {
  /// Another one takes its place when the file turns out to be damaged.
  private let openedQueue: Mutex<DatabaseQueue>
  private let path: String?
  private let vocabulary: Vocabulary
  private let busyTimeoutMilliseconds: Int

  /// How many events are projected in one go: bounds memory, and folds a subject once for many events.
  private static let batchSize: Int64 = 4_096
  /// The length of the blocks of the log after which the rows of subjects are kept for good: what was known within a
  /// block is folded when it is asked for. Longer blocks make fewer rows and slower answers.
  private let blockLength: Int64

  /// Opens the views.
  ///
  /// - Parameters:
  ///   - path: of views.db; nil for views in memory.
  ///   - vocabulary: the vocabulary in force.
  ///   - busyTimeoutMilliseconds: how long to wait for another process.
  ///   - blockLength: after how many events of the log the rows of subjects are kept for good. Views of one file have
  ///     one length.
  /// - Throws: ``ViewError``.
  public init(
    path: String?, vocabulary: Vocabulary, busyTimeoutMilliseconds: Int = 10_000,
    blockLength: Int64 = blockLengthDefault
  ) throws(ViewError) {
    self.blockLength = blockLength
    self.path = path
    self.vocabulary = vocabulary
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    do {
      openedQueue = Mutex(try Self.open(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds))
    } catch {
      // What is no database is only a spoilt copy of what the log says.
      guard let path, Self.isSpoilt(error) else { throw ViewError(error, path: path) }
      do {
        openedQueue = Mutex(try Self.openAnew(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds))
      } catch {
        throw ViewError(error, path: path)
      }
    }
  }

  /// The length of the blocks of the log, unless told otherwise.
  public static let blockLengthDefault: Int64 = 1_024

  private static func isSpoilt(_ error: any Error) -> Bool {
    (error as? DatabaseError)?.resultCode.isSpoilt ?? (error is SpoiltViews)
  }

  /// Removes the file and makes an empty one.
  private static func openAnew(_ path: String, busyTimeoutMilliseconds: Int) throws -> DatabaseQueue {
    for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.removeItem(atPath: path + suffix)
    }
    return try open(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
  }

  /// Makes the file anew in the place of one that proved to be damaged.
  private func replace(_ damaged: DatabaseQueue) throws {
    guard let path else { return }
    try openedQueue.withLock { queue in
      guard queue === damaged else { return }
      // Closed first: a connection takes its journal away when it closes, by name.
      try? damaged.close()
      queue = try Self.openAnew(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    }
  }

  private struct SpoiltViews: Error {}

  private static func open(_ path: String?, busyTimeoutMilliseconds: Int) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
    configuration.maximumReaderCount = 1
    configuration.prepareDatabase { database in
      // Views can be made anew, so a lost last transaction costs nothing: NORMAL is enough here.
      try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY")
    }
    let queue =
      try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
      ?? DatabaseQueue(configuration: configuration)
    try queue.writeWithoutTransaction { database in
      if path != nil { try useWriteAheadLog(database, timeoutMilliseconds: busyTimeoutMilliseconds) }
      // Only views that are not made yet are written to on opening: a rebuild elsewhere must not hold up readers.
      if try hasTables(database) { return }
      try database.inTransaction(.immediate) {
        if try !hasTables(database) {
          try database.execute(sql: ViewSchema.create)
          try database.execute(sql: "PRAGMA application_id = \(ViewSchema.applicationID)")
          try database.execute(sql: "PRAGMA user_version = \(ViewSchema.version)")
        }
        return .commit
      }
    }
    return queue
  }

  /// Whether the tables are there; throws if what is there is something else than views of this form.
  private static func hasTables(_ database: Database) throws -> Bool {
    if try Int64.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 { return false }
    let id = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard id == ViewSchema.applicationID, version == ViewSchema.version else { throw SpoiltViews() }
    return true
  }

  /// Switches a new file to WAL. SQLite does not wait for others here but says at once that the file is busy.
  private static func useWriteAheadLog(_ database: Database, timeoutMilliseconds: Int) throws {
    let begun = ContinuousClock.now
    while try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
      do {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        if begun.duration(to: .now) > .milliseconds(timeoutMilliseconds) { throw error }
        Thread.sleep(forTimeInterval: 0.005)
      }
    }
  }

  // MARK: Keeping up

  /// How many events of the log the views contain.
  public func size() throws(ViewError) -> Int64 {
    try run { database in try Self.progress(database)?.size ?? 0 }
  }

  /// Whether the views contain this log, all of it and nothing else.
  public func isCurrent(with log: some EventLog) throws(ViewError) -> Bool {
    try run { database in
      guard let progress = try Self.progress(database) else { return false }
      return try isBeginning(progress, of: log) && log.head().size == progress.size
    }
  }

  /// Brings the views up to date with the log. Views of something else are made anew.
  ///
  /// Another process may do the same at the same time: each event is projected once, in order.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - progress: is told how many events are projected so far, after each batch.
  /// - Returns: the size that the views are projected to.
  /// - Throws: ``ViewError``; what was projected before stays.
  @discardableResult
  public func catchUp(
    with log: some EventLog, progress: (@Sendable (Int64) -> Void)? = nil
  ) throws(ViewError) -> Int64 {
    var reached: Int64 = 0
    var isDone = false
    while !isDone {
      (reached, isDone) = try write { database in try self.projectBatch(from: log, in: database) }
      progress?(reached)
    }
    return reached
  }

  /// Makes the views anew from the log, in one transaction: until it commits, readers see the old ones.
  ///
  /// - Returns: the size that the views are projected to.
  public func rebuild(
    from log: some EventLog, progress: (@Sendable (Int64) -> Void)? = nil
  ) throws(ViewError) -> Int64 {
    try write { database in
      try Self.clear(database)
      while true {
        let (reached, isDone) = try self.projectBatch(from: log, in: database)
        progress?(reached)
        if isDone { return reached }
      }
    }
  }

  private func projectBatch(from log: some EventLog, in database: Database) throws -> (
    reached: Int64, isDone: Bool
  ) {
    var old = try Self.progress(database)
    if let found = old, try !isBeginning(found, of: log) {
      try Self.clear(database)
      old = nil
    }
    var reached = old?.size ?? 0
    let end = (reached / Self.batchSize + 1) * Self.batchSize
    var last: StoredEvent?
    while reached < end {
      let (block, isWhole) = try projectBlock(from: log, at: reached, until: end, in: database)
      if let event = block.last { (last, reached) = (event, event.position + 1) }
      if !isWhole { break }
    }
    if last != nil || old == nil {
      try database.cachedStatement(sql: ViewStatements.setProgress).execute(arguments: [
        reached, vocabulary.digest, last?.leaf.recordedMilliseconds ?? 0, last.map(Self.mark) ?? Data(),
      ])
    }
    return (reached, reached < end)
  }

  /// Projects what is left of a block of the log: its events, then the subjects that they touch, each once.
  private func projectBlock(
    from log: some EventLog, at start: Int64, until end: Int64, in database: Database
  ) throws -> (events: [StoredEvent], isWhole: Bool) {
    let block = start / blockLength
    let wanted = min((block + 1) * blockLength, end) - start
    let events = try log.read(from: start, limit: Int(wanted))
    let projector = Projector(
      database: database, vocabulary: vocabulary, find: log.find, read: { try Self.event(at: $0, of: log) })
    var touched = Projector.Touched()
    try projector.add(events, touching: &touched)
    for (subject, version) in touched { try projector.refold(subject.text, version, block: block) }
    return (events, events.count == wanted)
  }

  /// How far the views are projected.
  private struct Progress {
    let size: Int64
    let vocabulary: String
    let recorded: Int64
    /// The mark of the last event, by which a log is known again.
    let mark: Data
  }

  private static func progress(_ database: Database) throws -> Progress? {
    try Row.fetchOne(database.cachedStatement(sql: ViewStatements.progress)).map {
      Progress(size: $0[0], vocabulary: $0[1], recorded: $0[2], mark: $0[3])
    }
  }

  /// Whether what is projected is the beginning of this log, read by the vocabulary in force. It is not if the file
  /// comes from another ledger, or if the log was put back from a backup.
  private func isBeginning(_ progress: Progress, of log: some EventLog) throws -> Bool {
    guard progress.vocabulary.utf8.elementsEqual(vocabulary.digest.utf8) else { return false }
    if progress.size == 0 { return true }
    return try log.read(from: progress.size - 1, limit: 1).first.map(Self.mark) == progress.mark
  }

  private static func mark(_ event: StoredEvent) -> Data { Data(SHA256.hash(data: event.leaf.bytes)) }

  private static func clear(_ database: Database) throws {
    for table in ViewSchema.digested.map(\.table) + ["progress"] {
      try database.execute(sql: "DELETE FROM \(table)")
    }
  }

  // MARK: Access

  func run<T>(_ body: (Database) throws -> T) throws(ViewError) -> T {
    do { return try openedQueue.withLock { $0 }.read(body) } catch { throw ViewError(error, path: path) }
  }

  /// Asks questions of one state of the views.
  ///
  /// - Parameters:
  ///   - log: the log that the views are made of, for what they leave in the events: sources, quotations.
  ///   - knownAt: the position of the last event that is to be known; nil for all that the views contain.
  ///   - body: is given the state; all its answers belong together.
  /// - Returns: what `body` returns.
  /// - Throws: ``ViewError``.
  public func snapshot<T>(
    of log: some EventLog, knownAt: Int64? = nil, _ body: (ViewSnapshot) throws -> T
  ) throws(ViewError) -> T {
    try run { database in
      let progress = try Self.progress(database)
      let head = (progress?.size ?? 0) - 1
      let known = min(knownAt ?? head, head)
      let recorded =
        known == head
        ? progress?.recorded
        : try log.read(from: known, limit: 1).first?.leaf.recordedMilliseconds
      return try body(
        ViewSnapshot(
          knownAt: known, recorded: RecordedTime(milliseconds: recorded ?? 0),
          restrictedBy: try Int64.fetchOne(database.cachedStatement(sql: ViewStatements.lastRestriction)),
          readEvent: { try Self.event(at: $0, of: log) },
          database: database, vocabulary: vocabulary, blockLength: blockLength))
    }
  }

  private static func event(at position: Int64, of log: some EventLog) throws -> EventView {
    guard let event = try log.read(from: position, limit: 1).first else {
      throw ViewError.log(reason: "it has no event at position \(position)")
    }
    do { return try EventView(leaf: event.leaf.bytes) } catch {
      throw ViewError.unreadable(position: position, reason: "\(error)")
    }
  }

  /// Writes in one transaction; where the file proves to be damaged, once more in a new one.
  private func write<T>(_ body: (Database) throws -> T) throws(ViewError) -> T {
    do {
      let queue = openedQueue.withLock { $0 }
      do {
        return try Self.write(in: queue, body)
      } catch  where path != nil && Self.isSpoilt(error) {
        try replace(queue)
        return try Self.write(in: openedQueue.withLock { $0 }, body)
      }
    } catch { throw ViewError(error, path: path) }
  }

  private static func write<T>(in queue: DatabaseQueue, _ body: (Database) throws -> T) throws -> T {
    try queue.writeWithoutTransaction { database in
      var result: T?
      try database.inTransaction(.immediate) {
        result = try body(database)
        return .commit
      }
      guard let result else { throw ViewError.engine(code: 0) }
      return result
    }
  }
}

extension ResultCode {
  fileprivate var isSpoilt: Bool { self == .SQLITE_NOTADB || self == .SQLITE_CORRUPT }
}

extension ViewError {
  init(_ error: any Error, path: String?) {
    switch error {
    case let error as ViewError: self = error
    case let error as LogError: self = .log(reason: "\(error)")
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
      case .SQLITE_FULL: self = .diskFull
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
        self = .cannotOpen(path: path ?? "memory")
      default: self = .engine(code: Int(error.extendedResultCode.rawValue))
      }
    default: self = .cannotOpen(path: path ?? "memory")
    }
  }
}
