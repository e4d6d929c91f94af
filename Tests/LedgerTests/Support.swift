// What the tests share: a ledger in a directory of its own with a clock that is set by hand, shorthand for events,
// and a look into the files from outside.

import CanonicalJSON
import EDTF
import Foundation
import GRDB
import Ledger
import LogStore
import Milestones
import Projections
import Testing

/// A clock that stands until it is set.
final class HandClock: @unchecked Sendable {
  /// 2026-11-23T20:15:04.123Z.
  static let startMilliseconds: Int64 = 1_795_464_904_123

  private let lock = NSLock()
  private var milliseconds = startMilliseconds

  func set(_ milliseconds: Int64) { lock.withLock { self.milliseconds = milliseconds } }
  func advance(_ milliseconds: Int64) { lock.withLock { self.milliseconds += milliseconds } }
  var read: @Sendable () -> Int64 { { self.lock.withLock { self.milliseconds } } }
}

/// A ledger and where it lies.
struct TestLedger {
  let directory: String
  let clock: HandClock
  let ledger: Ledger

  func reopened(keys: String? = nil) throws -> Ledger {
    try Ledger.open(directory, keys: keys, clock: clock.read)
  }

  @discardableResult
  func append(_ type: String, _ arguments: String...) throws -> Appended {
    try ledger.append(checked(type, arguments), recorder: "m.reyes")
  }

  /// Imports drafts written as JSON, one a line of `test.jsonl`.
  func load(
    _ lines: [String], atomic: Bool = false, batchSize: Int = Ledger.importBatchSize
  ) throws -> (report: ImportReport, refused: [ImportRefusal]) {
    try importLines(lines, into: ledger, atomic: atomic, batchSize: batchSize)
  }

  var size: Int64 { get throws { try ledger.size() } }

  /// The canonical bytes of an event, read.
  func event(_ position: Int64) throws -> EventView { try EventView(leaf: ledger.event("\(position)").leaf) }
}

/// Gives a test a directory, and removes it with everything in it when the test is done.
func withDirectory<T>(_ body: (String) throws -> T) throws -> T {
  let path = NSTemporaryDirectory() + "/ledger-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

func founding() throws -> Ledger.Founding {
  Ledger.Founding(origin: "example.org/metoo", vocabulary: try Shipped.vocabulary(), recorder: "m.reyes")
}

/// Gives a test a new ledger.
@discardableResult
func withLedger<T>(keysApart: Bool = false, _ body: (TestLedger) throws -> T) throws -> T {
  try withDirectory { parent in
    let clock = HandClock()
    let ledger = try Ledger.create(
      parent + "/ledger", keys: keysApart ? parent + "/keys" : nil, founding: founding(), clock: clock.read)
    // The directory is not to be removed under the views that follow.
    defer { ledger.waitForViews() }
    return try body(TestLedger(directory: parent + "/ledger", clock: clock, ledger: ledger))
  }
}

/// The shipped vocabulary, read once.
enum Shipped {
  private static let result = Result { try Vocabulary.shipped() }
  static func vocabulary() throws -> Vocabulary { try result.get() }
}

/// Checks an event written as on the command line; `unsourced=true` is added where nothing is said of sources.
func checked(_ type: String, _ arguments: [String]) throws -> CheckedEvent {
  let isSourced =
    arguments.contains { $0.hasPrefix("source.") || $0.hasPrefix("unsourced=") } || type == "testimony.shared"
  return try DraftChecker(vocabulary: Shipped.vocabulary()).check(
    Draft(type: type, arguments: arguments + (isSourced ? [] : ["unsourced=true"])))
}

func importLines(
  _ lines: [String], into ledger: Ledger, file: String = "test.jsonl", atomic: Bool = false,
  batchSize: Int = Ledger.importBatchSize
) throws -> (report: ImportReport, refused: [ImportRefusal]) {
  let items = lines.enumerated().map { index, line in
    let draft = Result { try Draft(json: JSONText(parsing: Array(line.utf8)).root) }
    return ImportItem(
      file: file, line: index + 1, draft: draft.mapError { $0 as? DraftError ?? DraftError(nil, "\($0)") })
  }
  var refused: [ImportRefusal] = []
  let report = try ledger.importAll(
    items, recorder: "m.reyes", atomic: atomic, batchSize: batchSize, refused: { refused.append($0) })
  return (report, refused)
}

/// A policy announced, as a line of JSON. Its type has nothing that can be sealed.
func announced(_ name: String, id: String? = nil, aim: String? = nil) -> String {
  let id = id.map { "\"id\":\"\($0)\"," } ?? ""
  let aim = aim.map { "\"aim\":\"\($0)\"," } ?? ""
  return
    "{\(id)\(aim)\"type\":\"policy.announced\",\"subject\":\"policy:\(name)\",\"occurred\":\"2017\",\"unsourced\":true}"
}

// MARK: From outside

func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return try #require(attributes[.posixPermissions] as? Int) & 0o777
}

func bytes(_ path: String) throws -> [UInt8] {
  FileManager.default.fileExists(atPath: path)
    ? [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) : []
}

/// A row of the vault.
struct VaultRow: Equatable {
  let position: Int64
  let digest: String
  let preimage: [UInt8]
  let isDecoy: Bool
}

/// All rows of the vault; none if there is no vault.
func vaultRows(_ directory: String) throws -> [VaultRow] {
  let path = directory + "/vault.db"
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  var configuration = Configuration()
  configuration.readonly = true
  return try DatabaseQueue(path: path, configuration: configuration).read { database in
    try GRDB.Row.fetchAll(
      database, sql: "SELECT position, digest, preimage, decoy FROM disclosure ORDER BY position, digest"
    ).map { row in
      VaultRow(position: row[0], digest: row[1], preimage: [UInt8](row[2] as Data), isDecoy: row[3])
    }
  }
}

/// The digests that stand in the events of the log, by position.
func digests(_ ledger: Ledger) throws -> [Int64: [String]] {
  var digests: [Int64: [String]] = [:]
  try ledger.replay { position, leaf in
    let event = try EventView(leaf: Array(leaf))
    let list = event.data?["_sd"]?.elements.compactMap(\.string) ?? []
    if !list.isEmpty { digests[position] = list }
  }
  return digests
}

/// Fails unless each digest in the log has its row in the vault and each row its event.
func expectVaultMatchesLog(
  _ directory: String, _ ledger: Ledger, _ comment: Comment? = nil,
  location: SourceLocation = #_sourceLocation
) throws {
  let inLog = try digests(ledger).flatMap { position, list in list.map { "\(position) \($0)" } }.sorted()
  let inVault = try vaultRows(directory).map { "\($0.position) \($0.digest)" }.sorted()
  #expect(inLog == inVault, comment, sourceLocation: location)
}

/// A draft from a line of JSON.
func draft(_ line: String) throws -> Draft { try Draft(json: JSONText(parsing: Array(line.utf8)).root) }
