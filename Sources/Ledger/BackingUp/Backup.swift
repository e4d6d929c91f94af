// What a backup is on disk:
//
//   backup/
//     backup.json      this manifest
//     log.db           the log at one moment, whole, without a write-ahead log
//     checkpoint       the last checkpoint that was signed of it, if the keys were at hand
//     views.db         of a public copy alone: a link to views-….db, made of this log
//     vault/           never in a public copy
//       vault.db       what was sealed in this log's events and was not erased by then
//       EXPIRES        until when it may be kept, in words
//     keys/            only if asked for

public import CanonicalJSON
public import EDTF
internal import Foundation
public import TransparencyLog

/// The manifest of a backup.
public struct Backup: Sendable, Equatable {
  /// What the first member of every manifest says.
  static let format = "annals-backup-1"
  /// For how many days the vault's copy may be kept unless told otherwise.
  public static let vaultDaysDefault = 30
  /// More than any manifest has.
  static let bytesMax = 65_536

  /// The log's name.
  public let origin: String
  /// How many events the log has.
  public let size: Int64
  /// Its root.
  public let root: MerkleHash
  /// When it was made, in RFC 3339.
  public let made: String
  /// Whether it is for everybody: without vault and without keys.
  public let isPublic: Bool
  /// The last day on which the vault's copy may be kept; nil if there is none in it.
  public let vaultExpires: Day?
  /// Whether the keys are in it.
  public let hasKeys: Bool

  /// The manifest as a document has it.
  public var members: [(String, JSONValue)] {
    [
      ("format", .string(Self.format)), ("origin", .string(origin)), ("size", .integer(size)),
      ("root", .string(root.base64)), ("made", .string(made)), ("public", .bool(isPublic)),
      ("vaultExpires", vaultExpires.map { .string($0.description) } ?? .null), ("keys", .bool(hasKeys)),
    ]
  }

  init(
    origin: String, size: Int64, root: MerkleHash, made: String, isPublic: Bool, vaultExpires: Day?,
    hasKeys: Bool
  ) {
    (self.origin, self.size, self.root, self.made) = (origin, size, root, made)
    (self.isPublic, self.vaultExpires, self.hasKeys) = (isPublic, vaultExpires, hasKeys)
  }

  /// Reads the manifest of a backup.
  ///
  /// - Parameter paths: the backup.
  /// - Throws: ``LedgerError/backup(_:)`` if there is none, or it is no manifest.
  init(reading paths: BackupPaths) throws(LedgerError) {
    func refused(_ reason: String) -> LedgerError {
      .backup(.notABackup(path: paths.directory, reason: reason))
    }
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(paths.manifest, bytesMax: Self.bytesMax)
    } catch {
      guard error.isMissing else { throw .file(error) }
      guard FileManager.default.fileExists(atPath: paths.directory) else {
        throw .file(FileFailure(paths.directory, code: ENOENT))
      }
      throw refused("holds no backup.json")
    }
    let object = (try? JSONValue(parsing: bytes))?.object
    guard let object, object["format"]?.string == Self.format else {
      throw refused("backup.json is of no form that this version reads")
    }
    guard let origin = object["origin"]?.string, let size = object["size"]?.integer, size >= 0,
      let root = object["root"]?.string.flatMap({ Data(base64Encoded: $0) }).flatMap({ MerkleHash($0) }),
      let made = object["made"]?.string, let isPublic = object["public"]?.bool,
      let hasKeys = object["keys"]?.bool, let expires = object["vaultExpires"]
    else { throw refused("backup.json is damaged") }
    let vaultExpires = expires.string.flatMap { Day($0) }
    guard expires == .null || vaultExpires != nil else { throw refused("backup.json is damaged") }
    self.init(
      origin: origin, size: size, root: root, made: made, isPublic: isPublic, vaultExpires: vaultExpires,
      hasKeys: hasKeys)
  }
}

/// Where the parts of a backup lie.
struct BackupPaths {
  let directory: String

  init(_ directory: String) {
    self.directory =
      directory.utf8.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
  }

  var manifest: String { directory + "/backup.json" }
  var log: String { directory + "/log.db" }
  var checkpoint: String { directory + "/checkpoint" }
  var views: String { directory + "/views.db" }
  var vaultDirectory: String { directory + "/vault" }
  var vault: String { vaultDirectory + "/vault.db" }
  var expires: String { vaultDirectory + "/EXPIRES" }
  var keys: String { directory + "/keys" }
  /// Where it is made until it is whole.
  var draft: BackupPaths { BackupPaths(directory + ".unfinished") }
}

/// What can go wrong with a backup.
public enum BackupError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Something stands there.
  case exists(path: String)
  /// Another process makes it.
  case underWay(path: String)
  /// The directory cannot be made.
  case cannotMake(path: String)
  /// It is none.
  case notABackup(path: String, reason: String)
  /// The vault's copy was to be destroyed by now.
  case vaultExpired(path: String, day: Day)

  /// One line: what is wrong and what to do.
  public var description: String {
    switch self {
    case .exists(let path): "\(path): is there already, and nothing is put in its place; name a new directory"
    case .underWay(let path):
      "\(path): another process is at work there; wait for it, or name another directory"
    case .cannotMake(let path):
      "\(path): the directory cannot be made; check the path, its permissions and the space left"
    case .notABackup(let path, let reason): "\(path): is no backup: \(reason)"
    case .vaultExpired(let path, let day):
      "\(path): this copy of the vault was to be destroyed after \(day): what was erased since may lie in it. Destroy it, and restore with --without-vault or from a newer backup; if there is none, --expired-vault takes it all the same"
    }
  }
}
