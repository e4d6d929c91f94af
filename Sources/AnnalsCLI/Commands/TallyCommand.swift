// annals tally: counts of testimonies, exact for this machine alone, or released so that no small cell is given away.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Publishing

struct TallyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tally",
    abstract:
      "Count testimonies: exactly, from the vault of this machine; or release and show public counts.",
    discussion: """
      Without a flag the counts are exact, made from the vault, and not for publication. --release appends the counts \
      that can be public, as tally.released: by country or by language, in multiples of the ledger's floor, at release \
      points behind every so many testimonies of a campaign, and such that nothing that is ever released gives a number \
      under the floor away. Only testimonies whose persons consent to count are in it. --released shows what was \
      released, and needs no vault. docs/counting.md has the rule and what it guarantees.

      Examples:
        annals tally
        annals tally --by country-year --campaign campaign:metoo
        annals tally --dry-run
        annals tally --release
        annals tally --released --format csv
      """)

  @Option(
    help: ArgumentHelp(
      "What to count by: campaign, country, language, channel, year, country-year; released are country and language.",
      valueName: "grouping"), completion: .list(Grouping.allCases.map(\.rawValue)), transform: Self.grouping)
  var by: Grouping?

  @Option(help: "Only the testimonies of this campaign, such as campaign:metoo.")
  var campaign: String?

  @Flag(help: "Append the counts that can be public.")
  var release = false

  @Flag(name: .customLong("dry-run"), help: "Only show what --release would append.")
  var dryRun = false

  @Flag(help: "Show the public counts: the latest release of each campaign and grouping.")
  var released = false

  @OptionGroup var options: GlobalOptions

  private var isReleasing: Bool { release || dryRun }

  private static func grouping(_ text: String) throws -> Grouping {
    guard let grouping = Grouping(rawValue: text) else {
      throw ValidationError(
        "Nothing is counted by \"\(text)\"; take one of \(Grouping.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return grouping
  }

  func validate() throws {
    if isReleasing && released { throw ValidationError("Give --release or --released, not both.") }
    if let by, isReleasing || released, !by.isReleasable {
      throw ValidationError(
        "Counts by \(by.rawValue) are never released; take --by country or --by language (docs/counting.md says why)."
      )
    }
  }

  func run() throws {
    let campaign = try campaign.map { try ScopeArgument.subject($0).text }
    let ledger = try options.open(warnsOfRollback: !release)
    if released {
      try printReleased(ledger.releasedTallies(by: by, campaign: campaign))
    } else if isReleasing {
      try printReport(
        ledger.releaseTallies(
          by: [by ?? .country], campaign: campaign, recorder: Recorder.name, isRehearsal: dryRun),
        floor: ledger.floor)
    } else {
      try printExact(ledger.tally(by: by ?? .country, campaign: campaign))
    }
  }

  // MARK: Exact

  private static let exactColumns = ["campaign", "grouping", "cell", "held", "counted"]

  private func printExact(_ answer: Answer<Tally>) throws {
    let tally = answer.content
    let rows = tally.counts.map { count -> JSONValue in
      [
        "campaign": .string(count.campaign), "grouping": .string(tally.grouping.rawValue),
        "cell": .text(count.cell), "held": .integer(count.held), "counted": .integer(count.counted),
      ]
    }
    // Not a note that --quiet would silence: what is printed must not leave the machine by mistake.
    Output.note(
      "annals: EXACT COUNTS from the vault of this machine: NOT FOR PUBLICATION (public are those of annals tally --released)"
    )
    if tally.missingCount > 0 {
      options.note(
        "\(tally.missingCount) testimonies that are not erased have nothing in this vault and are not counted"
      )
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [
        ("grouping", .string(tally.grouping.rawValue)), ("missing", .integer(Int64(tally.missingCount))),
        ("rows", .array(rows)),
      ], rows: rows, columns: Self.exactColumns
    ) {
      if rows.isEmpty { return [] }
      var table = Table([
        .init(heading: "CAMPAIGN"), .init(heading: tally.grouping.rawValue.uppercased()),
        .init(heading: "HELD"), .init(heading: "WITH CONSENT TO COUNT"),
      ])
      for count in tally.counts {
        let cell = tally.grouping == .campaign ? "" : count.cell ?? "(not told)"
        table.add([count.campaign, cell, "\(count.held)", "\(count.counted)"])
      }
      return table.lines(widthMax: Terminal.width)
    }
  }

  // MARK: Public

  private func printReleased(_ answer: Answer<[ReleasedTally]>) throws {
    let rows = answer.content.flatMap(\.rows)
    if rows.isEmpty { options.note("no counts were released yet; annals tally --release does it") }
    try ViewPrinter.print(
      answer.context, format: options.format, members: [("rows", .array(rows))], rows: rows,
      columns: ReleasedTally.csvColumns
    ) { Self.table(rows) }
  }

  private func printReport(_ answer: Answer<TallyReport>, floor: Int64) throws {
    let report = answer.content
    let rows = report.releases.flatMap { release in
      release.cells.map { cell in
        cell.row(
          campaign: release.campaign, grouping: release.grouping.rawValue, from: release.from,
          to: release.to, through: release.through, position: release.position)
      }
    }
    if let warning = report.warning { Output.note("annals: warning: \(warning)") }
    if rows.isEmpty {
      options.note(
        "no count would change, and nothing is appended; release points lie behind every \(report.blockSize) testimonies of a campaign"
      )
    } else if dryRun {
      options.note(
        "this would be released; nothing was recorded. Until it is, it is not for publication")
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: [
        ("floor", .integer(floor)), ("blockSize", .integer(Int64(report.blockSize))), ("rows", .array(rows)),
      ], rows: rows, columns: ReleasedTally.csvColumns
    ) { rows.isEmpty ? ["nothing to release"] : Self.table(rows) }
  }

  private static func table(_ rows: [JSONValue]) -> [String] {
    if rows.isEmpty { return [] }
    var table = Table([
      .init(heading: "CAMPAIGN"), .init(heading: "BY"), .init(heading: "CELL"), .init(heading: "COUNT"),
      .init(heading: "RECORDED"), .init(heading: "POSITION"),
    ])
    for row in rows {
      let days = [row["from"], row["to"]].compactMap { $0?.string }
      table.add([
        row["campaign"]?.string ?? "", row["grouping"]?.string ?? "", row["cell"]?.string ?? "(each other)",
        row["count"]?.string ?? "", days.joined(separator: " to "),
        row["position"]?.integer.map { "\($0)" } ?? "",
      ])
    }
    return table.lines(widthMax: Terminal.width)
  }
}
