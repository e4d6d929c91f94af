// Strings in JSON text: finding their end while checking all between, eight bytes at a time.

/// A byte repeated in each of the eight bytes of a word.
@inline(__always)
private func repeated(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

/// Marks (with their highest bit) the bytes of a word that are control characters, quotation marks or
/// backslashes. Exact up to and including the first mark; above it, a borrow may mark a byte wrongly.
@inline(__always)
func marksOfSpecialBytes(_ word: UInt64) -> UInt64 {
  let quotes = word ^ repeated(.quote)
  let backslashes = word ^ repeated(.backslash)
  let controls = (word &- repeated(.space)) & ~word
  return (controls | ((quotes &- repeated(1)) & ~quotes) | ((backslashes &- repeated(1)) & ~backslashes))
    & repeated(0x80)
}

/// Marks the same bytes and those above 7F, just as exactly. As these need a mark anyway, none must be masked away.
@inline(__always)
private func marksOfSpecialOrNonASCIIBytes(_ word: UInt64) -> UInt64 {
  let quotes = (word ^ repeated(.quote)) &- repeated(1)
  let backslashes = (word ^ repeated(.backslash)) &- repeated(1)
  let controls = word &- repeated(.space)
  return (word | controls | quotes | backslashes) & repeated(0x80)
}

/// The offset of the first byte from `start` on that is not plain ASCII text: a quotation mark, a backslash, a
/// control character or a byte above 7F; or `end`.
@inline(__always)
func endOfPlainText(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
  var i = start
  while i &+ 8 <= end {
    let word = loadWord(text + i)
    let marks = marksOfSpecialOrNonASCIIBytes(word)
    if marks != 0 { return i &+ marks.trailingZeroBitCount &>> 3 }
    i &+= 8
  }
  while i < end {
    let byte = text[i]
    if byte < .space || byte >= 0x80 || byte == .quote || byte == .backslash { return i }
    i &+= 1
  }
  return end
}

/// Finds the closing quotation mark of the string whose opening one stands at `start`, and checks all between.
@inline(__always)
func scanString(
  _ text: UnsafePointer<UInt8>, from start: Int, to end: Int
) throws(JSONError) -> (closing: Int, hasEscapes: Bool) {
  let i = endOfPlainText(text, from: start &+ 1, to: end)
  if i < end, text[i] == .quote { return (i, false) }
  return try scanUnusualString(text, start: start, from: i, to: end)
}

/// The rest of `scanString` for a string with escapes, characters beyond ASCII, or a fault.
@inline(never)
private func scanUnusualString(
  _ text: UnsafePointer<UInt8>, start: Int, from: Int, to end: Int
) throws(JSONError) -> (closing: Int, hasEscapes: Bool) {
  var i = from
  var hasEscapes = false
  while i < end {
    let byte = text[i]
    if byte >= 0x80 {
      let length = lengthOfUTF8Sequence(text, at: i, end: end)
      if length == 0 { throw JSONError(.invalidUTF8, offset: i) }
      i &+= length
    } else if byte == .quote {
      return (i, hasEscapes)
    } else if byte == .backslash {
      hasEscapes = true
      i = try endOfEscape(text, at: i, end: end, stringStart: start)
    } else if byte < .space {
      throw JSONError(.controlCharacter, offset: i)
    } else {
      i = endOfPlainText(text, from: i, to: end)
    }
  }
  throw JSONError(.unterminatedString, offset: start)
}

/// The length of the well-formed UTF-8 sequence that begins at `i` with a byte above 7F, or 0 if there is none.
///
/// The ranges are those of table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing above
/// U+10FFFF.
@inline(__always)
private func lengthOfUTF8Sequence(_ text: UnsafePointer<UInt8>, at i: Int, end: Int) -> Int {
  let lead = text[i]
  if lead >= 0xC2 && lead <= 0xDF {
    return i &+ 1 < end && text[i &+ 1].isUTF8Continuation ? 2 : 0
  }
  if lead & 0xF0 == 0xE0 {
    guard i &+ 2 < end else { return 0 }
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : 0xBF
    let second = text[i &+ 1]
    return second >= lowest && second <= highest && text[i &+ 2].isUTF8Continuation ? 3 : 0
  }
  if lead >= 0xF0 && lead <= 0xF4 {
    guard i &+ 3 < end else { return 0 }
    let lowest: UInt8 = lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
    let second = text[i &+ 1]
    let rest = text[i &+ 2].isUTF8Continuation && text[i &+ 3].isUTF8Continuation
    return second >= lowest && second <= highest && rest ? 4 : 0
  }
  return 0
}

/// Checks the escape whose backslash stands at `i` and gives the offset after it; a surrogate pair is one escape.
private func endOfEscape(
  _ text: UnsafePointer<UInt8>, at i: Int, end: Int, stringStart: Int
) throws(JSONError) -> Int {
  guard i + 1 < end else { throw JSONError(.unterminatedString, offset: stringStart) }
  switch text[i + 1] {
  case .quote, .backslash, .slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
    UInt8(ascii: "t"):
    return i + 2
  case UInt8(ascii: "u"):
    let unit = try hexUnit(text, at: i + 2, end: end, stringStart: stringStart)
    guard isSurrogate(unit) else { return i + 6 }
    let second = i + 6
    guard unit < 0xDC00, second + 1 < end, text[second] == .backslash, text[second + 1] == UInt8(ascii: "u")
    else { throw JSONError(.loneSurrogate, offset: i) }
    let low = try hexUnit(text, at: second + 2, end: end, stringStart: stringStart)
    guard (0xDC00...0xDFFF).contains(low) else { throw JSONError(.loneSurrogate, offset: i) }
    return second + 6
  default:
    throw JSONError(.unknownEscape, offset: i + 1)
  }
}

private func hexUnit(
  _ text: UnsafePointer<UInt8>, at start: Int, end: Int, stringStart: Int
) throws(JSONError) -> UInt32 {
  var unit: UInt32 = 0
  for i in start..<start + 4 {
    guard i < end else { throw JSONError(.unterminatedString, offset: stringStart) }
    guard let digit = text[i].hexDigitValue else { throw JSONError(.invalidUnicodeEscape, offset: i) }
    unit = unit << 4 | digit
  }
  return unit
}

func isSurrogate(_ unit: UInt32) -> Bool { (0xD800...0xDFFF).contains(unit) }
