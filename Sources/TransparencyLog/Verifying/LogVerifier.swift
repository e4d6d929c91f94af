// Verification of a log wherever it lies: the entries are read once, everything else follows from them.

/// Verifies the contents of a log against what it or others say of it.
///
/// ```swift
/// let head = TreeClaim(.signed, size: checkpoint.size, root: checkpoint.root, file: "checkpoint")
/// let report = try LogVerifier().verify(contents, head: head)
/// for failure in report.failures { print(failure) }
/// ```
public struct LogVerifier: Sendable {
  /// How many tiles of a level may differ before the pass ends: more would say nothing new.
  public let disagreementsMax: Int

  /// A verifier that gives up after so many differing tiles of a level.
  public init(disagreementsMax: Int = 100) {
    self.disagreementsMax = max(1, disagreementsMax)
  }

  /// Recomputes the tree from the entries, and compares it with the stored tiles and with all claims.
  ///
  /// One pass over the entries, on all cores; memory does not grow with the log. Where something differs, the
  /// hashes that a signed root vouches for tell whether the event or the tile was altered.
  ///
  /// - Parameters:
  ///   - contents: The log.
  ///   - head: What the log says it is now; its size is what is verified.
  ///   - claims: What is known of the log besides, such as a checkpoint that an auditor kept. One of a larger
  ///     size than the head is a rollback.
  ///   - progress: Called from time to time with the number of events read and the size.
  /// - Returns: What is wrong, or that nothing is.
  /// - Throws: ``ContentsError`` if something could not be read at all, and so cannot be told.
  public func verify(
    _ contents: some LogContents, head: TreeClaim, claims: [TreeClaim] = [],
    progress: (_ eventsRead: UInt64, _ size: UInt64) -> Void = { _, _ in }
  ) throws(ContentsError) -> VerificationReport {
    guard head.size <= LogLimits.treeSizeMaxLeaves else {
      let failure = VerificationFailure(
        .malformedFile, file: head.file,
        detail: "expected a size of at most \(LogLimits.treeSizeMaxLeaves), found \(head.size)")
      return VerificationReport(size: head.size, root: head.root, failures: [failure], eventsRead: 0)
    }
    var failures = claims.filter { $0.size > head.size }.map { claim in
      VerificationFailure(
        .rollback, position: head.size, file: claim.file,
        detail: "expected at least \(claim.size) events, found \(head.size)")
    }
    let held = [head] + claims.filter { $0.size <= head.size }
    var pass = Recomputation(
      contents: contents, size: head.size, rootsAt: held.map(\.size), disagreementsMax: disagreementsMax)
    try pass.run { progress($0, head.size) }
    let differs = !pass.disagreements.isEmpty || !pass.copies.isEmpty
    if differs || held.contains(where: { pass.roots[$0.size] != $0.root }) {
      failures += try Attribution(contents: contents, pass: pass, claims: held).failures()
    }
    if let position = try contents.firstEntry(from: head.size) {
      failures.append(
        VerificationFailure(
          .addedEvent, position: position,
          file: contents.place(of: .entries, index: position / 256, width: 1),
          detail: "expected \(head.size) events, found one behind them"))
    }
    return VerificationReport(
      size: head.size, root: head.root, failures: failures, eventsRead: pass.eventsRead)
  }
}
