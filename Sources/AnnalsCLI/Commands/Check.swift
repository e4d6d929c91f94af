// annals check: what does not add up, what is disputed, what lacks a source.

import ArgumentParser
import CanonicalJSON
import Ledger
import Projections

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

  private static let csvColumns = ["problem", "kind", "detail", "party"] + Ground.csvColumns

  func run() throws {
    let (answer, _) = try options.ask(scope, query) { try $0.check($1, on: query.on, knownAt: query.knownAt) }
    let report = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [
        ("anomalies", .array(report.anomalies.map(\.json))),
        ("disputes", .array(report.disputes.map(\.json))),
        ("unsourced", .array(report.unsourced.map { .object(JSONObject($0.members)) })),
      ], rows: Self.rows(report), columns: Self.csvColumns
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

  /// One row a problem; a dispute has one for each of its accounts.
  private static func rows(_ report: CheckReport) -> [JSONValue] {
    func row(_ problem: String, _ kind: String?, _ detail: String?, _ party: String?, _ base: JSONValue)
      -> JSONValue
    {
      var object = base.object ?? JSONObject()
      object["problem"] = .string(problem)
      object["kind"] = .text(kind)
      object["detail"] = .text(detail)
      object["party"] = .text(party)
      return .object(object)
    }
    return report.anomalies.map {
      row("anomaly", $0.finding.kind.rawValue, $0.finding.detail, $0.party, $0.json)
    }
      + report.disputes.flatMap { dispute in
        dispute.accounts.map { account in
          row("dispute", nil, account.words, nil, .object(JSONObject(account.ground.members)))
        }
      }
      + report.unsourced.map { row("unsourced", nil, nil, nil, .object(JSONObject($0.members))) }
  }
}
