// Signing checkpoints: of one state of the log, never against what was signed before.

import Foundation
import Ledger
import LogStore
import Milestones
import Projections
import Synchronization
import Testing
import TransparencyLog

@Suite("A checkpoint is signed only where the log continues the last one")
struct CheckpointTests {
  @Test("It is of the log as it stands, signed by the key that auditors have, and kept as the last one")
  func signed() throws {
    try withPlace { place in
      let ledger = try place.open()
      let key = try #require(ledger.logKeys().last?.verifierKey)
      #expect(key.identity.name == "example.org/metoo")
      let first = try ledger.checkpoint()
      try expectCheckpoint(first.note, size: Place.sizeAtFirst(), of: ledger, keys: [key])
      #expect(try bytes(place.paths.lastCheckpoint) == first.note)
      #expect(try ledger.checkpoint() == first, "nothing was appended: the same bytes")
      try place.append(["a", "b"])
      let second = try ledger.checkpoint()
      try expectCheckpoint(second.note, size: Place.sizeAtFirst() + 2, of: ledger, keys: [key])
      #expect(second.root == (try ledger.head().root))
      #expect(second.key == key.identity)
      #expect(try bytes(place.paths.lastCheckpoint) == second.note)
    }
  }

  @Test("A new ledger has signed nothing yet but the empty tree, and keeps its secrets to its owner")
  func atFirst() throws {
    try withPlace { place in
      let note = try SignedNote(parsing: bytes(place.paths.lastCheckpoint))
      let checkpoint = try Checkpoint(parsingText: note.textBytes)
      #expect(checkpoint.size == 0 && checkpoint.root == .emptyRoot)
      _ = try place.open().checkpoint()
      for name in try place.keyFiles().keys {
        #expect(try mode("\(place.paths.keys)/\(name)") == 0o600, "\(name)")
      }
      #expect(try Set(place.keyFiles().keys) == ["content-tag.key", "signing.key", "last-checkpoint"])
      let signer = try Ed25519Signer(
        parsing: String(decoding: bytes(place.paths.signingKey).dropLast(), as: UTF8.self))
      #expect(try signer.verifierKey == place.open().logKeys().last?.verifierKey)
    }
  }

  @Test("In front of a log that was put back from an old copy, nothing is signed, appended or changed")
  func rolledBack() throws {
    try withPlace { place in
      try place.append(["a"])
      let old = try place.copyLog("old.db")
      let size = try place.open().size()
      try place.append(["b", "c"])
      let signed = try place.open().checkpoint()
      try place.putBack(old)
      let before = try place.keyFiles()
      let ledger = try place.open()
      let event = try checked("policy.announced", ["subject=policy:d", "occurred=2017"])
      let attempts: [(String, () throws -> Void)] = [
        ("checkpoint", { _ = try ledger.checkpoint() }),
        ("append", { _ = try ledger.append(event, recorder: "m.reyes") }),
        ("dry run", { _ = try ledger.rehearse(event) }),
        ("import", { _ = try importLines([announced("d")], into: ledger) }),
        ("rotate", { _ = try ledger.rotateKey(reason: "why", recorder: "m.reyes") }),
        ("prove", { _ = try ledger.prove("0") }),
        ("prove size", { _ = try ledger.prove("0", in: .size(size)) }),
        ("prove checkpoint", { _ = try ledger.prove("0", in: .checkpoint(signed.note)) }),
      ]
      for (name, attempt) in attempts {
        guard case .rolledBack(_, size, signed.size) = ledgerError(attempt) else {
          Issue.record("\(name)")
          continue
        }
      }
      #expect(try place.open().size() == size)
      #expect(try place.keyFiles() == before)
      // Questions are answered, and told apart.
      #expect(try ledger.status(.world).content.count == 1)
      #expect(try ledger.rollback().map { "\($0)" }?.contains("annals catch-up") == true)
    }
  }

  @Test("A log that went another way since an old copy is found out, whether shorter, as long or longer")
  func forked() throws {
    try withPlace { place in
      try place.append(["a"])
      let other = try place.duplicate("other")
      try place.append(["b", "c"])
      let signed = try place.open().checkpoint()
      for name in ["x", "y", "z"] {
        try other.append([name])
        try place.putBack(other.copyLog("other.db"))
        let size = try place.open().size()
        let before = try place.keyFiles()
        let error = ledgerError { try place.open().checkpoint() }
        switch error {
        case .rolledBack(_, size, signed.size): #expect(name == "x")
        case .forked(_, size, signed.size, signed.root, let found):
          #expect(name != "x")
          #expect(try found == place.open().root(atSize: Int64(signed.size)))
        default: Issue.record("\(String(describing: error))")
        }
        #expect(try place.keyFiles() == before)
      }
    }
  }

  @Test("A tree head that its own tiles do not give is not signed")
  func alteredHead() throws {
    try withPlace { place in
      _ = try place.open().checkpoint()
      try place.append(["a", "b"])
      try Place.alter(place.paths.log, "UPDATE tree_head SET root = zeroblob(32)")
      let before = try place.keyFiles()
      guard case .log(.damaged) = ledgerError({ try place.open().checkpoint() }) else {
        Issue.record("signed")
        return
      }
      #expect(try place.keyFiles() == before)
    }
  }

  @Test("Without the last checkpoint, or with another in its place, nothing is signed")
  func lastCheckpointSpoilt() throws {
    try withPlace { place in
      let genuine = try place.open().checkpoint().note
      let path = place.paths.lastCheckpoint
      let stranger = try Ed25519Signer(name: "example.org/metoo", seed: Array(repeating: 7, count: 32))
      let elsewhere = try Ed25519Signer(name: "example.org/other", seed: Array(repeating: 7, count: 32))
      func note(_ origin: String, _ signer: Ed25519Signer) throws -> [UInt8] {
        try Checkpoint(origin: origin, size: 1, root: .emptyRoot).signed(by: [signer]).serialized()
      }
      var spoilt: [[UInt8]?] = [nil, [], Array("no note\n".utf8), Array(genuine.dropLast(9))]
      spoilt += [try note("example.org/metoo", stranger), try note("example.org/other", elsewhere)]
      // The size raised or lowered by hand: the signature does not hold any more.
      spoilt.append(Array(String(decoding: genuine, as: UTF8.self).replacing("\n13\n", with: "\n12\n").utf8))
      for content in spoilt {
        try? FileManager.default.removeItem(atPath: path)
        if let content { try place.write(content, to: path) }
        for attempt in [
          { _ = try place.open().checkpoint() }, { _ = try place.open().prove("0") },
          { _ = try place.open().rotateKey(reason: "why", recorder: "m.reyes") },
        ] {
          guard case .key(path, let reason) = ledgerError(attempt) else {
            Issue.record("\(String(describing: content))")
            continue
          }
          #expect(reason.contains("backup") && reason.contains("published"))
        }
        #expect(try bytes(path) == content ?? [])
      }
      // What was published is the way back.
      try place.write(genuine, to: path)
      #expect(try place.open().checkpoint().note == genuine)
    }
  }

  @Test(
    "A signing key that is missing, is none, or is that of another log is told with its place, and signs nothing",
    arguments: [
      "", "\n", "PRIVATE+KEY", "-----BEGIN PRIVATE KEY-----", "other origin", "wrong id", "too long",
      "missing",
    ])
  func badKeyFiles(kind: String) throws {
    try withPlace { place in
      let path = place.paths.signingKey
      let text = String(decoding: try bytes(path), as: UTF8.self)
      let other = try Ed25519Signer(name: "example.org/other", seed: Array(repeating: 7, count: 32))
      let content: String? =
        switch kind {
        case "other origin": other.privateText
        case "wrong id": text.replacing(/\+[0-9a-f]{8}\+/, with: "+00000000+")
        case "too long": String(repeating: text, count: 100)
        case "missing": nil
        default: kind
        }
      try FileManager.default.removeItem(atPath: path)
      if let content { try place.write(Array(content.utf8), to: path) }
      let before = try place.keyFiles()
      for attempt in [{ _ = try place.open().checkpoint() }, { _ = try place.open().logKeys() }] {
        switch ledgerError(attempt) {
        case .key(path, _): break
        case .file(let failure): #expect(kind == "too long" && failure.path == path)
        default: Issue.record("\(kind)")
        }
      }
      #expect(try place.keyFiles() == before)
      // Appending needs no signing key.
      try place.append(["a"])
    }
  }

  @Test("While another process signs, signing ends in busy after a bounded wait")
  func busy() throws {
    try withPlace { place in
      _ = try place.open().checkpoint()
      let descriptor = Foundation.open(place.paths.signingLock, O_RDWR)
      try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
      let ledger = try place.open(busyTimeoutMilliseconds: 30)
      guard case .keysBusy = ledgerError({ try ledger.checkpoint() }) else {
        Issue.record("not busy")
        return
      }
      close(descriptor)
      _ = try ledger.checkpoint()
    }
  }

  @Test("Several that append and sign at once sign one line of checkpoints, each a beginning of the next")
  func atOnce() throws {
    try withPlace { place in
      let signed = Mutex<[SignedCheckpoint]>([])
      let failures = Mutex<[String]>([])
      let group = DispatchGroup()
      for worker in 0..<4 {
        group.enter()
        Thread.detachNewThread {
          defer { group.leave() }
          do {
            let ledger = try place.open()
            for round in 0..<15 {
              try place.append(["w\(worker)-\(round)"])
              let checkpoint = try ledger.checkpoint()
              signed.withLock { $0.append(checkpoint) }
            }
          } catch { failures.withLock { $0.append("\(error)") } }
        }
      }
      group.wait()
      #expect(failures.withLock { $0 } == [])
      let ledger = try place.open()
      let checkpoints = signed.withLock { $0 }
      #expect(checkpoints.count == 60)
      for checkpoint in checkpoints {
        #expect(try checkpoint.root == ledger.root(atSize: Int64(checkpoint.size)))
      }
      let last = try #require(checkpoints.max { $0.size < $1.size })
      #expect(try bytes(place.paths.lastCheckpoint) == last.note)
    }
  }

  @Test("Where keys have signed for a log that is gone, no other log is begun under its name")
  func signedBefore() throws {
    try withPlace { place in
      let signed = try place.open().checkpoint()
      let directory = place.home + "/second"
      guard
        case .signedBefore(_, signed.size) = ledgerError({
          try Ledger.create(directory, keys: place.paths.keys, founding: founding())
        })
      else {
        Issue.record("begun")
        return
      }
      var other = try founding()
      other.origin = "example.org/second"
      guard case .key = ledgerError({ try Ledger.create(directory, keys: place.paths.keys, founding: other) })
      else {
        Issue.record("begun with the key of another log")
        return
      }
      #expect(!FileManager.default.fileExists(atPath: directory), "a refused beginning left something")
      // A key that was made elsewhere and has signed nothing is taken.
      let keys = place.home + "/own-keys"
      try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
      let signer = try Ed25519Signer(name: other.origin, seed: Array(repeating: 9, count: 32))
      try place.write(Array(signer.privateText.utf8), to: keys + "/signing.key")
      let ledger = try Ledger.create(place.home + "/third", keys: keys, founding: other)
      #expect(try ledger.logKeys().map(\.verifierKey) == [signer.verifierKey])
      #expect(try ledger.checkpoint().key == signer.identity)
    }
  }
}
