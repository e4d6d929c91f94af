// Bringing back what a log has lost, byte for byte, from a copy that is checked against what was signed.

internal import Foundation
internal import LogStore
internal import Logging
internal import Milestones
public import TransparencyLog

/// What catching up came to.
public struct CaughtUp: Sendable, Equatable {
  /// How many events were added.
  public var added: Int64
  /// How many events of the copy are newer than the last checkpoint that was signed: for them nothing but the copy
  /// itself vouches. None of a published copy, which is signed.
  public var unvouched: Int64
  /// How many of the added events have sealed fields whose disclosures are not in the vault.
  public var withoutDisclosures: Int64
  /// The size of the log now.
  public var size: Int64
  /// Its root.
  public var root: MerkleHash
  /// What went wrong after the events were safely recorded; nil as a rule.
  public var warning: String?
}

extension Ledger {
  /// How many events are appended in one transaction while catching up.
  static let catchUpBatchSize = 1_000

  /// Adds the events that this log lacks, from a copy of it.
  ///
  /// Before anything is added, the copy is read to its end: it must begin with all that this log has, hold all that
  /// was signed last, and its events must give its own root; of a published one, that root must be signed by a key of
  /// this log, and its tiles must be those of its events. Then the events are appended in batches, each compared
  /// with what was read before. A crash on the way leaves a log that has caught up so far.
  ///
  /// What was published has no content tags: they are made again (``TagMaker``).
  ///
  /// - Parameter path: a newer `log.db`, a directory that holds one, or one that ``publish(to:progress:)`` wrote.
  /// - Returns: counts.
  /// - Throws: ``LedgerError/catchUp(_:)``, ``LedgerError/forked(path:size:signedSize:signed:found:)`` if this log itself
  ///   has other events than were signed, and other ``LedgerError``.
  public func catchUp(from path: String) throws(LedgerError) -> CaughtUp {
    let source = try Self.source(at: path)
    guard source.origin.utf8.elementsEqual(origin.utf8) else {
      throw .catchUp(.otherLog(path: source.path, origin: source.origin, expected: origin))
    }
    let keys = signingKeys
    var result = try keys.withLock(timeoutMilliseconds: busyTimeoutMilliseconds) {
      () throws(LedgerError) -> CaughtUp in
      let verifierKeys = try KeyHistory(log).verifierKeys(and: try keys.verifierKeys())
      let signed = try keys.lastCheckpoint(keys: verifierKeys).checkpoint
      try source.verify(by: verifierKeys)
      let plan = try CatchUpPlan(of: self, from: source, signed: signed)
      return try carryOut(plan, from: source)
    }
    // What was adopted in the events that came back is in force again.
    try? refreshVocabulary()
    // So is what was erased in them.
    holdVaultToLog()
    result.warning = bringViewsUpToDate()
    return result
  }

  private static func source(at path: String) throws(LedgerError) -> any EventSource {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue
    else {
      return try LogCopy(path: path)
    }
    let log = LedgerPaths(directory: path).log
    if FileManager.default.fileExists(atPath: log) { return try LogCopy(path: log) }
    guard let published = try PublishedCopy(path: path) else {
      throw .catchUp(.notACopy(path: path, reason: "holds no log.db, and no checkpoint of a published log"))
    }
    return published
  }

  private func carryOut(_ plan: CatchUpPlan, from source: any EventSource) throws(LedgerError) -> CaughtUp {
    var tree = plan.beginning
    var withoutDisclosures: Int64 = 0
    for batch in plan.batches {
      let first = Int64(tree.size)
      let events = try source.read(from: first, limit: Int(Int64(batch.size) - first))
      for event in events { tree.append(.leaf(event.leaf)) }
      guard tree.size == batch.size, tree.root == batch.root else {
        throw .catchUp(.damaged(path: source.path, reason: "it changed while it was read"))
      }
      var tags: TagMaker?
      if events.contains(where: { $0.tag == nil }) {
        // Batches end with an adoption, so this is the vocabulary in force at all of their positions.
        try refreshVocabulary()
        tags = TagMaker(key: try tagKey(), vocabulary: vocabulary)
      }
      let items = try events.enumerated().map { offset, event throws(LedgerError) in
        try RecoveredEvent(event, position: first + Int64(offset), tags: tags)
      }
      do {
        _ = try log.append(items.map(\.proposal), expectedSize: first) { _, new in new.map { items[$0].leaf }
        }
      } catch { throw LedgerError(error) }
      logger.debug("caught up to \(tree.size) events")
      for (offset, item) in items.enumerated() where try lacksDisclosures(item, at: first + Int64(offset)) {
        withoutDisclosures += 1
      }
    }
    let head = try head()
    return CaughtUp(
      added: Int64(tree.size - plan.beginning.size), unvouched: plan.unvouched,
      withoutDisclosures: withoutDisclosures, size: head.size, root: head.root, warning: nil)
  }

  private func lacksDisclosures(_ event: RecoveredEvent, at position: Int64) throws(LedgerError) -> Bool {
    guard !event.digests.isEmpty else { return false }
    guard FileManager.default.fileExists(atPath: paths.vault) else { return true }
    do {
      // Nothing but its digests is looked at, before the vault is held to what came back.
      return try Vault(path: paths.vault, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        .countMissing(event.digests, at: position) > 0
    } catch { throw LedgerError(error) }
  }
}

/// What is to be added, after the whole copy was read and found to continue the log.
private struct CatchUpPlan {
  /// The tree of the log as it stands.
  let beginning: TreeFrontier
  /// Size and root after each batch.
  private(set) var batches: [(size: UInt64, root: MerkleHash)] = []
  let unvouched: Int64

  init(of ledger: Ledger, from source: any EventSource, signed: Checkpoint) throws(LedgerError) {
    let (head, frontier) = try ledger.withTree { tree throws(LedgerError) in
      if signed.size <= UInt64(tree.head.size) {
        try Signing.requireContinuing(signed, tree, logPath: ledger.paths.log)
      }
      do { return (tree.head, try tree.frontier(size: UInt64(tree.head.size))) } catch {
        throw LedgerError(error)
      }
    }
    beginning = frontier
    let shared = min(head.size, source.size)
    try Self.require(
      try ledger.root(atSize: shared), at: shared, is: try source.root(atSize: shared), of: source)
    let isBehind = UInt64(head.size) < signed.size
    guard !isBehind || UInt64(source.size) >= signed.size else {
      throw .catchUp(.tooShort(path: source.path, size: source.size, signedSize: signed.size))
    }
    unvouched = max(0, source.size - max(head.size, Int64(clamping: signed.size), source.signedSize))

    var tree = frontier
    while Int64(tree.size) < source.size {
      let read = try source.read(from: Int64(tree.size), limit: Ledger.catchUpBatchSize)
      guard let last = read.firstIndex(where: Self.endsBatch) ?? read.indices.last else {
        throw .catchUp(.damaged(path: source.path, reason: "position \(tree.size) is missing"))
      }
      for event in read[...last] {
        tree.append(.leaf(event.leaf))
        if tree.size == signed.size {
          try Self.require(signed.root, at: Int64(signed.size), is: tree.root, of: source)
        }
      }
      batches.append((tree.size, tree.root))
    }
    let root = try source.root(atSize: source.size)
    guard batches.isEmpty || tree.root == root else {
      throw .catchUp(.damaged(path: source.path, reason: "its events do not give its root"))
    }
  }

  /// Whether another vocabulary is in force behind an event whose tag has to be made again.
  private static func endsBatch(_ event: SourceEvent) -> Bool {
    guard event.tag == nil, let view = try? EventView(leaf: event.leaf) else { return false }
    return view.type == LedgerEvents.adoptedType && view.subject == LedgerEvents.manifestSubject
  }

  private static func require(
    _ expected: MerkleHash, at size: Int64, is found: MerkleHash, of source: any EventSource
  ) throws(LedgerError) {
    guard expected == found else {
      throw .catchUp(
        .goesAnotherWay(path: source.path, size: size, expected: "\(expected)", found: "\(found)"))
    }
  }
}
