// Folds one subject anew and puts its rows in the place of the old ones.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones
internal import OrderedCollections

extension Projector {
  /// How many subjects are folded in one go: enough for several cores, and few in memory.
  private static var subjectsAtOnce: Int { 256 }

  /// Folds subjects as far as the views have come, and writes where they stand.
  ///
  /// - Parameters:
  ///   - touched: the subjects, each with the first and the last event of those just added that touch it.
  ///   - block: the block of the log that these events stand in, and whether the views came to its middle before.
  /// - Throws: errors of the engine.
  func refold(_ touched: Touched, block: (number: Int64, isBegun: Bool)) throws {
    let reader = SubjectReader(database: database, vocabulary: vocabulary, knownAt: ViewSchema.open - 1)
    for start in stride(from: 0, to: touched.count, by: Self.subjectsAtOnce) {
      let subjects = touched.elements[start..<min(start + Self.subjectsAtOnce, touched.count)]
      let known = try subjects.map { try self.known(of: $0.key) }
      let tellings = try zip(subjects, known).map { try reader.tellings(of: $0.key.text, $1) }
      // What is read and written goes through one connection; folding, half of the work, needs none.
      let folded = try InParallel.map(tellings) { try FoldedSubject($0.fold()) }
      for (index, (subject, version)) in subjects.enumerated() {
        try write(folded[index], of: subject, known[index], version, block: block)
      }
    }
  }

  private func write(
    _ folded: FoldedSubject, of subject: ExactText, _ known: KnownSubjects.Known, _ touched: SubjectVersion,
    block: (number: Int64, isBegun: Bool)
  ) throws {
    var version = touched
    if block.isBegun, let former = try self.version(of: subject.text, block: block.number) {
      version.touchedFrom = former.touchedFrom
      for (table, statements) in zip(DerivedTable.all, statements.derived) {
        try table.takeBack(subject.text, former, statements)
      }
      subjects.change(known) { $0.rows = nil }
    }
    for (index, (table, statements)) in zip(DerivedTable.all, statements.derived).enumerated() {
      let old = try known.rows?[index] ?? table.rows(of: subject.text, statements)
      try table.replace(old, by: folded.rows[index], of: subject.text, version, statements)
    }
    subjects.change(known) { known in
      known.rows = folded.rows
      // In the order of the fold, so that the next one finds most of it sorted.
      known.entries = folded.entries
    }
    try setVersion(version, of: subject.text, block: block.number)
  }

  private func version(of subject: String, block: Int64) throws -> SubjectVersion? {
    let query = statements.versionOf
    defer { query.reset() }
    try query.bind(1, block)
    try query.bind(2, subject)
    guard try query.step() else { return nil }
    return SubjectVersion(touchedFrom: query.integer(0), knownFrom: query.integer(1))
  }

  private func setVersion(_ version: SubjectVersion, of subject: String, block: Int64) throws {
    let query = statements.setVersion
    try query.bind(1, block)
    try query.bind(2, subject)
    try query.bind(3, version.touchedFrom)
    try query.bind(4, version.knownFrom)
    try query.run()
  }
}

/// What a fold of a subject comes to.
private struct FoldedSubject: Sendable {
  /// The events in the order of what happened.
  let entries: [EntryRow]
  /// The rows of each table in ``DerivedTable/all``.
  let rows: [[[DerivedTable.Cell]]]

  init(_ fold: SubjectFold) throws {
    entries = fold.entries
    let rows = SubjectRows(fold)
    self.rows = try DerivedTable.all.map { try rows.cells(of: $0) }
  }
}
