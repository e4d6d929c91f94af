// The 32 bytes of a SHA-256 hash as a value: no memory of its own, compared and ordered by its bytes.

/// A hash of the tree: of a leaf, of a node or of the whole (RFC 6962, section 2.1, over SHA-256).
///
/// Hashes are ordered by their bytes, from the first to the last.
public struct MerkleHash: Sendable, Hashable {
  // The bytes as they lie in memory, in four words: an array would take an allocation a hash.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// The hash whose 32 bytes these are, or nothing where there are fewer or more.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == LogLimits.hashLengthBytes else { return nil }
    self.init(first32: bytes)
  }

  /// The hash whose 32 bytes these are, or nothing where there are fewer or more.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == LogLimits.hashLengthBytes else { return nil }
    words = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { target in
      target.copyBytes(from: bytes)
    }
  }

  /// The hash written in 64 hexadecimal digits, of either case, or nothing for any other text.
  public init?(hex: String) {
    guard let bytes = Hexadecimal.decode(hex.utf8, lowerCaseOnly: false) else { return nil }
    self.init(bytes)
  }

  /// The hash written in base64 (RFC 4648, section 4; padded, 44 characters), or nothing for any other text.
  public init?(base64: String) {
    guard let bytes = Base64.decode(base64.utf8) else { return nil }
    self.init(bytes)
  }

  // The caller has made sure of the length.
  init(first32 bytes: UnsafeRawBufferPointer) {
    words = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { target in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(LogLimits.hashLengthBytes)))
    }
  }

  /// Calls `body` with the 32 bytes, without a copy of them.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    withUnsafeBytes { Array($0) }
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String {
    withUnsafeBytes { Hexadecimal.encode($0) }
  }

  /// Base64 with padding, 44 characters, as checkpoints and proofs write a hash.
  public var base64: String {
    withUnsafeBytes { Base64.encode($0) }
  }

  /// Whether both are the same 32 bytes.
  public static func == (left: MerkleHash, right: MerkleHash) -> Bool {
    left.words == right.words
  }

  /// Feeds the bytes to a hasher of the standard library.
  public func hash(into hasher: inout Hasher) {
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension MerkleHash: Comparable {
  /// Whether the first byte that differs is smaller on the left.
  public static func < (left: MerkleHash, right: MerkleHash) -> Bool {
    let (a, b) = (left.words, right.words)
    if a.0 != b.0 { return a.0.bigEndian < b.0.bigEndian }
    if a.1 != b.1 { return a.1.bigEndian < b.1.bigEndian }
    if a.2 != b.2 { return a.2.bigEndian < b.2.bigEndian }
    return a.3.bigEndian < b.3.bigEndian
  }
}

extension MerkleHash: CustomStringConvertible {
  /// Base64, as the formats write it.
  public var description: String { base64 }
}
