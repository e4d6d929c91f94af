// Events about to be appended, with their ids and tags.

internal import Codes
internal import EDTF
internal import LogStore
internal import Milestones

/// Events about to be appended.
struct Batch {
  let events: [CheckedEvent]
  let ids: [EventID]
  let proposals: [Proposal]

  /// Gives each event its id and tag.
  ///
  /// - Parameters:
  ///   - events: the events, in the order in which they shall stand.
  ///   - expected: the number of events that the writer has seen on each event's subject; nil for any.
  ///   - tagKey: makes the tags.
  ///   - clock: the ledger's clock, for ids that have to be made.
  init(events: [CheckedEvent], expected: [Int64?] = [], tagKey: TagKey, clock: () -> Int64) {
    let milliseconds = clock()
    self.events = events
    ids = events.enumerated().map { index, event in
      event.id ?? EventID(timeMilliseconds: milliseconds, sequence: UInt16(truncatingIfNeeded: index & 0xfff))
    }
    var proposals: [Proposal] = []
    proposals.reserveCapacity(events.count)
    for (index, event) in events.enumerated() {
      proposals.append(
        Proposal(
          key: ids[index].eventKey, tag: tagKey.tag(of: event), subject: event.subject?.text,
          expectedVersion: expected.indices.contains(index) ? expected[index] : nil))
    }
    self.proposals = proposals
  }
}

extension EventID {
  /// The id as the log has it.
  var eventKey: EventKey { EventKey(high: keyWords.high, low: keyWords.low) }
}

extension Leaf {
  /// A stamped event with the columns that it is found by.
  init(_ event: CheckedEvent, stamped: StampedEvent, recorded: RecordedTime) {
    let date = event.effective ?? event.occurred
    self.init(
      bytes: stamped.leaf, subject: stamped.subject.text, country: event.country?.code,
      institution: event.institution?.text, earliestDay: date.earliest.dayNumber,
      latestDay: date.latest.dayNumber,
      recordedMilliseconds: recorded.milliseconds)
  }
}

extension EDTF.Bound {
  /// The day in days from 1970-01-01; nil if there is none.
  var dayNumber: Int64? {
    guard case .day(let day) = self else { return nil }
    return day.number
  }
}
