// The keys that sign a ledger's checkpoints: which they are, and putting a new one in the place of the old.

internal import LogStore
internal import Logging
internal import Milestones
public import TransparencyLog

/// A key and the checkpoints that it signs.
public struct LogKey: Sendable, Equatable {
  /// The key, as auditors are given it.
  public let verifierKey: VerifierKey
  /// The smallest tree whose checkpoint it signs.
  public let fromSize: Int64
  /// The largest; nil for the key in force.
  public let throughSize: Int64?
}

/// What a change of keys came to.
public struct KeyRotation: Sendable, Equatable {
  /// The position of the event that tells of it.
  public let position: Int64
  /// The key before.
  public let old: VerifierKey
  /// The key that signs from now on.
  public let new: VerifierKey
  /// The first checkpoint that it signed, to be published.
  public let checkpoint: [UInt8]
  /// What went wrong after it was done; nil as a rule.
  public let warning: String?
}

extension Ledger {
  /// The keys that signed and sign this log's checkpoints, the one in force last.
  ///
  /// - Throws: ``LedgerError/key(path:reason:)`` if the log names none and the private key is not at hand.
  public func logKeys() throws(LedgerError) -> [LogKey] {
    let rotations = try KeyHistory(log).rotations
    var keys: [LogKey] = []
    var fromSize: Int64 = 0
    for rotation in rotations {
      keys.append(
        LogKey(verifierKey: rotation.old, fromSize: fromSize, throughSize: rotation.position))
      fromSize = rotation.position + 1
    }
    let candidates = if let last = rotations.last { [last.new] } else { try signingKeys.verifierKeys() }
    return keys
      + candidates.prefix(1).map {
        LogKey(verifierKey: $0, fromSize: fromSize, throughSize: nil)
      }
  }

  /// Makes a new signing key and puts it in force: the log tells of it, a checkpoint signed by it is kept as the last
  /// one, then the private half of the old key is removed. A crash on the way leaves either key in force, and whole.
  ///
  /// - Parameters:
  ///   - reason: why, in clear in the log for good.
  ///   - recorder: who does it.
  /// - Returns: both keys.
  /// - Throws: ``LedgerError``; the old key is in force then, unless the log names the new one: in that case the next
  ///   who signs goes on from there.
  public func rotateKey(reason: String, recorder: String) throws(LedgerError) -> KeyRotation {
    let rotation = try withSigning { signing, _ throws(LedgerError) in
      let keys = signing.keys
      let next = try keys.makeNextKey()
      let position = try recordRotation(
        from: signing.signer.verifierKey, to: next.verifierKey, reason: reason, recorder: recorder)
      // Signed before the old key goes: where only the new key is left, a checkpoint that contains the change was
      // signed, and a log put back from before it is found out.
      let checkpoint = try withTree { tree throws(LedgerError) in
        let note = try SigningKeys.sign(
          origin: origin, size: UInt64(tree.head.size), root: tree.head.root, by: next)
        try keys.keep(note)
        return note
      }
      try keys.takeNextKey()
      return KeyRotation(
        position: position, old: signing.signer.verifierKey, new: next.verifierKey, checkpoint: checkpoint,
        warning: nil)
    }
    logger.notice("checkpoints are signed by \(rotation.new.identity) from now on")
    return KeyRotation(
      position: rotation.position, old: rotation.old, new: rotation.new, checkpoint: rotation.checkpoint,
      warning: bringViewsUpToDate())
  }

  private func recordRotation(
    from old: VerifierKey, to new: VerifierKey, reason: String, recorder: String
  ) throws(LedgerError) -> Int64 {
    do {
      let event = try LedgerEvents.keyRotated(
        old: old.text, new: new.text, reason: reason, vocabulary: vocabulary,
        at: RecordedTime(milliseconds: clock()))
      let batch = try Batch(events: [event], tagKey: tagKey(), clock: clock)
      guard let outcome = try commit(batch, recorder: recorder).first else {
        throw LedgerError.noEvent("that tells of the key")
      }
      return outcome.position
    } catch let error as StampFailure { throw .draft(error.reason) } catch { throw LedgerError(error) }
  }
}
