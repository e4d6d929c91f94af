// What this module reads and writes, and the bounds it keeps.

// CanonicalJSON reads JSON text (RFC 8259) byte by byte and writes its canonical form (RFC 8785, JCS): UTF-8,
// no white space, the keys of an object sorted by UTF-16 code unit, and in strings no escapes but \" \\ \b \f
// \n \r \t and \u00xx (lower case) for the other characters below U+0020. Text is never normalised.
//
// The profile is narrower than RFC 8785 in one point: numbers are whole and lie within ±(2^53 − 1), the range in
// which every JSON implementation agrees (RFC 7493, section 2.2). A fraction or an exponent is refused, even if
// the number it writes is whole; -0 is read as 0. It is stricter than RFC 8259 where that leaves freedom, because
// two readers of the same bytes must never see different content: an object must not repeat a key (keys are
// compared by their bytes after unescaping, without Unicode normalisation), strings must not hold half of a
// surrogate pair, bytes must be well-formed UTF-8, and a byte order mark is refused.
//
// A text is read once into a `JSONText`, whose `JSONView`s look into its bytes in place. `JSONValue` is an owned
// tree for building, `CanonicalWriter` writes canonical JSON without a tree.

/// How much a text may ask of its reader: its length and how deep its arrays and objects may nest.
public struct JSONLimits: Sendable, Equatable {
  /// The length in bytes that a text may have at most.
  ///
  /// A larger number than ``bytesCeiling`` counts as ``bytesCeiling``.
  public var bytesMax: Int

  /// How many arrays and objects may stand inside one another; the outermost one counts as 1.
  ///
  /// A larger number than ``depthCeiling`` counts as ``depthCeiling``.
  public var depthMax: Int

  /// 16 MiB and 64 levels.
  public static let standard = JSONLimits(bytesMax: 16 << 20, depthMax: 64)

  /// No text longer than this is read, whatever ``bytesMax`` says: offsets and counts are kept in 28 bits.
  public static let bytesCeiling = (1 << 28) - 1

  /// No text nested deeper than this is read, whatever ``depthMax`` says.
  ///
  /// Parsing needs no stack, but an owned tree is compared, hashed and freed level by level.
  public static let depthCeiling = 512

  /// Bounds of the caller's choice.
  public init(bytesMax: Int, depthMax: Int) {
    self.bytesMax = bytesMax
    self.depthMax = depthMax
  }
}

/// The range of integers that the profile admits: ±(2^53 − 1), "safe" integers of RFC 7493, section 2.2.
public let canonicalIntegerRange: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991
