// Counts what is hashed, for tests: how often each byte of an append is hashed is what it costs, on any machine.

/// How many bytes were hashed, and how often. In a release build there is no counting.
package final class HashMeter: @unchecked Sendable {
  /// Bytes that went into hashes.
  package private(set) var bytes = 0
  /// How many hashes were made.
  package private(set) var count = 0

  /// Begins at nothing.
  package init() {}

  #if DEBUG
    @TaskLocal private static var current: HashMeter?

    /// Counts what is hashed on this thread until `body` returns.
    package func measure<T>(_ body: () throws -> T) rethrows -> T {
      try Self.$current.withValue(self, operation: body)
    }
  #endif

  /// Tells that a hash was made over so many bytes.
  @inline(__always)
  package static func note(bytes: Int) {
    #if DEBUG
      guard let meter = current else { return }
      meter.bytes += bytes
      meter.count += 1
    #endif
  }
}
