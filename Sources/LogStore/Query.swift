// A prepared statement stepped through SQLite's C interface: GRDB keeps and frees it, but its rows and
// arguments would cost 1.3 to 9 times as much.

package import GRDB
internal import GRDBSQLite
internal import TransparencyLog

/// A failure that SQLite reported, before it is known what it means to the caller.
package struct EngineFailure: Error {
  /// The extended result code.
  package let code: Int32
  /// The `errno` behind it, or 0.
  let systemError: Int32

  init(code: Int32, connection: OpaquePointer?) {
    self.code = code
    systemError = connection.map { sqlite3_system_errno($0) } ?? 0
  }

  init(_ error: DatabaseError) {
    code = error.extendedResultCode.rawValue
    systemError = 0
  }

  /// The code without its extension.
  package var primaryCode: Int32 { code & 0xFF }
}

/// A cached statement on one connection, to be used only while that connection is held.
///
/// Whoever steps it calls ``reset()`` when done: a statement left standing keeps its snapshot open.
package struct Query {
  private let statement: Statement
  private let handle: OpaquePointer

  /// Prepares a statement, or takes it from those that the connection keeps.
  package init(_ database: Database, _ sql: String) throws {
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Runs a statement that takes no values and whose rows do not matter.
  static func run(_ database: Database, _ sql: String) throws {
    let query = try Query(database, sql)
    defer { query.reset() }
    while try query.step() {}
  }

  /// The first column of the first row, as a number.
  static func number(_ database: Database, _ sql: String) throws -> Int64? {
    let query = try Query(database, sql)
    defer { query.reset() }
    return try query.step() ? query.integer(0) : nil
  }

  /// The first column of the first row, as text. `argument` is for the statement's one parameter, if any.
  static func text(_ database: Database, _ sql: String, _ argument: String? = nil) throws -> String? {
    let query = try Query(database, sql)
    defer { query.reset() }
    if let argument { try query.bind(1, argument) }
    return try query.step() ? query.text(0) : nil
  }

  // MARK: Stepping

  /// Moves to the next row; false at the end.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw EngineFailure(code: code, connection: sqlite3_db_handle(handle))
    }
  }

  /// Makes the statement ready to run again. What it reports was reported by the step that failed.
  package func reset() {
    sqlite3_reset(handle)
  }

  // MARK: Values going in; indices start at 1

  /// Binds a number, or NULL.
  package func bind(_ index: Int32, _ value: Int64?) throws {
    guard let value else { return try check(sqlite3_bind_null(handle, index)) }
    try check(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds a text, or NULL.
  package func bind(_ index: Int32, _ value: String?) throws {
    guard var value else { return try check(sqlite3_bind_null(handle, index)) }
    let code = value.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { text in
        sqlite3_bind_text64(
          handle, index, text.baseAddress, UInt64(text.count), Self.copied, UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  /// Binds a text, or NULL, without copying it, for as long as `body` runs: it must step the statement and reset it.
  func borrowing(_ index: Int32, _ value: String?, _ body: () throws -> Void) throws {
    guard var value else {
      try check(sqlite3_bind_null(handle, index))
      return try body()
    }
    try value.withUTF8 { utf8 in
      try utf8.withMemoryRebound(to: CChar.self) { text in
        try check(
          sqlite3_bind_text64(handle, index, text.baseAddress, UInt64(text.count), nil, UInt8(SQLITE_UTF8)))
      }
      try body()
    }
  }

  func bind(_ index: Int32, _ value: SixteenBytes) throws {
    try check(
      value.withBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), Self.copied) })
  }

  /// Binds bytes without copying them: they must stay where they are until the statement is reset.
  package func bindBorrowed(_ index: Int32, _ bytes: UnsafeRawBufferPointer) throws {
    // A null pointer would be stored as NULL rather than as no bytes.
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return try check(sqlite3_bind_zeroblob(handle, index, 0))
    }
    try check(sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), nil))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else {
      throw EngineFailure(code: code, connection: sqlite3_db_handle(handle))
    }
  }

  /// SQLITE_TRANSIENT, whose macro Swift does not import: SQLite makes its own copy.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
  }

  // MARK: Values coming out; columns start at 0

  /// A number; 0 for what is none.
  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// A number; nil for NULL.
  package func optionalInteger(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(column)
  }

  /// Lends a blob that is valid until the next step.
  package func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  /// Lends a leaf that is valid until the next step.
  func leaf(_ column: Int32) throws -> UnsafeRawBufferPointer {
    let bytes = blob(column)
    guard bytes.count <= Leaf.maximumBytes else {
      throw LogError.damaged(detail: "a leaf has \(bytes.count) bytes, over the limit")
    }
    return bytes
  }

  func sixteenBytes(_ column: Int32) throws -> SixteenBytes {
    guard let bytes = SixteenBytes(blob(column)) else {
      throw LogError.damaged(detail: "an id or a content tag has \(blob(column).count) bytes, not 16")
    }
    return bytes
  }

  func hash(_ column: Int32) throws -> MerkleHash {
    guard let hash = MerkleHash(blob(column)) else {
      throw LogError.damaged(detail: "a hash has \(blob(column).count) bytes, not 32")
    }
    return hash
  }

  /// A text, repaired where it is no UTF-8; nil for NULL.
  package func repairedText(_ column: Int32) -> String? {
    guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    return String(decoding: blob(column), as: UTF8.self)
  }

  /// A copy of a blob; nil for NULL.
  package func bytes(_ column: Int32) -> [UInt8]? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : Array(blob(column))
  }

  /// How many columns a row has.
  package var columnCount: Int32 { sqlite3_column_count(handle) }

  /// Whether a column holds a number.
  package func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_INTEGER }

  /// Whether a column holds a text.
  package func isText(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_TEXT }

  /// Runs a statement whose values are bound and whose rows do not matter, and makes it ready to run again.
  package func run() throws {
    defer { reset() }
    while try step() {}
  }

  func text(_ column: Int32) throws -> String? {
    guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    let bytes = blob(column)
    let text = String(decoding: bytes, as: UTF8.self)
    // Bytes that are no UTF-8 come out repaired, and so differ.
    guard ExactText.equals(text, bytes) else {
      throw LogError.damaged(detail: "a column holds text that is not UTF-8")
    }
    return text
  }
}
