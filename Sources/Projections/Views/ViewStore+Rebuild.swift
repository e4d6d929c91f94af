// Makes views anew beside those that serve, goes on where an earlier attempt was cut off, and lets them serve.

internal import Foundation
internal import GRDB
public import LogStore
internal import Synchronization

extension ViewStore {
  /// Makes the views anew from the log, beside those that serve until the new ones are whole.
  ///
  /// One at a time does so, in one process. A rebuild that was cut off left its half behind, and this one goes on from
  /// there if it is of this log, vocabulary and version.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - anew: whether to discard what an earlier attempt left.
  /// - Returns: the size that the views are projected to.
  /// - Throws: ``ViewError``, and the views that were there serve on: ``ViewError/rebuilding`` if another process makes
  ///   them anew and did not finish in time, ``ViewError/unreadable(position:type:reason:)``.
  @discardableResult
  public func rebuild(from log: some EventLog, anew: Bool = false) throws(ViewError) -> Int64 {
    do {
      try make(from: log, insteadOf: nil, anew: anew, waits: true)
    } catch { throw failure(error, of: log) }
    return try size()
  }

  /// Makes the views anew.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - unfit: what cannot be used; if others have come in its place meanwhile, nothing is done. Nil if the views are to
  ///     be made anew whatever they are.
  ///   - anew: whether to discard what an earlier attempt left.
  ///   - waits: whether to wait for another process that does the same.
  ///   - more: waits for more where the log still grows; see `project`.
  /// - Throws: `ViewError` if they cannot be made or another process makes them, or what the log throws.
  func make(
    from log: some EventLog, insteadOf unfit: ViewGeneration?, anew: Bool, waits: Bool,
    more: GrowingLog? = nil
  ) throws {
    guard let files else { return try makeInMemory(from: log, more: more) }
    try files.withLock(timeoutMilliseconds: waits ? busyTimeoutMilliseconds : 0) {
      let old = try current()
      if let unfit, old !== unfit { return }
      if anew { for name in files.others(than: old.file?.name) { files.remove(name) } }
      var (name, half) = try begin(files, beside: old, from: log)
      do {
        try fill(half, from: log, more: more)
      } catch  where ViewGeneration.isDamage(error) {
        // What was left by an earlier attempt is damaged.
        files.remove(name)
        (name, half) = try begin(files, beside: old, from: log)
        try fill(half, from: log, more: more)
      }
      try ViewGeneration.index(half.queue)
      // What was appended meanwhile is little; what the write-ahead log holds need not be read by everybody.
      try half.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try holdingWriteLock(of: old) {
        try complete(half, from: log)
        try files.makeCurrent(name)
      }
      let made = ViewGeneration(queue: half.queue, file: files.file(name), isViews: true)
      opened.withLock { $0 = made }
      for other in files.others(than: name) { files.remove(other) }
      files.removeRemainsOfPlainFile()
    }
  }

  private func makeInMemory(from log: some EventLog, more: GrowingLog?) throws {
    let old = opened.withLock { $0 }
    let made = ViewGeneration(queue: try ViewGeneration.memory(), file: nil, isViews: true)
    try fill(made, from: log, more: more)
    try holdingWriteLock(of: old) {
      try complete(made, from: log)
      opened.withLock { $0 = made }
    }
  }

  /// The half that is furthest of those that earlier attempts left, or one without any event. Removes the others.
  private func begin(
    _ files: ViewGenerations, beside old: ViewGeneration, from log: some EventLog
  ) throws -> (name: String, half: ViewGeneration) {
    var found: (name: String, queue: DatabaseQueue, size: Int64)?
    for name in files.others(than: old.file?.name) {
      guard let queue = half(files, name), let progress = try? queue.read(Self.progress),
        let isBeginning = try? isBeginning(progress, of: log), isBeginning, progress.size > found?.size ?? 0
      else {
        files.remove(name)
        continue
      }
      if let found { files.remove(found.name) }
      found = (name, queue, progress.size)
    }
    if let found { return (found.name, ViewGeneration(queue: found.queue, file: nil, isViews: false)) }
    let name = files.newName()
    let queue = try ViewGeneration.create(
      files.path(name), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    return (name, ViewGeneration(queue: queue, file: nil, isViews: false))
  }

  /// What an earlier attempt left; nil if it is something else.
  private func half(_ files: ViewGenerations, _ name: String) -> DatabaseQueue? {
    // What is left of a database without the database itself must not be taken for that of an empty one.
    guard files.file(name) != nil else { return nil }
    return try? ViewGeneration.half(files.path(name), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
  }

  /// Projects what is missing, batch by batch: what is committed need not be done again after a kill.
  private func fill(_ half: ViewGeneration, from log: some EventLog, more: GrowingLog?) throws {
    _ = try project(log, into: half, isRebuild: true, more: more) { body in
      try Self.transaction(in: half.queue, body)
    }
  }

  /// Projects what came since, and declares the views to be whole.
  private func complete(_ half: ViewGeneration, from log: some EventLog) throws {
    try Self.transaction(in: half.queue) { database in
      let subjects = KnownSubjects()
      while try !projectBatch(from: log, in: database, subjects).isDone {}
      try ViewGeneration.declareWhole(database)
    }
  }

  /// Runs `body` while nobody writes the views that serve.
  private func holdingWriteLock(of old: ViewGeneration, _ body: () throws -> Void) throws {
    guard old.isViews else { return try body() }
    var isHeld = false
    do {
      try old.queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          isHeld = true
          try body()
          return .rollback
        }
      }
    } catch  where !isHeld && ViewGeneration.isDamage(error) {
      // Nobody can write what is damaged.
      try body()
    }
  }

  /// Removes what processes that were killed left behind, apart from halves that a rebuild can go on with.
  func removeLeftovers() {
    guard let files, !files.others(than: files.current()?.name).isEmpty else { return }
    // Where somebody is making views they are no leftovers.
    try? files.withLock(timeoutMilliseconds: 0) {
      for name in files.others(than: files.current()?.name) {
        if half(files, name) == nil { files.remove(name) }
      }
    }
  }
}
