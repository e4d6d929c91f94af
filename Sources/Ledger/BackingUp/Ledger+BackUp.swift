// Backing a ledger up while others work with it, and making a copy for everybody.

internal import CanonicalJSON
internal import EDTF
internal import Foundation
internal import GRDB
internal import LogStore
internal import Logging
internal import Milestones
internal import Projections
internal import TransparencyLog

extension Ledger {
  /// What is to be in a backup.
  public struct BackupContents: Sendable {
    /// Whether it is for everybody: log and views, without vault and without keys.
    public var isPublic = false
    /// Whether the keys are in it.
    public var hasKeys = false
    /// For how many days the vault's copy may be kept.
    public var vaultDays = Backup.vaultDaysDefault

    /// A backup of log and vault.
    public init() {}
  }

  /// Makes a backup: the log as it stands at one moment, and what the vault keeps for just these events. Others can
  /// append meanwhile; they wait only while the vault is copied.
  ///
  /// - Parameters:
  ///   - directory: where; nothing may be there. It appears whole or not at all.
  ///   - contents: what is to be in it.
  /// - Returns: its manifest.
  /// - Throws: ``LedgerError``; what was begun is removed.
  public func backUp(
    to directory: String, _ contents: BackupContents = BackupContents()
  ) throws(LedgerError) -> Backup {
    let place = BackupPaths(directory)
    let draft: DraftDirectory
    do { draft = try DraftDirectory(place.draft.directory, for: place.directory) } catch {
      throw .backup(error)
    }
    do {
      let backup = try fill(place.draft, contents)
      try draft.finish()
      logger.debug("backed up \(backup.size) events")
      return backup
    } catch {
      draft.discard()
      throw LedgerError(error)
    }
  }

  private func fill(_ place: BackupPaths, _ contents: BackupContents) throws -> Backup {
    // Signed before the log is copied: the copy has all that the checkpoint vouches for.
    let hasKeysHere = FileManager.default.fileExists(atPath: paths.signingKey)
    if hasKeysHere {
      try WholeFile.write(checkpoint().note, to: place.checkpoint)
    } else if let rollback = try rollback() {
      throw rollback
    }
    let hasVault = hasVault && !contents.isPublic
    let head: LogHead
    if contents.hasKeys && !contents.isPublic {
      // No key is changed between the keys' copy and the log's, which names the one in force.
      head = try signingKeys.withLock(timeoutMilliseconds: busyTimeoutMilliseconds) {
        () throws(LedgerError) in
        do {
          try copyKeys(to: place)
          return try copyLog(to: place, withVault: hasVault)
        } catch { throw LedgerError(error) }
      }
    } else {
      head = try copyLog(to: place, withVault: hasVault)
    }
    if contents.isPublic { try makeViews(in: place) }
    let now = RecordedTime(milliseconds: clock())
    let expires = hasVault ? Day(number: now.day.number + Int64(contents.vaultDays)) : nil
    if let expires { try write(expires, for: now, in: place) }
    let backup = Backup(
      origin: origin, size: head.size, root: head.root, made: now.description, isPublic: contents.isPublic,
      vaultExpires: expires, hasKeys: contents.hasKeys && !contents.isPublic)
    let manifest = try JSONValue.object(JSONObject(backup.members)).canonicalBytes() + [UInt8(ascii: "\n")]
    try WholeFile.write(manifest, to: place.manifest)
    if contents.isPublic { Self.open(place) }
    return backup
  }

  // MARK: Parts

  private func copyLog(to place: BackupPaths, withVault: Bool) throws -> LogHead {
    guard withVault else { return try log.copy(to: place.log) }
    let vault = try vault()
    try FileManager.default.createDirectory(
      atPath: place.vaultDirectory, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    return try log.copy(to: place.log) { _ in
      // What another process has recorded as erased and not yet removed is not copied.
      let scan = try ErasureScan(log, from: firstUnheld(vault), vocabulary: vocabulary)
      _ = try Vault.copy(to: place.vault, from: paths.vault, without: scan.digests)
    }
  }

  private func copyKeys(to place: BackupPaths) throws {
    try FileManager.default.createDirectory(
      atPath: place.keys, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let copy = LedgerPaths(directory: place.directory)
    try Self.copyKeys(of: paths, to: copy)
  }

  /// Copies the files of the keys, as far as they are there, each whole.
  static func copyKeys(of paths: LedgerPaths, to target: LedgerPaths) throws {
    for file in [\LedgerPaths.tagKey, \.signingKey, \.nextSigningKey, \.lastCheckpoint] {
      guard FileManager.default.fileExists(atPath: paths[keyPath: file]) else { continue }
      let bytes = try WholeFile.read(paths[keyPath: file], bytesMax: Backup.bytesMax)
      try WholeFile.write(bytes, to: target[keyPath: file], mode: 0o600)
    }
  }

  /// Makes the views of the copy, and closes them such that nothing lies beside them.
  private func makeViews(in place: BackupPaths) throws {
    let copy = try SQLiteLog.open(at: place.log, access: .readOnly)
    do {
      let views = try ViewStore(
        path: place.views, vocabulary: Beginning.vocabulary(copy).vocabulary,
        busyTimeoutMilliseconds: busyTimeoutMilliseconds)
      try views.catchUp(with: copy)
    }
    do {
      let queue = try DatabaseQueue(path: place.views)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try queue.close()
    } catch { throw ViewError.cannotOpen(path: place.views) }
    unlink(place.directory + "/views.lock")
  }

  private func write(_ expires: Day, for now: RecordedTime, in place: BackupPaths) throws {
    let text = """
      This directory holds a copy of what people entrusted to \(origin), as of \(now).
      Keep it until \(expires) at the latest, then destroy it: what is erased from the ledger
      after this copy was made still lies in it. Whoever restores it has erased what the log
      says is erased; the copy itself stays as it is.

      """
    try WholeFile.write(Array(text.utf8), to: place.expires, mode: 0o600)
  }

  /// Lets everybody read a public copy.
  private static func open(_ place: BackupPaths) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place.directory)) ?? [] {
      var status = stat()
      let path = place.directory + "/" + name
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { chmod(path, 0o644) }
    }
    chmod(place.directory, 0o755)
  }
}
