// The tables that folds fill: how the rows of a subject are replaced without losing what was known before.

internal import LogStore

/// A table whose rows a fold gives: what is known of a subject from one point of knowledge until before another.
struct DerivedTable: Sendable {
  /// The name.
  let name: String
  /// The columns beside `subject`, `known_from` and `known_until`.
  let columns: [String]
  /// The columns that tell rows of one subject and one point of knowledge apart.
  let identity: [String]

  static let profile = DerivedTable(
    name: "profile", columns: ["party", "kind", "country", "institution", "title"], identity: ["party"])
  static let life = DerivedTable(name: "life", columns: ["party", "stretches"], identity: ["party"])
  static let anomaly = DerivedTable(
    name: "anomaly", columns: ["party", "position", "from_day", "until_day", "kind", "detail"],
    identity: ["party", "position", "from_day", "kind", "detail"])

  static let all = [profile, life, anomaly]

  /// One cell of a row; texts are the same only if their bytes are.
  enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(ExactText)

    init(_ text: String?) { self = text.map { .text(ExactText($0)) } ?? .null }
    init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }

    fileprivate init(_ query: Query, _ column: Int32) {
      self =
        query.isInteger(column)
        ? .integer(query.integer(column)) : query.repairedText(column).map { .text(ExactText($0)) } ?? .null
    }

    fileprivate func bind(_ index: Int32, to query: Query) throws {
      switch self {
      case .null: try query.bind(index, Int64?.none)
      case .integer(let number): try query.bind(index, number)
      case .text(let text): try query.bind(index, text.text)
      }
    }
  }

  var openRows: String {
    "SELECT \(columns.joined(separator: ", ")) FROM \(name) WHERE subject = ? AND known_until = \(ViewSchema.open)"
  }

  var insert: String {
    "INSERT INTO \(name) (subject, \(columns.joined(separator: ", ")), known_from, known_until) VALUES "
      + "(?, \(columns.map { _ in "?" }.joined(separator: ", ")), ?, \(ViewSchema.open))"
  }

  var close: String {
    "UPDATE \(name) SET known_until = ? WHERE subject = ? AND known_until = \(ViewSchema.open) AND "
      + identity.map { "\($0) = ?" }.joined(separator: " AND ")
  }

  var reopen: String {
    "UPDATE \(name) SET known_until = \(ViewSchema.open) WHERE subject = ? AND known_until = ?"
  }

  var delete: String {
    "DELETE FROM \(name) WHERE subject = ? AND known_until = \(ViewSchema.open) AND known_from = ?"
  }

  /// The statements, for tests that look at their plans.
  var statements: [(name: String, sql: String)] {
    [
      ("\(name): rows of a subject", openRows), ("\(name): closing a row", close),
      ("\(name): opening rows again", reopen), ("\(name): deleting rows", delete),
    ]
  }

  /// Takes back what an earlier event of the same block did to the rows of a subject: within a block the rows are those
  /// of the last event that touches it, however many steps the views took to come there.
  func takeBack(_ subject: String, _ version: SubjectVersion, _ statements: HotStatements.Derived) throws {
    try statements.delete.bind(1, subject)
    try statements.delete.bind(2, version.knownFrom)
    try statements.delete.run()
    try statements.reopen.bind(1, subject)
    try statements.reopen.bind(2, version.touchedFrom)
    try statements.reopen.run()
  }

  /// The rows of a subject that are known still.
  func rows(of subject: String, _ statements: HotStatements.Derived) throws -> [[Cell]] {
    let query = statements.openRows
    defer { query.reset() }
    try query.bind(1, subject)
    var rows: [[Cell]] = []
    while try query.step() { rows.append(columns.indices.map { Cell(query, Int32($0)) }) }
    return rows
  }

  /// Puts rows in the place of those that are known still. Rows that stay the same stay as they are.
  ///
  /// - Parameters:
  ///   - old: the rows that are known still.
  ///   - rows: the cells of each row, in the order of ``columns``; no row twice.
  ///   - subject: the subject.
  ///   - version: since when something may have changed, and since when the rows hold.
  ///   - statements: those of this table.
  /// - Throws: errors of the engine.
  func replace(
    _ old: [[Cell]], by rows: [[Cell]], of subject: String, _ version: SubjectVersion,
    _ statements: HotStatements.Derived
  ) throws {
    // As a rule a life goes on: what stands before and behind the change is the same, row by row.
    let limit = min(old.count, rows.count)
    var start = 0
    while start < limit, old[start] == rows[start] { start += 1 }
    var end = 0
    while end < limit - start, old[old.count - 1 - end] == rows[rows.count - 1 - end] { end += 1 }
    let (gone, come) = (old[start..<(old.count - end)], rows[start..<(rows.count - end)])
    // Few rows change, as a rule: to look at each costs less than to hash them all.
    let (isKept, isThere) = (Self.membership(of: come), Self.membership(of: gone))
    for row in gone where !isKept(row) {
      try statements.close.bind(1, version.touchedFrom)
      try statements.close.bind(2, subject)
      var index: Int32 = 3
      for (column, cell) in zip(columns, row) where identity.contains(column) {
        try cell.bind(index, to: statements.close)
        index += 1
      }
      try statements.close.run()
    }
    for row in come where !isThere(row) {
      try statements.insert.bind(1, subject)
      for (index, cell) in row.enumerated() { try cell.bind(Int32(index) + 2, to: statements.insert) }
      try statements.insert.bind(Int32(columns.count) + 2, version.knownFrom)
      try statements.insert.run()
    }
  }

  /// Whether a row is among others.
  private static func membership(of rows: ArraySlice<[Cell]>) -> ([Cell]) -> Bool {
    if rows.isEmpty { return { _ in false } }
    if rows.count <= 8 { return { rows.contains($0) } }
    let set = Set(rows)
    return { set.contains($0) }
  }
}

/// Which events of one block touch a subject: the first, and the last, with which its rows were made.
struct SubjectVersion: Equatable {
  /// The first event of the block that touches it: the rows of before hold until then.
  var touchedFrom: Int64
  /// The last event of the block that touches it: its rows hold from then on.
  var knownFrom: Int64
}
