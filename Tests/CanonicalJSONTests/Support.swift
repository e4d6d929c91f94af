// What the tests share: reading vectors, and a seeded source of random JSON.

import CanonicalJSON
import Foundation
import TestSupport

/// The test data in `Vectors/`.
enum Vectors {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }

  static func names(in set: String, prefix: String = "", suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: set).path())
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }.sorted()
  }
}

/// The error that parsing a text throws, or nil if it does not.
func parsingError(_ bytes: [UInt8], limits: JSONLimits = .standard) -> JSONError? {
  do throws(JSONError) {
    _ = try JSONText(parsing: bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

func parsingError(_ text: String, limits: JSONLimits = .standard) -> JSONError? {
  parsingError(Array(text.utf8), limits: limits)
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Random values, and random ways of writing them.
struct JSONGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Characters on both sides of every boundary that the module knows.
  private static let scalars: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x20...0x7E, 0x61...0x66, 0x22...0x22, 0x5C...0x5C, 0x7F...0x80, 0x7FF...0x800,
    0x300...0x302,
    0x2028...0x2029, 0x20AC...0x20AC, 0xD7FF...0xD7FF, 0xE000...0xE001, 0xFB33...0xFB33, 0xFEFF...0xFFFF,
    0x10000...0x10001, 0x1F600...0x1F602, 0x10FFFE...0x10FFFF,
  ]

  mutating func string() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let range = Self.scalars.randomElement(using: &random) ?? 0x61...0x66
      Unicode.Scalar(UInt32.random(in: range, using: &random)).map { scalars.append($0) }
    }
    return String(scalars)
  }

  mutating func integer() -> Int64 {
    switch Int.random(in: 0...3, using: &random) {
    case 0: Int64.random(in: -20...20, using: &random)
    case 1: canonicalIntegerRange.lowerBound + Int64.random(in: 0...2, using: &random)
    case 2: canonicalIntegerRange.upperBound - Int64.random(in: 0...2, using: &random)
    default: Int64.random(in: canonicalIntegerRange, using: &random)
    }
  }

  mutating func value(depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0...(depth > 0 ? 7 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(integer())
    case 3, 4: return .string(string())
    case 5: return .array((0..<Int.random(in: 0...5, using: &random)).map { _ in value(depth: depth - 1) })
    default:
      let countMax = Int.random(in: 0...19, using: &random) == 0 ? 80 : 8
      let count = Int.random(in: 0...countMax, using: &random)
      return .object(JSONObject((0..<count).map { _ in (string(), value(depth: depth - 1)) }))
    }
  }

  /// A text for the value that is mostly not canonical: white space, needless escapes, members in any order.
  mutating func messyText(_ value: JSONValue) -> [UInt8] {
    var out: [UInt8] = []
    write(value, to: &out)
    return out
  }

  private mutating func write(_ value: JSONValue, to out: inout [UInt8]) {
    out += whitespace()
    switch value {
    case .null: out += Array("null".utf8)
    case .bool(let bool): out += Array("\(bool)".utf8)
    case .integer(let integer):
      out += Array(integer == 0 && Bool.random(using: &random) ? "-0".utf8 : "\(integer)".utf8)
    case .string(let string): write(string, to: &out)
    case .array(let elements):
      out.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(element, to: &out)
      }
      out += whitespace() + [UInt8(ascii: "]")]
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      for (index, member) in object.shuffled(using: &random).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        out += whitespace()
        write(member.key, to: &out)
        out += whitespace() + [UInt8(ascii: ":")]
        write(member.value, to: &out)
      }
      out += whitespace() + [UInt8(ascii: "}")]
    }
    out += whitespace()
  }

  private mutating func write(_ string: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      if mustEscape || Int.random(in: 0...4, using: &random) == 0 {
        let upper = Bool.random(using: &random)
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16, uppercase: upper)
          out += Array("\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
        }
      } else {
        out += Array(String(scalar).utf8)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func whitespace() -> [UInt8] {
    guard Int.random(in: 0...3, using: &random) == 0 else { return [] }
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in
      [0x20, 0x09, 0x0A, 0x0D].randomElement(using: &random) ?? 0x20
    }
  }
}
