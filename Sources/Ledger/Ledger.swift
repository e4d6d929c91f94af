// The one type a caller needs: a ledger on disk, opened.

internal import CanonicalJSON
internal import Codes
internal import Crypto
internal import Dispatch
internal import Foundation
internal import LogStore
internal import Logging
public import Milestones
internal import OrderedCollections
public import Projections
internal import Synchronization
internal import TransparencyLog

/// A ledger: its log, its vault, its views and the vocabulary in force.
///
/// ```swift
/// let ledger = try Ledger.open("my-ledger")
/// let event = try ledger.check(Draft(type: "bill.introduced", arguments: ["subject=measure:us-115-hr4396", …]))
/// let position = try ledger.append(event, recorder: "m.reyes").position
/// let rows = try ledger.status(.country("US")).content
/// ```
public final class Ledger: Sendable {
  /// Where its parts lie.
  public let paths: LedgerPaths
  /// The log's name.
  public let origin: String
  /// Counts under this number are never released.
  public let floor: Int64
  /// Whether it can only be read, because its directory cannot be written.
  public let isReadOnly: Bool

  let log: SQLiteLog
  /// The vocabulary in force, as this ledger knows it: another process may adopt a later one (``refreshVocabulary()``).
  let inForce: Mutex<Beginning.InForce>
  /// A size of the log at which that vocabulary was in force.
  let sizeInForce = Mutex<Int64>(-1)
  /// Opened by the first question or append: events can be recorded whatever state the views are in.
  private let openedViews = Mutex<ViewStore?>(nil)
  let clock: @Sendable () -> Int64
  let busyTimeoutMilliseconds: Int
  /// Brings the views forward after single appends, one after the other.
  let viewQueue = DispatchQueue(label: "annals.views")
  /// Whether that is to be done yet, and what went wrong the last time.
  let lateViews = Mutex<(isWaiting: Bool, warning: String?)>((false, nil))
  /// The state of the vault's file in which nothing was found that has no event.
  let sweptVault = Mutex<Vault.FileState?>(nil)
  /// The gate before the log, made when it is first needed.
  let gateKept = Mutex<KeptGate?>(nil)
  /// Why nothing may be read from the vault or written to it: it may hold what the log says is erased.
  let vaultFailure = Mutex<LedgerError?>(nil)
  /// Consents that were taken back, as of the last look, if something is still there that they were given for.
  let pendingWithdrawals = Mutex<[ErasureScan.Withdrawal]>([])
  /// The size of the last checkpoint that was signed, as of opening; nil where the keys are not at hand.
  let signedSize: UInt64?
  /// The checkpoint that the last proof was made in.
  let provedIn = Mutex<ProvedIn?>(nil)
  /// Is told of work on the views that takes longer than a moment.
  private let watchViews: @Sendable (ViewProgress) -> Void
  let logger = Logger(label: "annals")

  /// The vocabulary in force.
  public var vocabulary: Vocabulary { inForce.withLock { $0.vocabulary } }

  /// How long a writer waits for another, unless told otherwise.
  public static let busyTimeoutMillisecondsDefault = 10_000

  /// The time in milliseconds since 1970-01-01T00:00:00Z.
  public static let systemClock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }

  // MARK: Opening

  /// Opens a ledger, for writing where that is possible.
  ///
  /// - Parameters:
  ///   - directory: the ledger's directory.
  ///   - keys: where the keys lie, if not in the ledger.
  ///   - busyTimeoutMilliseconds: how long to wait for another writer.
  ///   - clock: the ledger's clock.
  ///   - watchingViews: is told of work on the views that takes longer than a moment, by whichever call does it.
  /// - Returns: the ledger, its views not yet brought up to date.
  /// - Throws: ``LedgerError``.
  public static func open(
    _ directory: String, keys: String? = nil,
    busyTimeoutMilliseconds: Int = busyTimeoutMillisecondsDefault,
    clock: @escaping @Sendable () -> Int64 = systemClock,
    watchingViews: @escaping @Sendable (ViewProgress) -> Void = { _ in }
  ) throws(LedgerError) -> Ledger {
    let paths = LedgerPaths(directory: directory, keys: keys)
    let (log, isReadOnly) = try openLog(paths, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    return try Ledger(
      paths: paths, log: log, isReadOnly: isReadOnly, busyTimeoutMilliseconds: busyTimeoutMilliseconds,
      clock: clock, watchingViews: watchingViews)
  }

  private static func openLog(
    _ paths: LedgerPaths, busyTimeoutMilliseconds: Int
  ) throws(LedgerError) -> (SQLiteLog, isReadOnly: Bool) {
    do {
      return (try SQLiteLog.open(at: paths.log, busyTimeoutMilliseconds: busyTimeoutMilliseconds), false)
    } catch {
      switch error {
      case .notFound: throw .noLedger(directory: paths.directory)
      case .readOnly:
        do {
          return (
            try SQLiteLog.open(
              at: paths.log, access: .readOnly, busyTimeoutMilliseconds: busyTimeoutMilliseconds), true
          )
        } catch { throw .log(error) }
      default: throw .log(error)
      }
    }
  }

  private init(
    paths: LedgerPaths, log: SQLiteLog, isReadOnly: Bool, busyTimeoutMilliseconds: Int,
    clock: @escaping @Sendable () -> Int64, watchingViews: @escaping @Sendable (ViewProgress) -> Void
  ) throws(LedgerError) {
    self.paths = paths
    self.log = log
    self.isReadOnly = isReadOnly
    self.clock = clock
    watchViews = watchingViews
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    (origin, floor) = try Beginning.opened(log, directory: paths.directory)
    let found = try Beginning.vocabulary(log)
    inForce = Mutex(found)
    signedSize = SigningKeys(paths: paths, origin: origin).signedSize
    try holdVaultOnOpening()
    logger.debug("opened \(paths.directory), vocabulary \(found.vocabulary.digest.prefix(12))")
  }

  /// The views; in memory where nothing can be written.
  func views() throws(ViewError) -> ViewStore {
    do {
      return try openedViews.withLock { opened in
        if let opened { return opened }
        let views = try ViewStore(
          path: isReadOnly ? nil : paths.views, vocabulary: vocabulary,
          busyTimeoutMilliseconds: busyTimeoutMilliseconds,
          watch: { [logger, watchViews] progress in
            logger.debug("views: \(progress.done) of \(progress.total) events projected")
            watchViews(progress)
          })
        opened = views
        return views
      }
    } catch let error as ViewError { throw error } catch { throw .cannotOpen(path: paths.views) }
  }

  /// Reads the vocabulary in force anew if another was adopted since. Views by the former one are let go of.
  ///
  /// - Throws: ``LedgerError``.
  func refreshVocabulary() throws(LedgerError) {
    let known = inForce.withLock { $0.manifestVersion }
    do {
      guard try log.version(ofSubject: LedgerEvents.manifestSubject) != known else { return }
    } catch { throw .log(error) }
    let found = try Beginning.vocabulary(log)
    let isOther = inForce.withLock { inForce in
      defer { inForce = found }
      return inForce.vocabulary.digest != found.vocabulary.digest
    }
    guard isOther else { return }
    openedViews.withLock { $0 = nil }
    logger.debug("vocabulary \(found.vocabulary.digest.prefix(12)) is in force")
  }
}

extension LedgerError {
  init(_ error: any Error) {
    switch error {
    case let error as LedgerError: self = error
    case let error as LogError: self = .log(error)
    case let error as VaultError: self = .vault(error)
    case let error as DisclosureRefusal: self = .cannotDisclose(error)
    case let error as BackupError: self = .backup(error)
    case let error as ViewError: self = .views(error)
    case let error as DraftError: self = .draft(error)
    case let error as VocabularyError: self = .vocabulary(error)
    case PublishError.files(let error): self.init(error)
    case let error as PublishError: self = .publishing(error)
    case let error as ContentsError:
      self = (error.underlying as? LogError).map { .log($0) } ?? .contents(error)
    case let error as TreeError: self = .log(LogError(error))
    case let error as FileFailure: self = .file(error)
    default: self = .unreadableBeginning(reason: "\(error)")
    }
  }
}
