// annals publish: the log as static files, for anybody to fetch and verify.

import ArgumentParser
import CanonicalJSON
import Ledger
import TransparencyLog

struct Publish: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish the log into a directory, as static files that anybody can verify.",
    discussion: """
      Writes the newest checkpoint, which is signed for it where events have come since the last one, and the tiles and \
      entry bundles that it vouches for (C2SP tlog-tiles). The directory can be served as it is. Files that are \
      there are never changed but for the checkpoint, which is written last; publishing again writes what is new or got \
      lost. Nothing sealed is in the log, and so nothing sealed is published; what is published cannot be taken back.

      Examples:
        annals publish www
        annals publish www --format json
      """)

  @Argument(help: "The directory to publish into; made if it is not there.")
  var directory: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let progress = Progress("publishing", quiet: options.quiet)
    let done = try ledger.publish(to: directory) { events, size in
      progress.update(Int(clamping: events), of: Int(clamping: size))
    }
    progress.finish()
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "origin": .string(ledger.origin), "size": .integer(Int64(done.size)),
        "root": .string(done.root.base64),
        "directory": .string(directory), "filesWritten": .integer(Int64(done.filesWritten)),
        "filesKept": .integer(Int64(done.filesKept)), "filesRemoved": .integer(Int64(done.filesRemoved)),
      ])
    case .csv:
      try Output.line("origin,size,root,directory,filesWritten,filesKept,filesRemoved")
      try Output.line(
        CSVText.line(
          [ledger.origin, "\(done.size)", done.root.base64, directory]
            + [done.filesWritten, done.filesKept, done.filesRemoved].map { "\($0)" }))
    case .text:
      try Output.line(
        "\(done.size) events published, root \(done.root.base64): \(done.filesWritten) files written, "
          + "\(done.filesKept) kept, \(done.filesRemoved) removed")
    }
  }
}
