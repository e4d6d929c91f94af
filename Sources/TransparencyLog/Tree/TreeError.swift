// Why a tree could not be read, built or trusted.

/// A tree that cannot be built or read as asked, or tiles that are not those of the tree.
public struct TreeError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Hashable {
    /// The size is beyond ``LogLimits/treeSizeMaxLeaves``, or smaller than another that it must reach.
    case sizeOutOfRange
    /// The tree has no leaf of that index.
    case indexOutOfRange
    /// The tree has no such tile, or fewer hashes in it.
    case noSuchTile
    /// The source has no such tile, though the tree must have it.
    case missingTile
    /// The source gave another number of hashes than it was asked for, or bytes that are no whole hashes.
    case wrongWidth
    /// The source could not read; ``TreeError/underlying`` says why. Trying again may help.
    case unreadable
    /// The hashes of a full tile do not give the hash that the tile above it holds: the tile was altered.
    case tamperedTile
    /// The tiles at the right edge do not give the root: one of them was altered, or the root belongs to
    /// another tree.
    case wrongRoot
    /// An entry of a bundle does not hash to its leaf.
    case tamperedEntry
  }

  /// What went wrong.
  public let kind: Kind

  /// The tile it concerns, if it is one tile.
  public let tile: TileID?

  /// The position of the leaf it concerns, if it is one leaf.
  public let leafIndex: UInt64?

  /// What would have been right.
  public let expected: String

  /// What was there instead.
  public let found: String

  /// The error of the source, for ``Kind/unreadable``.
  public let underlying: (any Error)?

  /// An error of a tile source: ``Kind/missingTile``, ``Kind/wrongWidth`` or, with the cause,
  /// ``Kind/unreadable``.
  public init(
    _ kind: Kind, tile: TileID? = nil, leafIndex: UInt64? = nil, expected: String, found: String,
    underlying: (any Error)? = nil
  ) {
    self.kind = kind
    self.tile = tile
    self.leafIndex = leafIndex
    self.expected = expected
    self.found = found
    self.underlying = underlying
  }

  /// One line for a person.
  public var description: String {
    var place = ""
    if let tile { place += " in tile \(tile)" }
    if let leafIndex { place += " at leaf \(leafIndex)" }
    let cause = underlying.map { " (\($0))" } ?? ""
    return "\(kind.words)\(place): expected \(expected), found \(found)\(cause)"
  }
}

extension TreeError.Kind {
  var words: String {
    switch self {
    case .sizeOutOfRange: "the tree size is out of range"
    case .indexOutOfRange: "the tree has no such leaf"
    case .noSuchTile: "the tree has no such tile"
    case .missingTile: "the tile is missing"
    case .wrongWidth: "the tile has the wrong width"
    case .unreadable: "the tile could not be read"
    case .tamperedTile: "the tile was altered"
    case .wrongRoot: "the tiles do not give the root"
    case .tamperedEntry: "the entry was altered"
    }
  }
}
