// Signing a checkpoint of the log as it stands.

internal import LogStore
public import TransparencyLog

/// A checkpoint as it is handed out.
public struct SignedCheckpoint: Sendable, Equatable {
  /// The signed note (C2SP tlog-checkpoint).
  public let note: [UInt8]
  /// The size of the tree.
  public let size: UInt64
  /// Its root.
  public let root: MerkleHash
  /// The key that signed it.
  public let key: KeyIdentity

  init(note: [UInt8], size: UInt64, root: MerkleHash, key: KeyIdentity) {
    self.note = note
    self.size = size
    self.root = root
    self.key = key
  }

  /// One that was read and found to be the log's.
  init(_ verified: VerifiedCheckpoint) throws(LedgerError) {
    guard let key = verified.signedBy.first, let note = try? verified.note.serialized() else {
      throw .key(path: "checkpoint", reason: "bears no signature of the log")
    }
    self.init(note: note, size: verified.checkpoint.size, root: verified.checkpoint.root, key: key)
  }
}

extension Ledger {
  /// Signs a checkpoint of the log as it stands, or gives the last one if nothing was appended since.
  ///
  /// The size and the root are of one state of the log. Before anything is signed, this state is compared with the
  /// last checkpoint that was signed; the new one is kept in its place, on stable storage, before it is returned.
  ///
  /// - Returns: the checkpoint.
  /// - Throws: ``LedgerError/rolledBack(path:size:signedSize:)`` and
  ///   ``LedgerError/forked(path:size:signedSize:signed:found:)`` if the log does not continue it, and other
  ///   ``LedgerError``; nothing was signed then.
  public func checkpoint() throws(LedgerError) -> SignedCheckpoint {
    try withSigning { signing, tree throws(LedgerError) in
      try signing.checkpoint(ofSize: UInt64(tree.head.size), tree)
    }
  }
}
