// Checkpoints: texts of others, our own, and whose they are.

import TestSupport
import Testing
import TransparencyLog

struct CheckpointTests {
  struct Example: Decodable {
    let name: String
    let body: String
    let parses: Bool
  }

  private func error(_ text: String) -> FormatError? {
    failure { () throws(FormatError) in _ = try Checkpoint(parsingText: Array(text.utf8)) }
  }

  @Test("Each text of the vectors is read or refused as they say, but for roots that are not 32 bytes")
  func vectors() throws {
    let examples = try Vectors.decode([Example].self, from: "checkpoint-parse/cases.json")
    #expect(examples.count == 13)
    var otherHashes = 0
    for example in examples {
      guard example.parses, error(example.body)?.kind == .hashLength else {
        #expect((error(example.body) == nil) == example.parses, "\(example.name)")
        continue
      }
      // These come from a reader that knows no hash function. With a root of SHA-256 they are read.
      otherHashes += 1
      var lines = example.body.split(separator: "\n", omittingEmptySubsequences: false)
      lines[2] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      #expect(error(lines.joined(separator: "\n")) == nil, "\(example.name)")
    }
    #expect(otherHashes == 3)
  }

  @Test("What is written is read back, at every size and with extension lines")
  func roundTrips() throws {
    let seed: UInt64 = 13
    var random = SeededGenerator(seed: seed)
    for size in [0, 1, 9, 10, 256, 1 << 62, .max] as [UInt64] {
      for count in 0...3 {
        let lines = (0..<count).map { "extension \($0) é" }
        let root = MerkleHash.leaf(random.bytes(count: 8))
        let checkpoint = try Checkpoint(
          origin: "log.example/x", size: size, root: root, extensionLines: lines)
        let read = try Checkpoint(parsingText: Array(checkpoint.text.utf8))
        #expect(read == checkpoint)
        #expect(read.extensionLines == lines)
        #expect(read.text == checkpoint.text)
        #expect(
          checkpoint.text == "log.example/x\n\(size)\n\(root.base64)\n" + lines.map { $0 + "\n" }.joined())
      }
    }
  }

  @Test("Texts that differ from the one spelling are refused for the right reason")
  func refusals() {
    let root = MerkleHash.emptyRoot.base64
    #expect(error("o\n1\n\(root)\n") == nil)
    let bad: [(String, FormatError.Kind)] = [
      ("", .missingPart), ("\n", .missingPart), ("o\n1\n", .missingPart), ("o\n1\n\(root)", .missingPart),
      ("\n1\n\(root)\n", .syntax), ("o\n\n\(root)\n", .syntax), ("o\n1\n\n", .syntax),
      ("o\n1\n\(root)\n\n", .syntax),
      ("o\n1\n\(root)\n\nx\n", .syntax), ("o\n01\n\(root)\n", .number), ("o\n00\n\(root)\n", .number),
      ("o\n+1\n\(root)\n", .number), ("o\n-1\n\(root)\n", .number), ("o\n 1\n\(root)\n", .number),
      ("o\n1 \n\(root)\n", .number), ("o\n1.0\n\(root)\n", .number), ("o\n0x1\n\(root)\n", .number),
      ("o\n١\n\(root)\n", .number), ("o\n18446744073709551616\n\(root)\n", .number),
      ("o\n1\n\(root) \n", .base64), ("o\n1\n \(root)\n", .base64), ("o\n1\n\(root.dropLast())\n", .base64),
      ("o\n1\nuFV=\n", .base64), ("o\n1\nuFU=\n", .hashLength), ("o\n1\n\(root.dropLast(4))\n", .hashLength),
      ("o\r\n1\n\(root)\n", .encoding), ("o\n1\n\(root)\n\u{7}\n", .encoding),
      (String(repeating: "o", count: 256) + "\n1\n\(root)\n", .name),
    ]
    for (text, kind) in bad { #expect(error(text)?.kind == kind, "\(text.debugDescription)") }
  }

  @Test("Checkpoints that could not be read back are not made")
  func unfitParts() {
    func kind(_ origin: String, _ lines: [String] = []) -> FormatError.Kind? {
      failure { () throws(FormatError) in
        _ = try Checkpoint(origin: origin, size: 0, root: .emptyRoot, extensionLines: lines)
      }?.kind
    }
    #expect(kind("an origin with spaces + more") == nil)
    #expect(kind("") == .name)
    #expect(kind(String(repeating: "é", count: 128)) == .name)
    #expect(kind("a\nb") == .syntax)
    #expect(kind("a\tb") == .syntax)
    #expect(kind("o", [""]) == .syntax)
    #expect(kind("o", ["a", "b\n"]) == .syntax)
  }

  @Test("A checkpoint is believed if the log signed it and it is of the wanted log")
  func verification() throws {
    let (log, witness) = (try Keys.signer(), try Keys.signer(name: "witness", seedByte: 2))
    let bytes = try Keys.checkpoint(size: 5, root: .emptyRoot, signers: [log, witness])
    func open(
      origin: String = Keys.origin, logKeys: [VerifierKey], cosigners: [VerifierKey] = []
    ) throws(NoteError) -> VerifiedCheckpoint {
      try VerifiedCheckpoint(verifying: bytes, origin: origin, logKeys: logKeys, cosigners: cosigners)
    }
    let verified = try open(logKeys: [log.verifierKey], cosigners: [witness.verifierKey])
    #expect(verified.checkpoint.size == 5)
    #expect(verified.signedBy == [log.identity, witness.identity])
    #expect(try verified.note.serialized() == bytes)
    #expect(try open(logKeys: [log.verifierKey]).signedBy == [log.identity])

    let unknown = try Keys.signer(seedByte: 9).verifierKey
    let cases: [NoteError?] = [
      failure { () throws(NoteError) in _ = try open(logKeys: []) },
      failure { () throws(NoteError) in _ = try open(logKeys: [unknown]) },
      // A witness's signature does not stand in for the log's.
      failure { () throws(NoteError) in _ = try open(logKeys: [unknown], cosigners: [witness.verifierKey]) },
      failure { () throws(NoteError) in _ = try open(origin: "other", logKeys: [log.verifierKey]) },
      failure { () throws(NoteError) in _ = try open(logKeys: [log.verifierKey], cosigners: [log.verifierKey])
      },
    ]
    #expect(cases.map { $0?.caseName } == ["unknown", "unknown", "unknown", "origin", "ambiguous"])
  }

  @Test("Every single bit of a signed checkpoint matters")
  func bitFlips() throws {
    let log = try Keys.signer()
    let bytes = try Keys.checkpoint(size: 70_000, root: .leaf("x".utf8))
    let refused = (0..<(bytes.count * 8)).count { bit in
      failure { () throws(NoteError) in
        _ = try VerifiedCheckpoint(
          verifying: bytes.flipping(bit: bit), origin: Keys.origin, logKeys: [log.verifierKey])
      } != nil
    }
    #expect(bytes.count > 150)
    #expect(refused == bytes.count * 8)
  }
}

extension NoteError {
  /// The kind of refusal, without what it is about.
  var caseName: String {
    switch self {
    case .malformed: "malformed"
    case .invalidSignature: "invalid"
    case .noKnownSignature: "unknown"
    case .ambiguousKey: "ambiguous"
    case .wrongOrigin: "origin"
    case .signingFailed: "signing"
    }
  }
}
