// The ledger's clock in writing.

import EDTF
import Milestones
import TestSupport
import Testing

@Suite("The time when an event was recorded")
struct RecordedTimeTests {
  /// The last millisecond of the year 9999, the last that RFC 3339 can write.
  private static let lastMilliseconds: Int64 = 253_402_300_799_999
  /// The first millisecond of the year 0.
  private static let firstMilliseconds: Int64 = -62_167_219_200_000

  @Test(
    "It is written as RFC 3339 in UTC, to the millisecond",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_795_464_904_123, "2026-11-23T20:15:04.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (86_399_999, "1970-01-01T23:59:59.999Z"), (86_400_000, "1970-01-02T00:00:00.000Z"),
      (lastMilliseconds, "9999-12-31T23:59:59.999Z"), (firstMilliseconds, "0000-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func written(milliseconds: Int64, text: String) throws {
    #expect(RecordedTime(milliseconds: milliseconds).description == text)
    #expect(RecordedTime(text)?.milliseconds == milliseconds)
  }

  @Test("What is written reads back to the same millisecond and sorts like the time")
  func roundTrip() throws {
    let seed: UInt64 = 23
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      let range = Self.firstMilliseconds...Self.lastMilliseconds
      let times = (0..<2).map { _ in RecordedTime(milliseconds: Int64.random(in: range, using: &random)) }
      #expect(RecordedTime(times[0].description) == times[0], "seed \(seed)")
      #expect(times[0].description.utf8.count == 24, "seed \(seed)")
      let byText = times[0].description.utf8.lexicographicallyPrecedes(times[1].description.utf8)
      #expect((times[0] < times[1]) == byText, "seed \(seed)")
      #expect(times[0].description.hasPrefix("\(times[0].day)T"), "seed \(seed)")
    }
  }

  @Test(
    "Any other form is not read",
    arguments: [
      "", "2026-11-23", "2026-11-23T20:15:04Z", "2026-11-23T20:15:04.12Z", "2026-11-23T20:15:04.1234Z",
      "2026-11-23t20:15:04.123Z", "2026-11-23T20:15:04.123z", "2026-11-23T20:15:04,123Z",
      "2026-11-23 20:15:04.123Z",
      "2026-11-23T24:00:00.000Z", "2026-11-23T23:60:00.000Z", "2026-11-23T23:59:60.000Z",
      "2026-02-29T00:00:00.000Z",
      "2026-13-01T00:00:00.000Z", "2026-11-31T00:00:00.000Z", "2026-11-23T20:15:04.123+",
      "2026-11-23T2a:15:04.123Z",
      "+026-11-23T20:15:04.123Z", "-026-11-23T20:15:04.123Z", "２026-11-23T20:15:04.1Z",
    ])
  func refused(_ text: String) { #expect(RecordedTime(text) == nil) }

  @Test(
    "A clock gone mad is written as well as it can be, and stops nothing",
    arguments: [Int64.min, .min + 1, .max])
  func extremes(_ milliseconds: Int64) {
    let time = RecordedTime(milliseconds: milliseconds)
    #expect(time.description.hasSuffix("Z"))
    #expect(time.description.hasPrefix("\(time.day)T"))
  }
}
