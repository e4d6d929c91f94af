// A ledger whose log.db somebody has been at with sqlite3, guards taken away and put back: verify tells what is wrong
// and where it begins, each time.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite(
  "Tampered ledgers", .enabled(if: find("sqlite3") != nil, "needs the command sqlite3 (Debian: sqlite3)"))
struct TamperedLedgerTests {
  private static let size = 313

  /// A ledger of some hundred events that has signed a checkpoint of all of them.
  private func withSignedLedger(_ body: (TestLedger) throws -> Void) throws {
    try withLedger { ledger in
      try ledger.home.write("events.jsonl", Events.lines(300, prefix: "E"))
      try #require(try ledger.annals("import", "events.jsonl").how == .exit(0))
      try #require(try ledger.annals("checkpoint", "-o", "kept", "--quiet").how == .exit(0))
      try body(ledger)
    }
  }

  /// Takes all guards of a log away, does it, and puts them back.
  private func tamper(_ log: String, _ sql: String) throws {
    let guards = "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'"
    let drop = try Database.run(guards, on: log).joined()
    let restore = try Database.run("SELECT sql || ';' FROM sqlite_master WHERE type = 'trigger'", on: log)
    try Database.run(drop + sql + ";" + restore.joined(separator: "\n"), on: log)
  }

  private struct Answer {
    let status: Ended
    let ok: Bool?
    let failures: [String]
  }

  private func verify(_ ledger: TestLedger, _ arguments: String...) throws -> Answer {
    let ended = try ledger.annals(["verify", "--format", "json"] + arguments)
    let document = try JSONValue(parsing: ended.standardOutput)
    guard case .array(let rows) = document["failures"] else { throw NoDocument(ended: ended) }
    let failures = rows.map { row in
      "\(row["kind"]?.string ?? "") \(row["position"]?.integer.map { "\($0)" } ?? "-") \(row["file"]?.string ?? "-")"
    }
    return Answer(status: ended, ok: document["ok"] == .bool(true), failures: failures)
  }

  private struct NoDocument: Error { let ended: Ended }

  @Test(
    "What was edited, removed, added, swapped or cut off is refused with its kind and its first position",
    arguments: [
      (
        "UPDATE event SET leaf = CAST(replace(leaf, 'senate', 'SENATE') AS BLOB) WHERE position = 100",
        "altered-event 100"
      ),
      ("UPDATE event SET leaf = CAST(leaf || ' ' AS BLOB) WHERE position IN (255, 256)", "altered-event 255"),
      ("UPDATE event SET leaf = x'7b7d' WHERE position = 0", "altered-event 0"),
      ("DELETE FROM event WHERE position = 200", "missing-event 200"),
      (
        "DELETE FROM event WHERE position = 200; UPDATE event SET position = position - 1 + 100000 WHERE position > 200; "
          + "UPDATE event SET position = position - 100000 WHERE position > 100000", "missing-event 200"
      ),
      ("DELETE FROM event WHERE position >= 300", "missing-event 300"),
      (
        "INSERT INTO event SELECT 313, x'01', tag, 'measure:new', 1, country, institution, earliest, latest, recorded, leaf"
          + " FROM event WHERE position = 50", "added-event 313"
      ),
      (
        "CREATE TABLE aside AS SELECT position, leaf FROM event WHERE position IN (40, 290); UPDATE event SET leaf = "
          + "(SELECT leaf FROM aside WHERE aside.position = 330 - event.position) WHERE position IN (40, 290); "
          + "DROP TABLE aside", "altered-event 40"
      ),
      (
        "UPDATE tile SET hashes = CAST(substr(hashes, 1, 8191) || 'x' AS BLOB) WHERE place = 0",
        "altered-tile 255"
      ),
      ("UPDATE tile SET hashes = substr(hashes, 1, 32) WHERE place = 1", "malformed-file 257"),
      ("DELETE FROM tile WHERE place = 1", "missing-tile 256"),
      // The signature vouches for all of it: it is the head that is wrong.
      ("UPDATE tree_head SET root = zeroblob(32)", "wrong-root 313"),
      ("UPDATE event SET subject = 'measure:hidden', version = 1 WHERE position = 77", "altered-column 77"),
      ("UPDATE event SET recorded = recorded - 1 WHERE position = 78", "altered-column 78"),
      ("UPDATE event SET country = 'GB' WHERE position = 79", "altered-column 79"),
      ("UPDATE event SET latest = latest + 1 WHERE position = 80", "altered-column 80"),
    ])
  func tampered(sql: String, expected: String) throws {
    try withSignedLedger { ledger in
      #expect(try verify(ledger).ok == true)
      let key = try ledger.annals("keys").output.trimmingCharacters(in: .whitespacesAndNewlines)
      try tamper(ledger.path + "/log.db", sql)
      let answer = try verify(ledger)
      #expect(answer.ok == false && answer.status.how == .exit(1), "\(answer.status)")
      #expect(answer.failures.first == "\(expected) log.db", "\(answer.failures)")
      // The same log as a copy, held to what its owner once handed out.
      let copy = try verify(ledger, ledger.path + "/log.db", "--key", key, "--since", "kept")
      #expect(copy.failures.first == "\(expected) log.db", "\(copy.failures)")
    }
  }

  @Test("Guards that were taken away are named")
  func guards() throws {
    try withSignedLedger { ledger in
      try Database.run("DROP TRIGGER event_refuses_delete", on: ledger.path + "/log.db")
      let answer = try verify(ledger)
      #expect(answer.failures == ["malformed-file - log.db"])
      #expect(answer.status.output.contains("event_refuses_delete"))
    }
  }

  @Test("An old copy that was put back is a rollback, and exits 80")
  func restored() throws {
    try withSignedLedger { ledger in
      let log = ledger.path + "/log.db"
      try FileManager.default.copyItem(atPath: log, toPath: ledger.home.file("old.db"))
      try #require(try ledger.annals(["append", "bill.introduced"] + goodFields(9)).how == .exit(0))
      try #require(try ledger.annals("checkpoint", "-o", "newer", "--quiet").how == .exit(0))
      try FileManager.default.removeItem(atPath: log)
      try FileManager.default.copyItem(atPath: ledger.home.file("old.db"), toPath: log)
      let answer = try verify(ledger)
      #expect(answer.failures == ["rollback \(Self.size) last-checkpoint"])
      #expect(answer.status.how == .exit(80))
      // Who put back the keys' note as well is found out by whoever kept a checkpoint.
      try FileManager.default.removeItem(atPath: ledger.path + "/keys/last-checkpoint")
      try FileManager.default.copyItem(
        atPath: ledger.home.file("kept"), toPath: ledger.path + "/keys/last-checkpoint")
      #expect(try verify(ledger).ok == true)
      #expect(try verify(ledger, "--since", "kept").ok == true)
      let kept = try verify(ledger, "--since", "newer")
      #expect(kept.failures == ["rollback \(Self.size) newer"])
      #expect(kept.status.how == .exit(80))
    }
  }

  @Test("A log that was made anew without the key is a second history, and exits 80")
  func madeAnew() throws {
    try withSignedLedger { ledger in
      // What somebody with a program like this one would make of the same log, with other events.
      try #require(
        try ledger.annals(
          "init", "forged", "--origin", "example.org/test", environment: ["ANNALS_LEDGER": ""]
        ).how
          == .exit(0))
      try ledger.home.write("forged.jsonl", Events.lines(320, prefix: "F"))
      try #require(try ledger.annals("import", "forged.jsonl", "--ledger", "forged").how == .exit(0))
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: ledger.path + "/log.db" + suffix)
      }
      try FileManager.default.copyItem(
        atPath: ledger.home.file("forged/log.db"), toPath: ledger.path + "/log.db")
      let answer = try verify(ledger)
      #expect(answer.failures == ["fork 0 last-checkpoint"])
      #expect(answer.status.how == .exit(80))
    }
  }

  @Test("Views that are not what the log gives are found, and a rebuild mends them")
  func views() throws {
    try withSignedLedger { ledger in
      try Database.run("UPDATE life SET stretches = '[]'", on: ledger.path + "/views.db")
      let answer = try verify(ledger)
      #expect(answer.failures == ["view-out-of-step - views.db"])
      #expect(answer.status.how == .exit(1))
      try #require(try ledger.annals("rebuild").how == .exit(0))
      #expect(try verify(ledger).ok == true)
    }
  }

  @Test(
    "The last checkpoint that was signed is missed where it is gone, and not believed where it was altered")
  func lastCheckpoint() throws {
    try withSignedLedger { ledger in
      let note = ledger.path + "/keys/last-checkpoint"
      let text = try String(contentsOfFile: note, encoding: .utf8)
      try text.replacingOccurrences(of: "\n\(Self.size)\n", with: "\n12\n").write(
        toFile: note, atomically: false, encoding: .utf8)
      #expect(try verify(ledger).failures == ["bad-signature - last-checkpoint"])
      try "Dear diary\n".write(toFile: note, atomically: false, encoding: .utf8)
      #expect(try verify(ledger).failures == ["malformed-file - last-checkpoint"])
      try FileManager.default.removeItem(atPath: note)
      #expect(try verify(ledger).failures == ["missing-checkpoint - last-checkpoint"])
    }
  }

  @Test("Verifying changes nothing", arguments: [false, true])
  func changesNothing(tampered: Bool) throws {
    try withSignedLedger { ledger in
      if tampered { try tamper(ledger.path + "/log.db", "DELETE FROM event WHERE position = 200") }
      let before = try ledger.state()
      _ = try verify(ledger)
      _ = try verify(ledger, ledger.path + "/log.db")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A bare copy is verified in a directory that cannot be written", .enabled(if: Unprivileged.isUsable))
  func bareCopy() throws {
    try withSignedLedger { ledger in
      let place = ledger.home.file("copies")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try FileManager.default.copyItem(atPath: ledger.path + "/log.db", toPath: place + "/log.db")
      for path in [ledger.home.path, place] { chmod(path, 0o755) }
      chmod(place + "/log.db", 0o644)
      chmod(ledger.home.file("kept"), 0o644)
      let key = try ledger.annals("keys").output.trimmingCharacters(in: .whitespacesAndNewlines)
      let ended = try ledger.withoutRights([
        "verify", place + "/log.db", "--key", key, "--since", ledger.home.file("kept"),
      ])
      #expect(ended.how == .exit(0), "\(ended)")
      #expect(ended.output.contains("intact, \(Self.size) of them signed for"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["log.db"])
    }
  }
}
