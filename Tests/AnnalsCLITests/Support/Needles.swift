// Needles in haystacks: texts that are sealed, looked for in files however they may be written there.

internal import Foundation
internal import TestSupport

/// Texts that must not be found, in every way in which a program may write a text.
struct Needles {
  /// The texts.
  let texts: [String]
  /// What each may look like, and which text it is.
  private var patterns: [(text: Int, form: String, bytes: [UInt8])] = []
  /// The patterns by their first eight bytes.
  private var byHead: [UInt64: [Int]] = [:]
  /// Which pairs of bytes a pattern begins with: most places are passed over by a look at this.
  private var begins = [Bool](repeating: false, count: 65_536)

  private static let headLength = 8

  init(_ texts: [String]) {
    self.texts = texts
    for (index, text) in texts.enumerated() {
      for (form, bytes) in Self.forms(of: text) where bytes.count >= Self.headLength {
        let head = bytes.prefix(Self.headLength).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        byHead[head, default: []].append(patterns.count)
        begins[Int(bytes[0]) << 8 | Int(bytes[1])] = true
        patterns.append((index, form, bytes))
      }
    }
  }

  /// What a text may look like: as it is, in UTF-16 either way, in JSON with escapes, in hexadecimal, and within base64
  /// or base64url at any of the three offsets, also as JSON has it.
  static func forms(of text: String) -> [(form: String, bytes: [UInt8])] {
    let plain = Array(text.utf8)
    let units = Array(text.utf16)
    let escaped = units.map { unit in
      unit < 0x80 ? String(UnicodeScalar(UInt8(unit))) : "\\u" + hex(unit, 4)
    }.joined()
    let allEscaped = units.map { "\\u" + hex($0, 4) }.joined()
    let digits = plain.map { hex(UInt16($0), 2) }.joined()
    var forms: [(String, [UInt8])] = [
      ("utf-8", plain), ("utf-16le", units.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
      ("utf-16be", units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
      ("json", Array(escaped.utf8)), ("json in capitals", Array(escaped.uppercasingEscapes.utf8)),
      ("json, all of it", Array(allEscaped.utf8)), ("hex", Array(digits.utf8)),
      ("hex in capitals", Array(digits.uppercased().utf8)),
    ]
    for (what, bytes) in [("", plain), (" of json", Array(escaped.utf8))] {
      for offset in 0..<3 {
        let padded = Data([UInt8](repeating: 0, count: offset) + bytes)
        let standard = padded.base64EncodedString().replacing("=", with: "")
        // Only the characters that the text alone decides.
        let (first, last) = ((offset * 8 + 5) / 6, (offset + bytes.count) * 8 / 6)
        let url = standard.replacing("+", with: "-").replacing("/", with: "_")
        forms.append(("base64\(what) at \(offset)", Array(Array(standard.utf8)[first..<last])))
        forms.append(("base64url\(what) at \(offset)", Array(Array(url.utf8)[first..<last])))
      }
    }
    return forms
  }

  private static func hex(_ number: UInt16, _ length: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: length - digits.count) + digits
  }

  /// The texts that are in some bytes, each with the form in which it was found first.
  func found(in haystack: [UInt8]) -> [Int: String] {
    guard haystack.count >= Self.headLength else { return [:] }
    var found: [Int: String] = [:]
    haystack.withUnsafeBufferPointer { bytes in
      for start in 0...(bytes.count - Self.headLength)
      where begins[Int(bytes[start]) << 8 | Int(bytes[start + 1])] {
        var head: UInt64 = 0
        for offset in 0..<Self.headLength { head = head << 8 | UInt64(bytes[start + offset]) }
        for index in byHead[head] ?? [] {
          let pattern = patterns[index]
          guard found[pattern.text] == nil, start + pattern.bytes.count <= bytes.count,
            bytes[start..<(start + pattern.bytes.count)].elementsEqual(pattern.bytes)
          else { continue }
          found[pattern.text] = pattern.form
        }
      }
    }
    return found
  }

  /// What is found in the files under some directories, as `file: text (form)`.
  func found(inFilesUnder directories: [String], but isLeftOut: (String) -> Bool = { _ in false }) throws
    -> [String]
  {
    var found: [String] = []
    for directory in directories {
      for name in try FileManager.default.subpathsOfDirectory(atPath: directory) where !isLeftOut(name) {
        var status = stat()
        guard lstat("\(directory)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
          continue
        }
        let bytes = [UInt8](FileManager.default.contents(atPath: "\(directory)/\(name)") ?? Data())
        found += self.found(in: bytes).map { "\(name): \(texts[$0.key]) (\($0.value))" }
      }
    }
    return found.sorted()
  }

  /// What is found in what a program printed.
  func found(in ended: Ended) -> [String] {
    found(in: ended.standardOutput + [0] + ended.standardError).map { "\(texts[$0.key]) (\($0.value))" }
  }

  /// Words that stand nowhere else: letters of several scripts, drawn by chance.
  static func random(_ count: Int, using generator: inout SeededGenerator) -> [String] {
    let letters = Array("abcdefghijklmnopqrstuvwxyzéß針穴ñ")
    return (0..<count).map { number in
      "Nadel\(number)"
        + String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
  }
}

extension String {
  /// With the hexadecimal digits of escapes in capitals.
  fileprivate var uppercasingEscapes: String {
    var out = ""
    var rest = self[...]
    while let range = rest.range(of: "\\u") {
      out += rest[..<range.upperBound]
      out += rest[range.upperBound...].prefix(4).uppercased()
      rest = rest[range.upperBound...].dropFirst(4)
    }
    return out + rest
  }
}
