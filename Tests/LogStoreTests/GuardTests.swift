// The file itself refuses what the log never does, whoever asks.

internal import GRDB
internal import LogStore
internal import Testing

@Suite("Guards of the file")
struct GuardTests {
  private static let columns = "(position, id, tag, subject, version, recorded, leaf)"
  private static func id(_ number: Int) -> String {
    "zeroblob(8) || x'00000000000000\(number < 10 ? "0" : "")\(number)'"
  }

  /// A row as another program might write it: (position, id, subject, version).
  private static func row(_ position: String, _ id: Int, _ subject: String, _ version: Int) -> String {
    // `||` makes text of two blobs, so it is cast back.
    """
    \(columns) VALUES (\(position), CAST(\(Self.id(id)) AS BLOB), zeroblob(16), '\(subject)',
      \(version), 0, x'01')
    """
  }

  static let forbidden: [String] = [
    "UPDATE event SET leaf = x'00'",
    "UPDATE event SET position = position + 10",
    "UPDATE OR IGNORE event SET recorded = 1",
    "UPDATE OR REPLACE event SET position = 0 WHERE position = 1",
    "DELETE FROM event",
    "DELETE FROM event WHERE position = 1",
    // In the way of a row by its position, its id, its subject and version.
    "INSERT OR REPLACE INTO event " + row("1", 50, "bill:z", 1),
    "REPLACE INTO event " + row("2", 1, "bill:z", 1),
    "INSERT OR REPLACE INTO event " + row("2", 50, "bill:a", 1),
    "INSERT OR IGNORE INTO event " + row("1", 50, "bill:z", 1),
    "INSERT INTO event " + row("1", 50, "bill:z", 1) + " ON CONFLICT (position) DO UPDATE SET leaf = x'00'",
    "INSERT INTO event " + row("2", 1, "bill:z", 1) + " ON CONFLICT (id) DO UPDATE SET leaf = x'00'",
    // Out of order.
    "INSERT INTO event " + row("3", 50, "bill:z", 1),
    "INSERT INTO event " + row("-1", 50, "bill:z", 1),
    "INSERT INTO event " + row("NULL", 50, "bill:z", 1),
    "INSERT INTO event " + row("2", 50, "bill:a", 4),
    "INSERT INTO event " + row("2", 50, "bill:z", 2),
    // Of another shape.
    "INSERT INTO event \(columns) VALUES (2, zeroblob(16), zeroblob(16), '', 1, 0, x'01')",
    "INSERT INTO event \(columns) VALUES (2, zeroblob(16), zeroblob(16), 'bill:z', 1, 'now', x'01')",
    "INSERT INTO event \(columns) VALUES (2, zeroblob(16), zeroblob(16), 'bill:z', 1, 0, 'text')",
    "INSERT INTO event \(columns) VALUES (2, NULL, zeroblob(16), 'bill:z', 1, 0, x'01')",
  ]

  @Test("A second connection may not change, remove, replace or misplace an event", arguments: forbidden)
  func refused(_ sql: String) throws {
    try withSQLiteLog { log throws in
      try log.append([proposal(1), proposal(2)])
      let before = try log.all().map(exactly)
      for recursiveTriggers in ["ON", "OFF"] {
        let raw = try rawConnection(log.path)
        let error = #expect(throws: DatabaseError.self) {
          try raw.write { database in
            try database.execute(sql: "PRAGMA recursive_triggers = \(recursiveTriggers)")
            try database.execute(sql: sql)
          }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      }
      #expect(try log.all().map(exactly) == before)
    }
  }

  @Test("The rows that the guards refuse would be accepted at the right place")
  func accepted() throws {
    try withSQLiteLog { log throws in
      try log.append([proposal(1), proposal(2)])
      let raw = try rawConnection(log.path)
      try raw.write { try $0.execute(sql: "INSERT OR REPLACE INTO event " + Self.row("2", 50, "bill:a", 3)) }
      #expect(try log.all().map(\.version) == [1, 2, 3])
    }
  }

  @Test(
    "An id or tag that is not 16 bytes, or an overlong leaf, is damage when it is read",
    arguments: [
      "zeroblob(15), zeroblob(16), zeroblob(9)", "zeroblob(16), zeroblob(17), zeroblob(9)",
      "zeroblob(16), zeroblob(16), zeroblob(65536)",
    ])
  func lengths(_ values: String) throws {
    try withSQLiteLog { log throws in
      try rawConnection(log.path).write {
        try $0.execute(
          sql: """
            INSERT INTO event (position, subject, version, recorded, id, tag, leaf)
            VALUES (0, 'bill:z', 1, 0, \(values))
            """)
      }
      let error = #expect(throws: LogError.self) { try log.all() }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("A log whose guards were taken away or altered is not opened")
  func guardsAreChecked() throws {
    for sql in [
      "DROP TRIGGER event_refuses_update", "DROP TRIGGER event_refuses_delete",
      "DROP TRIGGER event_admits_the_next_only",
      """
      DROP TRIGGER event_refuses_delete;
      CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event BEGIN SELECT 1; END
      """,
    ] {
      try withDirectory { directory throws in
        _ = try SQLiteLog.create(at: directory.file())
        try rawConnection(directory.file()).write { try $0.execute(sql: sql) }
        let error = #expect(throws: LogError.self) { try SQLiteLog.open(at: directory.file()) }
        guard case .damaged = error else {
          Issue.record("\(sql): \(String(describing: error))")
          return
        }
      }
    }
  }

  @Test("A missing position is reported by every way of reading")
  func gap() throws {
    try withSQLiteLog { log throws in
      try log.append((1...5).map { try proposal($0) })
      try rawConnection(log.path).write {
        try $0.execute(sql: "DROP TRIGGER event_refuses_delete; DELETE FROM event WHERE position = 2")
      }
      #expect(throws: LogError.gap(position: 2)) { try log.read(from: 0, limit: 9) }
      #expect(throws: LogError.gap(position: 2)) { try log.read(from: 2, limit: 1) }
      #expect(throws: LogError.gap(position: 2)) { try log.scan { _, _ in } }
      #expect(throws: LogError.gap(position: 2)) { try log.scan(from: 2, through: 2) { _, _ in } }
      #expect(try log.read(from: 0, limit: 2).count == 2)
      #expect(try log.scan(through: 1) { _, _ in } == 2)
      #expect(try log.head().size == 5)
    }
  }
}
