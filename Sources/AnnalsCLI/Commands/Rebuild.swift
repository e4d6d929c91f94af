// annals rebuild: the views anew from the log.

import ArgumentParser
import CanonicalJSON
import Ledger
import TransparencyLog

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the views anew from the log, and print their digest.",
    discussion: """
      The old views serve until the new ones are whole. The digest is made over the rows, not over the file: equal \
      logs give equal digests on every machine.

      Examples:
        annals rebuild
        annals rebuild --format json
      """)

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open()
    let progress = Progress("projecting", quiet: options.quiet)
    let (size, root, digest) = try ledger.rebuild { progress.update(Int($0)) }
    progress.finish()
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
