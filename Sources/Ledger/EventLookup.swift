// Finds events that other events name: in the log, and among those that are about to be recorded.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// The events that a draft can name, and what is known about them. Made for one append, or one import: what it has read
/// of a subject it reads on from there.
final class EventLookup {
  private let ledger: Ledger
  /// Makes the leaves of events that are not stamped yet, as they will stand in the log but for what only the log knows.
  private let stamper: Stamper?
  private struct Pending {
    let event: CheckedEvent
    let id: EventID
    let subject: String
    /// Nil if it is to be made when somebody asks.
    let leaf: [UInt8]?
  }

  /// Events about to be recorded, in their order. Some may stand in the log already, in which case that one counts.
  private var pending: [Pending] = []
  /// Of each id the first; of so many events. Made up for when somebody asks: most events that are named stand in the
  /// log.
  private var pendingByID: [EventKey: Int] = [:]
  private var indexedCount = 0
  /// What is made of those that were asked for; nil for what cannot stand in the log. Most never are.
  private var pendingViews: [Int: EventView?] = [:]
  /// A number for the subject of each: other numbers, other subjects. Going over these is all that most events cost that
  /// somebody asks about another subject.
  private var pendingSubjects: [Int] = []
  /// What the log holds about the events of a subject.
  private var read: [String: (version: Int64, amendments: Amendments, attachments: [EventView])] = [:]
  /// Of how many subjects at most that is kept: an import can correct more than fit into memory.
  private static let readMax = 1_000

  /// - Parameters:
  ///   - ledger: the ledger.
  ///   - stamper: for events that are added without their leaves.
  init(ledger: Ledger, stamper: Stamper? = nil) {
    self.ledger = ledger
    self.stamper = stamper
  }

  // MARK: Pending events

  /// Takes in an event that is about to be recorded. One of an id that is about to be recorded already is passed over.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - id: its id.
  ///   - subject: its subject.
  ///   - leaf: its leaf, if it is stamped.
  func add(_ event: CheckedEvent, id: EventID, subject: String, leaf: [UInt8]? = nil) {
    pending.append(Pending(event: event, id: id, subject: subject, leaf: leaf))
    pendingSubjects.append(Self.number(of: subject))
  }

  /// Whether no event ahead of it is about to be recorded under the same id.
  private func isFirst(_ index: Int) -> Bool { pendingIndex(of: pending[index].id) == index }

  private func pendingIndex(of id: EventID) -> Int? {
    for index in indexedCount..<pending.count {
      let key = pending[index].id.eventKey
      if pendingByID[key] == nil { pendingByID[key] = index }
    }
    indexedCount = pending.count
    return pendingByID[id.eventKey]
  }

  /// The event as it will stand in the log; nil if it cannot stand there.
  private func view(_ index: Int) throws -> EventView? {
    if let made = pendingViews[index] { return made }
    let event = pending[index]
    // One that is too long for a leaf is refused when it is appended.
    let leaf = event.leaf ?? stamper.flatMap { try? $0.stamped(event.event, id: event.id).leaf }
    let view = try leaf.map { try EventView(leaf: $0) }
    pendingViews[index] = .some(view)
    return view
  }

  private static func number(of subject: String) -> Int {
    var subject = subject
    return subject.withUTF8 { bytes in bytes.reduce(bytes.count) { $0 &* 31 &+ Int($1) } }
  }

  /// What the client of an event that is about to be recorded supplied.
  func supplied(_ id: String) -> [UInt8]? {
    (try? EventID(id)).flatMap(pendingIndex).map { pending[$0].event.suppliedBytes }
  }

  /// Forgets the events about to be recorded: they stand in the log now, or never will.
  func clear() {
    pending.removeAll(keepingCapacity: true)
    pendingSubjects.removeAll(keepingCapacity: true)
    pendingByID.removeAll(keepingCapacity: true)
    pendingViews = [:]
    indexedCount = 0
  }

  /// The first account of a claim among the events about to be recorded.
  func pendingAccount(ofClaim claim: String) throws -> EventView? {
    for (index, event) in pending.enumerated()
    where event.event.data["claim"]?.string?.utf8.elementsEqual(claim.utf8) ?? false {
      if isFirst(index), try position(of: event.id) == nil, let view = try view(index) { return view }
    }
    return nil
  }

  /// The events about to be recorded that are about a subject, and do not stand in the log.
  private func pending(about subject: String) throws -> [EventView] {
    let number = Self.number(of: subject)
    return try pendingSubjects.indices.compactMap { index in
      guard pendingSubjects[index] == number, pending[index].subject.utf8.elementsEqual(subject.utf8),
        isFirst(index), try position(of: pending[index].id) == nil
      else { return nil }
      return try view(index)
    }
  }

  // MARK: Finding

  /// The event of an id or position; nil if there is none.
  func event(_ reference: String) throws -> EventView? {
    do {
      return try EventView(leaf: ledger.event(reference).leaf)
    } catch LedgerError.noEvent {
      guard let id = try? EventID(reference), let index = pendingIndex(of: id) else { return nil }
      return try view(index)
    }
  }

  /// Where the event of an id stands in the log; nil if it does not.
  func position(of id: EventID) throws -> Int64? {
    try ledger.log.find(id.eventKey)
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
    for event in try pending(about: subject) { amendments.add(event) }
    return amendments
  }

  /// The sources that were given for an event of a subject, or, if none is named, for the subject.
  func sources(of target: EventView?, subject: String) throws -> [JSONObject] {
    var events: [EventView]
    if let target {
      let attached =
        try log(about: subject).attachments
        + pending(about: subject).filter(isAttachment)
      events = attached.filter { event in
        guard event.subject.utf8.elementsEqual(subject.utf8) else { return false }
        let about = event.data?["target"]?.string
        return about == nil || about?.utf8.elementsEqual(target.id.utf8) == true
      }
      events += [target, try amendments(ofSubject: subject).standing(of: target).event]
    } else {
      events = try pending(about: subject)
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
    if read.count >= Self.readMax { read.removeAll(keepingCapacity: true) }
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
