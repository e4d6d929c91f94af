// Handing disclosures over, and the register of it.

internal import CanonicalJSON
internal import Foundation
internal import LogStore
internal import Logging
internal import Milestones

extension Ledger {
  /// Hands sealed fields of an event over: writes a file that its holder can check against the public log, and notes in
  /// the register in the vault to whom it went.
  ///
  /// It is noted first and written then. Where the file cannot be written the entry is taken back; whatever happens in
  /// between, nothing was handed over that is not noted.
  ///
  /// - Parameters:
  ///   - reference: the event's id or position.
  ///   - recipient: who receives it, in a line.
  ///   - fields: the names of the fields; nil for all that are sealed in the event.
  ///   - path: the file, which must not be there yet; its owner alone can read it.
  ///   - beyondConsent: whether to hand over also what the consent that was given does not allow.
  ///   - recorder: who does it.
  /// - Returns: the entry of the register.
  /// - Throws: ``LedgerError/cannotDisclose(_:)`` and others; nothing was handed over then.
  public func handOver(
    _ reference: String, to recipient: String, fields: [String]? = nil, into path: String,
    beyondConsent: Bool = false, recorder: String
  ) throws(LedgerError) -> Handover {
    let recipient = try Recipient(recipient)
    try refreshVocabulary()
    let (position, leaf) = try event(reference)
    guard hasVault else { throw .cannotDisclose(.noVault(path: paths.vault)) }
    do {
      let view = try EventView(leaf: leaf)
      guard view.isSealed else { throw DisclosureRefusal.nothingSealed(position: position) }
      let proof = try prove("\(position)")
      let vault = try vault()
      var disclosed: [DisclosedField] = []
      // Under the lock of the log no erasure and no consent is recorded between the look and the note.
      let entry = try log.withWriteLock { head in
        let own = try events(ofSubject: view.subject)
        let consent = ConsentTold(
          try ConsentLookup(ledger: self) { try? vault.content(at: $0) }.consent(of: view.subject, own),
          on: try countingDay())
        let register = try erasedDigests(ofSubject: view.subject)
        return try vault.note(at: position) { content in
          let found = EventDisclosures(
            MeantEvent(position: position, view: view), content, erased: register, consent, isShown: true)
          let chosen = try Self.chosen(found, named: fields)
          let beyond = chosen.filter { !$0.lacking.isEmpty }
          guard beyondConsent || beyond.isEmpty else {
            throw DisclosureRefusal.beyondConsent(
              position: position, beyond.map { ($0.name, $0.lacking) })
          }
          disclosed = chosen.compactMap { content.field($0.name) }
          return Handover(
            number: 0,
            time: RecordedTime(milliseconds: max(clock(), head.lastRecordedMilliseconds ?? .min)),
            position: position, recipient: recipient.text, recorder: recorder, fields: chosen.map(\.name),
            digests: chosen.map(\.digest), isBeyondConsent: !beyond.isEmpty)
        }
      }
      let file = DisclosureFile(
        origin: origin, position: position, leaf: leaf, disclosures: disclosed.map(\.encoded),
        proof: proof.bytes, recipient: recipient.text, handedOver: entry.time.description,
        number: entry.number)
      do {
        try SecretFile.write(file.serialized(), to: path)
      } catch {
        try? vault.takeBack(entry)
        throw error
      }
      logger.debug("disclosures of position \(position) were handed over, entry \(entry.number)")
      return entry
    } catch let refusal as DisclosureRefusal { throw .cannotDisclose(refusal) } catch {
      throw LedgerError(error)
    }
  }

  /// The fields that are meant, all of them there.
  private static func chosen(
    _ found: EventDisclosures, named names: [String]?
  ) throws(DisclosureRefusal) -> [EventDisclosures.Field] {
    switch found.state {
    case .erased: throw .erased(position: found.position, at: found.erasedAt)
    case .missing, .altered, .withheld: throw .notWhole(position: found.position)
    case .present: break
    }
    guard let names else {
      guard !found.fields.isEmpty else { throw .nothingSealed(position: found.position) }
      return found.fields
    }
    var chosen: [EventDisclosures.Field] = []
    for name in names where !chosen.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      guard let field = found.fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw .noField(name, position: found.position, known: found.fields.map(\.name))
      }
      chosen.append(field)
    }
    return chosen
  }

  // MARK: The register

  /// What was handed over, in the order in which it was, each with where the log tells that it was erased since.
  ///
  /// - Parameter reference: the event's id or position; nil for all events.
  /// - Returns: the entries, and for each the position of the erasure; nil if there is none.
  /// - Throws: ``LedgerError``.
  public func handovers(
    of reference: String? = nil
  ) throws(LedgerError) -> [(entry: Handover, erasedAt: Int64?)] {
    let position = try reference.map { reference throws(LedgerError) in try event(reference).position }
    guard hasVault else { throw .cannotDisclose(.noVault(path: paths.vault)) }
    do {
      var registers: [String: [String: Int64]] = [:]
      return try vault().register(at: position.map { [$0] }).map { entry in
        let subject = try EventView(leaf: event("\(entry.position)").leaf).subject
        let register = try registers[subject] ?? erasedDigests(ofSubject: subject)
        registers[subject] = register
        return (entry, entry.digests.compactMap { register[$0] }.max())
      }
    } catch { throw LedgerError(error) }
  }

  /// What had been handed over of disclosures that are erased: it cannot be called back.
  func handovers(of targets: [ErasurePlan.Target]) -> [Handover] {
    guard hasVault, !targets.isEmpty else { return [] }
    let digests = Set(targets.flatMap(\.digests))
    let entries = try? vault().register(at: Set(targets.map(\.position)))
    return (entries ?? []).filter { !digests.isDisjoint(with: $0.digests) }
  }
}
