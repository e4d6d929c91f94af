// Parts of the vault that came after its first form. They only add: a vault without them is given them when it is
// opened, and a program that does not know them reads it as before.

internal import GRDB

extension Vault {
  /// `["<salt>","` are 48 bytes, 64 characters of base64url, for the 43 characters of salt that Annals gives; what
  /// comes then says which field it is. `person","` are 12 characters.
  static let isPerson = "decoy = 0 AND substr(preimage, 65, 12) = x'634756796332397549697769'"

  private static let laterParts: [(name: String, sql: String)] = [
    // Who was handed what. Nothing of what was handed over.
    (
      "handover",
      """
      CREATE TABLE handover (
        number INTEGER PRIMARY KEY,
        milliseconds INTEGER NOT NULL,
        position INTEGER NOT NULL,
        recipient TEXT NOT NULL,
        recorder TEXT NOT NULL,
        fields TEXT NOT NULL,
        digests TEXT NOT NULL,
        beyond_consent INTEGER NOT NULL CHECK (beyond_consent IN (0, 1))
      ) STRICT
      """
    ),
    // Where names are, without the names: what is deleted from the table is gone from here too.
    ("disclosure_person", "CREATE INDEX disclosure_person ON disclosure (position) WHERE \(isPerson)"),
  ]

  static func hasLaterParts(_ database: Database) throws -> Bool {
    let names = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"))
    return laterParts.allSatisfy { names.contains($0.name) }
  }

  static func addLaterParts(_ database: Database) throws {
    let names = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"))
    for part in laterParts where !names.contains(part.name) { try database.execute(sql: part.sql) }
  }
}
