// annals import: many events from files.

import ArgumentParser
import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import Projections
import TransparencyLog

extension ImportFile.Form: ExpressibleByArgument {}

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Append many events from JSON Lines or CSV.",
    discussion: """
      Goes on past lines that are refused and tells each by file and line; importing the same file again adds nothing \
      that is there. Exits 65 if any line was refused. What is recorded but does not add up with the rest is told by \
      file and line as well; annals check lists it again.

      JSON Lines: one event a line, with the field names of the command line. CSV: the first line names the fields.

      Examples:
        annals import Events/record/*.jsonl
        annals import events.csv
        annals import --atomic --from jsonl - < events.jsonl
      """)

  @Argument(help: "The files; - for stdin.", completion: .file())
  var files: [String]

  @Option(help: "The form of the files: jsonl or csv; told by the file's name if not given.")
  var from: ImportFile.Form?

  @Flag(help: "Append all events or, if any is refused, none.")
  var atomic = false

  @Flag(
    name: .customLong("i-know"),
    help: "Record what looks like personal data in clear: that of public figures, meant for all to see.")
  var iKnow = false

  @OptionGroup var options: GlobalOptions

  /// A file of rubbish would fill the screen.
  private static let refusalsShownMax = 100

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    var items: [ImportFile.Items] = []
    var unread: Failure?
    for file in files {
      let form = ImportFile.form(of: file, told: from)
      items.append(try ImportFile.items(file, form: form) { unread = $0 })
    }
    let progress = Progress("importing", quiet: options.quiet)
    var shown = 0
    let report = try ledger.importAll(
      ImportFile.AllItems(items), recorder: Recorder.name, atomic: atomic, gate: iKnow ? .pass : .refuse,
      refused: { refusal in
        shown += 1
        if shown <= Self.refusalsShownMax {
          progress.finish()
          Output.note("\(refusal.file):\(refusal.line): \(refusal.problem)")
        }
      }, progress: { progress.update($0) })
    progress.finish()
    if shown > Self.refusalsShownMax { Output.note("… and \(shown - Self.refusalsShownMax) more") }
    if report.isAbandoned { Output.note("annals: nothing was added, since --atomic asks for all or none") }
    if report.sealedWithoutID > 0 && report.added > 0 {
      options.note(
        "\(report.sealedWithoutID) sealed events came without an id: importing them again would add them again"
      )
    }
    for shown in report.shown.prefix(Self.refusalsShownMax) {
      options.note("\(shown.file):\(shown.line): warning: \(shown.finding.sentence)")
    }
    if report.shown.count > Self.refusalsShownMax {
      options.note(
        "… and \(report.shown.count - Self.refusalsShownMax) more that look like personal data in clear")
    }
    for anomaly in report.anomalies.prefix(Self.refusalsShownMax) {
      let whom = anomaly.party.map { "\(anomaly.subject) (\($0))" } ?? anomaly.subject
      options.note(
        "\(anomaly.file):\(anomaly.line): recorded at position \(anomaly.position), but does not add up: \(whom) "
          + anomaly.finding.detail)
    }
    if report.anomalyCount > Self.refusalsShownMax {
      options.note("… and \(report.anomalyCount - Self.refusalsShownMax) more anomalies (annals check)")
    }
    if let warning = report.warning { Output.note("annals: warning: \(warning)") }
    try print(report, head: try ledger.head())
    if let unread { throw unread }
    if report.refusedLines > 0 { throw Failure(nil, code: ExitStatus.badInput) }
  }

  private func print(_ report: ImportReport, head: LogHead) throws {
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "added": .integer(Int64(report.added)), "alreadyThere": .integer(Int64(report.alreadyThere)),
        "refused": .integer(Int64(report.refusedLines)),
        "anomalies": .integer(Int64(report.anomalyCount)), "size": .integer(head.size),
        "root": .string(head.root.base64),
      ])
    case .csv:
      try Output.line("added,alreadyThere,refused,anomalies,size,root")
      try Output.line(
        "\(report.added),\(report.alreadyThere),\(report.refusedLines),\(report.anomalyCount),\(head.size),"
          + head.root.base64)
    case .text:
      try Output.line(
        "\(report.added) added, \(report.alreadyThere) already there, \(report.refusedLines) refused"
          + (report.anomalies.isEmpty ? "" : "; \(report.anomalyCount) do not add up"))
    }
  }
}
