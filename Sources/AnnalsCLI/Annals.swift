// The program's entrance: parses, runs, and turns every failure into one line and the right exit code.

import ArgumentParser
import Foundation
import Ledger

@main
enum Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if let type = TypeHelp.typeAskedFor(in: arguments) {
        try TypeHelp.print(type, arguments: arguments)
        return
      }
      var command = try Annals.parseAsRoot(arguments)
      try command.run()
      try Output.flush()
    } catch {
      guard let failure = Failure(error) else { Annals.exit(withError: error) }
      try? Output.flush()
      for line in failure.lines { Output.note("annals: \(line)") }
      exit(failure.code)
    }
  }
}

/// `annals` itself: what it is, and its commands.
struct Annals: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annals",
    abstract: "An event-sourced, tamper-evident ledger of advocacy milestones.",
    discussion: """
      Archivists append what happened, with its sources; projections tell what stands today or stood on any day, in \
      each country and institution. Nothing is ever rewritten.

      Begin with:
        annals init my-ledger --origin example.org/my-campaign
        annals append bill.introduced subject=measure:xx-1 occurred=2024-05-02 country=CL \\
          identifier='Boletín 1' chamber=senate source.citation='Diario de Sesiones' --ledger my-ledger
        annals status CL --ledger my-ledger

      Exit codes: 0 done; 1 the answer is no; 64 usage; 65 bad input; 66 no such input; 70 defect; \
      73 cannot create; 74 input or output failed; 75 busy, try again; 77 not permitted; 79 conflict.
      """,
    version: "0.1.0",
    subcommands: [
      Init.self, Append.self, Import.self, Status.self, Show.self, Timeline.self, Replay.self, Rebuild.self,
      VocabularyCommand.self,
    ])
}
