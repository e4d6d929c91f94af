// How a release writes its cells: `CL=10+`, and `*=<5` for all others.

/// One entry of the cells of a `tally.released`.
public struct ReleasedCell: Sendable, Equatable {
  /// The cell; nil for all that are not named.
  public let cell: String?
  /// How many are told: at least so many there have been; nil for fewer than the floor.
  public let atLeast: Int64?
  /// The number that is not reached, where ``atLeast`` is nil.
  public let floor: Int64

  /// The name that stands for all cells that are not named.
  public static let othersName = "*"

  /// All entries of a release: the cells that have a batch, by their bytes, then one for all others. No other cell is
  /// named, whether anybody lies in it or not: a name would tell that somebody does.
  public static func entries(of cells: [String: Int], floor: Int64) -> [ReleasedCell] {
    cells.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { cell in
      ReleasedCell(cell: cell, atLeast: Int64(cells[cell] ?? 0), floor: floor)
    } + [ReleasedCell(cell: nil, atLeast: nil, floor: floor)]
  }

  private init(cell: String?, atLeast: Int64?, floor: Int64) {
    self.cell = cell
    self.atLeast = atLeast
    self.floor = floor
  }

  /// The count as people read it: `10+`, or `<5`.
  public var count: String { atLeast.map { "\($0)+" } ?? "<\(floor)" }

  /// As it stands in the event.
  public var text: String { "\(cell ?? Self.othersName)=\(count)" }

  /// Reads an entry; nil if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let name = String(parts[0])
    if parts[1].hasSuffix("+"), let count = Int64(parts[1].dropLast()), count > 0, name != Self.othersName {
      self.init(cell: name, atLeast: count, floor: 0)
    } else if parts[1].hasPrefix("<"), let floor = Int64(parts[1].dropFirst()), floor > 0,
      name == Self.othersName
    {
      self.init(cell: nil, atLeast: nil, floor: floor)
    } else {
      return nil
    }
  }
}
