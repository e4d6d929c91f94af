// Checking a proof with nothing at hand but the proof, the event and the log's verifier key.

public import TransparencyLog

/// Checks `.tlog-proof` files. Reads no ledger.
public enum ProofCheck {
  /// What a proof proves.
  public struct Verified: Sendable, Equatable {
    /// Where the event stands.
    public let position: UInt64
    /// What the log has signed: its name, its size and its root.
    public let checkpoint: Checkpoint
    /// The keys that signed it, of those that were given.
    public let signedBy: [KeyIdentity]
  }

  /// Why a proof was refused.
  public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no tlog-proof.
    case malformed(FormatError)
    /// The checkpoint in it, or the way from the event to it, does not hold.
    case refused(TlogProofError)

    /// One line for people.
    public var description: String {
      switch self {
      case .malformed(let error): error.description
      case .refused(.inclusion(let error)): "the event is not the one that was proved: \(error)"
      case .refused(let error): error.description
      }
    }
  }

  /// Checks that an event is in the log that a key belongs to.
  ///
  /// - Parameters:
  ///   - proof: the bytes of the `.tlog-proof` file.
  ///   - event: the event's bytes. Where they end in a line feed, as a line of `annals replay` does, the event
  ///     without it is meant too: no event of a ledger ends in one.
  ///   - keys: the log's verifier keys, old ones too; one of them must have signed.
  ///   - origin: the log that is meant.
  /// - Returns: what was proved.
  /// - Throws: ``Refusal``.
  public static func check(
    proof: [UInt8], event: [UInt8], keys: [VerifierKey], origin: String
  ) throws(Refusal) -> Verified {
    let parsed: TlogProof
    do { parsed = try TlogProof(parsing: proof) } catch { throw .malformed(error) }
    let verified: VerifiedCheckpoint
    do {
      verified = try check(parsed, event: event, keys: keys, origin: origin)
    } catch { throw .refused(error) }
    return Verified(
      position: parsed.index, checkpoint: verified.checkpoint, signedBy: verified.signedBy)
  }

  private static func check(
    _ proof: TlogProof, event: [UInt8], keys: [VerifierKey], origin: String
  ) throws(TlogProofError) -> VerifiedCheckpoint {
    do {
      return try proof.check(leafHash: .leaf(event), origin: origin, logKeys: keys)
    } catch {
      guard case .inclusion = error, event.last == UInt8(ascii: "\n") else { throw error }
      return try proof.check(leafHash: .leaf(event.dropLast()), origin: origin, logKeys: keys)
    }
  }
}
