// That statements are prepared once: preparing costs more than running most of them.

internal import LogStore
internal import Testing

@Suite("Statements are prepared once")
struct PreparedStatementTests {
  @Test("Appends run the statements that the first of them prepared, each row through the same one")
  func once() throws {
    try withSQLiteLog { log throws in
      func append(_ first: UInt64, count: UInt64) throws {
        try log.append((0..<count).map { try proposal(first + $0) })
      }
      // With more leaves than a tile holds, so that each statement had its turn: tiles are begun and grown.
      try append(1_000, count: 300)
      try append(2_000, count: 1)
      let before = try log.keptStatements()
      #expect(Set(before.map(\.sql)).count == before.count, "none is prepared twice")
      for batch in 1...5 { try append(UInt64(2_000 + batch * 1_000), count: 300) }
      let after = try log.keptStatements()
      #expect(
        after.map(\.identity).sorted() == before.map(\.identity).sorted(), "none came, none was made anew")
      #expect(after.allSatisfy { $0.preparedAgainCount == 0 })

      func runs(of verb: String, _ statements: [KeptStatement]) -> Int {
        statements.filter { $0.sql.hasPrefix(verb) }.reduce(0) { $0 + $1.runCount }
      }
      // SQLite counts the program of a trigger as a run of its own; events and the head have one each.
      for (verb, count) in [
        ("INSERT OR ROLLBACK INTO event", 2 * 1_500), ("UPDATE tree_head", 2 * 5), ("BEGIN IMMEDIATE", 5),
      ] {
        #expect(runs(of: verb, after) - runs(of: verb, before) == count, "\(verb)")
      }
    }
  }
}
