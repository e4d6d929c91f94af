// Directories that go away when a test is done.

internal import Foundation

/// A directory of a test's own.
struct TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
    path = base + "/annals-cli-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> String { path + "/" + name }
  func url(_ name: String) -> URL { URL(fileURLWithPath: file(name)) }
  func read(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: url(name))) }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try Data(bytes).write(to: url(name))
    return file(name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func remove() {
    // A test may have taken away the right to do this.
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] {
      var status = stat()
      if stat(file(name), &status) == 0, status.st_mode & S_IFMT == S_IFDIR { chmod(file(name), 0o700) }
    }
    chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// Gives a test a directory, and removes it with everything in it when the test is done.
func withDirectory<T>(_ body: (TemporaryDirectory) throws -> T) throws -> T {
  let directory = try TemporaryDirectory()
  defer { directory.remove() }
  return try body(directory)
}
