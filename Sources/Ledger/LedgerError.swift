// What can go wrong with a ledger, for people and for programs.

public import LogStore
public import Milestones
public import Projections

/// A failure of a ledger. Nothing was half written when one is thrown.
public enum LedgerError: Error, Sendable, CustomStringConvertible {
  /// There is no ledger in the directory.
  case noLedger(directory: String)
  /// A ledger, or something else, stands there already.
  case cannotCreate(path: String, reason: String)
  /// The directory holds a log whose opening was never finished.
  case unfinished(directory: String)
  /// The log was written by a newer version, or begins with something else than `ledger.opened`.
  case unreadableBeginning(reason: String)
  /// The ledger's vocabulary cannot be read.
  case vocabulary(VocabularyError)
  /// A vocabulary file that was given cannot be used.
  case vocabularyFile(VocabularyError)
  /// A vocabulary was given that changes what it must not; never empty.
  case changeRefused([RefusedChange])
  /// Another vocabulary was adopted while this one was looked at.
  case otherAdoption
  /// The draft is not accepted.
  case draft(DraftError)
  /// The id is taken by an event with other content.
  case idReused(id: String, position: Int64)
  /// The subject has another number of events than `--expect` says.
  case unexpectedVersion(subject: String, expected: Int64, actual: Int64)
  /// The key of the content tags is missing or unreadable.
  case key(path: String, reason: String)
  /// The log failed.
  case log(LogError)
  /// The vault failed.
  case vault(VaultError)
  /// The views failed.
  case views(ViewError)
  /// No event tells of the subject.
  case unknownSubject(String, like: [String])
  /// There is no event of that id or position.
  case noEvent(String)

  /// One line: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noLedger(let directory):
      "there is no ledger in \(directory); make one with annals init DIR, or name one with --ledger DIR"
    case .cannotCreate(let path, let reason): "\(path): cannot create a ledger here: \(reason)"
    case .unfinished(let directory):
      "\(directory): the ledger was never opened; run annals init \(directory) again to finish it"
    case .unreadableBeginning(let reason): "the ledger cannot be read: \(reason)"
    case .vocabulary(let error): "the ledger's vocabulary cannot be read: \(error)"
    case .vocabularyFile(let error): error.description
    case .changeRefused(let changes): changes.map(\.description).joined(separator: "; ")
    case .otherAdoption:
      "another vocabulary was adopted meanwhile, and nothing of this one; look at annals vocabulary list, then adopt again"
    case .draft(let error): error.description
    case .idReused(let id, let position):
      "id: \(id) is taken by another event, at position \(position); an id stands for one event for ever"
    case .unexpectedVersion(let subject, let expected, let actual):
      "\(subject) has \(actual) events, not \(expected): somebody else appended to it; look at annals show \(subject), then decide again"
    case .key(let path, let reason): "\(path): \(reason)"
    case .log(let error): error.description
    case .vault(let error): error.description
    case .views(let error): error.description
    case .unknownSubject(let subject, let like):
      "no event tells of \(subject)"
        + (like.isEmpty ? "" : "; did you mean \(like.joined(separator: " or "))?")
    case .noEvent(let reference): "there is no event \(reference)"
    }
  }
}
