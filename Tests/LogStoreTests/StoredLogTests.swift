// A log's file after somebody has been at it with another program: what verification makes of what is there.

internal import Foundation
internal import GRDB
internal import LogStore
internal import TestSupport
internal import Testing
internal import TransparencyLog

@Suite("The file of a log, verified")
struct StoredLogTests {
  private static let size = 600

  /// A log of some hundred events, closed; then what the body makes of its file.
  private func withFile(_ body: (TemporaryDirectory, _ root: MerkleHash) throws -> Void) throws {
    try withDirectory { directory in
      let root: MerkleHash
      do {
        let log = try SQLiteLog.create(at: directory.file())
        let batch = try (0..<UInt64(Self.size)).map { try proposal($0, subject: "bill:\($0 % 7)") }
        try log.append(batch)
        root = try log.head().root
      }
      try body(directory, root)
    }
  }

  /// Takes the guards away, does it, and puts them back: as somebody who does not want to be seen.
  private func tamper(_ path: String, _ statements: String...) throws {
    try rawConnection(path).writeWithoutTransaction { database in
      let guards = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      for row in guards { try database.execute(sql: "DROP TRIGGER \(row[0] as String)") }
      for statement in statements { try database.execute(sql: statement) }
      for row in guards { try database.execute(sql: row[1] as String) }
    }
  }

  private func verify(
    _ path: String, claims: [TreeClaim] = []
  ) throws -> (report: VerificationReport, brokenGuards: [String]) {
    try StoredLog.read(path) { log throws in
      let head = try #require(log.head)
      let report = try LogVerifier().verify(
        log, head: TreeClaim(.stored, size: head.size, root: head.root, file: "log.db"), claims: claims)
      return (report, log.brokenGuards)
    }
  }

  private func firstFailure(_ path: String, claims: [TreeClaim] = []) throws -> String? {
    try verify(path, claims: claims).report.failures.first.map {
      "\($0.kind.rawValue) \($0.position.map { "\($0)" } ?? "-") \($0.file ?? "-")"
    }
  }

  @Test("A log that nobody touched is intact, also while it is open and growing")
  func intact() throws {
    try withFile { directory, root in
      let found = try verify(directory.file())
      #expect(found.report.isIntact && found.brokenGuards.isEmpty)
      #expect(found.report.size == UInt64(Self.size) && found.report.root == root)
      let log = try SQLiteLog.open(at: directory.file())
      try StoredLog.read(directory.file()) { stored throws in
        let head = try #require(stored.head)
        try log.append([proposal(5_000)])
        let claim = TreeClaim(.stored, size: head.size, root: head.root, file: "log.db")
        #expect(try LogVerifier().verify(stored, head: claim).isIntact)
      }
      #expect(try verify(directory.file()).report.size == UInt64(Self.size) + 1)
    }
  }

  @Test("An event that was edited, removed, swapped or added is found at its position")
  func events() throws {
    for (statement, expected) in [
      ("UPDATE event SET leaf = CAST(leaf || x'20' AS BLOB) WHERE position = 0", "altered-event 0"),
      ("UPDATE event SET leaf = x'' WHERE position = 255", "altered-event 255"),
      ("UPDATE event SET leaf = zeroblob(70000) WHERE position = 256", "altered-event 256"),
      ("UPDATE event SET leaf = CAST(leaf || x'20' AS BLOB) WHERE position >= 599", "altered-event 599"),
      ("DELETE FROM event WHERE position = 300", "missing-event 300"),
      ("DELETE FROM event WHERE position BETWEEN 200 AND 400", "missing-event 200"),
      ("DELETE FROM event", "missing-event 0"),
      ("DELETE FROM event WHERE position >= 590", "missing-event 590"),
      (
        "INSERT INTO event SELECT 600, x'01', tag, 'bill:x', 1, country, institution, earliest, latest, recorded, leaf"
          + " FROM event WHERE position = 1", "added-event 600"
      ),
      (
        "INSERT INTO event SELECT 9000, x'01', tag, 'bill:x', 1, country, institution, earliest, latest, recorded, leaf"
          + " FROM event WHERE position = 1", "added-event 9000"
      ),
    ] {
      try withFile { directory, _ in
        try tamper(directory.file(), statement)
        #expect(try firstFailure(directory.file()) == "\(expected) log.db", "\(statement)")
      }
    }
    try withFile { directory, _ in
      try tamper(
        directory.file(),
        "CREATE TABLE aside AS SELECT position, leaf FROM event WHERE position IN (17, 399)",
        "UPDATE event SET leaf = (SELECT leaf FROM aside WHERE aside.position = 416 - event.position)"
          + " WHERE position IN (17, 399)", "DROP TABLE aside")
      let report = try verify(directory.file()).report
      #expect(report.failures.map(\.kind) == [.alteredEvent, .alteredEvent])
      #expect(report.failures.map(\.position) == [17, 399])
    }
    // One taken out, and all behind it moved up.
    try withFile { directory, _ in
      try tamper(
        directory.file(), "DELETE FROM event WHERE position = 40",
        "UPDATE event SET position = position + 10000 WHERE position > 40",
        "UPDATE event SET position = position - 10001 WHERE position > 10000")
      #expect(try firstFailure(directory.file()) == "missing-event 40 log.db")
    }
  }

  @Test("A tile that was altered, cut, lengthened or removed is found, and the events are not doubted")
  func tiles() throws {
    let level1 = 1 << 56
    for (statement, expected) in [
      ("UPDATE tile SET hashes = CAST(x'00' || substr(hashes, 2) AS BLOB) WHERE place = 0", "altered-tile 0"),
      (
        "UPDATE tile SET hashes = CAST(substr(hashes, 1, 8160) || zeroblob(32) AS BLOB) WHERE place = 1",
        "altered-tile 511"
      ),
      (
        "UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE place = \(level1)",
        "altered-tile 0"
      ),
      ("UPDATE tile SET hashes = substr(hashes, 1, 32) WHERE place = \(level1)", "malformed-file 256"),
      ("UPDATE tile SET hashes = CAST(hashes || hashes AS BLOB) WHERE place = 2", "malformed-file 600"),
      ("UPDATE tile SET hashes = substr(hashes, 1, 64) WHERE place = 2", "malformed-file 514"),
      ("DELETE FROM tile WHERE place = 1", "missing-tile 256"),
      ("DELETE FROM tile WHERE place = \(level1)", "missing-tile 0"),
    ] {
      try withFile { directory, _ in
        try tamper(directory.file(), statement)
        #expect(try firstFailure(directory.file()) == "\(expected) log.db", "\(statement)")
        #expect(try verify(directory.file()).report.failures.count == 1)
      }
    }
  }

  @Test("A head that was altered, or is gone, does not come out")
  func heads() throws {
    try withFile { directory, root in
      let signed = TreeClaim(.signed, size: 600, root: root, file: "signed")
      try tamper(directory.file(), "UPDATE tree_head SET root = zeroblob(32)")
      #expect(try firstFailure(directory.file()) == "wrong-root 0 log.db")
      #expect(try firstFailure(directory.file(), claims: [signed])?.hasSuffix("log.db") == true)
      try tamper(directory.file(), "UPDATE tree_head SET root = x'\(root.hex)', size = 599")
      let kinds = try verify(directory.file(), claims: [signed]).report.failures.map(\.kind)
      #expect(kinds == [.wrongRoot, .addedEvent, .malformedFile, .rollback])
      try tamper(directory.file(), "DELETE FROM tree_head")
      try StoredLog.read(directory.file()) { #expect($0.head == nil && $0.hasTables) }
    }
  }

  @Test("A chain that was made anew agrees with itself, and not with what was signed")
  func madeAnew() throws {
    try withFile { directory, root in
      let forged = directory.file("forged.db")
      do {
        let log = try SQLiteLog.create(at: forged)
        let batch = try (0..<UInt64(Self.size)).map {
          try proposal($0 == 77 ? 1_000 : $0, subject: "bill:\($0 % 7)")
        }
        try log.append(batch)
      }
      #expect(try verify(forged).report.isIntact)
      let earlier = TreeClaim(.signed, size: 600, root: root, file: "signed")
      #expect(try firstFailure(forged, claims: [earlier]) == "fork 0 signed")
    }
  }

  @Test("Guards that are gone are named, and the rest is verified all the same")
  func guards() throws {
    try withFile { directory, _ in
      try rawConnection(directory.file()).writeWithoutTransaction { database in
        try database.execute(sql: "DROP TRIGGER event_refuses_update")
      }
      #expect(throws: LogError.self) { try SQLiteLog.open(at: directory.file()) }
      let found = try verify(directory.file())
      #expect(found.report.isIntact)
      #expect(found.brokenGuards == ["event_refuses_update"])
    }
  }

  @Test("Tables that are something else are not read")
  func foreignTables() throws {
    try withFile { directory, _ in
      try rawConnection(directory.file()).writeWithoutTransaction { database in
        try database.execute(sql: "ALTER TABLE event RENAME TO other")
        try database.execute(
          sql:
            "CREATE VIEW event AS WITH RECURSIVE n(position) AS (SELECT 0 UNION ALL SELECT position + 1 FROM n)"
            + " SELECT position, x'00' AS leaf FROM n")
      }
      try StoredLog.read(directory.file()) { log throws in
        #expect(!log.hasTables && log.head == nil && log.brokenGuards.contains("event"))
        #expect(try log.leaf(at: 0) == nil)
        #expect(try log.firstEntry(from: 0) == nil)
        #expect(try log.tileBytes(TileID(level: 0, index: 0), width: 1) == nil)
      }
    }
  }

  @Test("Every byte that is turned in the file is found, or lies where nothing of the log is")
  func bytesOfTheFile() throws {
    let seed: UInt64 = 29
    var random = SeededGenerator(seed: seed)
    try withFile { directory, root in
      let honest = [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory.file())))
      let entries = try StoredLog.read(directory.file()) { log throws in
        try (0..<UInt64(Self.size)).map { try log.leaf(at: $0) }
      }
      var found = 0
      for _ in 0..<300 {
        var bytes = honest
        bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
        let path = directory.file("turned.db")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
          let isWhole = try StoredLog.read(path) { log throws -> Bool in
            guard let head = log.head, log.brokenGuards.isEmpty else { return false }
            let claim = TreeClaim(.stored, size: head.size, root: head.root, file: "log.db")
            let signed = TreeClaim(.signed, size: 600, root: root, file: "signed")
            guard try LogVerifier().verify(log, head: claim, claims: [signed]).isIntact else { return false }
            // Not seen: then all that the tree is made of must be as it was.
            #expect(try (0..<UInt64(Self.size)).map { try log.leaf(at: $0) } == entries, "seed \(seed)")
            return true
          }
          if !isWhole { found += 1 }
        } catch is LogError { found += 1 } catch is ContentsError { found += 1 }
      }
      #expect(found > 20, "seed \(seed)")
    }
  }

  @Test("A copy in a directory that cannot be written is verified as it stands")
  func readOnlyCopy() throws {
    try withFile { directory, _ in
      let place = directory.file("copy")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try FileManager.default.copyItem(atPath: directory.file(), toPath: place + "/log.db")
      chmod(place, 0o555)
      defer { chmod(place, 0o755) }
      let file = place + "/log.db"
      try unprivileged {
        try StoredLog.read(file) { log throws in
          let head = try #require(log.head)
          let claim = TreeClaim(.stored, size: head.size, root: head.root, file: "log.db")
          #expect(try LogVerifier().verify(log, head: claim).isIntact)
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["log.db"])
    }
  }

  @Test("What is no log, or none of this format, is refused as such")
  func noLogs() throws {
    try withDirectory { directory in
      let path = directory.file()
      #expect(throws: LogError.notFound(path: path)) { try StoredLog.read(path) { _ in } }
      try Data("not a database, just text, for long enough to fill a header of a hundred bytes, or so".utf8)
        .write(to: URL(fileURLWithPath: path))
      #expect(throws: LogError.notALog(path: path)) { try StoredLog.read(path) { _ in } }
    }
  }
}
