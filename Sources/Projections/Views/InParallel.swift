// Work of which each part is by itself, on all cores.

internal import Dispatch
internal import Foundation
internal import Synchronization

/// Spreads work over the cores.
enum InParallel {
  /// For fewer parts it would take longer to hand them out than to do them.
  private static let partsMin = 32

  /// How many cores there are. Asked once: on Linux each answer is read from several files.
  static let coreCount = ProcessInfo.processInfo.activeProcessorCount

  /// Transforms each item, in their order.
  ///
  /// - Parameters:
  ///   - items: what is to be transformed.
  ///   - transform: pure: runs for several items at once.
  /// - Returns: the results in the order of the items.
  /// - Throws: what `transform` throws for the first item that it fails for, of those looked at.
  static func map<Item: Sendable, Output: Sendable>(
    _ items: [Item], _ transform: @Sendable (Item) throws -> Output
  ) throws -> [Output] {
    let shares = min(coreCount, items.count / partsMin)
    guard shares > 1 else { return try items.map(transform) }
    let found = Mutex([Result<[Output], any Error>?](repeating: nil, count: shares))
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let part = items[(items.count * share / shares)..<(items.count * (share + 1) / shares)]
      let outputs = Result { try part.map(transform) }
      found.withLock { $0[share] = outputs }
    }
    return try found.withLock { $0 }.flatMap { try $0?.get() ?? [] }
  }
}
