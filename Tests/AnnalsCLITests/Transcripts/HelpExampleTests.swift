// The examples in the help: whoever copies one into a shell must not be told that it is wrong.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Examples in the help")
struct HelpExampleTests {
  @Test("The program tells of all its commands, those within others too")
  func commandsAreTold() {
    let names = CommandTree.all.map(\.name)
    for name in ["annals", "annals init", "annals vocabulary", "annals vocabulary schema", "annals schema"] {
      #expect(names.contains(name))
    }
    #expect(names.count > 13, "\(names)")
  }

  @Test(
    "Every example in the help of a command works as it stands, copied from a narrow terminal",
    arguments: CommandTree.all.map(\.words))
  func examplesWork(command words: [String]) throws {
    let command = try #require(CommandTree.all.first { $0.words == words })
    let examples = try CommandTree.examples(of: command)
    #expect(!examples.isEmpty, "no examples in the help of \(command.name)")
    try withRecord { ledger in
      try ledger.prepareForExamples()
      for example in examples {
        #expect(
          words.isEmpty || example.hasPrefix("  \(command.name)"),
          "\"\(example)\" is no example of \(command.name)")
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

  private static let accounts = """
    {"id":"E041","type":"bill.introduced","subject":"measure:us-115-hr4396","occurred":"2017-11-16","chamber":"house","identifier":"H.R. 4396","unsourced":true}
    {"id":"E042","type":"bill.introduced","subject":"measure:us-115-hr4396","occurred":"2017-11-15","chamber":"house","identifier":"H.R. 4396","unsourced":true}
    {"id":"E055","type":"bill.advanced","subject":"measure:cn-civil-code-1010","occurred":"2018-11","stage":"consultation","claim":"closes","unsourced":true}
    {"id":"E055-rival","type":"bill.advanced","subject":"measure:cn-civil-code-1010","occurred":"2018-11-13","stage":"consultation","claim":"closes","unsourced":true}

    """
  @Test("The example of every type is accepted as it stands, or refused as not available yet")
  func examplesOfTypes() throws {
    try withLedger { ledger in
      let list = try ledger.annals("vocabulary", "list", "--format", "jsonl")
      let types = try list.outputLines.map { try JSONValue(parsing: $0) }
      #expect(types.count > 50)
      // What an example names has to be there: two accounts of one fact, events to correct and to retract.
      try ledger.home.write("accounts.jsonl", Self.accounts)
      #expect(try ledger.annals("import", "accounts.jsonl").how == .exit(0))
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
