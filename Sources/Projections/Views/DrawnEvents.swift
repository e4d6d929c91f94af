// Events of the log with what they say, read one part ahead of whoever writes them into the views.

internal import Dispatch
internal import LogStore
internal import Milestones
internal import Synchronization

/// An event with what it says.
struct DrawnEvent: Sendable {
  let stored: StoredEvent
  let view: EventView
  /// Nil for the ledger's own events.
  let facts: EventFacts?
}

/// Reads events in order, part by part: while one part is written, the next is read on another core. No more than that
/// is in memory.
final class DrawnEvents<Log: EventLog> {
  /// How many events are read at once. A whole block of them would take a tenth of all the memory that there may be.
  private static var partSize: Int64 { 512 }

  private let log: Log
  private let vocabulary: Vocabulary
  private let end: Int64
  private var next: Int64
  private var isOver = false
  private var coming: Coming?

  /// - Parameters:
  ///   - log: the log.
  ///   - vocabulary: the vocabulary in force.
  ///   - start: the position of the first event.
  ///   - end: the position behind the last one that is wanted.
  init(_ log: Log, by vocabulary: Vocabulary, from start: Int64, until end: Int64) {
    self.log = log
    self.vocabulary = vocabulary
    self.end = end
    next = start
  }

  /// The next events; none at the end.
  ///
  /// - Throws: ``ViewError`` for one that cannot be read, and what the log throws.
  func part() throws -> [DrawnEvent] {
    if isOver { return [] }
    let wanted = min(end - next, Self.partSize)
    let events = try coming?.take() ?? Self.draw(log, vocabulary, next, wanted)
    next += Int64(events.count)
    isOver = next >= end || events.count < wanted
    coming =
      isOver
      ? nil
      : Coming { [log, vocabulary, next, end] in
        try Self.draw(log, vocabulary, next, min(end - next, Self.partSize))
      }
    return events
  }

  private static func draw(
    _ log: Log, _ vocabulary: Vocabulary, _ position: Int64, _ count: Int64
  ) throws -> [DrawnEvent] {
    try log.read(from: position, limit: Int(count)).map { event in
      let view: EventView
      do {
        view = try EventView(leaf: event.leaf.bytes)
      } catch {
        throw ViewError.unreadable(position: event.position, reason: "\(error)")
      }
      let facts = EventFacts(view, position: event.position, vocabulary: vocabulary)
      return DrawnEvent(stored: event, view: view, facts: facts)
    }
  }

  /// A part that is being read.
  private final class Coming: Sendable {
    private let work = DispatchGroup()
    private let found = Mutex<Result<[DrawnEvent], any Error>>(.success([]))

    init(_ read: @escaping @Sendable () throws -> [DrawnEvent]) {
      DispatchQueue.global().async(group: work) { [self] in
        let events = Result(catching: read)
        found.withLock { $0 = events }
      }
    }

    func take() throws -> [DrawnEvent] {
      work.wait()
      return try found.withLock { $0 }.get()
    }
  }
}
