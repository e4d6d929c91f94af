// The options that every question has.

import ArgumentParser
import EDTF
import Ledger
import Milestones
import Projections

/// The two clocks: the day of which is told, and what is to be known of it.
struct QueryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day of the answer; the day on which the last event was recorded if not given.",
      valueName: "YYYY-MM-DD"),
    transform: Self.day)
  var on: Day?

  @Option(
    name: .customLong("known-at"),
    help: ArgumentHelp(
      "What was known then: up to an event's position, a time (2019-03-01T12:00:00Z) or the end of a UTC day.",
      valueName: "POSITION|TIME"),
    transform: Self.knowledge)
  var knownAt: Knowledge?

  /// Reads a point of knowledge: a position, a time or a day.
  static func knowledge(_ text: String) throws -> Knowledge {
    if let position = Int64(text), position >= 0 { return .position(position) }
    if let time = RecordedTime(rfc3339: text) { return .time(time) }
    if let day = Day(text), let end = RecordedTime(endOf: day) { return .time(end) }
    throw ValidationError(
      "\"\(text)\" is no point of knowledge; write a position (41), a time (2019-03-01T12:00:00Z) or a day (2019-03-01)."
    )
  }

  /// Reads a day.
  static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else {
      throw ValidationError("\"\(text)\" is not a day; write one such as 2020-12-01.")
    }
    return day
  }
}

extension LedgerOptions {
  /// Asks a ledger about a scope; a subject that no event tells of is refused.
  ///
  /// - Returns: the answer and the ledger that gave it.
  func ask<Content>(
    _ scope: String?, _ query: QueryOptions, _ question: (Ledger, Scope) throws -> Answer<[Content]>
  ) throws -> (answer: Answer<[Content]>, ledger: Ledger) {
    try ask(scope, query, isEmpty: \.isEmpty, question)
  }

  /// Asks a ledger about a scope; a subject that no event tells of is refused.
  func ask<Content>(
    _ scope: String?, _ query: QueryOptions, isEmpty: (Content) -> Bool = { _ in true },
    _ question: (Ledger, Scope) throws -> Answer<Content>
  ) throws -> (answer: Answer<Content>, ledger: Ledger) {
    let scope = try ScopeArgument.scope(scope)
    let ledger = try open()
    let answer = try question(ledger, scope)
    if isEmpty(answer.content) {
      if case .subject(let subject) = scope { try ledger.requireKnown(subject, knownAt: query.knownAt) }
      if let hint = ScopeArgument.hint(for: scope) { note(hint) }
    }
    return (answer, ledger)
  }
}
