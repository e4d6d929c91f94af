// annals diff: what changed between two points of knowledge, or between two days.

import ArgumentParser
import CanonicalJSON
import EDTF
import Ledger
import Projections
import Publishing

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two points of knowledge, or between two days.",
    discussion: """
      With --from and --to it compares what was known: events added, corrected and retracted, subjects and parties \
      that stand elsewhere, accounts that came to be at odds or were settled. Both sides are told for one day (--on, \
      else the day on which the last event known at --to was recorded), so that what differs is knowledge alone; \
      events are told whenever they happened. With --from-day and --to-day it compares two days by what is known at \
      one point.

      Places come first that have no country. Text and Markdown leave out what only counts events or sources \
      ("counted" in the other formats), and of a correction, retraction or preference they tell what it changed.

      Examples:
        annals diff --from 100
        annals diff --from 13 --to 150 US
        annals diff --from-day 2017-12-31 --to-day 2018-12-31 CN
        annals diff --from 100 --format jsonl
        annals diff --from 100 --markdown > changes.md
      """)

  @Argument(
    help: "A country (US), an institution (us/congress) or a subject (measure:…); all if not given.",
    completion: .custom { words, _, prefix in Candidates.scopes(words, startingWith: prefix) })
  var scope: String?

  @Option(
    help: ArgumentHelp(
      "What was known earlier: an event's position, a time or the end of a UTC day.",
      valueName: "POSITION|TIME"),
    transform: QueryOptions.knowledge)
  var from: Knowledge?

  @Option(
    help: ArgumentHelp(
      "What was known later; all that is recorded if not given.", valueName: "POSITION|TIME"),
    transform: QueryOptions.knowledge)
  var to: Knowledge?

  @Option(
    help: ArgumentHelp("The earlier of two days.", valueName: "YYYY-MM-DD"), transform: QueryOptions.day)
  var fromDay: Day?

  @Option(help: ArgumentHelp("The later of two days.", valueName: "YYYY-MM-DD"), transform: QueryOptions.day)
  var toDay: Day?

  @Flag(help: "Print Markdown; a page to hand round.")
  var markdown = false

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if markdown && options.format != .text {
      throw ValidationError("--markdown is a format of its own; leave out --format.")
    }
    let isOfDays = fromDay != nil || toDay != nil
    if (from != nil || to != nil) && isOfDays {
      throw ValidationError(
        "Give two points of knowledge (--from, --to) or two days (--from-day, --to-day), not both.")
    }
    if isOfDays {
      guard fromDay != nil, toDay != nil else {
        throw ValidationError("Two days are compared: give both --from-day and --to-day.")
      }
      if query.on != nil {
        throw ValidationError("--on has no meaning between two days; leave it out.")
      }
    } else {
      guard from != nil else {
        throw ValidationError(
          "Say what to compare: --from POSITION|TIME (with --to, or all that is recorded), or --from-day and --to-day."
        )
      }
      if query.knownAt != nil {
        throw ValidationError(
          "--known-at goes with --from-day and --to-day; of two points of knowledge, --to is the later one.")
      }
    }
  }

  func run() throws {
    // A subject has to be known on the later side.
    var asked = query
    if let to { asked.knownAt = to }
    let (answer, _) = try options.ask(scope, asked, isEmpty: { $0.changes.isEmpty }) { ledger, scope in
      if let fromDay, let toDay {
        return try ledger.difference(scope, fromDay: fromDay, toDay: toDay, knownAt: query.knownAt)
      }
      return try ledger.difference(scope, from: from ?? .position(0), to: to, on: query.on)
    }
    let report = ChangeReport(answer: answer, isOfDays: fromDay != nil)
    if markdown {
      for line in report.markdown { try Output.line(line) }
      return
    }
    try ViewPrinter.print(
      answer.context, format: options.format, members: report.members,
      rows: answer.content.changes.map(\.json), columns: Change.csvColumns
    ) { report.lines }
  }
}
