// annals reach: how far a campaign reached.

import ArgumentParser
import CanonicalJSON
import Ledger
import Projections

struct ReachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reach",
    abstract: "Show how far a campaign reached: countries, local names, figures.",
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

  private static let countryColumns = ["country", "since", "certainty", "campaign", "position", "localNames"]

  func run() throws {
    let campaign = try ScopeArgument.subject(campaign)
    let answer = try options.open().reach(of: campaign, on: query.on, knownAt: query.knownAt)
    let reach = answer.content
    let countries = reach.arrivals.map(Self.json(country:))
    try ViewPrinter.print(
      answer.context, format: options.format, members: Self.members(reach, countries),
      rows: figures ? reach.figures.joined().map(\.json) : countries,
      columns: figures ? Reach.Figure.csvColumns : Self.countryColumns
    ) { Self.lines(reach) }
  }

  private static func members(_ reach: Reach, _ countries: [JSONValue]) -> [(String, JSONValue)] {
    [
      ("campaign", .string(reach.campaign)), ("title", .text(reach.title)),
      (
        "derived",
        .array(
          reach.derived.map { campaign, title in
            ["campaign": .string(campaign), "title": .text(title)]
          })
      ),
      ("countries", .array(countries)),
      (
        "measurements",
        .array(
          reach.figures.map { figures in
            ["metric": .string(figures[0].metric), "figures": .array(figures.map(\.json))]
          })
      ),
    ]
  }

  /// A country with its first arrival; what is set aside begins nothing.
  private static func json(country arrivals: [Reach.Arrival]) -> JSONValue {
    let first = Self.first(arrivals)
    return [
      "country": .string(first.country), "since": .string(first.ground.entry.occurred),
      "certainty": .string(first.ground.certainty.rawValue), "campaign": .string(first.campaign),
      "position": .integer(first.ground.entry.position), "localNames": .string(Self.words(arrivals)),
      "names": .array(Self.names(arrivals).map(\.json)),
      "arrivals": .array(arrivals.map(\.json)),
    ]
  }

  private static func first(_ arrivals: [Reach.Arrival]) -> Reach.Arrival {
    arrivals.first { $0.ground.certainty != .setAside } ?? arrivals[0]
  }

  private static func names(_ arrivals: [Reach.Arrival]) -> [Reach.LocalName] {
    arrivals.flatMap(\.names).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The names in words, each once.
  private static func words(_ arrivals: [Reach.Arrival]) -> String {
    Grouped(names(arrivals).map(\.words), by: \.self).map { $0[0] }.joined(separator: ", ")
  }

  private static func lines(_ reach: Reach) -> [String] {
    if reach.arrivals.isEmpty && reach.figures.isEmpty && reach.derived.isEmpty { return [] }
    var lines = [ViewPrinter.heading(reach.campaign, reach.title ?? "")]
    if !reach.derived.isEmpty {
      lines.append(ViewPrinter.heading("derived"))
      lines += reach.derived.map { ViewPrinter.line("\($0)  \($1 ?? "")", indent: 2) }
    }
    if !reach.arrivals.isEmpty {
      lines.append(ViewPrinter.heading("countries"))
      for arrivals in reach.arrivals {
        let first = first(arrivals)
        let names = words(arrivals)
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
