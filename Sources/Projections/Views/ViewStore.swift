// views.db: brings it up to date with the log, and asks it questions.

internal import Crypto
internal import Foundation
internal import GRDB
public import LogStore
public import Milestones
internal import OrderedCollections
internal import Synchronization

/// The views on disk, or in memory where nothing can be written.
///
/// Everything here is derived: views that are missing, damaged or of another form, log or vocabulary are made anew, in a
/// generation of their own beside those that serve (``rebuild(from:anew:)``). A generation that serves only grows: a
/// question is answered by the whole of one, or by the whole of its successor.
public final class ViewStore: Sendable {
  /// Where the generations lie; nil for views in memory.
  let files: ViewGenerations?
  /// The generation that served when it was looked last.
  let opened: Mutex<ViewGeneration>
  let vocabulary: Vocabulary
  let busyTimeoutMilliseconds: Int
  /// Is told of work that takes longer than a moment.
  let watch: @Sendable (ViewProgress) -> Void

  /// How many events are projected in one go: bounds memory, and folds a subject once for many events.
  private static let batchSize: Int64 = 8_192
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
  ///   - watch: is told of work that takes longer than a moment, by whichever call does it.
  /// - Throws: ``ViewError``.
  public init(
    path: String?, vocabulary: Vocabulary, busyTimeoutMilliseconds: Int = 10_000,
    blockLength: Int64 = blockLengthDefault, watch: @escaping @Sendable (ViewProgress) -> Void = { _ in }
  ) throws(ViewError) {
    self.vocabulary = vocabulary
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    self.watch = watch
    self.blockLength = blockLength
    files = path.map(ViewGenerations.init)
    do {
      opened = Mutex(
        try ViewGeneration.open(files, busyTimeoutMilliseconds: busyTimeoutMilliseconds))
    } catch { throw ViewError(error, path: path) }
    removeLeftovers()
  }

  /// The length of the blocks of the log, unless told otherwise.
  public static let blockLengthDefault: Int64 = 8_192

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
  ///   - waits: whether to wait for another process where it makes the views anew.
  /// - Returns: the size that the views are projected to.
  /// - Throws: ``ViewError``; what was projected before stays.
  @discardableResult
  public func catchUp(with log: some EventLog, waits: Bool = true) throws(ViewError) -> Int64 {
    try catchUp(with: log, waits: waits, more: nil)
  }

  /// The same while the log still grows, if `more` says so.
  func catchUp(with log: some EventLog, waits: Bool, more: GrowingLog?) throws(ViewError) -> Int64 {
    do {
      // Views that are replaced again and again by what cannot be used here: by a program of another version.
      for _ in 0..<10 {
        let generation = try current()
        do {
          guard generation.isViews else { throw OtherViews() }
          return try project(log, into: generation, isRebuild: false, more: more) { body in
            try self.write(in: generation, body)
          }
        } catch is SupersededViews {
        } catch  where error is OtherViews || (files != nil && ViewGeneration.isDamage(error)) {
          try make(from: log, insteadOf: generation, anew: false, waits: waits, more: more)
        }
      }
      throw ViewError.busy
    } catch { throw failure(error, of: log) }
  }

  /// Projects batch by batch until the end of the log, each in a transaction of its own.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - generation: the views.
  ///   - isRebuild: whether they are made anew.
  ///   - more: where the log still grows, waits until it has the size given; false if it comes to its end before that.
  ///     Nobody is told of the work then: whoever makes the log grow tells of that.
  ///   - transaction: runs what it is given in a transaction.
  /// - Returns: the size that the views are projected to.
  /// - Throws: what `transaction` and `more` throw.
  func project(
    _ log: some EventLog, into generation: ViewGeneration, isRebuild: Bool, more: GrowingLog? = nil,
    _ transaction: ((Database) throws -> (reached: Int64, isDone: Bool)) throws -> (
      reached: Int64, isDone: Bool
    )
  ) throws -> Int64 {
    var told: ViewProgress?
    defer {
      if var told {
        told.isFinished = true
        watch(told)
      }
    }
    func tell(_ size: Int64) throws {
      let start = told?.start ?? size
      told = ViewProgress(isRebuild: isRebuild, start: start, done: size, total: try log.head().size)
      told.map(watch)
    }
    // After a failure the tables are not what it has seen: it is not given back.
    let subjects = generation.takeKnownSubjects()
    var size = try Self.reading(generation.queue) { try Self.progress($0)?.size ?? 0 }
    if isRebuild && more == nil { try tell(size) }
    var isGrowing = more != nil
    while true {
      // Whole batches while the log grows: what is touched again within a block would be folded again.
      if isGrowing, let more { isGrowing = try more(Self.end(ofBatchAfter: size)) }
      let (reached, isDone) = try transaction { database in
        try projectBatch(from: log, in: database, subjects)
      }
      size = reached
      // A few events are caught up with in a moment: nobody needs to be told.
      if more == nil && (isRebuild || !isDone || told != nil) { try tell(reached) }
      if isDone && !isGrowing {
        // While indexes are sorted, other work needs that memory.
        if !isRebuild { generation.keep(subjects) }
        return reached
      }
    }
  }

  /// Projects the next batch of events.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - database: the views, in a transaction.
  ///   - subjects: what is known of subjects from earlier batches of the same views.
  /// - Returns: the size that the views are projected to, and whether that is all of the log.
  /// - Throws: `OtherViews` if these are views of something else, ``ViewError``, and errors of the engine.
  func projectBatch(
    from log: some EventLog, in database: Database, _ subjects: KnownSubjects
  ) throws -> (reached: Int64, isDone: Bool) {
    let old = try Self.progress(database)
    if let old, try !isBeginning(old, of: log) { throw OtherViews() }
    var reached = old?.size ?? 0
    // Another process may have brought them forward in between.
    if subjects.size != reached { subjects.forgetAll(startingWith: reached) }
    let projector = Projector(
      database: database, vocabulary: vocabulary, find: log.find, read: { try Self.event(at: $0, of: log) },
      subjects: subjects, statements: try HotStatements(database))
    let end = Self.end(ofBatchAfter: reached)
    var last: StoredEvent?
    while reached < end {
      let start = reached
      let blockEnd = min((start / blockLength + 1) * blockLength, end)
      last = try projectBlock(from: log, at: start, until: blockEnd, by: projector) ?? last
      reached = last.map { $0.position + 1 } ?? start
      if reached < blockEnd { break }
    }
    if last != nil || old == nil {
      try database.cachedStatement(sql: ViewStatements.setProgress).execute(arguments: [
        reached, vocabulary.digest, last?.leaf.recordedMilliseconds ?? 0, last.map(Self.mark) ?? Data(),
      ])
    }
    subjects.size = reached
    return (reached, reached < end)
  }

  /// Projects what is left of a block of the log: its events, then the subjects that they touch, each once.
  ///
  /// - Returns: the last event that was projected; nil if the log has none from `start` on.
  private func projectBlock(
    from log: some EventLog, at start: Int64, until end: Int64, by projector: Projector
  ) throws -> StoredEvent? {
    var touched = Projector.Touched()
    var last: StoredEvent?
    let events = DrawnEvents(log, by: vocabulary, from: start, until: end)
    while case let part = try events.part(), !part.isEmpty {
      try projector.add(part, touching: &touched)
      last = part.last?.stored
    }
    let block = (number: start / blockLength, isBegun: start % blockLength != 0)
    try projector.refold(touched, block: block)
    return last
  }

  private static func end(ofBatchAfter size: Int64) -> Int64 { (size / batchSize + 1) * batchSize }

  /// How far the views are projected.
  struct Progress {
    let size: Int64
    let vocabulary: String
    let recorded: Int64
    /// The mark of the last event, by which a log is known again.
    let mark: Data
  }

  static func progress(_ database: Database) throws -> Progress? {
    try Row.fetchOne(database.cachedStatement(sql: ViewStatements.progress)).map {
      Progress(size: $0[0], vocabulary: $0[1], recorded: $0[2], mark: $0[3])
    }
  }

  /// Whether what is projected is the beginning of this log, read by the vocabulary in force. It is not if the file
  /// comes from another ledger, or if the log was put back from a backup.
  func isBeginning(_ progress: Progress, of log: some EventLog) throws -> Bool {
    guard progress.vocabulary.utf8.elementsEqual(vocabulary.digest.utf8) else { return false }
    if progress.size == 0 { return true }
    return try log.read(from: progress.size - 1, limit: 1).first.map(Self.mark) == progress.mark
  }

  private static func mark(_ event: StoredEvent) -> Data { Data(SHA256.hash(data: event.leaf.bytes)) }

  // MARK: Access

  /// The generation that serves now.
  func current() throws -> ViewGeneration {
    try opened.withLock { generation in
      if let files, generation.file != files.current() {
        generation = try ViewGeneration.open(files, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
      }
      return generation
    }
  }

  /// Whether no other has taken its place.
  private func isCurrent(_ generation: ViewGeneration) -> Bool {
    if let files { return files.current() == generation.file }
    return opened.withLock { $0 } === generation
  }

  func run<T>(_ body: (Database) throws -> T) throws(ViewError) -> T {
    do { return try Self.reading(current().queue, body) } catch { throw ViewError(error, path: files?.link) }
  }

  /// Reads in one transaction. Not by the queue's own `read`: it sets `query_only` and takes it back, and with each of
  /// these SQLite forgets all statements that were prepared, those of the next append too.
  private static func reading<T>(_ queue: DatabaseQueue, _ body: (Database) throws -> T) throws -> T {
    try queue.unsafeRead { database in
      try Query(database, "BEGIN DEFERRED").run()
      defer { try? Query(database, "ROLLBACK").run() }
      return try body(database)
    }
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
      let restrictedBy = try Int64.fetchOne(database.cachedStatement(sql: ViewStatements.lastRestriction))
      return try body(
        ViewSnapshot(
          knownAt: known, recorded: RecordedTime(milliseconds: recorded ?? 0), restrictedBy: restrictedBy,
          restrictionDay: RecordedTime(milliseconds: progress?.recorded ?? 0).day,
          readEvent: { try Self.event(at: $0, of: log) },
          database: database, vocabulary: vocabulary,
          // Where nothing restricts anything, nobody needs to know what could be.
          restrictableKinds: restrictedBy == nil ? [] : ViewSnapshot.restrictableKinds(vocabulary),
          blockLength: blockLength))
    }
  }

  private static func event(at position: Int64, of log: some EventLog) throws -> EventView {
    guard let event = try log.read(from: position, limit: 1).first else {
      throw ViewError.log(reason: "it has no event at position \(position)")
    }
    do { return try EventView(leaf: event.leaf.bytes) } catch {
      throw ViewError.unreadable(
        position: position, type: LeafType.told(by: event.leaf.bytes), reason: "\(error)")
    }
  }

  /// Writes in one transaction into the generation that serves.
  ///
  /// Whoever lets another generation serve holds the write lock of this one meanwhile. So one that serves no more is not
  /// written any more, and its successor contains all that it contained.
  ///
  /// - Throws: ``SupersededViews``, or what `body` throws; nothing was written then.
  private func write<T>(in generation: ViewGeneration, _ body: (Database) throws -> T) throws -> T {
    try Self.transaction(in: generation.queue) { database in
      guard isCurrent(generation) else { throw SupersededViews() }
      return try body(database)
    }
  }

  /// Writes in one transaction.
  static func transaction<T>(in queue: DatabaseQueue, _ body: (Database) throws -> T) throws -> T {
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

  /// The failure as callers are told it.
  func failure(_ error: any Error, of log: some EventLog) -> ViewError {
    let failure = ViewError(error, path: files?.link)
    guard case .unreadable(let position, LeafType.unknown, let reason) = failure,
      let event = try? log.read(from: position, limit: 1).first
    else { return failure }
    return .unreadable(position: position, type: LeafType.told(by: event.leaf.bytes), reason: reason)
  }
}
