// annals catch-up: what the log has lost, from a newer copy or from what was published.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct CatchUp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catch-up", abstract: "Bring back the events that the log lacks, from a newer copy of it.",
    discussion: """
      For a log that was put back from an old copy. The copy is read to its end first: it must begin with what the log \
      has, hold what was signed last, and give its own root; what was published must be signed by a key of the log. \
      Then the missing events are added, byte for byte. What was sealed in them is not in any log: that comes back \
      with vault.db.

      Examples:
        annals catch-up backup/log.db
        annals catch-up www
      """)

  @Argument(
    help: "A newer log.db of this ledger, a directory that holds one, or one that annals publish wrote.")
  var from: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let result = try ledger.catchUp(from: from)
    if let warning = result.warning { Output.note("annals: warning: \(warning)") }
    if result.unvouched > 0 {
      options.note(
        "\(result.unvouched) events are newer than the last checkpoint: only the copy vouches for them")
    }
    if result.withoutDisclosures > 0 {
      options.note(
        "\(result.withoutDisclosures) sealed events came back without what was sealed in them; put vault.db back from its backup"
      )
    }
    let document: JSONValue = [
      "origin": .string(ledger.origin), "size": .integer(result.size), "root": .string(result.root.base64),
      "added": .integer(result.added), "unvouched": .integer(result.unvouched),
      "withoutDisclosures": .integer(result.withoutDisclosures),
    ]
    switch options.format {
    case .json, .jsonl: try Output.json(document)
    case .csv:
      let columns = ["origin", "size", "root", "added", "unvouched", "withoutDisclosures"]
      try Output.line(CSVText.line(columns))
      try Output.line(CSVText.line(document, columns: columns))
    case .text:
      try Output.line("\(result.added) added; \(result.size) events, root \(result.root.base64)")
    }
  }
}
