// A move as an event tells it, with all that rules of dates ask of it.

internal import Milestones

/// A move of one life as an event tells it.
struct Telling {
  let entry: EntryRow
  let move: FoldMove
  let standing: AccountStanding
  /// The rule that the event tells with the move.
  let rule: String?
  /// Whether rules ask for it: it counts towards a number, a period runs from it, a rule dates it.
  let isCounted: Bool

  /// The day that periods count from, in words.
  let countedFrom: String

  /// The day that periods count from: the deposit, else when it occurred. Dates are read when a rule asks for them:
  /// most subjects have none.
  var dated: DayRange? { DayRange(countedFrom) }

  /// The day of legal effect, where the event tells one by itself.
  var effective: DayRange? { entry.effective.flatMap { DayRange($0) } }

  /// The days of the move itself.
  var days: DayRange? {
    move.isUnplaced || move.orderDay == .min ? nil : DayRange(low: move.orderDay, high: move.certainDay)
  }

  /// Whether it tells when the stage was come to, be it one of several rival accounts. What is set aside tells nothing.
  func tells(_ stage: String) -> Bool {
    if case .setAside = standing { return false }
    return isCounted && leads(to: stage) && days != nil
  }

  /// Whether it can lead to the stage without asking where the subject stands.
  func leads(to stage: String) -> Bool {
    move.candidates.contains { $0.stage == stage && $0.from.isEmpty }
  }
}
