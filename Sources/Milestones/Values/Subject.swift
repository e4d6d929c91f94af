// What an event is about: `kind:slug`, such as `measure:us-115-hr4396`.

/// The thing an event is about, written `kind:slug`.
///
/// The kind is a word of the vocabulary; the slug is the archivist's short name for the thing, in lower-case
/// letters, digits, hyphens and dots. Both are ASCII, so that equal subjects are equal bytes.
public struct Subject: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The longest subject, in bytes.
  public static let lengthMaxBytes = 200

  /// The whole, `kind:slug`.
  public let text: String
  /// The kind, a word of the vocabulary.
  public let kind: String
  /// What stands after the colon.
  public var slug: String { String(text.utf8.dropFirst(kind.utf8.count + 1)) ?? "" }

  /// Reads a subject.
  ///
  /// - Parameter text: `kind:slug`.
  /// - Throws: ``ValueError`` with what is wrong and how a subject is written.
  public init(_ text: String) throws(ValueError) {
    let bytes = text.utf8
    guard bytes.count <= Self.lengthMaxBytes else {
      throw ValueError("is longer than \(Self.lengthMaxBytes) bytes", advice: "Choose a shorter name.")
    }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      throw ValueError(
        "has no kind", advice: "Write kind:name, such as measure:us-115-hr4396 or campaign:metoo.")
    }
    let kind = bytes[..<colon]
    let slug = bytes[bytes.index(after: colon)...]
    guard let first = kind.first, first.isLowerLetter, kind.allSatisfy({ $0.isLowerLetter || $0 == .hyphen })
    else {
      throw ValueError(
        "has no proper kind before the colon",
        advice: "A kind is a word in lower-case letters, such as campaign.")
    }
    guard let start = slug.first, let end = slug.last, start.isLowerLetterOrDigit, end.isLowerLetterOrDigit,
      slug.allSatisfy({ $0.isLowerLetterOrDigit || $0 == .hyphen || $0 == .dot })
    else {
      throw ValueError(
        "has no proper name after the colon",
        advice:
          "A name has lower-case letters a-z, digits, hyphens and dots, and begins and ends with a letter or digit."
      )
    }
    self.text = text
    self.kind = String(decoding: Array(kind), as: UTF8.self)
  }

  /// A subject whose text has been checked.
  init(checked text: String, kind: String) { (self.text, self.kind) = (text, kind) }

  /// The text itself.
  public var description: String { text }

  /// Order of bytes.
  public static func < (one: Subject, other: Subject) -> Bool {
    one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }
}
