// The two 16-byte names of an event: its id and the digest of its draft.

/// Sixteen bytes held inline: cheap to copy, to hash and to compare, ordered as `memcmp` orders them.
struct SixteenBytes: Sendable, Hashable, Comparable {
  static let count = 16

  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.count else { return nil }
    high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  init?(_ bytes: some Collection<UInt8>) {
    // Byte by byte, through a type that is not known here, would take longer than reading the event.
    if let found = bytes.withContiguousStorageIfAvailable({ Self(UnsafeRawBufferPointer($0)) }) {
      guard let found else { return nil }
      self = found
      return
    }
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in bytes {
      guard count < Self.count else { return nil }
      if count < 8 {
        words.0 = words.0 << 8 | UInt64(byte)
      } else {
        words.1 = words.1 << 8 | UInt64(byte)
      }
      count += 1
    }
    guard count == Self.count else { return nil }
    (high, low) = words
  }

  var bytes: [UInt8] { withBytes { Array($0) } }

  /// Lends the bytes in order, without an allocation.
  func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    try withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
  }

  static func < (left: Self, right: Self) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// The id of an event in 16 bytes, unique in its log for ever.
///
/// How an id becomes 16 bytes is the caller's business: a UUID as it stands, or a digest of a longer name.
/// Ids that grow with time (UUIDv7, RFC 9562 section 5.7) are appended several times faster than random ones.
public struct EventKey: Sendable, Hashable, Comparable {
  let storage: SixteenBytes

  init(storage: SixteenBytes) {
    self.storage = storage
  }

  /// Takes exactly 16 bytes; nil for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard let storage = SixteenBytes(bytes) else { return nil }
    self.storage = storage
  }

  /// Takes the first eight bytes and the last eight, each as a number of which the first byte is the greatest.
  package init(high: UInt64, low: UInt64) { storage = SixteenBytes(high: high, low: low) }

  /// The 16 bytes in order.
  public var bytes: [UInt8] { storage.bytes }

  /// Orders keys byte by byte, as the engine's index does.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

/// A keyed digest, in 16 bytes, of what a client supplied before the ledger stamped and sealed it.
///
/// The caller makes it. The log only compares it: the same key with the same tag is the same event offered
/// again, the same key with another tag is a conflict.
public struct ContentTag: Sendable, Hashable {
  let storage: SixteenBytes

  init(storage: SixteenBytes) {
    self.storage = storage
  }

  /// Takes exactly 16 bytes; nil for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard let storage = SixteenBytes(bytes) else { return nil }
    self.storage = storage
  }

  /// Takes the first eight bytes and the last eight, each as a number of which the first byte is the greatest.
  package init(high: UInt64, low: UInt64) { storage = SixteenBytes(high: high, low: low) }

  /// The 16 bytes in order.
  public var bytes: [UInt8] { storage.bytes }
}
