// Erasing from the vault, and what the vault remembers of it: up to where in the log all erasures were carried out.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones
internal import TransparencyLog

extension Vault {
  /// Up to where all erasures in the log were carried out here.
  struct Mark: Equatable {
    /// The size of the log.
    let size: Int64
    /// The root of its tree at that size: a vault that was put back beside another log is found out.
    let root: MerkleHash
  }

  /// A draft that was erased.
  struct ErasedTag {
    let tag: [UInt8]
    let position: Int64
  }

  /// The mark; nil if nothing was ever carried out here.
  func erasedThrough() throws(VaultError) -> Mark? {
    try reading { database in
      guard try Self.hasErasureTables(database),
        let row = try Row.fetchOne(database, sql: "SELECT size, root FROM erased_through"),
        let root = MerkleHash(row["root"] as Data)
      else { return nil }
      return Mark(size: row["size"], root: root)
    }
  }

  /// Removes disclosures for good: from the rows, from what rows left behind in pages, and from the journal.
  ///
  /// Cells that were moved from one page to another may have left copies of themselves, over which `secure_delete` has
  /// no power. So the file is written anew without them.
  ///
  /// - Parameters:
  ///   - digests: what is to go, wherever it stands.
  ///   - tags: those of the drafts that are gone.
  /// - Returns: how many rows there were.
  /// - Throws: ``VaultError``.
  func erase(digests: [String], tags: [ErasedTag]) throws(VaultError) -> Int {
    var count = 0
    try write { database in
      try database.execute(sql: Self.createErasureTables)
      try database.execute(
        sql: "CREATE TEMP TABLE IF NOT EXISTS gone (digest TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM gone")
      let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO temp.gone VALUES (?)")
      for digest in digests { try insert.execute(arguments: [digest]) }
      try database.execute(
        sql: "DELETE FROM disclosure WHERE digest IN (SELECT digest FROM temp.gone)")
      count = database.changesCount
      let remember = try database.makeStatement(
        sql: "INSERT OR IGNORE INTO erased_tag (tag, position) VALUES (?, ?)")
      for tag in tags { try remember.execute(arguments: [Data(tag.tag), tag.position]) }
    }
    try compact()
    return count
  }

  /// Writes the file anew, so that nothing is left in it but its rows.
  func compact() throws(VaultError) {
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    } catch { throw VaultError(error, path: path) }
  }

  /// Notes that all erasures up to there were carried out. To be told only when ``erase(digests:tags:)`` has ended.
  func setErasedThrough(_ mark: Mark) throws(VaultError) {
    try write { database in
      try database.execute(sql: Self.createErasureTables)
      try database.execute(
        sql: "INSERT OR REPLACE INTO erased_through (id, size, root) VALUES (1, ?, ?)",
        arguments: [mark.size, Data(mark.root.bytes)])
    }
  }

  /// Where the erased event stands that a draft was, by the draft's content tag.
  func erasedTags() throws(VaultError) -> [[UInt8]: Int64] {
    try reading { database in
      guard try Self.hasErasureTables(database) else { return [:] }
      var tags: [[UInt8]: Int64] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT tag, position FROM erased_tag") {
        tags[[UInt8](row["tag"] as Data)] = row["position"]
      }
      return tags
    }
  }

  /// The positions at which a person is named, byte by byte, in the sealed field `person` or in that of a correction.
  func positions(ofPerson name: String) throws(VaultError) -> [Int64] {
    try personNames { position, found in found.utf8.elementsEqual(name.utf8) ? position : nil }
  }

  /// The names in the sealed field `person` at some positions.
  func personNames(at positions: Set<Int64>) throws(VaultError) -> [String] {
    try personNames { position, found in positions.contains(position) ? found : nil }
  }

  private func personNames<T>(_ take: (Int64, String) -> T?) throws(VaultError) -> [T] {
    try reading { database in
      var taken: [T] = []
      let rows = try Row.fetchCursor(
        database, sql: "SELECT position, preimage FROM disclosure WHERE decoy = 0 ORDER BY position")
      while let row = try rows.next() {
        for name in Self.people(in: [UInt8](row["preimage"] as Data)) {
          if let one = take(row["position"], name) { taken.append(one) }
        }
      }
      return taken
    }
  }

  /// The names that a disclosure tells: the value of a field `person`, alone or within the fields of a correction.
  private static func people(in preimage: [UInt8]) -> [String] {
    var text = String(decoding: preimage, as: UTF8.self).replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: text), let parts = try? JSONValue(parsing: [UInt8](bytes)).array,
      parts.count == 3
    else { return [] }
    let value = parts[1].string == personField ? parts[2] : parts[2][personField]
    return (value?.array ?? value.map { [$0] } ?? []).compactMap(\.string)
  }

  private static let personField = "person"

  private static let createErasureTables = """
    CREATE TABLE IF NOT EXISTS erased_through (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      size INTEGER NOT NULL,
      root BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS erased_tag (
      tag BLOB PRIMARY KEY,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static func hasErasureTables(_ database: Database) throws -> Bool {
    try Int64.fetchOne(
      database, sql: "SELECT count(*) FROM sqlite_schema WHERE name IN ('erased_through', 'erased_tag')") == 2
  }

  /// Reads from one state of the vault.
  func reading<T>(_ body: (Database) throws -> T) throws(VaultError) -> T {
    do { return try queue.read(body) } catch { throw VaultError(error, path: path) }
  }
}
