// annals export: the events for programs that know CloudEvents, or tables.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Publishing

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the events as CloudEvents for other programs, or as a table.",
    discussion: """
      As text and jsonl it prints CloudEvents 1.0 in JSON, one a line; as json one batch \
      (application/cloudevents-batch+json); as csv a row for each event, with its data as JSON in the last column. \
      Corrections and retractions are events among the others, and change none of them here.

      Unlike annals replay, which prints the bytes that are stored and hashed for whoever verifies, it heeds \
      consents: what they do not let be shown is left out, and how much that is, is told. All other events are the \
      bytes of the log.

      Examples:
        annals export
        annals export --from 14 --to 20 --format json
        annals export --format csv -o events.csv
      """)

  @OptionGroup var range: PositionRange

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write it to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open()
    try range.requireEvents(of: ledger)
    guard let output else { return tell(try export(ledger) { try Output.bytes($0) }) }
    var report: ExportReport?
    do {
      try WholeFile.write(to: output) { write in
        report = try export(ledger) { text in try text.withUnsafeBytes { try write($0) } }
      }
    } catch let error as FileFailure {
      throw error.isMissing ? Failure(error.description, code: ExitStatus.cannotCreate) : error
    }
    if let report { tell(report) }
  }

  private func export(_ ledger: Ledger, _ write: ([UInt8]) throws -> Void) throws -> ExportReport {
    var isFirst = true
    switch options.format {
    case .json: try write([UInt8(ascii: "[")])
    case .csv: try write(Array((CSVText.line(ExportRow.columns) + "\n").utf8))
    case .text, .jsonl: break
    }
    let report = try ledger.export(from: range.from, through: range.to) { position, event in
      switch options.format {
      case .json: try write((isFirst ? [] : [UInt8(ascii: ",")]) + event.bytes)
      case .csv: try write(Array((ExportRow.line(of: event, at: position) + "\n").utf8))
      case .text, .jsonl: try write(event.bytes + [UInt8(ascii: "\n")])
      }
      isFirst = false
    }
    if options.format == .json { try write(Array("]\n".utf8)) }
    return report
  }

  private func tell(_ report: ExportReport) {
    if report.withheldCount > 0 || report.shortenedCount > 0 {
      options.note(
        "annals: consents withhold \(report.withheldCount) events, and parts of \(report.shortenedCount) more "
          + "(restrictions up to [\(report.restrictionsAt ?? 0)])")
    }
    if let output { options.note("\(output): \(report.eventCount) events") }
  }
}
