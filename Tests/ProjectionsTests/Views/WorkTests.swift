// What keeps appends as cheap as they are, counted and not timed: the rows that one more event changes.

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
    // Event, move, version, progress; of the standing one row that ends and those that come.
    #expect((5...12).contains(changes[0]), "\(changes)")
  }
}
