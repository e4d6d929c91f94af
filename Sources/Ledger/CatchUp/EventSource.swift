// Where events can be had from that a log has lost: another copy of it, or what was published of it. What a source gives
// is checked, not believed.

internal import LogStore
internal import TransparencyLog

/// Why a copy cannot give a log what it lacks. Nothing was added then, unless it says so.
public enum CatchUpError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is nothing that events can be read from.
  case notACopy(path: String, reason: String)
  /// It is a copy of another log.
  case otherLog(path: String, origin: String, expected: String)
  /// It ends before the last checkpoint that was signed.
  case tooShort(path: String, size: Int64, signedSize: UInt64)
  /// From some event on, within so many, it holds others than this log, or than were signed.
  case goesAnotherWay(path: String, size: Int64, expected: String, found: String)
  /// It is published, but no key of this log vouches for it.
  case notSigned(path: String, reason: String)
  /// It does not hold the events that its own tree speaks of.
  case damaged(path: String, reason: String)

  /// One line: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .notACopy(let path, let reason):
      "\(path): \(reason); name a newer log.db of this ledger, or a directory that holds one or that annals publish wrote"
    case .otherLog(let path, let origin, let expected):
      "\(path): is a copy of \(origin), not of \(expected); name a copy of this ledger"
    case .tooShort(let path, let size, let signedSize):
      "\(path): has \(size) events, but a checkpoint of \(signedSize) was signed; name a newer copy"
    case .goesAnotherWay(let path, let size, let expected, let found):
      "\(path): its first \(size) events are not those of this log (root \(found), expected \(expected)); nothing was added. Name another copy"
    case .notSigned(let path, let reason):
      "\(path): its checkpoint is not to be believed (\(reason)); nothing was added. Name another copy, or put keys/ back from its newest backup"
    case .damaged(let path, let reason): "\(path): is damaged (\(reason)); name another copy"
    }
  }
}

/// An event as a source gives it.
struct SourceEvent {
  /// The bytes that stand in the log.
  let leaf: [UInt8]
  /// The digest of its draft; nil where the source does not know it, as published entries do not.
  let tag: ContentTag?
}

/// A copy of a log.
protocol EventSource {
  /// Where it lies, for messages.
  var path: String { get }
  /// The name of the log that it is a copy of.
  var origin: String { get }
  /// How many events it has.
  var size: Int64 { get }
  /// How many of its events a signature of the log vouches for, once ``verify(by:)`` has passed.
  var signedSize: Int64 { get }

  /// Passes if it is what it says of itself, as far as its form tells. To be called before anything else is read.
  ///
  /// - Parameter keys: the log's own keys.
  /// - Throws: ``LedgerError/catchUp(_:)`` if it is not, and what reading it throws.
  func verify(by keys: [VerifierKey]) throws(LedgerError)

  /// The root of its tree at a size, at most ``size``, by its own account.
  func root(atSize size: Int64) throws(LedgerError) -> MerkleHash

  /// Its events from a position on: `limit` of them, or fewer where it ends.
  func read(from position: Int64, limit: Int) throws(LedgerError) -> [SourceEvent]
}

/// A copy of a `log.db`.
struct LogCopy: EventSource {
  let path: String
  let origin: String
  let size: Int64
  /// A file is signed by nobody.
  let signedSize: Int64 = 0
  private let log: SQLiteLog

  init(path: String) throws(LedgerError) {
    self.path = path
    do {
      log = try SQLiteLog.open(at: path, access: .readOnly)
      size = try log.head().size
    } catch {
      switch error {
      case .notALog: throw .catchUp(.notACopy(path: path, reason: "is not an event log"))
      case .damaged(let detail): throw .catchUp(.damaged(path: path, reason: detail))
      default: throw .log(error)
      }
    }
    origin = try Beginning.opened(log, directory: path).origin
  }

  /// Nothing in a file vouches for its events: whoever catches up reads and compares them all.
  func verify(by keys: [VerifierKey]) throws(LedgerError) {}

  func root(atSize size: Int64) throws(LedgerError) -> MerkleHash {
    do { return try log.root(atSize: size) } catch { throw translated(error) }
  }

  func read(from position: Int64, limit: Int) throws(LedgerError) -> [SourceEvent] {
    do {
      return try log.read(from: position, limit: limit).map { SourceEvent(leaf: $0.leaf.bytes, tag: $0.tag) }
    } catch { throw translated(error) }
  }

  private func translated(_ error: LogError) -> LedgerError {
    switch error {
    case .gap, .damaged: .catchUp(.damaged(path: path, reason: "\(error)"))
    default: .log(error)
    }
  }
}
