// Tools of the system that some tests need: strace to see what reaches the disk, a small disk to fill.

internal import Foundation

/// Runs a program and waits for it; gives its exit code, or nil if it cannot be started.
@discardableResult
private func run(_ program: String, _ arguments: [String]) -> Int32? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  process.waitUntilExit()
  return process.terminationStatus
}

private func find(_ program: String) -> String? {
  ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"].map { $0 + program }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// strace, attached to this very process.
enum Strace {
  struct DidNotAttach: Error {}

  /// True if it is there and may attach here.
  static let isUsable: Bool = (try? syncs(of: "/nowhere") {}) != nil

  /// The calls that force a file whose path begins so to the disk, while the body runs.
  static func syncs(of path: String, during body: () throws -> Void) throws -> [String] {
    guard let strace = find("strace") else { throw DidNotAttach() }
    return try withDirectory { directory throws in
      let calls = try trace(with: strace, in: directory, during: body)
      return calls.filter { $0.contains("<\(path)") && !$0.contains("resumed>") }
    }
  }

  private static func trace(
    with strace: String, in directory: TemporaryDirectory, during body: () throws -> Void
  ) throws -> [String] {
    let (output, messages) = (directory.file("calls"), directory.file("messages"))
    try Data().write(to: URL(fileURLWithPath: messages))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: strace)
    process.arguments = [
      "-f", "-y", "-e", "trace=fsync,fdatasync,msync,sync_file_range,sync", "-e", "signal=none", "-o", output,
      "-p", "\(ProcessInfo.processInfo.processIdentifier)",
    ]
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: messages))
    try process.run()
    // A signal that can be blocked may be: Process hands on the mask of the thread that starts it. The kernel
    // lets the traced threads go when the tracer dies.
    let detach = {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    var isAttached = true
    defer { if isAttached { detach() } }
    // It says "Process N attached", once for each thread, when it has stopped and resumed it.
    let deadline = ContinuousClock.now + .seconds(30)
    while try !String(contentsOfFile: messages, encoding: .utf8).contains("attached") {
      guard process.isRunning, ContinuousClock.now < deadline else { throw DidNotAttach() }
      Thread.sleep(forTimeInterval: 0.01)
    }
    try body()
    detach()
    isAttached = false
    return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}

/// A file system in memory of a few MiB.
struct SmallDisk {
  struct DidNotMount: Error {}

  /// True if this process may mount one.
  static let isUsable: Bool = (try? withSmallDisk(bytes: 1 << 20) { _ in true }) != nil

  fileprivate let directory: TemporaryDirectory

  func file(_ name: String) -> String { directory.file(name) }

  /// Writes zeros to a file.
  func takeSpace(_ name: String, bytes: Int) throws {
    try Data(count: bytes).write(to: URL(fileURLWithPath: file(name)))
  }

  /// Writes a file until not one page is free.
  func fillUp(_ name: String) throws {
    let descriptor = open(file(name), O_CREAT | O_WRONLY, 0o600)
    guard descriptor >= 0 else { throw DidNotMount() }
    defer { close(descriptor) }
    let page = [UInt8](repeating: 0, count: 4_096)
    while write(descriptor, page, page.count) > 0 {}
  }

  /// Removes a file.
  func makeSpace(_ name: String) throws {
    try FileManager.default.removeItem(atPath: file(name))
  }
}

/// Gives a test a small disk, and unmounts it when the test is done.
func withSmallDisk<T>(bytes: Int, _ body: (SmallDisk) throws -> T) throws -> T {
  try withDirectory { directory throws in
    guard let mount = find("mount"), let unmount = find("umount"),
      run(mount, ["-t", "tmpfs", "-o", "size=\(bytes)", "none", directory.path]) == 0
    else { throw SmallDisk.DidNotMount() }
    defer { run(unmount, ["-l", directory.path]) }
    return try body(SmallDisk(directory: directory))
  }
}
