// tlog-proof files, from the tree to the check and back.

import Testing
import TransparencyLog

struct TlogProofTests {
  private static let entry = Array("13".utf8)

  private static func proof(extra: [UInt8] = []) throws -> TlogProof {
    let oracle = NaiveTree(size: 300)
    let (appender, tiles) = MemoryTiles.tree(oracle.leafHashes)
    let inclusion = try tiles.inclusionProof(index: 13, size: 300)
    return try TlogProof(
      index: 13, path: inclusion.path, checkpoint: Keys.checkpoint(size: 300, root: appender.root),
      extra: extra)
  }

  private func kind(_ text: String) -> FormatError.Kind? {
    failure { () throws(FormatError) in _ = try TlogProof(parsing: Array(text.utf8)) }?.kind
  }

  @Test(
    "A proof reads as the specification has it, and is read back", arguments: [[], [1], Array("extra".utf8)])
  func roundTrips(extra: [UInt8]) throws {
    let proof = try Self.proof(extra: extra)
    let bytes = proof.serialized()
    let read = try TlogProof(parsing: bytes)
    #expect(read == proof)
    #expect(read.serialized() == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    let expected =
      "c2sp.org/tlog-proof@v1\n" + (extra.isEmpty ? "" : "extra \(extra == [1] ? "AQ==" : "ZXh0cmE=")\n")
      + "index 13\n"
      + proof.path.map { $0.base64 + "\n" }.joined() + "\n"
      + String(decoding: proof.checkpoint, as: UTF8.self)
    #expect(text == expected)
    let key = try Keys.signer().verifierKey
    let verified = try read.check(leafHash: .leaf(Self.entry), origin: Keys.origin, logKeys: [key])
    #expect(verified.checkpoint.size == 300)
    #expect(verified.signedBy == [key.identity])
  }

  @Test("A tree of one leaf has a proof without path")
  func oneLeaf() throws {
    let leafHash = MerkleHash.leaf(Self.entry)
    let proof = try TlogProof(index: 0, path: [], checkpoint: Keys.checkpoint(size: 1, root: leafHash))
    let read = try TlogProof(parsing: proof.serialized())
    _ = try read.check(leafHash: leafHash, origin: Keys.origin, logKeys: [Keys.signer().verifierKey])
  }

  @Test("Another entry, another log or an unknown key is refused for the right reason")
  func refusals() throws {
    let proof = try Self.proof()
    let key = try Keys.signer().verifierKey
    func error(_ leafHash: MerkleHash, origin: String = Keys.origin, keys: [VerifierKey]) -> TlogProofError? {
      failure { () throws(TlogProofError) in
        _ = try proof.check(leafHash: leafHash, origin: origin, logKeys: keys)
      }
    }
    let leafHash = MerkleHash.leaf(Self.entry)
    #expect(error(leafHash, keys: [key]) == nil)
    guard case .inclusion(let inclusion) = error(.leaf("14".utf8), keys: [key]) else {
      Issue.record("another entry was accepted")
      return
    }
    #expect(inclusion.kind == .wrongRoot)
    #expect(
      error(leafHash, origin: "other", keys: [key])
        == .checkpoint(.wrongOrigin(expected: "other", found: Keys.origin)))
    let unknown = try Keys.signer(seedByte: 9)
    guard case .checkpoint(.noKnownSignature) = error(leafHash, keys: [unknown.verifierKey]) else {
      Issue.record("an unknown key was accepted")
      return
    }
  }

  @Test("Every single bit of a proof file matters")
  func bitFlips() throws {
    let bytes = try Self.proof().serialized()
    let key = try Keys.signer().verifierKey
    let refused = (0..<(bytes.count * 8)).count { bit in
      guard let proof = try? TlogProof(parsing: bytes.flipping(bit: bit)) else { return true }
      return failure { () throws(TlogProofError) in
        _ = try proof.check(leafHash: .leaf(Self.entry), origin: Keys.origin, logKeys: [key])
      } != nil
    }
    #expect(bytes.count > 500)
    #expect(refused == bytes.count * 8)
  }

  @Test("Files in any other form are refused")
  func malformed() throws {
    let note = String(decoding: try Keys.checkpoint(size: 1, root: .emptyRoot), as: UTF8.self)
    let hash = MerkleHash.emptyRoot.base64
    let head = "c2sp.org/tlog-proof@v1\n"
    #expect(kind(head + "index 0\n\n" + note) == nil)
    #expect(kind(head + "extra AQ==\nindex 0\n\(hash)\n\n" + note) == nil)
    let bad: [(String, FormatError.Kind)] = [
      ("", .missingPart), (head, .missingPart), ("c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, .syntax),
      (" " + head + "index 0\n\n" + note, .syntax), (head + "\nindex 0\n\n" + note, .syntax),
      (head + "index 00\n\n" + note, .number), (head + "index -1\n\n" + note, .number),
      (head + "index  1\n\n" + note, .number), (head + "index\n\n" + note, .syntax),
      (head + "index 18446744073709551616\n\n" + note, .number),
      (head + "extra \nindex 0\n\n" + note, .base64),
      (head + "extra A\nindex 0\n\n" + note, .base64), (head + "index 0\nextra AQ==\n\n" + note, .base64),
      (head + "extra AQ==\nextra AQ==\nindex 0\n\n" + note, .syntax), (head + "index 0\n" + note, .base64),
      (head + "index 0\n\(hash)\n" + note, .base64), (head + "index 0\nuFU=\n\n" + note, .hashLength),
      (head + "index 0\n\n", .missingPart), (head + "index 0\n\n\n" + note, .syntax),
      (head + "index 0\n" + String(repeating: hash + "\n", count: 65) + "\n" + note, .count),
      (head + "index 0\n" + String(repeating: hash + "\n", count: 64) + "\n", .missingPart),
      (String(repeating: "x", count: 2_000_001), .length),
    ]
    for (text, expected) in bad { #expect(kind(text) == expected, "\(text.prefix(80).debugDescription)") }
  }

  @Test("Parts that fit no file are refused")
  func unfitParts() throws {
    let checkpoint = try Keys.checkpoint(size: 1, root: .emptyRoot)
    func kind(path: Int = 0, checkpoint: [UInt8], extra: Int = 0) -> FormatError.Kind? {
      failure { () throws(FormatError) in
        _ = try TlogProof(
          index: 0, path: Array(repeating: .emptyRoot, count: path), checkpoint: checkpoint,
          extra: Array(repeating: 0, count: extra))
      }?.kind
    }
    #expect(kind(path: 64, checkpoint: checkpoint) == nil)
    #expect(kind(path: 65, checkpoint: checkpoint) == .count)
    #expect(kind(checkpoint: []) == .missingPart)
    #expect(kind(checkpoint: checkpoint, extra: 2_000_000) == .length)
  }
}
