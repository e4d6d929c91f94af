// Events that correct and retract others, with what stood and what is to stand given, as they lie in the log.

import CanonicalJSON
import Milestones
import TestSupport

/// A correction of the event at a position: the fields as they stood, and as they are to stand.
func correction(
  of target: Int, about subject: String, old: JSONObject, new: JSONObject, reason: String = "misread"
) throws -> CheckedEvent {
  try correction(of: "\(target)", about: subject, old: old, new: new, reason: reason)
}

/// The same of an event that is named by its position or its id.
func correction(
  of target: String, about subject: String, old: JSONObject, new: JSONObject, reason: String = "misread"
) throws -> CheckedEvent {
  // As it is read back from a log: only there does a correction tell itself what stood.
  let event: JSONValue = [
    "specversion": "1.0", "type": "event.corrected", "subject": .string(subject), "occurred": "2026-01-01",
    "data": [
      "target": .string(target), "reason": .string(reason), "old": .object(old), "new": .object(new),
    ],
  ]
  return try DraftChecker(vocabulary: Shipped.vocabulary()).check(
    Draft(json: JSONText(parsing: event.canonicalBytes()).root))
}

/// A retraction of the event at a position.
func retraction(of target: Int, about subject: String, reason: String = "false") throws -> CheckedEvent {
  try checkedAsIs(
    "event.retracted",
    ["subject=\(subject)", "target=\(target)", "occurred=2026-01-01", "reason=\(reason)"])
}

extension RandomEvents {
  /// Random events of which some correct or retract earlier ones, corrections and retractions among them.
  mutating func amendedEvents(_ count: Int, seed: UInt64) throws -> [CheckedEvent] {
    var generator = SeededGenerator(seed: seed ^ 0xA11D)
    var events: [CheckedEvent] = []
    for event in try self.events(count, naming: true) {
      guard events.count > 5, generator.chance(30) else {
        events.append(event)
        continue
      }
      // Late ones are picked more often, so that amendments of amendments come up.
      let target =
        generator.chance(50) ? generator.below(events.count) : events.count - 1 - generator.below(4)
      let subject = events[target].subject?.text ?? "measure:m0"
      if generator.chance(40) {
        events.append(try retraction(of: target, about: subject))
        continue
      }
      let values: [(String, JSONValue)] = [
        ("occurred", .string("2017-0\(1 + generator.below(4))-0\(1 + generator.below(9))")),
        ("country", .string(generator.pick(["US", "CN", "US-CA"]))),
        ("institution", .string(generator.pick(["us/congress", "us/congress/house"]))),
        ("title", ["original": .string("T\(generator.below(5))")]),
        ("claim", .string("k\(generator.below(3))")),
        ("chamber", .string(generator.pick(["house", "senate"]))),
      ]
      var named = values.filter { _ in generator.chance(35) }
      if named.isEmpty { named = [values[0]] }
      // Some fields are taken away; of others only the new value is told.
      let found = named + values.suffix(3).filter { _ in generator.chance(20) }
      let old = JSONObject(found.map { ($0.0, .null) })
      events.append(try correction(of: target, about: subject, old: old, new: JSONObject(named)))
    }
    return events
  }
}
