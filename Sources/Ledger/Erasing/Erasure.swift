// What an erasure is asked for, what it is about to do, and what it did.

internal import Milestones
internal import OrderedCollections

/// Why disclosures are erased. A code and no words: what is written into the log stays there for good.
public enum ErasureReason: String, Sendable, CaseIterable {
  /// The person took the consent back.
  case withdrawn
  /// It should never have been kept.
  case unlawful
  /// A court or an authority ordered it.
  case courtOrder = "court-order"
  /// It was entered by mistake.
  case mistaken
  /// The time for which it was to be kept is over.
  case retention
}

/// How the words that name what is to be erased are meant.
public enum ErasureScope: String, Sendable, CaseIterable {
  /// A position or an id: that event, and what corrects it.
  case event
  /// A subject, such as `testimony:7gq2…`: all its events.
  case subject
  /// The name or pseudonym as it stands in the sealed field `person`: all that person's testimonies.
  case person
}

/// What an erasure is about to do.
public struct ErasurePlan: Sendable {
  /// An event whose disclosures are to go.
  public struct Target: Sendable, Equatable {
    /// Where it stands.
    public let position: Int64
    /// Its id.
    public let id: String
    /// Its type.
    public let type: String
    /// What it is about.
    public let subject: String
    /// Those of its digests that no erasure has named yet, decoys among them.
    public let digests: [String]
  }

  /// The events, by position.
  public let targets: [Target]
  /// Where it stands that others of the events meant were erased before.
  public let erasedAt: [Int64]
  /// How many of the events meant hold nothing sealed: what they say stays.
  public let clearCount: Int
  /// How many events each subject had when this was looked at.
  let versions: OrderedDictionary<String, Int64>
}

/// What an erasure did.
public struct Erasure: Sendable {
  /// The events whose disclosures are gone; none if all was erased before.
  public let targets: [ErasurePlan.Target]
  /// Where the log tells of it: of this erasure, or of the one before.
  public let positions: [Int64]
  /// What had been handed over of it before, which cannot be called back.
  public let handedOver: [Handover]
  /// What went wrong after it was recorded; nil as a rule.
  public let warning: String?
}

/// By whose authority something is erased: a role or a file number, never a person.
struct ErasureAuthority {
  static let bytesMax = 200
  let text: String

  /// Checks what was given.
  ///
  /// - Throws: ``LedgerError/draft(_:)``.
  init(_ text: String) throws(LedgerError) {
    func refused(_ reason: String) -> LedgerError { .draft(DraftError("authority", reason)) }
    let isVisible = text.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
    }
    guard !text.allSatisfy(\.isWhitespace), isVisible, text.utf8.count <= Self.bytesMax else {
      throw refused(
        "says by whose authority, in one line of at most \(Self.bytesMax) bytes: an office or a file number, such as 'data protection officer' or '12 O 345/26'"
      )
    }
    guard !text.utf8.contains(UInt8(ascii: "@")), !text.utf8.starts(with: [UInt8(ascii: "+")]) else {
      throw refused(
        "looks like a person's address or number; it stays in the log for good: name an office or a file number"
      )
    }
    self.text = text
  }
  /// Whether a name stands in it as a word or several.
  func names(_ name: String) -> Bool {
    func words(_ text: String) -> [Substring] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
    let (all, looked) = (words(text), words(name))
    guard !looked.isEmpty, all.count >= looked.count else { return false }
    return (0...(all.count - looked.count)).contains { all[$0...].starts(with: looked) }
  }
}
