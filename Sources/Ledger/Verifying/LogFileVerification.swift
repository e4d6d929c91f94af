// Verification of a log's file: what is in it, against its own head and all that was signed of it.

internal import CanonicalJSON
internal import Foundation
internal import LogStore
internal import Logging
internal import Milestones
internal import TransparencyLog

/// One verification of a log's file.
struct LogFileVerification {
  let file: String
  /// The keys that the caller believes.
  let keys: [VerifierKey]
  let kept: [LogVerification.Kept]
  /// The ledger whose log it is, with what it signed; nil for a copy.
  let signing: LedgerPaths?
  /// The vault to hold to the log; that of the ledger if not given.
  var vault: String?

  func run(_ progress: (UInt64, UInt64) -> Void) throws(LedgerError) -> LogVerification {
    do {
      return try StoredLog.read(file) { stored in try verify(stored, progress) }
    } catch { throw LedgerError(error) }
  }

  private func verify(_ stored: StoredLog, _ progress: (UInt64, UInt64) -> Void) throws -> LogVerification {
    var failures = stored.brokenGuards.map { name in
      VerificationFailure(
        .malformedFile, file: fileName, detail: "\(name) is missing from its schema, or altered")
    }
    guard stored.hasTables else {
      return LogVerification(
        origin: nil, report: VerificationReport(size: nil, root: nil, failures: failures, eventsRead: 0),
        signedSize: 0)
    }
    let origin = try origin(of: stored)
    let (signed, signedFailures) = try claims(origin: origin)
    failures += signedFailures
    if let key = keys.first, let origin, !key.identity.name.utf8.elementsEqual(origin.utf8) {
      failures.append(
        VerificationFailure(
          .badSignature, file: fileName, detail: "expected the log \(key.identity.name), found \(origin)"))
    }
    var head = stored.head.map { TreeClaim(.stored, size: $0.size, root: $0.root, file: fileName) }
    if head == nil {
      failures.append(
        VerificationFailure(.malformedFile, file: fileName, detail: "expected a size and a root as its head"))
      head = signed.max { $0.size < $1.size }
    }
    guard let head else {
      return LogVerification(
        origin: origin, report: VerificationReport(size: nil, root: nil, failures: failures, eventsRead: 0),
        signedSize: 0)
    }
    var report = try timed("tree of \(head.size) events") {
      try LogVerifier().verify(stored, head: head, claims: signed, progress: progress).adding(failures)
    }
    guard report.isIntact else { return LogVerification(origin: origin, report: report, signedSize: 0) }
    let (columns, counts, disclosures) = try timed("columns and vault") { try columnsAndVault(stored) }
    report = report.adding(columns + disclosures)
    return LogVerification(
      origin: origin, report: report, signedSize: report.isIntact ? signed.map(\.size).max() ?? 0 : 0,
      disclosures: counts)
  }

  /// The columns beside the events, and the vault beside the log, in one pass over the events.
  private func columnsAndVault(
    _ stored: StoredLog
  ) throws -> ([VerificationFailure], DisclosureCounts, [VerificationFailure]) {
    var columns: [VerificationFailure] = []
    let (counts, disclosures) = try DisclosureAudit.run(vault ?? signing?.vault) { audit in
      columns = try StoredColumns.failures(in: stored, file: fileName, each: audit.take)
      guard audit.hasMissing, let size = stored.head?.size else { return }
      // Erased while this was verified: the events that tell of it stand behind the state of the log that was read.
      let log = try SQLiteLog.open(at: file, access: .readOnly)
      let scan = try ErasureScan(log, from: Int64(clamping: size), vocabulary: Vocabulary.shipped())
      audit.takeErasures(scan.digests)
    }
    return (columns, counts, disclosures)
  }

  /// Tells with --verbose how long a step took.
  private func timed<T>(_ step: String, _ body: () throws -> T) rethrows -> T {
    let start = ContinuousClock.now
    defer { Logger(label: "annals").debug("\(step): \(ContinuousClock.now - start)") }
    return try body()
  }

  private var fileName: String { URL(fileURLWithPath: file).lastPathComponent }

  // Of no weight by itself: what it says has to be signed by a key of that name.
  private func origin(of stored: StoredLog) throws -> String? {
    guard let leaf = try stored.leaf(at: 0), let event = try? EventView(leaf: leaf) else { return nil }
    return event.data?["origin"]?.string
  }

  // MARK: What was signed

  private func claims(
    origin: String?
  ) throws(LedgerError) -> (claims: [TreeClaim], failures: [VerificationFailure]) {
    guard let origin = keys.first?.identity.name ?? origin else { return ([], []) }
    let own = signing.map { SigningKeys(paths: $0, origin: origin) }
    let known = (own.flatMap { try? $0.verifierKeys() } ?? []) + rotatedKeys() + keys
    var believed: [VerifierKey] = []
    for key in known where !believed.contains(where: { $0.identity == key.identity }) { believed.append(key) }
    if !kept.isEmpty, believed.isEmpty { _ = try LogVerification.origin(of: []) }
    var claims = try LogVerification.verified(kept, origin: origin, keys: believed).map { name, kept in
      TreeClaim(.remembered, size: kept.checkpoint.size, root: kept.checkpoint.root, file: name)
    }
    guard let signing, !believed.isEmpty else { return (claims, []) }
    let (claim, failure) = lastSigned(signing, origin: origin, keys: believed)
    if let claim { claims.append(claim) }
    return (claims, failure.map { [$0] } ?? [])
  }

  /// The keys that the log itself tells of. To be believed as far as the log that names them is the one that was signed.
  private func rotatedKeys() -> [VerifierKey] {
    guard signing != nil, let log = try? SQLiteLog.open(at: file, access: .readOnly),
      let history = try? KeyHistory(log)
    else { return [] }
    return history.verifierKeys(and: [])
  }

  private func lastSigned(
    _ paths: LedgerPaths, origin: String, keys: [VerifierKey]
  ) -> (TreeClaim?, VerificationFailure?) {
    let name = URL(fileURLWithPath: paths.lastCheckpoint).lastPathComponent
    let note: [UInt8]
    do {
      note = try WholeFile.read(paths.lastCheckpoint, bytesMax: LogLimits.noteLengthMaxBytes)
    } catch {
      let detail = "expected the last checkpoint that was signed: \(error)"
      return (nil, VerificationFailure(.missingCheckpoint, file: name, detail: detail))
    }
    do {
      let checkpoint = try VerifiedCheckpoint(verifying: note, origin: origin, logKeys: keys).checkpoint
      return (TreeClaim(.signed, size: checkpoint.size, root: checkpoint.root, file: name), nil)
    } catch {
      if case .malformed(let error) = error {
        return (nil, VerificationFailure(.malformedFile, file: name, detail: "\(error)"))
      }
      return (nil, VerificationFailure(.badSignature, file: name, detail: "\(error)"))
    }
  }
}
