// A log that other software published is verified here, and published here to the same bytes.

import Foundation
import Testing
import TransparencyLog

struct ForeignLogTests {
  private let path = Vectors.path(of: "published-log")
  private let key = "log.example/foreign+eca10a65+Ae1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR"

  private func entries() -> [[UInt8]] {
    (0..<260).map { $0 % 7 == 0 ? [] : Array("entry \($0)\n".utf8) }
  }

  @Test("A log that other software published is intact, and continues its own older checkpoint")
  func verifies() throws {
    let key = try VerifierKey(parsing: key)
    let files = try DirectoryFiles(reading: path)
    let old = try #require(try files.read("checkpoint-100", lengthMaxBytes: 1_000))
    let kept = try VerifiedCheckpoint(verifying: old, origin: key.identity.name, logKeys: [key])
    let report = try PublishedLog(files).verify(
      origin: key.identity.name, logKeys: [key], remembered: [(name: "checkpoint-100", checkpoint: kept)])
    #expect(report.isIntact && report.size == 260)
    #expect(report.root == MemoryLog(entries: entries()).root)
  }

  @Test("The same entries are published as the same files")
  func publishes() throws {
    let key = try VerifierKey(parsing: key)
    let theirs = try DirectoryFiles(reading: path)
    let checkpoint = try #require(try theirs.read("checkpoint", lengthMaxBytes: 1_000))
    let mine = MemoryFiles()
    try LogPublisher(files: mine, origin: key.identity.name, logKeys: [key])
      .publish(MemoryLog(entries: entries()), checkpoint: checkpoint)
    #expect(mine.files.count == 6)
    for (name, bytes) in mine.files {
      #expect(try theirs.read(name, lengthMaxBytes: 10_000) == bytes)
    }
  }
}
