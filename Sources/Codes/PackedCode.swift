// A code as one number, so that finding it costs neither allocation nor string comparison.

/// The bytes of a code of one to eight bytes, the first in the highest place, zeros behind: the numbers compare as the
/// bytes do.
struct PackedCode: Hashable, Comparable {
  let value: UInt64

  /// Nil if the text has no byte, more than eight, or a zero byte.
  @inline(__always)
  init?(_ text: String) {
    self.init(bytes: text.utf8)
  }

  @inline(__always)
  init?(bytes: some Collection<UInt8>) {
    var value: UInt64 = 0
    var shift: UInt64 = 64
    for byte in bytes {
      guard shift > 0, byte != 0 else { return nil }
      shift -= 8
      value |= UInt64(byte) << shift
    }
    guard shift < 64 else { return nil }
    self.value = value
  }

  static func < (left: PackedCode, right: PackedCode) -> Bool {
    left.value < right.value
  }

  /// 0 for AA to 675 for ZZ; nil for all that is not two capital letters.
  @inline(__always)
  var alpha2Slot: Int? {
    let first = Int(value >> 56) - 0x41
    let second = Int(value >> 48 & 0xFF) - 0x41
    guard value << 16 == 0, (0..<26).contains(first), (0..<26).contains(second) else { return nil }
    return first * 26 + second
  }

  /// The two bytes before the hyphen of a code of the form `CN-BJ`, as a code; nil for other forms.
  var countryOfSubdivision: PackedCode? {
    guard value >> 40 & 0xFF == 0x2D, value << 24 != 0 else { return nil }
    return PackedCode(value: value & 0xFFFF_0000_0000_0000)
  }

  private init(value: UInt64) {
    self.value = value
  }
}
