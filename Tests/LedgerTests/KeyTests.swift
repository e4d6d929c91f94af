// The keys: they may lie elsewhere, and nothing is appended without them.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Projections
import Testing

@Suite("Without its keys a ledger is read, but not written")
struct KeyTests {
  @Test("Keys that lie elsewhere leave nothing secret in the ledger's directory")
  func elsewhere() throws {
    try withLedger(keysApart: true) { test in
      let keys = test.ledger.paths.keys
      #expect(!FileManager.default.fileExists(atPath: test.directory + "/keys"))
      #expect(try mode(keys) == 0o700)
      #expect(try mode(test.ledger.paths.tagKey) == 0o600)
      try test.append("policy.announced", "subject=policy:a", "occurred=2017", "id=a")
      let again = try test.reopened(keys: keys).append(
        checked("policy.announced", ["subject=policy:a", "occurred=2017", "id=a"]), recorder: "m.reyes")
      #expect(again.wasThere)
    }
  }

  @Test("A missing key is told with its place; the ledger can still be read")
  func missing() throws {
    try withLedger { test in
      try test.append("policy.announced", "subject=policy:a", "occurred=2017")
      try FileManager.default.removeItem(atPath: test.ledger.paths.tagKey)
      try expectKeyError(test)
      #expect(try test.reopened().status(.world).content.count == 1)
    }
  }

  @Test(
    "A key file that holds no key is refused",
    arguments: ["", "\n", "abc", "zz", String(repeating: "a", count: 66)])
  func damaged(text: String) throws {
    try withLedger { test in
      try Data(text.utf8).write(to: URL(fileURLWithPath: test.ledger.paths.tagKey))
      try expectKeyError(test)
    }
  }

  private func expectKeyError(_ test: TestLedger) throws {
    let size = try test.size
    let ledger = try test.reopened()
    let event = try checked("policy.announced", ["subject=policy:b", "occurred=2017"])
    for attempt in [
      { _ = try ledger.append(event, recorder: "m.reyes") },
      { _ = try importLines([announced("b")], into: ledger) },
    ] {
      #expect {
        try attempt()
      } throws: { error in
        guard case LedgerError.key(let path, _) = error else { return false }
        return path == test.ledger.paths.tagKey && "\(error)".contains("backup")
      }
    }
    #expect(try test.size == size)
  }
}
