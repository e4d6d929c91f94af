// One generation of the views, open: a database, and the file that it is.

internal import Foundation
internal import GRDB
internal import LogStore
internal import Synchronization

/// Views that are open.
final class ViewGeneration: Sendable {
  /// What a database is, by what stands in its header.
  enum Form {
    /// Views that were made to their end.
    case views
    /// Views that are being made, or were until their maker was killed.
    case halfBuilt
    /// Something else, be it views of another version.
    case other
  }

  /// Marks a file as views that are not whole ("AnnB"): they must not serve, even if a link named them.
  private static let halfBuiltID: Int64 = 0x416e_6e42

  let queue: DatabaseQueue
  /// The file; nil if it is in memory.
  let file: ViewGenerations.File?
  /// Whether questions can be asked. If not, an empty database in memory stands for views that are still to be made.
  let isViews: Bool
  /// What was known of subjects when these views were last brought forward from here; nil while somebody does so.
  private let known = Mutex<KnownSubjects?>(nil)

  init(queue: DatabaseQueue, file: ViewGenerations.File?, isViews: Bool) {
    self.queue = queue
    self.file = file
    self.isViews = isViews
  }

  // MARK: What is known of subjects

  /// Lends what is known of subjects to whoever brings the views forward: nothing, where somebody else has it.
  func takeKnownSubjects() -> KnownSubjects {
    known.withLock { known in
      defer { known = nil }
      return known ?? KnownSubjects()
    }
  }

  /// Keeps what is known for the next time, as of the size that stands in it.
  func keep(_ subjects: KnownSubjects) { known.withLock { $0 = subjects } }

  // MARK: Opening

  /// Opens the generation that serves.
  ///
  /// Another may take its place, and its files be removed, between the look at the link and the moment at which SQLite
  /// opens the write-ahead log; a database without its write-ahead log can be anything. So the link is looked at again
  /// once both are open: if it still names this one, nothing of it was removed before.
  ///
  /// - Parameters:
  ///   - files: where they lie; nil for views in memory.
  ///   - busyTimeoutMilliseconds: how long to wait for another process.
  /// - Returns: the views; ones that are still to be made if there are none, or if they are damaged or of another form.
  /// - Throws: `ViewError` if they cannot be opened.
  static func open(_ files: ViewGenerations?, busyTimeoutMilliseconds: Int) throws -> ViewGeneration {
    guard let files else { return ViewGeneration(queue: try memory(), file: nil, isViews: true) }
    for _ in 0..<100 {
      let file = files.current()
      var queue: DatabaseQueue?
      if let file {
        do {
          let found = try database(files.path(file.name), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
          if try form(of: found) == .views { queue = found }
        } catch  where isDamage(error) || files.current() != file {
          // What is no database is only a spoilt copy of what the log says.
        }
      }
      guard files.current() == file else { continue }
      return ViewGeneration(queue: try queue ?? memory(), file: file, isViews: queue != nil)
    }
    throw ViewError.busy
  }

  /// An empty database in memory with the tables of views.
  static func memory() throws -> DatabaseQueue {
    let queue = try DatabaseQueue(configuration: configuration(busyTimeoutMilliseconds: 0))
    try queue.writeWithoutTransaction {
      try $0.execute(sql: ViewSchema.createTables)
      try $0.execute(sql: ViewSchema.createIndexes)
    }
    return queue
  }

  /// Makes half-built views without any event and without the indexes for questions, under a name that nobody else
  /// knows.
  static func create(_ path: String, busyTimeoutMilliseconds: Int) throws -> DatabaseQueue {
    let queue = try database(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    try queue.writeWithoutTransaction { database in
      // Against SQLite's 4 KiB: a tenth less time to make views. At 16 KiB an append writes more than it gains.
      try database.execute(sql: "PRAGMA page_size = 8192")
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.inTransaction(.immediate) {
        try database.execute(sql: ViewSchema.createTables)
        try database.execute(sql: "PRAGMA application_id = \(halfBuiltID)")
        try database.execute(sql: "PRAGMA user_version = \(ViewSchema.version)")
        return .commit
      }
    }
    return queue
  }

  /// Opens half-built views; nil if the file holds something else. For whoever holds the lock of those who make views.
  static func half(_ path: String, busyTimeoutMilliseconds: Int) throws -> DatabaseQueue? {
    let queue = try database(path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    return try form(of: queue) == .halfBuilt ? queue : nil
  }

  /// Gives half-built views the indexes for questions, if they lack them. Sorts in files of its own, which hold nothing
  /// that the views do not: in memory, the order of all events would have to fit into it.
  static func index(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA temp_store = FILE")
      defer { try? database.execute(sql: "PRAGMA temp_store = MEMORY") }
      try database.inTransaction(.immediate) {
        try database.execute(sql: ViewSchema.createIndexes)
        return .commit
      }
    }
  }

  /// Declares half-built views to be whole. To be called in the transaction that completes them.
  static func declareWhole(_ database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(ViewSchema.applicationID)")
  }

  private static func database(_ path: String, busyTimeoutMilliseconds: Int) throws -> DatabaseQueue {
    try DatabaseQueue(
      path: path, configuration: configuration(busyTimeoutMilliseconds: busyTimeoutMilliseconds))
  }

  private static func configuration(busyTimeoutMilliseconds: Int) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
    configuration.maximumReaderCount = 1
    // Every path out of a question ends its transaction; should that ever fail, it is an error and not a crash.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // Views can be made anew, so a lost last transaction costs nothing: NORMAL is enough here.
      // The cache has to hold the inner pages of all indexes, and what a batch changes: with SQLite's 2 MB, pages went to
      // the write-ahead log and came back many times in one transaction.
      try database.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -24576;
          PRAGMA wal_autocheckpoint = 10000
          """)
    }
    return configuration
  }

  private static func isEmpty(_ database: Database) throws -> Bool {
    try Int64.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
  }

  private static func form(of queue: DatabaseQueue) throws -> Form {
    try queue.read { database in
      if try isEmpty(database) { return .other }
      let id = try Int64.fetchOne(database, sql: "PRAGMA application_id")
      let version = try Int64.fetchOne(database, sql: "PRAGMA user_version")
      guard version == ViewSchema.version else { return .other }
      return id == ViewSchema.applicationID ? .views : id == halfBuiltID ? .halfBuilt : .other
    }
  }

  /// Whether an error tells that a file is damaged.
  static func isDamage(_ error: any Error) -> Bool {
    if let failure = error as? EngineFailure { return [11, 26].contains(failure.primaryCode) }
    guard let code = (error as? DatabaseError)?.resultCode else { return false }
    return code == .SQLITE_NOTADB || code == .SQLITE_CORRUPT
  }
}

/// The views are not the beginning of this log, read by the vocabulary in force.
struct OtherViews: Error {}

/// Another generation has taken the place of the one that was to be written.
struct SupersededViews: Error {}

extension ViewError {
  init(_ error: any Error, path: String?) {
    switch error {
    case let error as ViewError: self = error
    case let error as LogError: self = .log(reason: "\(error)")
    case is SupersededViews: self = .busy
    case is OtherViews:
      self = .log(reason: "the log was replaced while the views were brought up to date; try again")
    case let failure as EngineFailure:
      self.init(ResultCode(rawValue: failure.code), path: path)
    case let error as DatabaseError: self.init(error.extendedResultCode, path: path)
    default: self = .cannotOpen(path: path ?? "memory")
    }
  }

  private init(_ code: ResultCode, path: String?) {
    switch code.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self = .cannotOpen(path: path ?? "memory")
    default: self = .engine(code: Int(code.rawValue))
    }
  }
}
