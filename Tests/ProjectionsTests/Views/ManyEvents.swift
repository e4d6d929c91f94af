// A log of more events than are projected in one go, made quickly.

import Foundation
import LogStore
import Milestones
import Projections
import Testing

/// A log of several batches.
enum ManyEvents {
  /// How many events are committed together while views are made.
  static let batch = 8_192
  /// One batch and a part of another.
  static let count = 9_800

  private static let made = Result { try make(count) }

  /// The log.
  static func log() throws -> ArrayLog { try made.get().log }
  /// The digest of its views.
  static func digest() throws -> String { try made.get().digest }

  /// One event is recorded as a ledger records it; the others say the same of other subjects.
  private static func make(_ count: Int) throws -> (log: ArrayLog, digest: String) {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:xx-000000", "occurred=2017-05-02", "country=CL", "identifier=1",
      "chamber=senate")
    let first = try #require(recording.log.events.first)
    let text = String(decoding: first.leaf.bytes, as: UTF8.self)
    var log = ArrayLog()
    for position in 0..<count {
      let number = String(format: "%06d", position)
      let subject = "measure:xx-\(number)"
      let key = try #require(EventKey(bytes: Array("\(number)0123456789".utf8)))
      log.events.append(
        StoredEvent(
          position: Int64(position), key: key, tag: first.tag, version: 1,
          leaf: Leaf(
            bytes: Array(text.replacingOccurrences(of: "measure:xx-000000", with: subject).utf8),
            subject: subject, recordedMilliseconds: first.leaf.recordedMilliseconds)))
    }
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    return (log, try views.digest())
  }

  /// The same log with an event in the second batch of which only the end is left.
  static func damagedLog() throws -> ArrayLog {
    var log = try log()
    let event = log.events[damagedPosition]
    log.events[damagedPosition] = StoredEvent(
      position: event.position, key: event.key, tag: event.tag, version: 1,
      leaf: Leaf(
        bytes: Array(event.leaf.bytes.dropFirst()), subject: event.leaf.subject,
        recordedMilliseconds: event.leaf.recordedMilliseconds))
    return log
  }

  static let damagedPosition = 9_000
}
