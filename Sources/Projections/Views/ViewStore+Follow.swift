// Brings the views forward while the log grows: for whoever appends many events and has a second core.

public import LogStore

/// Waits until the log has as many events as told, or returns false once it will not grow any more.
public typealias GrowingLog = (Int64) throws -> Bool

extension ViewStore {
  /// Brings the views forward until the log grows no more, whole batch by whole batch.
  ///
  /// Views that contain less than half of the log are made anew beside those that serve: rows without the indexes that
  /// only questions need are written faster, and to sort all rows once for them costs less than to find the place of each.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - more: waits for more events; what it throws ends the work.
  /// - Throws: ``ViewError``; what was projected before stays.
  public func follow(_ log: some EventLog, more: @escaping GrowingLog) throws(ViewError) {
    do {
      let (size, head) = (try size(), try log.head().size)
      if files != nil && head >= Self.fewEvents && size < head / 2 {
        try make(from: log, insteadOf: nil, anew: false, waits: false, more: more)
      } else {
        _ = try catchUp(with: log, waits: false, more: more)
      }
    } catch { throw failure(error, of: log) }
  }

  /// What is caught up with in a moment, however it is done.
  public static let fewEvents: Int64 = 8_192
}
