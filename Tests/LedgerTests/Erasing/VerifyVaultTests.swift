// Verification tells what became of what was sealed: present, erased, withheld, missing; and what should not be there.

import Foundation
import GRDB
import Ledger
import Milestones
import Testing
import TransparencyLog

@Suite("Verifying a vault")
struct VerifyVaultTests {
  private static let digestsEach: Int64 = 8

  private func share(_ ledger: Ledger, _ person: String) throws -> Int64 {
    try ledger.append(
      checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018", "person=\(person)"]),
      recorder: "m.reyes"
    ).position
  }

  private func change(_ test: TestLedger, _ sql: String) throws {
    try DatabaseQueue(path: test.directory + "/vault.db").write { try $0.execute(sql: sql) }
  }

  private func verify(_ test: TestLedger) throws -> LogVerification { try .ledger(test.ledger.paths) }

  @Test("Present, erased and withheld are told apart, and nothing is wrong with any of them")
  func counts() throws {
    try withLedger { test in
      #expect(try verify(test).disclosures == DisclosureCounts())
      for person in ["Aurora", "Berta", "Carla"] { _ = try share(test.ledger, person) }
      _ = try test.ledger.erase("Berta", reason: .withdrawn, authority: "office", recorder: "r")
      var expected = DisclosureCounts()
      (expected.present, expected.erased) = (2 * Self.digestsEach, Self.digestsEach)
      let found = try verify(test)
      #expect(found.report.failures == [])
      #expect(found.disclosures == expected)
      // Somebody else's copy, and a ledger whose vault is kept elsewhere.
      (expected.present, expected.withheld) = (0, 2 * Self.digestsEach)
      #expect(try LogVerification.copy(test.directory + "/log.db").disclosures == expected)
      try FileManager.default.removeItem(atPath: test.directory + "/vault.db")
      let without = try verify(test)
      #expect(without.report.failures == [])
      #expect(without.disclosures == expected)
    }
  }

  @Test("A disclosure that is gone without an event is missing, and its position is told")
  func missing() throws {
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      let position = try share(test.ledger, "Berta")
      try change(test, "DELETE FROM disclosure WHERE position = \(position) AND decoy = 1")
      let found = try verify(test)
      #expect(found.report.failures.map(\.kind) == [.missingDisclosure])
      #expect(found.report.failures.first?.position == UInt64(position))
      #expect(found.disclosures?.missing == Self.digestsEach - 1)
      #expect(!found.report.showsRollbackOrFork)
    }
  }

  @Test("An erased disclosure that lies there still is told, before any command removes it")
  func kept() throws {
    try withLedger { test in
      let position = try share(test.ledger, "Aurora")
      let old = try bytes(test.directory + "/vault.db")
      _ = try test.ledger.erase("Aurora", reason: .withdrawn, authority: "office", recorder: "r")
      try Data(old).write(to: URL(fileURLWithPath: test.directory + "/vault.db"))
      let found = try verify(test)
      #expect(Set(found.report.failures.map(\.kind)) == [.keptDisclosure])
      #expect(found.report.failures.count == Int(Self.digestsEach))
      #expect(found.report.failures.first?.position == UInt64(position))
      _ = try test.reopened()
      #expect(try verify(test).report.failures == [])
    }
  }

  @Test("What hashes to another digest, and what no digest stands for, is told")
  func altered() throws {
    try withLedger { test in
      let position = try share(test.ledger, "Aurora")
      try change(test, "UPDATE disclosure SET preimage = x'00' WHERE decoy = 0")
      try change(
        test, "INSERT INTO disclosure VALUES (\(position), '\(String(repeating: "A", count: 43))', x'01', 1)")
      try change(test, "INSERT INTO disclosure VALUES (3, '\(String(repeating: "B", count: 43))', x'01', 1)")
      let found = try verify(test).report.failures
      #expect(found.count { $0.kind == .alteredDisclosure } == 1)
      #expect(found.filter { $0.kind == .strayDisclosure }.map(\.position) == [3, UInt64(position)])
      #expect(found.count == 3)
    }
  }

  @Test("A file that is no vault is told as one that cannot be read")
  func noVault() throws {
    try withLedger { test in
      _ = try share(test.ledger, "Aurora")
      try Data("a letter, and no database at all, but long enough to be looked at".utf8)
        .write(to: URL(fileURLWithPath: test.directory + "/vault.db"))
      #expect(try verify(test).report.failures.map(\.kind) == [.malformedFile])
    }
  }
}
