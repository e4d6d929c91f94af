// vault.db: the disclosures of sealed fields, one row a digest. It never leaves this machine.

internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones

/// A failure of the vault. Never holds what is in it.
public enum VaultError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another process holds it.
  case busy
  /// The disk is full.
  case diskFull(path: String)
  /// It cannot be opened or written.
  case cannotOpen(path: String)
  /// It is no vault of a form that this version reads.
  case notAVault(path: String)
  /// Anything else that SQLite says; the code alone.
  case engine(path: String, code: Int)

  /// One line for people.
  public var description: String {
    switch self {
    case .busy: "the vault is held by another process; try again in a moment"
    case .diskFull(let path): "\(path): the disk is full, nothing was recorded: make space, then try again"
    case .cannotOpen(let path): "\(path): the vault cannot be opened or written; check its permissions"
    case .notAVault(let path):
      "\(path): is not a vault of this version; put the right file back from its backup"
    case .engine(let path, let code): "\(path): the vault failed (SQLite code \(code)); nothing was recorded"
    }
  }
}

/// The vault. Written only under the log's write lock.
///
/// `secure_delete` overwrites what is deleted, and the rollback journal is truncated after each transaction: under
/// WAL, deleted text would stay in the file.
final class Vault: Sendable {
  static let applicationID: Int64 = 0x416e_6e53
  static let formatVersion: Int64 = 1

  let queue: DatabaseQueue
  let path: String

  /// By what one sees, without opening it, whether somebody wrote to a vault.
  struct FileState: Equatable, Sendable, CustomStringConvertible {
    private let fileNumber: UInt64
    /// Counts transactions (SQLite file format, 1.3.6: four bytes at offset 24).
    private let changeCounter: [UInt8]

    /// Nil if there is no file.
    init?(path: String) {
      // Asked before each append, so by the system's own calls.
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return nil }
      fileNumber = UInt64(status.st_ino)
      var counter = [UInt8](repeating: 0, count: 4)
      changeCounter = Array(counter.prefix(max(0, pread(descriptor, &counter, counter.count, 24))))
    }

    var description: String { "\(fileNumber) \(Hex.lowercase(changeCounter))" }
  }

  /// Opens the vault, or makes it where there is none.
  init(path: String, busyTimeoutMilliseconds: Int) throws(VaultError) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
      configuration.publicStatementArguments = false
      configuration.prepareDatabase { database in
        try database.execute(
          sql:
            "PRAGMA secure_delete = ON; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY"
        )
      }
      if !FileManager.default.fileExists(atPath: path) {
        // Made before SQLite opens it, so that it is never readable by others, not even for a moment.
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes) else {
          throw VaultError.cannotOpen(path: path)
        }
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        // Only a vault that is not made yet is written to on opening.
        if try Self.isPrepared(database, path: path), try Self.hasLaterParts(database) { return }
        try database.inTransaction(.immediate) {
          if try !Self.isPrepared(database, path: path) { try database.execute(sql: Self.create) }
          try Self.addLaterParts(database)
          return .commit
        }
      }
    } catch { throw VaultError(error, path: path) }
  }

  private static let create = """
    CREATE TABLE disclosure (
      position INTEGER NOT NULL,
      digest TEXT NOT NULL CHECK (length(digest) = 43),
      preimage BLOB NOT NULL,
      decoy INTEGER NOT NULL CHECK (decoy IN (0, 1)),
      PRIMARY KEY (position, digest)
    ) STRICT, WITHOUT ROWID;
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(formatVersion);
    """

  private static func isPrepared(_ database: Database, path: String) throws -> Bool {
    if try Int64.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 { return false }
    let id = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard id == applicationID, version == formatVersion else { throw VaultError.notAVault(path: path) }
    return true
  }

  /// Keeps the disclosures of events about to be appended, and sweeps what a crash left behind.
  ///
  /// - Parameters:
  ///   - disclosures: of each event, by the position that it will have.
  ///   - size: of the log. What stands at or past it belongs to an append that never came to its end.
  /// - Throws: ``VaultError``; nothing was kept or swept then.
  func keep(_ disclosures: [(position: Int64, disclosures: [Disclosure])], logSize size: Int64)
    throws(VaultError)
  {
    try write { database in
      try database.execute(sql: "DELETE FROM disclosure WHERE position >= ?", arguments: [size])
      // Nine rows for each sealed event of an import: through SQLite's own interface, in half the time.
      let insert = try Query(
        database, "INSERT INTO disclosure (position, digest, preimage, decoy) VALUES (?, ?, ?, ?)")
      for (position, list) in disclosures {
        try insert.bind(1, position)
        // In the order of the rows, so that none has to move for another.
        for disclosure in list.sorted(by: { $0.digest.utf8.lexicographicallyPrecedes($1.digest.utf8) }) {
          try insert.bind(2, disclosure.digest)
          try insert.bind(4, disclosure.isDecoy ? 1 : 0)
          try disclosure.preimage.withUnsafeBytes { preimage in
            try insert.bindBorrowed(3, preimage)
            try insert.run()
          }
        }
      }
    }
  }

  /// Whether something stands at or past a position: left behind by a crash, or by an append under way.
  func hasAnything(from size: Int64) throws(VaultError) -> Bool {
    do {
      return try queue.read { database in
        try Int64.fetchOne(database, sql: "SELECT max(position) FROM disclosure") ?? -1 >= size
      }
    } catch { throw VaultError(error, path: path) }
  }

  /// How many of these digests of an event have no disclosure.
  func countMissing(_ digests: [String], at position: Int64) throws(VaultError) -> Int {
    do {
      return try queue.read { database in
        let kept = try Set(
          String.fetchAll(
            database.cachedStatement(sql: "SELECT digest FROM disclosure WHERE position = ?"),
            arguments: [position]))
        return digests.count { !kept.contains($0) }
      }
    } catch { throw VaultError(error, path: path) }
  }

  /// Removes what a crash left behind. To be called under the log's write lock.
  func sweep(logSize size: Int64) throws(VaultError) { try keep([], logSize: size) }

  func write(_ body: (Database) throws -> Void) throws(VaultError) {
    do {
      try queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try body(database)
          return .commit
        }
      }
    } catch { throw VaultError(error, path: path) }
  }
}

extension VaultError {
  init(_ error: any Error, path: String) {
    switch error {
    case let error as VaultError: self = error
    case let error as DatabaseError: self.init(error.extendedResultCode, path: path)
    case let error as EngineFailure: self.init(ResultCode(rawValue: error.code), path: path)
    default: self = .cannotOpen(path: path)
    }
  }

  private init(_ code: ResultCode, path: String) {
    switch code.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notAVault(path: path)
    default: self = .engine(path: path, code: Int(code.rawValue))
    }
  }
}
