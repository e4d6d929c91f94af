// Runs programs as a shell would: arguments, environment, stdin in; stdout, stderr and the way it ended out.

internal import Foundation

/// How a program ended, and what it wrote.
struct Ended: Sendable, CustomStringConvertible {
  /// How it came to its end.
  enum How: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
    case outOfTime(seconds: Double)
  }

  let command: String
  let how: How
  let standardOutput: [UInt8]
  let standardError: [UInt8]

  /// The exit code; nil if it did not end by itself.
  var code: Int32? { if case .exit(let code) = how { code } else { nil } }
  var output: String { String(decoding: standardOutput, as: UTF8.self) }
  var errors: String { String(decoding: standardError, as: UTF8.self) }
  var outputLines: [String] { Self.lines(output) }
  var errorLines: [String] { Self.lines(errors) }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
      .filter { !text.isEmpty || !$0.isEmpty }.map(String.init)
  }

  var description: String {
    "\(command.prefix(300))\n[\(how)]\nstdout: \(output.prefix(2_000))\nstderr: \(errors.prefix(2_000))"
  }
}

/// A program that runs.
///
/// Its streams are files, not pipes: a pipe that is full or inherited by another child would keep a test waiting.
final class ChildProcess: @unchecked Sendable {
  private let process = Process()
  private let hasEnded = DispatchSemaphore(value: 0)
  private let files: TemporaryDirectory
  private let command: String

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: its path.
  ///   - arguments: its arguments, without its own name.
  ///   - environment: all of its environment.
  ///   - directory: where it runs.
  ///   - input: what stands on its stdin.
  /// - Throws: if it cannot be started.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], in directory: String,
    input: [UInt8] = []
  ) throws {
    command = ([program] + arguments).joined(separator: " ")
    files = try TemporaryDirectory()
    try Data(input).write(to: files.url("stdin"))
    for name in ["stdout", "stderr"] { try Data().write(to: files.url(name)) }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = try FileHandle(forReadingFrom: files.url("stdin"))
    process.standardOutput = try FileHandle(forWritingTo: files.url("stdout"))
    process.standardError = try FileHandle(forWritingTo: files.url("stderr"))
    process.terminationHandler = { [hasEnded] _ in hasEnded.signal() }
    try process.run()
  }

  /// Ends it at once, as a power cut would end it.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Whether it has not come to its end yet.
  var isRunning: Bool { process.isRunning }

  /// Whether something stands on its stdout yet.
  func hasWritten() throws -> Bool { try !files.read("stdout").isEmpty }

  /// Waits for its end, and ends it when the time is up.
  func wait(seconds: Double = 120) throws -> Ended {
    var isOutOfTime = false
    if hasEnded.wait(timeout: .now() + seconds) == .timedOut {
      isOutOfTime = true
      kill()
      hasEnded.wait()
    }
    let status = process.terminationStatus
    let how: Ended.How =
      isOutOfTime
      ? .outOfTime(seconds: seconds)
      : process.terminationReason == .uncaughtSignal ? .signal(status) : .exit(status)
    defer { files.remove() }
    return Ended(
      command: command, how: how, standardOutput: try files.read("stdout"),
      standardError: try files.read("stderr"))
  }

  deinit { if process.isRunning { kill() } }
}
