// Escapes in strings: what they stand for, and the few that the canonical form knows.

/// The UTF-8 bytes that the inside of a string stands for. The string has been checked by `scanString`.
func unescape(_ contents: ByteRun) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(contents.count)
  var i = 0
  while i < contents.count {
    let byte = contents[i]
    guard byte == .backslash else {
      result.append(byte)
      i += 1
      continue
    }
    i += 2
    switch contents[i - 1] {
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = checkedHexUnit(contents, at: i)
      i += 4
      if isSurrogate(scalar) {
        let low = checkedHexUnit(contents, at: i + 2)
        i += 6
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
      }
      appendUTF8(scalar, to: &result)
    case let escaped: result.append(escaped)
    }
  }
  return result
}

private func checkedHexUnit(_ contents: ByteRun, at start: Int) -> UInt32 {
  (start..<start + 4).reduce(0) { $0 << 4 | (contents[$1].hexDigitValue ?? 0) }
}

private func appendUTF8(_ scalar: UInt32, to result: inout [UInt8]) {
  let continuation = { (shift: UInt32) in UInt8(0x80 | scalar >> shift & 0x3F) }
  switch scalar {
  case ..<0x80: result.append(UInt8(scalar))
  case ..<0x800: result += [UInt8(0xC0 | scalar >> 6), continuation(0)]
  case ..<0x10000: result += [UInt8(0xE0 | scalar >> 12), continuation(6), continuation(0)]
  default: result += [UInt8(0xF0 | scalar >> 18), continuation(12), continuation(6), continuation(0)]
  }
}

// MARK: - Writing

/// Writes a string in its canonical form (RFC 8785, section 3.2.2.2), quotation marks included.
func appendCanonicalString(_ utf8: ByteRun, to out: inout [UInt8]) {
  out.append(.quote)
  var written = 0
  var i = 0
  while i < utf8.count {
    i = endOfUnescapedText(utf8, from: i)
    out.append(contentsOf: ByteRun(rebasing: utf8[written..<i]))
    guard i < utf8.count else { break }
    appendEscape(utf8[i], to: &out)
    i += 1
    written = i
  }
  out.append(.quote)
}

/// The index of the first byte from `start` on that must be escaped, or the end.
private func endOfUnescapedText(_ utf8: ByteRun, from start: Int) -> Int {
  guard let text = utf8.baseAddress else { return utf8.count }
  var i = start
  while i &+ 8 <= utf8.count {
    let marks = marksOfSpecialBytes(loadWord(text + i))
    if marks != 0 { return i &+ marks.trailingZeroBitCount &>> 3 }
    i &+= 8
  }
  while i < utf8.count {
    if text[i] < .space || text[i] == .quote || text[i] == .backslash { return i }
    i &+= 1
  }
  return i
}

private func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
  out.append(.backslash)
  switch byte {
  case 0x08: out.append(UInt8(ascii: "b"))
  case 0x09: out.append(UInt8(ascii: "t"))
  case 0x0A: out.append(UInt8(ascii: "n"))
  case 0x0C: out.append(UInt8(ascii: "f"))
  case 0x0D: out.append(UInt8(ascii: "r"))
  case ..<0x20:
    let low = byte & 0xF
    out += [UInt8(ascii: "u"), .zero, .zero, .zero + byte >> 4]
    out.append(low < 10 ? .zero + low : UInt8(ascii: "a") + low - 10)
  default: out.append(byte)
  }
}
