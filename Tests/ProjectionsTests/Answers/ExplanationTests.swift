// Explanations: every outcome with the event that made it, the rule behind it in the vocabulary's own lines, and where
// it ends.

import CanonicalJSON
import EDTF
import Milestones
import Projections
import TestSupport
import Testing

@Suite("An explanation tells step by step why a subject stands where it stands")
struct ExplanationTests {
  private let subject = "measure:in-2013-act13"

  private func explanation(
    _ recording: Recording, _ subject: String, on day: String = "2030-01-01", knownAt: Int64? = nil
  ) throws -> Explanation? {
    let number = try dayNumber(day)
    return try recording.views().snapshot(of: recording.log, knownAt: knownAt) {
      try $0.explanation(of: subject, onDay: number)
    }
  }

  /// The steps of a life: position, where it stood, what became of it, where it stood then.
  private func steps(_ life: Explanation.Life) -> [String] {
    life.steps.map { step in
      let outcome = step.outcome.map { "\($0)" } ?? step.idleness.map { "\($0)" } ?? "?"
      return "\(step.isByRule ? "rule " : "")\(step.ground.entry.position): \(step.from ?? "-") \(outcome) "
        + "\(step.after ?? "-")"
    }
  }

  /// The line of a vocabulary file, blanks at its ends apart.
  private func text(at place: VocabularyPlace?) throws -> String {
    let place = try #require(place)
    let file = try #require(try Shipped.vocabulary().files.first { $0.fileName == place.file }, "\(place)")
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.indices.contains(place.line - 1), "\(place)")
    return lines[place.line - 1].trimmingPrefix { $0 == " " }.description
  }

  @Test("Steps stand in the order of what happened; what was inferred and what waited is told")
  func order() throws {
    var recording = Recording()
    try recording.record("bill.enacted", "subject=\(subject)", "occurred=2013-04-02", "law_number=13")
    try recording.record("law.commenced", "subject=\(subject)", "occurred=2013-02-03")
    try recording.record(
      "bill.introduced", "subject=\(subject)", "occurred=2012?", "identifier=1", "chamber=house")
    let explained = try #require(try explanation(recording, subject))
    let life = try #require(explained.lives.first)
    #expect(life.steps.map(\.ground.entry.position) == [2, 1, 0])
    #expect(life.steps.map(\.isCertain) == [false, true, true])
    #expect(life.steps[0].understood.contains("uncertain"))
    #expect(life.steps[0].certainDay == nil && life.steps[0].firstDay?.description == "2012-01-01")
    #expect(life.steps[1].waitedFor == 0, "the commencement waited for the enactment")
    #expect(life.steps[1].from == "enacted" && life.steps[1].after == "in-force")
    #expect(life.steps[2].outcome == .moved(to: "enacted", inferred: ["passed", "presented"]))
    #expect(life.standing?.stage == "in-force" && life.lifecycle == "bicameral")
    // Before the enactment it waits still.
    let waiting = try #require(try explanation(recording, subject, on: "2013-03-01"))
    #expect(waiting.lives[0].steps.last?.outcome == .waiting(for: "in-force"))
    #expect(waiting.lives[0].steps.last?.waitedFor == nil)
    #expect(waiting.laterCount == 1 && explained.laterCount == 0)
  }

  @Test("What moves nothing says why, and what was set aside, corrected or retracted says by what")
  func everyOutcome() throws {
    var recording = Recording()
    let bill = "subject=measure:b"
    try recording.record("entity.registered", bill, "occurred=2017-01-01", "procedure=bicameral", "title=B")
    try recording.record("bill.introduced", bill, "occurred=2017-01-01", "identifier=1", "chamber=house")
    try recording.record("provision.drafted", bill, "occurred=2017-02-01", "article=art. 1")
    try recording.record("bill.passed", bill, "occurred=2017-03/..", "chamber=house")
    try recording.record("bill.passed", bill, "occurred=2017-04-01", "chamber=house", "claim=day")
    try recording.record("bill.passed", bill, "occurred=2017-04-02", "chamber=house", "claim=day")
    try recording.record("bill.announced", bill, "occurred=2017-05-01")
    try recording.record("bill.failed", bill, "occurred=2017-06-01", "kind=lapsed")
    try recording.record(retraction(of: 7, about: "measure:b", reason: "wrong-subject"))
    try recording.record(
      correction(
        of: 1, about: "measure:b", old: ["occurred": "2017-01-01"], new: ["occurred": "2017-01-03"],
        reason: "the Journal"))
    let disputed = try #require(try explanation(recording, "measure:b")?.lives.first)
    #expect(
      Array(steps(disputed).prefix(8)) == [
        "0: - registers -",
        "1: - moved(to: \"introduced\", inferred: []) introduced",
        "2: - otherLifecycle(Optional(\"bicameral\")) -",
        "3: introduced unplaced(stage: \"passed\") introduced",
        "4: introduced disputed(stage: Optional(\"passed\")) -",
        "5: introduced disputed(stage: Optional(\"passed\")) -",
        "6: introduced anomaly(from: Optional(\"introduced\"), to: \"announced\") introduced",
        "7: - retracted(by: 8) -",
      ])
    #expect(disputed.steps[1].corrections.map(\.reason) == ["the Journal"])
    #expect(disputed.steps[1].date == "2017-01-03", "as it stands")
    #expect(disputed.steps[7].cause?.reason == "wrong-subject")
    #expect(disputed.steps[6].target == "announced" && disputed.steps[7].target == nil)
    try recording.record(
      "account.preferred", bill, "occurred=2018", "event=5", "claim_key=day", "reason=the roll call")
    let settled = try #require(try explanation(recording, "measure:b")?.lives.first)
    #expect(settled.steps[4].outcome == .setAside(by: 10))
    #expect(settled.steps[4].cause?.reason == "the roll call")
    #expect(settled.steps[5].after == "passed")
    // What was known before the preference is told as it was.
    let before = try #require(try explanation(recording, "measure:b", knownAt: 9))
    #expect(steps(before.lives[0]) == steps(disputed))
    #expect(before.unknownCount == 1)
    #expect(try explanation(recording, "measure:b", knownAt: 0)?.unknownCount == 10)
    #expect(try explanation(recording, "measure:none") == nil)
  }

  @Test("What a rule of dates gives is a step of its own that rests on an event; parties are told one by one")
  func rules() throws {
    var recording = Recording()
    let treaty = "subject=treaty:t"
    try recording.record("treaty.adopted", treaty, "occurred=2019-06-21", "organ=ILO", "rule=2 + 12 months")
    for (country, day) in [("FJ", "2020-06-25"), ("UY", "2020-06-12"), ("NA", "2020-12-09")] {
      try recording.record(
        "treaty.ratified", treaty, "occurred=\(day)", "country=\(country)", "mode=ratification")
    }
    let lives = try #require(try explanation(recording, "treaty:t")).lives
    #expect(lives.map(\.party) == [nil, "FJ", "NA", "UY"])
    #expect(
      steps(lives[0]) == [
        "0: - moved(to: \"adopted\", inferred: []) adopted",
        "rule 1: adopted moved(to: \"in-force\", inferred: []) in-force",
      ])
    #expect(
      steps(lives[2]) == [
        "3: - moved(to: \"bound\", inferred: []) bound",
        "rule 3: bound moved(to: \"in-force\", inferred: []) in-force",
      ])
    #expect(
      lives[0].steps[1].restsOn == [2, 1, 0], "both ratifications in their order, and what tells the rule")
    #expect(lives[2].steps[1].restsOn == [3, 0])
    #expect(try lives.map { try #require($0.steps.last).date }.allSatisfy { $0.hasPrefix("2021-") })
    #expect(try text(at: lives[2].steps[1].rule).contains("\"to\": \"in-force\""))
    #expect(try text(at: lives[0].steps[1].rule).contains("\"whole\": \"in-force\""))
  }

  /// The steps of random histories, with the day that they were asked for.
  private func random(_ seed: UInt64, _ body: (Explanation.Life, Int64, [StatusRow]) throws -> Void) throws {
    var random = RandomEvents(seed: seed)
    let recording = try Recording(random.amendedEvents(90, seed: seed))
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary(), blockLength: 16)
    try views.catchUp(with: recording.log)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let day = try dayNumber(
        generator.pick(["2017-01-15", "2017-02-02", "2017-03-31", "2017-04-30", "2030-01-01"]))
      let knownAt = Int64(generator.below(90))
      try views.snapshot(of: recording.log, knownAt: knownAt) { snapshot in
        for subject in ["measure:m0", "measure:m1", "treaty:t0", "treaty:t1", "campaign:c0", "resolution:r"] {
          let rows = try snapshot.status(.subject(subject), onDay: day)
          guard let explained = try snapshot.explanation(of: subject, onDay: day) else {
            #expect(rows.isEmpty, "seed \(seed)")
            continue
          }
          #expect(
            Set(rows.map { $0.party ?? "" }).isSubset(of: Set(explained.lives.map { $0.party ?? "" })),
            "seed \(seed)")
          for life in explained.lives { try body(life, day, rows) }
        }
      }
    }
  }

  @Test("The last step ends at the stage that status tells", arguments: DiffPropertyTests.seeds)
  func endsWhereItStands(seed: UInt64) throws {
    var staged = 0
    try random(seed) { life, day, rows in
      let row = rows.first { $0.party == life.party }
      #expect(life.standing == row, "seed \(seed)")
      // Steps that waited were taken later than where they stand: what stands is what some step led to last.
      let last = life.steps.filter { $0.after != nil && $0.waitedFor == nil }.last
      let ends = life.steps.filter { $0.after == row?.stage && $0.outcome != nil }
      #expect((row?.stage == nil) == (last?.after == nil), "seed \(seed), day \(day)")
      if life.steps.allSatisfy({ $0.waitedFor == nil }) {
        #expect(last?.after == row?.stage, "seed \(seed), day \(day): \(steps(life))")
      } else {
        #expect(!ends.isEmpty, "seed \(seed), day \(day): \(steps(life))")
      }
      if row?.stage != nil { staged += 1 }
    }
    #expect(staged > 20, "seed \(seed)")
  }

  @Test("Every line that is named is the one that says so", arguments: DiffPropertyTests.seeds)
  func lines(seed: UInt64) throws {
    try random(seed) { life, _, _ in
      for step in life.steps {
        let line = try text(at: step.rule)
        switch (step.isByRule, step.target) {
        case (true, let target?):
          #expect(line.hasPrefix("\"periods\"") || line.hasPrefix("{ \"from\""), "\(step.rule): \(line)")
          #expect(line.contains("\"\(target)\""), "\(step.rule): \(line)")
        case (false, let target?):
          #expect(line.contains("\"move\": \"\(target)\""), "\(step.rule): \(line), not \(target)")
        default:
          #expect(
            line.hasPrefix("\"\(step.ground.entry.type)\": {") || line.contains("\"move\": "),
            "\(step.rule): \(line)")
        }
        guard let place = step.allowance else { continue }
        let lifecycle = try Shipped.lifecycle(life.lifecycle ?? "")
        let allowing = try text(at: place)
        if let from = step.from {
          #expect(allowing.hasPrefix("\"\(from)\": {"), "\(place): \(allowing)")
        } else {
          #expect(allowing.hasPrefix("\"start\": ["), "\(place): \(allowing)")
        }
        // What it allows is what was taken, and an anomaly is what it does not.
        let stages = lifecycle.next(from: step.from)
        switch step.outcome {
        case .moved(let stage, let inferred): #expect(stages.contains(inferred.first ?? stage), "\(place)")
        case .anomaly(_, let stage): #expect(!stages.contains(stage), "\(place)")
        default: break
        }
      }
    }
  }
}
