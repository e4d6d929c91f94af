// The commands of the program, as it tells of them itself: a test that walks them sees a new one.

internal import CanonicalJSON
internal import Foundation
internal import Testing

/// The commands of the program.
enum CommandTree {
  /// A command.
  struct Command: Sendable {
    /// The words after `annals`; none for the program itself.
    let words: [String]
    /// Whether it does something itself, rather than name its subcommands.
    let isLeaf: Bool
    /// The names of its options and flags.
    let options: Set<String>
    /// What its --format takes; none if it has no such option.
    let formats: [String]

    /// `annals` and its words.
    var name: String { (["annals"] + words).joined(separator: " ") }
  }

  /// All commands, the program itself first; `help`, which the parser adds, is left out. None if it cannot be asked.
  static let all: [Command] = {
    guard let ended = try? Annals.run(["--experimental-dump-help"]),
      let root = try? JSONValue(parsing: ended.standardOutput)["command"]
    else { return [] }
    return commands(root, [])
  }()

  private static func commands(_ command: JSONValue, _ words: [String]) -> [Command] {
    let subcommands = (command["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" }
    let options = (command["arguments"]?.array ?? []).flatMap { argument in
      (argument["names"]?.array ?? []).compactMap { $0["name"]?.string }
    }
    let format = (command["arguments"]?.array ?? []).first { argument in
      argument["preferredName"]?["name"]?.string == "format"
    }
    let own = Command(
      words: words, isLeaf: subcommands.isEmpty, options: Set(options),
      formats: format?["allValues"]?.array?.compactMap(\.string) ?? [])
    return [own] + subcommands.flatMap { commands($0, words + [$0["commandName"]?.string ?? ""]) }
  }

  /// The commands under "Examples:" in a help text, each with its lines that a backslash continues.
  static func examples(in help: String) -> [String] {
    var examples: [String] = []
    var isExample = false
    for line in help.components(separatedBy: "\n") {
      if ["Example:", "Examples:"].contains(line) {
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

  /// The examples of a command, from its help.
  static func examples(of command: Command) throws -> [String] {
    let help = try Annals.run(["help"] + command.words, environment: ["COLUMNS": "80"])
    try #require(help.how == .exit(0), "\(help)")
    return examples(in: help.output)
  }
}

/// The record with what the examples in the help speak of. Made once and copied: that is most of the time of a test.
private let templateOfExamples: Result<TemporaryDirectory, any Error> = Result {
  let directory = try TemporaryDirectory()
  ExamplesRemovedAtExit.template = directory
  atexit { ExamplesRemovedAtExit.template?.remove() }
  try withRecord { record in
    try FileManager.default.copyItem(atPath: record.path, toPath: directory.file("ledger"))
  }
  try TestLedger(home: directory).makeExamples()
  return directory
}

/// Written once, before it is read.
private enum ExamplesRemovedAtExit {
  nonisolated(unsafe) static var template: TemporaryDirectory?
}

extension TestLedger {
  /// Puts what the examples in the help speak of where they expect it, into a ledger that holds the record and nothing
  /// else.
  func prepareForExamples() throws {
    let template = try templateOfExamples.get()
    for name in try FileManager.default.contentsOfDirectory(atPath: template.path) {
      try? FileManager.default.removeItem(atPath: home.file(name))
      try FileManager.default.copyItem(atPath: template.file(name), toPath: home.file(name))
    }
  }

  fileprivate func makeExamples() throws {
    try FileManager.default.copyItem(
      atPath: repository.appendingPathComponent("Events").path, toPath: home.file("Events"))
    let event =
      #"{"type":"bill.introduced","subject":"measure:xx-9","occurred":"2024","country":"CL","identifier":"9","#
      + #""chamber":"senate","unsourced":true}"# + "\n"
    try home.write("event.json", event)
    try home.write("events.jsonl", event)
    try home.write("climate.json", Climate.text)
    // Testimonies of two campaigns, of one of which counts are released.
    try home.write("testimonies.jsonl", Testimonies.lines("metoo", 24) + Testimonies.lines("mine-ban", 20))
    let counted = try shell(
      "annals import testimonies.jsonl --quiet && annals tally --release --campaign campaign:mine-ban --quiet"
    )
    try #require(counted.how == .exit(0), "\(counted)")
    try home.write("name.txt", "Person 7\n")
    let handedOver = try annals(
      "disclose", "metoo-T3", "--to", "Archive", "--field", "country", "-o", "handed-over.json",
      "--beyond-consent")
    try #require(handedOver.how == .exit(0), "\(handedOver)")
    // A proof with its event, a checkpoint that was kept, copies of the log, and the log as it was published.
    let prepared = try shell(
      """
      annals replay --from 14 --to 14 > leaf.json && annals prove 14 -o event.tlog-proof --quiet \
      && annals checkpoint -o kept-checkpoint --quiet && annals publish www --quiet >/dev/null \
      && annals snapshot -o world.json --quiet && annals snapshot campaign:metoo --format csv -o metoo --quiet \
      && annals backup backup-of-today --quiet >/dev/null && cp -r '\(path)/keys' elsewhere \
      && mkdir backup copies && cp '\(path)/log.db' backup/log.db && cp '\(path)/log.db' copies/log.db
      """)
    try #require(prepared.how == .exit(0), "\(prepared)")
    try home.write(
      "events.csv",
      """
      type,subject,occurred,country,identifier,chamber,unsourced
      bill.introduced,measure:xx-8,2024,CL,8,senate,true

      """)
  }
}
