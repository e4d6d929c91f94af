// The examples in the help: whoever copies one into a shell must not be told that it is wrong.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Examples in the help")
struct HelpExampleTests {
  static let commands = [
    "", "init", "append", "import", "status", "show", "timeline", "replay", "rebuild", "keys", "keys rotate",
    "checkpoint", "prove", "check-proof", "catch-up", "vocabulary",
  ]

  /// The commands under "Examples:", each with its lines that a backslash continues.
  static func examples(in help: String) -> [String] {
    var examples: [String] = []
    var isExample = false
    for line in help.components(separatedBy: "\n") {
      if ["Example:", "Examples:", "Begin with:"].contains(line) {
        isExample = true
      } else if line.isEmpty {
        isExample = false
      } else if isExample {
        if let last = examples.last, last.hasSuffix("\\") {
          examples[examples.count - 1] += "\n" + line
        } else {
          examples.append(line)
        }
      }
    }
    return examples
  }

  @Test(
    "Every example in the help of a command works as it stands, copied from a narrow terminal",
    arguments: commands)
  func examplesWork(command: String) throws {
    try withLedger { ledger in
      let help = try ledger.annals(
        ["help"] + command.split(separator: " ").map(String.init), environment: ["COLUMNS": "80"])
      #expect(help.how == .exit(0))
      let examples = Self.examples(in: help.output)
      #expect(!examples.isEmpty, "no examples in the help of \(command)")
      try FileManager.default.copyItem(
        atPath: repository.appendingPathComponent("Events").path, toPath: ledger.home.file("Events"))
      #expect(try ledger.shell("annals import --quiet Events/record/*.jsonl").how == .exit(0))
      try ledger.home.write("event.json", Self.event)
      try ledger.home.write("events.jsonl", Self.event)
      try ledger.home.write("events.csv", Self.table)
      try FileManager.default.createDirectory(
        atPath: ledger.home.file("backup"), withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        atPath: ledger.path + "/log.db", toPath: ledger.home.file("backup/log.db"))
      for example in examples {
        #expect(example.hasPrefix("  annals "), "\"\(example)\" is no command: was it broken by the margin?")
        // The help of init shows several ways to make the same directory.
        if example.contains("annals init") {
          try? FileManager.default.removeItem(atPath: ledger.home.file("my-ledger"))
        }
        let ended = try ledger.shell(example)
        #expect(ended.how == .exit(0), "\(ended)")
      }
    }
  }

  private static let event =
    #"{"type":"bill.introduced","subject":"measure:xx-9","occurred":"2024","country":"CL","identifier":"9","chamber":"senate","unsourced":true}"#
    + "\n"
  private static let table = """
    type,subject,occurred,country,identifier,chamber,unsourced
    bill.introduced,measure:xx-8,2024,CL,8,senate,true

    """

  @Test("The example of every type is accepted as it stands, or refused as not available yet")
  func examplesOfTypes() throws {
    try withLedger { ledger in
      let list = try ledger.annals("vocabulary", "list", "--format", "jsonl")
      let types = try list.outputLines.map { try JSONValue(parsing: $0) }
      #expect(types.count > 50)
      // One shell for all: the time goes into starting programs.
      var script = ""
      for type in types where type["available"]?.bool == true {
        let name = try #require(type["type"]?.string)
        script +=
          "echo '\(name)'; line=$(annals append \(name) --help | sed -n '/^Example:/,$p' | sed 1d)\n"
          + "eval \"$line --dry-run --quiet\" >/dev/null || echo 'REFUSED: \(name)'\n"
      }
      let ended = try ledger.shell(script)
      #expect(ended.how == .exit(0))
      #expect(!ended.output.contains("REFUSED"), "\(ended)")
      #expect(ended.outputLines.count > 40)
    }
  }

  @Test(
    "The help of a type names its fields, what it does, and an example",
    arguments: [
      ["append", "bill.vetoed", "--help"], ["append", "bill.vetoed", "-h"],
      ["vocabulary", "show", "bill.vetoed"],
    ])
  func helpOfType(arguments: [String]) throws {
    let ended = try Annals.run(arguments)
    #expect(ended.how == .exit(0))
    #expect(ended.errors == "")
    for text in [
      "bill.vetoed\n", "Fields of its own:", "Fields of every event:", "What it does:", "Example:\n  annals",
    ] {
      #expect(ended.output.contains(text), "\(text)")
    }
  }
}
