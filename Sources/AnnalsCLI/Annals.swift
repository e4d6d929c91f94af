// The program's entrance: parses, runs, and turns every failure into one line and the right exit code.

import ArgumentParser
import Foundation
import Ledger

@main
enum Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try Output.claimStandardStreams()
      if BashCompletion.isAskedFor(by: arguments) {
        try Output.line(BashCompletion.script)
        try Output.flush()
        return
      }
      if let type = TypeHelp.typeAskedFor(in: arguments) {
        try TypeHelp.print(type, arguments: arguments)
        return
      }
      var command = try NamedCommand.parsed(from: arguments) ?? Annals.parseAsRoot(arguments)
      try command.run()
      try Output.flush()
    } catch {
      end(with: error)
    }
  }

  /// Tells what went wrong and ends. The parser's own requests, such as `--help`, are printed as results.
  private static func end(with error: any Error) -> Never {
    var failure = Failure(error)
    if failure == nil && Annals.exitCode(for: error).isSuccess {
      do {
        try Output.line(Annals.fullMessage(for: error))
        try Output.flush()
        exit(0)
      } catch { failure = Failure(error) }
    }
    try? Output.flush()
    guard let failure else {
      let code = Annals.exitCode(for: error).rawValue
      Output.note(Annals.fullMessage(for: error))
      exit(code == EXIT_FAILURE ? ExitStatus.defect : code)
    }
    for line in failure.lines { Output.note("annals: \(line)") }
    exit(failure.code)
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

      Examples:
        annals init my-ledger --origin example.org/my-campaign
        annals append bill.introduced subject=measure:xx-1 \\
          occurred=2024-05-02 country=CL identifier='Boletín 1' \\
          chamber=senate source.citation='Diario de Sesiones' \\
          --ledger my-ledger
        annals status CL --ledger my-ledger

      Environment: ANNALS_LEDGER the ledger's directory; ANNALS_RECORDER who enters events; NO_COLOR no colours, if \
      it is set; COLUMNS how wide tables may be.

      Exit codes: 0 done; 1 the answer is no; 64 usage; 65 bad input; 66 no such input; 70 defect; \
      73 cannot create; 74 input or output failed; 75 busy, try again; 77 not permitted; 79 conflict; 80 the log does \
      not continue what was signed.
      """,
    version: "0.1.0",
    subcommands: [
      Init.self, Append.self, Import.self, Status.self, Show.self, Timeline.self, Credit.self,
      ReachCommand.self,
      Links.self, Assessments.self, Votes.self, Evidence.self, Disputes.self, Check.self, Diff.self,
      Explain.self, SnapshotCommand.self, CheckSnapshot.self, Replay.self, Export.self, TallyCommand.self,
      Rebuild.self,
      KeysCommand.self, CheckpointCommand.self, Publish.self, Verify.self, Prove.self, CheckProof.self,
      CatchUp.self, Erase.self, Disclose.self, CheckDisclosure.self, BackUp.self, Restore.self,
      VocabularyCommand.self, SchemaCommand.self,
    ])
}
