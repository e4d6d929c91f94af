// What some tests need of the system: a look into a database past the program, other rights, a small disk.

internal import Foundation
internal import Testing

/// A database, looked at with the sqlite3 command or with Python's module: not through the program's own code.
enum Database {
  private enum Tool { case command(String), python(String) }

  private static let tool: Tool? = find("sqlite3").map(Tool.command) ?? find("python3").map(Tool.python)

  static var isUsable: Bool { tool != nil }

  /// Runs SQL.
  ///
  /// - Returns: a line for each row, its columns parted by `|`.
  @discardableResult
  static func run(_ sql: String, on path: String) throws -> [String] {
    let ended: Ended
    switch try #require(tool) {
    case .command(let program): ended = try system(program, ["-batch", "-bail", path, sql])
    case .python(let program):
      let code = """
        import sqlite3, sys
        c = sqlite3.connect(sys.argv[1], isolation_level=None)
        for s in sys.argv[2].split(';'):
            for r in c.execute(s): print('|'.join('' if x is None else str(x) for x in r))
        """
      ended = try system(program, ["-c", code, path, sql])
    }
    try #require(ended.how == .exit(0), "\(ended)")
    return ended.outputLines
  }
}

/// A user to whom nothing belongs, for whom a root that runs the tests can act.
enum Unprivileged {
  /// The words that go before a command; nil if rights cannot be given away: only root can do that.
  static let prefix: [String]? = {
    guard geteuid() == 0, let setpriv = find("setpriv") else { return nil }
    let words = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
    let trial = try? system(words[0], Array(words.dropFirst()) + ["/bin/true"])
    return trial?.how == .exit(0) ? words : nil
  }()

  static var isUsable: Bool { prefix != nil }
}

/// A file system in memory.
enum SmallDisk {
  /// Whether this process may mount one.
  static let isUsable: Bool = (try? with(bytes: 1 << 20) { _ in true }) ?? false

  private struct NotMounted: Error {}

  /// Gives a test a disk of some bytes, and unmounts it when the test is done.
  static func with<T>(bytes: Int, _ body: (_ path: String) throws -> T) throws -> T {
    try withDirectory { directory in
      guard let mount = find("mount"), let unmount = find("umount"),
        try system(mount, ["-t", "tmpfs", "-o", "size=\(bytes)", "none", directory.path]).how == .exit(0)
      else { throw NotMounted() }
      defer { _ = try? system(unmount, ["-l", directory.path]) }
      return try body(directory.path)
    }
  }
}

private func system(_ program: String, _ arguments: [String]) throws -> Ended {
  try ChildProcess(program, arguments, environment: Annals.environment(), in: "/").wait()
}

/// Where a program of the system lies.
func find(_ program: String) -> String? {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
  return (["/usr/bin", "/bin", "/usr/sbin", "/sbin"] + folders).map { "\($0)/\(program)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
