// Events in the order of recording, and a log that holds them in memory: views need no more of a log than that.

import CanonicalJSON
import EDTF
import LogStore
import Milestones
import Projections
import Testing
import TransparencyLog

/// A log in memory. It is filled before it is read.
struct ArrayLog: EventLog {
  struct CannotAppend: Error {}

  var events: [StoredEvent] = []

  func head() throws(LogError) -> LogHead {
    var tree = TreeFrontier()
    for event in events { tree.append(.leaf(event.leaf.bytes)) }
    return LogHead(
      size: Int64(events.count), root: tree.root,
      lastRecordedMilliseconds: events.last?.leaf.recordedMilliseconds)
  }

  func append(
    _ proposals: [Proposal], expectedSize: Int64?, stamp: (LogHead, [Int]) throws -> [Leaf]
  ) throws -> [Outcome] { throw CannotAppend() }

  func read(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent] {
    guard position >= 0 else { throw .gap(position: position) }
    return Array(events.dropFirst(Int(position)).prefix(limit))
  }

  func waitPast(_ position: Int64, timeoutMilliseconds: Int) throws(LogError) -> Int64 { try head().size }

  func find(_ key: EventKey) throws(LogError) -> Int64? { events.first { $0.key == key }?.position }

  /// The beginning of the log, that many events long.
  func prefix(_ size: Int) -> ArrayLog { ArrayLog(events: Array(events.prefix(size))) }
}

/// Events in the order in which they are recorded, one a second.
struct Recording {
  /// 2026-11-23T20:15:04Z.
  static let startMilliseconds: Int64 = 1_795_464_904_000

  private(set) var log = ArrayLog()

  init() {}

  /// Records checked events in that order.
  init(_ events: [CheckedEvent]) throws {
    for event in events { try record(event) }
  }

  /// Records an event written as on the command line; `unsourced=true` is added where no source is named.
  mutating func record(_ type: String, _ arguments: String...) throws { try record(type, arguments) }

  /// The same with the fields in a list.
  mutating func record(_ type: String, _ arguments: [String]) throws { try record(checked(type, arguments)) }

  mutating func record(_ event: CheckedEvent) throws {
    let position = Int64(log.events.count)
    let recorded = RecordedTime(milliseconds: Self.startMilliseconds + position * 1_000)
    let id = event.id ?? EventID(timeMilliseconds: recorded.milliseconds, sequence: 0)
    let stamped = try event.stamped(
      Stamp(
        id: id, recorded: recorded, recorder: "m.reyes", origin: "example.org/metoo",
        schemaName: nil))
    let leaf = Leaf(
      bytes: stamped.leaf, subject: stamped.subject.text, recordedMilliseconds: recorded.milliseconds)
    log.events.append(
      StoredEvent(
        position: position, key: try #require(EventKey(bytes: id.key)),
        tag: try #require(ContentTag(bytes: id.key)), version: 1, leaf: leaf))
  }

  /// Views in memory, brought up to date.
  func views() throws -> ViewStore {
    let views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try views.catchUp(with: log)
    return views
  }

  /// Where the subject, or one of its parties, stands on a day.
  func standing(_ subject: String, party: String? = nil, on day: String = "2030-01-01") throws -> StatusRow? {
    let number = try dayNumber(day)
    return try views().snapshot(of: log) { try $0.status(.subject(subject), onDay: number) }
      .first { $0.party == party }
  }

  /// The stage on a day; `-` where there is a row without a stage, nil where there is no row.
  func stage(_ subject: String, party: String? = nil, on day: String = "2030-01-01") throws -> String? {
    try standing(subject, party: party, on: day).map { $0.stage ?? "-" }
  }

  func history(_ subject: String, on day: String = "2030-01-01") throws -> SubjectHistory {
    let number = try dayNumber(day)
    return try #require(try views().snapshot(of: log) { try $0.history(of: subject, onDay: number) })
  }

  /// What became of each event of the subject, in the order of the position; only what it did to the party.
  func outcomes(_ subject: String, party: String = "", on day: String = "2030-01-01") throws -> [MoveOutcome?]
  {
    try history(subject, on: day).items.sorted { $0.entry.position < $1.entry.position }.map { item in
      item.outcomes.first { $0.party == party }?.outcome
    }
  }
}

/// Checks an event of the shipped vocabulary, written as on the command line.
func checked(_ type: String, _ arguments: [String]) throws -> CheckedEvent {
  let isSourced = arguments.contains { $0.hasPrefix("source.") } || type == "testimony.shared"
  return try checkedAsIs(type, arguments + (isSourced ? [] : ["unsourced=true"]))
}

/// The same with nothing added.
func checkedAsIs(_ type: String, _ arguments: [String]) throws -> CheckedEvent {
  try DraftChecker(vocabulary: Shipped.vocabulary()).check(Draft(type: type, arguments: arguments))
}

func dayNumber(_ text: String) throws -> Int64 { try #require(Day(text), "\(text) is no day").number }
