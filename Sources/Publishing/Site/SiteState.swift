// What a published site remembers of itself: what it was made of, and which files are its own.

internal import CanonicalJSON
internal import EDTF
internal import TransparencyLog

/// What the site in a directory was made of.
struct SiteState: Equatable {
  /// Its file.
  static let path = "site.json"
  /// The form of this file.
  static let format: Int64 = 1

  var origin: String
  var size: Int64
  var root: String
  /// The day told for (D).
  var day: Day
  /// What the restrictions came to.
  var restrictions: String
  /// The digest of the vocabulary that events were read by.
  var vocabulary: String
  /// The digest of templates and stylesheet.
  var templates: String
  /// Whether all pages were written. What was cut off is made anew.
  var isFinished: Bool

  var json: JSONValue {
    [
      "format": .integer(Self.format), "origin": .string(origin), "size": .integer(size),
      "root": .string(root),
      "on": .string(day.description), "restrictions": .string(restrictions),
      "vocabulary": .string(vocabulary), "templates": .string(templates), "finished": .bool(isFinished),
    ]
  }

  init(
    origin: String, size: Int64, root: String, day: Day, restrictions: String, vocabulary: String,
    templates: String, isFinished: Bool
  ) {
    self.origin = origin
    self.size = size
    self.root = root
    self.day = day
    self.restrictions = restrictions
    self.vocabulary = vocabulary
    self.templates = templates
    self.isFinished = isFinished
  }

  /// Reads what was remembered; nil if it is of another form, or damaged: all is made anew then.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONValue(parsing: bytes), json["format"]?.integer == Self.format,
      let origin = json["origin"]?.string, let size = json["size"]?.integer, let root = json["root"]?.string,
      let day = json["on"]?.string.flatMap({ Day($0) }), let restrictions = json["restrictions"]?.string,
      let vocabulary = json["vocabulary"]?.string, let templates = json["templates"]?.string,
      let isFinished = json["finished"]?.bool
    else { return nil }
    self.init(
      origin: origin, size: size, root: root, day: day, restrictions: restrictions, vocabulary: vocabulary,
      templates: templates, isFinished: isFinished)
  }

  /// Whether what differs can be told anew on top of what is there, or all has to be.
  func continues(to later: SiteState) -> Bool {
    isFinished && origin.utf8.elementsEqual(later.origin.utf8) && size > 0 && size <= later.size
      && day <= later.day
      && restrictions == later.restrictions && vocabulary == later.vocabulary && templates == later.templates
  }
}

/// The files that are the site's own: nothing else is ever removed.
struct SiteFiles {
  /// The list's file: a path a line.
  static let path = "site-files.txt"

  private(set) var paths: Set<String>

  init(_ bytes: [UInt8]?) {
    let lines = bytes.map { $0.split(separator: UInt8(ascii: "\n")) } ?? []
    paths = Set(lines.map { String(decoding: $0, as: UTF8.self) }.filter(Self.canBeOwn))
  }

  mutating func insert(_ path: String) { paths.insert(path) }
  mutating func remove(_ path: String) { paths.remove(path) }

  var bytes: [UInt8] {
    let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.reduce(into: []) { $0 += Array($1.utf8) + [UInt8(ascii: "\n")] }
  }

  /// Whether a line can name a file of the site: the list may have been altered, and nobody's file is to be removed by it,
  /// least of all what the log is verified by.
  private static func canBeOwn(_ path: String) -> Bool {
    let steps = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = steps.first, !first.elementsEqual("tile".utf8),
      !path.utf8.elementsEqual("checkpoint".utf8)
    else { return false }
    return steps.allSatisfy { !$0.isEmpty && $0.first != UInt8(ascii: ".") }
  }
}
