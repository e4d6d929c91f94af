// Whole numbers in JSON text: checking them while parsing, reading them later.

/// Checks the number that begins at `start` and gives the offset after it.
///
/// Only whole numbers within ``canonicalIntegerRange`` pass, so the value can be read again later without checks.
@inline(__always)
func scanInteger(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) throws(JSONError) -> Int {
  let firstDigit = text[start] == .minus ? start &+ 1 : start
  var i = firstDigit
  while i < end, text[i].isDigit { i &+= 1 }
  let digits = i &- firstDigit
  if digits == 0 { throw JSONError(.digitExpected, offset: firstDigit) }
  if digits > 1 && text[firstDigit] == .zero { throw JSONError(.leadingZero, offset: firstDigit) }
  if i < end, text[i] == .point || text[i] | 0x20 == UInt8(ascii: "e") {
    throw JSONError(.onlyWholeNumbers, offset: i)
  }
  // 2^53 − 1 has 16 digits.
  let isTooLarge =
    digits > 16
    || digits == 16
      && !canonicalIntegerRange.contains(
        integerValue(ByteRun(start: text + firstDigit, count: digits)))
  if isTooLarge { throw JSONError(.integerOutOfRange, offset: start) }
  return i
}

/// The value of a number that `scanInteger` has accepted, or of at most 18 digits.
@inline(__always)
func integerValue(_ number: ByteRun) -> Int64 {
  var value: Int64 = 0
  var isNegative = false
  for byte in number {
    if byte == .minus {
      isNegative = true
    } else {
      value = value &* 10 &+ Int64(byte &- .zero)
    }
  }
  return isNegative ? -value : value
}
