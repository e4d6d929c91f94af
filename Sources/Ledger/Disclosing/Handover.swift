// What was handed over of what is sealed: to whom, when, which fields. Never what stood in them.

public import Milestones

/// An entry of the register of what was handed over.
public struct Handover: Sendable, Equatable {
  /// Its number in the register, from 1.
  public let number: Int64
  /// When it was noted, which is before the file was written.
  public let time: RecordedTime
  /// The event's position.
  public let position: Int64
  /// Who received it.
  public let recipient: String
  /// Who handed it over.
  public let recorder: String
  /// The names of the fields.
  public let fields: [String]
  /// Their digests, which stand in the event.
  public let digests: [String]
  /// Whether the consent that was given did not allow it.
  public let isBeyondConsent: Bool
}

/// Why something is not handed over. Nothing is noted or written then.
public enum DisclosureRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no vault on this machine.
  case noVault(path: String)
  /// Nothing was ever sealed in the event.
  case nothingSealed(position: Int64)
  /// It is erased.
  case erased(position: Int64, at: [Int64])
  /// It is not in the vault, or not what it was, and no event tells why.
  case notWhole(position: Int64)
  /// The event has no such sealed field, or none any more.
  case noField(String, position: Int64, known: [String])
  /// The consent does not allow it: the fields, each with the scopes that were not given.
  case beyondConsent(position: Int64, [(field: String, lacking: [ConsentScope])])

  /// Whether two say the same.
  public static func == (one: DisclosureRefusal, other: DisclosureRefusal) -> Bool {
    one.description.utf8.elementsEqual(other.description.utf8)
  }

  /// One line: what is wrong and what to do.
  public var description: String {
    switch self {
    case .noVault(let path):
      "\(path): there is no vault, and what is sealed is nowhere else; ask on the machine that holds it"
    case .nothingSealed(let position): "nothing is sealed in the event at position \(position)"
    case .erased(let position, let places):
      "what was sealed in the event at position \(position) is erased, as position \(places.map { "\($0)" }.joined(separator: ", ")) tells: there is nothing left to hand over"
    case .notWhole(let position):
      "what was sealed in the event at position \(position) is not whole, and no event tells why; annals verify tells more, and the vault's backup may have it"
    case .noField(let field, let position, let known):
      "the event at position \(position) has no sealed field \(field)"
        + (known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))")
    case .beyondConsent(let position, let fields):
      "position \(position): the consent that was given does not allow it: "
        + fields.map { "\($0.field) needs \($0.lacking.map(\.rawValue).joined(separator: ", "))" }
        .joined(separator: "; ")
        + "; leave these out with --field, or say --beyond-consent, which is noted in the register"
    }
  }
}

/// To whom something is handed over: stands in the file and in the register.
struct Recipient {
  static let bytesMax = 200
  let text: String

  /// Checks what was given.
  ///
  /// - Throws: ``LedgerError/draft(_:)``.
  init(_ text: String) throws(LedgerError) {
    let isVisible = text.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        && $0.properties.generalCategory != .lineSeparator
        && $0.properties.generalCategory != .paragraphSeparator
    }
    guard !text.allSatisfy(\.isWhitespace), isVisible, text.utf8.count <= Self.bytesMax else {
      throw .draft(
        DraftError(
          "to",
          "says who receives it, in one line of at most \(Self.bytesMax) bytes, such as 'Court of Valdivia'"
        ))
    }
    self.text = text
  }
}
