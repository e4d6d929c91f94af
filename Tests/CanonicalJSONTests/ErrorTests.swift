// What is refused, for which reason and where; and that errors say it in plain words without quoting the text.

import CanonicalJSON
import Testing

@Suite("Refusals")
struct ErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let kind: JSONError.Kind
    let offset: Int
    var testDescription: String { "\(text.debugDescription) at \(offset)" }

    init(_ text: String, _ kind: JSONError.Kind, _ offset: Int) {
      self.text = text
      self.kind = kind
      self.offset = offset
    }
  }

  static let cases: [Case] = [
    Case("", .emptyText, 0),
    Case(" \n", .emptyText, 2),
    Case("\u{FEFF}{}", .byteOrderMark, 0),
    Case("{} \u{FEFF}", .expected(.endOfText), 3),
    Case("[", .endsTooEarly, 1),
    Case("[1", .endsTooEarly, 2),
    Case("[1,", .endsTooEarly, 3),
    Case("{", .endsTooEarly, 1),
    Case(#"{"a""#, .endsTooEarly, 4),
    Case(#"{"a": "#, .endsTooEarly, 6),
    Case(#"{"a":1"#, .endsTooEarly, 6),
    Case(#"{"a":1, "#, .endsTooEarly, 8),
    Case("[,1]", .expected(.valueOrClosingBracket), 1),
    Case("[1,]", .expected(.value), 3),
    Case("[1 2]", .expected(.commaOrClosingBracket), 3),
    Case("[1}", .expected(.commaOrClosingBracket), 2),
    Case("{1:2}", .expected(.keyOrClosingBrace), 1),
    Case(#"{"a":1,}"#, .expected(.key), 7),
    Case(#"{"a" 1}"#, .expected(.colon), 5),
    Case(#"{"a":1]"#, .expected(.commaOrClosingBrace), 6),
    Case(#"{"a":}"#, .expected(.value), 5),
    Case("1 2", .expected(.endOfText), 2),
    Case("[]]", .expected(.endOfText), 2),
    Case("+1", .expected(.value), 0),
    Case("[.5]", .expected(.value), 1),
    Case("\u{0B}1", .expected(.value), 0),
    Case("[\u{00A0}1]", .expected(.value), 1),
    Case("True", .unknownWord, 0),
    Case("[nul]", .unknownWord, 1),
    Case("tru", .unknownWord, 0),
    Case("nulls", .expected(.endOfText), 4),
    Case("NaN", .unknownWord, 0),
    Case("-Infinity", .digitExpected, 1),
    Case("-", .digitExpected, 1),
    Case("[-]", .digitExpected, 2),
    Case("-01", .leadingZero, 1),
    Case("[00]", .leadingZero, 1),
    Case("1.0", .onlyWholeNumbers, 1),
    Case("[10e2]", .onlyWholeNumbers, 3),
    Case("[-0E0]", .onlyWholeNumbers, 3),
    Case("12345678901234567890.5", .onlyWholeNumbers, 20),
    Case("9007199254740992", .integerOutOfRange, 0),
    Case("[-9007199254740992]", .integerOutOfRange, 1),
    Case("9999999999999999", .integerOutOfRange, 0),
    Case("[0,10000000000000000]", .integerOutOfRange, 3),
    Case("[99999999999999999999999999999999999999]", .integerOutOfRange, 1),
    Case(#"["abc"#, .unterminatedString, 1),
    Case(#"["abc\"#, .unterminatedString, 1),
    Case(#"["abc\u12"#, .unterminatedString, 1),
    Case(#"["abc\""#, .unterminatedString, 1),
    Case("\"0123456789\n\"", .controlCharacter, 11),
    Case("\"\u{0}\"", .controlCharacter, 1),
    Case("\"é\u{1F}\"", .controlCharacter, 3),
    Case(#""0123456789\x""#, .unknownEscape, 12),
    Case(#""\'""#, .unknownEscape, 2),
    Case(#""\u00g0""#, .invalidUnicodeEscape, 5),
    Case(#""\u12"# + "\"", .invalidUnicodeEscape, 5),
    Case(#""ab\uD800""#, .loneSurrogate, 3),
    Case(#""\uDC00\uD800""#, .loneSurrogate, 1),
    Case(#""\uD800\u0041""#, .loneSurrogate, 1),
    Case(#""\uDC00\uDC00""#, .loneSurrogate, 1),
    Case(#""\uD800\uD800\uDC00""#, .loneSurrogate, 1),
    Case(#""\uD800\n""#, .loneSurrogate, 1),
    Case(#"{"a":1,"a":2}"#, .duplicateKey, 7),
    Case(#"{"a":1,"\u0061":2}"#, .duplicateKey, 7),
    Case(#"{"\u0061":{"a":1}, "b":[], "a":2}"#, .duplicateKey, 27),
    Case(#"{"":1,"":2}"#, .duplicateKey, 6),
    Case(#"{"é":1,"\u00e9":2}"#, .duplicateKey, 8),
    Case(#"[{"long-key-that-is-long":1,"long-key-that-is-long":1}]"#, .duplicateKey, 28),
    Case(#"{"😀":1,"\uD83D\uDE00":2}"#, .duplicateKey, 10),
  ]

  @Test("A faulty text is refused for the right reason, at the offending byte", arguments: cases)
  func table(_ testCase: Case) {
    #expect(parsingError(testCase.text) == JSONError(testCase.kind, offset: testCase.offset))
  }

  @Test(
    "Ill-formed UTF-8 is refused at the first byte of the sequence",
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x22], [0xE0, 0x9F, 0xBF], [0xE0, 0xA0],
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF, 0x41], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF0, 0x90, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ] as [[UInt8]])
  func illFormed(_ sequence: [UInt8]) {
    for prefix in ["[\"", "[\"0123456789", "[\"é", "[\"\\n", "{\""] {
      let bytes = Array(prefix.utf8) + sequence + Array("\"".utf8)
      #expect(parsingError(bytes) == JSONError(.invalidUTF8, offset: prefix.utf8.count))
      #expect(parsingError(bytes.dropLast()) == JSONError(.invalidUTF8, offset: prefix.utf8.count))
    }
  }

  @Test("A bare control character is refused wherever in a string it stands")
  func controlCharacters() {
    for byte in 0..<UInt8(0x20) {
      for position in 0..<20 {
        var bytes = Array("\"01234567890123456789\"".utf8)
        bytes[position + 1] = byte
        #expect(parsingError(bytes) == JSONError(.controlCharacter, offset: position + 1))
      }
    }
  }

  @Test("The smallest and largest characters of each length in UTF-8 are read")
  func boundaries() throws {
    for scalar in [
      "\u{20}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}",
      "\u{10000}", "\u{10FFFF}",
    ] {
      let parsed = try JSONText(parsing: Array("\"\(scalar)\"".utf8))
      #expect(parsed.root.stringEquals(scalar))
      #expect(parsed.isCanonical)
    }
  }

  @Test("A duplicate key is found among a hundred thousand, also if all keys begin and end alike")
  func largeObjects() {
    for (prefix, suffix) in [("", ""), ("12345678", "12345678")] {
      let keys = (0..<100_000).map { number in
        let digits = String(number)
        return "\"\(prefix)\(String(repeating: "0", count: 6 - digits.count))\(digits)\(suffix)\":0"
      }
      let distinct = "{" + keys.joined(separator: ",")
      #expect(parsingError(distinct + "}") == nil)
      for repeated in [0, 31, 32, 33, 77_777] {
        let text = distinct + ", \(keys[repeated])}"
        #expect(parsingError(text) == JSONError(.duplicateKey, offset: distinct.utf8.count + 2))
      }
    }
  }

  @Test("Two large objects, one inside the other, may share their keys")
  func nestedLargeObjects() {
    let members = (0..<50).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(parsingError("{\"inner\":{\(members)},\(members)}") == nil)
    #expect(parsingError("{\(members),\"inner\":{\(members)}}") == nil)
    let text = "{\(members),\"inner\":{\(members)},"
    #expect(parsingError(text + #""\u0031":0}"#) == JSONError(.duplicateKey, offset: text.utf8.count))
  }

  @Test("Keys that are only canonically equal are two keys")
  func canonicallyEqualKeys() throws {
    let parsed = try JSONText(parsing: Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
    #expect(parsed.root["\u{E9}"]?.integer == 1)
    #expect(parsed.root["e\u{301}"]?.integer == 2)
    #expect(parsed.root.value["e\u{301}"] == 2)
    #expect(text(parsed.root.canonicalBytes()).utf8.elementsEqual("{\"e\u{301}\":2,\"\u{E9}\":1}".utf8))
  }

  @Test("A text longer than allowed is refused at its first byte too many")
  func tooLong() {
    let limits = JSONLimits(bytesMax: 4, depthMax: 64)
    #expect(parsingError("1234", limits: limits) == nil)
    #expect(parsingError("12345", limits: limits) == JSONError(.textTooLong(bytesMax: 4), offset: 4))
    #expect(parsingError("1", limits: JSONLimits(bytesMax: -1, depthMax: 1))?.offset == 0)
  }

  @Test("Nesting deeper than allowed is refused at the bracket that goes too deep")
  func tooDeep() {
    let limits = JSONLimits(bytesMax: 1000, depthMax: 2)
    #expect(parsingError("[{}, [], []]", limits: limits) == nil)
    #expect(parsingError("[[[]]]", limits: limits) == JSONError(.nestedTooDeep(depthMax: 2), offset: 2))
    #expect(parsingError(#"{"a":[{}]}"#, limits: limits) == JSONError(.nestedTooDeep(depthMax: 2), offset: 6))
    #expect(parsingError("0", limits: JSONLimits(bytesMax: 1, depthMax: 0)) == nil)
    #expect(parsingError("[]", limits: JSONLimits(bytesMax: 2, depthMax: 0))?.offset == 0)
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(parsingError(brackets) == JSONError(.nestedTooDeep(depthMax: 64), offset: 64))
    let unbounded = JSONLimits(bytesMax: .max, depthMax: .max)
    #expect(
      parsingError(brackets, limits: unbounded) == JSONError(.nestedTooDeep(depthMax: 512), offset: 512))
  }

  @Test("An error holds nothing of the text")
  func confidential() {
    let faults = [
      "SECRET", "\"SECRET", "\"SECRET\\x\"", "{\"SECRET\":1,\"SECRET\":2}", "\"\u{1}SECRET\"", "[1, SECRET]",
      "{\"SECRET\" SECRET}", "\"SECRET\" SECRET", "[\"SECRET\" 1.5", "[777777777777777777]",
    ]
    for fault in faults {
      let error = parsingError(fault)
      #expect(error != nil)
      for shown in ["\(error as Any)", String(reflecting: error)] {
        #expect(!shown.contains("SECRET") && !shown.contains("7777"))
      }
    }
  }

  @Test("An error says what is wrong, where, and what to do")
  func descriptions() {
    #expect(
      parsingError("[1.5]")?.description
        == "At byte 2: only whole numbers are read, without a decimal point or exponent; write others between "
        + "quotation marks.")
    #expect(parsingError("[1 2]")?.description == "At byte 3: a comma or a closing ] must stand here.")
    for testCase in Self.cases { #expect(testCase.kind.description.hasSuffix(".")) }
  }

  @Test("Lines end with line feeds, and columns count characters; both count from 1")
  func linesAndColumns() throws {
    let bytes = Array("{\n \"é\": 1,\r\n\"😀\": x}".utf8)
    let error = try #require(parsingError(bytes))
    #expect(error.kind == .unknownWord)
    #expect(error.lineAndColumn(in: bytes) == (3, 6))
    #expect(lineAndColumn(ofOffset: 0, in: bytes) == (1, 1))
    #expect(lineAndColumn(ofOffset: 1, in: bytes) == (1, 2))
    #expect(lineAndColumn(ofOffset: 2, in: bytes) == (2, 1))
    #expect(lineAndColumn(ofOffset: 6, in: bytes) == (2, 4))
    #expect(lineAndColumn(ofOffset: 5, in: bytes) == (2, 3))
    #expect(lineAndColumn(ofOffset: -5, in: bytes) == (1, 1))
    #expect(lineAndColumn(ofOffset: 1000, in: bytes) == lineAndColumn(ofOffset: bytes.count, in: bytes))
    #expect(lineAndColumn(ofOffset: 0, in: []) == (1, 1))
  }
}
