// annals rebuild: the views anew from the log.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make the views anew from the log, and print their digest.",
    discussion: """
      The old views serve until the new ones are whole and take their place in one step. What is appended meanwhile \
      is in both. A rebuild that was cut off left its half behind, and the next one goes on from there.

      The digest is made over the rows, not over the file: equal logs give equal digests on every machine. One \
      rebuild at a time: where another one is under way and does not end soon, exits 75. An event that cannot be read \
      stops it with exit 65, and the old views stay.

      Examples:
        annals rebuild
        annals rebuild --format json
        annals rebuild --anew
      """)

  @Flag(help: "Discard what a rebuild that was cut off left, and start over.")
  var anew = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open()
    let (size, root, digest) = try ledger.rebuild(anew: anew)
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "origin": .string(ledger.origin), "size": .integer(size), "root": .string(root.base64),
        "digest": .string(digest),
      ])
    case .csv:
      try Output.line("origin,size,root,digest")
      try Output.line(CSVText.line([ledger.origin, "\(size)", root.base64, digest]))
    case .text: try Output.line("\(size) events projected, digest \(digest)")
    }
  }
}
