// Reads a text once, front to back, and writes the tape. No recursion: where the parser is stands on the tape.

/// Parses a text within the bounds given.
func parse(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> TextStorage {
  let bytesMax = min(limits.bytesMax, JSONLimits.bytesCeiling)
  guard bytes.count <= bytesMax else {
    throw JSONError(.textTooLong(bytesMax: bytesMax), offset: max(bytesMax, 0))
  }
  return try bytes.withUnsafeBufferPointer { text throws(JSONError) in
    guard let base = text.baseAddress else { throw JSONError(.emptyText, offset: 0) }
    var parser = Parser(text: base, end: text.count, depthMax: min(limits.depthMax, JSONLimits.depthCeiling))
    try parser.parseText()
    return parser.finish(bytes: bytes)
  }
}

/// The state of parsing.
///
/// `container` is the index on the tape of the innermost open array or object; its `link` leads to the one around
/// it until it is closed.
private struct Parser: ~Copyable {
  private static let noContainer = UInt32.max

  private let text: UnsafePointer<UInt8>
  private let end: Int
  private let depthMax: Int
  private var offset = 0
  private var tape: TapeBuilder
  private var container = Parser.noContainer
  private var depth = 0
  private var keysOfLargeObjects = Set<KeyInObject>()

  init(text: UnsafePointer<UInt8>, end: Int, depthMax: Int) {
    self.text = text
    self.end = end
    self.depthMax = depthMax
    // Enough for most texts: a value of eight bytes on average, its punctuation included.
    tape = TapeBuilder(minimumCapacity: end / 8 + 8)
  }

  consuming func finish(bytes: [UInt8]) -> TextStorage {
    tape.finish(bytes: bytes)
  }

  mutating func parseText() throws(JSONError) {
    try refuseByteOrderMark()
    skipWhitespace()
    if offset == end { throw JSONError(.emptyText, offset: offset) }
    repeat {
      try parseValueOrOpen()
      // A value is complete, or a container has just been opened and its first value is next.
    } while try advanceToNextValue()
    if offset < end { throw JSONError(.expected(.endOfText), offset: offset) }
  }

  // MARK: Values

  /// Reads the value that begins here. Of an array or object that is not empty, only the beginning, up to its first
  /// value.
  @inline(__always)
  private mutating func parseValueOrOpen() throws(JSONError) {
    while true {
      guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
      switch text[offset] {
      case .quote:
        let start = offset
        let (closing, hasEscapes) = try scanString(text, from: start, to: end)
        offset = closing &+ 1
        tape.append(TapeNode(hasEscapes ? .escapedString : .plainString, start: start, end: offset))
        return
      case .openBrace:
        if try openObject() { return }
      case .openBracket:
        if try openArray() { return }
      case .zero ... .nine, .minus:
        let start = offset
        offset = try scanInteger(text, from: start, to: end)
        tape.append(TapeNode(.integer, start: start, end: offset))
        return
      default:
        try parseWord()
        return
      }
    }
  }

  /// Reads `true`, `false` or `null`. A letter too many is refused by what reads on after the value.
  @inline(__always)
  private mutating func parseWord() throws(JSONError) {
    let start = offset
    switch text[start] {
    case UInt8(ascii: "t") where spells("true", at: start):
      offset = start &+ 4
      tape.append(TapeNode(.true, start: start, end: offset))
    case UInt8(ascii: "f") where spells("false", at: start):
      offset = start &+ 5
      tape.append(TapeNode(.false, start: start, end: offset))
    case UInt8(ascii: "n") where spells("null", at: start):
      offset = start &+ 4
      tape.append(TapeNode(.null, start: start, end: offset))
    default:
      try refuse(.value)
    }
  }

  @inline(__always)
  private func spells(_ word: StaticString, at start: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard start &+ count <= end else { return false }
    return sameBytes(
      ByteRun(start: text + start, count: count), ByteRun(start: word.utf8Start, count: count))
  }

  // MARK: Arrays and objects

  /// Opens the array that begins here; true if it is empty, and thus complete.
  @inline(__always)
  private mutating func openArray() throws(JSONError) -> Bool {
    try open(.array)
    guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
    guard text[offset] == .closeBracket else {
      if text[offset] == .comma { throw JSONError(.expected(.valueOrClosingBracket), offset: offset) }
      return false
    }
    close()
    return true
  }

  /// Opens the object that begins here and reads its first key; true if it is empty, and thus complete.
  @inline(__always)
  private mutating func openObject() throws(JSONError) -> Bool {
    try open(.object)
    guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
    guard text[offset] == .closeBrace else {
      try parseKey(orElse: .keyOrClosingBrace)
      return false
    }
    close()
    return true
  }

  @inline(__always)
  private mutating func open(_ kind: TapeNode.Kind) throws(JSONError) {
    if depth >= depthMax { throw JSONError(.nestedTooDeep(depthMax: depthMax), offset: offset) }
    depth &+= 1
    let index = UInt32(truncatingIfNeeded: tape.count)
    tape.append(TapeNode(kind, start: offset, end: 0, link: container))
    container = index
    offset &+= 1
    skipWhitespace()
  }

  /// Closes the innermost container, whose closing bracket or brace stands here.
  @inline(__always)
  private mutating func close() {
    offset &+= 1
    depth &-= 1
    let node = tape.nodes + Int(container)
    container = node.pointee.link
    node.pointee.end = UInt32(truncatingIfNeeded: offset)
    node.pointee.link = UInt32(truncatingIfNeeded: tape.count)
  }

  /// After a value: closes what ends here, and goes on to where the next value begins. False if none follows.
  @inline(__always)
  private mutating func advanceToNextValue() throws(JSONError) -> Bool {
    while true {
      skipWhitespace()
      guard container != Parser.noContainer else { return false }
      let node = tape.nodes + Int(container)
      let isArray = node.pointee.isKind(.array)
      node.pointee.countOneMore()
      guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
      switch text[offset] {
      case .comma:
        offset &+= 1
        skipWhitespace()
        if !isArray { try parseKey(orElse: .key) }
        return true
      case .closeBracket where isArray, .closeBrace where !isArray:
        close()
      default:
        throw JSONError(.expected(isArray ? .commaOrClosingBracket : .commaOrClosingBrace), offset: offset)
      }
    }
  }

  /// Reads a key, its colon and the white space after it.
  @inline(__always)
  private mutating func parseKey(orElse expectation: JSONError.Expectation) throws(JSONError) {
    guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
    guard text[offset] == .quote else { throw JSONError(.expected(expectation), offset: offset) }
    let start = offset
    let (closing, hasEscapes) = try scanString(text, from: start, to: end)
    offset = closing &+ 1
    tape.append(TapeNode(hasEscapes ? .escapedString : .plainString, start: start, end: offset))
    if !noteKey(tape: tape, object: Int(container), text: text, end: end, large: &keysOfLargeObjects) {
      throw JSONError(.duplicateKey, offset: start)
    }
    skipWhitespace()
    guard offset < end else { throw JSONError(.endsTooEarly, offset: offset) }
    guard text[offset] == .colon else { throw JSONError(.expected(.colon), offset: offset) }
    offset &+= 1
    skipWhitespace()
  }

  // MARK: Between the values

  @inline(__always)
  private mutating func skipWhitespace() {
    while offset < end {
      let byte = text[offset]
      // Most bytes here are no white space: one comparison for them.
      if byte > .space { return }
      guard byte == .space || byte == .lineFeed || byte == 0x0D || byte == 0x09 else { return }
      offset &+= 1
    }
  }

  private func refuseByteOrderMark() throws(JSONError) {
    let isUTF8Mark = end >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    let isUTF16Mark =
      end >= 2 && (text[0] == 0xFF && text[1] == 0xFE || text[0] == 0xFE && text[1] == 0xFF)
    if isUTF8Mark || isUTF16Mark { throw JSONError(.byteOrderMark, offset: 0) }
  }

  /// Refuses the byte here, where a value belongs.
  @inline(never)
  private func refuse(_ expectation: JSONError.Expectation) throws(JSONError) {
    let isLetter = (text[offset] | 0x20) &- UInt8(ascii: "a") < 26
    throw JSONError(isLetter ? .unknownWord : .expected(expectation), offset: offset)
  }
}
