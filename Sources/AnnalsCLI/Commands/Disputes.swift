// annals disputes: rival accounts side by side.

import ArgumentParser
import CanonicalJSON
import Ledger
import Projections
import Publishing

struct Disputes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disputes",
    abstract: "Show rival accounts side by side: what each says, on what grounds, what it would give.",
    discussion: """
      None of them moves a stage until one is preferred (annals append account.preferred --help).

      Examples:
        annals disputes
        annals disputes US
        annals disputes campaign:metoo --format json
        annals disputes --settled
      """)

  @Argument(help: "A country (US), an institution (us/congress) or a subject (campaign:…); all if not given.")
  var scope: String?

  @Flag(help: "Show those too of which an account is preferred.")
  var settled = false

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) {
      try $0.disputes($1, on: query.on, knownAt: query.knownAt, withSettled: settled)
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [("rows", .array(answer.content.map(\.json)))], rows: answer.content.flatMap(\.rows),
      columns: Dispute.csvColumns
    ) { answer.content.flatMap(\.lines) }
  }
}

extension Dispute {
  /// The accounts for people.
  var lines: [String] {
    [ViewPrinter.heading("\(stateWord): \(claim)")]
      + accounts.flatMap { account in
        ViewPrinter.lines(account.ground, before: account.ground.account.map { "\($0):" } ?? "")
          + (account.words.isEmpty ? [] : [ViewPrinter.line("says: \(account.words)", indent: 4)])
      }
  }
}
