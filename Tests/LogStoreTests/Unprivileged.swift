// Rights of the file system do not bind root. Where the tests run as root, a thread gives its own away.

internal import Foundation

#if canImport(Glibc)
  private let setfsuid: (@convention(c) (UInt32) -> Int32)? = {
    // Declared in a header that Swift's Glibc module leaves out. It acts on the calling thread alone.
    guard let symbol = dlsym(nil, "setfsuid") else { return nil }
    return unsafeBitCast(symbol, to: (@convention(c) (UInt32) -> Int32).self)
  }()

  /// True if rights bind the tests, or a thread can be made such that they do.
  let canBecomeUnprivileged = geteuid() != 0 || setfsuid != nil

  /// Runs the body such that the rights of files bind it.
  func unprivileged(_ body: @escaping @Sendable () throws -> Void) throws {
    guard geteuid() == 0, let setfsuid else { return try body() }
    let nobody: UInt32 = 65_534
    try onThreads(1) { _ in
      _ = setfsuid(nobody)
      // The thread ends with the body; nothing else runs on it.
      try body()
    }
  }
#else
  let canBecomeUnprivileged = geteuid() != 0

  func unprivileged(_ body: @escaping @Sendable () throws -> Void) throws { try body() }
#endif
