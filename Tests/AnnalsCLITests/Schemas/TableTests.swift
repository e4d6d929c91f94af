// Tables against lines: the columns of --format csv are the plain keys of the row's schema, and the cells say the same.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite(
  "Tables and lines", .enabled(if: find("python3") != nil, "tables are read back by Python's module csv"))
struct TableTests {
  /// Command lines that give the same when they are run again, with rows for which quotation marks are needed.
  private static let repeatable = [
    ["status"], ["status", "FR", "--on", "2018-01-01"], ["timeline"], ["show", "campaign:metoo"],
    ["show", "measure:xx-1"], ["vocabulary", "list"], ["vocabulary", "show", "treaty.ratified"], ["schema"],
    ["rebuild"], ["import", "none.jsonl"], ["credit", "campaign:metoo"], ["reach", "campaign:metoo"],
    ["reach", "campaign:metoo", "--figures"], ["links", "campaign:metoo"], ["assessments"], ["votes"],
    ["evidence"], ["tally"], ["tally", "--by", "country-year"], ["tally", "--released"],
    ["tally", "--dry-run"],
    ["disputes"], ["check"], ["diff", "--from", "100"], ["explain", "measure:us-115-s3749"],
    ["explain", "treaty:ilo-c190"], ["diff", "--from-day", "2017-12-31", "--to-day", "2018-12-31", "CN"],
    ["vocabulary", "reference"], ["vocabulary", "lifecycles"],
    ["vocabulary", "adopt", "climate.json", "--dry-run"], ["keys", "list"],
    ["show", "metoo-T7", "--disclose"], ["disclose", "--register"],
    ["append", "bill.introduced", "id=E1", #"title=Ley, "uno","#] + goodFields(),
    ["append", "bill.introduced", "--dry-run"] + goodFields(2),
  ]

  @Test(
    "Every command with rows has a table, whose columns are the keys of a row that are no list and no object")
  func columns() throws {
    let schemas = try PrintedSchemas()
    let tabular = schemas.all.filter { $0.printedBy.contains { $0.format == "csv" } }
    #expect(tabular.count > 10)
    // Each command whose lines have a schema has a table, but those whose result is none.
    for schema in schemas.all
    where !["event", "json-schema", "checkpoint", "proof", "erase", "disclose", "restore"].contains(
      schema.name)
    {
      let lines = schema.printedBy.filter { $0.format == "jsonl" }
      let tables = schema.printedBy.filter { $0.format == "csv" }
      #expect(
        lines.map(\.path) == tables.map(\.path) && lines.map(\.flags) == tables.map(\.flags), "\(schema.name)"
      )
    }
    var seen: Set<String> = []
    try withTable { ledger in
      let key = try ledger.annals("keys").outputLines.joined()
      for words in Self.repeatable + [
        ["init", "second"], ["verify"], ["backup", "second-backup"], ["check-snapshot", "world.json"],
        ["publish", "www"],
        ["catch-up", "copies/log.db"],
        ["check-proof", "event.tlog-proof", "--event", "leaf.json", "--key", key],
        ["check-disclosure", "handed-over.json", "--key", key],
        ["keys", "rotate", "--reason", "yearly, as \"agreed\""],
      ] {
        let csv = try ledger.annals(words + ["--format", "csv"])
        let schema = try #require(schemas.schema(of: words, format: "csv"), "annals \(words) has no schema")
        #expect(csv.how == .exit(0), "\(csv)")
        let columns = try Self.read(csv.standardOutput).columns
        #expect(
          Set(columns) == Self.plainKeys(schema.value) && Set(columns).count == columns.count, "\(words)")
        seen.insert(schema.name)
      }
    }
    #expect(seen == Set(tabular.map(\.name)), "tables that no command line here prints")
  }

  @Test("A table says the same as the lines", arguments: repeatable)
  func rows(words: [String]) throws {
    try withTable { ledger in
      let lines = try ledger.annals(words + ["--format", "jsonl"]).outputLines.map {
        try JSONValue(parsing: $0)
      }
      let csv = try ledger.annals(words + ["--format", "csv"])
      let (columns, rows) = try Self.read(csv.standardOutput)
      #expect(rows.count == lines.count && !rows.isEmpty, "\(csv)")
      for (row, line) in zip(rows, lines) {
        #expect(row == columns.map { Self.cell(line[$0]) }, "\(line)")
      }
    }
  }

  @Test("The rows that are compared have commas, quotation marks and letters beyond ASCII")
  func variety() throws {
    try withTable { ledger in
      let csv = try ledger.annals("timeline", "--format", "csv").output
      #expect(csv.contains(#","Ley, ""uno"","#) && csv.contains("米兔"))
    }
  }

  /// The record, and a bill with a title that needs quotation marks.
  private func withTable(_ body: (TestLedger) throws -> Void) throws {
    try withRecord { ledger in
      try ledger.home.write("none.jsonl", "")
      try ledger.prepareForExamples()
      let bill = ["append", "bill.introduced", "id=E1", #"title=Ley, "uno","#] + goodFields()
      // The same event again is what `repeatable` appends: it is there already.
      try #require(ledger.annals(bill).how == .exit(0))
      try body(ledger)
    }
  }

  /// The keys of a schema's document that hold no list and no object.
  private static func plainKeys(_ schema: JSONValue) -> Set<String> {
    Set(
      (schema["properties"]?.object?.map { $0 } ?? []).compactMap { key, property in
        var property = property
        if let part = property["$ref"]?.string?.split(separator: "/").last {
          property = schema["$defs"]?[String(part)] ?? .null
        }
        let types = property["type"]?.array?.compactMap(\.string) ?? [property["type"]?.string ?? ""]
        return types.contains("array") || types.contains("object") ? nil : key
      })
  }

  /// A value as a cell has it.
  private static func cell(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .bool(let bool): bool ? "true" : "false"
    default: ""
    }
  }

  /// Reads a table with Python's module csv, which holds strictly to RFC 4180 when told so.
  private static func read(_ table: [UInt8]) throws -> (columns: [String], rows: [[String]]) {
    let script = """
      import csv, io, json, sys
      text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')
      for row in csv.reader(text, strict=True): print(json.dumps(row))
      """
    let ended = try ChildProcess(
      find("python3") ?? "", ["-c", script], environment: Annals.environment(), in: "/", input: table
    ).wait()
    try #require(ended.how == .exit(0), "\(ended)")
    let rows = try ended.outputLines.map { line in
      (try JSONValue(parsing: line).array ?? []).map { $0.string ?? "" }
    }
    return (rows.first ?? [], Array(rows.dropFirst()))
  }
}
