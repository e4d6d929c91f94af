// Proofs that an event is in the log, complete in themselves (c2sp.org/tlog-proof@v1).

internal import LogStore
internal import Synchronization
internal import TransparencyLog

/// A proof and what it proves.
public struct EventProof: Sendable, Equatable {
  /// The bytes of the `.tlog-proof` file.
  public let bytes: [UInt8]
  /// The event's position.
  public let position: Int64
  /// The checkpoint within.
  public let checkpoint: SignedCheckpoint
}

/// The checkpoint of the last proof that was asked for in a given one: who proves many events in it has its signature
/// checked once, and the log held to it once for each state of the log.
struct ProvedIn: Sendable {
  let note: [UInt8]
  let checkpoint: VerifiedCheckpoint
  /// The state of the log that was found to continue it.
  let head: LogHead
}

extension Ledger {
  /// Which checkpoint a proof is to lead to.
  public enum ProofTarget: Sendable {
    /// The last one that was signed, or, if it does not contain the event, a new one.
    case last
    /// One of that size, which must not be smaller than the last one that was signed.
    case size(Int64)
    /// This one: a signed note of this log, of whatever size.
    case checkpoint([UInt8])
  }

  /// Proves that an event is in the log.
  ///
  /// - Parameters:
  ///   - reference: the event's id or position.
  ///   - target: the checkpoint to lead to; a new one is signed under the rules of ``checkpoint()``.
  /// - Returns: the proof, checked as a stranger would.
  /// - Throws: ``LedgerError/noEvent(_:)``, ``LedgerError/cannotProve(reason:)``, and what ``checkpoint()`` throws.
  public func prove(_ reference: String, in target: ProofTarget = .last) throws(LedgerError) -> EventProof {
    let (position, leaf) = try event(reference)
    if case .checkpoint(let note) = target {
      let known = provedIn.withLock { $0 }.flatMap { $0.note == note ? $0 : nil }
      let checkpoint: VerifiedCheckpoint
      if let known {
        checkpoint = known.checkpoint
      } else {
        checkpoint = try read(note, keys: logKeys().map(\.verifierKey))
      }
      return try withTree { tree throws(LedgerError) in
        if known?.head != tree.head {
          try Signing.requireContinuing(checkpoint.checkpoint, tree, logPath: paths.log)
          let proved = ProvedIn(note: note, checkpoint: checkpoint, head: tree.head)
          provedIn.withLock { $0 = proved }
        }
        return try proof(of: leaf, at: position, in: SignedCheckpoint(checkpoint), tree)
      }
    }
    return try withSigning { signing, tree throws(LedgerError) in
      let size = try Self.size(of: target, signing: signing, tree: tree, position: position)
      guard UInt64(position) < size else { throw Self.notContained(position, size: size) }
      let checkpoint = try signing.checkpoint(ofSize: size, tree)
      return try proof(of: leaf, at: position, in: checkpoint, tree)
    }
  }

  private func read(_ note: [UInt8], keys: [VerifierKey]) throws(LedgerError) -> VerifiedCheckpoint {
    do {
      return try VerifiedCheckpoint(verifying: note, origin: origin, logKeys: keys)
    } catch { throw .cannotProve(reason: "the checkpoint is none of this log: \(error)") }
  }

  private static func size(
    of target: ProofTarget, signing: Signing, tree: LogTree, position: Int64
  ) throws(LedgerError) -> UInt64 {
    let signedSize = signing.last.checkpoint.size
    guard case .size(let asked) = target else {
      return UInt64(position) < signedSize ? signedSize : UInt64(tree.head.size)
    }
    guard asked <= tree.head.size else {
      throw .cannotProve(reason: "the log has \(tree.head.size) events, not \(asked)")
    }
    guard asked >= 0, UInt64(asked) >= signedSize else {
      throw .cannotProve(
        reason: "a checkpoint of \(signedSize) events was signed, and a smaller one is signed no more; "
          + "to prove it in an older checkpoint that was published, give that one with --checkpoint FILE")
    }
    return UInt64(asked)
  }

  private static func notContained(_ position: Int64, size: UInt64) -> LedgerError {
    .cannotProve(reason: "position \(position) is not among the first \(size) events; ask for a greater size")
  }

  // The signature of the checkpoint was checked, or made, by the caller.
  private func proof(
    of leaf: [UInt8], at position: Int64, in checkpoint: SignedCheckpoint, _ tree: LogTree
  ) throws(LedgerError) -> EventProof {
    guard UInt64(position) < checkpoint.size else {
      throw Self.notContained(position, size: checkpoint.size)
    }
    do {
      let inclusion = try tree.inclusionProof(index: UInt64(position), size: checkpoint.size)
      let proof = try TlogProof(index: inclusion.index, path: inclusion.path, checkpoint: checkpoint.note)
      // Whatever was altered in events or tiles, no proof leaves that a stranger would refuse.
      try inclusion.check(leafHash: .leaf(leaf), root: checkpoint.root)
      return EventProof(bytes: proof.serialized(), position: position, checkpoint: checkpoint)
    } catch let error as TreeError { throw LedgerError(error) } catch {
      throw .log(.damaged(detail: "the event at position \(position) is not the one in its tree: \(error)"))
    }
  }
}
