// annals check: what does not add up, what is disputed, what lacks a source.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Show what does not add up, what is disputed and what lacks a source.",
    discussion: """
      Anomalies are steps that a lifecycle cannot take (step), days on which nothing of the kind can have happened \
      (date), treaty rules that do not come out (rule), votes that do not add up (vote) and links to nothing (link). \
      All of it is recorded; the ledger reports, it does not censor. With --strict the exit code is 1 if there is \
      any anomaly.

      Examples:
        annals check
        annals check US
        annals check treaty:ilo-c190 --format json
        annals check --strict
      """)

  @Argument(help: "A country (US), an institution (us/congress) or a subject (treaty:…); all if not given.")
  var scope: String?

  @Flag(help: "Exit with 1 if there is any anomaly.")
  var strict = false

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let (answer, _) = try options.ask(scope, query) { try $0.check($1, on: query.on, knownAt: query.knownAt) }
    let report = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: report.members, rows: report.rows, columns: CheckReport.csvColumns
    ) {
      func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
      }
      let counts = [
        count(report.anomalies.count, "anomaly", "anomalies"),
        count(report.disputes.count, "dispute", "disputes"),
        count(report.unsourced.count, "event without a source", "events without a source"),
      ].joined(separator: ", ")
      var lines = [counts]
      if !report.anomalies.isEmpty { lines.append(ViewPrinter.heading("anomalies")) }
      lines += report.anomalies.map { ViewPrinter.line($0.line, indent: 2) }
      if !report.disputes.isEmpty { lines.append(ViewPrinter.heading("disputes")) }
      for dispute in report.disputes {
        lines.append(ViewPrinter.line(dispute.claim, indent: 2))
        lines += dispute.accounts.map { account in
          ViewPrinter.line(
            [account.ground.account, account.words, account.ground.line].compactMap { $0 }
              .joined(separator: ": "), indent: 4)
        }
      }
      if !report.unsourced.isEmpty { lines.append(ViewPrinter.heading("without a source")) }
      return lines
        + report.unsourced.map { ViewPrinter.line("\($0.entry.subject)  \($0.line)", indent: 2) }
    }
    if strict && !report.anomalies.isEmpty { throw Failure(nil, code: ExitStatus.no) }
  }
}
