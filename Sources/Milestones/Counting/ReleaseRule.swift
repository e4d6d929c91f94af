// The rule by which counts of testimonies are released. Pure: what it gives follows from what it is given.
//
// The rule
// - The sealed testimonies of a campaign, in the order of their positions, form blocks of `blockSize`. A release point
//   lies behind the last testimony of each full block. Everybody can see in the log where the points lie, and nobody can
//   choose them.
// - At each point, for one grouping, the testimonies up to the point are looked at that were not told yet, may be counted
//   at the point and ever since, and lie in one cell since. Of each cell, batches of exactly `floor` testimonies are told. A
//   testimony is told once, in one batch, and for ever.
// - The batches told at one point hold together at least `inDoubt` testimonies less than the point's own block, not
//   counting those of which the log says openly that they are not counted.
// - What is released of a cell is `floor` times its batches so far. It never falls.
//
// What it guarantees
// Let S be any set of testimonies that somebody can point at, and U any set of cells of a grouping. If it follows from
// everything public that at least one testimony of S lies in U, then `floor` or more of S may lie in U. So nothing that
// is public ever says that a number between 1 and floor − 1 of anything lies anywhere. Proof: docs/counting.md.

public import EDTF

/// Releases counts of testimonies so that no number under the floor follows from all that was ever released.
public struct ReleaseRule: Sendable {
  /// Counts under this number are never released.
  public let floor: Int
  /// How many testimonies of a campaign lie between one release point and the next.
  public let blockSize: Int
  /// How many testimonies of each block are in doubt at the least: nothing that is told needs them.
  public let inDoubt: Int

  /// The rule for a floor: blocks of four times the floor, of which one time the floor is in doubt.
  ///
  /// - Parameter floor: 1 or more.
  public init(floor: Int) { self.init(floor: floor, blockSize: max(1, floor) * 4, inDoubt: max(1, floor)) }

  /// A rule with other numbers. The guarantee asks for `inDoubt` of at least `floor`.
  package init(floor: Int, blockSize: Int, inDoubt: Int) {
    self.floor = max(1, floor)
    self.blockSize = max(1, blockSize)
    self.inDoubt = inDoubt
  }

  /// A release that stands in the log.
  public struct Earlier: Sendable {
    /// The release point that it counted to.
    public let through: Int64
    /// What it told of each cell: a multiple of the floor.
    public let cells: [String: Int]
    /// The positions of the testimonies that it told first; nil if that is not known any more: all up to
    /// ``through`` count as told then.
    public let counted: Set<Int64>?

    /// Gathers what is known of a release.
    public init(through: Int64, cells: [String: Int], counted: Set<Int64>?) {
      self.through = through
      self.cells = cells
      self.counted = counted
    }
  }

  /// A release to be made.
  public struct Release: Sendable, Equatable {
    /// What one release point adds: how many testimonies of each cell, a multiple of the floor. Not to be published.
    package struct Step: Sendable, Equatable {
      package let through: Int64
      package let cells: [String: Int]
    }

    /// The last release point that it counts to.
    public let through: Int64
    /// What is told of each cell that has a batch, earlier releases included.
    public let cells: [String: Int]
    /// The positions of the testimonies that it tells first, ascending. Sealed: whose they are is nobody's business.
    public let counted: [Int64]
    package let steps: [Step]
  }

  /// The release that can be made.
  ///
  /// - Parameters:
  ///   - testimonies: all sealed testimonies of one campaign, in the order of their positions.
  ///   - grouping: what they are counted by.
  ///   - earlier: the releases of the same campaign and grouping that stand in the log.
  ///   - day: the day of the release; consents must hold on it.
  /// - Returns: the release; nil if no cell would rise.
  public func release(
    of testimonies: [TestimonyHistory], by grouping: Grouping, after earlier: [Earlier], on day: Day
  ) -> Release? {
    guard grouping.isReleasable else { return nil }
    let last = earlier.map(\.through).max() ?? -1
    var told = Self.told(earlier, among: testimonies)
    var cells: [String: Int] = [:]
    for release in earlier { cells.merge(release.cells) { max($0, $1) } }
    var counted: [Int64] = []
    var steps: [Release.Step] = []
    var through = last
    for end in stride(from: blockSize, through: testimonies.count, by: blockSize) {
      let point = testimonies[end - 1].position
      guard point > last else { continue }
      through = point
      let waiting = Self.waiting(testimonies[..<end], at: point, by: grouping, on: day, told: told)
      let steady = testimonies[(end - blockSize)..<end].count { testimony in
        testimony.holds(since: point) { !$0.isOpenlyOut(on: day) }
      }
      let batches = share(batches: max(0, steady - inDoubt) / floor, among: waiting.mapValues(\.count))
      var step: [String: Int] = [:]
      for (cell, count) in batches {
        let positions = (waiting[cell] ?? []).prefix(count * floor)
        told.formUnion(positions)
        counted += positions
        step[cell] = positions.count
        cells[cell, default: 0] += positions.count
      }
      steps.append(Release.Step(through: point, cells: step))
    }
    if counted.isEmpty { return nil }
    return Release(through: through, cells: cells, counted: counted.sorted(), steps: steps)
  }

  private static func told(_ earlier: [Earlier], among testimonies: [TestimonyHistory]) -> Set<Int64> {
    var told: Set<Int64> = []
    for release in earlier {
      if let counted = release.counted {
        told.formUnion(counted)
      } else {
        told.formUnion(testimonies.map(\.position).filter { $0 <= release.through })
      }
    }
    return told
  }

  /// The positions of those that can be told at a point, by cell, ascending.
  private static func waiting(
    _ testimonies: ArraySlice<TestimonyHistory>, at point: Int64, by grouping: Grouping, on day: Day,
    told: Set<Int64>
  ) -> [String: [Int64]] {
    var waiting: [String: [Int64]] = [:]
    for testimony in testimonies where !told.contains(testimony.position) {
      // A cell that was corrected since counts from the next point on.
      guard let cell = testimony.state(at: point)?.values.cell(by: grouping),
        testimony.holds(since: point, { $0.isCountable(on: day) && $0.values.cell(by: grouping) == cell })
      else { continue }
      waiting[cell, default: []].append(testimony.position)
    }
    return waiting
  }

  /// Gives batches to cells, one after the other to the cell in which most wait; ties go by the cell's bytes.
  private func share(batches: Int, among waiting: [String: Int]) -> [String: Int] {
    var rest = waiting
    var shares: [String: Int] = [:]
    for _ in 0..<batches {
      let next = rest.filter { $0.value >= floor }.max { one, other in
        one.value != other.value
          ? one.value < other.value : other.key.utf8.lexicographicallyPrecedes(one.key.utf8)
      }
      guard let next else { break }
      rest[next.key] = next.value - floor
      shares[next.key, default: 0] += 1
    }
    return shares
  }
}
