// Exact counts of testimonies: for the machine that holds the vault, and never to be published.

public import EDTF

/// An exact count of testimonies.
public struct ExactCount: Sendable, Equatable {
  /// The campaign.
  public let campaign: String
  /// The cell; nil for those of which nothing was told.
  public let cell: String?
  /// How many are held.
  public let held: Int64
  /// How many of them may be counted: somebody consented to it.
  public let counted: Int64

  /// Counts testimonies.
  ///
  /// - Parameters:
  ///   - testimonies: the testimonies.
  ///   - grouping: what they are counted by.
  ///   - day: consents must hold on it.
  /// - Returns: the counts by campaign and cell, in the order of bytes; those without a cell last.
  public static func counts(
    of testimonies: some Sequence<TestimonyHistory>, by grouping: Grouping, on day: Day
  ) -> [ExactCount] {
    var counts: [String: [String?: (held: Int64, counted: Int64)]] = [:]
    for testimony in testimonies where testimony.now.isHeld {
      let (values, state) = (testimony.now.values, testimony.now)
      let cell = values.cell(by: grouping)
      counts[values.campaign, default: [:]][cell, default: (0, 0)].held += 1
      if state.consent?.allowsCounting(on: day) ?? false {
        counts[values.campaign, default: [:]][cell, default: (0, 0)].counted += 1
      }
    }
    return counts.keys.sorted(by: precedes).flatMap { campaign in
      let cells = counts[campaign] ?? [:]
      return cells.keys.sorted { one, other in
        guard let one, let other else { return one != nil }
        return precedes(one, other)
      }.map { cell in
        let count = cells[cell] ?? (0, 0)
        return ExactCount(campaign: campaign, cell: cell, held: count.held, counted: count.counted)
      }
    }
  }

  private static func precedes(_ one: String, _ other: String) -> Bool {
    one.utf8.lexicographicallyPrecedes(other.utf8)
  }
}
