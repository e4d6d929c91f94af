// Why a text was refused, and where. Never carries any of the text itself, which may be confidential.

/// A reason to refuse a text or a value, with its place.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: Equatable, Sendable {
    /// There is nothing but white space.
    case emptyText
    /// The text is longer than its reader allows.
    case textTooLong(bytesMax: Int)
    /// Arrays and objects stand inside one another more often than the reader allows.
    case nestedTooDeep(depthMax: Int)
    /// The text begins with a byte order mark, of UTF-8 or UTF-16.
    case byteOrderMark
    /// The text ends in the middle of an array or object.
    case endsTooEarly
    /// Something else stands where one of these belongs.
    case expected(Expectation)
    /// A word other than `true`, `false` and `null` stands without quotation marks.
    case unknownWord
    /// A string has no closing quotation mark. The offset is that of the opening one.
    case unterminatedString
    /// A character below U+0020 stands in a string as it is, not escaped.
    case controlCharacter
    /// These bytes are not well-formed UTF-8. The offset is that of the first byte of the sequence.
    case invalidUTF8
    /// A backslash is followed by a character that it cannot escape.
    case unknownEscape
    /// `\u` is not followed by four hexadecimal digits.
    case invalidUnicodeEscape
    /// An escape writes one half of a surrogate pair without the other. The offset is that of its backslash.
    case loneSurrogate
    /// A minus sign is not followed by a digit.
    case digitExpected
    /// A number begins with 0 and goes on.
    case leadingZero
    /// A number has a fraction or an exponent. The offset is that of the point or of the letter e.
    case onlyWholeNumbers
    /// A whole number lies outside ``canonicalIntegerRange``. The offset is that of its first character.
    case integerOutOfRange
    /// An object has this key already. The offset is that of the second one.
    case duplicateKey
  }

  /// What belongs at the place of an error.
  public enum Expectation: Equatable, Sendable {
    /// A value: an object, an array, a string, a number, `true`, `false` or `null`.
    case value
    /// The first element of an array, or its end.
    case valueOrClosingBracket
    /// A key.
    case key
    /// The first key of an object, or its end.
    case keyOrClosingBrace
    /// The colon between a key and its value.
    case colon
    /// What follows an element of an array.
    case commaOrClosingBracket
    /// What follows a member of an object.
    case commaOrClosingBrace
    /// Nothing: the value is complete.
    case endOfText
  }

  /// What is wrong.
  public let kind: Kind

  /// Where: the number of bytes before the place, from the start of the text.
  ///
  /// For an error in writing, the number of bytes written before the value that cannot be written.
  public let offset: Int

  /// An error of this kind at this place.
  public init(_ kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  /// One line in plain words: what is wrong, where, and what to do. Holds nothing of the text.
  public var description: String { "At byte \(offset): \(kind)" }

  /// The line and column of this error in the text that was refused; both count from 1.
  public func lineAndColumn(in bytes: [UInt8]) -> (line: Int, column: Int) {
    CanonicalJSON.lineAndColumn(ofOffset: offset, in: bytes)
  }
}

extension JSONError.Kind: CustomStringConvertible {
  /// What is wrong and what to do, in plain words, without the place.
  public var description: String {
    switch self {
    case .emptyText: "there is no JSON value here; the text is empty."
    case .textTooLong(let bytesMax): "the text is too long; at most \(bytesMax) bytes are read."
    case .nestedTooDeep(let depthMax):
      "lists and objects stand too deep inside one another; at most \(depthMax) levels are read."
    case .byteOrderMark:
      "the text begins with a byte order mark; save it as UTF-8 without one."
    case .endsTooEarly: "the text ends too early; a closing ] or } is missing."
    case .expected(let expectation): "\(expectation) must stand here."
    case .unknownWord:
      "only true, false and null may stand without quotation marks; put any other text between \" and \"."
    case .unterminatedString: "the text that begins here has no closing quotation mark."
    case .controlCharacter:
      "a line break, tab or other control character stands inside quotation marks; write \\n, \\t or \\u00XX."
    case .invalidUTF8: "these bytes are not UTF-8 text; save the text as UTF-8."
    case .unknownEscape:
      "a backslash must be followed by one of \" \\ / b f n r t u; write a backslash itself as \\\\."
    case .invalidUnicodeEscape: "\\u must be followed by four hexadecimal digits."
    case .loneSurrogate:
      "this \\u escape is half of a character; write both halves, or the character itself."
    case .digitExpected: "a digit must follow the minus sign."
    case .leadingZero: "a number must not begin with 0, unless it is 0; leave out the zeros in front."
    case .onlyWholeNumbers:
      "only whole numbers are read, without a decimal point or exponent; write others between quotation marks."
    case .integerOutOfRange:
      "the number is too large; whole numbers go up to 9007199254740991. Write it between quotation marks."
    case .duplicateKey: "this key occurs a second time in the same object; keep one of them."
    }
  }
}

extension JSONError.Expectation: CustomStringConvertible {
  /// The name of what is expected, to stand at the start of a sentence.
  public var description: String {
    switch self {
    case .value: "a value"
    case .valueOrClosingBracket: "a value or a closing ]"
    case .key: "a key between quotation marks"
    case .keyOrClosingBrace: "a key between quotation marks or a closing }"
    case .colon: "a colon"
    case .commaOrClosingBracket: "a comma or a closing ]"
    case .commaOrClosingBrace: "a comma or a closing }"
    case .endOfText: "nothing more"
    }
  }
}

/// The line and column of a byte offset, for messages; both count from 1.
///
/// A line ends with a line feed. Columns count characters in the sense of Unicode scalars, so that they agree with
/// what an editor shows for most text; a byte inside a character counts as that character. An offset outside the
/// text counts as the nearest one inside.
public func lineAndColumn(ofOffset offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
  let end = min(max(offset, 0), bytes.count)
  var line = 1
  var column = 1
  for (index, byte) in bytes.enumerated() {
    if index == end { break }
    if byte == .lineFeed {
      line += 1
      column = 1
    } else if index + 1 >= bytes.count || !bytes[index + 1].isUTF8Continuation {
      column += 1
    }
  }
  return (line, column)
}
