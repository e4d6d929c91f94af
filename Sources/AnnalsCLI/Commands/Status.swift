// annals status: where things stand.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show where measures, treaties, resolutions and campaigns stand.",
    discussion: """
      A stage is certain, possible (its date is uncertain) or disputed (a rival account would change it).

      Examples:
        annals status
        annals status US
        annals status us/congress/senate
        annals status US --on 2020-12-01
        annals status measure:us-115-hr4396 --format json
      """)

  @Argument(
    help: "A country (US), an institution (us/congress) or a subject (measure:…); all if not given.",
    completion: .custom { words, _, prefix in Candidates.scopes(words, startingWith: prefix) })
  var scope: String?

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) {
      try $0.status($1, on: query.on, knownAt: query.knownAt)
    }
    try Rows.print(
      answer.content.map(\.json), of: answer.context, columns: StatusRow.csvColumns, format: options.format
    ) {
      var table = Table([
        .init(heading: "IN"), .init(heading: "INSTITUTION", widthMin: 9, cutOrder: 1),
        .init(heading: "SUBJECT", widthMin: 24, cutOrder: 2),
        .init(heading: "STAGE", widthMin: 12, cutOrder: 3),
        .init(heading: "SINCE", widthMin: 10, cutOrder: 4), .init(heading: ""),
        .init(heading: "TITLE", widthMin: 8),
      ])
      for row in answer.content {
        table.add([
          row.country ?? "", row.institution ?? "",
          row.party.map { "\(row.subject) (\($0))" } ?? row.subject,
          [row.stage ?? "-", row.detail.map { "(\($0))" }].compactMap { $0 }.joined(separator: " "),
          row.since ?? "", row.marks, row.title ?? "",
        ])
      }
      return table
    }
  }
}
