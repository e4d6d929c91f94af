// What keeps appends as cheap as they are, counted and not timed: the rows that one more event changes.

import LogStore
import Projections
import Testing

@Suite("What an append costs the views")
struct WorkTests {
  /// Views of a subject, and of many others that share its country and institution.
  private func recording(others: Int) throws -> Recording {
    var recording = Recording()
    try introduce("a", &recording)
    for number in 0..<others { try introduce("other-\(number)", &recording) }
    return recording
  }

  private func introduce(_ name: String, _ recording: inout Recording) throws {
    try recording.record(
      "bill.introduced", "subject=measure:\(name)", "occurred=2017-05-02", "country=FR",
      "institution=fr/assemblee", "identifier=1", "chamber=a", "title=A bill")
  }

  private func pass(_ chamber: Int, _ recording: inout Recording) throws {
    try recording.record(
      "bill.passed", "subject=measure:a", "occurred=2018-01-\(10 + chamber)", "country=FR",
      "institution=fr/assemblee", "chamber=c\(chamber)")
  }

  @Test("One more event changes the same rows, however many subjects the views hold beside its own")
  func changedRows() throws {
    let changes = try [0, 10, 300].map { others in
      var recording = try recording(others: others)
      let views = try recording.views()
      let before = try views.changedRowCount()
      try pass(1, &recording)
      try views.catchUp(with: recording.log)
      return try views.changedRowCount() - before
    }
    #expect(Set(changes).count == 1, "\(changes)")
    // Event, version, progress; of the life one row that ends and one that comes, and what was taken back before.
    #expect((4...8).contains(changes[0]), "\(changes)")
  }

  @Test("Appends and questions run the statements that the first of them prepared")
  func preparedOnce() throws {
    var recording = try recording(others: 3)
    let views = try recording.views()
    func round(_ chamber: Int) throws {
      try pass(chamber, &recording)
      try views.catchUp(with: recording.log)
      for knownAt in [nil, 2] as [Int64?] {
        let rows = try views.snapshot(of: recording.log, knownAt: knownAt) {
          try $0.status(.country("FR"), onDay: 18_000)
        }
        #expect(rows.count == (knownAt == nil ? 4 : 3))
        let events = try views.snapshot(of: recording.log, knownAt: knownAt) {
          try $0.timeline(.country("FR"), throughDay: 18_000)
        }
        #expect(!events.isEmpty)
      }
    }
    for chamber in 1...2 { try round(chamber) }
    let before = try views.keptStatements()
    for chamber in 3...6 { try round(chamber) }
    let after = try views.keptStatements()
    #expect(
      after.map(\.identity).sorted() == before.map(\.identity).sorted(), "none came, none was made anew")
    func again(_ statements: [KeptStatement]) -> Int {
      statements.reduce(0) { $0 + $1.preparedAgainCount }
    }
    #expect(again(after) == again(before), "SQLite forgot none")
    #expect(after.contains { $0.sql.hasPrefix("INSERT INTO entry") && $0.runCount >= 10 })
  }
}
