// Where two snapshots differ first: for whoever has to find out what was changed.

internal import CanonicalJSON

/// The first difference between what is found and what should be.
package struct SnapshotDifference: Sendable, Equatable {
  /// The file of the package; nil for a snapshot that is one file.
  package let file: String?
  /// Where: a line, or a path of keys; nil for a whole file.
  package let place: String?
  /// What should stand there; nil for nothing.
  package let expected: String?
  /// What stands there; nil for nothing.
  package let found: String?

  /// The first difference between the files of two snapshots; nil if there is none.
  init?(found: [SnapshotFile], expected: [SnapshotFile], format: SnapshotFormat) {
    for file in expected {
      let name = file.name.isEmpty ? nil : file.name
      guard let other = found.first(where: { $0.name.utf8.elementsEqual(file.name.utf8) }) else {
        self.init(file: name, place: nil, expected: "a file", found: nil)
        return
      }
      if other.bytes == file.bytes { continue }
      self = Self.inPart(name, other.bytes, file.bytes, isDocument: format == .json)
      return
    }
    let names = Set(expected.map { Array($0.name.utf8) })
    guard let further = found.first(where: { !names.contains(Array($0.name.utf8)) }) else { return nil }
    self.init(file: further.name, place: nil, expected: nil, found: "a file")
  }

  /// The difference of a snapshot of a subject that the log tells nothing of.
  init(unknownScope subject: String) {
    self.init(file: nil, place: "scope", expected: "a subject that some event tells of", found: subject)
  }

  private init(file: String?, place: String?, expected: String?, found: String?) {
    self.file = file
    self.place = place
    self.expected = expected
    self.found = found
  }

  private static func inPart(
    _ name: String?, _ found: [UInt8], _ expected: [UInt8], isDocument: Bool
  ) -> SnapshotDifference {
    if isDocument, let one = try? JSONValue(parsing: found, limits: .snapshots),
      let other = try? JSONValue(parsing: expected, limits: .snapshots),
      let (path, found, expected) = inValue(one, other, path: "")
    {
      let one = found.flatMap { try? $0.canonicalBytes()[...] }
      let other = expected.flatMap { try? $0.canonicalBytes()[...] }
      let start = beginning(of: one, other)
      return SnapshotDifference(
        file: name, place: path.isEmpty ? "the document" : path, expected: words(other, from: start),
        found: words(one, from: start))
    }
    let (foundLines, lines) = (self.lines(found), self.lines(expected))
    let number =
      zip(foundLines, lines).enumerated().first { $1.0 != $1.1 }?.offset ?? min(foundLines.count, lines.count)
    let one = number < foundLines.count ? foundLines[number] : nil
    let other = number < lines.count ? lines[number] : nil
    let start = beginning(of: one, other)
    return SnapshotDifference(
      file: name, place: "line \(number + 1)", expected: words(other, from: start),
      found: words(one, from: start))
  }

  /// How many bytes are shown of what stands before a difference.
  private static let bytesBefore = 40

  /// Where to begin in two long lines, so that the difference is seen.
  private static func beginning(of one: ArraySlice<UInt8>?, _ other: ArraySlice<UInt8>?) -> Int {
    guard let one, let other else { return 0 }
    return max(0, zip(one, other).prefix { $0 == $1 }.count - bytesBefore)
  }

  /// The first place at which two values differ, in the order of the keys.
  private static func inValue(
    _ found: JSONValue, _ expected: JSONValue, path: String
  ) -> (path: String, found: JSONValue?, expected: JSONValue?)? {
    if found == expected { return nil }
    switch (found, expected) {
    case (.object(let one), .object(let other)):
      for key in JSONObject(one.map { ($0.key, .null) } + other.map { ($0.key, .null) }).keys {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let a = one[key], let b = other[key] else { return (place, one[key], other[key]) }
        if let difference = inValue(a, b, path: place) { return difference }
      }
    case (.array(let one), .array(let other)):
      for index in 0..<max(one.count, other.count) {
        let place = "\(path)[\(index)]"
        guard index < one.count, index < other.count else {
          return (place, index < one.count ? one[index] : nil, index < other.count ? other[index] : nil)
        }
        if let difference = inValue(one[index], other[index], path: place) { return difference }
      }
    default: break
    }
    return (path, found, expected)
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private static func words(_ line: ArraySlice<UInt8>?, from start: Int) -> String? {
    line.map { line in
      // Not within a character.
      let rest = line.dropFirst(start).drop { start > 0 && $0 & 0xc0 == 0x80 }
      let text = Cut.text(Printable.text(String(decoding: rest, as: UTF8.self)), to: Cut.inLists)
      return start > 0 ? "…\(text)" : text
    }
  }

  /// Where it is, in words.
  package var whereabouts: String { [file, place].compactMap { $0 }.joined(separator: ", ") }

  /// The difference in words.
  package var words: String {
    "\(whereabouts): expected \(expected ?? "nothing"), found \(found ?? "nothing")"
  }

  /// Where it is, without what stands there.
  var withoutContent: SnapshotDifference {
    SnapshotDifference(file: file, place: place, expected: nil, found: nil)
  }
}
