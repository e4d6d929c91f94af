// The columns beside an event, by which it is found, against what the event itself says.

internal import Dispatch
internal import EDTF
internal import LogStore
internal import Milestones
internal import Synchronization
internal import TransparencyLog

/// Compares columns with leaves. The tree vouches for the leaves alone; whoever altered a column would hide an event
/// from the questions that go by it.
///
/// The content tag is left out: it is a keyed digest of what the client supplied, which is kept nowhere.
enum StoredColumns {
  /// How many are told at most.
  private static let failuresMax = 100
  private static let batch = 512

  /// The differences, the first position first.
  ///
  /// - Parameters:
  ///   - stored: the log.
  ///   - file: its name.
  ///   - each: is given every event on the way, so that nobody need read them again.
  /// - Returns: the events whose columns differ from their leaves, no more than a bound.
  /// - Throws: what `each` throws, or a `LogError` if the log cannot be read.
  static func failures(
    in stored: StoredLog, file: String, each: (EventView, Int64) throws -> Void
  ) throws -> [VerificationFailure] {
    var failures: [VerificationFailure] = []
    var next: Int64 = 0
    while failures.count < failuresMax {
      let events = try stored.rows(from: next, limit: batch)
      guard let last = events.last else { break }
      for (event, read) in zip(events, read(events)) {
        if let view = read.view { try each(view, event.position) }
        guard let column = read.wrongColumn else { continue }
        failures.append(failure(event.position, "\(column) is not what the event says", file: file))
      }
      next = last.position + 1
    }
    if let position = try stored.firstWrongVersion() {
      failures.append(
        failure(position, "version is not its number among the events of its subject", file: file))
    }
    return failures
  }

  /// An event as it was read, and the first of its columns that differs.
  private struct Read: Sendable {
    var view: EventView?
    var wrongColumn: String?
  }

  /// Reads events and looks at their columns, on all cores.
  private static func read(_ events: [StoredEvent]) -> [Read] {
    // So many that handing them over costs little.
    let share = 128
    let shares = stride(from: 0, to: events.count, by: share).map { $0..<min($0 + share, events.count) }
    let found = Mutex([[Read]](repeating: [], count: shares.count))
    DispatchQueue.concurrentPerform(iterations: shares.count) { number in
      let reads = events[shares[number]].map { event in
        let view = try? EventView(leaf: event.leaf.bytes)
        return Read(view: view, wrongColumn: wrongColumn(of: event, view))
      }
      found.withLock { $0[number] = reads }
    }
    return found.withLock { $0.flatMap(\.self) }
  }

  private static func failure(_ position: Int64, _ detail: String, file: String) -> VerificationFailure {
    VerificationFailure(.alteredColumn, position: UInt64(max(0, position)), file: file, detail: detail)
  }

  /// The first column that differs.
  private static func wrongColumn(of event: StoredEvent, _ view: EventView?) -> String? {
    guard let view else { return "leaf" }
    let leaf = event.leaf
    let id = (try? EventID(view.id)).flatMap { EventKey(bytes: $0.key) }
    if id != event.key { return "id" }
    if !same(view.subject, leaf.subject) { return "subject" }
    if !same(view.country, leaf.country) { return "country" }
    if !same(view.institution, leaf.institution) { return "institution" }
    if view.recorded?.milliseconds != leaf.recordedMilliseconds { return "recorded" }
    guard let date = try? EDTF(view.effective ?? view.occurred) else { return "occurred" }
    if date.earliest.dayNumber != leaf.earliestDay { return "earliest" }
    return date.latest.dayNumber == leaf.latestDay ? nil : "latest"
  }

  private static func same(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.utf8.elementsEqual(right.utf8)
  }
}
