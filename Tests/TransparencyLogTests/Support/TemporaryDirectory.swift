// A directory of a test's own.

import Foundation

/// Gives a test a directory, and removes it with everything in it when the test is done.
func withDirectory<T>(_ body: (String) throws -> T) throws -> T {
  let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
  let path = base + "/transparency-log-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
