// Views are a function of the log alone: whatever the batches, the order of recording, the zone and the locale.

import Foundation
import Milestones
import Projections
import TestSupport
import Testing

@Suite("Views say the same, however they came about")
struct DigestTests {
  static let seeds: [UInt64] = Array(1...16)

  @Test("Views that were brought forward in random batches are those that were made anew", arguments: seeds)
  func incrementalIsRebuilt(seed: UInt64) throws {
    var random = RandomEvents(seed: seed)
    let log = try Recording(random.events(90, naming: true)).log
    var generator = SeededGenerator(seed: seed)
    let incremental = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    var size = 0
    while size < log.events.count {
      size = min(log.events.count, size + 1 + generator.below(generator.chance(50) ? 2 : 20))
      #expect(try incremental.catchUp(with: log.prefix(size)) == Int64(size), "seed \(seed)")
      if generator.chance(10) { _ = try incremental.rebuild(from: log.prefix(size)) }
    }
    let digest = try incremental.digest()
    let fresh = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try fresh.catchUp(with: log)
    #expect(try fresh.digest() == digest, "seed \(seed)")
    #expect(try incremental.rebuild(from: log) == Int64(log.events.count))
    #expect(try incremental.digest() == digest, "seed \(seed)")
  }

  @Test("Whatever the order of recording, the same stands on every day", arguments: seeds)
  func recordingOrder(seed: UInt64) throws {
    var random = RandomEvents(seed: seed)
    let events = try random.events(70)
    var generator = SeededGenerator(seed: seed)
    let first = try standings(events)
    for _ in 0..<2 {
      let other = try standings(events.shuffled(using: &generator))
      for (day, rows) in first { #expect(other[day] == rows, "seed \(seed), day \(day)") }
    }
  }

  /// All rows on some days, positions apart.
  private func standings(_ events: [CheckedEvent]) throws -> [String: [String]] {
    let recording = try Recording(events)
    let views = try recording.views()
    var standings: [String: [String]] = [:]
    for day in [
      "2016-12-31", "2017-01-02", "2017-02-01", "2017-02-28", "2017-03-03", "2017-04-30", "2018-01-01",
    ] {
      let number = try dayNumber(day)
      standings[day] = try views.snapshot(of: recording.log) { try $0.status(.world, onDay: number) }.map {
        row in
        let texts = [
          row.subject, row.party, row.country, row.institution, row.title, row.stage, row.detail,
          row.certainty,
          row.certainStage, row.since,
        ]
        return texts.map { $0 ?? "-" }.joined(separator: "|")
          + "|\(row.sourceCount)|\(row.anomalyCount)|\(row.disputeCount)"
      }
    }
    return standings
  }

  @Test("Another event gives other views")
  func digestDiffers() throws {
    var random = RandomEvents(seed: 1)
    let log = try Recording(random.events(20)).log
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    var digests: Set<String> = []
    for size in 0...20 {
      try views.catchUp(with: log.prefix(size))
      digests.insert(try views.digest())
    }
    #expect(digests.count == 21)
  }

  @Test("The time zone and the locale change nothing")
  func zoneAndLocale() throws {
    var random = RandomEvents(seed: 7)
    let log = try Recording(random.events(40)).log
    func digest() throws -> String {
      let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: log)
      return try views.digest()
    }
    let expected = try digest()
    let before = ["TZ", "LC_ALL"].map { (name: $0, value: ProcessInfo.processInfo.environment[$0]) }
    defer {
      for (name, value) in before { if let value { setenv(name, value, 1) } else { unsetenv(name) } }
      tzset()
      setlocale(LC_ALL, "C")
    }
    for (zone, locale) in [
      ("Pacific/Kiritimati", "tr_TR.UTF-8"), ("Etc/GMT+12", "de_DE.UTF-8"), ("UTC", "C"),
    ] {
      setenv("TZ", zone, 1)
      setenv("LC_ALL", locale, 1)
      tzset()
      setlocale(LC_ALL, "")
      #expect(try digest() == expected, "\(zone), \(locale)")
    }
  }

  @Test("A log of more events than one batch is projected whole")
  func manyBatches() throws {
    let event = try checked(
      "campaign.measured", ["subject=campaign:c", "occurred=2017", "metric=posts", "value=1"])
    let other = try checked("statement.made", ["subject=statement:s", "occurred=2017", "speaker=A"])
    let log = try Recording((0..<5_003).map { $0 < 5_000 ? event : other }).log
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    #expect(try views.catchUp(with: log) == 5_003)
    let subjects = try views.snapshot(of: log) { try $0.status(.world, onDay: 20_000).map(\.subject) }
    #expect(subjects == ["campaign:c", "statement:s"])
  }
}
