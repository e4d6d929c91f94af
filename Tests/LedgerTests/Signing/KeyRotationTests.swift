// Changing the signing key: both keys stand in the log, and no crash on the way leaves a ledger without one.

import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import Testing
import TransparencyLog

@Suite("A new signing key is put in force by the log")
struct KeyRotationTests {
  private func rotate(_ place: Place) throws -> KeyRotation {
    try place.open().rotateKey(reason: "the old machine was sold", recorder: "m.reyes")
  }

  @Test(
    "The log names both keys and the reason; the new key signs from there on, the old one's checkpoints hold")
  func rotated() throws {
    try withPlace { place in
      try place.append(["a"])
      let before = try place.open().checkpoint()
      let first = try #require(place.open().logKeys().last?.verifierKey)
      let rotation = try rotate(place)
      #expect(rotation.old == first && rotation.new != first)
      #expect(rotation.warning == nil)

      let ledger = try place.open()
      let size = try ledger.size()
      let event = try EventView(leaf: ledger.event("\(size - 1)").leaf)
      #expect(event.type == "key.rotated" && event.subject == "ledger:self" && event.recorder == "m.reyes")
      #expect(event.data?["old"]?.string == first.text)
      #expect(event.data?["new"]?.string == rotation.new.text)
      #expect(event.data?["reason"]?.string == "the old machine was sold")
      #expect(rotation.position == size - 1)

      try expectCheckpoint(rotation.checkpoint, size: size, of: ledger, keys: [rotation.new])
      #expect(try bytes(place.paths.lastCheckpoint) == rotation.checkpoint)
      #expect(try ledger.checkpoint().note == rotation.checkpoint)
      try expectCheckpoint(before.note, size: size - 1, of: ledger, keys: [first])
      let known = try ledger.logKeys()
      #expect(known.map(\.verifierKey) == [first, rotation.new])
      #expect(known.map(\.fromSize) == [0, size])
      #expect(known.map(\.throughSize) == [size - 1, nil])

      // The private half of the old key is gone; the new one is its owner's alone.
      #expect(try Set(place.keyFiles().keys) == ["content-tag.key", "signing.key", "last-checkpoint"])
      #expect(try mode(place.paths.signingKey) == 0o600)
      let again = try rotate(place)
      #expect(again.old == rotation.new)
      try place.append(["b"])
      let last = try place.open().checkpoint()
      #expect(last.key == again.new.identity)
      #expect(try place.open().logKeys().count == 3)
    }
  }

  @Test("A crash after the new key was made leaves the old one in force")
  func crashBeforeTheLog() throws {
    try withPlace { place in
      let first = try #require(place.open().logKeys().last?.verifierKey)
      let next = try Ed25519Signer(name: "example.org/metoo", seed: Array(repeating: 5, count: 32))
      try place.write(Array(next.privateText.utf8), to: place.paths.nextSigningKey)
      #expect(try place.open().checkpoint().key == first.identity)
      #expect(try place.open().logKeys().map(\.verifierKey) == [first])
      // The next change does not mind what was left.
      let rotation = try rotate(place)
      #expect(rotation.old == first && rotation.new != next.verifierKey)
      #expect(!FileManager.default.fileExists(atPath: place.paths.nextSigningKey))
    }
  }

  @Test("A crash after the log named the new key, or after that signed, leaves the new one in force")
  func crashAfterTheLog() throws {
    for hasSigned in [false, true] {
      try withPlace { place in
        try place.append(["a"])
        _ = try place.open().checkpoint()
        let old = try place.keyFiles()
        let rotation = try rotate(place)
        let new = try place.keyFiles()
        // As the files lay in the middle.
        try place.write(try #require(old["signing.key"]), to: place.paths.signingKey)
        try place.write(try #require(new["signing.key"]), to: place.paths.nextSigningKey)
        let last = try #require((hasSigned ? new : old)["last-checkpoint"])
        try place.write(last, to: place.paths.lastCheckpoint)

        #expect(try place.open().logKeys().last?.verifierKey == rotation.new)
        let checkpoint = try place.open().checkpoint()
        #expect(checkpoint.key == rotation.new.identity)
        try expectCheckpoint(
          checkpoint.note, size: rotation.position + 1, of: place.open(), keys: [rotation.new])
        #expect(try place.keyFiles()["signing.key"] == new["signing.key"])
        #expect(!FileManager.default.fileExists(atPath: place.paths.nextSigningKey))
        try place.append(["b"])
        #expect(try place.open().checkpoint().key == rotation.new.identity)
      }
    }
  }

  @Test("A log that was put back from before the change is told as that, not as a wrong key")
  func rolledBackOverChange() throws {
    try withPlace { place in
      try place.append(["a"])
      _ = try rotate(place)
      let middle = try place.copyLog("middle.db")
      let rotation = try rotate(place)
      try place.putBack(middle)
      guard
        case .rolledBack(_, rotation.position, let signedSize) = ledgerError({ try place.open().checkpoint() }
        )
      else {
        Issue.record("signed")
        return
      }
      #expect(signedSize == UInt64(rotation.position + 1))
      guard case .rolledBack = ledgerError({ try rotate(place) }) else {
        Issue.record("rotated")
        return
      }
    }
  }

  @Test("A key of the right name that the log does not name signs nothing")
  func anotherKey() throws {
    try withPlace { place in
      let old = try bytes(place.paths.signingKey)
      let rotation = try rotate(place)
      try place.write(old, to: place.paths.signingKey)
      guard case .key(let path, let reason) = ledgerError({ try place.open().checkpoint() }) else {
        Issue.record("signed")
        return
      }
      #expect(path == place.paths.signingKey)
      #expect(reason.contains(rotation.new.identity.description))
    }
  }

  @Test("Nothing can be recorded by hand as a change of keys")
  func byHand() throws {
    #expect(throws: DraftError.self) {
      try checked("key.rotated", ["subject=ledger:self", "occurred=2020", "old=a", "new=b", "reason=c"])
    }
  }
}
