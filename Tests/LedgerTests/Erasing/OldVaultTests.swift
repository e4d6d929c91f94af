// A vault that is behind the log: put back from an old copy, left by a crash, or of another log.

import Foundation
import GRDB
import Ledger
import LogStore
import Milestones
import Testing

@Suite("A vault that is behind the log")
struct OldVaultTests {
  private func share(_ ledger: Ledger, _ person: String) throws -> Int64 {
    try ledger.append(
      checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018", "person=\(person)"]),
      recorder: "m.reyes"
    ).position
  }

  private func put(_ bytes: [UInt8], _ test: TestLedger) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: test.directory + "/vault.db"))
  }

  @Test("An old vault that is put back is purged when the ledger is opened, whenever the copy was made")
  func oldVault() throws {
    try withLedger { test in
      let first = try share(test.ledger, "Aurora")
      let veryOld = try bytes(test.directory + "/vault.db")
      let second = try share(test.ledger, "Berta")
      let old = try bytes(test.directory + "/vault.db")
      for person in ["Aurora", "Berta"] {
        _ = try test.ledger.erase(person, reason: .withdrawn, authority: "office", recorder: "r")
      }
      let third = try share(test.ledger, "Carla")
      let new = try bytes(test.directory + "/vault.db")
      for copy in [veryOld, old, new] {
        try put(copy, test)
        _ = try test.reopened()
        let kept = Set(try vaultRows(test.directory).map(\.position))
        #expect(kept.isDisjoint(with: [first, second]))
        #expect(kept.contains(third) == (copy == new))
        // Nothing of it is left in the file either.
        for needle in ["Aurora", "Berta"] {
          #expect(!Needle(needle).isIn(try bytes(test.directory + "/vault.db")))
        }
      }
    }
  }

  @Test("A vault that was held to the log is not looked at again until it or the log has changed")
  func noted() throws {
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      _ = try test.reopened()
      let note = test.directory + "/vault.held"
      let held = try bytes(note)
      _ = try test.reopened()
      #expect(try bytes(note) == held)
      _ = try share(test.ledger, "Berta")
      _ = try test.reopened()
      #expect(try bytes(note) != held, "the log has grown, and the vault with it")
      let vault = try bytes(test.directory + "/vault.db")
      try put(vault, test)
      let afterwards = try bytes(note)
      _ = try test.reopened()
      #expect(try bytes(note) != afterwards, "another file of the same bytes is looked at")
      // A note that is spoilt is none.
      try Data("annals vault held v1\n".utf8).write(to: URL(fileURLWithPath: note))
      _ = try test.reopened()
      #expect(try bytes(note).count > 30)
    }
  }

  @Test("How far the vault was held to the log is noted, and a note of another log is not believed")
  func mark() throws {
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      let old = try bytes(test.directory + "/vault.db")
      _ = try test.ledger.erase("Aurora", reason: .withdrawn, authority: "office", recorder: "r")
      let size = try test.size
      #expect(try noted(test) == size)
      // A vault that says more than it did: of a log that had the same size and another root.
      try put(old, test)
      try change(test, "CREATE TABLE erased_through (id INTEGER PRIMARY KEY, size INTEGER, root BLOB)")
      try change(test, "CREATE TABLE erased_tag (tag BLOB PRIMARY KEY, position INTEGER) WITHOUT ROWID")
      try change(test, "INSERT INTO erased_through VALUES (1, \(size), zeroblob(32))")
      _ = try test.reopened()
      #expect(try vaultRows(test.directory).isEmpty)
      // One that is ahead of the log.
      try put(old, test)
      try change(test, "CREATE TABLE erased_through (id INTEGER PRIMARY KEY, size INTEGER, root BLOB)")
      try change(test, "CREATE TABLE erased_tag (tag BLOB PRIMARY KEY, position INTEGER) WITHOUT ROWID")
      try change(test, "INSERT INTO erased_through VALUES (1, \(size + 5), zeroblob(32))")
      _ = try test.reopened()
      #expect(try vaultRows(test.directory).isEmpty)
    }
  }

  private func change(_ test: TestLedger, _ sql: String) throws {
    try DatabaseQueue(path: test.directory + "/vault.db").write { try $0.execute(sql: sql) }
  }

  private func noted(_ test: TestLedger) throws -> Int64? {
    try DatabaseQueue(path: test.directory + "/vault.db").read {
      try Int64.fetchOne($0, sql: "SELECT size FROM erased_through")
    }
  }

  @Test("A long log is not looked through at every opening: the vault notes that it was")
  func longLog() throws {
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      _ = try test.load((0..<1_500).map { announced("p\($0)") })
      let before = try test.size
      _ = try test.reopened()
      #expect(try noted(test) == before)
    }
  }

  @Test("Taking back the consent to hold erases what was recorded before, and nothing of what comes after")
  func withdrawn() throws {
    try withLedger { test in
      let position = try share(test.ledger, "Aurora")
      let other = try share(test.ledger, "Berta")
      let subject = try test.event(position).subject
      let widened = try test.append(
        "consent.changed", "subject=\(subject)", "occurred=2019", "from=hold", "to=hold", "to=count")
      #expect(widened.erasedCount == 0)
      let old = try bytes(test.directory + "/vault.db")
      let withdrawn = try test.append(
        "consent.changed", "subject=\(subject)", "occurred=2020", "from=hold", "to=count", "evidence=a letter"
      )
      #expect(withdrawn.erasedCount == 3)
      #expect(withdrawn.warning == nil)
      #expect(Set(try vaultRows(test.directory).map(\.position)) == [other])
      let told = try test.event(test.size - 1)
      #expect(told.type == "disclosure.erased")
      #expect(told.texts("reason") == ["withdrawn"])
      #expect(told.subject == subject)
      // An old vault put back looks at that again, and leaves what was told since alone.
      let later = try test.append(
        "consent.changed", "subject=\(subject)", "occurred=2021", "to=hold", "evidence=anew")
      try put(old, test)
      let size = try test.size
      _ = try test.reopened()
      #expect(try test.size == size)
      #expect(Set(try vaultRows(test.directory).map(\.position)) == [other])
      #expect(later.erasedCount == 0)
    }
  }

  @Test("A withdrawal in an import erases, that of a person too")
  func imported() throws {
    try withLedger { test in
      let lines = [
        "{\"id\":\"t1\",\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"person\":\"person:aurora\"}",
        "{\"id\":\"t2\",\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"person\":\"person:berta\"}",
        "{\"id\":\"c1\",\"type\":\"consent.changed\",\"subject\":\"person:aurora\",\"occurred\":\"2018\",\"from\":[\"hold\",\"count\"]}",
      ]
      let report = try test.load(lines).report
      #expect(report.added == 3)
      #expect(report.erasedCount == 2)
      #expect(try vaultRows(test.directory).allSatisfy { $0.position == 14 })
      #expect(try test.load(lines).report.erasedCount == 0)
    }
  }

  @Test("Whoever opens the ledger next completes a withdrawal that was cut off behind its event")
  func cutOff() throws {
    try withLedger { test in
      let position = try share(test.ledger, "Aurora")
      let subject = try test.event(position).subject
      let before = try bytes(test.directory + "/vault.db")
      // The state between the two: the log up to the withdrawal, from a ledger with the same events.
      let log = test.directory + "/log.db"
      _ = try test.append("consent.changed", "subject=\(subject)", "occurred=2020", "from=hold", "to=count")
      let end = try test.size
      try withDirectory { parent in
        let cut = parent + "/ledger"
        try FileManager.default.createDirectory(atPath: cut, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: test.directory + "/keys", toPath: cut + "/keys")
        try cutLog(log, to: cut + "/log.db", size: end - 1)
        try Data(before).write(to: URL(fileURLWithPath: cut + "/vault.db"))
        let ledger = try Ledger.open(cut, clock: test.clock.read)
        #expect(try ledger.size() == end)
        #expect(try vaultRows(cut).isEmpty)
        #expect(try EventView(leaf: ledger.event("\(end - 1)").leaf).type == "disclosure.erased")
      }
    }
  }

  /// Makes a log of the first events of another.
  private func cutLog(_ path: String, to target: String, size: Int64) throws {
    let events = try SQLiteLog.open(at: path, access: .readOnly).read(from: 0, limit: Int(size))
    let proposals = events.map { Proposal(key: $0.key, tag: $0.tag, subject: $0.leaf.subject) }
    _ = try SQLiteLog.create(at: target).append(proposals) { _, new in new.map { events[$0].leaf } }
  }

  @Test("Where nothing can be written, nothing is read from a vault")
  func readOnly() throws {
    guard geteuid() != 0 else { return }
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: test.directory)
      defer {
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: test.directory)
      }
      #expect(throws: LedgerError.self) { try test.reopened().planErasure(of: "Aurora", meaning: .person) }
    }
  }
}
