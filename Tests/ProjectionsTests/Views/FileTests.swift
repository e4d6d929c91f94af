// views.db is derived: whatever became of the file, it is made anew from the log.

import Foundation
import GRDB
import LogStore
import Milestones
import Projections
import TestSupport
import Testing

@Suite("Views are disposable: a file that is missing, damaged or of something else is made anew")
struct FileTests {
  private let log: ArrayLog
  private let digest: String

  /// Made once: a log and the digest of its views.
  private static let made = Result {
    var random = RandomEvents(seed: 42)
    let log = try Recording(random.events(60)).log
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    return (log: log, digest: try views.digest())
  }

  init() throws { (log, digest) = try Self.made.get() }

  /// Makes views.db, spoils it, and opens it as a ledger does.
  private func reopen(_ spoil: (String) throws -> Void) throws -> String {
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log)
      try spoil(real(path))
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: log)
      return try views.digest()
    }
  }

  private func make(_ path: String, _ log: ArrayLog) throws {
    let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
  }

  /// The database that views.db is a link to.
  private func real(_ path: String) throws -> String {
    try URL(fileURLWithPath: path).deletingLastPathComponent().path + "/"
      + FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  @Test("A file left as it was serves as it is")
  func untouched() throws {
    #expect(try reopen { _ in } == digest)
  }

  @Test("A deleted file is made anew, also if its journal stayed behind")
  func deleted() throws {
    #expect(try reopen { try FileManager.default.removeItem(atPath: $0) } == digest)
    #expect(
      try reopen { path in
        try Data((0..<9_000).map { UInt8(truncatingIfNeeded: $0) }).write(
          to: URL(fileURLWithPath: path + "-wal"))
        try FileManager.default.removeItem(atPath: path)
      } == digest)
  }

  @Test(
    "A truncated file is made anew",
    arguments: [0, 1, 15, 16, 99, 100, 512, 4_096, 4_097, 40_000])
  func truncated(length: Int) throws {
    #expect(
      try reopen { try write(Array(Data(contentsOf: URL(fileURLWithPath: $0)).prefix(length)), to: $0) }
        == digest)
  }

  @Test("A file of garbage is made anew", arguments: [1, 100, 4_096, 50_000])
  func garbage(length: Int) throws {
    var generator = SeededGenerator(seed: UInt64(length))
    let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    #expect(try reopen { try write(bytes, to: $0) } == digest)
  }

  @Test(
    "Garbage within the file is found at the latest when the views are made anew",
    arguments: [1, 2, 4, 7, 10])
  func garbageWithin(page: Int) throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log)
      let real = try real(path)
      var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: real)))
      let start = page * 4_096
      try #require(start + 4_096 <= bytes.count)
      bytes.replaceSubrange(start..<start + 4_096, with: [UInt8](repeating: 0xa5, count: 4_096))
      try write(bytes, to: real)
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try views.rebuild(from: log) == Int64(log.events.count))
      #expect(try views.digest() == digest)
      // And it is a whole file again for the next to open it.
      let next = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try next.digest() == digest)
    }
  }

  @Test("Another program's database, or views of another form, are made anew")
  func foreign() throws {
    #expect(
      try reopen { path in
        try write([], to: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE recipe (soup TEXT)") }
      } == digest)
    #expect(
      try reopen { path in
        try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 999") }
      } == digest)
  }

  @Test("The views of another log are made anew, be it shorter, as long or longer", arguments: [10, 60, 90])
  func otherLog(size: Int) throws {
    var random = RandomEvents(seed: 4_711)
    let other = try Recording(random.events(size)).log
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, other)
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try !views.isCurrent(with: log))
      #expect(try views.catchUp(with: log) == Int64(log.events.count))
      #expect(try views.digest() == digest)
      #expect(try views.isCurrent(with: log))
    }
  }

  @Test("Views ahead of a log that was put back from a backup go back with it")
  func ahead() throws {
    let shorter = log.prefix(40)
    let expected = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try expected.catchUp(with: shorter)
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log)
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try views.catchUp(with: shorter) == 40)
      #expect(try views.digest() == expected.digest())
    }
  }

  @Test("Views behind the log catch up, and do so once")
  func behind() throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log.prefix(17))
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try views.size() == 17)
      #expect(try !views.isCurrent(with: log))
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.digest() == digest)
    }
  }

  @Test("Views of another vocabulary are made anew")
  func otherVocabulary() throws {
    let shipped = try Shipped.vocabulary()
    let files = shipped.files.map { VocabularyFile(family: $0.family, text: $0.text + "\n") }
    let other = try Vocabulary(files: files)
    #expect(other.digest != shipped.digest)
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log)
      let views = try ViewStore(path: path, vocabulary: other)
      #expect(try !views.isCurrent(with: log))
      try views.catchUp(with: log)
      #expect(try views.isCurrent(with: log))
      #expect(try views.digest() == digest, "the same rules give the same rows")
    }
  }

  @Test("While another process writes the views, they open and answer as they were")
  func readersDoNotWait() throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log)
      let writer = try DatabaseQueue(path: path)
      try writer.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try database.execute(sql: "DELETE FROM life")
          let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary(), busyTimeoutMilliseconds: 0)
          #expect(try views.isCurrent(with: log))
          #expect(try views.digest() == digest)
          return .rollback
        }
      }
    }
  }

  @Test("Where another process writes the views, bringing them forward says busy")
  func writersWait() throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      try make(path, log.prefix(5))
      let writer = try DatabaseQueue(path: path)
      try writer.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary(), busyTimeoutMilliseconds: 0)
          #expect(throws: ViewError.busy) { try views.catchUp(with: log) }
          return .rollback
        }
      }
    }
  }

  @Test("An event that cannot be read stops the views there, and says at which position")
  func unreadable() throws {
    var damaged = log
    let event = log.events[30]
    damaged.events[30] = StoredEvent(
      position: 30, key: event.key, tag: event.tag, version: 1,
      leaf: Leaf(bytes: Array("{".utf8), subject: "measure:a", recordedMilliseconds: 0))
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: damaged.prefix(30))
    let before = try views.digest()
    #expect {
      try views.catchUp(with: damaged)
    } throws: { error in
      if case ViewError.unreadable(position: 30, _, _) = error { true } else { false }
    }
    #expect(try views.size() == 30)
    #expect(try views.digest() == before)
  }
}
