// annals credit: who is credited with what, by whom, and who says otherwise.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct Credit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "credit",
    abstract: "Show who is credited with what, by whom, and who says otherwise.",
    discussion: """
      Credit is listed by role with dates and sources, never awarded: there is no single creator.

      Examples:
        annals credit campaign:metoo
        annals credit campaign:metoo --on 2017-10-16
        annals credit measure:us-115-hr4396 --format csv
      """)

  @Argument(help: "The subject, such as campaign:metoo.")
  var subject: String

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let subject = try ScopeArgument.subject(subject)
    let answer = try options.open().credit(
      of: subject, on: query.on, knownAt: query.knownAt)
    let report = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: report.members, rows: report.claims.map(\.json), columns: CreditClaim.csvColumns
    ) {
      if report.claims.isEmpty { return [] }
      var lines = [ViewPrinter.heading(report.subject, report.title ?? "")]
      for role in report.roles {
        lines.append(ViewPrinter.heading(role.name))
        for claims in role.agents {
          lines.append(ViewPrinter.line(claims[0].agent, indent: 2))
          for claim in claims {
            let by = claim.claimedBy.map { "\(claim.stance), says \($0):" } ?? "\(claim.stance):"
            lines += ViewPrinter.lines(claim.ground, before: by, indent: 4)
          }
        }
      }
      return lines
    }
  }
}
