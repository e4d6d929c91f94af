// The options that every question has.

import ArgumentParser
import EDTF
import Ledger
import Projections

/// The options of status, show and timeline.
struct QueryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day of the answer; the day on which the last event was recorded if not given.",
      valueName: "YYYY-MM-DD"),
    transform: Self.day)
  var on: Day?

  private static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else {
      throw ValidationError("\"\(text)\" is not a day; write one such as 2020-12-01.")
    }
    return day
  }
}

extension GlobalOptions {
  /// Asks a ledger about a scope; a subject that no event tells of is refused.
  ///
  /// - Returns: the answer and the ledger that gave it.
  func ask<Content>(
    _ scope: String?, _ question: (Ledger, Scope) throws -> Answer<[Content]>
  ) throws -> (answer: Answer<[Content]>, ledger: Ledger) {
    try ask(scope, isEmpty: \.isEmpty, question)
  }

  /// Asks a ledger about a scope; a subject that no event tells of is refused.
  func ask<Content>(
    _ scope: String?, isEmpty: (Content) -> Bool = { _ in true },
    _ question: (Ledger, Scope) throws -> Answer<Content>
  ) throws -> (answer: Answer<Content>, ledger: Ledger) {
    let scope = try ScopeArgument.scope(scope)
    let ledger = try open()
    let answer = try question(ledger, scope)
    if isEmpty(answer.content) {
      if case .subject(let subject) = scope { try ledger.requireKnown(subject) }
      if let hint = ScopeArgument.hint(for: scope) { note(hint) }
    }
    return (answer, ledger)
  }
}
