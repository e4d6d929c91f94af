// A new ledger: its directory, its keys, and in one append its opening and its vocabulary.

internal import Codes
internal import Crypto
internal import Foundation
internal import LogStore
public import Milestones

extension Ledger {
  /// What a new ledger is given.
  public struct Founding: Sendable {
    /// The log's name, as its checkpoints will carry it: a URL without scheme, such as `example.org/metoo`.
    public var origin: String
    /// Counts of testimonies under this number are never released.
    public var floor: Int64
    /// The vocabulary.
    public var vocabulary: Vocabulary
    /// Who opens it.
    public var recorder: String

    /// The floor unless told otherwise.
    public static let floorDefault: Int64 = 5

    /// Makes a founding.
    public init(origin: String, floor: Int64 = floorDefault, vocabulary: Vocabulary, recorder: String) {
      self.origin = origin
      self.floor = floor
      self.vocabulary = vocabulary
      self.recorder = recorder
    }
  }

  /// Makes a ledger. A directory in which an earlier attempt was cut off is finished.
  ///
  /// - Throws: ``LedgerError``; ``LedgerError/cannotCreate(path:reason:)`` if a ledger stands there, or anything else.
  @discardableResult
  public static func create(
    _ directory: String, keys: String? = nil, founding: Founding,
    clock: @escaping @Sendable () -> Int64 = systemClock
  ) throws(LedgerError) -> Ledger {
    let paths = LedgerPaths(directory: directory, keys: keys)
    try check(founding, path: directory)
    let signingKeys = SigningKeys(paths: paths, origin: founding.origin)
    // Before anything is made; where a log stands already, that is what is to be told.
    if !FileManager.default.fileExists(atPath: paths.log) { _ = try signingKeys.unusedSigner() }
    try makeDirectory(paths.directory)
    let log = try makeLog(paths)
    // A directory that stood there before is closed to others, like one that is made here.
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: paths.directory)
    removeDrafts(in: paths)
    try makeDirectory(paths.keys)
    try signingKeys.withLock(timeoutMilliseconds: busyTimeoutMillisecondsDefault) { () throws(LedgerError) in
      try TagKey.create(at: paths.tagKey)
      try signingKeys.create()
    }
    let tagKey = try TagKey(readingFrom: paths.tagKey)
    do {
      try append(founding, to: log, tagKey: tagKey, clock: clock)
    } catch { throw LedgerError(error) }
    return try open(directory, keys: paths.keys, clock: clock)
  }

  private static func append(
    _ founding: Founding, to log: SQLiteLog, tagKey: TagKey, clock: @Sendable () -> Int64
  ) throws {
    let now = RecordedTime(milliseconds: clock())
    var codes = SHA256()
    for table in Codes.tables {
      codes.update(data: Array("\(table.name)\n".utf8))
      table.text.withUTF8Buffer { codes.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    let opened = try LedgerEvents.opened(
      origin: founding.origin, floor: founding.floor, codesDigest: Hex.lowercase(codes.finalize()),
      vocabulary: founding.vocabulary, at: now)
    let events = [opened] + (try LedgerEvents.adopted(founding.vocabulary, at: now))
    let batch = Batch(events: events, tagKey: tagKey, clock: clock)
    _ = try log.append(batch.proposals, expectedSize: 0) { head, new in
      guard head.size == 0 else {
        throw LedgerError.cannotCreate(path: log.path, reason: "a ledger stands here already")
      }
      return try new.map { index in
        let stamp = Stamp(
          id: batch.ids[index], recorded: now, recorder: founding.recorder, origin: founding.origin,
          schemaName: nil)
        return try Leaf(events[index], stamped: events[index].stamped(stamp), recorded: now)
      }
    }
  }

  private static func check(_ founding: Founding, path: String) throws(LedgerError) {
    let origin = founding.origin.utf8
    // The key name of a signed note (C2SP signed-note): no blank, no plus; and one line of a checkpoint.
    guard (1...255).contains(origin.count),
      origin.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "+") })
    else {
      throw .draft(
        DraftError(
          "origin",
          "\"\(founding.origin.prefix(60))\" cannot name a log; write a web address without https://, such as example.org/metoo, of at most 255 bytes"
        ))
    }
    guard (1...1_000_000).contains(founding.floor) else {
      throw .draft(DraftError("floor", "must be between 1 and 1000000; 5 is usual"))
    }
  }

  private static func makeDirectory(_ path: String) throws(LedgerError) {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      guard isDirectory.boolValue else { throw .cannotCreate(path: path, reason: "a file stands here") }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .cannotCreate(
        path: path, reason: "the directory cannot be made; check the path, its permissions and the space left"
      )
    }
  }

  /// What the names of logs begin with that are not whole yet; see `SQLiteLog.create`.
  private static let logDraftPrefix = "log.db.creating-"

  /// Removes what attempts that were cut off left behind. Now that there is a log, none of them can become one.
  private static func removeDrafts(in paths: LedgerPaths) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: paths.directory)) ?? []
    for name in names where name.hasPrefix(logDraftPrefix) {
      try? FileManager.default.removeItem(atPath: "\(paths.directory)/\(name)")
    }
  }

  /// The log of the new ledger: freshly made, or empty from an attempt that was cut off.
  private static func makeLog(_ paths: LedgerPaths) throws(LedgerError) -> SQLiteLog {
    if FileManager.default.fileExists(atPath: paths.log) {
      let log: SQLiteLog
      let size: Int64
      do {
        log = try SQLiteLog.open(at: paths.log)
        size = try log.head().size
      } catch { throw .cannotCreate(path: paths.directory, reason: "\(error)") }
      if size == 0 { return log }
      throw .cannotCreate(path: paths.directory, reason: "a ledger of \(size) events stands here already")
    }
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: paths.directory)) ?? []
    guard contents.allSatisfy({ $0 == "keys" || $0.hasPrefix(logDraftPrefix) }) else {
      throw .cannotCreate(path: paths.directory, reason: "the directory is not empty; name a new one")
    }
    do {
      return try SQLiteLog.create(at: paths.log)
    } catch {
      switch error {
      case .alreadyExists, .readOnly, .permission, .notFound:
        throw .cannotCreate(path: paths.directory, reason: "\(error)")
      default: throw .log(error)
      }
    }
  }
}
