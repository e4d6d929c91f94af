// Files that are not what they should be: refused line by line where lines can be told apart, else as a whole.

internal import Foundation
internal import Testing

@Suite("Files that are wrong")
struct FileTests {
  /// What stands in a file, and what must be told of it.
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let told: [String]
    let refused: Int?

    /// `refused` is how many lines are refused: nil if the whole file is, -1 for any number.
    init(_ name: String, _ bytes: [UInt8], refused: Int?, _ told: String...) {
      (self.name, self.bytes, self.refused, self.told) = (name, bytes, refused, told)
    }

    init(_ name: String, _ text: String, refused: Int?, _ told: String...) {
      (self.name, self.bytes, self.refused, self.told) = (name, Array(text.utf8), refused, told)
    }

    var testDescription: String { "\(name): \(String(decoding: bytes.prefix(60), as: UTF8.self))" }
  }

  /// Bytes without sense, the same on every run.
  private static let rubbish: [UInt8] = {
    var state: UInt64 = 7
    return (0..<20_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }()

  private static let head = "type,subject,occurred,country,identifier,chamber,unsourced\n"
  private static let row = "bill.introduced,measure:xx-1,2024,CL,1,senate,true\n"

  static let files: [File] = [
    File(
      "array.jsonl", "[1,2]\n\"text\"\n7\nnull\n", refused: 4, "array.jsonl:1: ", "not a JSON object", ":4: "),
    File("empty-object.jsonl", "{}\n", refused: 1, ":1: type: is missing"),
    File("cut.jsonl", #"{"type":"bill.intro"#, refused: 1, "cut.jsonl:1: ", "no closing quotation mark"),
    File("twice.jsonl", #"{"type":"a","type":"b"}"#, refused: 1, ":1: ", "column"),
    File("number.jsonl", #"{"type":1}"#, refused: 1, ":1: type"),
    File("fraction.jsonl", #"{"type":"bill.introduced","identifier":1.5}"#, refused: 1, ":1: "),
    File("surrogate.jsonl", #"{"type":"\ud800"}"#, refused: 1, ":1: "),
    File("nul.jsonl", "a\u{0}b\n{\"type\":\u{0}}\n", refused: 2, ":1: ", ":2: "),
    File("nul-text.jsonl", #"{"type":"bill.introduced","identifier":"a\u0000b"}"#, refused: 1, "identifier"),
    File("nested.jsonl", String(repeating: "[", count: 100_000), refused: 1, ":1: "),
    File("nested-object.jsonl", String(repeating: #"{"a":"#, count: 50_000), refused: 1, ":1: "),
    File("long.jsonl", #"{"note":""# + String(repeating: "x", count: 65_536) + "\"}\n", refused: 1, ":1: "),
    File(
      "endless.jsonl", String(repeating: "x", count: 3 << 20), refused: 1,
      "endless.jsonl:1: the line is longer than"),
    File(
      "latin1.jsonl", Array(#"{"type":"caf"#.utf8) + [0xe9] + Array("\"}".utf8), refused: 1, ":1: ", "UTF-8"),
    File("utf16.jsonl", [0xff, 0xfe] + Array("{}".utf8).flatMap { [$0, 0] }, refused: 1, ":1: "),
    File("rubbish.jsonl", rubbish, refused: -1, "rubbish.jsonl:1: ", "more"),
    File(
      "sealed.jsonl", #"{"specversion":"1.0","type":"testimony.shared","data":{"_sd":[]}}"#, refused: 1,
      "sealed"),
    File("rubbish.csv", rubbish, refused: nil, "rubbish.csv", "UTF-8"),
    File(
      "latin1.csv", Array((head + "bill.introduced,caf").utf8) + [0xe9], refused: nil, "latin1.csv", "UTF-8"),
    File("empty.csv", "", refused: nil, "empty.csv:1: type: the column is missing"),
    File(
      "no-type.csv", "subject,occurred\nmeasure:x,2024\n", refused: nil,
      "no-type.csv:1: type: the column is missing"),
    File(
      "semicolons.csv", "type;subject\nbill.introduced;measure:x\n", refused: nil, ":1: type", "semicolons"),
    File("tabs.csv", "type\tsubject\nbill.introduced\tmeasure:x\n", refused: nil, ":1: type"),
    File("unnamed.csv", "type,,occurred\nbill.introduced,x,2024\n", refused: nil, ":1: column 2 has no name"),
    File(
      "open-head.csv", "type,\"subject\nbill.introduced,x\n", refused: nil, "open-head.csv:1: ",
      "never closed"),
    File(
      "short.csv", head + "bill.introduced,measure:xx-1\n", refused: 1,
      "short.csv:2: has 2 cells, the first line has 7"),
    File(
      "wide.csv", head + row.dropLast() + ",more\n", refused: 1,
      "wide.csv:2: has 8 cells, the first line has 7"),
    File(
      "open.csv", head + "bill.introduced,\"measure:xx-1\n" + row, refused: 1, "open.csv:2: ", "never closed"),
    File(
      "stray.csv", head + "bill.introduced,mea\"sure:xx-1,2024,CL,1,senate,true\n", refused: 1,
      ":2: cell 2 has a quotation mark"),
    File(
      "after.csv", head + "bill.introduced,\"measure\":xx-1,2024,CL,1,senate,true\n", refused: 1,
      ":2: cell 2 has a quotation mark"),
    File(
      "unknown.csv", "type,zebra\nbill.introduced,1\n", refused: 1,
      "unknown.csv:2: zebra: bill.introduced has no such field"),
    File(
      "lines.csv", head + "\n\"bill.introduced\",\"a\nb\",2024,CL,1,senate,true\nx,y\n", refused: 2,
      "lines.csv:3: subject", "lines.csv:5: has 2 cells"),
  ]

  @Test("A file that is wrong is refused with file and line, exits 65 and writes nothing", arguments: files)
  func fileIsRefused(file: File) throws {
    try withLedger { ledger in
      try ledger.home.write(file.name, file.bytes)
      let before = try ledger.state()
      let form = file.name.hasSuffix(".csv") ? "csv" : "jsonl"
      for (arguments, input, shown) in [
        (["import", file.name], [], file.name), (["import", "--from", form, "-"], file.bytes, "-"),
        (["import", "--atomic", file.name], [], file.name),
      ] {
        let ended = try ledger.annals(arguments, input: input)
        expectFailure(ended, 65)
        for text in file.told {
          let text = text.replacingOccurrences(of: file.name, with: shown)
          #expect(ended.errors.contains(text), "\"\(text)\" is not told: \(ended)")
        }
        if let refused = file.refused, refused >= 0 {
          #expect(ended.output == "0 added, 0 already there, \(refused) refused\n", "\(ended)")
        } else if file.refused == nil {
          #expect(ended.output == "", "\(ended)")
          #expect(ended.errorLines.count == 1, "\(ended)")
        }
        #expect(ended.errorLines.count <= 105, "a screen can be read, \(ended.errorLines.count) lines cannot")
        for line in ended.errorLines { #expect(line.utf8.count < 1_000, "\(line.prefix(200))") }
        try expectUnchanged(ledger, since: before)
      }
    }
  }

  @Test(
    "A row that is wrong does not keep the others out, nor is it counted twice", arguments: ["csv", "jsonl"])
  func othersGoIn(form: String) throws {
    let lines =
      form == "csv"
      ? [
        Self.head.dropLast().description, "bill.introduced,measure:xx-1,2024,CL,1,senate,true", "x,y", "",
        "bill.introduced,measure:xx-2,2024,QQ,1,senate,true",
        "bill.introduced,measure:xx-3,2024,CL,1,senate,true",
      ]
      : [
        "",
        #"{"type":"bill.introduced","subject":"measure:xx-1","occurred":"2024","country":"CL","identifier":"1","chamber":"s","unsourced":true}"#,
        "[]", "",
        #"{"type":"bill.introduced","subject":"measure:xx-2","occurred":"2024","country":"QQ","identifier":"1","chamber":"s","unsourced":true}"#,
        #"{"type":"bill.introduced","subject":"measure:xx-3","occurred":"2024","country":"CL","identifier":"1","chamber":"s","unsourced":true}"#,
      ]
    // As other systems write it: a byte order mark, CRLF, no line break at the end.
    for (mark, lineBreak) in [("", "\n"), ("\u{feff}", "\r\n")] {
      try withLedger { ledger in
        let name = try ledger.home.write("events.\(form)", mark + lines.joined(separator: lineBreak))
        let atomic = try ledger.annals("import", "--atomic", name)
        #expect(atomic.output == "0 added, 0 already there, 2 refused\n", "\(atomic)")
        #expect(atomic.errors.contains("nothing was added"))
        #expect(try ledger.size() == TestLedger.sizeAtFirst)
        let first = try ledger.annals("import", name)
        #expect(first.output == "2 added, 0 already there, 2 refused\n", "\(first)")
        #expect(first.how == .exit(65))
        #expect(first.errors.contains("events.\(form):3: "))
        #expect(first.errors.contains("events.\(form):5: country: "))
        #expect(first.errorLines.count == 2)
        let again = try ledger.annals("import", name)
        #expect(again.output == "0 added, 2 already there, 2 refused\n", "\(again)")
      }
    }
  }

  @Test(
    "Cells in quotation marks hold commas, line breaks and quotation marks",
    arguments: [
      ("\"a, b\"", "a, b"), ("\"a \"\"b\"\"\"", "a \"b\""), ("\"\"\"\"", "\""), (" plain ", "plain"),
      (" \"kept \" ", "kept "),
      ("米兔", "米兔"), ("\u{301}a", "\u{301}a"), ("a;b", "a;b"), ("a'b", "a'b"), ("a\u{2028}b", "a\u{2028}b"),
    ])
  func cells(cell: String, value: String) throws {
    try withLedger { ledger in
      let table =
        "type,subject,occurred,country,chamber,unsourced,identifier\n"
        + "bill.introduced,measure:xx-1,2024,CL,senate,true,\(cell)\n"
      let ended = try ledger.annals("import", "--from", "csv", "-", input: Array(table.utf8))
      #expect(ended.output == "1 added, 0 already there, 0 refused\n", "\(ended)")
      let leaf = try ledger.annals("replay", "--from", "13").output
      let escaped = value.replacingOccurrences(of: "\"", with: "\\\"")
      #expect(Data(leaf.utf8).range(of: Data("\"identifier\":\"\(escaped)\"".utf8)) != nil, "\(leaf)")
    }
  }

  @Test("A file without events adds nothing and is no failure", arguments: ["", "\n\n", "\u{feff}", " \t\n"])
  func emptyFile(text: String) throws {
    try withLedger { ledger in
      try ledger.home.write("empty.jsonl", text)
      let before = try ledger.state()
      let ended = try ledger.annals("import", "empty.jsonl")
      #expect(ended.how == .exit(0) && ended.output == "0 added, 0 already there, 0 refused\n", "\(ended)")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A directory, a missing file and one without rights exit 66 before anything is read")
  func notFiles() throws {
    try withLedger { ledger in
      try ledger.home.write(
        "good.jsonl",
        #"{"type":"statement.made","subject":"statement:a","occurred":"2024","speaker":"A","unsourced":true}"#
      )
      let before = try ledger.state()
      for (name, told) in [
        (".", "is a directory"), ("nowhere.jsonl", "there is no such file"), ("", "no such file"),
      ] {
        expectFailure(try ledger.annals("import", "good.jsonl", name), 66, told)
        expectFailure(try ledger.annals("import", name, "--from", "csv"), 66, told)
        expectFailure(try ledger.annals("append", "--json", name), 66, told)
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "An event in a file that is none is refused by append too",
    arguments: [
      "", "[]", "{", "{} {}", "\u{0}", #"{"type":"bill.introduced"}"#, "{\"type\":\"zebra\"}", "\u{feff}{}",
    ])
  func appendJSON(text: String) throws {
    try withLedger { ledger in
      try ledger.home.write("event.json", text)
      let before = try ledger.state()
      expectFailure(try ledger.annals("append", "--json", "event.json"), 65)
      expectFailure(try ledger.annals("append", "--json", "-", input: Array(text.utf8)), 65)
      expectFailure(try ledger.annals("append", "--json", "-", "--dry-run", input: Self.rubbish), 65)
      let tooLong = Array(#"{"note":""#.utf8) + [UInt8](repeating: 0x78, count: 2 << 20)
      expectFailure(try ledger.annals("append", "--json", "-", input: tooLong), 65, "65535")
      try expectUnchanged(ledger, since: before)
    }
  }
}
