// annals explain: why a subject stands where it stands, step by step.

import ArgumentParser
import EDTF
import Ledger
import Milestones
import Projections
import Publishing

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain why a subject stands where it stands: step by step, each with its event and its rule.",
    discussion: """
      The steps stand in the order in which they were taken, which is that of what happened. Each names the event and \
      its sources, the line of the vocabulary file that says what such an event does, and the line that says what can \
      follow the stage that was stood at (annals vocabulary lifecycles draws it). The files are those of the \
      vocabulary in force: Events/vocabulary in the sources of Annals, unless the ledger adopted its own.

      Examples:
        annals explain measure:us-115-s3749
        annals explain measure:us-115-s3749 --on 2018-12-31
        annals explain treaty:ilo-c190 --on 2021-12-31
        annals explain measure:cn-civil-code-1010 --known-at 200
        annals explain campaign:metoo --format json
      """)

  @Argument(
    help: "The subject, such as measure:us-115-s3749.",
    completion: .custom { words, _, prefix in
      Candidates.scopes(words, startingWith: prefix, subjectsAlone: true)
    })
  var subject: String

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let subject = try ScopeArgument.subject(subject)
    let answer = try options.open().explanation(
      of: subject, on: query.on, knownAt: query.knownAt)
    let explanation = answer.content
    let lives = explanation.explainedLives
    // No part of the document, which for the same day and knowledge is the same for ever.
    if explanation.unknownCount > 0 {
      let count = explanation.unknownCount
      options.note(
        "annals: \(count) \(count == 1 ? "event" : "events") on it that \(count == 1 ? "was" : "were") recorded "
          + "after [\(answer.context.knownAt)] \(count == 1 ? "is" : "are") left out")
    }
    try ViewPrinter.print(
      answer.context, format: options.format,
      members: explanation.members, rows: lives.flatMap(\.rows), columns: ExplainedStep.csvColumns
    ) { lives.flatMap { $0.lines(on: answer.context.on) } + Self.leftOut(explanation, answer.context.on) }
  }

  private static func leftOut(_ explanation: Explanation, _ day: Day) -> [String] {
    let count = explanation.laterCount
    if count == 0 { return [] }
    return ["", "left out: \(count) \(count == 1 ? "event" : "events") of a day after \(day)"]
  }
}
