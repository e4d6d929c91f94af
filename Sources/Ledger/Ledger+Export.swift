// The events for others: as they were recorded, as far as they may be shown.

internal import LogStore
public import Milestones
internal import Projections

/// What an export left out.
public struct ExportReport: Sendable, Equatable {
  /// How many events were given out.
  public internal(set) var eventCount: Int64 = 0
  /// How many of them without what may not be shown.
  public internal(set) var shortenedCount: Int64 = 0
  /// How many events were left out, since nothing of them may be shown.
  public internal(set) var withheldCount: Int64 = 0
  /// The position of the last event that restricts what may be shown; nil if none does.
  public internal(set) var restrictionsAt: Int64?
}

extension Ledger {
  /// The events themselves, in the order of recording, as far as consents let them be shown: all but those are the bytes
  /// of the log.
  ///
  /// - Parameters:
  ///   - first: the first position.
  ///   - last: the last position, inclusive; nil for all.
  ///   - body: is given each position and event.
  /// - Returns: what was given out and what was not.
  /// - Throws: ``LedgerError``, or what `body` throws.
  public func export(
    from first: Int64 = 0, through last: Int64? = nil, _ body: (Int64, EventView) throws -> Void
  ) throws -> ExportReport {
    var failure: (any Error)?
    let report = try answer(on: nil) { snapshot, _ in
      var report = ExportReport()
      report.restrictionsAt = snapshot.restrictedBy
      let end = min(last ?? snapshot.knownAt, snapshot.knownAt)
      do {
        try log.scan(from: first, through: end) { position, leaf in
          let event = try EventView(leaf: Array(leaf))
          guard let shown = try snapshot.permitted(event) else {
            report.withheldCount += 1
            return
          }
          report.eventCount += 1
          if shown.bytes != event.bytes { report.shortenedCount += 1 }
          try body(position, shown)
        }
      } catch { failure = error }
      return report
    }.content
    if let failure { throw failure }
    return report
  }
}
