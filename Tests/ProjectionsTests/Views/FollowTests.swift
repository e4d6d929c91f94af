// Views that follow a log while it grows, as those of an import do.

import Foundation
import LogStore
import Milestones
import Projections
import Synchronization
import Testing

@Suite("Views follow a log that grows")
struct FollowTests {
  /// A log that has more events each time that somebody lets it grow.
  private final class GrowingLogOfTest: EventLog {
    private let whole: ArrayLog
    private let size: Mutex<Int>

    init(_ whole: ArrayLog, size: Int) {
      self.whole = whole
      self.size = Mutex(size)
    }

    private var now: ArrayLog { whole.prefix(size.withLock { $0 }) }

    func grow(by count: Int) {
      size.withLock { $0 = min($0 + count, whole.events.count) }
    }

    func head() throws(LogError) -> LogHead { try now.head() }
    func append(
      _ proposals: [Proposal], expectedSize: Int64?, stamp: (LogHead, [Int]) throws -> [Leaf]
    ) throws -> [Outcome] { throw ArrayLog.CannotAppend() }
    func read(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent] {
      try now.read(from: position, limit: limit)
    }
    func waitPast(_ position: Int64, timeoutMilliseconds: Int) throws(LogError) -> Int64 {
      try now.head().size
    }
    func find(_ key: EventKey) throws(LogError) -> Int64? { try whole.find(key) }
  }

  private struct GaveUp: Error {}

  /// Lets a log grow step by step as views ask for more, until it has all its events.
  private func follow(_ views: ViewStore, _ log: GrowingLogOfTest, step: Int) throws {
    try views.follow(log) { wanted in
      while try log.head().size < wanted {
        if try log.head().size == Int64(ManyEvents.count) { return false }
        log.grow(by: step)
      }
      return true
    }
  }

  @Test(
    "They come to what a rebuild gives, made anew where little was there, gone on with where much was",
    arguments: [(0, 8_200), (100, 8_200), (5_000, 8_300), (0, 300)])
  func sameAsRebuilt(before: Int, begun: Int) throws {
    try withDirectory { directory in
      let whole = try ManyEvents.log()
      let path = directory + "/views.db"
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: whole.prefix(before))
      let former = try FileManager.default.destinationOfSymbolicLink(atPath: path)
      try follow(views, GrowingLogOfTest(whole, size: begun), step: 700)
      #expect(try views.size() == Int64(ManyEvents.count))
      #expect(try views.digest() == ManyEvents.digest())
      let isMadeAnew = try FileManager.default.destinationOfSymbolicLink(atPath: path) != former
      #expect(isMadeAnew == (begun >= ViewStore.fewEvents && before < begun / 2))
    }
  }

  @Test("Where the log gives up, the views that were there serve on, and the next one catches up")
  func givesUp() throws {
    try withDirectory { directory in
      let whole = try ManyEvents.log()
      let path = directory + "/views.db"
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: whole.prefix(100))
      let before = try views.digest()
      let log = GrowingLogOfTest(whole, size: 9_000)
      let calls = Mutex(0)
      #expect(throws: ViewError.self) {
        try views.follow(log) { _ in
          let isFirst = calls.withLock { calls in
            calls += 1
            return calls == 1
          }
          if !isFirst { throw GaveUp() }
          return true
        }
      }
      #expect(try views.digest() == before)
      #expect(try views.catchUp(with: whole) == Int64(ManyEvents.count))
      #expect(try views.digest() == ManyEvents.digest())
    }
  }
}
