// Restoring a backup: verified before it stands anywhere, and without what its log says is erased.

internal import EDTF
internal import Foundation
internal import LogStore
internal import Milestones
internal import TransparencyLog

/// What restoring came to.
public struct Restoration: Sendable {
  /// What the backup says of itself.
  public let backup: Backup
  /// What the verification of the log and of the vault found.
  public let verification: LogVerification
  /// Whether the ledger is there now; if not, nothing is.
  public let isDone: Bool
  /// Whether what was sealed was restored.
  public let hasVault: Bool
  /// Whether the keys are at hand.
  public let hasKeys: Bool
  /// How many disclosures were left out, since the log says that they are erased.
  public let erasedCount: Int
  /// The size of a checkpoint that was signed of this log and that the backup does not reach; nil as a rule.
  public let signedSize: UInt64?
}

extension Ledger {
  /// What to do in cases that need somebody's word.
  public struct RestoreRules: Sendable {
    /// Whether to restore a log that ends before the last checkpoint that was signed.
    public var allowsRollback = false
    /// Whether to leave out what is sealed.
    public var leavesVaultOut = false
    /// Whether to take a copy of the vault that was to be destroyed by now.
    public var takesExpiredVault = false

    /// Nothing out of the ordinary.
    public init() {}
  }

  /// Makes a ledger of a backup.
  ///
  /// Log and vault are copied, verified, and only then given their place. What the log says is erased is never written:
  /// an old backup brings nobody back. If the keys are at hand, those of the backup or others, the log is held to the
  /// last checkpoint that was signed by them: a backup of before that has lost what came after, erasures among it.
  ///
  /// - Parameters:
  ///   - directory: the backup.
  ///   - paths: the ledger. Nothing may be in its directory but its keys.
  ///   - rules: what to do in special cases.
  ///   - clock: tells today's day.
  /// - Returns: what was found and done; nothing was done if the backup is not intact.
  /// - Throws: ``LedgerError``; nothing was restored then.
  public static func restore(
    _ directory: String, to paths: LedgerPaths, _ rules: RestoreRules = RestoreRules(),
    clock: @Sendable () -> Int64 = systemClock
  ) throws(LedgerError) -> Restoration {
    let place = BackupPaths(directory)
    let backup = try Backup(reading: place)
    let hasVault = !rules.leavesVaultOut && FileManager.default.fileExists(atPath: place.vault)
    if hasVault, let day = backup.vaultExpires, day < RecordedTime(milliseconds: clock()).day,
      !rules.takesExpiredVault
    {
      throw .backup(.vaultExpired(path: place.vaultDirectory, day: day))
    }
    let draft: DraftDirectory
    do {
      draft = try DraftDirectory(
        paths.directory + ".unfinished", for: paths.directory, beside: ["keys"])
    } catch { throw .backup(error) }
    do {
      let restoring = Restoring(
        place: place, backup: backup, paths: paths, draft: LedgerPaths(directory: draft.path),
        hasVault: hasVault)
      let restoration = try restoring.run(rules)
      if restoration.isDone { try draft.finish(last: "log.db") } else { draft.discard() }
      return restoration
    } catch {
      draft.discard()
      throw LedgerError(error)
    }
  }
}

/// One restoring.
private struct Restoring {
  let place: BackupPaths
  let backup: Backup
  let paths: LedgerPaths
  let draft: LedgerPaths
  let hasVault: Bool

  func run(_ rules: Ledger.RestoreRules) throws -> Restoration {
    guard FileManager.default.fileExists(atPath: place.log) else {
      throw BackupError.notABackup(path: place.directory, reason: "holds no log.db")
    }
    let head = try SQLiteLog.open(at: place.log, access: .readOnly).copy(to: draft.log)
    let erasedCount = try hasVault ? fillVault() : 0
    // Keys that are there stay, whatever the backup has.
    let hasOwnKeys = FileManager.default.fileExists(atPath: paths.signingKey)
    let found = LedgerPaths(directory: place.directory)
    let keys =
      hasOwnKeys ? paths.keys : FileManager.default.fileExists(atPath: found.signingKey) ? found.keys : nil
    var (verification, signedSize) = try verify(keys: keys, allowsRollback: rules.allowsRollback)
    if head.size != backup.size || head.root != backup.root {
      verification = verification.adding(
        VerificationFailure(
          .wrongRoot, file: "backup.json",
          detail:
            "expected \(backup.size) events of root \(backup.root), found \(head.size) of root \(head.root)"))
    }
    let isDone = verification.report.isIntact
    if isDone, !hasOwnKeys, keys != nil { try takeKeys(of: found) }
    return Restoration(
      backup: backup, verification: verification, isDone: isDone, hasVault: hasVault, hasKeys: keys != nil,
      erasedCount: erasedCount, signedSize: isDone ? signedSize : nil)
  }

  /// The vault as it may be by the log.
  private func fillVault() throws -> Int {
    let log = try SQLiteLog.open(at: draft.log, access: .readOnly)
    let scan = try ErasureScan(log, from: 0, vocabulary: Beginning.vocabulary(log).vocabulary)
    return try Vault.copy(to: draft.vault, from: place.vault, without: scan.digests)
  }

  /// Log and vault, and the log against what was signed.
  private func verify(
    keys: String?, allowsRollback: Bool
  ) throws(LedgerError) -> (LogVerification, signedSize: UInt64?) {
    var kept: [LogVerification.Kept] = []
    if keys != nil, FileManager.default.fileExists(atPath: place.checkpoint) {
      do {
        kept = [
          .init(
            name: "checkpoint",
            note: try WholeFile.read(place.checkpoint, bytesMax: LogLimits.noteLengthMaxBytes))
        ]
      } catch { throw .file(error) }
    }
    let signing = keys.map { LedgerPaths(directory: draft.directory, keys: $0) }
    let vault = hasVault ? draft.vault : nil
    let found = try LogFileVerification(file: draft.log, keys: [], kept: kept, signing: signing, vault: vault)
      .run { _, _ in }
    guard allowsRollback, let signing, !found.report.isIntact,
      found.report.failures.allSatisfy({ $0.kind == .rollback })
    else { return (found, nil) }
    let signedSize = SigningKeys(paths: signing, origin: found.origin ?? "").signedSize
    return (
      try LogFileVerification(file: draft.log, keys: [], kept: [], signing: nil, vault: vault).run { _, _ in
      },
      signedSize
    )
  }

  /// Puts the backup's keys where those of the ledger are to be.
  private func takeKeys(of found: LedgerPaths) throws {
    let isInside = paths.keys.utf8.elementsEqual(LedgerPaths(directory: paths.directory).keys.utf8)
    let target = isInside ? draft : LedgerPaths(directory: draft.directory, keys: paths.keys)
    try FileManager.default.createDirectory(
      atPath: target.keys, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Ledger.copyKeys(of: found, to: target)
  }
}

extension LogVerification {
  /// The same with one failure more.
  fileprivate func adding(_ failure: VerificationFailure) -> LogVerification {
    LogVerification(
      origin: origin, report: report.adding([failure]), signedSize: signedSize, disclosures: disclosures)
  }
}
