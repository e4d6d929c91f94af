// Events that name other events: what they name is looked up before they are checked, so that what stands in the log
// is an id that leads somewhere, beside the subject it is about.

internal import CanonicalJSON
internal import LogStore
public import Milestones
internal import OrderedCollections
internal import Projections

/// What an event that is named has to tell.
struct NamedEvent {
  let id: String
  let subject: String
  let claim: String?
}

/// How an event can be named among those that are about to be recorded.
enum PendingName {
  /// By its id.
  case id(String)
  /// As the first account of a claim.
  case claim(String)
}

extension Ledger {
  /// Checks a draft by the vocabulary in force.
  ///
  /// - Parameter draft: names other events by id or position.
  /// - Returns: the event, in which they are named by id.
  /// - Throws: ``LedgerError/draft(_:)`` and others.
  public func check(_ draft: Draft) throws(LedgerError) -> CheckedEvent {
    do {
      let resolved = try resolved(draft) { _ in nil }
      return try DraftChecker(vocabulary: vocabulary).check(resolved)
    } catch { throw LedgerError(error) }
  }

  /// The draft with the events that it names looked up: each by its id, its subject taken from the event.
  ///
  /// - Parameters:
  ///   - draft: as supplied.
  ///   - pending: finds an event that is about to be recorded before it.
  /// - Returns: the draft, unchanged if its type names no event.
  /// - Throws: `DraftError` for what leads nowhere; ``LedgerError`` if the ledger cannot be read.
  func resolved(_ draft: Draft, pending: (PendingName) -> NamedEvent?) throws -> Draft {
    guard let type = draft.type.flatMap({ vocabulary.types[$0] }), !type.isByLedger else { return draft }
    for effect in type.effects {
      switch effect {
      case .prefer(let account, let claim):
        return try preferring(draft, accountField: account, claimField: claim, pending: pending)
      case .attach(let field):
        guard let reference = draft.first(field) else { continue }
        let target = try named(reference, in: field, pending: pending)
        return try about(target, field, draft.replacing(field, by: .string(target.id)))
      default: continue
      }
    }
    return draft
  }

  private func preferring(
    _ draft: Draft, accountField: String, claimField: String, pending: (PendingName) -> NamedEvent?
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
      guard let subject = known?.subject ?? pending(.claim(claim))?.subject else {
        throw DraftError(claimField, "no event has the claim \"\(claim)\" (annals disputes lists them)")
      }
      if draft.first("subject") == nil { draft.add("subject", .string(subject)) }
      return draft
    }
    let target = try named(reference, in: accountField, pending: pending)
    guard let claim = target.claim else {
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
  private func about(_ target: NamedEvent, _ field: String, _ draft: Draft) throws(DraftError) -> Draft {
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

  private func named(
    _ reference: String, in field: String, pending: (PendingName) -> NamedEvent?
  ) throws -> NamedEvent {
    if let event = pending(.id(reference)) { return event }
    do {
      let event = try EventView(leaf: self.event(reference).leaf)
      return NamedEvent(id: event.id, subject: event.subject, claim: event.claim)
    } catch LedgerError.noEvent {
      throw DraftError(
        field, "there is no event \"\(reference)\"; name one by its id or its position (annals timeline)")
    }
  }
}
