// Verification of a log, wherever it is: in its ledger, as a copy of its file, published.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
public import Projections
public import TransparencyLog

/// What the verification of a log found.
public struct LogVerification: Sendable {
  /// A checkpoint that somebody kept, as it was read.
  public struct Kept: Sendable {
    /// What to call it, such as its file's path.
    public let name: String
    /// The signed note.
    public let note: [UInt8]

    /// A checkpoint under a name.
    public init(name: String, note: [UInt8]) {
      self.name = name
      self.note = note
    }
  }

  /// The log's name; nil if it cannot be told.
  public let origin: String?
  /// What is wrong, or that nothing is.
  public let report: VerificationReport
  /// How many events a signature vouches for, that of the log or of a kept checkpoint; 0 if none does.
  public let signedSize: UInt64
  /// What became of what is sealed in the events; nil where that was not looked at: in a published log, and where the
  /// log itself is not intact.
  public let disclosures: DisclosureCounts?

  init(
    origin: String?, report: VerificationReport, signedSize: UInt64, disclosures: DisclosureCounts? = nil
  ) {
    self.origin = origin
    self.report = report
    self.signedSize = signedSize
    self.disclosures = disclosures
  }

  // MARK: What can be verified

  /// Verifies a published log.
  ///
  /// - Parameters:
  ///   - directory: where it is published.
  ///   - keys: the log's verifier keys, at least one.
  ///   - kept: checkpoints of it that the caller kept.
  ///   - progress: is told the number of events read and the size.
  /// - Returns: what was found.
  /// - Throws: ``LedgerError`` if something cannot be read, or a kept checkpoint is none of this log.
  public static func published(
    _ directory: String, keys: [VerifierKey], kept: [Kept] = [],
    progress: (_ eventsRead: UInt64, _ size: UInt64) -> Void = { _, _ in }
  ) throws(LedgerError) -> LogVerification {
    let origin = try Self.origin(of: keys)
    let remembered = try Self.verified(kept, origin: origin, keys: keys)
    do {
      let log = PublishedLog(try DirectoryFiles(reading: directory))
      let report = try log.verify(
        origin: origin, logKeys: keys, remembered: remembered.map { ($0.name, $0.checkpoint) },
        progress: progress)
      return LogVerification(
        origin: origin, report: report, signedSize: report.isIntact ? report.size ?? 0 : 0)
    } catch { throw .contents(error) }
  }

  /// Verifies a copy of a log's file, wherever it came from.
  ///
  /// - Parameters:
  ///   - file: the copy.
  ///   - keys: the log's verifier keys; without any, the log can only be held to its own head.
  ///   - kept: checkpoints of it that the caller kept.
  ///   - progress: is told the number of events read and the size.
  /// - Returns: what was found.
  /// - Throws: ``LedgerError`` if something cannot be read, or a kept checkpoint is none of this log.
  public static func copy(
    _ file: String, keys: [VerifierKey] = [], kept: [Kept] = [],
    progress: (_ eventsRead: UInt64, _ size: UInt64) -> Void = { _, _ in }
  ) throws(LedgerError) -> LogVerification {
    try LogFileVerification(file: file, keys: keys, kept: kept, signing: nil).run(progress)
  }

  /// Verifies a ledger: its log, against the last checkpoint that it signed and those that were kept, its vault
  /// against its log, and that its views are what the log gives.
  ///
  /// - Parameters:
  ///   - paths: the ledger.
  ///   - keys: verifier keys to believe besides the one that lies with the ledger.
  ///   - kept: checkpoints of it that the caller kept.
  ///   - progress: is told the number of events read and the size.
  ///   - viewProgress: is told how far views are that are made to compare with those of the ledger.
  /// - Returns: what was found. Views are looked at only if the log is intact.
  /// - Throws: ``LedgerError`` if something cannot be read, or a kept checkpoint is none of this log.
  public static func ledger(
    _ paths: LedgerPaths, keys: [VerifierKey] = [], kept: [Kept] = [],
    progress: (_ eventsRead: UInt64, _ size: UInt64) -> Void = { _, _ in },
    viewProgress: @escaping @Sendable (ViewProgress) -> Void = { _ in }
  ) throws(LedgerError) -> LogVerification {
    let found: LogVerification
    do {
      found = try LogFileVerification(file: paths.log, keys: keys, kept: kept, signing: paths).run(progress)
    } catch .log(.notFound) { throw .noLedger(directory: paths.directory) }
    guard found.report.isIntact else { return found }
    let ledger = try Ledger.open(paths.directory, keys: paths.keys)
    guard let failure = try ledger.viewFailure(progress: viewProgress) else { return found }
    return LogVerification(
      origin: found.origin, report: found.report.adding([failure]), signedSize: found.signedSize,
      disclosures: found.disclosures)
  }

  // MARK: Keys and kept checkpoints

  static func origin(of keys: [VerifierKey]) throws(LedgerError) -> String {
    guard let origin = keys.first?.identity.name else {
      throw .cannotVerify(reason: "nothing vouches for it without the log's verifier key")
    }
    guard keys.allSatisfy({ $0.identity.name.utf8.elementsEqual(origin.utf8) }) else {
      throw .cannotVerify(reason: "the keys are those of different logs")
    }
    return origin
  }

  static func verified(
    _ kept: [Kept], origin: String, keys: [VerifierKey]
  ) throws(LedgerError) -> [(name: String, checkpoint: VerifiedCheckpoint)] {
    var verified: [(name: String, checkpoint: VerifiedCheckpoint)] = []
    for checkpoint in kept {
      do {
        verified.append(
          (
            checkpoint.name,
            try VerifiedCheckpoint(verifying: checkpoint.note, origin: origin, logKeys: keys)
          ))
      } catch {
        throw .cannotVerify(
          reason: "\(checkpoint.name) is no checkpoint of this log to compare with: \(error)")
      }
    }
    return verified
  }
}
