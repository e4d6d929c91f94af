// What all pages of one publication are made from: one state of the views, and what each page depends on.

internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections

/// One state of a ledger, with what pages ask of it again and again.
final class SiteSource {
  let ledger: Ledger
  let snapshot: ViewSnapshot
  /// The day of the answers (D).
  let day: Day
  let vocabulary: Vocabulary
  /// The counts that were released.
  let releases: [ReleasedTally]
  /// Where everything stands.
  let world: [StatusRow]

  private var contexts: [ContextKey: AnswerContext] = [:]
  private var days: [Int64: Day] = [:]

  private struct ContextKey: Hashable {
    let knownAt: Int64
    let day: Int64
  }

  init(ledger: Ledger, snapshot: ViewSnapshot, day: Day, releases: [ReleasedTally]) throws {
    self.ledger = ledger
    self.snapshot = snapshot
    self.day = day
    self.releases = releases
    vocabulary = snapshot.readBy
    world = try snapshot.status(.world, onDay: day.number)
  }

  /// What a page depends on.
  ///
  /// - Parameters:
  ///   - knownAt: the position of the last event that changed what it says.
  ///   - changed: the last day that did; nil if none did after that event was recorded.
  /// - Returns: what it depends on.
  /// - Throws: `LedgerError` and errors of the views.
  func context(knownAt: Int64, changed: Int64?) throws -> AnswerContext {
    let recorded = try recordedDay(knownAt)
    let day = max(recorded.number, changed ?? .min)
    let key = ContextKey(knownAt: knownAt, day: day)
    if let context = contexts[key] { return context }
    let context = try ledger.context(
      knownAt: knownAt, on: Day(number: day), restrictedBy: snapshot.restrictedBy)
    contexts[key] = context
    return context
  }

  /// What a page depends on that tells of the whole ledger.
  func context() throws -> AnswerContext {
    try context(knownAt: snapshot.knownAt, changed: day.number)
  }

  private func recordedDay(_ position: Int64) throws -> Day {
    if let day = days[position] { return day }
    let day = try snapshot.recordedTime(at: position).day
    days[position] = day
    return day
  }
}
