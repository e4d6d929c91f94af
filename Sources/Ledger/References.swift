// Events that name other events: what they name is looked up before they are checked, so that what stands in the log
// is an id that leads somewhere, beside the subject it is about.

internal import CanonicalJSON
internal import LogStore
public import Milestones
internal import OrderedCollections
internal import Projections

extension Ledger {
  /// Checks a draft by the vocabulary in force.
  ///
  /// - Parameter draft: names other events by id or position.
  /// - Returns: the event, in which they are named by id.
  /// - Throws: ``LedgerError/draft(_:)`` and others.
  public func check(_ draft: Draft) throws(LedgerError) -> CheckedEvent {
    do { return try checked(draft, lookup: EventLookup(ledger: self)) } catch { throw LedgerError(error) }
  }

  /// The draft with the events that it names looked up: each by its id, its subject taken from the event.
  ///
  /// - Parameters:
  ///   - draft: as supplied.
  ///   - lookup: finds them.
  /// - Returns: the draft, unchanged if its type names no event.
  /// - Throws: `DraftError` for what leads nowhere; ``LedgerError`` if the ledger cannot be read.
  func resolved(_ draft: Draft, lookup: EventLookup) throws -> Draft {
    guard let type = draft.type.flatMap({ vocabulary.types[$0] }), !type.isByLedger else { return draft }
    for effect in type.effects {
      switch effect {
      case .prefer(let account, let claim):
        return try preferring(draft, accountField: account, claimField: claim, lookup: lookup)
      case .attach(let field):
        return try attaching(draft, type, targetField: field, lookup: lookup)
      default: continue
      }
    }
    return draft
  }

  private func preferring(
    _ draft: Draft, accountField: String, claimField: String, lookup: EventLookup
  ) throws -> Draft {
    var draft = draft
    // The claim of the accounts, not one that this event would be an account of.
    if let claim = draft.first("claim") {
      draft = draft.replacing("claim", by: nil).replacing(claimField, by: .string(claim))
    }
    guard let reference = draft.first(accountField) else {
      guard let claim = draft.first(claimField) else {
        throw DraftError(
          accountField,
          "is missing; write \(accountField)=ID (or position) for the account that is to count, or only claim=KEY to prefer none any more"
        )
      }
      let known = try answer(on: nil) { snapshot, _ in try snapshot.firstAccount(ofClaim: claim) }.content
      guard let subject = try known?.subject ?? lookup.pendingAccount(ofClaim: claim)?.subject else {
        throw DraftError(claimField, "no event has the claim \"\(claim)\" (annals disputes lists them)")
      }
      if draft.first("subject") == nil { draft.add("subject", .string(subject)) }
      return draft
    }
    let target = try named(reference, in: accountField, lookup: lookup)
    let standing = try lookup.amendments(ofSubject: target.subject).standing(of: target).event
    guard let claim = standing.claim else {
      throw DraftError(
        accountField, "\(target.id) is no account of a claim, so nothing can be preferred to it")
    }
    if let told = draft.first(claimField), !told.utf8.elementsEqual(claim.utf8) {
      throw DraftError(claimField, "is \"\(told)\", but \(target.id) is an account of \"\(claim)\"")
    }
    return try about(
      target, accountField,
      draft.replacing(accountField, by: .string(target.id)).replacing(claimField, by: .string(claim)))
  }

  /// The subject of an event about an event is that event's.
  func about(_ target: EventView, _ field: String, _ draft: Draft) throws(DraftError) -> Draft {
    guard let subject = draft.first("subject") else {
      var draft = draft
      draft.add("subject", .string(target.subject))
      return draft
    }
    guard subject.utf8.elementsEqual(target.subject.utf8) else {
      throw DraftError(
        "subject",
        "is \(subject), but the event that \(field) names is told of \(target.subject); leave it out")
    }
    return draft
  }

  func named(_ reference: String, in field: String, lookup: EventLookup) throws -> EventView {
    if let event = try lookup.event(reference) { return event }
    throw DraftError(
      field, "there is no event \"\(reference)\"; name one by its id or its position (annals timeline)")
  }

  // MARK: Evidence and its checks

  /// Evidence for an event or a subject; or a later look whether evidence is still what it was.
  private func attaching(
    _ draft: Draft, _ type: EventType, targetField: String, lookup: EventLookup
  ) throws -> Draft {
    var draft = draft
    var target: EventView?
    if let reference = draft.first(targetField) {
      let event = try named(reference, in: targetField, lookup: lookup)
      draft = try about(event, targetField, draft.replacing(targetField, by: .string(event.id)))
      target = event
    }
    guard type.fields["check"] != nil, let result = draft.first("check"), let subject = draft.first("subject")
    else { return draft }
    let problems = FixityCheck(
      result: result, draft: draft, known: try lookup.sources(of: target, subject: subject),
      whose: target?.id ?? subject
    ).problems
    if !problems.isEmpty { throw DraftError(problems) }
    return draft
  }
}
