// annals keys: the keys that sign checkpoints.

import ArgumentParser
import CanonicalJSON
import Ledger
import LogStore
import Publishing
import TransparencyLog

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print the key that auditors verify checkpoints with, or put a new one in force.",
    discussion: """
      The verifier key is public: give it to whoever is to check checkpoints and proofs, by a way that nobody can \
      tamper with. The private one lies in the ledger's keys/, or where --keys says.

      Examples:
        annals keys
        annals keys --format json
        annals keys rotate --reason 'the old machine was sold'
      """,
    subcommands: [List.self, Rotate.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Print the verifier key in force; in JSON and CSV also those before it.",
      discussion: """
        Examples:
          annals keys list
          annals keys list --format json
        """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let ledger = try options.open()
      let keys = try ledger.logKeys()
      let rows = keys.map(\.json)
      switch options.format {
      case .json:
        let head = try ledger.head()
        try Output.json([
          "origin": .string(ledger.origin), "size": .integer(head.size), "root": .string(head.root.base64),
          "keys": .array(rows),
        ])
      case .jsonl: for row in rows { try Output.json(row) }
      case .csv:
        try Output.line(CSVText.line(LogKey.csvColumns))
        for row in rows { try Output.line(CSVText.line(row, columns: LogKey.csvColumns)) }
      case .text: if let inForce = keys.last { try Output.line(inForce.verifierKey.text) }
      }
    }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Make a new key that signs from now on.",
      discussion: """
        The change is recorded as key.rotated, with both verifier keys and the reason in clear; a first checkpoint is \
        signed by the new key. Checkpoints of the old key stay valid. Its private half is removed.

        Examples:
          annals keys rotate --reason 'yearly change'
        """)

    @Option(help: "Why, in clear in the log for good.")
    var reason: String

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why.") }
    }

    func run() throws {
      let rotation = try options.open(warnsOfRollback: false).rotateKey(
        reason: reason, recorder: Recorder.name)
      if let warning = rotation.warning { Output.note("annals: warning: \(warning)") }
      let document: JSONValue = [
        "position": .integer(rotation.position), "old": .string(rotation.old.text),
        "new": .string(rotation.new.text),
        "checkpoint": .string(String(decoding: rotation.checkpoint, as: UTF8.self)),
      ]
      switch options.format {
      case .json, .jsonl: try Output.json(document)
      case .csv:
        let columns = ["position", "old", "new", "checkpoint"]
        try Output.line(CSVText.line(columns))
        try Output.line(CSVText.line(document, columns: columns))
      case .text: try Output.line(rotation.new.text)
      }
      options.note(
        "give the new verifier key to your auditors, and back up \(Printable.text(options.keysPlace))")
    }
  }
}

extension LogKey {
  /// The key as a document has it.
  var json: JSONValue {
    [
      "verifierKey": .string(verifierKey.text), "fromSize": .integer(fromSize),
      "throughSize": throughSize.map { .integer($0) } ?? .null,
    ]
  }

  static let csvColumns = ["verifierKey", "fromSize", "throughSize"]
}
