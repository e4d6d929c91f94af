// The fold against a naive one written from the rules, over thousands of random histories.

import Milestones
import Projections
import TestSupport
import Testing

@Suite("The fold agrees with the rules, whatever happened")
struct FoldAgreementTests {
  static let seeds: [UInt64] = [1, 1_001, 2_001, 3_001, 4_001]
  static let historiesPerSeed: UInt64 = 500

  @Test(
    "On every day a subject stands where folding the moves of that day from nothing puts it", arguments: seeds
  )
  func daysAgree(first: UInt64) throws {
    let lifecycles = try Shipped.lifecycles()
    for seed in first..<first + Self.historiesPerSeed {
      let history = RandomHistory(seed: seed, lifecycles: lifecycles)
      let fold = LifecycleFold(lifecycle: history.lifecycle, moves: history.moves)
      let spans = fold.spans()
      for day in RandomHistory.asked {
        let naive = NaiveFold.answer(history.lifecycle, history.moves, on: day)
        let expected = Row(naive)
        let found = Row(spans.on(day))
        guard expected == found, naive.outcomes == fold.outcomes(on: day) else {
          Issue.record(
            "seed \(seed), \(history.lifecycle.name), day \(day): expected \(expected), found \(found); outcomes expected \(naive.outcomes), found \(fold.outcomes(on: day)); moves \(history.moves)"
          )
          return
        }
      }
    }
  }

  @Test("The order of recording changes no stage, no certainty and no date", arguments: seeds)
  func recordingOrder(first: UInt64) throws {
    let lifecycles = try Shipped.lifecycles()
    for seed in first..<first + Self.historiesPerSeed {
      var generator = SeededGenerator(seed: seed ^ 0xffff_0000)
      let history = RandomHistory(seed: seed, lifecycles: lifecycles)
      let other = history.recordedAnew(&generator)
      let one = spans(history).map(Row.init(_:))
      let two = spans(other).map(Row.init(_:))
      guard one.map(\.withoutPosition) == two.map(\.withoutPosition) else {
        Issue.record("seed \(seed), \(history.lifecycle.name): \(one) but recorded anew \(two)")
        return
      }
    }
  }

  @Test("Spans follow each other, and each differs from the one before", arguments: seeds)
  func spansAreWellFormed(first: UInt64) throws {
    let lifecycles = try Shipped.lifecycles()
    for seed in first..<first + Self.historiesPerSeed {
      let spans = spans(RandomHistory(seed: seed, lifecycles: lifecycles))
      for (one, next) in zip(spans, spans.dropFirst()) {
        #expect(one.fromDay < next.fromDay, "seed \(seed)")
        #expect(Row(one) != Row(next), "seed \(seed)")
      }
      for span in spans {
        #expect((span.stage == nil) == (span.certainty == nil), "seed \(seed)")
        #expect(span.certainStage == nil || span.certainty == .possible, "seed \(seed)")
      }
    }
  }

  private func spans(_ history: RandomHistory) -> [Span] {
    LifecycleFold(lifecycle: history.lifecycle, moves: history.moves).spans()
  }
}

/// What a span says, its days apart.
struct Row: Equatable, CustomStringConvertible {
  var stage: String?
  var detail: String?
  var certainty: Span.Certainty?
  var certainStage: String?
  var since: String?
  var position: Int64?

  init(_ span: Span?) {
    stage = span?.stage
    detail = span?.detail
    certainty = span?.certainty
    certainStage = span?.certainStage
    since = span?.since
    position = span?.position
  }

  init(_ answer: NaiveFold.Answer) {
    guard let shown = answer.shown else { return }
    stage = shown.stage
    detail = shown.details.isEmpty ? nil : shown.details.sorted().joined(separator: ", ")
    certainty = answer.isPossible ? .possible : .certain
    certainStage = answer.certainStage
    since = shown.since
    position = shown.position
  }

  var withoutPosition: Row {
    var row = self
    row.position = nil
    return row
  }

  var description: String {
    let parts = [stage, detail, certainty?.rawValue, certainStage, since].map { $0 ?? "-" }
    return parts.joined(separator: "|") + "@\(position ?? -1)"
  }
}
