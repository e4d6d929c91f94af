// What a log consists of, wherever it lies: its entries and its tiles, as somebody who checks or publishes
// them reads them.

/// The stored contents of a log: a published directory, a database, memory.
///
/// Nothing that it gives is believed. What is not there, or is malformed, is reported as such and is a finding
/// about the log; what could not be read at all, as when a disk fails, is thrown and is none.
public protocol LogContents {
  /// Reads the entries of a bundle: those at the positions from `256 * index` on, `width` of them.
  ///
  /// - Parameters:
  ///   - index: The index of the bundle.
  ///   - width: How many entries the tree has there, from 1 to 256. More may be stored.
  ///   - entries: Empty when given; afterwards it has a slot for each of the positions, in order.
  /// - Throws: ``ContentsError``, if it cannot be told what is there.
  func readEntries(ofBundle index: UInt64, width: Int, into entries: inout EntryRun) throws(ContentsError)

  /// The stored bytes of a tile, as they are.
  ///
  /// Where more hashes are stored than are asked for, as in a full tile that serves for a partial one, they
  /// are cut to those; any other length than that of `width` hashes is a finding.
  ///
  /// - Parameters:
  ///   - tile: The tile.
  ///   - width: How many hashes the tree has in it, from 1 to 256.
  /// - Returns: The bytes, or nothing where there is no such tile.
  /// - Throws: ``ContentsError``, if it cannot be told what is there.
  func tileBytes(_ tile: TileID, width: Int) throws(ContentsError) -> [UInt8]?

  /// The widths below 256 at which partial tiles or bundles of that place are stored, in ascending order.
  ///
  /// A published log keeps them for readers who hold an older checkpoint. Contents that keep only the newest
  /// state have none.
  func partialWidths(of content: TilePath.Content, index: UInt64) throws(ContentsError) -> [Int]

  /// The first position at or behind `size` that has an entry, though a log of `size` entries has none there.
  ///
  /// Contents in which a newer state may lie ready, such as a published directory, give nothing.
  func firstEntry(from size: UInt64) throws(ContentsError) -> UInt64?

  /// Where a bundle or a tile lies, for messages: a path, or the name of a database.
  func place(of content: TilePath.Content, index: UInt64, width: Int) -> String
}

extension LogContents {
  /// None.
  public func partialWidths(of content: TilePath.Content, index: UInt64) throws(ContentsError) -> [Int] { [] }

  /// None.
  public func firstEntry(from size: UInt64) throws(ContentsError) -> UInt64? { nil }
}

/// Contents that could not be read, so that nothing can be said of them.
public struct ContentsError: Error, Sendable, CustomStringConvertible {
  /// The file or the database.
  public let place: String

  /// What the system or the engine said.
  public let reason: String

  /// The system's error number, if the system refused.
  public let errorNumber: Int32?

  /// The source's own error, if it has one.
  public let underlying: (any Error)?

  /// An error of a source.
  public init(
    place: String, reason: String, errorNumber: Int32? = nil, underlying: (any Error)? = nil
  ) {
    self.place = place
    self.reason = reason
    self.errorNumber = errorNumber
    self.underlying = underlying
  }

  /// One line for a person.
  public var description: String { "\(place) could not be read: \(reason)" }
}

/// The entries at up to 256 consecutive positions, as they were read; some may be missing.
public struct EntryRun: Sendable {
  // All entries one behind the other, perhaps with other bytes between them.
  private(set) var bytes: [UInt8] = []

  // Where each slot's entry lies in `bytes`; nil where there is none.
  private(set) var ranges: [Range<Int>?] = []

  /// What is wrong with the form of what the entries were read from, in words, if anything is. The entries
  /// before that place stand in their slots, and the others count as missing.
  public var malformation: String?

  /// A run without slots.
  public init() {}

  /// The number of slots.
  public var count: Int { ranges.count }

  /// The entry of a slot, which must be below ``count``; nothing where it is missing.
  public subscript(slot: Int) -> ArraySlice<UInt8>? {
    ranges[slot].map { bytes[$0] }
  }

  /// Empties the run for the next use, and keeps its memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    malformation = nil
  }

  /// Adds a slot with this entry.
  public mutating func append(_ entry: UnsafeRawBufferPointer) {
    let start = bytes.count
    bytes.append(contentsOf: entry)
    ranges.append(start..<bytes.count)
  }

  /// Adds a slot with this entry.
  public mutating func append(_ entry: some Collection<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: entry)
    ranges.append(start..<bytes.count)
  }

  /// Adds slots whose entries are missing.
  public mutating func appendMissing(count: Int = 1) {
    ranges.append(contentsOf: repeatElement(nil, count: count))
  }

  /// Makes this the entries of a bundle (tlog-tiles, "Log entries").
  ///
  /// Reads as far as the form holds. A bundle that ends behind a whole entry lacks the others; one that ends
  /// within an entry, or goes on behind the last, is malformed.
  ///
  /// - Parameters:
  ///   - bundle: The bytes of the bundle.
  ///   - width: How many entries are wanted.
  ///   - storedWidth: How many entries the bundle should have: 256 where a full one serves for a partial one.
  public mutating func take(bundle: [UInt8], width: Int, storedWidth: Int) {
    removeAll()
    bytes = bundle
    var offset = 0
    while ranges.count < storedWidth, offset < bundle.count {
      guard bundle.count - offset >= 2 else {
        malformation = "byte \(offset): expected two bytes of length, found one"
        break
      }
      let length = Int(bundle[offset]) << 8 | Int(bundle[offset + 1])
      guard bundle.count - offset - 2 >= length else {
        malformation =
          "byte \(offset + 2): expected an entry of \(length) bytes, found \(bundle.count - offset - 2)"
        break
      }
      ranges.append((offset + 2)..<(offset + 2 + length))
      offset += 2 + length
    }
    if malformation == nil, offset < bundle.count {
      malformation =
        "byte \(offset): expected the end behind \(storedWidth) entries, found \(bundle.count - offset) bytes more"
    }
    if ranges.count > width { ranges.removeLast(ranges.count - width) }
    if ranges.count < width { appendMissing(count: width - ranges.count) }
  }

  /// The leaf hash of each slot; nil where the entry is missing.
  func leafHashes() -> [MerkleHash?] {
    bytes.withUnsafeBytes { bytes in
      ranges.map { range in range.map { .leaf(UnsafeRawBufferPointer(rebasing: bytes[$0])) } }
    }
  }
}
