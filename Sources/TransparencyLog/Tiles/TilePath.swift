// The paths under which tiles and entry bundles are published (tlog-tiles, "Merkle Tree" and "Log entries").

/// The path of a tile or an entry bundle, relative to the prefix of the log, such as
/// `tile/0/x001/x234/067.p/8`.
public struct TilePath: Sendable, Hashable {
  /// What lies at a path.
  public enum Content: Sendable, Hashable {
    /// Hashes of the tree at a level, from 0 to 63.
    case hashes(level: Int)
    /// Entries, as an ``EntryBundle``.
    case entries
  }

  /// The path of the newest checkpoint, beside the tiles.
  public static let checkpoint = "checkpoint"

  /// What lies there.
  public let content: Content

  /// The index of the tile in its level, or of the bundle.
  public let index: UInt64

  /// How many hashes or entries lie there: 1 to 255 for a partial tile or bundle, 256 for a full one.
  public let width: Int

  /// A path from its parts.
  ///
  /// Throws unless the level is at most 63 and the width from 1 to 256.
  public init(_ content: Content, index: UInt64, width: Int = LogLimits.tileWidthHashes) throws(FormatError) {
    if case .hashes(let level) = content, !(0...LogLimits.tileLevelMax).contains(level) {
      throw FormatError(.tilePath, .number, expected: "a level from 0 to 63", found: "\(level)")
    }
    guard (1...LogLimits.tileWidthHashes).contains(width) else {
      throw FormatError(.tilePath, .number, expected: "a width from 1 to 256", found: "\(width)")
    }
    self.content = content
    self.index = index
    self.width = width
  }

  /// The tile, or nothing for an entry bundle.
  public var tile: TileID? {
    guard case .hashes(let level) = content else { return nil }
    return TileID(level: level, index: index)
  }

  /// Whether it is full, and so never changes again.
  public var isFull: Bool { width == LogLimits.tileWidthHashes }

  /// Reads a path. It must be the one that ``text`` would give: no other spelling of a number is taken.
  public init(parsing text: String) throws(FormatError) {
    // No path of this format is longer: 7 groups of the index.
    let lengthMaxBytes = 64
    let bytes = Array(text.utf8.prefix(lengthMaxBytes + 1))
    guard bytes.count <= lengthMaxBytes else {
      throw FormatError(
        .tilePath, .length, offset: lengthMaxBytes, expected: "at most 64 bytes", found: bytes)
    }
    var elements = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    guard elements.popFirst()?.elementsEqual("tile".utf8) == true else {
      throw FormatError(.tilePath, .syntax, expected: "tile/", found: bytes)
    }
    let content = try TilePath.parseContent(elements.popFirst() ?? [])
    var width = LogLimits.tileWidthHashes
    if elements.count >= 2, let last = elements.last, elements[elements.endIndex - 2].hasPartialSuffix {
      elements.removeLast()
      width = try TilePath.parseWidth(last)
      elements[elements.endIndex - 1] = elements[elements.endIndex - 1].dropLast(2)
    }
    try self.init(content, index: TilePath.parseIndex(elements), width: width)
  }

  /// The path as text.
  public var text: String { TilePath.text(content, index: index, width: width) }

  // The same for parts that are within bounds because they are those of a tree.
  static func text(_ content: Content, index: UInt64, width: Int) -> String {
    let full = fullText(content, index: index)
    return width == LogLimits.tileWidthHashes ? full : "\(full)\(partialSuffix)/\(width)"
  }

  /// The directory that holds the partial tiles or bundles of a place.
  static func partialDirectory(of content: Content, index: UInt64) -> String {
    fullText(content, index: index) + partialSuffix
  }

  /// The directory of a level's tiles, or of the bundles.
  static func directory(of content: Content) -> String {
    switch content {
    case .hashes(let level): "tile/\(level)"
    case .entries: "tile/entries"
    }
  }

  static let partialSuffix = ".p"

  private static func fullText(_ content: Content, index: UInt64) -> String {
    directory(of: content) + "/" + indexText(index)
  }

  /// The index in groups of three digits, all but the last preceded by x: 1234067 is `x001/x234/067`.
  public static func indexText(_ index: UInt64) -> String {
    var text = group(index % 1_000)
    var rest = index / 1_000
    while rest > 0 {
      text = "x\(group(rest % 1_000))/" + text
      rest /= 1_000
    }
    return text
  }

  private static func group(_ number: UInt64) -> String {
    (number < 100 ? "0" : "") + (number < 10 ? "0" : "") + "\(number)"
  }

  private static func parseContent(_ element: ArraySlice<UInt8>) throws(FormatError) -> Content {
    if element.elementsEqual("entries".utf8) { return .entries }
    guard let level = Decimal.decode(element), level <= LogLimits.tileLevelMax else {
      throw FormatError(
        .tilePath, .number, offset: element.startIndex, expected: "entries or a level from 0 to 63",
        found: element)
    }
    return .hashes(level: Int(level))
  }

  private static func parseWidth(_ element: ArraySlice<UInt8>) throws(FormatError) -> Int {
    guard let width = Decimal.decode(element), (1..<UInt64(LogLimits.tileWidthHashes)).contains(width) else {
      throw FormatError(
        .tilePath, .number, offset: element.startIndex, expected: "a width from 1 to 255", found: element)
    }
    return Int(width)
  }

  private static func parseIndex(_ groups: ArraySlice<ArraySlice<UInt8>>) throws(FormatError) -> UInt64 {
    var index: UInt64 = 0
    for (place, group) in groups.enumerated() {
      let isLast = place == groups.count - 1
      let digits = isLast ? group : group.dropFirst()
      guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
        isLast || group.first == UInt8(ascii: "x")
      else {
        let expected = isLast ? "three digits" : "x and three digits"
        throw FormatError(.tilePath, .syntax, offset: group.startIndex, expected: expected, found: group)
      }
      let value = digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - 0x30) }
      // A leading x000 would be a second spelling of the same index.
      guard place > 0 || isLast || value > 0 else {
        throw FormatError(
          .tilePath, .syntax, offset: group.startIndex, expected: "no leading x000", found: group)
      }
      let (shifted, overflows) = index.multipliedReportingOverflow(by: 1_000)
      let (sum, carries) = shifted.addingReportingOverflow(value)
      guard !overflows, !carries else {
        throw FormatError(
          .tilePath, .number, offset: group.startIndex, expected: "an index below 2^64", found: group)
      }
      index = sum
    }
    guard !groups.isEmpty else {
      throw FormatError(.tilePath, .missingPart, expected: "an index", found: "none")
    }
    return index
  }
}

extension ArraySlice<UInt8> {
  /// Whether this path element says that the next one is a width.
  fileprivate var hasPartialSuffix: Bool {
    suffix(2).elementsEqual(".p".utf8)
  }
}

extension TilePath: CustomStringConvertible {
  /// The path as text.
  public var description: String { text }
}
