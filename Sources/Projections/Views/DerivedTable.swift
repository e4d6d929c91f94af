// The tables that folds fill: how the rows of a subject are replaced without losing what was known before.

internal import GRDB

/// A table whose rows a fold gives: what is known of a subject from one point of knowledge until before another.
struct DerivedTable {
  /// The name.
  let name: String
  /// The columns beside `subject`, `known_from` and `known_until`.
  let columns: [String]
  /// The columns that tell rows of one subject and one point of knowledge apart.
  let identity: [String]

  static let profile = DerivedTable(
    name: "profile", columns: ["party", "kind", "country", "institution", "title"], identity: ["party"])
  static let standing = DerivedTable(
    name: "standing",
    columns: [
      "party", "from_day", "until_day", "stage", "detail", "certainty", "certain_stage", "since", "position",
      "last_position", "event_count", "source_count", "anomaly_count", "dispute_count",
    ], identity: ["party", "from_day"])
  static let anomaly = DerivedTable(
    name: "anomaly", columns: ["party", "position", "from_day", "until_day", "kind", "detail"],
    identity: ["party", "position", "from_day", "kind", "detail"])

  static let all = [profile, standing, anomaly]

  /// One cell of a row; texts are the same only if their bytes are.
  enum Cell: Hashable {
    case null
    case integer(Int64)
    case text(ExactText)

    init(_ text: String?) { self = text.map { .text(ExactText($0)) } ?? .null }
    init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }

    fileprivate init(_ value: DatabaseValue) {
      switch value.storage {
      case .int64(let number): self = .integer(number)
      case .string(let text): self = .text(ExactText(text))
      default: self = .null
      }
    }

    var value: (any DatabaseValueConvertible)? {
      switch self {
      case .null: nil
      case .integer(let number): number
      case .text(let text): text.text
      }
    }
  }

  private var openRows: String {
    "SELECT \(columns.joined(separator: ", ")) FROM \(name) WHERE subject = ? AND known_until = \(ViewSchema.open)"
  }

  private var insert: String {
    "INSERT INTO \(name) (subject, \(columns.joined(separator: ", ")), known_from, known_until) VALUES "
      + "(?, \(columns.map { _ in "?" }.joined(separator: ", ")), ?, \(ViewSchema.open))"
  }

  private var close: String {
    "UPDATE \(name) SET known_until = ? WHERE subject = ? AND known_until = \(ViewSchema.open) AND "
      + identity.map { "\($0) = ?" }.joined(separator: " AND ")
  }

  private var reopen: String {
    "UPDATE \(name) SET known_until = \(ViewSchema.open) WHERE subject = ? AND known_until = ?"
  }

  private var delete: String {
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
  func takeBack(_ subject: String, _ version: SubjectVersion, in database: Database) throws {
    try database.cachedStatement(sql: delete).execute(arguments: [subject, version.knownFrom])
    try database.cachedStatement(sql: reopen).execute(arguments: [subject, version.touchedFrom])
  }

  /// Puts rows in the place of those that are known still. Rows that stay the same stay as they are.
  ///
  /// - Parameters:
  ///   - rows: the cells of each row, in the order of ``columns``.
  ///   - subject: the subject.
  ///   - version: since when something may have changed, and since when the rows hold.
  ///   - database: the views.
  /// - Throws: errors of the engine.
  func replace(_ rows: [[Cell]], of subject: String, _ version: SubjectVersion, in database: Database) throws
  {
    var new = Set(rows)
    let closing = try database.cachedStatement(sql: close)
    for row in try Row.fetchAll(database.cachedStatement(sql: openRows), arguments: [subject]) {
      let cells = Array(row.databaseValues).map(Cell.init)
      if new.remove(cells) != nil { continue }
      let values = zip(columns, cells).filter { identity.contains($0.0) }.map(\.1.value)
      try closing.execute(arguments: StatementArguments([version.touchedFrom, subject] + values))
    }
    let inserting = try database.cachedStatement(sql: insert)
    // In their own order, each once.
    for row in rows where new.remove(row) != nil {
      try inserting.execute(arguments: StatementArguments([subject] + row.map(\.value) + [version.knownFrom]))
    }
  }
}

/// Which events of one block touch a subject: the first, and the last, with which its rows were made.
struct SubjectVersion: Equatable {
  /// The first event of the block that touches it: the rows of before hold until then.
  var touchedFrom: Int64
  /// The last event of the block that touches it: its rows hold from then on.
  var knownFrom: Int64
}
