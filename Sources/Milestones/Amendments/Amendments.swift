// What stands of an event once those about it are taken into account: corrections, retractions, and what became of
// these in turn. Pure: it knows the events that it is told of, and no log.

public import CanonicalJSON
internal import OrderedCollections

/// An event as it stands, with the events that made it so.
public struct Standing: Sendable {
  /// The event as the corrections in force leave it, in the order in which they were recorded.
  public let event: EventView
  /// The corrections in force, by id, in the order of recording.
  public let corrections: [String]
  /// The last correction in force of each field that was corrected, by id.
  public let correctedBy: [String: String]
  /// The retraction in force, by id; nil if the event counts.
  public let retraction: String?

  /// Whether a retraction is in force.
  public var isRetracted: Bool { retraction != nil }
}

/// The corrections and retractions that are known, of whatever events.
///
/// They count in the order of recording. One that is itself retracted does not count; one that is corrected counts as
/// corrected. An amendment is about what was recorded before it: one that names a later event, which no ledger
/// accepts, changes nothing, and so there are no circles.
public struct Amendments: Sendable {
  private let fields: @Sendable (String) -> (name: String, isRetraction: Bool)?
  private var events: [EventView] = []
  private var isRetraction: [Bool] = []
  /// The amendments about each event, by its id's bytes.
  private var about: [[UInt8]: [Int]] = [:]
  /// Where an amendment itself stands.
  private var indices: [[UInt8]: Int] = [:]

  /// None yet.
  ///
  /// - Parameter vocabulary: tells which types correct and which retract, and in which field they name their target.
  public init(vocabulary: Vocabulary) {
    fields = { name in
      guard let type = vocabulary.types[name], let field = type.amendedField else { return nil }
      return (field, type.retractedField != nil)
    }
  }

  /// Takes in an event, if it corrects or retracts one; any other is passed over.
  ///
  /// - Parameter event: recorded after all those taken in before.
  public mutating func add(_ event: EventView) {
    guard let (field, isRetraction) = fields(event.type), let target = event.data?[field]?.string else {
      return
    }
    let index = events.count
    events.append(event)
    self.isRetraction.append(isRetraction)
    about[Array(target.utf8), default: []].append(index)
    indices[Array(event.id.utf8)] = index
  }

  /// How many there are.
  public var count: Int { events.count }

  /// Those that correct or retract an event, in the order of recording, whether they are in force or not.
  public func about(_ event: EventView) -> [EventView] {
    about[Array(event.id.utf8), default: []].map { events[$0] }
  }

  /// Those recorded before one of them; all if there is none of that id.
  public func before(_ id: String) -> Amendments {
    guard let index = indices[Array(id.utf8)] else { return self }
    var earlier = self
    earlier.events.removeSubrange(index...)
    earlier.isRetraction.removeSubrange(index...)
    earlier.about = about.mapValues { $0.filter { $0 < index } }
    earlier.indices = indices.filter { $0.value < index }
    return earlier
  }

  /// How an event stands by all amendments that are known.
  ///
  /// - Parameters:
  ///   - event: the event as it was recorded.
  ///   - left: an amendment to leave out, by id, with all that is about it; nil for none.
  /// - Returns: how it stands.
  /// - Throws: `JSONError` if what a correction says cannot be written.
  public func standing(of event: EventView, without left: String? = nil) throws(JSONError) -> Standing {
    // From the last recorded to the first: what is about an amendment was recorded after it.
    var known: [Int: Standing] = [:]
    for index in reach(of: event, without: left).reversed() {
      known[index] = try settled(events[index], by: later(about: events[index], than: index), known)
    }
    let own = indices[Array(event.id.utf8)] ?? -1
    return try settled(event, by: later(about: event, than: own).filter { known[$0] != nil }, known)
  }

  /// The amendments that bear on an event, directly or through others, in the order of recording.
  private func reach(of event: EventView, without left: String?) -> [Int] {
    var found: Set<Int> = []
    var open = later(about: event, than: indices[Array(event.id.utf8)] ?? -1)
    while let index = open.popLast() {
      if let left, events[index].id.utf8.elementsEqual(left.utf8) { continue }
      if found.insert(index).inserted { open += later(about: events[index], than: index) }
    }
    return found.sorted()
  }

  private func later(about event: EventView, than index: Int) -> [Int] {
    about[Array(event.id.utf8), default: []].filter { $0 > index }
  }

  private func settled(
    _ event: EventView, by amendments: [Int], _ known: [Int: Standing]
  ) throws(JSONError) -> Standing {
    var current = event
    var corrections: [String] = []
    var correctedBy: [String: String] = [:]
    var retraction: String?
    for index in amendments {
      guard let standing = known[index], !standing.isRetracted else { continue }
      if isRetraction[index] {
        retraction = retraction ?? standing.event.id
      } else {
        current = try current.corrected(by: standing.event)
        corrections.append(standing.event.id)
        for part in ["old", "new"] {
          for (name, _) in standing.event.data?[part]?.members.map({ ($0.key, ()) }) ?? [] {
            correctedBy[name] = standing.event.id
          }
        }
      }
    }
    return Standing(
      event: current, corrections: corrections, correctedBy: correctedBy, retraction: retraction)
  }
}
