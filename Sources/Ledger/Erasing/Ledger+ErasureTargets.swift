// Which events are meant by a position, a subject or a person.

internal import CanonicalJSON
internal import Foundation
internal import LogStore
internal import Milestones
internal import OrderedCollections

extension Ledger {
  /// An event that is meant, whether or not something is sealed in it.
  struct MeantEvent {
    let position: Int64
    let view: EventView

    /// Whether it says nothing of the person but that this was erased.
    var isErasure: Bool { view.type == LedgerEvents.erasedType }
  }

  /// The events that a reference means.
  func eventsMeant(by reference: String, _ scope: ErasureScope?) throws(LedgerError) -> [MeantEvent] {
    switch scope {
    case .event: return try event(withCorrections: reference)
    case .person: return try events(ofPerson: reference)
    case .subject:
      do { return try known(Subject(reference)) } catch { throw Self.notMeant(error, reference) }
    case nil: break
    }
    if reference.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return try event(withCorrections: reference)
    }
    if let subject = try? Subject(reference), vocabulary.kinds[subject.kind] != nil {
      return try known(subject)
    }
    let byID = try meant { () throws(LedgerError) in try event(withCorrections: reference) }
    let byName = try meant { () throws(LedgerError) in try events(ofPerson: reference) }
    guard byID.isEmpty || byName.isEmpty else {
      throw .cannotErase(
        reason:
          "this is the id of an event and the name of a person; say which is meant with --as event or --as person"
      )
    }
    if byID.isEmpty && byName.isEmpty { return try events(ofPerson: reference) }
    return byID + byName
  }

  /// The events found; none where there is nothing of the kind.
  private func meant(
    _ find: () throws(LedgerError) -> [MeantEvent]
  ) throws(LedgerError) -> [MeantEvent] {
    do { return try find() } catch {
      switch error {
      case .noEvent, .nothingToErase: return []
      default: throw error
      }
    }
  }

  private static func notMeant(_ error: any Error, _ reference: String) -> LedgerError {
    error is ValueError ? .draft(DraftError("subject", "\(error)")) : LedgerError(error)
  }

  // MARK: Subjects and events

  /// The events of a subject; a person's also where the vault names the person.
  func events(of subject: Subject) throws(LedgerError) -> [MeantEvent] {
    let own = try events(ofSubject: subject.text)
    guard subject.kind == "person" else { return own }
    return own + (try meant { () throws(LedgerError) in try events(ofPerson: subject.text) })
  }

  private func known(_ subject: Subject) throws(LedgerError) -> [MeantEvent] {
    let events = try events(of: subject)
    if events.isEmpty { throw .unknownSubject(subject.text, like: []) }
    return events
  }

  /// The events of a subject, in the order of the log.
  func events(ofSubject subject: String) throws(LedgerError) -> [MeantEvent] {
    do {
      return try log.events(ofSubject: subject, limit: .max).map {
        MeantEvent(position: $0.position, view: try EventView(leaf: $0.leaf.bytes))
      }
    } catch { throw LedgerError(error) }
  }

  /// An event, and those that put it right.
  private func event(withCorrections reference: String) throws(LedgerError) -> [MeantEvent] {
    let position = try event(reference).position
    return try withCorrections(at: [position])
  }

  /// Events and those that put them right, which are told of the same subjects.
  private func withCorrections(at positions: Set<Int64>) throws(LedgerError) -> [MeantEvent] {
    var meant: [MeantEvent] = []
    for subject in try Set(positions.map { position throws(LedgerError) in try self.subject(at: position) }) {
      var ids: Set<String> = []
      for event in try events(ofSubject: subject) {
        let type = vocabulary.types[event.view.type]
        let corrected = type?.effects.lazy.compactMap { effect -> String? in
          if case .correct(let field) = effect { event.view.texts(field).first } else { nil }
        }.first
        guard positions.contains(event.position) || corrected.map(ids.contains) == true else { continue }
        ids.insert(event.view.id)
        meant.append(event)
      }
    }
    return meant
  }

  private func subject(at position: Int64) throws(LedgerError) -> String {
    do { return try EventView(leaf: event("\(position)").leaf).subject } catch { throw LedgerError(error) }
  }

  // MARK: People

  /// The events of a person whom the vault names so, byte for byte: a testimony with all that is told of it, any other
  /// event with what puts it right.
  private func events(ofPerson name: String) throws(LedgerError) -> [MeantEvent] {
    guard FileManager.default.fileExists(atPath: paths.vault) else {
      throw .nothingToErase(
        reason: "there is no vault here that could tell who is meant; name the subject or the position")
    }
    var (positions, subjects): (Set<Int64>, Set<String>) = ([], [])
    do {
      for position in try vault().positions(ofPerson: name) {
        let subject = try subject(at: position)
        let kind = String(subject.prefix { $0 != ":" })
        if vocabulary.kinds[kind]?.isCounted == true {
          subjects.insert(subject)
        } else {
          positions.insert(position)
        }
      }
    } catch { throw LedgerError(error) }
    if positions.isEmpty && subjects.isEmpty {
      throw .nothingToErase(
        reason:
          "no event, no subject, and nobody in the vault is called so, to the letter; whoever was erased before is not known here any more"
      )
    }
    var meant = try withCorrections(at: positions)
    for subject in subjects.sorted() { meant += try events(ofSubject: subject) }
    return meant
  }

  // MARK: The plan

  /// What is left to erase of events.
  ///
  /// - Parameters:
  ///   - events: those that are meant.
  ///   - last: nothing behind this position is meant; nil for no bound.
  /// - Returns: what is to be done.
  /// - Throws: ``LedgerError``.
  func plan(_ events: [MeantEvent], through last: Int64? = nil) throws(LedgerError) -> ErasurePlan {
    var targets: [ErasurePlan.Target] = []
    var versions: OrderedDictionary<String, Int64> = [:]
    var erasedAt: Set<Int64> = []
    var seen: Set<Int64> = []
    var clearCount = 0
    var registers: [String: [String: Int64]] = [:]
    for event in events.sorted(by: { $0.position < $1.position })
    where !event.isErasure && event.position <= last ?? .max && seen.insert(event.position).inserted {
      let subject = event.view.subject
      let digests = event.view.texts("_sd")
      if digests.isEmpty {
        clearCount += 1
        continue
      }
      if registers[subject] == nil {
        let (version, register) = try erasures(ofSubject: subject)
        versions[subject] = version
        registers[subject] = register
      }
      let register = registers[subject] ?? [:]
      let left = digests.filter { register[$0] == nil }
      erasedAt.formUnion(digests.compactMap { register[$0] })
      guard !left.isEmpty else { continue }
      targets.append(
        ErasurePlan.Target(
          position: event.position, id: event.view.id, type: event.view.type, subject: subject, digests: left)
      )
    }
    versions.removeAll { name, _ in !targets.contains { $0.subject == name } }
    return ErasurePlan(
      targets: targets, erasedAt: erasedAt.sorted(), clearCount: clearCount, versions: versions)
  }

  /// Where the log tells of digests in the events of a subject that what they stand for was erased.
  func erasedDigests(ofSubject subject: String) throws(LedgerError) -> [String: Int64] {
    try erasures(ofSubject: subject).digests
  }

  /// How many events a subject has, and where each of its erased digests is named: an erasure is told of the subject
  /// whose events it names.
  private func erasures(
    ofSubject subject: String
  ) throws(LedgerError) -> (version: Int64, digests: [String: Int64]) {
    let events = try events(ofSubject: subject)
    var digests: [String: Int64] = [:]
    for event in events where event.isErasure {
      for digest in event.view.texts("digests") { digests[digest] = event.position }
    }
    return (Int64(events.count), digests)
  }
}
