// The vault beside the log: opened when it is needed, and kept free of disclosures whose event never came to be.

internal import Foundation
internal import LogStore
internal import Logging
internal import Synchronization

extension Ledger {
  /// The vault, held to the log when the ledger was opened.
  func vault() throws(LedgerError) -> Vault {
    if let failure = vaultFailure.withLock({ $0 }) { throw failure }
    do {
      return try Vault(path: paths.vault, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    } catch { throw .vault(error) }
  }

  /// Sweeps the vault and holds it to the log, unless it is noted that this was done with the vault and the log as they
  /// are: most questions come when nothing has changed, and two looks into the vault would take as long as the answer.
  func holdVaultOnOpening() throws(LedgerError) {
    let now = VaultHeld(vault: paths.vault, head: try head())
    if !isReadOnly, let now, now.isNoted(at: paths.vaultHeld), try rollback() == nil { return }
    let isSwept = try isVaultSwept()
    holdVaultToLog()
    // Only what was looked at is noted: not what this has changed, nor what others have meanwhile.
    guard !isReadOnly, isSwept, vaultFailure.withLock({ $0 == nil }),
      pendingWithdrawals.withLock({ $0.isEmpty }), let now,
      now == VaultHeld(vault: paths.vault, head: try head())
    else { return }
    now.note(at: paths.vaultHeld)
  }

  /// Removes disclosures whose event a crash kept from the log. An append under way in another process looks the
  /// same from outside, so the look that counts is taken under the log's write lock. In front of a log that was put
  /// back from an old copy nothing is removed: its events are to come back. Whether it was, the keys tell; where they
  /// are not at hand the next append sweeps.
  func sweepVault() throws(LedgerError) { _ = try isVaultSwept() }

  /// Sweeps the vault as far as that may be done now.
  ///
  /// - Returns: whether nothing is left to be removed.
  private func isVaultSwept() throws(LedgerError) -> Bool {
    guard !isReadOnly, FileManager.default.fileExists(atPath: paths.vault) else { return true }
    do {
      guard try vault().hasAnything(from: log.head().size) else { return true }
      return try log.withWriteLock { head in
        guard let signedSize, UInt64(head.size) >= signedSize else { return false }
        try sweepVault(under: head)
        return true
      }
    } catch { throw LedgerError(error) }
  }

  /// The same for a caller that holds the log's write lock. What an earlier append left behind must be gone before
  /// its position goes to another event: afterwards nothing would tell that it has none.
  func sweepVault(under head: LogHead) throws {
    let state = Vault.FileState(path: paths.vault)
    guard let state, sweptVault.withLock({ $0 != state }) else { return }
    let vault = try vault()
    if try vault.hasAnything(from: head.size) {
      logger.notice("sweeping disclosures without an event from the vault")
      try vault.sweep(logSize: head.size)
    }
    sweptVault.withLock { $0 = Vault.FileState(path: paths.vault) }
  }
}
