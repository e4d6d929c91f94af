// Corrections and retractions: checked against how their target stands, and once more under the log's lock.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import OrderedCollections

extension Ledger {
  /// Checks a draft, of whatever type.
  ///
  /// - Parameters:
  ///   - draft: as supplied.
  ///   - lookup: finds the events that it names.
  /// - Returns: the event, in which they are named by id.
  /// - Throws: `DraftError` for what is wrong with it; ``LedgerError`` and others if the ledger cannot be read.
  func checked(_ draft: Draft, lookup: EventLookup) throws -> CheckedEvent {
    let checker = DraftChecker(vocabulary: vocabulary)
    guard let type = draft.type.flatMap({ vocabulary.types[$0] }), !type.isByLedger,
      let field = type.amendedField, let reference = draft.first(field)
    else { return try checker.check(resolved(draft, lookup: lookup)) }
    let target = try named(reference, in: field, lookup: lookup)
    try requireAmendable(target, field, by: type)
    let resolved = try about(target, field, draft.replacing(field, by: .string(target.id)))
    func check(before amendment: String? = nil) throws -> CheckedEvent {
      let context = try lookup.context(of: target, before: amendment)
      if type.retractedField != nil, let retraction = context.target.retraction {
        throw DraftError(
          field,
          "\(target.id) is retracted already, by \(retraction); nothing would change (to bring it back, retract \(retraction))"
        )
      }
      return try checker.check(resolved, amending: context) { try self.resolved($0, lookup: lookup) }
    }
    // An event that is there is compared with how its target stood when it was recorded.
    if let id = draft.first("id"), try lookup.event(id) != nil { return try check(before: id) }
    do {
      return try check()
    } catch let error as DraftError {
      if let event = try alreadyRecorded(about: target, type, lookup, check) { return event }
      throw error
    }
  }

  /// A draft without an id that cannot be recorded may be one that was: then it is the event that stands there.
  private func alreadyRecorded(
    about target: EventView, _ type: EventType, _ lookup: EventLookup,
    _ check: (String?) throws -> CheckedEvent
  ) throws -> CheckedEvent? {
    let key = try tagKey()
    let amendments = try lookup.amendments(ofSubject: target.subject)
    for other in amendments.about(target).reversed() where other.type.utf8.elementsEqual(type.name.utf8) {
      guard let event = try? check(other.id), let id = try? EventID(other.id) else { continue }
      if let stored = try lookup.stored(other.id) {
        if stored.tag == key.tag(of: event) { return event.withID(id) }
      } else if let pending = lookup.supplied(other.id), pending == event.suppliedBytes {
        return event.withID(id)
      }
    }
    return nil
  }

  private func requireAmendable(_ target: EventView, _ field: String, by type: EventType) throws(DraftError) {
    guard let amended = vocabulary.types[target.type] else {
      throw DraftError(field, "\(target.id) is of the type \(target.type), which the vocabulary lacks")
    }
    guard amended.isBeyondAmending else { return }
    let verb = type.correctedField == nil ? "retracted" : "corrected"
    let isConsent = amended.effects.contains { if case .consent = $0 { true } else { false } }
    let isErasure = amended.effects.contains { if case .erase = $0 { true } else { false } }
    let advice =
      if isConsent {
        "append another consent.changed that says what the person wants"
      } else if isErasure {
        "what was erased is gone"
      } else {
        "what the ledger itself recorded stands"
      }
    throw DraftError(field, "\(target.id) is \(amended.name), which cannot be \(verb): \(advice)")
  }

  // MARK: Under the log's lock

  /// Passes if an amendment's target stands as it stood when the amendment was checked.
  ///
  /// - Parameters:
  ///   - event: an event of a batch; passes if it amends none.
  ///   - index: its place in the batch.
  ///   - lookup: knows the events ahead of it in the batch.
  /// - Throws: `StampFailure`, and what reading the log throws.
  func requireUnchanged(_ event: CheckedEvent, at index: Int, lookup: EventLookup) throws {
    guard let field = event.type.amendedField else { return }
    func failure(_ reason: String) -> StampFailure {
      StampFailure(
        index: index, reason: DraftError([DraftProblem(field: field, reason: reason, isConflict: true)]))
    }
    guard let amends = event.amends else {
      throw failure("was not compared with the event that it names")
    }
    guard let target = try lookup.event(amends.target) else {
      throw failure("there is no event \"\(amends.target)\", or it was refused")
    }
    guard try lookup.context(of: target).basis() == amends.basis else {
      throw failure(
        "somebody else corrected or retracted \(amends.target) meanwhile; look at it, then decide again")
    }
  }
}
