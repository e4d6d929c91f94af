// Checks a draft against the vocabulary: everything that is wrong with it is told at once, field by field.

internal import CanonicalJSON
internal import OrderedCollections

/// Checks drafts by a vocabulary.
public struct DraftChecker: Sendable {
  /// The vocabulary in force.
  public let vocabulary: Vocabulary

  /// Makes a checker.
  public init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// Checks a draft.
  ///
  /// - Parameter draft: what the client supplied.
  /// - Returns: the event, ready to be stamped.
  /// - Throws: ``DraftError`` with all that is wrong. Values of sealed fields are never in it.
  public func check(_ draft: Draft) throws(DraftError) -> CheckedEvent {
    let type = try self.type(of: draft)
    if type.correctedField != nil { return try checkAlone(draft, type) }
    var pass = CheckPass(type: type, vocabulary: vocabulary)
    return try pass.run(GatheredFields(draft))
  }

  /// Checks an event that corrects or retracts another.
  ///
  /// - Parameters:
  ///   - draft: what the client supplied; its target and subject looked up.
  ///   - context: how the target stands.
  ///   - resolve: looks up the events that the corrected event names in turn.
  /// - Returns: the event, ready to be stamped.
  /// - Throws: ``DraftError`` with all that is wrong, `JSONError` for what cannot be written, and what `resolve` throws.
  public func check(
    _ draft: Draft, amending context: AmendmentContext, resolve: @escaping (Draft) throws -> Draft = { $0 }
  ) throws -> CheckedEvent {
    let type = try self.type(of: draft)
    if type.correctedField != nil {
      var check = CorrectionCheck(type: type, vocabulary: vocabulary, context: context, resolve: resolve)
      return try check.run(draft)
    }
    if let hidden = HiddenTarget(of: context, vocabulary: vocabulary) {
      let problems = hidden.telltale(draft, as: type)
      if !problems.isEmpty { throw DraftError(problems) }
    }
    var pass = CheckPass(type: type, vocabulary: vocabulary)
    var event = try pass.run(GatheredFields(draft))
    event.amends = Amends(target: context.target.event.id, basis: try context.basis())
    return event
  }

  /// Checks what can be said of a correction without knowing what it corrects.
  private func checkAlone(_ draft: Draft, _ type: EventType) throws(DraftError) -> CheckedEvent {
    let parts = CorrectionDraft(draft)
    var problems = parts.problems
    if parts.new.entries.isEmpty && problems.isEmpty {
      problems.append(
        DraftProblem(field: "new", reason: "is missing; write new.FIELD=VALUE for what is to stand"))
    }
    var pass = CheckPass(type: type, vocabulary: vocabulary)
    let supplied = JSONObject(parts.new.entries.map { ($0.name, $0.value) })
    pass.supplies = (supplied, [])
    let own = parts.own.replacing("old", by: .object(parts.stored?.old ?? JSONObject()))
      .replacing("new", by: .object(parts.stored?.new ?? supplied))
    do {
      let event = try pass.run(GatheredFields(own))
      if problems.isEmpty { return event }
    } catch { problems += error.problems }
    throw DraftError(problems)
  }

  private func type(of draft: Draft) throws(DraftError) -> EventType {
    guard let name = draft.type else {
      throw DraftError("type", "is missing; annals vocabulary list shows all types")
    }
    guard let type = vocabulary.types[name] else {
      // Anything longer than a name may be words that were meant to be sealed.
      let isName =
        name.utf8.count <= 60
        && name.utf8.allSatisfy { ($0 | 0x20).isLowerLetter || $0 == .dot || $0 == .hyphen }
      throw DraftError(
        "type",
        (isName ? "there is no type \"\(name)\"" : "the first argument is not the name of a type")
          + Similar.hint(for: isName ? name : "", among: Array(vocabulary.types.keys))
          + " (annals vocabulary list shows all)")
    }
    if type.isByLedger {
      throw DraftError("type", "\(name) is appended by the ledger itself, never by hand")
    }
    if type.isErasure {
      throw DraftError(
        "type", "\(name) is never appended by hand: annals erase appends it, and erases what it names")
    }
    if let verb = type.unavailableVerb {
      let reason = "\(name) is in the vocabulary, but this version cannot \(verb) yet; nothing was recorded"
      throw DraftError([DraftProblem(field: "type", reason: reason, isNotAvailable: true)])
    }
    return type
  }
}
