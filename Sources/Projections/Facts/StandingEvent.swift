// An event as it stands at a point of knowledge: with the corrections in force, or retracted.

public import Milestones
internal import OrderedCollections

/// An event as it stands.
public struct StandingEvent: Sendable {
  /// The event with all corrections in force.
  public let event: EventView
  /// The position of the retraction in force; nil if there is none.
  public let retractedBy: Int64?
  /// The positions of the corrections in force, in the order of recording.
  public let correctedBy: [Int64]
}

/// Finds how events stand: corrections and retractions, those of corrections and retractions too.
///
/// They apply in the order of recording. What is itself retracted does not apply, and what is itself corrected applies
/// as corrected.
struct StandingEvents {
  /// Reads an event as it was recorded.
  let read: (Int64) throws -> EventView
  /// The positions of what corrects or retracts an event, as far as it is known, in the order of recording.
  let amendments: (Int64) throws -> [Int64]
  let vocabulary: Vocabulary

  /// How an event stands.
  func event(at position: Int64) throws -> StandingEvent {
    guard let event = try events(under: position)[position] else {
      return StandingEvent(event: try read(position), retractedBy: nil, correctedBy: [])
    }
    return event
  }

  /// How an event stands, and each of those that correct or retract it, directly or over others, by position.
  ///
  /// Not recursive: a chain of events can be as long as the log.
  func events(under position: Int64) throws -> [Int64: StandingEvent] {
    var amendments: [Int64: [Int64]] = [:]
    var open = [position]
    while let next = open.popLast() {
      // What an event names stands before it, so there are no circles.
      let found = try self.amendments(next).filter { $0 > next }
      amendments[next] = found
      open += found
    }
    var events: [Int64: StandingEvent] = [:]
    for (position, by) in amendments.sorted(by: { $0.key > $1.key }) {
      var event = try read(position)
      var retractedBy: Int64?
      var correctedBy: [Int64] = []
      for amendment in by {
        guard let standing = events[amendment], standing.retractedBy == nil else { continue }
        switch vocabulary.types[standing.event.type]?.amendment {
        case .correct:
          event = try event.corrected(by: standing.event)
          correctedBy.append(amendment)
        case .retract: retractedBy = retractedBy ?? amendment
        default: break
        }
      }
      events[position] = StandingEvent(event: event, retractedBy: retractedBy, correctedBy: correctedBy)
    }
    return events
  }
}

extension EventType {
  /// The effect that corrects or retracts another event; nil if it has none.
  var amendment: Effect? {
    effects.first { effect in
      switch effect {
      case .correct, .retract: true
      default: false
      }
    }
  }
}
