// A published log in memory, whose disk can be made to fail at any step.

import TransparencyLog

final class MemoryFiles: WritablePublishedFiles {
  /// The files by their paths.
  var files: [String: [UInt8]] = [:]

  /// How many steps (writes, removals, flushes) have been taken.
  private(set) var steps = 0

  /// How many more steps are taken before everything fails; nil for any number.
  var stepsLeft: Int?

  init(_ files: [String: [UInt8]] = [:]) { self.files = files }

  func read(_ path: String, lengthMaxBytes: Int) throws(ContentsError) -> [UInt8]? {
    files[path].map { Array($0.prefix(lengthMaxBytes + 1)) }
  }

  func list(_ directory: String) throws(ContentsError) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    let names = files.keys.filter { $0.hasPrefix(prefix) }.map { path in
      String(path.dropFirst(prefix.count).prefix { $0 != "/" })
    }
    return Set(names).sorted()
  }

  func write(_ path: String, _ bytes: [UInt8]) throws(ContentsError) {
    try step(path)
    files[path] = bytes
  }

  func remove(_ path: String) throws(ContentsError) {
    try step(path)
    files[path] = nil
  }

  func flush() throws(ContentsError) { try step("flush") }

  func removeLeftovers(in directory: String) throws(ContentsError) {}

  private func step(_ place: String) throws(ContentsError) {
    if let left = stepsLeft {
      guard left > 0 else { throw ContentsError(place: place, reason: "the power is off") }
      stepsLeft = left - 1
    }
    steps += 1
  }
}
