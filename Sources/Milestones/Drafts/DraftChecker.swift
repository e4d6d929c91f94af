// Checks a draft against the vocabulary: everything that is wrong with it is told at once, field by field.

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
    var pass = CheckPass(type: type, vocabulary: vocabulary)
    return try pass.run(GatheredFields(draft))
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
