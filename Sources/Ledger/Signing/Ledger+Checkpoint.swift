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

extension Ledger {
  /// Passes if a checkpoint is this log's: signed by one of its keys, and of a tree that the log continues.
  ///
  /// - Parameter note: the signed note.
  /// - Returns: its size.
  /// - Throws: ``LedgerError``.
  public func requireOwn(_ note: [UInt8]) throws(LedgerError) -> Int64 {
    let keys = try logKeys().map(\.verifierKey)
    let verified: VerifiedCheckpoint
    do {
      verified = try VerifiedCheckpoint(verifying: note, origin: origin, logKeys: keys)
    } catch { throw .cannotProve(reason: "the checkpoint is none of this log: \(error)") }
    try withTree { tree throws(LedgerError) in
      try Signing.requireContinuing(verified.checkpoint, tree, logPath: paths.log)
    }
    return Int64(clamping: verified.checkpoint.size)
  }

  /// What proves that a checkpoint continues the log of an earlier size: the size, the consistency proof and the
  /// checkpoint, as a witness is sent them (the request body of `add-checkpoint`, C2SP tlog-witness).
  ///
  /// - Parameters:
  ///   - oldSize: the earlier size.
  ///   - note: the checkpoint.
  ///   - size: its size.
  /// - Returns: the text; nil where both are of one size.
  /// - Throws: ``LedgerError/cannotProve(reason:)`` if the checkpoint is older.
  public func consistency(from oldSize: Int64, to note: [UInt8], ofSize size: Int64) throws(LedgerError)
    -> [UInt8]?
  {
    guard oldSize >= 0, oldSize <= size else {
      throw .cannotProve(reason: "the checkpoint is of \(size) events, fewer than \(oldSize)")
    }
    if oldSize == size { return nil }
    return try withTree { tree throws(LedgerError) in
      do {
        let proof = try tree.consistencyProof(from: UInt64(oldSize), to: UInt64(size))
        let lines = ["old \(oldSize)"] + proof.path.map(\.base64) + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + note
      } catch { throw LedgerError(error) }
    }
  }
}
