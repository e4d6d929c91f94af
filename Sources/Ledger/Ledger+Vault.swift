// The vault beside the log: opened when it is needed, and kept free of disclosures whose event never came to be.

internal import Foundation
internal import LogStore
internal import Logging
internal import Synchronization

extension Ledger {
  /// The vault, held to the log.
  func vault() throws(LedgerError) -> Vault {
    try holdVaultOnce()
    if let failure = vaultFailure.withLock({ $0 }) { throw failure }
    do {
      return try Vault(path: paths.vault, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    } catch { throw .vault(error) }
  }

  /// Sweeps the vault and holds it to the log, unless that was done since the ledger was opened.
  func holdVaultOnce() throws(LedgerError) {
    vaultHolding.lock()
    defer { vaultHolding.unlock() }
    let isHeld = isVaultHeld.withLock { isHeld in
      defer { isHeld = true }
      return isHeld
    }
    if isHeld { return }
    try sweepVault()
    holdVaultToLog()
  }

  /// Removes disclosures whose event a crash kept from the log. An append under way in another process looks the
  /// same from outside, so the look that counts is taken under the log's write lock. In front of a log that was put
  /// back from an old copy nothing is removed: its events are to come back. Whether it was, the keys tell; where they
  /// are not at hand the next append sweeps.
  func sweepVault() throws(LedgerError) {
    guard !isReadOnly, FileManager.default.fileExists(atPath: paths.vault) else { return }
    do {
      guard try vault().hasAnything(from: log.head().size) else { return }
      try log.withWriteLock { head in
        guard let signedSize, UInt64(head.size) >= signedSize else { return }
        try sweepVault(under: head)
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
