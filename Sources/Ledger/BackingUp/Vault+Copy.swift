// A copy of the vault that never held what is erased: row by row into a new file, not page by page.

internal import Foundation
internal import GRDB

extension Vault {
  /// Makes a vault with what another keeps, and nothing beside it.
  ///
  /// - Parameters:
  ///   - path: the copy; nothing may be there.
  ///   - source: the other vault.
  ///   - digests: what is erased.
  /// - Returns: how many disclosures were left out.
  /// - Throws: ``VaultError``.
  static func copy(
    to path: String, from source: String, without digests: [String]
  ) throws(VaultError) -> Int {
    let copy = try Vault(path: path, busyTimeoutMilliseconds: Ledger.busyTimeoutMillisecondsDefault)
    let leftOut = try copy.fill(from: source, without: digests)
    do { try copy.queue.close() } catch { throw VaultError(error, path: path) }
    // Empty by now; SQLite keeps it to spare making it again.
    unlink(path + "-journal")
    return leftOut
  }

  /// Fills this vault, which is new, with what another keeps, and with its register of what was handed over.
  ///
  /// - Parameters:
  ///   - path: the other vault.
  ///   - digests: what is erased. It is not written here, not even for a moment.
  /// - Returns: how many disclosures were left out.
  /// - Throws: ``VaultError``; nothing was taken over then.
  private func fill(from path: String, without digests: [String]) throws(VaultError) -> Int {
    guard FileManager.default.fileExists(atPath: path) else { throw .cannotOpen(path: path) }
    let source = URL(fileURLWithPath: path).path
    do {
      return try queue.writeWithoutTransaction { database in
        try database.execute(sql: "ATTACH ? AS source", arguments: [source])
        defer { try? database.execute(sql: "DETACH source") }
        guard try Int64.fetchOne(database, sql: "PRAGMA source.application_id") == Self.applicationID,
          try Int64.fetchOne(database, sql: "PRAGMA source.user_version") == Self.formatVersion
        else { throw VaultError.notAVault(path: path) }
        var leftOut = 0
        try database.inTransaction(.immediate) {
          try database.execute(
            sql: "CREATE TEMP TABLE gone (digest TEXT PRIMARY KEY) WITHOUT ROWID")
          let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO temp.gone VALUES (?)")
          for digest in digests { try insert.execute(arguments: [digest]) }
          try database.execute(
            sql: """
              INSERT INTO main.disclosure SELECT position, digest, preimage, decoy FROM source.disclosure
              WHERE digest NOT IN (SELECT digest FROM temp.gone)
              """)
          let (all, taken) = (
            try Int.fetchOne(database, sql: "SELECT count(*) FROM source.disclosure") ?? 0,
            database.changesCount
          )
          leftOut = all - taken
          // A vault of before there was a register has none.
          if try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM source.sqlite_schema WHERE name = 'handover')")
            == true
          {
            try database.execute(
              sql: """
                INSERT INTO main.handover SELECT number, milliseconds, position, recipient, recorder, fields,
                digests, beyond_consent FROM source.handover
                """)
          }
          return .commit
        }
        return leftOut
      }
    } catch { throw VaultError(error, path: path) }
  }
}
