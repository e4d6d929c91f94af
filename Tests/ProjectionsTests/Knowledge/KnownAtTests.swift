// What was known at a moment is what views of the log as it was then would say: whatever came later, to the byte.

import Milestones
import Projections
import TestSupport
import Testing

@Suite("An answer as known at a position is that of a log that ends there")
struct KnownAtTests {
  static let seeds: [UInt64] = Array(1...50)
  static let historiesPerSeed = 40

  @Test(
    "In random histories with corrections, retractions, rival accounts and uncertain dates", arguments: seeds)
  func asOfIsFromScratch(seed: UInt64) throws {
    for history in 0..<Self.historiesPerSeed {
      let seed = seed * 1_000 + UInt64(history)
      var random = RandomEvents(seed: seed)
      var generator = SeededGenerator(seed: seed)
      let log = try Recording(random.events(4 + generator.below(20), naming: true)).log
      let views = try ViewStore(
        path: nil, vocabulary: Shipped.vocabulary(), blockLength: Int64(1 + generator.below(9)))
      try catchUp(views, with: log, &generator)
      let known = generator.below(log.events.count)
      let day = try dayNumber("2017-0\(1 + generator.below(4))-0\(1 + generator.below(9))")
      let fresh = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
      try fresh.catchUp(with: log.prefix(known + 1))
      let expected = try fresh.snapshot(of: log.prefix(known + 1)) { try Everything($0, onDay: day) }
      let found = try views.snapshot(of: log, knownAt: Int64(known)) { try Everything($0, onDay: day) }
      let difference = found.difference(from: expected)
      #expect(difference == nil, "seed \(seed), known at \(known), day \(day)")
    }
  }

  @Test("In long histories, at every position", arguments: [UInt64](1...2))
  func everyPosition(seed: UInt64) throws {
    var random = RandomEvents(seed: seed)
    var generator = SeededGenerator(seed: seed)
    let log = try Recording(random.events(90, naming: true)).log
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary(), blockLength: 16)
    try catchUp(views, with: log, &generator)
    let fresh = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    let day = try dayNumber("2017-03-15")
    for known in log.events.indices {
      let beginning = log.prefix(known + 1)
      try fresh.catchUp(with: beginning)
      let expected = try fresh.snapshot(of: beginning) { try Everything($0, onDay: day) }
      let found = try views.snapshot(of: log, knownAt: Int64(known)) { try Everything($0, onDay: day) }
      #expect(found.difference(from: expected) == nil, "seed \(seed), known at \(known)")
    }
  }

  @Test("Views that came about in other steps remember the same", arguments: [UInt64](1...12))
  func memoryIsRebuilt(seed: UInt64) throws {
    var random = RandomEvents(seed: seed)
    var generator = SeededGenerator(seed: seed)
    let log = try Recording(random.events(80, naming: true)).log
    let length = Int64(1 + generator.below(20))
    let incremental = try ViewStore(path: nil, vocabulary: Shipped.vocabulary(), blockLength: length)
    try catchUp(incremental, with: log, &generator)
    let whole = try ViewStore(path: nil, vocabulary: Shipped.vocabulary(), blockLength: length)
    try whole.catchUp(with: log)
    #expect(try whole.digest() == incremental.digest(), "seed \(seed), blocks of \(length)")
  }

  /// Brings views forward in random steps.
  private func catchUp(
    _ views: ViewStore, with log: ArrayLog, _ generator: inout SeededGenerator
  ) throws {
    var size = 0
    while size < log.events.count {
      size = min(log.events.count, size + 1 + generator.below(generator.chance(50) ? 2 : 12))
      try views.catchUp(with: log.prefix(size))
    }
  }
}
