// The program under test: the binary that was built beside the tests, run as a process.

internal import Foundation
internal import Testing

/// The program under test.
enum Annals {
  /// Where it lies: beside the test bundle.
  static let path: String = {
    let started = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let bundles = [started, Bundle.main.bundleURL, Bundle.main.executableURL ?? started]
    let candidates = bundles.flatMap { bundle in
      // On macOS the bundle is a directory some levels above the program that runs the tests.
      sequence(first: bundle) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        .prefix(5).map { $0.appendingPathComponent("annals").path }
    }
    return candidates.first { isProgram($0) } ?? "/annals-was-not-built-beside-\(started.lastPathComponent)"
  }()

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// The environment of every child: that of the tests, without what could lead the program elsewhere.
  static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ANNALS_") }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "TERM", "COLUMNS", "NO_COLOR"] { environment[name] = nil }
    environment["TZ"] = "UTC"
    environment["ANNALS_RECORDER"] = "m.reyes"
    return environment.merging(changes) { $1 }
  }

  /// Starts the program.
  static func start(
    _ arguments: [String], in directory: String = "/", environment: [String: String] = [:],
    input: [UInt8] = []
  ) throws -> ChildProcess {
    try ChildProcess(
      path, arguments, environment: self.environment(environment), in: directory, input: input)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in directory: String = "/", environment: [String: String] = [:],
    input: [UInt8] = []
  ) throws -> Ended {
    try start(arguments, in: directory, environment: environment, input: input).wait()
  }

  /// Starts a line of a shell; `annals` in it is the program.
  static func startShell(
    _ line: String, in directory: String, environment: [String: String] = [:]
  ) throws -> ChildProcess {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var all = self.environment(environment)
    all["PATH"] = folder + ":" + (all["PATH"] ?? "/usr/bin:/bin")
    return try ChildProcess("/bin/bash", ["-c", line], environment: all, in: directory)
  }

  /// Runs a line of a shell to its end.
  static func shell(
    _ line: String, in directory: String, environment: [String: String] = [:], seconds: Double = 120
  ) throws -> Ended {
    try startShell(line, in: directory, environment: environment).wait(seconds: seconds)
  }
}

/// Where the repository lies.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Expects that a program failed as promised: by itself, with this code, with this text in its messages, with nothing
/// on stdout that could be taken for a result.
func expectFailure(
  _ ended: Ended, _ code: Int32, _ texts: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(ended.how == .exit(code), "\(ended)", sourceLocation: sourceLocation)
  for text in texts {
    #expect(ended.errors.contains(text), "\"\(text)\" is not told: \(ended)", sourceLocation: sourceLocation)
  }
  // What a person reads: some lines, each of bearable length; never the words of a library.
  #expect(!ended.errorLines.isEmpty, "nothing is told: \(ended)", sourceLocation: sourceLocation)
  expectNothingRaw(ended, sourceLocation: sourceLocation)
}

/// Expects that no raw failure of a library, and nothing that steers a terminal, reached a person.
func expectNothingRaw(_ ended: Ended, sourceLocation: SourceLocation = #_sourceLocation) {
  let raw = [
    "SQLITE_", "SQLite error", "sqlite3", "GRDB", "database is locked", "disk I/O error", "NSError",
    "Fatal error",
    "Error Domain", "DatabaseError", "Optional(", "Stack dump", "INSERT ", "SELECT ", "PRAGMA", "DraftError",
  ]
  for text in raw {
    #expect(!ended.errors.contains(text), "\"\(text)\" is told: \(ended)", sourceLocation: sourceLocation)
  }
  let isPlain = ended.standardError.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\n") }
  #expect(isPlain, "control characters on stderr: \(ended)", sourceLocation: sourceLocation)
}
