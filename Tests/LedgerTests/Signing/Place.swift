// A ledger in a directory that is opened for each step, so that its files can be copied, put back and spoilt between.

import Foundation
import GRDB
import Ledger
import LogStore
import Milestones
import Testing
import TransparencyLog

/// Where a ledger lies, and what a test does to it from outside.
struct Place {
  /// The directory that holds everything of the test.
  let home: String
  var directory: String { home + "/ledger" }
  var paths: LedgerPaths { LedgerPaths(directory: directory) }

  /// How many events a new ledger has.
  static func sizeAtFirst() throws -> Int64 { Int64(try Shipped.vocabulary().files.count) + 2 }

  func open(busyTimeoutMilliseconds: Int = Ledger.busyTimeoutMillisecondsDefault) throws -> Ledger {
    try Ledger.open(directory, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
  }

  /// Appends policies of these names, each an event with the name for its id.
  func append(_ names: some Sequence<String>) throws {
    let ledger = try open()
    for name in names {
      _ = try ledger.append(
        checked("policy.announced", ["subject=policy:\(name)", "occurred=2017", "country=US", "id=\(name)"]),
        recorder: "m.reyes")
    }
    // What is done to the files next must not meet the views that follow.
    ledger.waitForViews()
  }

  /// Appends many policies at once.
  func load(_ names: some Sequence<String>) throws {
    let (report, refused) = try importLines(names.map { announced($0, id: $0) }, into: open())
    try #require(refused.isEmpty && report.added > 0)
  }

  /// Appends a testimony with sealed fields.
  func appendSealed(_ id: String) throws {
    let ledger = try open()
    _ = try ledger.append(
      checked(
        "testimony.shared", ["campaign=campaign:metoo", "occurred=2018", "person=Ana of \(id)", "id=\(id)"]),
      recorder: "m.reyes")
    ledger.waitForViews()
  }

  /// A copy of the log as it stands, whole in one file.
  func copyLog(_ name: String) throws -> String {
    try Self.settle(paths.log)
    let copy = "\(home)/\(name)"
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: paths.log, toPath: copy)
    return copy
  }

  /// Puts a copy of a log in the place of the log.
  func putBack(_ copy: String) throws {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: paths.log + suffix) }
    try FileManager.default.copyItem(atPath: copy, toPath: paths.log)
  }

  /// A second ledger that is the same, byte for byte, keys too.
  func duplicate(_ name: String) throws -> Place {
    try Self.settle(paths.log)
    let other = Place(home: "\(home)/\(name)")
    try FileManager.default.createDirectory(atPath: other.home, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: directory, toPath: other.directory)
    return other
  }

  /// Moves what a write-ahead log holds into the file.
  private static func settle(_ log: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    try DatabaseQueue(path: log, configuration: configuration).writeWithoutTransaction {
      _ = try $0.checkpoint(.truncate)
    }
  }

  /// Changes a log past its guards, as somebody would who can write the file, and puts the guards back.
  static func alter(_ log: String, _ sql: String) throws {
    try DatabaseQueue(path: log).write { database in
      let triggers = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for row in triggers { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      try database.execute(sql: sql)
      for row in triggers { try database.execute(sql: row["sql"]) }
    }
    try settle(log)
  }

  /// Everything in keys/ but the lock, to see that nothing changed.
  func keyFiles() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: paths.keys) where !name.hasSuffix(".lock")
    {
      files[name] = try bytes("\(paths.keys)/\(name)")
    }
    return files
  }

  func write(_ content: [UInt8], to path: String) throws {
    try Data(content).write(to: URL(fileURLWithPath: path))
  }
}

/// Gives a test a new ledger that is not open.
func withPlace<T>(_ body: (Place) throws -> T) throws -> T {
  try withDirectory { home in
    let place = Place(home: home)
    try Ledger.create(place.directory, founding: founding())
    return try body(place)
  }
}

/// The error of the ledger that a call ends with; the test fails if it ends with another or with none.
func ledgerError<T>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) -> LedgerError? {
  #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { try body() }
}

/// Fails unless the checkpoint is the log's, of this tree, and signed by one of the keys.
func expectCheckpoint(
  _ note: [UInt8], size: Int64, of ledger: Ledger, keys: [VerifierKey],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let checkpoint = try VerifiedCheckpoint(verifying: note, origin: "example.org/metoo", logKeys: keys)
    .checkpoint
  var tree = TreeFrontier()
  try ledger.replay(through: size - 1) { _, leaf in tree.append(.leaf(leaf)) }
  #expect(checkpoint.size == UInt64(size), sourceLocation: sourceLocation)
  #expect(checkpoint.root == tree.root, sourceLocation: sourceLocation)
}
