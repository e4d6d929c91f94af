// annals credit: who is credited with what, by whom, and who says otherwise.

import ArgumentParser
import CanonicalJSON
import Ledger
import Projections

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
    let answer = try options.open().credit(of: subject, on: query.on, knownAt: query.knownAt)
    let report = answer.content
    let roles = Grouped(report.claims, by: \.role).map { role in
      (name: role[0].role, agents: Grouped(role, by: \.agent).groups)
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [
        ("subject", .string(report.subject)), ("title", .text(report.title)),
        ("roles", .array(roles.map { Self.json(role: $0.name, agents: $0.agents) })),
      ], rows: report.claims.map(\.json), columns: CreditClaim.csvColumns
    ) {
      if report.claims.isEmpty { return [] }
      var lines = [ViewPrinter.heading(report.subject, report.title ?? "")]
      for role in roles {
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

  private static func json(role: String, agents: [[CreditClaim]]) -> JSONValue {
    [
      "role": .string(role),
      "agents": .array(
        agents.map { claims in
          ["agent": .string(claims[0].agent), "claims": .array(claims.map(\.json))]
        }),
    ]
  }
}

/// Lines of a view that belong together; the groups stand in the order of their first members.
struct Grouped<Item> {
  let groups: [[Item]]

  init(_ items: [Item], by key: (Item) -> String) {
    var groups: [[Item]] = []
    for item in items {
      let name = key(item)
      if let index = groups.firstIndex(where: { key($0[0]).utf8.elementsEqual(name.utf8) }) {
        groups[index].append(item)
      } else {
        groups.append([item])
      }
    }
    self.groups = groups
  }

  func map<T>(_ transform: ([Item]) -> T) -> [T] { groups.map(transform) }
}
