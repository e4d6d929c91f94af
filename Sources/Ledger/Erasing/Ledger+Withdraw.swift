// Consents that were taken back: what they were given for is erased right after, or by whoever opens the ledger next.

internal import LogStore
internal import Logging
internal import Milestones
internal import Synchronization

extension Ledger {
  /// Erases what consents were taken back for, as far as that was not done.
  ///
  /// - Returns: how many events were erased.
  /// - Throws: ``LedgerError``; the next who opens the ledger goes on from there.
  @discardableResult
  func completeWithdrawals() throws(LedgerError) -> Int {
    let pending = pendingWithdrawals.withLock { $0 }
    guard !pending.isEmpty else { return 0 }
    var count = 0
    for withdrawal in pending {
      count += try eraseRepeatedly(
        reason: .withdrawn, authority: ErasureAuthority("consent.changed \(withdrawal.id)"),
        recorder: Self.recorderOfWithdrawals
      ) { () throws(LedgerError) in try plan(of: withdrawal) }.targets.count
    }
    logger.debug("\(count) events were erased, since the consent to hold them was taken back")
    pendingWithdrawals.withLock { $0 = [] }
    try purgeVault()
    return count
  }

  /// The consents that were taken back by events of a batch.
  func withdrawals(in batch: Batch, _ outcomes: [Outcome]) -> [ErasureScan.Withdrawal] {
    zip(zip(batch.events, batch.ids), outcomes).compactMap { event, outcome in
      guard event.0.isWithdrawal, let subject = event.0.subject else { return nil }
      return ErasureScan.Withdrawal(position: outcome.position, id: event.1.text, subject: subject.text)
    }
  }

  /// Erases what consents were taken back for that were just recorded. They are recorded by then: a failure is a
  /// warning.
  func follow(_ withdrawals: [ErasureScan.Withdrawal]) -> (erasedCount: Int, warning: String?) {
    guard !withdrawals.isEmpty else { return (0, nil) }
    pendingWithdrawals.withLock { $0 = withdrawals }
    do {
      return (try completeWithdrawals(), nil)
    } catch {
      return (
        0,
        "recorded, but what it takes the consent back for is not erased yet: \(error); whoever opens the ledger next does it"
      )
    }
  }

  /// Who enters what follows from a consent that was taken back: nobody decides it.
  private static let recorderOfWithdrawals = "annals"

  /// Whether everything is erased that a consent was taken back for.
  func isCompleted(_ withdrawal: ErasureScan.Withdrawal) throws(LedgerError) -> Bool {
    try plan(of: withdrawal).targets.isEmpty
  }

  /// What is to be erased: what was recorded before the consent was taken back, and with it.
  private func plan(of withdrawal: ErasureScan.Withdrawal) throws(LedgerError) -> ErasurePlan {
    let subject: Subject
    do { subject = try Subject(withdrawal.subject) } catch { throw .draft(DraftError("subject", "\(error)")) }
    return try plan(events(of: subject), through: withdrawal.position)
  }
}
