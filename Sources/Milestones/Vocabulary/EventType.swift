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
///
/// A class, so that handing it on costs one count and not one for each of its parts; and what follows from its effects
/// is found once: every event that is checked, stamped or folded asks for it.
public final class EventType: Sendable {
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
  public let sealableFields: [String]
  /// Whether some field is sealed unless `public=true` is given.
  public let canBePublic: Bool
  /// Whether it tells of events or of people's consent rather than of the world: what somebody decided in the ledger
  /// needs no source.
  public let isAboutEvents: Bool
  /// The field that names the event it corrects; nil if it corrects none.
  public let correctedField: String?
  /// The field that names the event it retracts; nil if it retracts none.
  public let retractedField: String?
  /// The field that names the event it adds evidence to; nil if it adds none.
  public let attachedField: String?
  /// The field that names the event it corrects or retracts; nil if it does neither.
  public let amendedField: String?
  /// Whether its events name others that they are about.
  public let namesEvents: Bool
  /// Whether the day of recording stands for `occurred` where none is given: it tells what somebody decided in the
  /// ledger about its events, as a rule on the day of entering it.
  public let isDatedByRecording: Bool
  /// Whether its events cannot be corrected or retracted: the ledger's own, and those that tell of a person's will or
  /// of what is gone, which nobody takes back by an event about events.
  public let isBeyondAmending: Bool
  /// Whether it tells that disclosures are gone. Nobody appends such an event by hand: one that named what was never
  /// erased would make the ledger erase it.
  public let isErasure: Bool
  /// The field that tells what may be done from then on with what a person entrusted to the ledger; nil for a type
  /// that tells of no consent.
  public let consentField: String?
  /// The verb that keeps it from being appended for now; nil if nothing does.
  public let unavailableVerb: String?

  /// Whether some effect records a vote.
  public let tellsOfVotes: Bool
  /// Whether some effect moves a party.
  public let movesParties: Bool
  /// Whether it gives its subject a home, and a title before all others.
  public let givesHome: Bool
  /// Whether it only describes its subject: gives titles and identifiers, and no home.
  public let onlyDescribes: Bool

  /// Whether it can be appended by hand.
  public var isAvailable: Bool { !isByLedger && !isErasure && unavailableVerb == nil }

  init(
    name: String, family: String, means: String, subjectKinds: [String],
    fields: OrderedDictionary<String, Field>, effects: [Effect], example: [String], isByLedger: Bool,
    place: VocabularyPlace
  ) {
    self.name = name
    self.family = family
    self.means = means
    self.subjectKinds = subjectKinds
    self.fields = fields
    self.effects = effects
    self.example = example
    self.isByLedger = isByLedger
    self.place = place
    sealableFields = fields.values.filter(\.isSealable).map(\.name)
    canBePublic = fields.values.contains(where: \.isSealed)
    func first<T>(_ part: (Effect) -> T?) -> T? { effects.lazy.compactMap(part).first }
    correctedField = first { if case .correct(let field) = $0 { field } else { nil } }
    retractedField = first { if case .retract(let field) = $0 { field } else { nil } }
    attachedField = first { if case .attach(let field) = $0 { field } else { nil } }
    consentField = first { if case .consent(let field) = $0 { field } else { nil } }
    unavailableVerb = first { if case .unavailable(let verb) = $0 { verb } else { nil } }
    isErasure = effects.contains { if case .erase = $0 { true } else { false } }
    amendedField = correctedField ?? retractedField
    let prefers = effects.contains { if case .prefer = $0 { true } else { false } }
    isDatedByRecording = prefers || amendedField != nil
    namesEvents = isDatedByRecording || attachedField != nil
    let isBeyondTheWorld = consentField != nil || isErasure || unavailableVerb != nil
    isAboutEvents = isDatedByRecording || isBeyondTheWorld
    isBeyondAmending = isByLedger || isBeyondTheWorld
    movesParties = effects.contains {
      if case .move(let move) = $0 { !move.partyFields.isEmpty } else { false }
    }
    tellsOfVotes = effects.contains { if case .vote = $0 { true } else { false } }
    givesHome = effects.contains(.describe(givesHome: true))
    onlyDescribes = effects.contains(.describe(givesHome: false))
  }
}
