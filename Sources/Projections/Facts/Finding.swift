// What does not add up: found in one event alone, or when a subject is folded.

internal import CanonicalJSON

/// Something that does not add up. It is reported, never refused.
public struct Finding: Sendable, Hashable {
  /// What kind of thing does not add up.
  public enum Kind: String, Sendable, CaseIterable {
    /// A step that the lifecycle cannot take.
    case step
    /// A day on which it cannot have happened.
    case date
    /// A treaty's rule of dates that does not come out.
    case rule
    /// A vote whose totals and lists differ.
    case vote
    /// A link to a subject that no event tells of.
    case link
  }

  /// The kind.
  public let kind: Kind
  /// What does not add up, in a sentence.
  public let detail: String

  init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

extension Finding {
  /// Findings as one text for a column: [[kind, detail], …]; nil for none.
  static func text(_ findings: [Finding]) throws -> String? {
    if findings.isEmpty { return nil }
    let list = findings.map { JSONValue.array([.string($0.kind.rawValue), .string($0.detail)]) }
    return String(decoding: try JSONValue.array(list).canonicalBytes(), as: UTF8.self)
  }

  static func findings(_ text: String?) throws -> [Finding] {
    guard let text else { return [] }
    return (try JSONValue(parsing: text).array ?? []).compactMap { item in
      guard let parts = item.array, parts.count == 2, let kind = parts[0].string.flatMap(Kind.init),
        let detail = parts[1].string
      else { return nil }
      return Finding(kind, detail)
    }
  }
}
