// Erasing: the log is told first, and durably; then the vault follows it.

internal import CanonicalJSON
internal import Foundation
internal import LogStore
internal import Logging
internal import Milestones
internal import OrderedCollections
internal import Synchronization

extension Ledger {
  /// Finds what is to be erased. Nothing is changed.
  ///
  /// - Parameters:
  ///   - reference: a position or id, a subject, or a person as named in the sealed field `person`, byte for byte.
  ///   - scope: how the reference is meant; nil for whichever of these it can only be.
  /// - Returns: the events; none where all are erased already.
  /// - Throws: ``LedgerError/noEvent(_:)``, ``LedgerError/unknownSubject(_:like:)``,
  ///   ``LedgerError/nothingToErase(reason:)``, ``LedgerError/cannotErase(reason:)`` and others.
  public func planErasure(
    of reference: String, meaning scope: ErasureScope? = nil
  ) throws(LedgerError) -> ErasurePlan {
    let plan = try plan(eventsMeant(by: reference, scope))
    guard plan.targets.isEmpty, plan.erasedAt.isEmpty else { return plan }
    throw .cannotErase(
      reason:
        "nothing is sealed in what is meant, and what was entered in clear stays in the log for good; that it shall count no more is said by event.retracted with reason=unlawful"
    )
  }

  /// Erases.
  ///
  /// - Parameters:
  ///   - reference: as in ``planErasure(of:meaning:)``.
  ///   - scope: as there.
  ///   - reason: why.
  ///   - authority: by whose authority: an office or a file number, in clear in the log for good.
  ///   - recorder: who does it.
  /// - Returns: what was done; nothing where all was erased already.
  /// - Throws: ``LedgerError``; nothing was erased then. What fails once the log tells of it is a warning: the vault
  ///   follows when the ledger is opened next, before anything is read from it.
  public func erase(
    _ reference: String, meaning scope: ErasureScope? = nil, reason: ErasureReason, authority: String,
    recorder: String
  ) throws(LedgerError) -> Erasure {
    let authority = try ErasureAuthority(authority)
    let erasure = try eraseRepeatedly(reason: reason, authority: authority, recorder: recorder) {
      () throws(LedgerError) in
      let plan = try planErasure(of: reference, meaning: scope)
      try requireNobodyNamed(in: authority, plan)
      return plan
    }
    let handedOver = handovers(of: erasure.targets)
    do {
      try purgeVault()
    } catch {
      return Erasure(
        targets: erasure.targets, positions: erasure.positions, handedOver: handedOver,
        warning:
          "the erasure is recorded, but the vault could not follow: \(error); it will when the ledger is opened next, before anything is read from it"
      )
    }
    return Erasure(
      targets: erasure.targets, positions: erasure.positions, handedOver: handedOver,
      warning: bringViewsUpToDate())
  }

  /// Appends what tells of an erasure, planned anew where somebody appended to one of the subjects meanwhile.
  func eraseRepeatedly(
    reason: ErasureReason, authority: ErasureAuthority, recorder: String,
    _ planned: () throws(LedgerError) -> ErasurePlan
  ) throws(LedgerError) -> Erasure {
    for _ in 0..<Self.attemptsMax {
      let plan = try planned()
      guard !plan.targets.isEmpty else {
        return Erasure(targets: [], positions: plan.erasedAt, handedOver: [], warning: nil)
      }
      do {
        let batch = try batch(plan, reason: reason, authority: authority)
        let outcomes = try commit(batch, recorder: recorder)
        logger.debug("the log tells of the erasure of \(plan.targets.count) events")
        return Erasure(
          targets: plan.targets, positions: outcomes.map(\.position), handedOver: [], warning: nil)
      } catch LogError.refused {
        continue
      } catch let error as StampFailure { throw .draft(error.reason) } catch { throw LedgerError(error) }
    }
    throw .log(.busy(waitedMilliseconds: busyTimeoutMilliseconds))
  }

  private static let attemptsMax = 20

  // MARK: What the log is told

  /// How many bytes of a leaf its targets and digests may take: the rest is for what else stands in it.
  private static let listsMaxBytes = 60_000

  private func batch(
    _ plan: ErasurePlan, reason: ErasureReason, authority: ErasureAuthority
  ) throws(LedgerError) -> Batch {
    let now = RecordedTime(milliseconds: clock())
    var (events, expected): ([CheckedEvent], [Int64?]) = ([], [])
    do {
      for (subject, version) in plan.versions {
        let texts = Self.texts(
          plan.targets.filter { $0.subject == subject },
          LedgerEvents.ErasureText(
            subject: subject, targets: [], digests: [], reason: reason.rawValue, authority: authority.text))
        for (index, text) in texts.enumerated() {
          events.append(try LedgerEvents.erased(text, vocabulary: vocabulary, at: now))
          expected.append(version + Int64(index))
        }
      }
    } catch { throw .draft(error) }
    return try Batch(events: events, expected: expected, tagKey: tagKey(), clock: clock)
  }

  /// The texts of as many events as it takes: a leaf has at most 65,535 bytes.
  private static func texts(
    _ targets: [ErasurePlan.Target], _ empty: LedgerEvents.ErasureText
  ) -> [LedgerEvents.ErasureText] {
    var texts: [LedgerEvents.ErasureText] = []
    var text = empty
    var count = 0
    for target in targets {
      // In JSON a byte of an id may take two, besides the quotation marks and the comma.
      let idBytes = target.id.utf8.count * 2 + 3
      for digest in target.digests {
        if count + digest.utf8.count + 3 + idBytes > listsMaxBytes {
          texts.append(text)
          (text, count) = (empty, 0)
        }
        if text.targets.last != target.id {
          text.targets.append(target.id)
          count += idBytes
        }
        text.digests.append(digest)
        count += digest.utf8.count + 3
      }
    }
    return texts + [text]
  }

  /// Passes if no name that is erased stands in the authority, which stays.
  private func requireNobodyNamed(
    in authority: ErasureAuthority, _ plan: ErasurePlan
  ) throws(LedgerError) {
    guard FileManager.default.fileExists(atPath: paths.vault) else { return }
    let names: [String]
    do { names = try vault().personNames(at: Set(plan.targets.map(\.position))) } catch {
      throw LedgerError(error)
    }
    guard names.contains(where: authority.names) else { return }
    throw .draft(
      DraftError(
        "authority", "names the person; it stays in the log for good: name an office or a file number"))
  }
}
