// What can go wrong with a log: typed, with what was expected and what was found. Each error has one line for
// people that says what is wrong and what to do, and never holds SQL or the values of an event.

/// A failure of a log. When an append throws one, nothing was appended, save for ``outcomeUnknown(reason:)``.
public enum LogError: Error, Sendable, Equatable {
  /// Some proposals are refused; all of them are named, in ascending order of their indices.
  case refused([Refusal])
  /// The log does not have the size that the append asks for.
  case unexpectedSize(expected: Int64, actual: Int64)
  /// `stamp` did not return one leaf for each new proposal.
  case wrongLeafCount(expected: Int, found: Int)
  /// `stamp` gave the proposal at this index another subject than the proposal names.
  case subjectDiffers(index: Int)
  /// The leaf for the proposal at this index has more than ``Leaf/maximumBytes`` bytes.
  case leafTooLarge(index: Int, bytes: Int)
  /// A column of the leaf for the proposal at this index is empty, too long or holds a NUL.
  case invalidColumn(index: Int, column: String, bytes: Int)
  /// The leaf for the proposal at this index was recorded before the event ahead of it.
  case recordedGoesBack(index: Int, previousMilliseconds: Int64, foundMilliseconds: Int64)

  /// Another writer holds the log.
  case busy(waitedMilliseconds: Int)
  /// The engine failed while it committed: the events are in the log, or they are not.
  case outcomeUnknown(reason: String)
  /// The engine cannot be reached at present.
  case unavailable(reason: String)

  /// There is no file, or no directory for it.
  case notFound(path: String)
  /// A log cannot be created where something stands already.
  case alreadyExists(path: String)
  /// It is something else than a log.
  case notALog(path: String)
  /// The log was written by a newer version of this software.
  case newerFormat(path: String, found: Int64, supported: Int64)
  /// The log was written by an earlier version, in a format that is read no more.
  case olderFormat(path: String, found: Int64, supported: Int64)
  /// Writing was asked for, but the file or its directory cannot be written, or it was opened for reading.
  case readOnly(path: String)
  /// There is no space left for the log.
  case diskFull(path: String)
  /// The file system denies access.
  case permission(path: String)

  /// A position that must be there is missing.
  case gap(position: Int64)
  /// The log breaks one of its own rules.
  case damaged(detail: String)
  /// The file system or the engine failed.
  case io(detail: String)

  /// True if the same call may succeed later with nothing else changed.
  public var isRetryable: Bool {
    switch self {
    case .busy, .outcomeUnknown, .unavailable: true
    default: false
    }
  }
}

/// One proposal that an append refuses.
public struct Refusal: Sendable, Equatable {
  /// Why a proposal is refused.
  public enum Reason: Sendable, Equatable {
    /// The id stands at this position, with other content.
    case idReused(position: Int64)
    /// The id stands further ahead in the same batch, with other content.
    case idRepeated(firstIndex: Int)
    /// The subject does not have the number of events that the writer has seen. `actual` counts those that
    /// stand ahead in the same batch.
    case unexpectedVersion(expected: Int64, actual: Int64)
  }

  /// The index of the proposal in the batch, from 0.
  public let index: Int
  /// Why it is refused.
  public let reason: Reason

  /// Refuses a proposal.
  public init(index: Int, reason: Reason) {
    self.index = index
    self.reason = reason
  }
}

extension Refusal: CustomStringConvertible {
  /// One line for people.
  public var description: String {
    switch reason {
    case .idReused(let position):
      "event \(index) of the batch: its id stands at position \(position) with other content"
    case .idRepeated(let firstIndex):
      "event \(index) of the batch: its id is that of event \(firstIndex), with other content"
    case .unexpectedVersion(let expected, let actual):
      "event \(index) of the batch: its subject has \(actual) events, not \(expected)"
    }
  }
}

extension LogError: CustomStringConvertible {
  /// One line for people: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .refused(let refusals): Self.describe(refusals)
    case .unexpectedSize(let expected, let actual):
      "the log has \(actual) events, not \(expected): read what is new, then decide again"
    case .wrongLeafCount(let expected, let found):
      "\(expected) events were to be stamped, but \(found) leaves came back: this is a defect of the caller"
    case .subjectDiffers(let index):
      "event \(index) of the batch was stamped with another subject: this is a defect of the caller"
    case .leafTooLarge(let index, let bytes):
      "event \(index) of the batch has \(bytes) bytes, the limit is \(Leaf.maximumBytes): shorten it"
    case .invalidColumn(let index, let column, let bytes):
      "event \(index) of the batch: its \(column) (\(bytes) bytes) is empty, too long or holds a NUL"
    case .recordedGoesBack(let index, let previous, let found):
      "event \(index) of the batch is stamped \(found) ms, before the event ahead of it (\(previous) ms)"
    case .busy(let waited):
      "another writer holds the log (waited \(waited) ms): try again"
    case .outcomeUnknown(let reason):
      "the log failed while it committed (\(reason)), so the events may or may not be in it: "
        + "append the same events again, none will be there twice"
    case .unavailable(let reason): "the log cannot be reached at present: \(reason); try again"
    case .notFound(let path): "\(path): there is no such file or directory"
    case .alreadyExists(let path): "\(path): stands there already; a log is only created where nothing is"
    case .notALog(let path): "\(path): is not an event log"
    case .newerFormat(let path, let found, let supported):
      "\(path): has format \(found), this version reads up to format \(supported): use a newer version"
    case .olderFormat(let path, let found, let supported):
      "\(path): has format \(found), of an earlier version; this one reads format \(supported) alone: "
        + "make a new ledger and import its events there"
    case .readOnly(let path):
      "\(path): it, or its directory, is open for reading only: make both writable, or work on a full copy"
    case .diskFull(let path): "\(path): the disk is full, nothing was appended: make space, then try again"
    case .permission(let path): "\(path): permission denied: ask its owner for access"
    case .gap(let position): "position \(position) is missing: restore the log from a verified copy"
    case .damaged(let detail): "the log is damaged (\(detail)): restore it from a verified copy"
    case .io(let detail): "the log could not be read or written (\(detail)): check the disk"
    }
  }

  /// How many refusals the line for people spells out.
  private static let spelledRefusalCount = 3

  private static func describe(_ refusals: [Refusal]) -> String {
    let spelled = refusals.prefix(spelledRefusalCount).map(\.description).joined(separator: "; ")
    let rest = refusals.count - min(refusals.count, spelledRefusalCount)
    return "nothing was appended: \(spelled)" + (rest > 0 ? "; and \(rest) more" : "")
  }
}
