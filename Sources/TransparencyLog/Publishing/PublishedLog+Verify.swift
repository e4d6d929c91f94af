// Verifying a published log: its checkpoint first, then all that the checkpoint vouches for.

extension PublishedLog {
  /// Verifies everything that the published checkpoint vouches for, from the entries up.
  ///
  /// - Parameters:
  ///   - origin: The log that the caller wants.
  ///   - logKeys: The log's keys.
  ///   - remembered: Checkpoints of this log that the caller kept from before, with a name for each, such as
  ///     its file's.
  ///   - verifier: How far to go on where much is wrong.
  ///   - progress: Called from time to time with the number of events read and the size.
  /// - Returns: What is wrong, or that nothing is. Without a checkpoint that is genuine nothing else is looked
  ///   at, since nothing would vouch for it.
  /// - Throws: ``ContentsError`` if something could not be read at all, and so cannot be told.
  public func verify(
    origin: String, logKeys: [any NoteVerifying],
    remembered: [(name: String, checkpoint: VerifiedCheckpoint)] = [], verifier: LogVerifier = LogVerifier(),
    progress: (_ eventsRead: UInt64, _ size: UInt64) -> Void = { _, _ in }
  ) throws(ContentsError) -> VerificationReport {
    let file = TilePath.checkpoint
    func refused(_ kind: VerificationFailure.Kind, _ detail: String) -> VerificationReport {
      VerificationReport(
        size: nil, root: nil, failures: [VerificationFailure(kind, file: file, detail: detail)],
        eventsRead: 0)
    }
    guard let bytes = try checkpoint() else {
      return refused(.missingCheckpoint, "expected a signed checkpoint, found none")
    }
    let checkpoint: Checkpoint
    do throws(NoteError) {
      checkpoint = try VerifiedCheckpoint(verifying: bytes, origin: origin, logKeys: logKeys).checkpoint
    } catch {
      if case .malformed(let error) = error { return refused(.malformedFile, "\(error)") }
      return refused(.badSignature, "\(error)")
    }
    return try verifier.verify(
      self, head: TreeClaim(.signed, size: checkpoint.size, root: checkpoint.root, file: file),
      claims: remembered.map { name, kept in
        TreeClaim(.remembered, size: kept.checkpoint.size, root: kept.checkpoint.root, file: name)
      }, progress: progress)
  }
}
