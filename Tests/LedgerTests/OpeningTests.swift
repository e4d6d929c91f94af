// Making and opening ledgers.

import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import Projections
import Testing

@Suite("A ledger is made whole, and opened only where there is one")
struct OpeningTests {
  @Test("A new ledger begins with its opening, its vocabulary and the manifest, and can be read at once")
  func genesis() throws {
    try withLedger { test in
      let families = try Shipped.vocabulary().files.count
      #expect(try test.size == Int64(families) + 2)
      let opened = try test.event(0)
      #expect(opened.type == "ledger.opened")
      #expect(opened.data?["origin"]?.string == "example.org/metoo")
      #expect(opened.data?["floor"]?.integer == 5)
      #expect(opened.recorded?.milliseconds == HandClock.startMilliseconds)
      #expect(opened.occurred == "2026-11-23")
      #expect(try test.event(Int64(families) + 1).subject == LedgerEvents.manifestSubject)
      let reopened = try test.reopened()
      #expect(reopened.origin == "example.org/metoo")
      #expect(reopened.floor == 5)
      #expect(try reopened.vocabulary.digest == Shipped.vocabulary().digest)
      #expect(try reopened.status(.world).content.isEmpty)
    }
  }

  @Test("Directories are the owner's alone, and so are the key and the vault")
  func modes() throws {
    try withLedger { test in
      try test.append("testimony.shared", "campaign=campaign:metoo", "occurred=2018", "country=CL")
      #expect(try mode(test.directory) == 0o700)
      #expect(try mode(test.ledger.paths.keys) == 0o700)
      #expect(try mode(test.ledger.paths.tagKey) == 0o600)
      #expect(try mode(test.ledger.paths.vault) == 0o600)
      let journal = test.ledger.paths.vault + "-journal"
      if FileManager.default.fileExists(atPath: journal) { #expect(try mode(journal) == 0o600) }
    }
  }

  @Test("Where a ledger, a file or anything else stands, none is made")
  func cannotCreate() throws {
    try withLedger { test in
      for path in [test.directory, test.directory + "/log.db"] { expectCannotCreate(path) }
    }
    try withDirectory { directory in
      try Data().write(to: URL(fileURLWithPath: directory + "/notes.txt"))
      expectCannotCreate(directory)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["notes.txt"])
    }
  }

  private func expectCannotCreate(_ path: String) {
    #expect {
      try Ledger.create(path, founding: founding())
    } throws: { error in
      if case LedgerError.cannotCreate = error { true } else { false }
    }
  }

  @Test(
    "A name that no checkpoint could carry is refused, and so is a floor that protects nobody",
    arguments: ["", "two words", "a+b", "straße.de", String(repeating: "a", count: 256)])
  func badFounding(origin: String) throws {
    try withDirectory { directory in
      var founding = try founding()
      founding.origin = origin
      #expect(throws: LedgerError.self) { try Ledger.create(directory + "/l", founding: founding) }
      founding.origin = "example.org"
      founding.floor = 0
      #expect(throws: LedgerError.self) { try Ledger.create(directory + "/l", founding: founding) }
      #expect(!FileManager.default.fileExists(atPath: directory + "/l"))
    }
  }

  @Test("Making a ledger that was cut off is finished by making it again")
  func unfinished() throws {
    try withDirectory { parent in
      let directory = parent + "/ledger"
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      _ = try SQLiteLog.create(at: directory + "/log.db")
      #expect {
        try Ledger.open(directory)
      } throws: { error in
        if case LedgerError.unfinished = error { true } else { false }
      }
      let ledger = try Ledger.create(directory, founding: founding())
      #expect(try ledger.size() > 2)
    }
  }

  @Test("Where no ledger is, the error says so")
  func noLedger() throws {
    try withDirectory { directory in
      for path in [directory, directory + "/nothing"] {
        #expect {
          try Ledger.open(path)
        } throws: { error in
          guard case LedgerError.noLedger = error else { return false }
          return "\(error)".contains("annals init")
        }
      }
    }
  }

  @Test("A log of a newer format is not read, and the error says what to do")
  func newerFormat() throws {
    try withDirectory { directory in
      let log = try SQLiteLog.create(at: directory + "/log.db")
      let leaf =
        "{\"data\":{\"codes\":\"\",\"floor\":5,\"format\":2,\"origin\":\"example.org\"},\"type\":\"ledger.opened\"}"
      let sixteen = [UInt8](repeating: 1, count: 16)
      let proposal = Proposal(
        key: try #require(EventKey(bytes: sixteen)), tag: try #require(ContentTag(bytes: sixteen)),
        subject: LedgerEvents.ledgerSubject)
      _ = try log.append([proposal], expectedSize: nil) { _, _ in
        [Leaf(bytes: Array(leaf.utf8), subject: LedgerEvents.ledgerSubject, recordedMilliseconds: 1)]
      }
      #expect {
        try Ledger.open(directory)
      } throws: { error in
        guard case LedgerError.unreadableBeginning = error else { return false }
        return "\(error)".contains("newer annals")
      }
    }
  }
}
