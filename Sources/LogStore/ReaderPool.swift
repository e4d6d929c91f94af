// Connections for reading, handed out one to each reader.

internal import GRDB
internal import Synchronization

/// Read-only connections to one log.
///
/// A reader takes an idle connection or opens a new one, so that no reader ever waits for another, also not
/// one that starts inside another's callback. A few connections are kept, with their prepared statements.
final class ReaderPool: Sendable {
  private static let idleMaximumCount = 4

  private let idle = Mutex<[DatabaseQueue]>([])
  private let connect: @Sendable () throws -> DatabaseQueue

  init(connect: @escaping @Sendable () throws -> DatabaseQueue) {
    self.connect = connect
  }

  /// Lends a connection.
  func withConnection<T>(_ body: (Database) throws -> T) throws -> T {
    let queue = try idle.withLock { $0.popLast() } ?? connect()
    defer { keep(queue) }
    return try queue.unsafeRead(body)
  }

  /// Takes a connection that is already open.
  func keep(_ queue: DatabaseQueue) {
    idle.withLock { if $0.count < Self.idleMaximumCount { $0.append(queue) } }
  }

  /// Closes the idle connections.
  func close() {
    idle.withLock { $0.removeAll() }
  }
}
