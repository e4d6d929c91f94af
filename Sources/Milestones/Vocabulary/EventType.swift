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

  /// The field that names the event it corrects; nil if it corrects none.
  public var correctedField: String? {
    for case .correct(let field) in effects { return field }
    return nil
  }

  /// The field that names the event it retracts; nil if it retracts none.
  public var retractedField: String? {
    for case .retract(let field) in effects { return field }
    return nil
  }

  /// The field that names the event it adds evidence to; nil if it adds none.
  public var attachedField: String? {
    for case .attach(let field) in effects { return field }
    return nil
  }

  /// The field that names the event it corrects or retracts; nil if it does neither.
  public var amendedField: String? { correctedField ?? retractedField }

  /// Whether its events name others that they are about.
  public var namesEvents: Bool {
    effects.contains { effect in
      switch effect {
      case .prefer, .attach, .correct, .retract: true
      default: false
      }
    }
  }

  /// Whether the day of recording stands for `occurred` where none is given: it tells what somebody decided in the
  /// ledger about its events, as a rule on the day of entering it.
  public var isDatedByRecording: Bool {
    effects.contains { effect in
      switch effect {
      case .prefer, .correct, .retract: true
      default: false
      }
    }
  }

  /// Whether its events cannot be corrected or retracted: the ledger's own, and those that tell of a person's will or
  /// of what is gone, which nobody takes back by an event about events.
  public var isBeyondAmending: Bool {
    isByLedger
      || effects.contains { effect in
        switch effect {
        case .consent, .erase, .unavailable: true
        default: false
        }
      }
  }

  /// Whether it tells that disclosures are gone. Nobody appends such an event by hand: one that named what was never
  /// erased would make the ledger erase it.
  public var isErasure: Bool {
    effects.contains { if case .erase = $0 { true } else { false } }
  }

  /// The field that tells what may be done from then on with what a person entrusted to the ledger; nil for a type
  /// that tells of no consent.
  public var consentField: String? {
    for case .consent(let field) in effects { return field }
    return nil
  }

  /// Whether it can be appended by hand.
  public var isAvailable: Bool { !isByLedger && !isErasure && unavailableVerb == nil }

  /// The verb that keeps it from being appended for now; nil if nothing does.
  public var unavailableVerb: String? {
    for case .unavailable(let verb) in effects { return verb }
    return nil
  }
}
