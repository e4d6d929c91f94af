// Signing, and what comes before it: the log must continue what was signed last.

internal import LogStore
internal import TransparencyLog

/// What is at hand while the lock of the keys is held.
struct Signing {
  let keys: SigningKeys
  /// The key in force.
  let signer: Ed25519Signer
  /// The keys by which this log's checkpoints are known.
  let verifierKeys: [VerifierKey]
  /// The last checkpoint that was signed.
  let last: VerifiedCheckpoint

  /// Passes if the log has all that was signed, unchanged: its tree, read from its tiles, begins with the signed one.
  ///
  /// - Throws: ``LedgerError/rolledBack(path:size:signedSize:)``,
  ///   ``LedgerError/forked(path:size:signedSize:signed:found:)``, ``LedgerError/log(_:)``.
  static func requireContinuing(
    _ signed: Checkpoint, _ tree: LogTree, logPath: String
  ) throws(LedgerError) {
    let size = UInt64(tree.head.size)
    guard signed.size <= size else {
      throw .rolledBack(path: logPath, size: tree.head.size, signedSize: signed.size)
    }
    do {
      let found = try tree.root(size: signed.size)
      guard found == signed.root else {
        throw LedgerError.forked(
          path: logPath, size: tree.head.size, signedSize: signed.size, signed: signed.root, found: found)
      }
      // The tiles gave the old root. That the new one has grown out of it is proved like to a stranger.
      try tree.consistencyProof(from: signed.size, to: size).check(
        oldRoot: signed.root, newRoot: tree.head.root, emptyOldTree: .accepted)
    } catch let error as LedgerError { throw error } catch let error as ProofError {
      throw .log(.damaged(detail: "its tiles and its tree head do not belong together: \(error)"))
    } catch { throw LedgerError(error) }
  }

  /// The checkpoint of a size, kept as the last one before it is returned. That of the size which was signed last is
  /// given as it was.
  ///
  /// - Parameters:
  ///   - size: at least that of the last checkpoint, at most that of the tree.
  ///   - tree: continues the last checkpoint.
  /// - Returns: the checkpoint.
  /// - Throws: ``LedgerError``.
  func checkpoint(ofSize size: UInt64, _ tree: LogTree) throws(LedgerError) -> SignedCheckpoint {
    guard size > last.checkpoint.size else { return try SignedCheckpoint(last) }
    let root: MerkleHash
    do { root = try tree.root(atSize: Int64(size)) } catch { throw .log(error) }
    let note = try SigningKeys.sign(origin: keys.origin, size: size, root: root, by: signer)
    try keys.keep(note)
    return SignedCheckpoint(note: note, size: size, root: root, key: signer.identity)
  }
}

extension Ledger {
  var signingKeys: SigningKeys { SigningKeys(paths: paths, origin: origin) }

  /// Runs `body` while no other process signs for this log, with one state of its tree that continues what was
  /// signed last.
  func withSigning<T>(_ body: (Signing, LogTree) throws(LedgerError) -> T) throws(LedgerError) -> T {
    let keys = signingKeys
    return try keys.withLock(timeoutMilliseconds: busyTimeoutMilliseconds) { () throws(LedgerError) in
      try withTree { tree throws(LedgerError) in
        let history = try KeyHistory(log)
        let verifierKeys = history.verifierKeys(and: try keys.verifierKeys())
        let last = try keys.lastCheckpoint(keys: verifierKeys)
        // Before the key is asked for: in front of a log that was put back from an old copy it may well be another
        // than that log names.
        try Signing.requireContinuing(last.checkpoint, tree, logPath: paths.log)
        return try body(
          Signing(
            keys: keys, signer: try keys.signer(inForce: history.inForce), verifierKeys: verifierKeys,
            last: last),
          tree)
      }
    }
  }

  /// Looks at one state of the log's tree.
  func withTree<T>(_ body: (LogTree) throws(LedgerError) -> T) throws(LedgerError) -> T {
    do { return try log.withTree { try body($0) } } catch { throw LedgerError(error) }
  }
}
