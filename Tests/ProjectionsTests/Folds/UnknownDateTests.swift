// Dates that are open or unknown: they may tell of a stage where nothing else does, and move no certain one.

import Milestones
import Projections
import TestSupport
import Testing

@Suite("Open and unknown dates never move a certain stage")
struct UnknownDateTests {
  @Test("With or without moves of unknown date, the certain stage of every day is the same")
  func certainStageStays() throws {
    let lifecycles = try Shipped.lifecycles()
    for seed in UInt64(1)...2_000 {
      var generator = SeededGenerator(seed: seed)
      let lifecycle = generator.pick(lifecycles)
      let placed = (0..<1 + generator.below(5)).map { index in
        let day = Int64(generator.below(8))
        let last = generator.chance(30) ? day + 3 : day
        return move(to: generator.pick(lifecycle.stages).name, at: Int64(index), on: day, certain: last)
      }
      let unplaced = (0..<1 + generator.below(4)).map { index in
        move(
          to: generator.pick(lifecycle.stages).name, at: Int64(index) + 100,
          on: generator.chance(50) ? .min : Int64(generator.below(8)), isUnplaced: true)
      }
      let without = LifecycleFold(lifecycle: lifecycle, moves: placed).spans()
      let with = LifecycleFold(lifecycle: lifecycle, moves: placed + unplaced).spans()
      for day in RandomHistory.asked {
        let (one, two) = (certainStage(without.on(day)), certainStage(with.on(day)))
        #expect(one == two, "seed \(seed), \(lifecycle.name), day \(day)")
      }
    }
  }

  private func certainStage(_ span: Span?) -> String? {
    span?.certainty == .certain ? span?.stage : span?.certainStage
  }

  @Test("An unknown date gives a possible stage where nothing else is told")
  func aloneItIsPossible() throws {
    var recording = Recording()
    try recording.record("bill.enacted", "subject=measure:a", "occurred=XXXX", "country=US")
    let row = try #require(try recording.standing("measure:a"))
    #expect(row.stage == "enacted")
    #expect(row.certainty == "possible")
    #expect(row.certainStage == nil)
    #expect(row.since == "XXXX")
  }

  @Test(
    "An unknown or open date beside a certain stage changes nothing, and says so",
    arguments: ["XXXX", "XXXX-XX-XX", "2018/..", "2018/", "../2019", "/2019"])
  func besideCertain(date: String) throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2017-11-15", "identifier=1", "chamber=house")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=\(date)")
    for day in ["2017-11-15", "2018-06-01", "2025-01-01"] {
      let row = try #require(try recording.standing("measure:a", on: day))
      #expect(row.stage == "introduced", "\(day)")
      #expect(row.certainty == "certain", "\(day)")
      #expect(row.anomalyCount == 0)
    }
  }

  @Test("A commencement does not wait for an enactment that has no date")
  func commencementDoesNotWait() throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2017-11-15", "identifier=1", "chamber=house")
    try recording.record("bill.enacted", "subject=measure:a", "occurred=XXXX")
    try recording.record("law.commenced", "subject=measure:a", "occurred=2019-01-01")
    #expect(try recording.stage("measure:a") == "in-force")
  }
}
