// Carrying out in the vault what the log says is erased: after an erasure, after a crash in the middle of one, after an
// old vault was put back. The log is the register; nothing is read from the vault before it was held to it.

internal import Foundation
internal import LogStore
internal import Logging
internal import Milestones
internal import Synchronization

extension Ledger {
  /// How many events a ledger may look at each time it is opened, before it notes in the vault that it did.
  private static let scanMax: Int64 = 1_000

  /// Holds the vault to the log when the ledger is opened. What cannot be done now leaves the vault closed.
  func holdVaultToLog() {
    guard FileManager.default.fileExists(atPath: paths.vault) else { return }
    guard !isReadOnly else {
      return vaultFailure.withLock { $0 = .vault(.cannotOpen(path: paths.vault)) }
    }
    do {
      // What was erased in the part that is missing is not known here: until it is back nothing is read from the vault.
      if let rollback = try rollback() { return vaultFailure.withLock { $0 = rollback } }
      try purgeVault()
      let count = try completeWithdrawals()
      if count > 0 {
        logger.warning("\(count) events were erased, since the consent to hold them had been taken back")
      }
    } catch {
      logger.warning("\(error)")
    }
  }

  /// Removes from the vault what the log says is erased, as far as that was not done.
  ///
  /// - Returns: how many disclosures there were.
  /// - Throws: ``LedgerError``; until it succeeds, nothing is read from the vault.
  @discardableResult
  func purgeVault() throws(LedgerError) -> Int {
    guard FileManager.default.fileExists(atPath: paths.vault) else { return 0 }
    let result = Result { try followLog() }
    let failure: LedgerError? = if case .failure(let error) = result { LedgerError(error) } else { nil }
    vaultFailure.withLock { $0 = failure }
    if let failure { throw failure }
    return (try? result.get()) ?? 0
  }

  private func followLog() throws -> Int {
    let vault = try Vault(path: paths.vault, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    let first = try firstUnheld(vault)
    let scan = try ErasureScan(log, from: first, vocabulary: vocabulary)
    var count = 0
    if !scan.digests.isEmpty {
      let tags = try erasedTags(of: scan)
      count = try log.withWriteLock { _ in try vault.erase(digests: scan.digests, tags: tags) }
      logger.debug("\(count) disclosures were removed from the vault")
    }
    // A consent that was taken back stays ahead of the mark until what it was given for is erased.
    let pending = try scan.withdrawals.first { try !isCompleted($0) }
    pendingWithdrawals.withLock { $0 = pending == nil ? [] : scan.withdrawals }
    let end = pending?.position ?? scan.end
    if !scan.digests.isEmpty || end - first > Self.scanMax { try note(end, in: vault) }
    return count
  }

  /// Notes how far the vault was held to the log. Where another process holds the vault now, the next look begins
  /// where this one did.
  private func note(_ size: Int64, in vault: Vault) throws {
    do {
      try vault.setErasedThrough(Vault.Mark(size: size, root: log.root(atSize: size)))
    } catch VaultError.busy {}
  }

  /// The first position that the vault was not held to: after its mark, if that is one of this log.
  func firstUnheld(_ vault: Vault) throws -> Int64 {
    guard let mark = try vault.erasedThrough(), try mark.size <= log.head().size,
      try log.root(atSize: mark.size) == mark.root
    else { return 0 }
    return mark.size
  }

  /// The content tags of the events whose disclosures are gone, so that their drafts are known again.
  private func erasedTags(of scan: ErasureScan) throws -> [Vault.ErasedTag] {
    var tags: [Vault.ErasedTag] = []
    for id in scan.targets {
      guard let key = (try? EventID(id)).flatMap({ EventKey(bytes: $0.key) }),
        let position = try log.find(key), let event = try log.read(from: position, limit: 1).first
      else { continue }
      tags.append(Vault.ErasedTag(tag: event.tag.bytes, position: position))
    }
    return tags
  }

  // MARK: Drafts that come back

  /// Where the erased events stand that drafts were, by content tag.
  func erasedDrafts() throws(LedgerError) -> [[UInt8]: Int64] {
    do {
      if FileManager.default.fileExists(atPath: paths.vault) { return try vault().erasedTags() }
      // Without a vault nobody remembers but the log.
      let scan = try ErasureScan(log, from: 0, vocabulary: vocabulary)
      return try Dictionary(
        erasedTags(of: scan).map { ($0.tag, $0.position) }, uniquingKeysWith: { first, _ in first })
    } catch { throw LedgerError(error) }
  }

  /// The event under the id of the one that was erased, if it is the same draft and came without an id: what was erased
  /// must not come back because somebody enters it again. Whoever consents anew gives it an id of its own.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - erased: what ``erasedDrafts()`` gave.
  ///   - tagKey: makes the tag of the event.
  /// - Returns: the event, with the id of the erased one where it is that.
  /// - Throws: ``LedgerError``.
  func asErased(
    _ event: CheckedEvent, among erased: [[UInt8]: Int64], tagKey: TagKey
  ) throws(LedgerError) -> CheckedEvent {
    guard event.id == nil, !event.sealed.isEmpty, !erased.isEmpty,
      let position = erased[tagKey.tag(of: event).bytes]
    else { return event }
    do {
      return event.withID(try EventID(EventView(leaf: self.event("\(position)").leaf).id))
    } catch { throw LedgerError(error) }
  }
}
