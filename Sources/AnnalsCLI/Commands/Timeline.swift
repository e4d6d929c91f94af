// annals timeline: what happened, in the order in which it happened.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct Timeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Show what happened, in the order in which it happened.",
    discussion: """
      Sealed testimonies are counted, never listed.

      Examples:
        annals timeline CN
        annals timeline int/un/ga
        annals timeline campaign:metoo --format csv
      """)

  @Argument(
    help: "A country (US), an institution (us/congress) or a subject (campaign:…); all if not given.",
    completion: .custom { words, _, prefix in Candidates.scopes(words, startingWith: prefix) })
  var scope: String?

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) {
      try $0.timeline($1, on: query.on, knownAt: query.knownAt)
    }
    try Rows.print(
      answer.content.map(\.json), of: answer.context, columns: EntryRow.csvColumns, format: options.format
    ) {
      var table = Table([
        .init(heading: "OCCURRED", widthMin: 10, cutOrder: 3), .init(heading: "COUNTRY"),
        .init(heading: "TYPE", widthMin: 14, cutOrder: 2),
        .init(heading: "SUBJECT", widthMin: 24, cutOrder: 1),
        .init(heading: "POSITION"), .init(heading: "TITLE", widthMin: 12),
      ])
      for row in answer.content {
        table.add([
          row.occurred, row.country ?? "", row.type, row.subject, "\(row.position)",
          [row.amendments, row.title].compactMap { $0 }.joined(separator: "  "),
        ])
      }
      return table
    }
  }
}
