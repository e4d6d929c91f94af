// annals votes: how bodies voted, and whether totals and lists agree.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Projections
import Publishing

struct Votes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "votes",
    abstract: "Show how bodies voted, and whether totals and lists agree.",
    discussion: """
      Examples:
        annals votes
        annals votes resolution:a-c3-73-l21
        annals votes int/un/ga --format jsonl
      """)

  @Argument(help: "A country (US), an institution (int/un) or a subject (resolution:…); all if not given.")
  var scope: String?

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) { try $0.votes($1, on: query.on, knownAt: query.knownAt) }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [("rows", .array(answer.content.map(\.json)))], rows: answer.content.map(\.json),
      columns: VoteItem.csvColumns
    ) {
      answer.content.flatMap { vote in
        ViewPrinter.lines(vote.ground, before: "\(vote.ground.entry.subject): \(vote.words)", indent: 0)
          + vote.findings.map { ViewPrinter.line("does not add up: \($0.detail)", indent: 2) }
      }
    }
  }
}
