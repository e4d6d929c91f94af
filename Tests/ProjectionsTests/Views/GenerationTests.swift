// Views are made anew beside those that serve, and take their place in one step.

import Foundation
import GRDB
import LogStore
import Milestones
import Projections
import Synchronization
import TestSupport
import Testing

@Suite("Views that are made anew take the place of the former ones in one step")
struct GenerationTests {
  private let log: ArrayLog
  private let digest: String

  private static let made = Result {
    var random = RandomEvents(seed: 7)
    let log = try Recording(random.events(60)).log
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    return (log: log, digest: try views.digest())
  }

  init() throws { (log, digest) = try Self.made.get() }

  private func withViews(_ body: (_ path: String, _ views: ViewStore) throws -> Void) throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: log)
      try body(path, views)
    }
  }

  private func open(_ path: String) throws -> ViewStore {
    try ViewStore(path: path, vocabulary: Shipped.vocabulary(), busyTimeoutMilliseconds: 0)
  }

  private func generation(_ path: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  /// What lies beside views.db, without what SQLite keeps beside a database that is open.
  private func files(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path
    )
    .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
  }

  @Test("A store that is open goes over to the new views at its next question, and the former ones are gone")
  func goesOver() throws {
    try withViews { path, views in
      let before = try generation(path)
      let other = try open(path)
      #expect(try other.rebuild(from: log) == 60)
      let after = try generation(path)
      #expect(before != after)
      #expect(try files(path) == [after, "views.db", "views.lock"].sorted())
      #expect(try views.digest() == digest)
      #expect(try views.isCurrent(with: log))
    }
  }

  @Test("What one that had the former views open brings forward is in the new ones")
  func catchesUpWithinTheNew() throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      let views = try open(path)
      try views.catchUp(with: log.prefix(40))
      try open(path).rebuild(from: log.prefix(40))
      #expect(try views.catchUp(with: log) == 60)
      let next = try open(path)
      #expect(try next.isCurrent(with: log))
      #expect(try next.digest() == digest)
    }
  }

  @Test("Whoever asks while views are made anew gets the whole of one state, and never an older one")
  func neverHalf() throws {
    let log = try ManyEvents.log()
    let digest = try ManyEvents.digest()
    try withDirectory { directory in
      let path = directory + "/views.db"
      try open(path).catchUp(with: log)
      let isDone = Mutex(false)
      let seen = Mutex<[String]>([])
      let vocabulary = try Shipped.vocabulary()
      DispatchQueue.concurrentPerform(iterations: 3) { index in
        if index == 0 {
          for _ in 0..<2 {
            do {
              try ViewStore(path: path, vocabulary: vocabulary).rebuild(from: log)
            } catch { seen.withLock { $0.append("\(error)") } }
          }
          isDone.withLock { $0 = true }
          return
        }
        let kept = try? ViewStore(path: path, vocabulary: vocabulary)
        var count = 0
        while !isDone.withLock({ $0 }) || count == 0 {
          count += 1
          do {
            // One asks on, the other opens the views each time, as a command does.
            let views = try index == 1 ? kept : ViewStore(path: path, vocabulary: vocabulary)
            let size = try views?.size()
            if size != Int64(log.events.count) { seen.withLock { $0.append("a half of \(size ?? -1)") } }
            if count % 8 == 0, try views?.digest() != digest { seen.withLock { $0.append("other rows") } }
          } catch { seen.withLock { $0.append("\(error)") } }
        }
      }
      #expect(seen.withLock { $0 } == [])
      #expect(try open(path).digest() == digest)
    }
  }

  // MARK: What is left behind

  @Test("What crashes left behind is removed at the next opening, and disturbs no answer")
  func leftovers() throws {
    try withViews { path, _ in
      let current = try generation(path)
      let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/"
      let stale = "views-0123456789abcdef.db"
      // A former generation whose remover was killed, a journal without its database, a link that was not put in place.
      try DatabaseQueue(path: directory + stale).write { try $0.execute(sql: "CREATE TABLE a (b)") }
      for name in [
        stale + "-wal", stale + "-shm", "views-00000000000000aa.db-wal", "views-00000000000000ab.db",
      ] {
        try Data(repeating: 0x5a, count: 9_000).write(to: URL(fileURLWithPath: directory + name))
      }
      symlink(stale, directory + "views-00000000000000ac.db.link")
      for name in ["views-mine.db", "views-0123456789ABCDEF.db"] {
        try Data().write(to: URL(fileURLWithPath: directory + name))
      }
      #expect(try open(path).digest() == digest)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory).filter {
          $0.hasPrefix("views-0") && !$0.hasPrefix(current)
        } == ["views-0123456789ABCDEF.db"], "what is not ours is let be")
      #expect(try files(path).contains("views-mine.db"))
    }
  }

  @Test(
    "A file of before there were generations is replaced, and its journal is not taken for that of another")
  func plainFile() throws {
    try withViews { path, views in
      let real = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" + (try generation(path))
      let former = try DatabaseQueue(path: real)
      try FileManager.default.removeItem(atPath: path)
      try former.backup(to: DatabaseQueue(path: path))
      for suffix in ["-wal", "-shm"] {
        try Data(repeating: 0x5a, count: 9_000).write(to: URL(fileURLWithPath: path + suffix))
      }
      let next = try open(path)
      #expect(try next.catchUp(with: log) == 60)
      #expect(try next.digest() == digest)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
      #expect(!names.contains("views.db-wal") && !names.contains("views.db-shm"))
      #expect(try generation(path).hasPrefix("views-"))
      #expect(try views.digest() == digest)
    }
  }

  @Test(
    "Deleting the link, the views that it names or both is harmless, also to a store that is open",
    arguments: [[true, false], [false, true], [true, true]])
  func deleted(parts: [Bool]) throws {
    try withViews { path, views in
      let real = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" + (try generation(path))
      if parts[0] { try FileManager.default.removeItem(atPath: path) }
      if parts[1] { try FileManager.default.removeItem(atPath: real) }
      #expect(try !views.isCurrent(with: log))
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.digest() == digest)
      #expect(try open(path).digest() == digest)
      #expect(try files(path) == [generation(path), "views.db", "views.lock"].sorted())
    }
  }

  @Test("A link to somewhere else is not followed but replaced, and what it names stays")
  func foreignLink() throws {
    try withViews { path, views in
      let elsewhere = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/precious"
      try Data("precious".utf8).write(to: URL(fileURLWithPath: elsewhere))
      try FileManager.default.removeItem(atPath: path)
      symlink("precious", path)
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.digest() == digest)
      #expect(try String(contentsOfFile: elsewhere, encoding: .utf8) == "precious")
    }
  }

  // MARK: No events, no room, no turn

  @Test("Views of a log without any event are whole", arguments: [true, false])
  func empty(onDisk: Bool) throws {
    try withDirectory { directory in
      let expected = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
      try expected.catchUp(with: ArrayLog())
      let views = try ViewStore(
        path: onDisk ? directory + "/views.db" : nil, vocabulary: Shipped.vocabulary())
      #expect(try views.catchUp(with: ArrayLog()) == 0)
      #expect(try views.isCurrent(with: ArrayLog()))
      #expect(try views.rebuild(from: ArrayLog()) == 0)
      #expect(try views.isCurrent(with: ArrayLog()))
      #expect(try views.digest() == expected.digest())
      #expect(try views.snapshot(of: ArrayLog()) { try $0.status(.world, onDay: 0) }.isEmpty)
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.digest() == digest)
    }
  }

  @Test("While another makes views anew a rebuild says so, and questions and catching up go on")
  func oneAtATime() throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      let views = try open(path)
      try views.catchUp(with: log.prefix(50))
      let descriptor = Foundation.open(directory + "/views.lock", O_RDWR)
      defer { close(descriptor) }
      try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      #expect(throws: ViewError.rebuilding) { try views.rebuild(from: log) }
      #expect(try views.catchUp(with: log) == 60)
      #expect(try views.digest() == digest)
      // Views that have to be made have to wait; who must not wait is told at once.
      try FileManager.default.removeItem(atPath: path)
      let next = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(throws: ViewError.rebuilding) { try next.catchUp(with: log, waits: false) }
      #expect(flock(descriptor, LOCK_UN) == 0)
      #expect(try next.catchUp(with: log, waits: false) == 60)
    }
  }

  @Test("Where the new views cannot be put in their place, that is told, and nothing stays behind")
  func noPlace() throws {
    try withViews { path, _ in
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(throws: ViewError.cannotOpen(path: path)) { try open(path).catchUp(with: log) }
      try FileManager.default.removeItem(atPath: path)
      #expect(try open(path).catchUp(with: log) == 60)
      #expect(try files(path) == [generation(path), "views.db", "views.lock"].sorted())
    }
  }
}
