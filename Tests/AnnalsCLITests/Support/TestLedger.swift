// Ledgers for the tests: fresh ones, and what tells that nothing in one was touched.

internal import CanonicalJSON
internal import Foundation
internal import Testing
internal import TransparencyLog

/// A ledger in a directory of a test's own.
struct TestLedger: Sendable {
  /// How many events a new ledger has: its opening and its vocabulary.
  static let sizeAtFirst: Int64 = 13

  let home: TemporaryDirectory
  var path: String { home.file("ledger") }

  /// Runs `annals`, with this ledger for ANNALS_LEDGER, in the directory that holds it.
  func annals(
    _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Ended {
    try annals(arguments, environment: environment, input: input)
  }

  /// Runs `annals`.
  func annals(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Ended {
    try start(arguments, environment: environment, input: input).wait()
  }

  /// Starts `annals`.
  func start(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> ChildProcess {
    let environment = ["ANNALS_LEDGER": path].merging(environment) { $1 }
    return try Annals.start(arguments, in: home.path, environment: environment, input: input)
  }

  /// Runs a line of a shell.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> Ended {
    let environment = ["ANNALS_LEDGER": path].merging(environment) { $1 }
    return try Annals.shell(line, in: home.path, environment: environment)
  }

  /// Starts a line of a shell.
  func startShell(_ line: String) throws -> ChildProcess {
    try Annals.startShell(line, in: home.path, environment: ["ANNALS_LEDGER": path])
  }

  /// Runs `annals` as a user to whom nothing of the test's belongs.
  func withoutRights(_ arguments: [String]) throws -> Ended {
    let prefix = try #require(Unprivileged.prefix)
    // The program may lie where that user cannot go. Copied by a process of its own: a file that this one holds open
    // for writing is held open by each child that starts meanwhile, and cannot be run.
    let program = home.file("annals-for-all")
    let copied = try Annals.shell("install -m 755 '\(Annals.path)' '\(program)'", in: "/")
    try #require(copied.how == .exit(0), "\(copied)")
    defer { try? FileManager.default.removeItem(atPath: program) }
    let words = prefix + [program] + arguments
    return try ChildProcess(
      words[0], Array(words.dropFirst()), environment: Annals.environment(["ANNALS_LEDGER": path]), in: "/"
    ).wait()
  }

  /// How many events it has, as `status` tells.
  func size() throws -> Int64 {
    let status = try annals("status", "--format", "json")
    return try #require(JSONValue(parsing: status.standardOutput)["size"]?.integer)
  }

  /// The root of the tree over its events, made from what `replay` gives, in base64.
  func root() throws -> String {
    var tree = TreeFrontier()
    for line in try annals("replay").outputLines { tree.append(.leaf(line.utf8)) }
    return tree.root.base64
  }

  /// What lies in the test's directory, and every byte of the log and the vault. The views are left out: they follow.
  func state() throws -> LedgerState {
    var files: [String: Data?] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: home.path) {
      // Views and their write-ahead log come and go with every look. So do the index of the log's write-ahead log
      // and that itself, while it is empty: whoever may only read cannot clear them away.
      if name.hasPrefix("ledger/views") || name == "ledger/log.db-shm" { continue }
      if name == "ledger/log.db-wal", FileManager.default.contents(atPath: home.file(name))?.isEmpty == true {
        continue
      }
      let isKept = name.hasSuffix(".db") || name.hasSuffix(".key") || name.hasSuffix("/last-checkpoint")
      files[name] = isKept ? FileManager.default.contents(atPath: home.file(name)) : .some(nil)
    }
    return LedgerState(files: files)
  }
}

/// What lies in a test's directory at some moment.
struct LedgerState {
  /// By name; the content of what must not change.
  let files: [String: Data?]
}

/// Expects that nothing was written, and nothing stray was left.
func expectUnchanged(
  _ ledger: TestLedger, since before: LedgerState, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let after = try ledger.state().files
  let names = Set(before.files.keys).union(after.keys).sorted()
  let changes = names.compactMap { name -> String? in
    switch (before.files[name], after[name]) {
    case (nil, _): "new: \(name)"
    case (_, nil): "gone: \(name)"
    case (let old, let new): old == new ? nil : "changed: \(name)"
    }
  }
  #expect(changes == [], sourceLocation: sourceLocation)
}

/// A ledger that others are copied from: making one anew waits for the disk many times.
private let template: Result<TemporaryDirectory, any Error> = Result {
  let directory = try TemporaryDirectory()
  RemovedAtExit.template = directory
  atexit { RemovedAtExit.template?.remove() }
  let made = try Annals.run(["init", directory.file("ledger"), "--origin", "example.org/test"])
  guard made.how == .exit(0) else { throw NoLedger(ended: made) }
  return directory
}

/// The same with the curated record in it.
private let templateOfRecord: Result<TemporaryDirectory, any Error> = Result {
  let directory = try TemporaryDirectory()
  RemovedAtExit.templateOfRecord = directory
  atexit { RemovedAtExit.templateOfRecord?.remove() }
  let ledger = directory.file("ledger")
  try FileManager.default.copyItem(atPath: try template.get().file("ledger"), toPath: ledger)
  let record = repository.appendingPathComponent("Events/record").path
  let imported = try Annals.shell("annals import --quiet '\(record)'/*.jsonl --ledger '\(ledger)'", in: "/")
  guard imported.how == .exit(0) else { throw NoLedger(ended: imported) }
  return directory
}

/// Each written once, before it is read.
private enum RemovedAtExit {
  nonisolated(unsafe) static var template: TemporaryDirectory?
  nonisolated(unsafe) static var templateOfRecord: TemporaryDirectory?
}

private struct NoLedger: Error { let ended: Ended }

/// Gives a test a new ledger of ``TestLedger/sizeAtFirst`` events.
func withLedger<T>(_ body: (TestLedger) throws -> T) throws -> T {
  try withCopy(of: template.get(), body)
}

/// Gives a test a ledger with the curated record in it.
func withRecord<T>(_ body: (TestLedger) throws -> T) throws -> T {
  try withCopy(of: templateOfRecord.get(), body)
}

private func withCopy<T>(of template: TemporaryDirectory, _ body: (TestLedger) throws -> T) throws -> T {
  try withDirectory { home in
    try FileManager.default.copyItem(atPath: template.file("ledger"), toPath: home.file("ledger"))
    return try body(TestLedger(home: home))
  }
}

/// The fields of an event that is accepted.
func goodFields(_ number: Int = 1) -> [String] {
  [
    "subject=measure:xx-\(number)", "occurred=2024-05-02", "country=CL", "identifier=B \(number)",
    "chamber=senate",
    "source.citation=Diario",
  ]
}
