// What is to be known of the log: the second of the two clocks. The first is the day of which is told.

internal import LogStore
public import Milestones

/// The point of knowledge of which an answer is asked: what was recorded later does not count.
public enum Knowledge: Sendable, Equatable {
  /// Up to the event at a position, inclusive.
  case position(Int64)
  /// Up to the last event that was recorded at a moment or before it.
  case time(RecordedTime)
}

extension Ledger {
  /// The position of the last event that is known at a point of knowledge.
  ///
  /// - Parameter knowledge: the point.
  /// - Returns: a position in the log.
  /// - Throws: ``LedgerError/notKnown(reason:)`` if nothing was recorded by then, or if that lies in the future.
  public func position(of knowledge: Knowledge) throws(LedgerError) -> Int64 {
    let head = try head()
    switch knowledge {
    case .position(let position):
      guard position >= 0, position < head.size else {
        throw .notKnown(
          reason: "there is no event at position \(position): the last one is at \(head.size - 1)")
      }
      return position
    case .time(let time):
      // What may still be recorded by then would change the answer.
      guard time.milliseconds <= max(clock(), head.lastRecordedMilliseconds ?? .min) else {
        throw .notKnown(reason: "\(time) lies in the future: nobody knows yet what will be recorded by then")
      }
      do {
        let first = try log.read(from: 0, limit: 1).first
        guard let size = try size(at: time, of: head.size), size > 0 else {
          let beginning = first.map { RecordedTime(milliseconds: $0.leaf.recordedMilliseconds).description }
          throw LedgerError.notKnown(
            reason: "nothing was recorded by \(time): the ledger was opened at \(beginning ?? "no time")")
        }
        return size - 1
      } catch { throw LedgerError(error) }
    }
  }

  /// How many events were recorded at a moment or before it. Recorded times never go back, so the log is halved again
  /// and again.
  private func size(at time: RecordedTime, of size: Int64) throws -> Int64? {
    var (known, unknown) = (Int64(0), size)
    while known < unknown {
      let middle = known + (unknown - known) / 2
      guard let event = try log.read(from: middle, limit: 1).first else { return nil }
      if event.leaf.recordedMilliseconds <= time.milliseconds { known = middle + 1 } else { unknown = middle }
    }
    return known
  }
}
