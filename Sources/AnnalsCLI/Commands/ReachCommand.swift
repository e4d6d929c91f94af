// annals reach: how far a campaign reached.

import ArgumentParser
import Ledger
import Projections
import Publishing

struct ReachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reach",
    abstract: "Show how far a campaign reached: reach.countries, local names, figures.",
    discussion: """
      Campaigns that come from it count with it. Figures stand side by side by metric; they are never added up.

      Examples:
        annals reach campaign:metoo
        annals reach campaign:metoo --on 2017-12-31
        annals reach campaign:metoo --format csv
        annals reach campaign:metoo --figures --format csv
      """)

  @Argument(help: "The campaign, such as campaign:metoo.")
  var campaign: String

  @Flag(help: "Print the figures as rows of jsonl and csv, instead of the countries.")
  var figures = false

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let campaign = try ScopeArgument.subject(campaign)
    let answer = try options.open().reach(
      of: campaign, on: query.on, knownAt: query.knownAt)
    let reach = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format, members: reach.members,
      rows: figures ? reach.figures.joined().map(\.json) : reach.countries,
      columns: figures ? Projections.Reach.Figure.csvColumns : Projections.Reach.countryColumns
    ) { Self.lines(reach) }
  }

  private static func lines(_ reach: Projections.Reach) -> [String] {
    if reach.arrivals.isEmpty && reach.figures.isEmpty && reach.derived.isEmpty { return [] }
    var lines = [ViewPrinter.heading(reach.campaign, reach.title ?? "")]
    if !reach.derived.isEmpty {
      lines.append(ViewPrinter.heading("derived"))
      lines += reach.derived.map { ViewPrinter.line("\($0)  \($1 ?? "")", indent: 2) }
    }
    if !reach.arrivals.isEmpty {
      lines.append(ViewPrinter.heading("countries"))
      for arrivals in reach.arrivals {
        let first = Projections.Reach.first(of: arrivals)
        let names = Projections.Reach.names(in: arrivals)
        lines += ViewPrinter.lines(
          first.ground, before: [first.country, names].filter { !$0.isEmpty }.joined(separator: "  "))
      }
    }
    if !reach.figures.isEmpty {
      lines.append(ViewPrinter.heading("figures (never added up)"))
      for figures in reach.figures {
        lines.append(ViewPrinter.line(figures[0].metric, indent: 2))
        for figure in figures {
          let words = [
            figure.value, figure.unit, figure.basis, figure.platform.map { "on \($0)" },
            figure.countries.map { "in \($0) countries" }, figure.asOf.map { "as of \($0)" },
          ]
          lines += ViewPrinter.lines(
            figure.ground, before: words.compactMap { $0 }.joined(separator: " "), indent: 4)
        }
      }
    }
    return lines
  }
}
