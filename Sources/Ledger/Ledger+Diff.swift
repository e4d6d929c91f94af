// What changed between two points of knowledge or two days, and why a subject stands where it stands.

public import EDTF
public import Milestones
public import Projections

/// What changed between two sides. The context of the answer is that of the later side.
public struct Difference: Sendable {
  /// What the earlier side depends on.
  public let from: AnswerContext
  /// The changes, place by place: those without a country first.
  public let changes: [Change]
}

extension Ledger {
  /// What differs between two points of knowledge, told for one day: what differs is knowledge alone.
  ///
  /// - Parameters:
  ///   - scope: what is asked about.
  ///   - from: the earlier point.
  ///   - to: the later point; nil for all that is recorded.
  ///   - day: the day that both sides are told for; nil for the day on which the last event known at `to` was recorded.
  /// - Returns: the changes, with what both sides depend on.
  /// - Throws: ``LedgerError/backwards(from:to:)`` if `from` comes after `to`, and others.
  public func difference(
    _ scope: Scope, from: Knowledge, to: Knowledge? = nil, on day: Day? = nil
  ) throws(LedgerError) -> Answer<Difference> {
    let former = try position(of: from)
    let later = if let to { try position(of: to) } else { try size() - 1 }
    guard former <= later else { throw .backwards(from: "position \(former)", to: "position \(later)") }
    return try answer(on: day, knownAt: .position(later)) { snapshot, day in
      let before = try snapshot.at(knownAt: former)
      return Difference(
        from: try self.context(of: before, on: day),
        changes: try snapshot.changes(since: former, scope, onDay: day.number))
    }
  }

  /// What differs between two days at one point of knowledge.
  ///
  /// - Parameters:
  ///   - scope: what is asked about.
  ///   - fromDay: the earlier day.
  ///   - toDay: the later day.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: the changes, with what both sides depend on.
  /// - Throws: ``LedgerError/backwards(from:to:)`` if `fromDay` comes after `toDay`, and others.
  public func difference(
    _ scope: Scope, fromDay: Day, toDay: Day, knownAt: Knowledge? = nil
  ) throws(LedgerError) -> Answer<Difference> {
    guard fromDay <= toDay else { throw .backwards(from: fromDay.description, to: toDay.description) }
    return try answer(on: toDay, knownAt: knownAt) { snapshot, _ in
      Difference(
        from: try self.context(of: snapshot, on: fromDay),
        changes: try snapshot.changes(fromDay: fromDay.number, toDay: toDay.number, scope))
    }
  }

  /// Why a subject stands where it stands.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: its events in the order in which the fold took them, with what each did and by which rule.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)`` and others.
  public func explanation(
    of subject: Subject, on day: Day? = nil, knownAt: Knowledge? = nil
  ) throws(LedgerError) -> Answer<Explanation> {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      guard let explanation = try snapshot.explanation(of: subject.text, onDay: day.number) else {
        throw try Self.unknown(subject.text, in: snapshot)
      }
      return explanation
    }
  }
}
