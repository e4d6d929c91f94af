// A type of event as its vocabulary file declares it.

public import OrderedCollections

/// Where something stands in a vocabulary file.
public struct VocabularyPlace: Sendable, Equatable, CustomStringConvertible {
  /// The file's name, such as `bill.json`.
  public let file: String
  /// The line, from 1.
  public let line: Int

  /// Makes a place.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  /// `file:line`.
  public var description: String { "\(file):\(line)" }
}

/// A type of event: what it means, which fields it has, what it does.
public struct EventType: Sendable {
  /// The dotted name, such as `bill.introduced`.
  public let name: String
  /// The family whose file declares it.
  public let family: String
  /// The definition, in a sentence or two.
  public let means: String
  /// The kinds of subject that it can be told of; empty: every kind.
  public let subjectKinds: [String]
  /// The fields in the order of the file.
  public let fields: OrderedDictionary<String, Field>
  /// What it does.
  public let effects: [Effect]
  /// Fields and values of an example, each `FIELD=VALUE`; empty for what only the ledger appends.
  public let example: [String]
  /// Whether only the ledger itself appends it.
  public let isByLedger: Bool
  /// Where it stands.
  public let place: VocabularyPlace

  /// The names of the fields that can be sealed: as many digests stand in every event that is not public.
  public var sealableFields: [String] { fields.values.filter(\.isSealable).map(\.name) }

  /// Whether some field is sealed unless `public=true` is given.
  public var canBePublic: Bool { fields.values.contains(where: \.isSealed) }

  /// Whether it tells of events or of people's consent rather than of the world: what somebody decided in the ledger
  /// needs no source.
  public var isAboutEvents: Bool {
    effects.contains { effect in
      switch effect {
      case .prefer, .correct, .retract, .consent, .erase, .unavailable: true
      default: false
      }
    }
  }

  /// The verb that keeps it from being appended for now; nil if nothing does.
  public var unavailableVerb: String? {
    for case .unavailable(let verb) in effects { return verb }
    return nil
  }
}
