// Entry bundles: up to 256 entries, each after its length (tlog-tiles, "Log entries").

/// The entries of 256 leaves, or of as many as there are yet, as they are published.
///
/// An entry's length is a big-endian uint16 before its bytes; nothing else stands between, before or after
/// them. So an entry has at most 65,535 bytes; it may be empty.
public struct EntryBundle: Sendable, Equatable {
  /// The bundle as it is stored and served.
  public let bytes: [UInt8]

  // Where each entry lies in `bytes`, without its length.
  private let ranges: [Range<Int>]

  /// A bundle of these entries. Throws if there are none or more than 256, or one is too long.
  public init(entries: some Collection<[UInt8]>) throws(FormatError) {
    try EntryBundle.checkCount(entries.count, offset: 0)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
    var ranges: [Range<Int>] = []
    for (index, entry) in entries.enumerated() {
      guard let length = UInt16(exactly: entry.count) else {
        throw FormatError(
          .entryBundle, .length, expected: "entries of at most \(LogLimits.entryLengthMaxBytes) bytes",
          found: "\(entry.count) bytes in entry \(index) of the bundle")
      }
      bytes.append(UInt8(length >> 8))
      bytes.append(UInt8(length & 0xFF))
      ranges.append(bytes.count..<(bytes.count + entry.count))
      bytes.append(contentsOf: entry)
    }
    self.bytes = bytes
    self.ranges = ranges
  }

  /// Reads a bundle.
  ///
  /// `expectedCount` is what its path says (``TilePath/width``), from 1 to 256. Throws where there are fewer
  /// or more entries, an entry ends early, or bytes are left over.
  public init(parsing bytes: [UInt8], expectedCount: Int) throws(FormatError) {
    try EntryBundle.checkCount(expectedCount, offset: 0)
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(expectedCount)
    var offset = 0
    while ranges.count < expectedCount {
      guard bytes.count - offset >= 2 else {
        throw FormatError(
          .entryBundle, .missingPart, offset: offset, expected: "the length of entry \(ranges.count)",
          found: "\(bytes.count - offset) bytes")
      }
      let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
      offset += 2
      guard bytes.count - offset >= length else {
        throw FormatError(
          .entryBundle, .missingPart, offset: offset, expected: "\(length) bytes of entry \(ranges.count)",
          found: "\(bytes.count - offset)")
      }
      ranges.append(offset..<(offset + length))
      offset += length
    }
    guard offset == bytes.count else {
      throw FormatError(
        .entryBundle, .trailingBytes, offset: offset, expected: "the end after \(expectedCount) entries",
        found: "\(bytes.count - offset) more bytes")
    }
    self.bytes = bytes
    self.ranges = ranges
  }

  /// The number of entries, from 1 to 256.
  public var count: Int { ranges.count }

  /// The entries in order, as slices of ``bytes``.
  public var entries: some RandomAccessCollection<ArraySlice<UInt8>> {
    ranges.lazy.map { [bytes] in bytes[$0] }
  }

  /// The leaf hash of an entry, by its index in the bundle, which must be below ``count``.
  public func leafHash(at index: Int) -> MerkleHash {
    bytes.withUnsafeBytes { .leaf(UnsafeRawBufferPointer(rebasing: $0[ranges[index]])) }
  }

  private static func checkCount(_ count: Int, offset: Int) throws(FormatError) {
    guard (1...LogLimits.tileWidthHashes).contains(count) else {
      throw FormatError(.entryBundle, .count, offset: offset, expected: "1 to 256 entries", found: "\(count)")
    }
  }
}
