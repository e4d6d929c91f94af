// The register in the vault: who was handed what. An entry stays when what it tells of is erased.

internal import Foundation
internal import GRDB
internal import Milestones

extension Vault {
  /// Reads what is kept for an event and notes that it is handed over, in one transaction: what is erased before is
  /// not handed over, and what is erased after has its entry.
  ///
  /// - Parameters:
  ///   - position: the event's position.
  ///   - entry: makes the entry of what is kept, its number still 0; throws to note nothing.
  /// - Returns: the entry with its number.
  /// - Throws: what `entry` throws, or ``VaultError``.
  func note(at position: Int64, _ entry: (SealedContent) throws -> Handover) throws -> Handover {
    var result: Result<Handover, any Error>?
    try write { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT digest, preimage, decoy FROM disclosure WHERE position = ? ORDER BY digest",
        arguments: [position])
      let content = SealedContent(
        position: position, rows: rows.map { ($0[0], [UInt8]($0[1] as Data), $0[2]) })
      do {
        let entry = try entry(content)
        try database.execute(
          sql: """
            INSERT INTO handover (milliseconds, position, recipient, recorder, fields, digests, beyond_consent)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            entry.time.milliseconds, entry.position, entry.recipient, entry.recorder,
            entry.fields.joined(separator: " "), entry.digests.joined(separator: " "), entry.isBeyondConsent,
          ])
        result = .success(entry.numbered(database.lastInsertedRowID))
      } catch let error as DatabaseError { throw error } catch { result = .failure(error) }
    }
    guard let result else { throw VaultError.engine(path: path, code: 0) }
    return try result.get()
  }

  /// Takes an entry back: what it tells of was not handed over after all.
  func takeBack(_ entry: Handover) throws(VaultError) {
    try write { database in
      try database.execute(sql: "DELETE FROM handover WHERE number = ?", arguments: [entry.number])
    }
  }

  /// The register, in the order of its numbers.
  ///
  /// - Parameter positions: of the events that are asked about; nil for all.
  /// - Returns: the entries.
  /// - Throws: ``VaultError``.
  func register(at positions: Set<Int64>? = nil) throws(VaultError) -> [Handover] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT number, milliseconds, position, recipient, recorder, fields, digests, beyond_consent
          FROM handover ORDER BY number
          """
      ).map { row in
        Handover(
          number: row[0], time: RecordedTime(milliseconds: row[1]), position: row[2], recipient: row[3],
          recorder: row[4], fields: (row[5] as String).split(separator: " ").map(String.init),
          digests: (row[6] as String).split(separator: " ").map(String.init), isBeyondConsent: row[7])
      }.filter { positions?.contains($0.position) ?? true }
    }
  }
}

extension Handover {
  fileprivate func numbered(_ number: Int64) -> Handover {
    Handover(
      number: number, time: time, position: position, recipient: recipient, recorder: recorder,
      fields: fields, digests: digests, isBeyondConsent: isBeyondConsent)
  }
}
