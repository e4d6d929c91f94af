// A lock between processes that is let go of when its holder ends, however it ends.

internal import Foundation

enum FileLock {
  /// How long a waiter sleeps before it looks again.
  private static let pauseMicroseconds: UInt32 = 5_000

  /// Runs `body` while no other thread or process runs one under the same lock.
  ///
  /// - Parameters:
  ///   - path: the file that stands for the lock; made where it is not there.
  ///   - timeoutMilliseconds: how long to wait for another holder.
  ///   - body: runs under the lock; it must not ask for it again.
  /// - Returns: what `body` returns.
  /// - Throws: ``LedgerError/keysBusy(path:)``, ``LedgerError/file(_:)``, or what `body` throws.
  static func hold<T>(
    _ path: String, timeoutMilliseconds: Int, _ body: () throws(LedgerError) -> T
  ) throws(LedgerError) -> T {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(FileFailure(path)) }
    // Closing lets go of the lock: no other descriptor stands for it.
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else { throw .file(FileFailure(path, code: code)) }
      guard ContinuousClock.now < deadline else { throw .keysBusy(path: path) }
      usleep(pauseMicroseconds)
    }
    return try body()
  }
}
