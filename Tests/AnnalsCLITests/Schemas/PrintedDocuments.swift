// Documents of every kind, printed by the program: the examples of its help, each in JSON and in lines, and what they
// leave out, such as an empty ledger, another day and every outcome that a move can have.

internal import CanonicalJSON
internal import Foundation
internal import Testing

/// Documents by the name of their schema.
struct PrintedDocuments {
  /// Gathered once for all tests.
  static let shared = Result { try PrintedDocuments() }

  let schemas: PrintedSchemas
  private(set) var byName: [String: [JSONValue]] = [:]

  private init() throws {
    schemas = try PrintedSchemas()
    try addExamples()
    try addRecord()
    try addEmpty()
    try addTampered()
    try addEveryOutcome()
  }

  /// Runs a command in both formats of JSON and keeps what it prints.
  private mutating func add(_ ledger: TestLedger, _ words: String..., code: Int32 = 0) throws {
    for format in ["json", "jsonl"] {
      try keep(ledger.annals(words + ["--format", format]), words, format: format, code: code)
    }
  }

  private mutating func keep(_ ended: Ended, _ words: [String], format: String, code: Int32 = 0) throws {
    try #require(ended.how == .exit(code), "\(ended)")
    let schema = try #require(
      schemas.schema(of: words, format: format), "annals \(words.joined(separator: " ")) has no schema")
    byName[schema.name, default: []] += try ended.outputLines.map { try JSONValue(parsing: $0) }
  }

  /// What the help shows, so that the documents of a new command are looked at without a word here.
  private mutating func addExamples() throws {
    for command in CommandTree.all where command.isLeaf && command.options.contains("format") {
      for example in try CommandTree.examples(of: command)
      where !example.contains(where: { "|>".contains($0) }) {
        for format in ["json", "jsonl"] where command.formats.contains(format) {
          try withRecord { ledger in
            try ledger.prepareForExamples()
            let ended = try ledger.shell("\(example) --format \(format)")
            // Arguments in quotation marks are several words here, which changes nothing of what is looked at.
            let words = example.split { $0 == " " || $0 == "\n" || $0 == "\\" }.map(String.init)
            try keep(ended, Array(words.dropFirst()), format: format)
          }
        }
      }
    }
  }

  private mutating func addRecord() throws {
    try withRecord { ledger in
      for scope in [[], ["US"], ["int/un"], ["treaty:paris-2015"], ["FR", "--on", "2018-01-01"], ["ZW"]] {
        for command in ["status", "timeline"] {
          for format in ["json", "jsonl"] {
            let words = [command] + scope
            try keep(ledger.annals(words + ["--format", format]), words, format: format)
          }
        }
      }
      // One shell for all subjects: the time goes into starting programs.
      let rows = try ledger.annals("status", "--format", "jsonl").outputLines.map {
        try JSONValue(parsing: $0)
      }
      let subjects = Set(rows.compactMap { $0["subject"]?.string }).sorted()
      try #require(subjects.count > 40)
      for command in ["show", "explain"] {
        let loop =
          "for s in \(subjects.joined(separator: " ")); do annals \(command) $s --format json || exit; done"
        try keep(ledger.shell(loop), [command], format: "json")
      }
      try add(ledger, "show", "campaign:metoo")
      try add(ledger, "show", "treaty:paris-2015", "--on", "2018-01-01")
      try add(ledger, "replay")
      for scope in ["CN", "campaign:metoo", "int/un"] {
        let words = ["snapshot", scope]
        try keep(ledger.annals(words + ["--format", "json"]), words, format: "json")
      }
      let types = "annals vocabulary list --format csv | tail -n +2 | cut -d, -f1"
      let shown = "for t in $(\(types)); do annals vocabulary show $t --format json || exit; done"
      try keep(ledger.shell(shown), ["vocabulary", "show"], format: "json")
      try add(ledger, "vocabulary", "show", "entity.registered")
    }
    byName["json-schema", default: []] += try schemas.all.map(\.value) + TypeSchemas.shared.get()
  }

  /// A published log in which a byte was changed.
  private mutating func addTampered() throws {
    try withRecord { ledger in
      try ledger.prepareForExamples()
      let tampered = try ledger.shell(
        "f=$(find www/tile/entries -type f | sort | head -n 1) && printf x | dd of=$f bs=1 seek=99 conv=notrunc"
      )
      try #require(tampered.how == .exit(0), "\(tampered)")
      let key = try ledger.annals("keys").outputLines.joined()
      try add(ledger, "verify", "www", "--key", key, code: 1)
      try #require(ledger.shell("sed -i s/viral/quiet/ world.json").how == .exit(0))
      try add(ledger, "check-snapshot", "world.json", code: 1)
    }
  }

  private mutating func addEmpty() throws {
    try withLedger { ledger in
      for command in ["status", "timeline"] {
        try add(ledger, command)
        try add(ledger, command, "FR")
        try add(ledger, command, "--on", "1990-01-01")
      }
      try add(ledger, "replay")
      try add(ledger, "rebuild")
      let refused = #"{"type":"bill.introduced"}"# + "\n"
      try ledger.home.write("refused.jsonl", refused)
      try add(ledger, "import", "refused.jsonl", code: 65)
      try add(
        ledger, "append", "testimony.shared", "--dry-run", "campaign=campaign:x", "occurred=2018-03-05",
        "country=CL",
        "person=Aurora")
      try add(
        ledger, "append", "testimony.shared", "campaign=campaign:x", "occurred=2018-03-05", "country=CL",
        "person=Aurora")
      try add(
        ledger, "append", "bill.introduced", "id=E1", "subject=measure:xx-1", "occurred=2024",
        "identifier=1", "chamber=senate", "unsourced=true")
      try add(ledger, "replay", "--from", "13")
    }
  }

  /// Events of which one moved the stage, one waits, one has too open a date, one is an anomaly and two are rivals.
  private mutating func addEveryOutcome() throws {
    func bill(_ type: String, _ subject: String, _ occurred: String, _ rest: String) -> String {
      #"{"type":"\#(type)","subject":"measure:\#(subject)","occurred":"\#(occurred)","unsourced":true,\#(rest)}"#
    }
    let introduced = #""identifier":"1","chamber":"senate""#
    try withLedger { ledger in
      try ledger.home.write(
        "events.jsonl",
        [
          bill("bill.introduced", "a", "2012", introduced),
          bill("law.commenced", "a", "2013-02-03", #""scope":"whole","country":"CL""#),
          bill("bill.enacted", "a", "2013-04-02", #""mode":"signed""#),
          bill("bill.introduced", "b", "2024-01-01", introduced),
          bill("bill.passed", "b", "2024-05/..", #""chamber":"senate""#),
          bill("bill.introduced", "c", "2024?", introduced),
          bill("law.ended", "c", "2023-01-01", #""kind":"repealed""#),
          bill("bill.introduced", "d", "2024-01-01", introduced),
          bill("bill.failed", "d", "2024-02-01", #""kind":"lapsed","claim":"end""#),
          bill("bill.enacted", "d", "2024-02-01", #""mode":"signed","claim":"end""#),
          bill("bill.introduced", "e", "2024?", introduced),
        ].joined(separator: "\n") + "\n")
      try add(ledger, "import", "events.jsonl")
      try add(ledger, "status")
      let retraction = ["subject=measure:e", "target=23", "occurred=2024-03-01", "reason=false"]
      try #require(ledger.annals(["append", "event.retracted"] + retraction).how == .exit(0))
      for subject in ["a", "b", "c", "d", "e"] {
        try add(ledger, "show", "measure:\(subject)")
        try add(ledger, "explain", "measure:\(subject)")
      }
      try add(ledger, "show", "measure:a", "--on", "2013-03-01")
      try add(ledger, "explain", "measure:a", "--on", "2013-03-01")
      try add(ledger, "diff", "--from", "20")
      try add(ledger, "diff", "--from", "23")
      try add(ledger, "diff", "--from", "24")
    }
  }
}
