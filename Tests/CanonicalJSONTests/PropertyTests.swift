// What holds for every text and value, tried on many random ones. A failure names its seed.

import CanonicalJSON
import TestSupport
import Testing

@Suite("Properties")
struct PropertyTests {
  static let seeds: Range<UInt64> = 0..<400

  /// The canonical form by the letter of RFC 8785, section 3.2, with no thought of speed.
  static func naiveCanonical(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .integer(let integer): return String(integer)
    case .string(let string): return naiveCanonical(string)
    case .array(let elements): return "[" + elements.map(naiveCanonical).joined(separator: ",") + "]"
    case .object(let object):
      let members = object.shuffled().sorted { a, b in
        Array(a.key.utf16).lexicographicallyPrecedes(Array(b.key.utf16))
      }
      return "{"
        + members.map { naiveCanonical($0.key) + ":" + naiveCanonical($0.value) }.joined(separator: ",") + "}"
    }
  }

  static func naiveCanonical(_ string: String) -> String {
    let short: [Unicode.Scalar: String] = [
      "\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{C}": "\\f", "\r": "\\r", "\"": "\\\"", "\\": "\\\\",
    ]
    let digits = Array("0123456789abcdef")
    let escaped = string.unicodeScalars.map { scalar in
      if let escape = short[scalar] { return escape }
      if scalar.value < 0x20 {
        return "\\u00\(digits[Int(scalar.value / 16)])\(digits[Int(scalar.value % 16)])"
      }
      return String(scalar)
    }
    return "\"" + escaped.joined() + "\""
  }

  @Test("However a value is written, it is read as itself and has the canonical form of the naive writer")
  func roundTrip() throws {
    for seed in Self.seeds {
      var generator = JSONGenerator(seed: seed)
      let value = generator.value()
      let messy = generator.messyText(value)
      let expected = Array(Self.naiveCanonical(value).utf8)
      #expect(try value.canonicalBytes() == expected, "seed \(seed)")

      let parsed = try JSONText(parsing: messy)
      #expect(parsed.bytes == messy, "seed \(seed)")
      #expect(parsed.root.value == value, "seed \(seed)")
      #expect(parsed.root.canonicalBytes() == expected, "seed \(seed)")
      #expect(parsed.isCanonical == (messy == expected), "seed \(seed)")

      let again = try JSONText(parsing: expected)
      #expect(again.isCanonical, "seed \(seed)")
      #expect(again.root.canonicalBytes() == expected, "seed \(seed)")
      #expect(again.root.value == value && again.root.value.hashValue == value.hashValue, "seed \(seed)")
      Self.expectSameReading(again.root, parsed.root, seed: seed)
    }
  }

  /// Every way of reading agrees between two texts of the same value: by key, by element, by string.
  static func expectSameReading(_ a: JSONView, _ b: JSONView, seed: UInt64) {
    #expect(a.kind == b.kind && a.count == b.count, "seed \(seed)")
    #expect(a.integer == b.integer && a.bool == b.bool && a.isNull == b.isNull, "seed \(seed)")
    if let string = a.string { #expect(b.stringEquals(string), "seed \(seed)") }
    for (a, b) in zip(a.elements, b.elements) { expectSameReading(a, b, seed: seed) }
    for member in a.members {
      guard let other = b[member.key] else {
        Issue.record("a key is missing, seed \(seed)")
        continue
      }
      expectSameReading(member.value, other, seed: seed)
    }
  }

  /// Reads all of a text, if it can be read: whatever its bytes, this ends well or with an offset inside the text.
  static func expectNoCrash(_ bytes: [UInt8], seed: UInt64) {
    do throws(JSONError) {
      let parsed = try JSONText(parsing: bytes)
      let canonical = parsed.root.canonicalBytes()
      let again = try JSONText(parsing: canonical)
      #expect(again.isCanonical && again.root.value == parsed.root.value, "seed \(seed)")
      #expect(try parsed.root.value.canonicalBytes() == canonical, "seed \(seed)")
    } catch {
      #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
      #expect(lineAndColumn(ofOffset: error.offset, in: bytes).line >= 1, "seed \(seed)")
    }
  }

  @Test("No change of one byte crashes")
  func mutation() {
    for seed in Self.seeds.prefix(60) {
      var generator = JSONGenerator(seed: seed)
      var bytes = generator.messyText(generator.value(depth: 3))
      for index in bytes.indices.prefix(400) {
        let byte = bytes[index]
        let structural = Array(#""\{}[],:0-eutn"#.utf8).randomElement(using: &generator.random) ?? 0
        for other in [
          byte ^ 1 << UInt8.random(in: 0...7, using: &generator.random),
          .random(in: 0...255, using: &generator.random), structural,
        ] {
          bytes[index] = other
          Self.expectNoCrash(bytes, seed: seed)
        }
        bytes[index] = byte
      }
    }
  }

  @Test("No truncation crashes, and a truncated array or object is refused")
  func truncation() {
    for seed in Self.seeds.prefix(60) {
      var generator = JSONGenerator(seed: seed)
      let canonical = Array(Self.naiveCanonical([generator.value(depth: 3)]).utf8)
      for length in canonical.indices.prefix(600) {
        let error = parsingError(Array(canonical.prefix(length)))
        #expect(error != nil && error.map { $0.offset <= length } == true, "seed \(seed)")
      }
    }
  }

  @Test("No random bytes crash")
  func noise() {
    let alphabet =
      Array(#""\{}[],:0123456789-.eEutrfalsn "#.utf8) + [0xC3, 0xA9, 0xED, 0xA0, 0x80, 0xF0, 0x9F]
    for seed in Self.seeds {
      var generator = SeededGenerator(seed: seed)
      for length in 0..<40 {
        let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
        Self.expectNoCrash(bytes, seed: seed)
      }
    }
  }

  @Test("Repeating any member of any object is refused at the second key")
  func duplicates() throws {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let keys = (0..<Int.random(in: 1...60, using: &random)).map {
        "\"\(String($0 * 7919, radix: 36))\":\($0 % 3 == 0 ? "[{}]" : "0")"
      }
      let repeated = keys.randomElement(using: &random) ?? ""
      let before = "{" + keys.joined(separator: ",") + ","
      #expect(parsingError(before.dropLast() + "}") == nil, "seed \(seed)")
      #expect(
        parsingError(before + repeated + "}") == JSONError(.duplicateKey, offset: before.utf8.count),
        "seed \(seed)")
    }
  }
}
