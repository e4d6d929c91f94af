// Brings the views forward on a second core while an import appends.

internal import Dispatch
internal import LogStore
internal import Projections
internal import Synchronization

/// Follows a log that grows with the views.
///
/// Nothing rests on it: whatever it does not come to, or fails at, is done and told by the next one who brings the views
/// up to date. What has to wait for it waits in the log, so that no more is in memory the further it falls behind.
final class ViewFollower: Sendable {
  private struct State {
    /// How many events the log has for sure.
    var size: Int64 = 0
    var isOver = false
    var isGivenUp = false
    var hasBegun = false
  }

  private struct GivenUp: Error {}

  private let views: ViewStore
  private let log: SQLiteLog
  /// The size of the views before.
  private let former: Int64
  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let work = DispatchGroup()

  /// - Parameters:
  ///   - views: the views.
  ///   - log: the log.
  /// - Throws: `ViewError` if the views cannot be read.
  init(views: ViewStore, log: SQLiteLog) throws(ViewError) {
    self.views = views
    self.log = log
    former = try views.size()
  }

  /// Takes note that the log has grown. Begins once there is enough to do for a second core.
  func announce(_ size: Int64) {
    let begins = state.withLock { state in
      state.size = max(state.size, size)
      guard !state.hasBegun, state.size - former >= ViewStore.fewEvents else { return false }
      state.hasBegun = true
      return true
    }
    news.signal()
    if begins {
      DispatchQueue.global().async(group: work) { [self] in try? views.follow(log, more: waitForMore) }
    }
  }

  /// Waits until the views have come as far as the log that was announced.
  func finish() { end { $0.isOver = true } }

  /// Waits until nothing is done any more, as soon as can be: the views are of no use.
  func giveUp() { end { $0.isGivenUp = true } }

  private func end(_ change: (inout State) -> Void) {
    state.withLock { change(&$0) }
    news.signal()
    work.wait()
  }

  private func waitForMore(_ wanted: Int64) throws -> Bool {
    while true {
      let (isThere, isOver, isGivenUp) = state.withLock { ($0.size >= wanted, $0.isOver, $0.isGivenUp) }
      if isGivenUp { throw GivenUp() }
      if isThere { return true }
      if isOver { return false }
      news.wait()
    }
  }
}
