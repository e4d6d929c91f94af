// The digest of the views: what two machines compare to see whether theirs say the same.

internal import CanonicalJSON
internal import Crypto
internal import GRDB
internal import LogStore
internal import Milestones
internal import Synchronization

extension ViewStore {
  /// How much is hashed in one go.
  private static let bufferBytes = 65_536

  /// SHA-256 over the canonical rows of all tables: each table's name and each row, as a JSON array, one a line.
  ///
  /// Equal digests mean equal views, whatever the pages of the file look like.
  public func digest() throws(ViewError) -> String { try sizeAndDigest().digest }

  /// How many events the views contain, and the digest of these same views.
  public func sizeAndDigest() throws(ViewError) -> (size: Int64, digest: String) {
    try run { database in
      var hasher = SHA256()
      // One buffer for all rows: one a row costs as much as the hashing.
      var buffer: [UInt8] = []
      for (table, columns, order) in ViewSchema.digested {
        buffer += Array("\(table)\n".utf8)
        let query = try Query(database, "SELECT \(columns) FROM \(table) ORDER BY \(order)")
        defer { query.reset() }
        while try query.step() {
          try Self.append(query, to: &buffer)
          if buffer.count >= Self.bufferBytes {
            hasher.update(data: buffer)
            buffer.removeAll(keepingCapacity: true)
          }
        }
      }
      hasher.update(data: buffer)
      return (try Self.progress(database)?.size ?? 0, Hex.lowercase(hasher.finalize()))
    }
  }

  /// Appends a row as a canonical JSON array, and a line feed.
  private static func append(_ query: Query, to buffer: inout [UInt8]) throws {
    // The writer takes the buffer over, so that nothing is copied, and gives it back.
    var writer = CanonicalWriter(appendingTo: exchange(&buffer, with: []))
    writer.beginArray()
    for column in 0..<query.columnCount {
      // Texts as they lie there: what is no UTF-8 makes a digest as well.
      if query.isText(column) {
        writer.string(utf8: query.blob(column).bindMemory(to: UInt8.self))
      } else if let number = query.optionalInteger(column) {
        // What holds still and days at the ends of the range lie beyond what JSON's integers hold exactly.
        if canonicalIntegerRange.contains(number) {
          try writer.integer(number)
        } else {
          writer.string("\(number)")
        }
      } else {
        writer.null()
      }
    }
    writer.endArray()
    buffer = writer.bytes
    _ = consume writer
    buffer.append(UInt8(ascii: "\n"))
  }

  private static func exchange(_ buffer: inout [UInt8], with other: [UInt8]) -> [UInt8] {
    defer { buffer = other }
    return buffer
  }

  /// Lets go of the pages of the database that are kept in memory, and of prepared statements: for whoever asks nothing for
  /// some time.
  public func releaseMemory() { opened.withLock { $0 }.queue.releaseMemory() }
}
