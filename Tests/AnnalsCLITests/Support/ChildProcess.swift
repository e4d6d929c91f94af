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
/// Its streams are files, not pipes: a pipe that is full or inherited by another child would keep a test waiting. Started
/// with posix_spawn: Foundation's Process crashes now and then where many threads start programs at once.
///
/// To be used by one thread at a time.
final class ChildProcess {
  struct DidNotStart: Error {
    let program: String
    let reason: String
  }

  private let id: pid_t
  private let files: TemporaryDirectory
  private let command: String
  /// How it ended, as waitpid gives it; nil while it runs.
  private var status: Int32?

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
    try files.write("stdin", input)
    let words = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, directory, program] + arguments
    do {
      id = try Self.spawn(words, environment: environment.map { "\($0.key)=\($0.value)" }, streams: files)
    } catch {
      files.remove()
      throw error
    }
  }

  private static func spawn(
    _ words: [String], environment: [String], streams: TemporaryDirectory
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.file("stdin"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams.file("stdout"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.file("stderr"), O_WRONLY | O_CREAT, 0o600)

    // Signals as a shell hands them on, whatever the tests' own threads do with them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var id = pid_t()
    let code = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw DidNotStart(program: words[0], reason: String(cString: strerror(code))) }
    return id
  }

  /// Ends it at once, as a power cut would end it.
  func kill() { if isRunning { Foundation.kill(id, SIGKILL) } }

  /// Whether it has not come to its end yet.
  var isRunning: Bool {
    guard status == nil else { return false }
    var code: Int32 = 0
    guard waitpid(id, &code, WNOHANG) == id else { return true }
    status = code
    return false
  }

  /// Whether something stands on its stdout yet.
  func hasWritten() throws -> Bool { try !files.read("stdout").isEmpty }

  /// Waits for its end, and ends it when the time is up.
  func wait(seconds: Double = 120) throws -> Ended {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while isRunning && ContinuousClock.now < deadline { usleep(1_000) }
    let isOutOfTime = isRunning
    kill()
    while isRunning { usleep(1_000) }
    let how: Ended.How = isOutOfTime ? .outOfTime(seconds: seconds) : Self.how(status ?? 0)
    defer { files.remove() }
    return Ended(
      command: command, how: how, standardOutput: try files.read("stdout"),
      standardError: try files.read("stderr"))
  }

  /// The macros of sys/wait.h, which Swift does not see.
  private static func how(_ status: Int32) -> Ended.How {
    let signal = status & 0x7f
    return signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal)
  }

  deinit {
    kill()
    while isRunning { usleep(1_000) }
    files.remove()
  }
}
