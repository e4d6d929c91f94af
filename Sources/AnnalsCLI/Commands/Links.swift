// annals links: what a subject belongs together with.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Projections
import Publishing

struct Links: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "links",
    abstract: "Show what a subject is linked to, in both directions.",
    discussion: """
      Spin-offs, companions, successors, what responds to what. Each subject keeps its own events.

      Examples:
        annals links campaign:metoo
        annals links measure:us-115-hr4396 --depth 3
        annals links campaign:metoo --format jsonl
      """)

  @Argument(help: "The subject, such as campaign:metoo.")
  var subject: String

  @Option(help: "How many links to follow from it.")
  var depth = 1

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard depth >= 1 else { throw ValidationError("--depth is at least 1.") }
  }

  func run() throws {
    let subject = try ScopeArgument.subject(subject)
    let answer = try options.open().links(
      of: subject, depth: depth, on: query.on, knownAt: query.knownAt)
    let links = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [("subject", .string(subject.text)), ("rows", .array(links.map(\.json)))],
      rows: links.map(\.json), columns: LinkItem.csvColumns
    ) {
      links.flatMap { link in
        [
          ViewPrinter.line(
            [link.subject, link.kind, link.other].joined(separator: " "), indent: 2 * (link.depth - 1)),
          ViewPrinter.line(
            [
              link.isFarKnown ? link.farTitle ?? "" : "no event tells of \(link.far)", link.ground.line,
            ].filter { !$0.isEmpty }.joined(separator: "  "), indent: 2 * link.depth),
        ]
      }
    }
  }
}
