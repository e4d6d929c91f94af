// Connections for reading, handed out one to each reader.

internal import Foundation
internal import GRDB

/// Read-only connections to one log.
///
/// A reader takes an idle connection or opens a new one, so that no reader ever waits for another, also not
/// one that starts inside another's callback. A few connections are kept, with their prepared statements.
///
/// Unchecked: `idle` is only touched under `lock`.
final class ReaderPool: @unchecked Sendable {
  private static let idleMaximumCount = 4

  private let lock = NSLock()
  private var idle: [DatabaseQueue] = []
  private let connect: @Sendable () throws -> DatabaseQueue

  init(connect: @escaping @Sendable () throws -> DatabaseQueue) {
    self.connect = connect
  }

  /// Lends a connection.
  func withConnection<T>(_ body: (Database) throws -> T) throws -> T {
    let queue = try lock.withLock { idle.popLast() } ?? connect()
    defer { keep(queue) }
    return try queue.unsafeRead(body)
  }

  /// Takes a connection that is already open.
  func keep(_ queue: DatabaseQueue) {
    lock.withLock { if idle.count < Self.idleMaximumCount { idle.append(queue) } }
  }

  /// Closes the idle connections.
  func close() {
    lock.withLock { idle.removeAll() }
  }
}
