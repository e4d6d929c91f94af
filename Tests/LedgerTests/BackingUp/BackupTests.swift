// Backups: what is in them, what is never in them, and what becomes of them when they are restored.

import CanonicalJSON
import EDTF
import Foundation
import GRDB
import Ledger
import LogStore
import Milestones
import Projections
import Testing
import TransparencyLog

@Suite("Backups")
struct BackupTests {
  private let name = "Xenia Nadelöhr 針"

  /// A ledger with two sealed testimonies, one of them of somebody who will be erased, and a place for backups.
  private func withTestimonies(
    keysApart: Bool = false, _ body: (TestLedger, (String) -> String) throws -> Void
  ) throws {
    try withLedger(keysApart: keysApart) { test in
      for person in [name, "Berta"] {
        _ = try test.ledger.append(
          checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018", "person=\(person)"]),
          recorder: "m.reyes")
      }
      let parent = URL(fileURLWithPath: test.directory).deletingLastPathComponent().path
      try body(test) { "\(parent)/\($0)" }
    }
  }

  private func erase(_ test: TestLedger) throws {
    _ = try test.ledger.erase(name, as: .person)
    _ = try test.ledger.checkpoint()
  }

  private func files(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  private func restore(
    _ backup: String, to directory: String, keys: String? = nil, _ rules: Ledger.RestoreRules = .init(),
    clock: HandClock = HandClock()
  ) throws -> Restoration {
    try Ledger.restore(backup, to: LedgerPaths(directory: directory, keys: keys), rules, clock: clock.read)
  }

  private func isBackupError(_ error: any Error, _ matches: (BackupError) -> Bool) -> Bool {
    if case LedgerError.backup(let error) = error { matches(error) } else { false }
  }

  // MARK: What is in it

  @Test("A backup has log, checkpoint and manifest, the vault apart with its day of expiry, and no keys")
  func contents() throws {
    try withTestimonies { test, place in
      let backup = try test.ledger.backUp(to: place("b"))
      #expect(
        try files(place("b")) == [
          "backup.json", "checkpoint", "log.db", "vault", "vault/EXPIRES", "vault/vault.db",
        ])
      #expect(try mode(place("b")) == 0o700)
      #expect(try mode(place("b/vault")) == 0o700)
      #expect(try mode(place("b/vault/vault.db")) == 0o600)
      #expect(backup.size == 15 && backup.vaultExpires?.description == "2026-12-23" && !backup.hasKeys)
      let expires = String(decoding: try bytes(place("b/vault/EXPIRES")), as: UTF8.self)
      #expect(expires.contains("2026-12-23") && expires.contains("destroy"))
      // Neither the log nor the vault needs anything beside it.
      for file in ["b/log.db", "b/vault/vault.db"] { #expect(try bytes(place(file))[18..<20] == [1, 1]) }
    }
  }

  @Test("With keys they are in it, their owner's alone, and the ledger that is restored can be written")
  func keys() throws {
    try withTestimonies { test, place in
      var contents = Ledger.BackupContents()
      contents.hasKeys = true
      #expect(try test.ledger.backUp(to: place("b"), contents).hasKeys)
      for file in ["signing.key", "content-tag.key", "last-checkpoint"] {
        #expect(try mode(place("b/keys/\(file)")) == 0o600)
      }
      let done = try restore(place("b"), to: place("r"))
      #expect(done.isDone && done.hasKeys && done.verification.signedSize == 15)
      let ledger = try Ledger.open(place("r"), clock: test.clock.read)
      _ = try ledger.append(
        checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018"]), recorder: "r")
      #expect(try ledger.size() == 16)
    }
  }

  @Test("A copy for everybody has log and views that need nothing beside them, no vault and no keys")
  func publicCopy() throws {
    try withTestimonies { test, place in
      var contents = Ledger.BackupContents()
      contents.isPublic = true
      contents.hasKeys = true
      let backup = try test.ledger.backUp(to: place("p"), contents)
      #expect(backup.isPublic && !backup.hasKeys && backup.vaultExpires == nil)
      let names = try files(place("p"))
      #expect(
        names.filter { !$0.hasPrefix("views-") } == ["backup.json", "checkpoint", "log.db", "views.db"])
      #expect(names.count == 5)
      #expect(try mode(place("p")) == 0o755)
      #expect(try mode(place("p/log.db")) == 0o644)
      for file in names {
        #expect(!Needle(name).isIn(try bytes(place("p/\(file)"))))
        if file.hasSuffix(".db") { #expect(try bytes(place("p/\(file)"))[18..<20] == [1, 1], "\(file)") }
      }
      // The views serve as they are: opened where it can be written, nothing is made anew.
      let ledger = try Ledger.open(place("p"), clock: test.clock.read)
      #expect(try ledger.viewsDigest() == test.ledger.viewsDigest())
      #expect(try files(place("p")).filter { $0.hasPrefix("views-") && $0.hasSuffix(".db") }.count == 1)
      #expect(try ledger.history(of: ledger.subject(ofEvent: "13")).content.items.count == 1)
    }
  }

  @Test("What the log says is erased is not in a backup, though the vault has not followed yet")
  func unpurged() throws {
    try withTestimonies { test, place in
      let old = try bytes(test.directory + "/vault.db")
      try erase(test)
      // As after a crash in another process, between its log and its vault.
      try Data(old).write(to: URL(fileURLWithPath: test.directory + "/vault.db"))
      _ = try test.ledger.backUp(to: place("b"))
      #expect(!Needle(name).isIn(try bytes(place("b/vault/vault.db"))))
      #expect(Needle("Berta").isIn(try bytes(place("b/vault/vault.db"))))
    }
  }

  @Test("Nothing is put in the place of anything, and what an attempt that was cut off left is removed")
  func places() throws {
    try withTestimonies { test, place in
      try FileManager.default.createDirectory(atPath: place("full"), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: URL(fileURLWithPath: place("full/x")))
      for target in ["full", "full/x"] {
        #expect { try test.ledger.backUp(to: place(target)) } throws: { error in
          isBackupError(error) { if case .exists = $0 { true } else { false } }
        }
      }
      #expect(try files(place("full")) == ["x"])
      try FileManager.default.createDirectory(
        atPath: place("b.unfinished/vault"), withIntermediateDirectories: true)
      try Data("left".utf8).write(to: URL(fileURLWithPath: place("b.unfinished/vault/vault.db")))
      _ = try test.ledger.backUp(to: place("b"))
      #expect(!FileManager.default.fileExists(atPath: place("b.unfinished")))
      #expect(try restore(place("b"), to: place("r")).isDone)
      // An empty directory is none of anybody's.
      try FileManager.default.createDirectory(atPath: place("empty"), withIntermediateDirectories: true)
      _ = try test.ledger.backUp(to: place("empty"))
    }
  }

  // MARK: Restoring

  @Test("What is restored is what was backed up: verified, with what was sealed and the register")
  func restored() throws {
    try withTestimonies(keysApart: true) { test, place in
      _ = try test.ledger.handOver(
        "13", to: "Court", into: place("d.json"), beyondConsent: true, recorder: "r")
      _ = try test.ledger.backUp(to: place("b"))
      let done = try restore(place("b"), to: place("r"), keys: place("keys"))
      #expect(done.isDone && done.hasVault && done.erasedCount == 0 && done.verification.signedSize == 15)
      #expect(try mode(place("r")) == 0o700)
      #expect(try mode(place("r/vault.db")) == 0o600)
      #expect(try vaultRows(place("r")) == vaultRows(test.directory))
      let ledger = try Ledger.open(place("r"), keys: place("keys"), clock: test.clock.read)
      #expect(try ledger.head() == test.ledger.head())
      #expect(try ledger.handovers().map(\.entry.recipient) == ["Court"])
      #expect(try ledger.viewsDigest() == test.ledger.viewsDigest())
    }
  }

  @Test("An old vault beside a newer log is purged before it stands anywhere")
  func purged() throws {
    try withTestimonies(keysApart: true) { test, place in
      _ = try test.ledger.backUp(to: place("old"))
      try erase(test)
      _ = try test.ledger.backUp(to: place("new"))
      try FileManager.default.removeItem(atPath: place("new/vault/vault.db"))
      try FileManager.default.copyItem(
        atPath: place("old/vault/vault.db"), toPath: place("new/vault/vault.db"))
      let done = try restore(place("new"), to: place("r"), keys: place("keys"))
      let digestCount = try test.event(13).texts("_sd").count
      #expect(done.isDone && done.erasedCount == digestCount)
      for file in try files(place("r")) {
        #expect(!Needle(name).isIn(try bytes(place("r/\(file)"))), "\(file)")
      }
      #expect(
        try LogVerification.ledger(LedgerPaths(directory: place("r"), keys: place("keys"))).report.isIntact)
    }
  }

  @Test("A backup of before the last checkpoint is noticed; restored all the same, its vault stays closed")
  func rollback() throws {
    try withTestimonies(keysApart: true) { test, place in
      _ = try test.ledger.backUp(to: place("old"))
      try erase(test)
      let refused = try restore(place("old"), to: place("r"), keys: place("keys"))
      #expect(!refused.isDone && refused.verification.report.showsRollbackOrFork)
      #expect(!FileManager.default.fileExists(atPath: place("r")))
      var rules = Ledger.RestoreRules()
      rules.allowsRollback = true
      let done = try restore(place("old"), to: place("r"), keys: place("keys"), rules)
      #expect(done.isDone && done.signedSize == 16)
      let ledger = try Ledger.open(place("r"), keys: place("keys"), clock: test.clock.read)
      let subject = try ledger.subject(ofEvent: "13")
      #expect(throws: LedgerError.self) { try ledger.disclosures(of: subject) }
      #expect(throws: LedgerError.self) { try ledger.sealedContent(at: 13) }
      #expect(throws: LedgerError.self) { try ledger.tally(by: .campaign) }
      // What is missing comes back, and with it the erasure.
      _ = try ledger.catchUp(from: test.directory)
      #expect(try ledger.disclosures(of: subject).content.events.map(\.state) == [.erased])
      #expect(!Needle(name).isIn(try bytes(place("r/vault.db"))))
    }
  }

  @Test("A vault's copy that was to be destroyed by now is not taken without a word; the rest is")
  func expired() throws {
    try withTestimonies(keysApart: true) { test, place in
      _ = try test.ledger.backUp(to: place("b"))
      let later = HandClock()
      later.advance(31 * 86_400_000)
      #expect {
        try restore(place("b"), to: place("r"), keys: place("keys"), clock: later)
      } throws: { error in isBackupError(error) { if case .vaultExpired = $0 { true } else { false } } }
      #expect(!FileManager.default.fileExists(atPath: place("r")))
      var rules = Ledger.RestoreRules()
      rules.leavesVaultOut = true
      let without = try restore(place("b"), to: place("r"), keys: place("keys"), rules, clock: later)
      #expect(without.isDone && !without.hasVault)
      #expect(without.verification.disclosures?.withheld == 16)
      #expect(!FileManager.default.fileExists(atPath: place("r/vault.db")))
      rules = Ledger.RestoreRules()
      rules.takesExpiredVault = true
      #expect(try restore(place("b"), to: place("r2"), keys: place("keys"), rules, clock: later).hasVault)
    }
  }

  @Test("What is not intact is not restored: an altered event, a missing disclosure, another manifest")
  func damaged() throws {
    try withTestimonies(keysApart: true) { test, place in
      _ = try test.ledger.backUp(to: place("b"))
      func spoilt(_ name: String, _ spoil: (String) throws -> Void) throws -> [VerificationFailure.Kind] {
        try FileManager.default.copyItem(atPath: place("b"), toPath: place(name))
        try spoil(place(name))
        let done = try restore(place(name), to: place("r"), keys: place("keys"))
        #expect(!done.isDone && !FileManager.default.fileExists(atPath: place("r")), "\(name)")
        #expect(!FileManager.default.fileExists(atPath: place("r.unfinished")), "\(name)")
        return done.verification.report.failures.map(\.kind)
      }
      #expect(
        try spoilt("event") { path in
          var log = try bytes(path + "/log.db")
          let needle = Array("\"campaign\":\"campaign:metoo\"".utf8)
          let at = try #require(log.indices.first { log[$0...].starts(with: needle) })
          log[at + 24] = UInt8(ascii: "x")
          try Data(log).write(to: URL(fileURLWithPath: path + "/log.db"))
        } == [.alteredEvent])
      #expect(
        try spoilt("vault") { path in
          try DatabaseQueue(path: path + "/vault/vault.db").write {
            try $0.execute(sql: "DELETE FROM disclosure WHERE position = 14 AND decoy = 1")
          }
        } == [.missingDisclosure])
      #expect(
        try spoilt("manifest") { path in
          let text = String(decoding: try bytes(path + "/backup.json"), as: UTF8.self)
          try Data(text.replacing("\"size\":15", with: "\"size\":16").utf8)
            .write(to: URL(fileURLWithPath: path + "/backup.json"))
        } == [.wrongRoot])
    }
  }

  @Test(
    "What is no backup is refused",
    arguments: [
      "", "{}", "{\"format\":\"annals-backup-9\"}", "[", "{\"format\":\"annals-backup-1\",\"size\":-1}",
    ])
  func noBackup(manifest: String) throws {
    try withTestimonies { test, place in
      try FileManager.default.createDirectory(atPath: place("b"), withIntermediateDirectories: true)
      #expect { try restore(place("b"), to: place("r")) } throws: { error in
        isBackupError(error) { if case .notABackup = $0 { true } else { false } }
      }
      try Data(manifest.utf8).write(to: URL(fileURLWithPath: place("b/backup.json")))
      #expect { try restore(place("b"), to: place("r")) } throws: { error in
        isBackupError(error) { if case .notABackup = $0 { true } else { false } }
      }
      #expect(throws: LedgerError.self) { try restore(place("nowhere"), to: place("r")) }
      #expect(!FileManager.default.fileExists(atPath: place("r")))
      #expect(test.directory.isEmpty == false)
    }
  }

  @Test("A directory with nothing but the keys is filled; one with anything else is refused")
  func besideKeys() throws {
    try withTestimonies { test, place in
      _ = try test.ledger.backUp(to: place("b"))
      try FileManager.default.createDirectory(atPath: place("r"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: test.directory + "/keys", toPath: place("r/keys"))
      let done = try restore(place("b"), to: place("r"))
      #expect(done.isDone && done.hasKeys)
      #expect(try files(place("r")).filter { !$0.hasPrefix("keys") } == ["log.db", "vault.db"])
      #expect(throws: LedgerError.self) { try restore(place("b"), to: place("r")) }
      _ = try Ledger.open(place("r"), clock: test.clock.read)
    }
  }

  @Test("Keys of another ledger vouch for nothing")
  func otherKeys() throws {
    try withTestimonies { test, place in
      _ = try test.ledger.backUp(to: place("b"))
      _ = try Ledger.create(place("other"), founding: founding(), clock: test.clock.read)
      do {
        let done = try restore(place("b"), to: place("r"), keys: place("other/keys"))
        #expect(!done.isDone)
      } catch is LedgerError {}
      #expect(!FileManager.default.fileExists(atPath: place("r")))
    }
  }
}

extension Ledger {
  fileprivate func erase(_ name: String, as scope: ErasureScope) throws -> Erasure {
    try erase(name, meaning: scope, reason: .withdrawn, authority: "office", recorder: "r")
  }
}
