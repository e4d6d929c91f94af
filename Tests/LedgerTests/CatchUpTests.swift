// Bringing back what a log has lost, from a copy that is checked against what was signed.

import Foundation
import Ledger
import LogStore
import Milestones
import Testing
import TransparencyLog

@Suite("A log that was put back from an old copy catches up from a newer one")
struct CatchUpTests {
  /// A ledger with events, an old copy of its log put back, and a newer one beside it.
  private func rolledBack(
    lost: Int = 5, signs: Bool = true, _ body: (_ place: Place, _ newer: String) throws -> Void
  ) throws {
    try withPlace { place in
      try place.append(["a"])
      try place.appendSealed("S0")
      let old = try place.copyLog("old.db")
      try place.load((0..<lost).map { "p\($0)" })
      try place.appendSealed("S1")
      if signs { _ = try place.open().checkpoint() }
      let newer = try place.copyLog("newer.db")
      try place.putBack(old)
      try body(place, newer)
    }
  }

  private func leaves(_ ledger: Ledger) throws -> [[UInt8]] {
    var leaves: [[UInt8]] = []
    try ledger.replay { _, leaf in leaves.append(Array(leaf)) }
    return leaves
  }

  @Test(
    "Every event comes back byte for byte, with its id, tag, subject and sealed fields",
    arguments: [5, 2_300])
  func caughtUp(lost: Int) throws {
    try rolledBack(lost: lost) { place, newer in
      let before = try place.open().size()
      let copy = try SQLiteLog.open(at: newer, access: .readOnly)
      let result = try place.open().catchUp(from: newer)
      let ledger = try place.open()
      #expect(result.added == Int64(lost) + 1 && result.size == before + result.added)
      #expect(result.unvouched == 0 && result.withoutDisclosures == 0 && result.warning == nil)
      #expect(try result.root == copy.head().root && result.root == ledger.head().root)

      let restored = try SQLiteLog.open(at: place.paths.log, access: .readOnly)
      let (found, expected) = (try restored.read(from: 0, limit: .max), try copy.read(from: 0, limit: .max))
      #expect(found.map(\.leaf.bytes) == expected.map(\.leaf.bytes))
      #expect(found.map(\.key) == expected.map(\.key) && found.map(\.tag) == expected.map(\.tag))
      #expect(found.map(\.version) == expected.map(\.version))
      #expect(found.map(\.leaf.country) == expected.map(\.leaf.country))
      #expect(found.map(\.leaf.institution) == expected.map(\.leaf.institution))
      #expect(found.map(\.leaf.earliestDay) == expected.map(\.leaf.earliestDay))
      #expect(found.map(\.leaf.latestDay) == expected.map(\.leaf.latestDay))
      #expect(found.map(\.leaf.recordedMilliseconds) == expected.map(\.leaf.recordedMilliseconds))
      try expectVaultMatchesLog(place.directory, ledger)
      // Entering the same again adds nothing, and the ledger goes on.
      let (report, _) = try importLines([announced("p0", id: "p0")], into: ledger)
      #expect(report.alreadyThere == 1 && report.added == 0)
      try place.append(["z"])
      _ = try place.open().checkpoint()
    }
  }

  @Test("A directory with a log.db is a copy too, also one whose keys were changed meanwhile")
  func fromDirectory() throws {
    try withPlace { place in
      let old = try place.copyLog("old.db")
      _ = try place.open().rotateKey(reason: "why", recorder: "m.reyes")
      try place.append(["a"])
      _ = try place.open().checkpoint()
      let newer = try place.duplicate("newer")
      try place.putBack(old)
      let result = try place.open().catchUp(from: newer.directory)
      #expect(result.added == 2)
      #expect(try leaves(place.open()) == leaves(newer.open()))
      #expect(try place.open().checkpoint() == newer.open().checkpoint())
    }
  }

  @Test("Opening a log that was put back sweeps nothing from the vault, where its events are to come back")
  func vaultIsKept() throws {
    try rolledBack { place, newer in
      let rows = try vaultRows(place.directory)
      let ledger = try place.open()
      _ = try ledger.viewsDigest()
      _ = ledgerError { try place.appendSealed("S2") }
      #expect(try vaultRows(place.directory) == rows)
      // Without its vault, what was sealed is told as missing.
      try FileManager.default.removeItem(atPath: place.paths.vault)
      #expect(try place.open().catchUp(from: newer).withoutDisclosures == 1)
    }
  }

  @Test("What is newer than the last checkpoint is counted: only the copy vouches for it")
  func unvouched() throws {
    try rolledBack(signs: false) { place, newer in
      // Nothing was signed, so nobody knows that anything is missing; but the copy has it.
      #expect(try place.open().rollback() == nil)
      let result = try place.open().catchUp(from: newer)
      #expect(result.added == 6 && result.unvouched == 6)
      _ = try place.open().checkpoint()
      #expect(try place.open().catchUp(from: newer).added == 0)
    }
  }

  @Test("A copy that ends before the last checkpoint is refused, with both sizes")
  func tooShort() throws {
    try rolledBack { place, newer in
      let size = try place.open().size()
      let short = try place.copyLog("short.db")
      guard
        case .catchUp(.tooShort(short, size, let signedSize)) = ledgerError({
          try place.open().catchUp(from: short)
        })
      else {
        Issue.record("accepted")
        return
      }
      #expect(signedSize == UInt64(size + 6))
      #expect(try place.open().size() == size)
    }
  }

  @Test(
    "A copy that went another way is refused, before or after the place where this log ends, and adds nothing"
  )
  func goesAnotherWay() throws {
    try withPlace { place in
      let other = try place.duplicate("other")
      try place.append(["a"])
      let old = try place.copyLog("old.db")
      let third = try place.duplicate("third")
      try place.append(["b", "c"])
      _ = try place.open().checkpoint()
      try other.append(["x", "y", "z", "w"])
      try third.append(["x", "y", "z"])
      try place.putBack(old)
      let size = try place.open().size()
      for copy in [try other.copyLog("other.db"), try third.copyLog("third.db")] {
        guard
          case .catchUp(.goesAnotherWay(copy, _, _, _)) = ledgerError({ try place.open().catchUp(from: copy) }
          )
        else {
          Issue.record("\(copy) was accepted")
          continue
        }
        #expect(try place.open().size() == size)
      }
    }
  }

  @Test("A copy whose events were altered is refused, and adds nothing")
  func damaged() throws {
    for (sql, signs) in [
      (
        "UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), '2017', '2018') AS BLOB) WHERE position > 18",
        true
      ),
      (
        "UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), '2017', '2018') AS BLOB) WHERE position > 18",
        false
      ),
      ("DELETE FROM event WHERE position = 16", true), ("UPDATE tree_head SET root = zeroblob(32)", true),
    ] {
      try rolledBack(signs: signs) { place, newer in
        try Place.alter(newer, sql)
        let size = try place.open().size()
        switch ledgerError({ try place.open().catchUp(from: newer) }) {
        case .catchUp(.damaged(newer, _)), .catchUp(.goesAnotherWay(newer, _, _, _)): break
        case let error: Issue.record("\(sql): \(String(describing: error))")
        }
        #expect(try place.open().size() == size)
      }
    }
  }

  @Test("What is no copy of this log is told as what it is")
  func noCopy() throws {
    try withPlace { place in
      var other = try founding()
      other.origin = "example.org/other"
      let stranger = place.home + "/stranger"
      _ = try Ledger.create(stranger, founding: other)
      try place.write(Array("Dear diary".utf8), to: place.home + "/letter")
      try FileManager.default.createDirectory(
        atPath: place.home + "/empty", withIntermediateDirectories: true)
      let ledger = try place.open()
      for (path, told) in [
        (stranger, "is a copy of example.org/other"), (place.home + "/letter", "is not an event log"),
        (place.home + "/empty", "holds no log.db"), (place.home + "/nowhere", "no such file"),
        ("", "no such file"),
      ] {
        let error = ledgerError { try ledger.catchUp(from: path) }
        #expect(error.map { "\($0)" }?.contains(told) == true, "\(path): \(String(describing: error))")
      }
      #expect(try ledger.catchUp(from: place.paths.log).added == 0, "from itself")
    }
  }

  @Test("A log that itself has other events than were signed does not catch up")
  func forkedItself() throws {
    try withPlace { place in
      let other = try place.duplicate("other")
      try place.append(["a"])
      _ = try place.open().checkpoint()
      let newer = try place.copyLog("newer.db")
      try other.append(["x", "y"])
      try place.putBack(other.copyLog("other.db"))
      guard case .forked = ledgerError({ try place.open().catchUp(from: newer) }) else {
        Issue.record("caught up")
        return
      }
    }
  }
}
