// The digest of the views: what two machines compare to see whether theirs say the same.

internal import CanonicalJSON
internal import Crypto
internal import GRDB
internal import Milestones

extension ViewStore {
  /// SHA-256 over the canonical rows of all tables: each table's name and each row, as a JSON array, one a line.
  ///
  /// Equal digests mean equal views, whatever the pages of the file look like.
  public func digest() throws(ViewError) -> String { try sizeAndDigest().digest }

  /// How many events the views contain, and the digest of these same views.
  public func sizeAndDigest() throws(ViewError) -> (size: Int64, digest: String) {
    try run { database in
      var hasher = SHA256()
      for (table, columns, order) in ViewSchema.digested {
        hasher.update(data: Array("\(table)\n".utf8))
        let rows = try Row.fetchCursor(database, sql: "SELECT \(columns) FROM \(table) ORDER BY \(order)")
        while let row = try rows.next() {
          let values = Array(row.databaseValues).map { value -> JSONValue in
            switch value.storage {
            case .null: .null
            // Days at the ends of the range lie beyond what JSON's integers hold exactly.
            case .int64(let number):
              canonicalIntegerRange.contains(number) ? .integer(number) : .string("\(number)")
            case .string(let string): .string(string)
            case .double(let number): .string("\(number)")
            case .blob(let data): .string(Hex.lowercase(data))
            }
          }
          hasher.update(data: try JSONValue.array(values).canonicalBytes() + [UInt8(ascii: "\n")])
        }
      }
      return (try Self.progress(database)?.size ?? 0, Hex.lowercase(hasher.finalize()))
    }
  }
}
