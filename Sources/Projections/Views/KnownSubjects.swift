// What is known of the subjects that were folded last: kept in memory while the views are brought forward, so that a
// subject that is touched again is not read again.

internal import OrderedCollections

/// Subjects as the views have them, for as long as one and the same process brings the views forward.
///
/// Reading a subject's rows costs more than folding it. Memory is bounded: what was not touched for long is let go of, and
/// read again if it should be needed. What is kept is what the tables hold, row by row: whoever changes them otherwise
/// than by adding events (a correction, another process) makes it ``forget(_:)`` or ``forgetAll()``.
final class KnownSubjects {
  /// What the tables hold of one subject.
  struct Known {
    /// The events told of it and those that move it, as they stand.
    var entries: [EntryRow]
    /// The effects of each event on it, by party and position.
    var facts: [String: [Int64: [FactEffect]]]
    /// The rows that hold, of each table in ``DerivedTable/all``; nil if they are to be read.
    var rows: [[[DerivedTable.Cell]]]?
  }

  /// The size of the log that the tables were projected to when this was last brought up to date.
  var size: Int64 = -1

  /// Those touched lately, and those touched before them. When the first are many, the second are let go of.
  private var young: [ExactText: Known] = [:]
  private var old: [ExactText: Known] = [:]
  private var youngWeight = 0
  /// How many events and rows are kept in each half; one takes some 300 bytes.
  private let weightMax: Int

  init(weightMax: Int = 60_000) { self.weightMax = weightMax }

  /// Takes out what is known of a subject; whoever does so puts it back, with ``keep(_:as:)``.
  func take(_ subject: ExactText) -> Known? {
    if let known = young.removeValue(forKey: subject) {
      youngWeight -= Self.weight(known)
      return known
    }
    return old.removeValue(forKey: subject)
  }

  func keep(_ known: Known, as subject: ExactText) {
    if youngWeight > weightMax {
      old = young
      (young, youngWeight) = ([:], 0)
    }
    youngWeight += Self.weight(known)
    young[subject] = known
  }

  private static func weight(_ known: Known) -> Int {
    1 + known.entries.count + (known.rows?.reduce(0) { $0 + $1.count } ?? 0)
  }

  /// Adds an event to the subjects that it is told of and that it moves, as far as they are kept.
  ///
  /// - Parameters:
  ///   - entry: the event, which stands and counts.
  ///   - moves: what it may move.
  func add(_ entry: EntryRow, moves: [EventFacts.MoveFact]) {
    add(entry, moves, to: ExactText(entry.subject))
    for (index, move) in moves.enumerated() where !move.subject.hasBytes(of: entry.subject) {
      // Each subject once, however many of its parties are moved.
      if moves[..<index].contains(where: { $0.subject.hasBytes(of: move.subject) }) { continue }
      add(entry, moves, to: ExactText(move.subject))
    }
  }

  private func add(_ entry: EntryRow, _ moves: [EventFacts.MoveFact], to subject: ExactText) {
    guard var known = take(subject) else { return }
    known.entries.append(entry)
    for move in moves where move.subject.hasBytes(of: subject.text) {
      known.facts[move.party, default: [:]][entry.position] = move.effects
    }
    keep(known, as: subject)
  }

  func forget(_ subject: String) { _ = take(ExactText(subject)) }

  func forgetAll() {
    (young, old, youngWeight) = ([:], [:], 0)
  }
}
