// What makes views fast while they are brought forward: events are read a part ahead, subjects are folded on all cores,
// and what was known of them is kept. None of it may show.

import Foundation
import LogStore
import Milestones
import Projections
import Testing

@Suite("What is read ahead, folded beside and kept in memory does not show")
struct AheadTests {
  /// The digest of views that came about in one go.
  private func digest(of log: ArrayLog) throws -> String {
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    return try views.digest()
  }

  @Test("Views that came about in steps are those that came about in one go, wherever a step ends")
  func parts() throws {
    var random = RandomEvents(seed: 41)
    let log = try Recording(random.events(1_100, naming: true)).log
    let stepwise = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    // Before, at and behind the ends of the parts that are read at once.
    for size in [1, 2, 200, 511, 512, 513, 1_023, 1_024, 1_025, 1_100] {
      try stepwise.catchUp(with: log.prefix(size))
      #expect(try stepwise.digest() == digest(of: log.prefix(size)), "\(size) events")
    }
  }

  @Test("Many subjects that are folded at once come to what each comes to by itself")
  func manySubjects() throws {
    let log = try ManyEvents.log().prefix(300)
    let stepwise = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    for size in 1...log.events.count { try stepwise.catchUp(with: log.prefix(size)) }
    #expect(try stepwise.digest() == digest(of: log))
    let rows = try stepwise.snapshot(of: log) { try $0.status(.world, onDay: try dayNumber("2030-01-01")) }
    #expect(rows.count == 300)
  }

  @Test(
    "An event that cannot be read is told by its position, and what was kept in memory is not believed after it"
  )
  func unreadable() throws {
    let log = try ManyEvents.log().prefix(900)
    var damaged = log
    let good = log.events[700]
    damaged.events[700] = StoredEvent(
      position: good.position, key: good.key, tag: good.tag, version: good.version,
      leaf: Leaf(
        bytes: Array("{".utf8), subject: good.leaf.subject,
        recordedMilliseconds: good.leaf.recordedMilliseconds))
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log.prefix(100))
    let before = try views.digest()
    #expect {
      try views.catchUp(with: damaged)
    } throws: { error in
      guard case ViewError.unreadable(let position, _, _) = error else { return false }
      return position == 700
    }
    #expect(try views.size() == 100)
    #expect(try views.digest() == before)
    try views.catchUp(with: log)
    #expect(try views.digest() == digest(of: log))
  }

  @Test(
    "Two programs that bring the same views forward in turns come to what one comes to", arguments: [3, 4])
  func inTurns(seed: UInt64) throws {
    try withDirectory { directory in
      var random = RandomEvents(seed: seed)
      let log = try Recording(random.events(240, naming: true)).log
      let path = directory + "/views.db"
      let stores = try (0..<2).map { _ in try ViewStore(path: path, vocabulary: Shipped.vocabulary()) }
      var (size, step) = (0, 0)
      while size < log.events.count {
        size = min(size + 1 + step % 4, log.events.count)
        try stores[step % 5 < 3 ? 0 : 1].catchUp(with: log.prefix(size))
        step += 1
        if step % 16 == 0 {
          #expect(try stores[0].digest() == digest(of: log.prefix(size)), "\(size) events")
        }
      }
      #expect(try stores[1].digest() == digest(of: log))
    }
  }
}
