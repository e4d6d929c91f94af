// Reads the sealed testimonies of a ledger, with what became of each, and the releases that stand in its log.

internal import CanonicalJSON
internal import Milestones
internal import OrderedCollections

/// Gathers testimonies and releases, event by event in the order of the log.
struct TestimonyReader {
  /// A release that stands in the log.
  struct Released {
    let position: Int64
    let event: EventView
    let campaign: String
    let grouping: String
    let through: Int64
    let cells: [ReleasedCell]
    /// The position of the event that keeps, sealed, who was counted.
    let countedAt: Int64?
  }

  /// The testimonies, in the order of their positions.
  var testimonies: [TestimonyHistory] { all.map(\.testimony) }
  /// The releases, in the order of their positions.
  private(set) var releases: [Released] = []
  /// The days on which the testimonies were recorded, in their order.
  private(set) var recorded: [RecordedTime] = []
  /// How many testimonies that are not erased have nothing in the vault of this machine.
  var missingCount: Int { all.count { $0.testimony.now.isHeld && !$0.isHere } }

  private let vocabulary: Vocabulary
  private let sealed: (Int64) -> SealedContent?
  private var all: [Item] = []
  private var indexByID: [[UInt8]: Int] = [:]
  private var indexBySubject: [String: Int] = [:]
  /// Which testimonies an event that changes something is about, by that event's id.
  private var changed: [[UInt8]: [Int]] = [:]
  private var retractions: [[UInt8]: [[UInt8]]] = [:]
  private var countedAt: [String: Int64] = [:]

  /// A testimony on its way.
  private struct Item {
    var testimony: TestimonyHistory
    let recordedValues: CountedValues
    let recordedConsent: ConsentGiven?
    let person: String?
    let id: [UInt8]
    let isHere: Bool
    var changes: [Change] = []
  }

  /// What an event changes in a testimony.
  private struct Change {
    enum What {
      case consent(ConsentGiven, isOpen: Bool)
      case correction(Correction)
      case retraction
      case erasure
    }
    let id: [UInt8]
    let what: What
  }

  /// A reader.
  ///
  /// - Parameters:
  ///   - vocabulary: tells what the types of events do.
  ///   - sealed: what the vault keeps for an event; nil for nothing.
  init(vocabulary: Vocabulary, sealed: @escaping (Int64) -> SealedContent?) {
    self.vocabulary = vocabulary
    self.sealed = sealed
  }

  /// What the vault keeps for an event.
  func sealedContent(at position: Int64) -> SealedContent? { sealed(position) }

  /// Takes in the next event of the log.
  mutating func add(_ event: EventView, at position: Int64) {
    guard let type = vocabulary.types[event.type] else { return }
    if type.isByLedger {
      release(event, at: position)
    } else if isTestimony(event, type) {
      share(event, at: position)
    } else if type.isAboutEvents {
      for effect in type.effects {
        switch effect {
        case .consent(let field): consent(event, field, at: position)
        case .correct(let field): correct(event, field, at: position)
        case .retract(let field): retract(event, field, at: position)
        case .erase(let field): erase(event, field, at: position)
        default: continue
        }
      }
    }
  }

  // MARK: Testimonies

  private func isTestimony(_ event: EventView, _ type: EventType) -> Bool {
    let kind = String(event.subject.prefix { $0 != ":" })
    return vocabulary.kinds[kind]?.isCounted == true && event.isSealed && !type.isAboutEvents
      && event.data?["campaign"]?.string != nil
  }

  private mutating func share(_ event: EventView, at position: Int64) {
    let content = sealed(position)
    let values = CountedValues(
      campaign: event.data?["campaign"]?.string ?? "", country: content?.field("country")?.value.string,
      language: content?.field("language")?.value.string, channel: event.data?["channel"]?.string,
      year: event.occurred)
    let consent = content?.field("consent").map { ConsentGiven(entries: Self.texts($0.value)) }
    let item = Item(
      testimony: TestimonyHistory(
        TestimonyHistory.State(position: position, consent: consent, values: values)),
      recordedValues: values, recordedConsent: consent, person: content?.field("person")?.value.string,
      id: Array(event.id.utf8), isHere: content.map { !$0.isEmpty } ?? false)
    indexByID[item.id] = all.count
    indexBySubject[event.subject] = all.count
    all.append(item)
    if let time = event.recorded {
      recorded.append(time)
    } else {
      recorded.append(recorded.last ?? .init(milliseconds: 0))
    }
  }

  private static func texts(_ value: JSONValue) -> [String] { (value.array ?? [value]).compactMap(\.string) }

  // MARK: What becomes of them

  private mutating func consent(_ event: EventView, _ field: String, at position: Int64) {
    let consent = ConsentGiven(scopes: event.texts(field), until: event.data?["until"]?.string)
    if let index = indexBySubject[event.subject] {
      if event.data?["from"] != nil, !event.texts("from").contains(ConsentGiven.countScope) {
        all[index].testimony.tellOutSoFar()
      }
      change([index], event, .consent(consent, isOpen: true), at: position)
    } else if let name = PersonName.slug(of: event.subject) {
      let indices = all.indices.filter { index in
        all[index].person.map { PersonName.slugs(of: $0).contains { $0.utf8.elementsEqual(name.utf8) } }
          ?? false
      }
      change(indices, event, .consent(consent, isOpen: false), at: position)
    }
  }

  private mutating func correct(_ event: EventView, _ field: String, at position: Int64) {
    guard let target = event.data?[field]?.string, let index = indexByID[Array(target.utf8)] else { return }
    change([index], event, .correction(Correction(event, sealed(position))), at: position)
  }

  private mutating func retract(_ event: EventView, _ field: String, at position: Int64) {
    guard let target = event.data?[field]?.string.map({ Array($0.utf8) }) else { return }
    retractions[target, default: []].append(Array(event.id.utf8))
    if let index = indexByID[target] {
      change([index], event, .retraction, at: position)
    } else if let indices = changed[target] {
      changed[Array(event.id.utf8)] = indices
      for index in indices { settle(index, at: position) }
    }
  }

  private mutating func erase(_ event: EventView, _ field: String, at position: Int64) {
    let indices = event.texts(field).compactMap { target in
      indexByID[Array(target.utf8)]
        ?? Int64(target).flatMap { position in
          all.firstIndex { $0.testimony.position == position }
        }
    }
    change(indices, event, .erasure, at: position)
  }

  private mutating func change(_ indices: [Int], _ event: EventView, _ what: Change.What, at position: Int64)
  {
    let id = Array(event.id.utf8)
    changed[id] = indices
    for index in indices {
      all[index].changes.append(Change(id: id, what: what))
      settle(index, at: position)
    }
  }

  /// How a testimony stands by all that is known up to a position. An erasure is never taken back: what is gone is gone.
  private mutating func settle(_ index: Int, at position: Int64) {
    let item = all[index]
    var state = TestimonyHistory.State(
      position: position, consent: item.recordedConsent, values: item.recordedValues)
    for change in item.changes {
      if case .erasure = change.what {
        (state.isHeld, state.isOut) = (false, true)
        continue
      }
      if isRetracted(change.id) { continue }
      switch change.what {
      case .consent(let consent, let isOpen): (state.consent, state.isConsentOpen) = (consent, isOpen)
      case .correction(let correction): correction.apply(to: &state)
      case .retraction: (state.isHeld, state.isOut) = (false, true)
      case .erasure: continue
      }
    }
    if state.values.campaign != item.testimony.campaign { state.isOut = true }
    all[index].testimony.become(state)
  }

  /// A retraction is about what was recorded before it, so this comes to its end.
  private func isRetracted(_ id: [UInt8]) -> Bool {
    (retractions[id] ?? []).contains { $0 != id && !isRetracted($0) }
  }

  // MARK: Releases

  private mutating func release(_ event: EventView, at position: Int64) {
    guard let grouping = event.data?["grouping"]?.string, let through = event.data?["through"]?.integer else {
      return
    }
    let key = "\(event.subject) \(grouping) \(through)"
    if event.type == LedgerEvents.tallyCountedType { countedAt[key] = position }
    guard event.type == LedgerEvents.tallyReleasedType else { return }
    releases.append(
      Released(
        position: position, event: event, campaign: event.subject, grouping: grouping, through: through,
        cells: event.texts("cells").compactMap { ReleasedCell($0) }, countedAt: countedAt[key]))
  }
}

/// What a correction says of a testimony: in clear in its leaf, or sealed in its own disclosures.
private struct Correction {
  private var named: [String: JSONValue?] = [:]

  init(_ event: EventView, _ content: SealedContent?) {
    take(old: event.data?["old"]?.value, new: event.data?["new"]?.value)
    take(old: content?.field("old")?.value, new: content?.field("new")?.value)
  }

  private mutating func take(old: JSONValue?, new: JSONValue?) {
    for (name, _) in old?.object ?? JSONObject() { named[name] = .some(nil) }
    for (name, value) in new?.object ?? JSONObject() { named[name] = .some(value) }
  }

  func apply(to state: inout TestimonyHistory.State) {
    if let value = named["country"] { state.values.country = value?.string }
    if let value = named["language"] { state.values.language = value?.string }
    if let value = named["channel"] { state.values.channel = value?.string }
    if let value = named["campaign"] { state.values.campaign = value?.string ?? "" }
    if let value = named["occurred"], let year = value?.string { state.values.year = year }
    if let value = named["consent"] {
      state.consent = value.map { ConsentGiven(entries: ($0.array ?? [$0]).compactMap(\.string)) }
    }
  }
}
