// Finds events that other events name: in the log, and among those that are about to be recorded.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// The events that a draft can name, and what is known about them. Made for one append, or one import: what it has read
/// of a subject it reads on from there.
final class EventLookup {
  private let ledger: Ledger
  /// An event about to be recorded. Most are never asked for, so what is to be read of them is made when it is.
  private final class Pending {
    let event: CheckedEvent
    let id: EventID
    let subject: String
    private let make: () throws -> EventView?
    private var made: EventView??

    init(event: CheckedEvent, id: EventID, subject: String, make: @escaping () throws -> EventView?) {
      (self.event, self.id, self.subject, self.make) = (event, id, subject, make)
    }

    /// The event as it will stand in the log, but for what only the log can stamp; nil if it cannot stand there.
    func view() throws -> EventView? {
      if let made { return made }
      let view = try make()
      made = view
      return view
    }
  }

  /// Events about to be recorded, in their order. Some may stand in the log already, in which case that one counts.
  private var pending: [Pending] = []
  private var pendingByID: [EventID: Int] = [:]
  /// What the log holds about the events of a subject.
  private var read: [String: (version: Int64, amendments: Amendments, attachments: [EventView])] = [:]

  init(ledger: Ledger) { self.ledger = ledger }

  // MARK: Pending events

  /// Takes in an event that is about to be recorded. One of an id that is about to be recorded already is passed over.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - id: its id.
  ///   - subject: its subject.
  ///   - view: makes it as it will stand in the log, but for what only the log can stamp; nil if it cannot stand there.
  func add(_ event: CheckedEvent, id: EventID, subject: String, view: @escaping () throws -> EventView?) {
    guard pendingByID[id] == nil else { return }
    pendingByID[id] = pending.count
    pending.append(Pending(event: event, id: id, subject: subject, make: view))
  }

  /// What the client of an event that is about to be recorded supplied.
  func supplied(_ id: String) -> [UInt8]? {
    (try? EventID(id)).flatMap { pendingByID[$0] }.map { pending[$0].event.suppliedBytes }
  }

  /// Forgets the events about to be recorded: they stand in the log now, or never will.
  func clear() {
    pending = []
    pendingByID = [:]
  }

  /// The first account of a claim among the events about to be recorded.
  func pendingAccount(ofClaim claim: String) throws -> EventView? {
    try pending { $0.event.data["claim"]?.string?.utf8.elementsEqual(claim.utf8) ?? false }.first
  }

  /// The events about to be recorded that fit, and do not stand in the log.
  private func pending(where fits: (Pending) -> Bool) throws -> [EventView] {
    try pending.filter { try fits($0) && position(of: $0.id) == nil }.compactMap { try $0.view() }
  }

  // MARK: Finding

  /// The event of an id or position; nil if there is none.
  func event(_ reference: String) throws -> EventView? {
    do {
      return try EventView(leaf: ledger.event(reference).leaf)
    } catch LedgerError.noEvent {
      guard let id = try? EventID(reference), let index = pendingByID[id] else { return nil }
      return try pending[index].view()
    }
  }

  /// Where the event of an id stands in the log; nil if it does not.
  func position(of id: EventID) throws -> Int64? {
    guard let key = EventKey(bytes: id.key) else { return nil }
    return try ledger.log.find(key)
  }

  /// The stored form of an event of the log, with its tag.
  func stored(_ id: String) throws -> StoredEvent? {
    guard let id = try? EventID(id), let position = try position(of: id) else { return nil }
    return try ledger.log.read(from: position, limit: 1).first
  }

  /// How an event stands, as far as a correction or a retraction of it has to know.
  ///
  /// - Parameters:
  ///   - target: the event.
  ///   - amendment: if given, only what was recorded before it counts.
  /// - Returns: the target with its amendments.
  /// - Throws: `LogError` if the log cannot be read.
  func context(of target: EventView, before amendment: String? = nil) throws -> AmendmentContext {
    var known = try amendments(ofSubject: target.subject)
    if let amendment { known = known.before(amendment) }
    let standing = try known.standing(of: target)
    var chain = [link(standing, before: standing.event)]
    var above = target
    while let field = ledger.vocabulary.types[above.type]?.amendedField,
      let reference = above.data?[field]?.string, let event = try event(reference)
    {
      chain.append(
        link(
          try known.standing(of: event), before: try known.standing(of: event, without: above.id).event))
      above = event
    }
    return AmendmentContext(target: chain[0], corrected: Array(chain.dropFirst()))
  }

  private func link(_ standing: Standing, before: EventView) -> AmendmentContext.Link {
    let type = ledger.vocabulary.types[standing.event.type]
    return AmendmentContext.Link(
      standing: standing, before: before, isDatedByRecording: type?.isDatedByRecording ?? false)
  }

  /// The corrections and retractions about the events of a subject, those about to be recorded last.
  func amendments(ofSubject subject: String) throws -> Amendments {
    var amendments = try log(about: subject).amendments
    for event in try pending(where: { $0.subject.utf8.elementsEqual(subject.utf8) }) { amendments.add(event) }
    return amendments
  }

  /// The sources that were given for an event of a subject, or, if none is named, for the subject.
  func sources(of target: EventView?, subject: String) throws -> [JSONObject] {
    var events: [EventView]
    if let target {
      let attached =
        try log(about: subject).attachments
        + pending { $0.subject.utf8.elementsEqual(subject.utf8) }.filter(isAttachment)
      events = attached.filter { event in
        guard event.subject.utf8.elementsEqual(subject.utf8) else { return false }
        let about = event.data?["target"]?.string
        return about == nil || about?.utf8.elementsEqual(target.id.utf8) == true
      }
      events += [target, try amendments(ofSubject: subject).standing(of: target).event]
    } else {
      events = try pending { $0.subject.utf8.elementsEqual(subject.utf8) }
      try eachOfLog(subject, after: 0) { event, _ in events.append(event) }
    }
    return events.flatMap { $0.data?["sources"]?.elements.compactMap(\.value.object) ?? [] }
  }

  private func isAttachment(_ event: EventView) -> Bool {
    ledger.vocabulary.types[event.type]?.attachedField != nil
  }

  private func log(
    about subject: String
  ) throws -> (version: Int64, amendments: Amendments, attachments: [EventView]) {
    var known = read[subject] ?? (0, Amendments(vocabulary: ledger.vocabulary), [])
    try eachOfLog(subject, after: known.version) { event, version in
      known.version = version
      known.amendments.add(event)
      if isAttachment(event) { known.attachments.append(event) }
    }
    read[subject] = known
    return known
  }

  private func eachOfLog(
    _ subject: String, after version: Int64, _ body: (EventView, Int64) -> Void
  ) throws {
    let pageSize = 1_000
    var version = version
    while true {
      let page = try ledger.log.events(ofSubject: subject, after: version, limit: pageSize)
      for event in page {
        version = event.version
        body(try EventView(leaf: event.leaf.bytes), event.version)
      }
      if page.count < pageSize { return }
    }
  }
}
