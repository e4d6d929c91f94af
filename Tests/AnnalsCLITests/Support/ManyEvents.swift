// A ledger of so many events that a rebuild takes its time, and what lies beside its views.

internal import CanonicalJSON
internal import Foundation
internal import Testing

/// A ledger of many events.
enum ManyEvents {
  /// More than two batches of 8,192, which are committed each by itself.
  static let count = 17_500
  static let size = Int64(count) + TestLedger.sizeAtFirst
  static let batch: Int64 = 8_192

  private static let template: Result<TemporaryDirectory, any Error> = Result {
    let directory = try TemporaryDirectory()
    removedAtExit = directory
    atexit { ManyEvents.removedAtExit?.remove() }
    let made = try Annals.run(["init", directory.file("ledger"), "--origin", "example.org/test"])
    try #require(made.how == .exit(0), "\(made)")
    try directory.write("many.jsonl", Events.lines(count))
    let imported = try Annals.run(
      ["import", directory.file("many.jsonl"), "--ledger", directory.file("ledger"), "--quiet"])
    try #require(imported.how == .exit(0), "\(imported)")
    return directory
  }

  /// Written once, before it is read.
  nonisolated(unsafe) private static var removedAtExit: TemporaryDirectory?

  /// Gives a test a ledger of its own with all these events and views of them.
  static func withLedger<T>(_ body: (TestLedger) throws -> T) throws -> T {
    let template = try template.get()
    return try withDirectory { home in
      try FileManager.default.copyItem(atPath: template.file("ledger"), toPath: home.file("ledger"))
      return try body(TestLedger(home: home))
    }
  }
}

extension TestLedger {
  /// The generations of views that lie there, without what SQLite keeps beside them.
  func generations() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter {
      $0.hasPrefix("views-") && $0.hasSuffix(".db")
    }.sorted()
  }

  /// The generation that serves; nil if there is none.
  func currentGeneration() -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: path + "/views.db")
  }

  /// How many events the half contains that a rebuild left, or is making; nil if there is none.
  func half() throws -> Int64? {
    for name in try generations() where name != currentGeneration() {
      // It may be there without its tables yet, or be gone by now.
      let asked = try shell(
        "sqlite3 -batch '\(path)/\(name)' 'SELECT size FROM progress' 2>/dev/null || true")
      return asked.outputLines.first.flatMap { Int64($0) } ?? 0
    }
    return nil
  }

  /// The digest that a rebuild prints.
  func rebuiltDigest() throws -> String {
    let rebuilt = try annals("rebuild", "--format", "json")
    try #require(rebuilt.how == .exit(0), "\(rebuilt)")
    return try #require(JSONValue(parsing: rebuilt.standardOutput)["digest"]?.string)
  }
}
