// annals assessments: what was judged, by whom.

import ArgumentParser
import CanonicalJSON
import Ledger
import Projections
import Publishing

struct Assessments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assessments",
    abstract: "Show what was judged, by whom: symbolic, substantive, mixed …",
    discussion: """
      Assessments accumulate; the newest is not the truth.

      Examples:
        annals assessments
        annals assessments campaign:metoo
        annals assessments CN --format csv
      """)

  @Argument(help: "A country (US), an institution (us/congress) or a subject (campaign:…); all if not given.")
  var scope: String?

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) {
      try $0.assessments($1, on: query.on, knownAt: query.knownAt)
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [("rows", .array(answer.content.map(\.json)))], rows: answer.content.map(\.json),
      columns: Assessment.csvColumns
    ) {
      Grouped(answer.content, by: \.ground.entry.subject).groups.flatMap { group in
        [ViewPrinter.heading(group[0].ground.entry.subject)]
          + group.flatMap { item in
            let words = [item.kind, item.assessor.map { "by \($0)" }, item.quotation.map { "“\($0)”" }]
            return ViewPrinter.lines(item.ground, before: words.compactMap { $0 }.joined(separator: " "))
          }
      }
    }
  }
}
