// What can go wrong with a ledger, for people and for programs.

public import LogStore
public import Milestones
public import Projections
public import TransparencyLog

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
  /// A file of the keys is missing, or is not what it must be.
  case key(path: String, reason: String)
  /// Another process signs with the keys, or changes them.
  case keysBusy(path: String)
  /// A file could not be read or written.
  case file(FileFailure)
  /// The log has fewer events than a checkpoint that was signed: it was put back from an old copy, or cut off.
  case rolledBack(path: String, size: Int64, signedSize: UInt64)
  /// The log has other events than a checkpoint that was signed vouches for.
  case forked(path: String, size: Int64, signedSize: UInt64, signed: MerkleHash, found: MerkleHash)
  /// A log is to be made under a name, with keys that have signed for another log of that name.
  case signedBefore(path: String, signedSize: UInt64)
  /// A copy cannot give the log what it lacks.
  case catchUp(CatchUpError)
  /// No proof can be made of what was asked for.
  case cannotProve(reason: String)
  /// Nothing can be told of the log with what was given.
  case cannotVerify(reason: String)
  /// The log was not published.
  case publishing(PublishError)
  /// What is published could not be read or written.
  case contents(ContentsError)
  /// The log failed.
  case log(LogError)
  /// The vault failed.
  case vault(VaultError)
  /// What is asked for is in the vault, and there is none.
  case noVault(path: String)
  /// The views failed.
  case views(ViewError)
  /// No event tells of the subject.
  case unknownSubject(String, like: [String])
  /// There is no event of that id or position.
  case noEvent(String)
  /// Nothing was known then, or nothing is known of then yet.
  case notKnown(reason: String)
  /// Nothing is known of what is to be erased.
  case nothingToErase(reason: String)
  /// What is to be erased cannot be.
  case cannotErase(reason: String)
  /// What is sealed is not handed over.
  case cannotDisclose(DisclosureRefusal)
  /// A backup cannot be made, or be used.
  case backup(BackupError)

  /// What changed was asked for from a later side to an earlier one.
  case backwards(from: String, to: String)

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
    case .keysBusy(let path): "\(path): another process signs, or changes the keys; try again in a moment"
    case .file(let failure): failure.description
    case .rolledBack(let path, let size, let signedSize):
      "\(path): has \(size) events, but a checkpoint of \(signedSize) was signed: it was put back from an old copy, or cut off. Until that is mended nothing is signed or recorded: bring back what is missing with annals catch-up FROM, a newer copy; if there is none, go on under a new origin (docs/checkpoints.md)"
    case .forked(let path, let size, let signedSize, let signed, let found):
      "\(path): its first \(signedSize) of \(size) events are not those of the last checkpoint that was signed (root \(found), signed \(signed)): it was altered, or put back from an old copy and then went another way. Until that is mended nothing is signed: put a copy that holds what was signed in its place; if there is none, go on under a new origin (docs/checkpoints.md)"
    case .signedBefore(let path, let signedSize):
      "\(path): a checkpoint of \(signedSize) events was signed for another log of this name; bring that log back, or make the new one under another origin and with other keys"
    case .catchUp(let error): error.description
    case .cannotProve(let reason): reason
    case .cannotVerify(let reason): reason
    case .publishing(let error): error.description
    case .contents(let error): error.description
    case .log(let error): error.description
    case .vault(let error): error.description
    case .noVault(let path):
      "\(path): there is no vault, and exact counts are made of nothing else; ask on the machine that holds it, or see the public counts with annals tally --released"
    case .views(let error): error.description
    case .unknownSubject(let subject, let like):
      "no event tells of \(subject)"
        + (like.isEmpty ? "" : "; did you mean \(like.joined(separator: " or "))?")
    case .nothingToErase(let reason): reason
    case .cannotErase(let reason): reason
    case .cannotDisclose(let refusal): refusal.description
    case .backup(let error): error.description
    case .noEvent(let reference): "there is no event \(reference)"
    case .notKnown(let reason): reason
    case .backwards(let from, let to):
      "the sides stand the wrong way round: \(from) comes after \(to); give the earlier side first"
    }
  }
}
