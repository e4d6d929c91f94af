// The digest of the views: what two machines compare to see whether theirs say the same.

internal import CanonicalJSON
internal import Crypto
internal import GRDB
internal import LogStore
internal import Milestones
internal import Synchronization

extension ViewStore {
  private static let lineFeed = [UInt8(ascii: "\n")]

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
        let query = try Query(database, "SELECT \(columns) FROM \(table) ORDER BY \(order)")
        defer { query.reset() }
        while try query.step() {
          var writer = CanonicalWriter()
          writer.reserveCapacity(512)
          writer.beginArray()
          for column in 0..<query.columnCount {
            if query.isInteger(column) {
              let number = query.integer(column)
              // Days at the ends of the range lie beyond what JSON's integers hold exactly.
              if canonicalIntegerRange.contains(number) {
                try writer.integer(number)
              } else {
                writer.string("\(number)")
              }
            } else if let text = query.repairedText(column) {
              writer.string(text)
            } else {
              writer.null()
            }
          }
          writer.endArray()
          hasher.update(data: writer.bytes)
          hasher.update(data: Self.lineFeed)
        }
      }
      return (try Self.progress(database)?.size ?? 0, Hex.lowercase(hasher.finalize()))
    }
  }

  /// Lets go of the pages of the database that are kept in memory, and of prepared statements: for whoever asks nothing for
  /// some time.
  public func releaseMemory() { opened.withLock { $0 }.queue.releaseMemory() }
}
