// What this module publishes is checked by a verifier in Python that shares no code with it, and what it
// refuses, that one refuses, too.

import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite(.enabled(if: PythonVerifier.isUsable, PythonVerifier.whySkipped))
struct PythonVerifierTests {
  private let key: String

  init() throws { key = try Keys.signer().verifierKey.text }

  private func verify(_ directory: String, _ more: String...) throws -> PythonVerifier.Answer {
    try PythonVerifier.run(arguments: [directory, "--key", key] + more)
  }

  @Test(
    "A log of 70,000 entries is accepted, with every checkpoint that was kept of it, and refused when altered"
  )
  func largeLog() throws {
    try withDirectory { path in
      let log = MemoryLog(size: 70_000)
      // Without forcing each of some hundred files to the disk.
      let files = MemoryFiles()
      for size: UInt64 in [69_000, 70_000] { try log.publish(into: files, size: size) }
      try write(files.files, to: path + "/log")
      for size: UInt64 in [0, 1, 256, 65_536, 69_000, 70_000] {
        let kept = try save(log.checkpoint(size: size), path + "/kept")
        let answer = try verify(path + "/log", "--since", kept)
        #expect(answer.status == 0, "\(answer.output)")
        #expect(answer.output.contains("70000 events, root \(log.root)"))
      }
      for (name, bit, expected) in [
        ("tile/entries/200", 16, "altered event at position 51200:"),
        ("tile/1/000", 256 * 9, "altered tile at position 2304"),
        ("tile/2/000.p/1", 9, "altered tile at position 0"),
      ] {
        var changed = files.files
        changed[name] = changed[name]?.flipping(bit: bit)
        try write([name: changed[name, default: []]], to: path + "/log")
        let answer = try verify(path + "/log")
        #expect(answer.status == 1 && answer.output.contains(expected), "\(answer.output)")
        try write([name: files.files[name, default: []]], to: path + "/log")
      }
    }
  }

  @Test("Logs of all kinds of sizes are accepted")
  func sizes() throws {
    try withDirectory { path in
      for size in [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1_000] {
        try write(MemoryLog(size: size).published(), to: path + "/\(size)")
        let answer = try verify(path + "/\(size)")
        #expect(answer.status == 0, "\(size): \(answer.output)")
      }
    }
  }

  @Test("Files that are altered, cut or gone are refused, whichever they are")
  func mutations() throws {
    let seed: UInt64 = 3
    var random = SeededGenerator(seed: seed)
    try withDirectory { path in
      let files = try MemoryLog(size: 300).published()
      for name in files.keys.sorted() {
        let bytes = files[name, default: []]
        let bit = random.below(bytes.count * 8)
        let mutated: [[UInt8]?] = [
          nil, [], Array(bytes.dropLast()), bytes + [0], bytes.flipping(bit: bit), bytes.flipping(bit: 0),
        ]
        for (kind, wrong) in mutated.enumerated() {
          let place = path + "/\(kind)"
          try write(files, to: place)
          try FileManager.default.removeItem(atPath: "\(place)/\(name)")
          if let wrong { try write([name: wrong], to: place) }
          let answer = try verify(place)
          #expect(answer.status == 1, "seed \(seed), \(name), \(kind): \(answer.output)")
          #expect(answer.output.hasPrefix("REFUSED: "), "\(answer.output)")
          try FileManager.default.removeItem(atPath: place)
        }
      }
    }
  }

  @Test("A rollback, a fork, another key and a chain made anew are refused")
  func histories() throws {
    try withDirectory { path in
      let log = MemoryLog(size: 300)
      var entries = (0..<310).map { MemoryLog.entry($0) }
      entries[7] = [0]
      let other = MemoryLog(entries: entries)
      let kept = try save(log.checkpoint(), path + "/kept")
      try write(log.published(sizes: [299]), to: path + "/old")
      try write(other.published(), to: path + "/fork")
      var anew = try other.published(sizes: [300])
      anew["checkpoint"] = try log.checkpoint()
      try write(anew, to: path + "/anew")
      for (directory, expected) in [("old", "rollback"), ("fork", "fork"), ("anew", "wrong root")] {
        let answer = try verify("\(path)/\(directory)", "--since", kept)
        #expect(answer.status == 1 && answer.output.contains(expected), "\(answer.output)")
      }
      let stranger = try Keys.signer(seedByte: 2).verifierKey.text
      let answer = try PythonVerifier.run(arguments: [path + "/old", "--key", stranger])
      #expect(answer.status == 1 && answer.output.contains("has not signed"))
    }
  }

  @Test("The proof of a single event is accepted, and that of any other event or place refused")
  func proofs() throws {
    try withDirectory { path in
      let log = MemoryLog(size: 300)
      for index in [0, 1, 255, 256, 299] {
        let inclusion = try log.tiles.inclusionProof(index: UInt64(index), size: 300)
        let proof = try TlogProof(
          index: UInt64(index), path: inclusion.path, checkpoint: log.checkpoint(), extra: [1, 2])
        let file = try save(proof.serialized(), path + "/event.tlog-proof")
        let event = try save(MemoryLog.entry(index), path + "/event")
        let arguments = ["--proof", file, "--event", event, "--key", key]
        #expect(try PythonVerifier.run(arguments: arguments).status == 0)
        _ = try save(MemoryLog.entry(index) + [0], path + "/event")
        #expect(try PythonVerifier.run(arguments: arguments).status == 1)
        _ = try save(MemoryLog.entry(index), path + "/event")
        let wrong = try TlogProof(
          index: UInt64(index ^ 2), path: inclusion.path, checkpoint: log.checkpoint())
        _ = try save(wrong.serialized(), path + "/event.tlog-proof")
        #expect(try PythonVerifier.run(arguments: arguments).status == 1)
      }
    }
  }

  @Test("A command that cannot be carried out ends with status 64 and says why")
  func usage() throws {
    try withDirectory { path in
      try write(MemoryLog(size: 3).published(), to: path)
      for arguments in [
        [], [path], [path, "--key", "log.example"], [path, "--key", String(key.dropLast(4)) + "AAA="],
        [path, "--key", key, "--since", path + "/none"], ["--proof", path + "/checkpoint", "--key", key],
        [path, "--key", key, "--since", path + "/tile/0/000.p/3"], [path, "--key", key, "--unknown"],
      ] {
        let answer = try PythonVerifier.run(arguments: arguments)
        #expect(answer.status == 64, "\(arguments): \(answer.output)")
        #expect(answer.output.hasPrefix("verify-log: "))
      }
    }
  }

  private func write(_ files: [String: [UInt8]], to directory: String) throws {
    for (name, bytes) in files {
      let file = URL(filePath: "\(directory)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  private func save(_ bytes: [UInt8], _ path: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }
}
