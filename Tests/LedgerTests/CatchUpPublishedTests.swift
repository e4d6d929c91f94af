// Bringing back what a log has lost from what was published of it, which knows no content tags.

import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import Testing
import TransparencyLog

@Suite("A log that was put back from an old copy catches up from what was published")
struct CatchUpPublishedTests {
  private func publish(_ place: Place, to name: String = "public") throws -> String {
    let directory = "\(place.home)/\(name)"
    _ = try place.open().publish(to: directory)
    return directory
  }

  /// A ledger with events that were published, and an old copy of its log put back.
  private func rolledBack(
    lost: Int = 5, _ body: (_ place: Place, _ published: String, _ newer: SQLiteLog) throws -> Void
  ) throws {
    try withPlace { place in
      try place.append(["a"])
      let old = try place.copyLog("old.db")
      try place.load((0..<lost).map { "p\($0)" })
      try place.appendSealed("S1")
      let published = try publish(place)
      let newer = try SQLiteLog.open(at: place.copyLog("newer.db"), access: .readOnly)
      try place.putBack(old)
      try body(place, published, newer)
    }
  }

  private func events(_ place: Place) throws -> [StoredEvent] {
    try SQLiteLog.open(at: place.paths.log, access: .readOnly).read(from: 0, limit: .max)
  }

  @Test(
    "Every event comes back byte for byte with its columns and, unless something is sealed in it, its tag",
    arguments: [5, 2_300])
  func caughtUp(lost: Int) throws {
    try rolledBack(lost: lost) { place, published, newer in
      let signed = try bytes(published + "/checkpoint")
      guard case .rolledBack = ledgerError({ try place.open().checkpoint() }) else {
        Issue.record("signed")
        return
      }
      let result = try place.open().catchUp(from: published)
      #expect(result.added == Int64(lost) + 1 && result.unvouched == 0 && result.warning == nil)
      #expect(result.withoutDisclosures == 0)
      #expect(try result.root == newer.head().root)

      let (found, expected) = (try events(place), try newer.read(from: 0, limit: .max))
      #expect(found.map(\.leaf.bytes) == expected.map(\.leaf.bytes))
      #expect(found.map(\.key) == expected.map(\.key))
      #expect(found.map(\.version) == expected.map(\.version))
      #expect(found.map(\.leaf.recordedMilliseconds) == expected.map(\.leaf.recordedMilliseconds))
      #expect(found.map(\.leaf.country) == expected.map(\.leaf.country))
      #expect(found.map(\.leaf.earliestDay) == expected.map(\.leaf.earliestDay))
      #expect(found.dropLast().map(\.tag) == expected.dropLast().map(\.tag))
      #expect(found.last?.tag != expected.last?.tag)

      let ledger = try place.open()
      #expect(try ledger.checkpoint().note == signed)
      #expect(try LogVerification.ledger(place.paths).report.isIntact)
      try expectVaultMatchesLog(place.directory, ledger)
      #expect(try ledger.catchUp(from: published).added == 0)
      // Entering the same lines again adds nothing, one with another content is a conflict, and the ledger goes on.
      let (report, refused) = try importLines(
        (0..<lost).map { announced("p\($0)", id: "p\($0)") }, into: ledger)
      #expect(report.alreadyThere == lost && report.added == 0 && refused.isEmpty)
      #expect(try importLines([announced("other", id: "p0")], into: ledger).refused.count == 1)
      try place.append(["z"])
      _ = try publish(place)
    }
  }

  @Test("What was sealed is not in what was published: told where the vault lacks it, and never sealed again")
  func sealed() throws {
    try rolledBack { place, published, _ in
      try FileManager.default.removeItem(atPath: place.paths.vault)
      #expect(try place.open().catchUp(from: published).withoutDisclosures == 1)
      guard case .idReused("S1", _) = ledgerError({ try place.appendSealed("S1") }) else {
        Issue.record("entered again")
        return
      }
      #expect(try vaultRows(place.directory).isEmpty)
    }
  }

  @Test(
    "An event of a vocabulary that was adopted on the way has its tag again, also without an id of its own")
  func adopted() throws {
    try withPlace { place in
      let old = try place.copyLog("old.db")
      try place.append(["a"])
      _ = try adopt(place.open(), Climate.file())
      let lines = [
        #"{"type":"pledge.announced","subject":"pledge:x","occurred":"2019","unsourced":true,"target":"all"}"#,
        #"{"type":"policy.announced","subject":"policy:b","occurred":"2017-05?","country":"FR","source.url":"https://example.org/b","source.captured":"2020-01-02","title":"Une loi","title.lang":"fr","claim":"b","note":"n"}"#,
      ]
      let first = try importLines(lines, into: place.open())
      try #require(first.refused.isEmpty, "\(first.refused)")
      _ = try place.open().adopt([Climate.file(Climate.later)], recorder: "a.lindqvist")
      let adoptedDigest = try place.open().vocabulary.digest
      let kept = try events(place)
      let published = try publish(place)
      try place.putBack(old)
      let ledger = try place.open()
      let result = try ledger.catchUp(from: published)
      #expect(result.warning == nil && ledger.vocabulary.digest == adoptedDigest)
      #expect(try ledger.viewsDigest() == place.open().viewsDigest())
      #expect(try events(place).map(\.leaf.bytes) == kept.map(\.leaf.bytes))
      let again = try importLines(lines, into: place.open())
      #expect(again.report.alreadyThere == 2 && again.report.added == 0, "\(again)")
    }
  }

  @Test("A change of keys on the way: the checkpoint is signed by a key that lies in keys/")
  func rotated() throws {
    try withPlace { place in
      let old = try place.copyLog("old.db")
      _ = try place.open().rotateKey(reason: "why", recorder: "m.reyes")
      try place.append(["a"])
      let published = try publish(place)
      try place.putBack(old)
      #expect(try place.open().catchUp(from: published).added == 2)
      // Of an earlier key, which the log names: behind the log, but believed.
      let signed = try bytes(published + "/checkpoint")
      _ = try place.open().rotateKey(reason: "why", recorder: "m.reyes")
      try place.append(["b"])
      _ = try place.open().checkpoint()
      #expect(try place.open().catchUp(from: published).added == 0)
      #expect(try bytes(published + "/checkpoint") == signed)
    }
  }

  @Test("What is newer than the last checkpoint that lies in keys/ is vouched for by the published one")
  func vouched() throws {
    try withPlace { place in
      let keys = try bytes(place.paths.lastCheckpoint)
      let old = try place.copyLog("old.db")
      try place.append(["a", "b"])
      let published = try publish(place)
      try place.putBack(old)
      try place.write(keys, to: place.paths.lastCheckpoint)
      let result = try place.open().catchUp(from: published)
      #expect(result.added == 2 && result.unvouched == 0)
    }
  }

  @Test("A directory that ends before what was signed is refused; one behind a whole log adds nothing")
  func behind() throws {
    try withPlace { place in
      try place.append(["a"])
      let published = try publish(place)
      let old = try place.copyLog("old.db")
      try place.append(["b"])
      _ = try place.open().checkpoint()
      #expect(try place.open().catchUp(from: published).added == 0)
      try place.putBack(old)
      let size = try place.open().size()
      guard
        case .catchUp(.tooShort(published, size, _)) = ledgerError({
          try place.open().catchUp(from: published)
        })
      else {
        Issue.record("accepted")
        return
      }
      #expect(try place.open().size() == size)
    }
  }

  @Test("A directory that went another way is refused, though the log's own key has signed it")
  func fork() throws {
    try withPlace { place in
      let early = try place.duplicate("early")
      try place.append(["a"])
      let old = try place.copyLog("old.db")
      let late = try place.duplicate("late")
      try place.append(["b", "c"])
      _ = try place.open().checkpoint()
      try early.append(["x", "y", "z", "w"])
      try late.append(["x", "y", "z"])
      let copies = [try publish(early), try publish(late)]
      try place.putBack(old)
      let size = try place.open().size()
      for copy in copies {
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

  @Test(
    "A directory in which anything was altered is refused, and adds nothing",
    arguments: [
      "checkpoint", "tile/entries/000", "tile/entries/001.p/72", "tile/0/000", "tile/0/001.p/72",
      "tile/1/000.p/1",
    ], [false, true])
  func altered(file: String, isRemoved: Bool) throws {
    try rolledBack(lost: 313) { place, published, _ in
      let path = "\(published)/\(file)"
      var content = try bytes(path)
      try #require(content.count > 20, "\(file) is not there")
      if isRemoved {
        try FileManager.default.removeItem(atPath: path)
      } else {
        content[content.count - 10] ^= 1
        try place.write(content, to: path)
      }
      let size = try place.open().size()
      let error = ledgerError { try place.open().catchUp(from: published) }
      switch (error, file) {
      case (.catchUp(.notACopy(published, _)), "checkpoint") where isRemoved: break
      case (.catchUp(.notSigned(published, _)), "checkpoint"),
        (.catchUp(.damaged(published, _)), "checkpoint"):
        #expect(!isRemoved)
      case (.catchUp(.damaged(published, let reason)), _): #expect(reason.contains(file), "\(reason)")
      default: Issue.record("\(String(describing: error))")
      }
      #expect(try place.open().size() == size)
    }
  }

  @Test("Entries, tiles and checkpoint that were all made anew are refused for want of the log's signature")
  func madeAnew() throws {
    try rolledBack { place, _, _ in
      let stranger = Place(home: place.home + "/stranger")
      try FileManager.default.createDirectory(atPath: stranger.home, withIntermediateDirectories: true)
      try Ledger.create(stranger.directory, founding: founding())
      try stranger.load((0..<20).map { "p\($0)" })
      let copy = try publish(stranger)
      let size = try place.open().size()
      guard case .catchUp(.notSigned(copy, _)) = ledgerError({ try place.open().catchUp(from: copy) }) else {
        Issue.record("accepted")
        return
      }
      #expect(try place.open().size() == size)
    }
  }

  @Test("What was published of another log is told as that")
  func otherLog() throws {
    try withPlace { place in
      var other = try founding()
      other.origin = "example.org/other"
      let stranger = place.home + "/stranger"
      _ = try Ledger.create(stranger, founding: other).publish(to: stranger + "-public")
      let error = ledgerError { try place.open().catchUp(from: stranger + "-public") }
      #expect(error.map { "\($0)" }?.contains("is a copy of example.org/other") == true)
    }
  }

  @Test("Without the key of the tags nothing is added")
  func noTagKey() throws {
    try rolledBack { place, published, _ in
      let size = try place.open().size()
      try FileManager.default.removeItem(atPath: place.paths.tagKey)
      guard case .key = ledgerError({ try place.open().catchUp(from: published) }) else {
        Issue.record("caught up")
        return
      }
      #expect(try place.open().size() == size)
    }
  }
}
