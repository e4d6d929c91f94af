// Random sequences of appends, put to the engine and to the naive log: both must say the same at every step.

internal import LogStore
internal import TestSupport
internal import Testing

@Suite("Agreement with the naive log")
struct AgreementTests {
  /// Each step of a sequence is drawn from few ids, tags, subjects and times, so that everything that can be
  /// refused is met often.
  private struct Chance {
    var generator: SeededGenerator

    mutating func pick(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &generator) }
    mutating func happens(oneIn count: Int64) -> Bool { pick(1...count) == 1 }

    mutating func proposal() throws -> Proposal {
      let subject = happens(oneIn: 6) ? nil : "bill:\(pick(1...4))"
      let expecting = happens(oneIn: 8) ? pick(0...6) : nil
      let id = UInt64(pick(1...400))
      return try LogStoreTests.proposal(
        id, tag: happens(oneIn: 12) ? 7 : id, subject: subject, expecting: expecting)
    }

    mutating func leaf(_ proposal: Proposal, clock: Int64) -> Leaf {
      Leaf(
        bytes: (0..<pick(0...40)).map { _ in UInt8(pick(0...255)) },
        subject: happens(oneIn: 60) ? "bill:other" : proposal.subject ?? "entity:\(pick(1...3))",
        country: happens(oneIn: 3) ? nil : happens(oneIn: 60) ? "" : "C\(pick(1...9))",
        institution: happens(oneIn: 2) ? nil : "int/\(pick(1...9))",
        earliestDay: happens(oneIn: 3) ? nil : pick(.min ... .max), latestDay: happens(oneIn: 3) ? nil : 5,
        recordedMilliseconds: happens(oneIn: 40) ? clock - 1 : clock)
    }
  }

  private enum Answer: Equatable {
    case outcomes([Outcome], stamped: [Int])
    case refused(LogError)
  }

  private func answer(
    _ log: some EventLog, _ batch: [Proposal], expectedSize: Int64?, leaves: [Leaf]
  ) throws -> Answer {
    var stamped: [Int] = []
    do {
      let outcomes = try log.append(batch, expectedSize: expectedSize) { _, new in
        stamped = new
        return new.map { leaves[$0] }
      }
      return .outcomes(outcomes, stamped: stamped)
    } catch let error as LogError {
      return .refused(error)
    }
  }

  @Test(
    "Any sequence of appends has the same outcomes, refusals and content",
    arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func anySequence(seed: UInt64) throws {
    try withSQLiteLog { log throws in
      let naive = NaiveLog()
      var chance = Chance(generator: SeededGenerator(seed: seed))
      var clock: Int64 = 0
      var refusals = 0
      for step in 1...250 {
        clock += chance.pick(0...3)
        let batch = try (0..<chance.pick(0...5)).map { _ in try chance.proposal() }
        let leaves = batch.map { chance.leaf($0, clock: clock) }
        let size = try naive.head().size
        let expectedSize = chance.happens(oneIn: 10) ? size - chance.pick(0...1) : nil
        let expected = try answer(naive, batch, expectedSize: expectedSize, leaves: leaves)
        let found = try answer(log, batch, expectedSize: expectedSize, leaves: leaves)
        #expect(found == expected, "seed \(seed), step \(step)")
        if case .refused = expected { refusals += 1 }
        if case .refused(.refused(let refused)) = expected {
          let refusedIndices = Set(refused.map(\.index))
          let kept = batch.indices.filter { !refusedIndices.contains($0) }
          let rest = kept.map { batch[$0] }
          let restLeaves = kept.map { leaves[$0] }
          let restExpected = try answer(naive, rest, expectedSize: nil, leaves: restLeaves)
          let restFound = try answer(log, rest, expectedSize: nil, leaves: restLeaves)
          #expect(restFound == restExpected, "seed \(seed), step \(step), without the refused ones")
        }
        #expect(try log.head() == naive.head(), "seed \(seed), step \(step)")
      }
      #expect(try log.all().map(exactly) == naive.all().map(exactly), "seed \(seed)")
      #expect(try refusals > 20 && log.head().size > 100, "the sequence must meet both, seed \(seed)")
    }
  }
}
