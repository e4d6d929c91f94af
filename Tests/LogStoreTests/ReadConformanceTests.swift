// The conformance suite, second part: reading, waiting and many threads at once.

internal import Foundation
internal import LogStore
internal import Testing

@Suite("Conformance: reading")
struct ReadConformanceTests {
  @Test(
    "Reading gives the events from a position on, up to the limit, and none past the end",
    arguments: Engine.allCases)
  func pages(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append((1...5).map { try proposal($0) })
      #expect(try log.read(from: 0, limit: 2).map(\.position) == [0, 1])
      #expect(try log.read(from: 3, limit: 9).map(\.position) == [3, 4])
      #expect(try log.read(from: 5, limit: 1).isEmpty)
      #expect(try log.read(from: .max, limit: .max).isEmpty)
      #expect(try log.read(from: 0, limit: 0).isEmpty)
      #expect(try log.read(from: 0, limit: .min).isEmpty)
      #expect(throws: LogError.gap(position: -1)) { try log.read(from: -1, limit: 1) }
    }
  }

  @Test(
    "Waiting ends at once if the position is past, and at the timeout with the size as it is",
    arguments: Engine.allCases)
  func waitWithoutEvents(_ engine: Engine) throws {
    try engine.withLog { log throws in
      #expect(try log.waitPast(-1, timeoutMilliseconds: 600_000) == 0)
      try log.append([proposal(1)])
      #expect(try log.waitPast(0, timeoutMilliseconds: 600_000) == 1)
      #expect(try log.waitPast(1, timeoutMilliseconds: 3) == 1)
      #expect(try log.waitPast(.max, timeoutMilliseconds: 0) == 1)
      #expect(try log.waitPast(1, timeoutMilliseconds: .min) == 1)
    }
  }

  @Test("Waiting ends when another thread appends", arguments: Engine.allCases)
  func waitForEvent(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let waited = try withTwoThreads {
        try log.waitPast(0, timeoutMilliseconds: 600_000)
      } and: {
        try log.append([proposal(1)])
      }
      #expect(waited == 1)
    }
  }

  @Test("Many threads that append at once leave no gap and no duplicate", arguments: Engine.allCases)
  func concurrentAppends(_ engine: Engine) throws {
    try engine.withLog { log throws in
      let (threads, batches) = (6, 20)
      try onThreads(threads) { thread in
        for batch in 0..<batches {
          let base = UInt64(thread * 1_000 + batch * 2)
          let outcomes = try log.append([
            proposal(base, subject: "bill:\(thread)"), proposal(base + 1, subject: "bill:all"),
          ])
          guard outcomes[1].position == outcomes[0].position + 1 else {
            throw StampFailed(reason: "torn batch")
          }
        }
      }
      let events = try log.all()
      #expect(events.map(\.position) == Array(0..<Int64(threads * batches * 2)))
      #expect(Set(events.map(\.key)).count == events.count)
      #expect(
        events.filter { $0.leaf.subject == "bill:all" }.map(\.version) == Array(1...Int64(threads * batches)))
    }
  }
}

/// Runs one body on a thread of its own while the other runs on this one; gives the result of the first.
private func withTwoThreads<T: Sendable>(
  _ aside: @escaping @Sendable () throws -> T, and here: () throws -> Void
) throws -> T {
  let result = ResultBox<T>()
  let done = DispatchSemaphore(value: 0)
  Thread.detachNewThread {
    result.set(Result(catching: aside))
    done.signal()
  }
  try here()
  done.wait()
  return try #require(result.value).get()
}

private final class ResultBox<T: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Result<T, any Error>?

  func set(_ value: Result<T, any Error>) { lock.withLock { stored = value } }
  var value: Result<T, any Error>? { lock.withLock { stored } }
}
