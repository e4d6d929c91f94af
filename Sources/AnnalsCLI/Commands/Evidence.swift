// annals evidence: which events lack a source, and where.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct Evidence: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Show how well events are sourced, by country, and which lack a source.",
    discussion: """
      An event lacks a source if it names none and source.attached added none later.

      Examples:
        annals evidence
        annals evidence CN
        annals evidence --format csv
      """)

  @Argument(help: "A country (US), an institution (us/congress) or a subject (campaign:…); all if not given.")
  var scope: String?

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) {
      try $0.evidence($1, on: query.on, knownAt: query.knownAt)
    }
    let (countries, unsourced) = (answer.content.countries, answer.content.unsourced)
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: answer.content.members, rows: answer.content.rows, columns: EvidenceReport.csvColumns
    ) {
      if countries.isEmpty { return [] }
      var table = Table([.init(heading: "COUNTRY"), .init(heading: "EVENTS"), .init(heading: "UNSOURCED")])
      for count in countries {
        table.add([count.country ?? "(none)", "\(count.events)", "\(count.unsourced)"])
      }
      return table.lines(widthMax: Terminal.width)
        + (unsourced.isEmpty ? [] : [ViewPrinter.heading("without a source")])
        + unsourced.map { ViewPrinter.line("\($0.entry.subject)  \($0.line)", indent: 2) }
    }
  }
}
