// An append: disclosures into the vault, then the log in one transaction, then the views.

internal import Foundation
internal import LogStore
internal import Logging
public import Milestones
internal import Projections
internal import Synchronization
public import TransparencyLog

/// What an append came to.
public struct Appended: Sendable, Equatable {
  /// The event's id.
  public let id: String
  /// Its position, for good.
  public let position: Int64
  /// Whether it stood in the log already.
  public let wasThere: Bool
  /// The size of the log.
  public let size: Int64
  /// The root of the log's tree at that size; nil if it could not be read after the event was recorded.
  public let root: MerkleHash?
  /// How many events were erased, since this one takes the consent to hold them back.
  public let erasedCount: Int
  /// What went wrong after the event was safely recorded; nil as a rule.
  public let warning: String?
}

extension Ledger {
  /// Appends one event. Once this returns it is on stable storage; the views follow on another core, and who asks them
  /// waits until they are there (``waitForViews()``).
  ///
  /// - Parameters:
  ///   - event: the checked event.
  ///   - recorder: who enters it, if the event itself does not say.
  ///   - expectedVersion: how many events of the subject the writer has seen; nil for any number.
  ///   - gate: what to do if it would show personal data of somebody who testifies.
  /// - Returns: where the event stands.
  /// - Throws: ``LedgerError``; nothing was recorded then.
  public func append(
    _ event: CheckedEvent, recorder: String, expectedVersion: Int64? = nil, gate: GateRule = .refuse
  ) throws(LedgerError) -> Appended {
    let tagKey = try tagKey()
    var event = event
    if event.id == nil && !event.sealed.isEmpty {
      event = try asErased(event, among: erasedDrafts(), tagKey: tagKey)
    }
    let batch = Batch(events: [event], expected: [expectedVersion], tagKey: tagKey, clock: clock)
    if gate == .refuse { try requirePassing(event, batch.proposals[0]) }
    let outcome: Outcome
    do {
      guard let first = try commit(batch, recorder: recorder).first else {
        throw LedgerError.noEvent("that was appended")
      }
      outcome = first
    } catch let error as LogError {
      guard case .refused(let refusals) = error, let refusal = refusals.first else { throw .log(error) }
      throw Self.error(for: refusal, of: batch)
    } catch let error as StampFailure {
      throw .draft(error.reason)
    } catch { throw LedgerError(error) }
    let (erasedCount, withdrawalWarning) = follow(withdrawals(in: batch, [outcome]))
    bringViewsUpToDateMeanwhile()
    var wasThere = false
    if case .alreadyThere = outcome { wasThere = true }
    let head = headAfterAppend(wasThere: wasThere)
    return Appended(
      id: batch.ids[0].text, position: outcome.position, wasThere: wasThere,
      size: head?.size ?? outcome.position + 1, root: head?.root, erasedCount: erasedCount,
      warning: withdrawalWarning)
  }

  /// The head that an append has left; the one of now if what was to be appended stood there already.
  private func headAfterAppend(wasThere: Bool) -> (size: Int64, root: MerkleHash)? {
    if !wasThere, let last = log.lastAppended { return last }
    // The event is recorded: a head that cannot be read now must not turn that into a failure.
    return (try? log.head()).map { ($0.size, $0.root) }
  }

  func tagKey() throws(LedgerError) -> TagKey { try TagKey(readingFrom: paths.tagKey) }

  /// Which event of a batch could not be stamped, and why.
  struct StampFailure: Error {
    let index: Int
    let reason: DraftError
  }

  /// Another vocabulary was adopted than the one that this ledger knows.
  private struct OutdatedVocabulary: Error {}

  /// Commits a batch, all or none.
  ///
  /// Where another process adopted a later vocabulary meanwhile, that one is named in the events: it reads every event
  /// as the former one did (`VocabularyChange`), so nothing has to be checked anew.
  ///
  /// - Parameters:
  ///   - batch: the events.
  ///   - recorder: who enters them, where they do not say.
  ///   - expectedSize: the size that the log must have, for events that were made of all that stands in it; nil for any.
  /// - Returns: what became of each event.
  /// - Throws: `LogError`, `StampFailure` or `VaultError`.
  func commit(_ batch: Batch, recorder: String, expectedSize: Int64? = nil) throws -> [Outcome] {
    while true {
      do {
        return try commitByKnownVocabulary(batch, recorder: recorder, expectedSize: expectedSize)
      } catch is OutdatedVocabulary { try refreshVocabulary() }
    }
  }

  private func commitByKnownVocabulary(
    _ batch: Batch, recorder: String, expectedSize: Int64?
  ) throws -> [Outcome] {
    var isSealed = false
    do {
      let outcomes = try append(
        batch, recorder: recorder, expectedSize: expectedSize, isSealed: &isSealed)
      logger.debug("a batch of \(outcomes.count) is in the log")
      return outcomes
    } catch {
      // What was sealed for events that were refused after all goes at once. Where that fails, the next append or
      // opening does it.
      if isSealed { try? sweepVault() }
      throw error
    }
  }

  private func append(
    _ batch: Batch, recorder: String, expectedSize: Int64?, isSealed: inout Bool
  ) throws -> [Outcome] {
    let schemaName = vocabulary.schemaName
    var sizeAfter: Int64?
    let outcomes = try log.append(batch.proposals, expectedSize: expectedSize) { head, new in
      guard try isVocabularyInForce(at: head) else { throw OutdatedVocabulary() }
      try requireNotRolledBack(head)
      // The ledger's clock never goes back, whatever the machine's does.
      let recorded = RecordedTime(milliseconds: max(clock(), head.lastRecordedMilliseconds ?? .min))
      let stamper = Stamper(
        recorded: recorded, recorder: recorder, origin: origin, schemaName: schemaName)
      var leaves: [Leaf] = []
      leaves.reserveCapacity(new.count)
      // What an amendment rests on may have changed since it was checked, by others or by what was refused ahead of it.
      let lookup = batch.events.contains { $0.type.amendedField != nil } ? EventLookup(ledger: self) : nil
      var disclosures: [(position: Int64, disclosures: [Disclosure])] = []
      for index in new {
        let event = batch.events[index].dated(recorded)
        if let lookup { try requireUnchanged(event, at: index, lookup: lookup) }
        let stamped: StampedEvent
        do {
          stamped = try stamper.stamped(event, id: batch.ids[index])
        } catch let error as DraftError { throw StampFailure(index: index, reason: error) }
        if !stamped.disclosures.isEmpty {
          disclosures.append((head.size + Int64(leaves.count), stamped.disclosures))
        }
        lookup?.add(event, id: batch.ids[index], subject: stamped.subject.text, leaf: stamped.leaf)
        leaves.append(Leaf(event, stamped: stamped, recorded: recorded))
      }
      if disclosures.isEmpty {
        try sweepVault(under: head)
      } else {
        isSealed = true
        try vault().keep(disclosures, logSize: head.size)
      }
      sizeAfter = head.size + Int64(leaves.count)
      return leaves
    }
    if let sizeAfter { sizeInForce.withLock { $0 = sizeAfter } }
    return outcomes
  }

  /// Whether the vocabulary that this ledger knows is the one in force. To be asked under the log's write lock. Costs
  /// nothing where nobody else has appended since.
  private func isVocabularyInForce(at head: LogHead) throws -> Bool {
    if sizeInForce.withLock({ $0 }) == head.size { return true }
    let version = try log.version(ofSubject: LedgerEvents.manifestSubject)
    return version == inForce.withLock { $0.manifestVersion }
  }

  /// Passes if the log has as many events as the last checkpoint vouches for. On a log that was put back from an old
  /// copy, an append would give positions to other events than those that stand there in every copy.
  func requireNotRolledBack(_ head: LogHead) throws(LedgerError) {
    guard let signedSize, UInt64(head.size) < signedSize else { return }
    throw .rolledBack(path: paths.log, size: head.size, signedSize: signedSize)
  }

  /// What is to be told of a log that has fewer events than the last checkpoint vouches for; nil as a rule.
  public func rollback() throws(LedgerError) -> LedgerError? {
    let head = try head()
    do {
      try requireNotRolledBack(head)
      return nil
    } catch { return error }
  }

  /// Begins to bring the views up to date on another core. Events that are appended meanwhile are taken along.
  private func bringViewsUpToDateMeanwhile() {
    let isWaiting = lateViews.withLock { late in
      defer { late.isWaiting = true }
      return late.isWaiting
    }
    if isWaiting { return }
    viewQueue.async { [self] in
      lateViews.withLock { $0.isWaiting = false }
      let warning = bringViewsUpToDate()
      lateViews.withLock { $0.warning = warning }
    }
  }

  /// Waits until the views contain what this ledger appended.
  ///
  /// - Returns: what went wrong with them, after the events were safely recorded; nil as a rule.
  @discardableResult
  public func waitForViews() -> String? {
    viewQueue.sync {}
    return lateViews.withLock { late in
      defer { late.warning = nil }
      return late.warning
    }
  }

  /// Brings the views up to date after an append. The events are safe by then: a failure is a warning, and the views
  /// catch up the next time that the ledger is opened.
  func bringViewsUpToDate() -> String? {
    do {
      // Views by a former vocabulary must not be made where others stand by the one in force.
      try refreshVocabulary()
      let size = try views().catchUp(with: log, waits: false)
      logger.debug("views brought up to date: \(size) events")
      return nil
    } catch ViewError.rebuilding {
      // Another process makes the views anew, from a log that has these events already.
      return nil
    } catch {
      return "recorded, but \(error)"
    }
  }

  static func error(for refusal: Refusal, of batch: Batch) -> LedgerError {
    switch refusal.reason {
    case .idReused(let position): .idReused(id: batch.ids[refusal.index].text, position: position)
    case .idRepeated:
      .draft(
        DraftError(
          "id", "\(batch.ids[refusal.index].text) stands for another event, further up in this import"))
    case .unexpectedVersion(let expected, let actual):
      .unexpectedVersion(
        subject: batch.events[refusal.index].subject?.text ?? "", expected: expected, actual: actual)
    }
  }
}
