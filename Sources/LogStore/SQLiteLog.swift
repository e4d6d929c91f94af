// The log on SQLite: one file in WAL mode, one connection that writes and as many that read as there are
// readers at once.

internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization
internal import TransparencyLog

/// An event log in one SQLite file.
///
/// ```swift
/// let log = try SQLiteLog.create(at: "/srv/ledger/log.db")
/// let outcomes = try log.append([proposal], expectedSize: nil) { head, new in [leaf] }
/// ```
///
/// A log may be open any number of times, in any number of processes on one machine. Each writes with
/// `BEGIN IMMEDIATE` and waits for the others no longer than its busy timeout, then throws
/// ``LogError/busy(waitedMilliseconds:)``. Each commit is forced to the disk (`synchronous=FULL`) before
/// append returns. The file itself refuses to have an event changed, replaced or removed, whoever asks.
/// While a log is open, `-wal` and `-shm` files stand beside it and belong to it. Not for network file
/// systems: WAL needs memory shared between the processes.
public final class SQLiteLog: EventLog {
  /// What a log is opened for.
  public enum Access: Sendable {
    /// Reading and appending.
    case readWrite
    /// Reading. A log without a `-wal` file opens so even where nothing can be written; it must then stay
    /// unchanged for as long as it is open.
    case readOnly
  }

  /// How long a writer waits for another unless told otherwise.
  public static let defaultBusyTimeoutMilliseconds = 10_000

  /// The file.
  public let path: String
  /// How long an append waits for another writer before it throws ``LogError/busy(waitedMilliseconds:)``.
  public let busyTimeoutMilliseconds: Int

  let readers: ReaderPool
  /// Nil if the log is open for reading only.
  private let writer: DatabaseQueue?
  /// Held by the thread that writes. GRDB's own queue would let a second writer wait without end, and treats
  /// a writer that comes back from inside its own append as a fatal mistake.
  private let writerGate = DispatchSemaphore(value: 1)
  /// The tree as the last append left it, so that the next need not read its right edge. Used only if the log still
  /// has that size and root: another process may have appended.
  let rightEdge = Mutex<RightEdge?>(nil)
  /// What proofs have computed of the tree.
  let subtreeMemory = SubtreeMemory()
  /// How many events the subjects had to which was appended last. Used only if the log still has that size.
  let knownVersions = Mutex(KnownVersions())

  init(path: String, busyTimeoutMilliseconds: Int, readers: ReaderPool, writer: DatabaseQueue?) {
    self.path = path
    self.busyTimeoutMilliseconds = max(0, min(busyTimeoutMilliseconds, Int(Int32.max)))
    self.readers = readers
    self.writer = writer
  }

  deinit {
    // The writer goes last: a connection that may only read cannot clear away the -wal file.
    readers.close()
  }

  /// Creates an empty log and opens it for writing. It comes into being whole or not at all.
  ///
  /// - Throws: ``LogError/alreadyExists(path:)``, ``LogError/notFound(path:)`` for a missing directory,
  ///   ``LogError/permission(path:)``, ``LogError/readOnly(path:)``, ``LogError/diskFull(path:)`` and what
  ///   `open` throws.
  public static func create(
    at path: String, busyTimeoutMilliseconds: Int = defaultBusyTimeoutMilliseconds
  ) throws(LogError) -> SQLiteLog {
    try Creation.create(at: path)
    return try open(at: path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
  }

  /// Opens a log.
  ///
  /// - Throws: ``LogError/notFound(path:)``, ``LogError/notALog(path:)`` for anything that is not a log (a
  ///   directory, an empty file, another program's database),
  ///   ``LogError/newerFormat(path:found:supported:)``,
  ///   ``LogError/permission(path:)`` for a file that cannot be read, ``LogError/readOnly(path:)`` if writing
  ///   is asked for where nothing can be written, ``LogError/damaged(detail:)``,
  ///   ``LogError/busy(waitedMilliseconds:)``.
  public static func open(
    at path: String, access: Access = .readWrite,
    busyTimeoutMilliseconds: Int = defaultBusyTimeoutMilliseconds
  ) throws(LogError) -> SQLiteLog {
    try Opening(path: path, access: access, busyTimeoutMilliseconds: busyTimeoutMilliseconds).open()
  }

  // MARK: Holding a connection

  /// Lends a connection for reading.
  func withReader<T>(_ body: (Database) throws -> T) throws(LogError) -> T {
    let watch = Stopwatch()
    do {
      return try readers.withConnection(body)
    } catch {
      throw LogError(
        error, during: .reading, path: path, waitedMilliseconds: watch.elapsedMilliseconds)
    }
  }

  /// Lends the connection that writes, to one thread at a time. What the body throws passes unchanged.
  func withWriter<T>(_ watch: Stopwatch, _ body: (Database) throws -> T) throws -> T {
    guard let writer else { throw LogError.readOnly(path: path) }
    guard writerGate.wait(timeout: .now() + .milliseconds(busyTimeoutMilliseconds)) == .success else {
      throw LogError.busy(waitedMilliseconds: watch.elapsedMilliseconds)
    }
    defer { writerGate.signal() }
    return try writer.writeWithoutTransaction { database in
      // What was spent at the gate is not waited for again at the file.
      let left = max(0, busyTimeoutMilliseconds - watch.elapsedMilliseconds)
      sqlite3_busy_timeout(database.sqliteConnection, Int32(clamping: left))
      return try body(database)
    }
  }
}

/// Elapsed time on a clock that nobody sets.
struct Stopwatch {
  private let start = ContinuousClock.now

  var elapsedMilliseconds: Int {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Int(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}
