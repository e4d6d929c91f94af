// Where an institution stands: a path from the whole to the part, such as `us/congress/senate`.

/// The path of an institution, from the whole to the part: `us/congress/senate`, `int/un/ga/c3`.
///
/// The first step of a national body is the country in lower case; bodies between states stand under `int/`.
public struct InstitutionPath: Sendable, Hashable, CustomStringConvertible {
  /// The longest path, in bytes.
  public static let lengthMaxBytes = 200

  /// The path as written.
  public let text: String

  /// Reads a path.
  ///
  /// - Parameter text: words of lower-case letters, digits and hyphens, joined by slashes.
  /// - Throws: ``ValueError`` with what is wrong and how a path is written.
  public init(_ text: String) throws(ValueError) {
    guard text.utf8.count <= Self.lengthMaxBytes else {
      throw ValueError("is longer than \(Self.lengthMaxBytes) bytes", advice: "Choose shorter names.")
    }
    guard Self.isPath(text) else {
      throw ValueError(
        "is not the path of an institution",
        advice:
          "Write words of lower-case letters, digits and hyphens joined by /, such as us/congress/senate or int/un/ga/c3."
      )
    }
    self.text = text
  }

  /// Whether it is words of lower-case letters, digits and hyphens, joined by slashes; each begins and ends with a
  /// letter or a digit.
  private static func isPath(_ text: String) -> Bool {
    var previous = UInt8(ascii: "/")
    for byte in text.utf8 {
      let isWithin = byte == .hyphen || byte == UInt8(ascii: "/")
      guard
        isWithin
          ? previous.isLowerLetterOrDigit || (byte == .hyphen && previous == .hyphen)
          : byte.isLowerLetterOrDigit
      else { return false }
      previous = byte
    }
    return previous.isLowerLetterOrDigit
  }

  /// Whether this is a body between states, which has no country code of its own.
  public var isInternational: Bool { text == "int" || text.utf8.starts(with: "int/".utf8) }

  /// The path itself.
  public var description: String { text }
}
