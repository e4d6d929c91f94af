// Bytes at random and bytes that are almost right: no parser crashes, and what is read is what would be
// written.

import TestSupport
import Testing
import TransparencyLog

struct RobustnessTests {
  private static let runs = 4_000

  /// A format as the tests see it: reads bytes, and gives what it would write, or nothing where it refuses.
  struct Format: CustomTestStringConvertible {
    let testDescription: String
    let example: [UInt8]
    let rewritten: @Sendable ([UInt8]) -> [UInt8]?
  }

  static func formats() throws -> [Format] {
    let checkpoint = try Keys.checkpoint(
      size: 5, root: .emptyRoot, signers: [Keys.signer(), Keys.signer(name: "witness", seedByte: 2)])
    let proof = try TlogProof(index: 3, path: [.emptyRoot], checkpoint: checkpoint, extra: [1, 2, 3])
    return [
      Format(testDescription: "tile path", example: Array("tile/3/x001/x234/067.p/8".utf8)) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return (try? TilePath(parsing: text)).map { Array($0.text.utf8) }
      },
      Format(testDescription: "entry bundle", example: [0, 3, 1, 2, 3, 0, 0, 0, 1, 9]) { bytes in
        (try? EntryBundle(parsing: bytes, expectedCount: 3)).flatMap { bundle in
          try? EntryBundle(entries: bundle.entries.map { Array($0) }).bytes
        }
      },
      Format(testDescription: "tile", example: MerkleHash.emptyRoot.bytes + MerkleHash.emptyRoot.bytes) {
        bytes in
        (try? TileBytes.decode(bytes)).map { TileBytes.encode($0) }
      },
      Format(testDescription: "verifier key", example: Array(try Keys.signer().verifierKey.text.utf8)) {
        bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return (try? VerifierKey(parsing: text)).map { Array($0.text.utf8) }
      },
      Format(testDescription: "signed note", example: checkpoint) { bytes in
        (try? SignedNote(parsing: bytes)).flatMap { try? $0.serialized() }
      },
      Format(testDescription: "checkpoint", example: Array("o\n5\n\(MerkleHash.emptyRoot)\nx\n".utf8)) {
        bytes in
        (try? Checkpoint(parsingText: bytes)).map { Array($0.text.utf8) }
      },
      Format(testDescription: "tlog-proof", example: proof.serialized()) { bytes in
        (try? TlogProof(parsing: bytes)).map { $0.serialized() }
      },
    ]
  }

  @Test("Bytes at random are refused or read as what they say", arguments: try formats())
  func randomBytes(format: Format) {
    let seed: UInt64 = 17
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Self.runs {
      let bytes = random.bytes(count: Int.random(in: 0...80, using: &random))
      if let rewritten = format.rewritten(bytes) { #expect(rewritten == bytes, "seed \(seed)") }
    }
  }

  @Test("What is almost right is refused or read as what it says", arguments: try formats())
  func mutations(format: Format) {
    let seed: UInt64 = 19
    var random = SeededGenerator(seed: seed)
    #expect(format.rewritten(format.example) == format.example)
    var refused = 0
    for _ in 0..<Self.runs {
      var bytes = format.example
      for _ in 0..<Int.random(in: 1...3, using: &random) { Self.mutate(&bytes, using: &random) }
      if let rewritten = format.rewritten(bytes) {
        #expect(rewritten == bytes, "seed \(seed)")
      } else {
        refused += 1
      }
    }
    // A tile is any bytes of the right length.
    #expect(refused > Self.runs / 20)
  }

  @Test("Every beginning of what is right is refused or read as what it says", arguments: try formats())
  func beginnings(format: Format) {
    for end in format.example.indices {
      let bytes = Array(format.example[..<end])
      if let rewritten = format.rewritten(bytes) { #expect(rewritten == bytes) }
    }
  }

  private static func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(0) }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0...4, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(Array("\n +/=0x—A".utf8).randomElement(using: &random) ?? 0, at: place)
    case 3: bytes.removeLast(bytes.count - place)
    default:
      let end = Int.random(in: place..<bytes.count, using: &random)
      bytes.insert(contentsOf: bytes[place...end], at: place)
    }
  }

  @Test("An error says on one line what was expected and what was found, whatever was fed in")
  func messages() throws {
    let seed: UInt64 = 23
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let bytes = random.bytes(count: Int.random(in: 0...200, using: &random))
      for error in [
        failure { () throws(FormatError) in _ = try SignedNote(parsing: bytes) },
        failure { () throws(FormatError) in _ = try Checkpoint(parsingText: bytes) },
        failure { () throws(FormatError) in _ = try TlogProof(parsing: bytes) },
        failure { () throws(FormatError) in
          _ = try VerifierKey(parsing: String(decoding: bytes, as: UTF8.self))
        },
        failure { () throws(FormatError) in _ = try TilePath(parsing: String(decoding: bytes, as: UTF8.self))
        },
      ] {
        let error = try #require(error)
        #expect(error.description.utf8.allSatisfy { $0 >= 0x20 })
        #expect(error.description.utf8.count < 600)
        #expect(!error.expected.isEmpty && !error.found.isEmpty)
      }
    }
  }
}
