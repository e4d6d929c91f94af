// What is known of the subjects that were folded last: kept in memory while the views are brought forward, so that a
// subject that is touched again is not read again.

internal import OrderedCollections

/// Subjects as the views have them, for as long as one and the same process brings the views forward.
///
/// Reading a subject's rows costs more than folding it. Memory is bounded: what was not touched for long is let go of, and
/// read again if it should be needed. What is kept is what the tables hold, row by row: whoever changes them otherwise
/// than by adding events (a correction, another process) makes it ``forget(_:)`` or ``forgetAll(startingWith:)``.
///
/// Unchecked: whoever brings views forward has it alone; ``ViewGeneration`` lends it to one at a time.
final class KnownSubjects: @unchecked Sendable {
  /// What the tables hold of one subject.
  final class Known {
    /// The events told of it and those that move it, as they stand.
    var entries: [EntryRow]
    /// The effects of each event on it, by party and position.
    var facts: [String: [Int64: [FactEffect]]]
    /// The rows that hold, of each table in ``DerivedTable/all``; nil if they are to be read.
    var rows: [[[DerivedTable.Cell]]]?

    init(
      entries: [EntryRow] = [], facts: [String: [Int64: [FactEffect]]] = [:],
      rows: [[[DerivedTable.Cell]]]? = nil
    ) {
      self.entries = entries
      self.facts = facts
      self.rows = rows
    }

    /// Of a subject that no event has touched.
    static func nothing() -> Known { Known(rows: DerivedTable.all.map { _ in [] }) }

    fileprivate var weight: Int { 1 + entries.count + (rows?.reduce(0) { $0 + $1.count } ?? 0) }
  }

  /// The size of the log that the tables were projected to when this was last brought up to date.
  var size: Int64 = -1

  /// Those touched lately, and those touched before them. When the first are many, the second are let go of.
  private var young: [ExactText: Known] = [:]
  private var old: [ExactText: Known] = [:]
  private var youngWeight = 0
  /// How many events and rows are kept in each half; one takes some 500 bytes.
  private let weightMax: Int
  /// Whether nothing was let go of since the views were empty: what is not here then, and not among the forgotten, is
  /// nowhere in the tables.
  private var hasAll = false
  private var forgotten: Set<ExactText> = []

  init(weightMax: Int = 20_000) { self.weightMax = weightMax }

  /// What is known of a subject; nil if it is to be read.
  func known(of subject: ExactText) -> Known? {
    if let known = young[subject] { return known }
    let isNew = hasAll && !forgotten.contains(subject)
    guard let known = old.removeValue(forKey: subject) ?? (isNew ? .nothing() : nil) else { return nil }
    keep(known, as: subject)
    return known
  }

  func keep(_ known: Known, as subject: ExactText) {
    if youngWeight > weightMax {
      if !old.isEmpty { hasAll = false }
      old = young
      (young, youngWeight) = ([:], 0)
    }
    forgotten.remove(subject)
    youngWeight += known.weight
    young[subject] = known
  }

  /// Changes what is known of a subject that was kept last.
  func change(_ known: Known, _ change: (Known) -> Void) {
    youngWeight -= known.weight
    change(known)
    youngWeight += known.weight
  }

  func forget(_ subject: String) {
    let subject = ExactText(subject)
    if let known = young.removeValue(forKey: subject) { youngWeight -= known.weight }
    old[subject] = nil
    if hasAll { forgotten.insert(subject) }
  }

  /// Forgets everything.
  ///
  /// - Parameter size: how many events the tables hold; of none there is nothing that would have to be read.
  func forgetAll(startingWith size: Int64) {
    (young, old, youngWeight, forgotten) = ([:], [:], 0, [])
    hasAll = size == 0
  }
}
