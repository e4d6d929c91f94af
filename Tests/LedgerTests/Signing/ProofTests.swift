// Proofs that an event is in the log, checked with nothing but the proof, the event and the key.

import Foundation
import Ledger
import LogStore
import Milestones
import TestSupport
import Testing
import TransparencyLog

@Suite("A proof of an event stands by itself")
struct ProofTests {
  private static let origin = "example.org/metoo"

  private func check(_ proof: [UInt8], _ event: [UInt8], _ keys: [VerifierKey], origin: String = origin)
    throws
    -> ProofCheck.Verified
  {
    try ProofCheck.check(proof: proof, event: event, keys: keys, origin: origin)
  }

  @Test("Every event of a log of 300 is proved, and the proof holds for it alone, at its place alone")
  func everyEvent() throws {
    try withPlace { place in
      try place.load((0..<300).map { "p\($0)" })
      let ledger = try place.open()
      let size = try ledger.size()
      let keys = try ledger.logKeys().map(\.verifierKey)
      let root = try ledger.head().root
      var generator = SeededGenerator(seed: 5)
      for position in 0..<size {
        let leaf = try ledger.event("\(position)").leaf
        let proof = try ledger.prove("\(position)")
        let verified = try check(proof.bytes, leaf, keys)
        #expect(verified.position == UInt64(position) && proof.position == position)
        #expect(verified.checkpoint.size == UInt64(size) && verified.checkpoint.root == root)
        #expect(verified.signedBy == keys.map(\.identity))
        let other = (position + Int64.random(in: 1..<size, using: &generator)) % size
        #expect(throws: ProofCheck.Refusal.self, "event \(other) at \(position)") {
          try check(proof.bytes, ledger.event("\(other)").leaf, keys)
        }
        let text = String(decoding: proof.bytes, as: UTF8.self)
        let moved = text.replacing("\nindex \(position)\n", with: "\nindex \(other)\n")
        #expect(throws: ProofCheck.Refusal.self, "moved from \(position) to \(other)") {
          try check(Array(moved.utf8), leaf, keys)
        }
      }
      #expect(try ledger.prove("p7").bytes == ledger.prove("\(Place.sizeAtFirst() + 7)").bytes, "by id")
    }
  }

  @Test("A proof with any byte changed or cut, another key or another log is refused with a reason")
  func refused() throws {
    try withPlace { place in
      let ledger = try place.open()
      let leaf = try ledger.event("3").leaf
      let proof = try ledger.prove("3").bytes
      let keys = try ledger.logKeys().map(\.verifierKey)
      for index in proof.indices {
        var changed = proof
        changed[index] ^= 1
        // A changed signature line of another name is that of an unknown key; either way nobody vouches.
        #expect(throws: ProofCheck.Refusal.self, "byte \(index)") { try check(changed, leaf, keys) }
      }
      for count in 0..<proof.count {
        #expect(throws: ProofCheck.Refusal.self, "\(count) bytes") {
          try check(Array(proof.prefix(count)), leaf, keys)
        }
      }
      let stranger = try Ed25519Signer(name: Self.origin, seed: Array(repeating: 7, count: 32)).verifierKey
      for (keys, origin) in [([stranger], Self.origin), (keys, "example.org/other"), ([], Self.origin)] {
        let refusal = #expect(throws: ProofCheck.Refusal.self) {
          try check(proof, leaf, keys, origin: origin)
        }
        #expect(refusal?.description.contains("checkpoint") == true)
      }
      #expect(try check(proof, leaf, [stranger] + keys).position == 3)
    }
  }

  @Test("A line feed at the end of the event does not count, a second one does")
  func lineFeed() throws {
    try withPlace { place in
      let ledger = try place.open()
      let leaf = try ledger.event("3").leaf
      let keys = try ledger.logKeys().map(\.verifierKey)
      let proof = try ledger.prove("3").bytes
      #expect(try check(proof, leaf + [0x0a], keys).position == 3)
      for end in [[0x0a, 0x0a], [0x0d, 0x0a], [0x20]] as [[UInt8]] {
        #expect(throws: ProofCheck.Refusal.self) { try check(proof, leaf + end, keys) }
      }
    }
  }

  @Test("A proof leads to the last checkpoint where that contains the event, and else to a new one")
  func whichCheckpoint() throws {
    try withPlace { place in
      let signed = try place.open().checkpoint()
      try place.append(["a", "b"])
      let ledger = try place.open()
      #expect(try ledger.prove("0").checkpoint == signed)
      #expect(try bytes(place.paths.lastCheckpoint) == signed.note)
      let proof = try ledger.prove("a")
      #expect(proof.checkpoint.size == UInt64(try ledger.size()))
      #expect(try bytes(place.paths.lastCheckpoint) == proof.checkpoint.note)
    }
  }

  @Test("A size may be asked for from the last checkpoint's up to the log's")
  func sizes() throws {
    try withPlace { place in
      let size = try Place.sizeAtFirst()
      _ = try place.open().checkpoint()
      try place.append(["a", "b", "c"])
      let ledger = try place.open()
      func refusal(_ reference: String, _ target: Ledger.ProofTarget) -> String? {
        guard case .cannotProve(let reason) = ledgerError({ try ledger.prove(reference, in: target) }) else {
          return nil
        }
        return reason
      }
      #expect(refusal("a", .size(size))?.contains("not among the first \(size)") == true)
      #expect(refusal("0", .size(size - 1))?.contains("--checkpoint") == true)
      #expect(refusal("0", .size(0)) != nil && refusal("0", .size(.min)) != nil)
      #expect(refusal("0", .size(size + 4))?.contains("has \(size + 3) events") == true)
      #expect(try ledger.prove("0", in: .size(size)).checkpoint.size == UInt64(size))
      let middle = try ledger.prove("a", in: .size(size + 1))
      #expect(middle.checkpoint.size == UInt64(size + 1))
      try expectCheckpoint(
        middle.checkpoint.note, size: size + 1, of: ledger, keys: ledger.logKeys().map(\.verifierKey))
      #expect(refusal("0", .size(size)) != nil, "a smaller one is signed no more")
      guard case .noEvent = ledgerError({ try ledger.prove("nobody") }) else {
        Issue.record("proved")
        return
      }
    }
  }

  @Test(
    "A checkpoint that was published serves for a proof for ever, also across a change of keys, and nothing is signed"
  )
  func publishedCheckpoint() throws {
    try withPlace { place in
      let published = try place.open().checkpoint()
      let old = try #require(place.open().logKeys().last?.verifierKey)
      try place.append(["a"])
      _ = try place.open().rotateKey(reason: "why", recorder: "m.reyes")
      let before = try place.keyFiles()
      let ledger = try place.open()
      let proof = try ledger.prove("2", in: .checkpoint(published.note))
      #expect(proof.checkpoint == published)
      #expect(try check(proof.bytes, ledger.event("2").leaf, [old]).checkpoint.size == published.size)
      guard case .cannotProve = ledgerError({ try ledger.prove("a", in: .checkpoint(published.note)) }) else {
        Issue.record("proved")
        return
      }
      let stranger = try Ed25519Signer(name: Self.origin, seed: Array(repeating: 7, count: 32))
      let forged = try Checkpoint(origin: Self.origin, size: 5, root: .emptyRoot).signed(by: [stranger])
        .serialized()
      for note in [forged, [], Array(published.note.dropLast(3))] {
        guard case .cannotProve = ledgerError({ try ledger.prove("2", in: .checkpoint(note)) }) else {
          Issue.record("proved")
          return
        }
      }
      #expect(try place.keyFiles() == before)
    }
  }

  @Test("No proof leaves of an event or a tile that was altered")
  func altered() throws {
    for sql in [
      "UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), '2017', '2018') AS BLOB) WHERE position = 20",
      "UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE place = 0",
    ] {
      try withPlace { place in
        try place.load((0..<300).map { "p\($0)" })
        _ = try place.open().checkpoint()
        try Place.alter(place.paths.log, sql)
        guard case .log(.damaged) = ledgerError({ try place.open().prove("20") }) else {
          Issue.record("\(sql)")
          return
        }
      }
    }
  }
}
