// What one event says, drawn from its leaf by the vocabulary alone: pure, and the same on every machine.

internal import CanonicalJSON
internal import Crypto
internal import EDTF
public import Milestones
internal import OrderedCollections

/// The rows that one event gives, before any fold.
public struct EventFacts: Sendable {
  /// A move that the event may make on a subject or on one of its parties.
  public struct MoveFact: Sendable, Equatable {
    /// The subject to move.
    public let subject: String
    /// The party; empty for the subject as a whole.
    public let party: String
    /// The effects of the type that apply (by index), each with what is told beside the stage.
    public let effects: [FactEffect]
  }

  /// A link from one subject to another.
  public struct LinkFact: Sendable, Hashable {
    /// The subject that the event is told of.
    public let subject: String
    /// The kind of the link.
    public let kind: String
    /// The subject that it leads to.
    public let other: String
  }

  /// Which account a preference chooses.
  struct PreferenceFact {
    /// The account, by id; nil if none is preferred any more.
    let account: String?
    /// The claim.
    let claim: String?
  }

  /// What a person consents to.
  struct ConsentFact {
    /// The scopes from now on.
    let scopes: [String]
    /// The last day on which they hold, EDTF; nil for good.
    let until: String?
  }

  let position: Int64
  let subject: String
  let type: String
  let country: String?
  let institution: String?
  let occurred: String
  let effective: String?
  let orderDay: Int64
  let certainDay: Int64?
  let isUnplaced: Bool
  let title: String?
  let procedure: String?
  let claim: String?
  /// SHA-256 of what the event claims: two events of one claim that differ here are rival accounts.
  let claimContent: [UInt8]?
  /// How many sources it names; nil for what needs none.
  let sourceCount: Int?
  /// Whether it stands on timelines: sealed testimonies do not, they are counted.
  let isListed: Bool
  let moves: [MoveFact]
  let links: [LinkFact]
  let preference: PreferenceFact?
  /// The event that this one adds evidence to, by id or position.
  let evidenceFor: String?
  /// The event that this one corrects or retracts, by id or position.
  let amended: String?
  /// What may be done from now on with what the subject, a person or a testimony, entrusted.
  let consent: ConsentFact?
  /// The events whose disclosures are erased, by id or position.
  let erased: [String]
  /// What does not add up in the event by itself.
  let findings: [Finding]

  /// Draws the facts of an event; nil for the ledger's own events, which say nothing about the world.
  ///
  /// - Parameters:
  ///   - event: the event, read from its leaf.
  ///   - position: where it stands.
  ///   - vocabulary: the vocabulary in force.
  public init?(_ event: EventView, position: Int64, vocabulary: Vocabulary) {
    guard let type = vocabulary.types[event.type], !type.isByLedger else { return nil }
    self.position = position
    let subject = event.subject
    self.subject = subject
    self.type = type.name
    country = event.country
    institution = event.institution
    occurred = event.occurred
    effective = event.effective
    // Read once: reading a date takes as long as all the rest.
    let date = try? EDTF(occurred)
    let days = effective.map { DayBounds(try? EDTF($0)) } ?? DayBounds(date)
    orderDay = days.order
    certainDay = days.certain
    isUnplaced = days.isUnplaced
    title = event.title
    procedure = event.data?["procedure"]?.string
    // What is said of events is no account of what happened.
    claim = type.isAboutEvents ? nil : event.claim
    claimContent = claim == nil ? nil : Self.claimContent(of: event)
    // What was decided in the ledger about its events needs no source, and counts for none.
    sourceCount = type.isAboutEvents ? nil : event.sourceCount
    let isCounted = vocabulary.kinds[Self.kind(of: subject)]?.isCounted ?? false
    isListed = !(isCounted && event.isSealed)
    moves = isCounted ? [] : Self.moves(of: event, type: type)
    links = isCounted ? [] : Self.links(of: event, type: type)
    preference = Self.preference(of: event, type: type)
    evidenceFor =
      type.effects.lazy.compactMap { effect -> String? in
        if case .attach(let field) = effect { event.texts(field).first } else { nil }
      }.first
    amended = type.amendedField.flatMap { event.texts($0).first }
    consent = Self.consent(of: event, type: type)
    erased = type.effects.flatMap { effect -> [String] in
      if case .erase(let field) = effect { event.texts(field) } else { [] }
    }
    findings = Self.findings(event, type: type, isListed: isListed, date: date)
  }

  /// The move that is kept with the event: the first of its own subject. As a rule it is the only one.
  var ownMove: MoveFact? { moves.first { $0.subject.hasBytes(of: subject) } }

  /// The other moves: of other subjects, and of further parties of its own.
  var furtherMoves: [MoveFact] {
    let own = moves.firstIndex { $0.subject.hasBytes(of: subject) }
    return moves.indices.filter { $0 != own }.map { moves[$0] }
  }

  static func kind(of subject: String) -> String {
    String(subject.utf8.prefix { $0 != UInt8(ascii: ":") }) ?? ""
  }

  /// The days of a date as a fold asks for them.
  struct DayBounds {
    let order: Int64
    let certain: Int64?
    let isUnplaced: Bool

    /// Of a date; nil for a text that is none.
    init(_ date: EDTF?) {
      guard let date else {
        (order, certain, isUnplaced) = (.min, nil, true)
        return
      }
      if case .day(let day) = date.earliest, !date.isUnknown { order = day.number } else { order = .min }
      if case .day(let day) = date.latest, !date.isUncertain, !date.isUnknown, case .day = date.earliest {
        certain = day.number
      } else {
        certain = nil
      }
      isUnplaced = date.isUnknown || date.hasOpenOrUnknownEnd
    }
  }

  // MARK: Moves

  private static func moves(of event: EventView, type: EventType) -> [MoveFact] {
    var facts: [MoveFact] = []
    func add(_ subject: String, _ party: String, _ effect: FactEffect) {
      if let index = facts.firstIndex(where: { $0.subject == subject && $0.party == party }) {
        facts[index] = MoveFact(subject: subject, party: party, effects: facts[index].effects + [effect])
      } else {
        facts.append(MoveFact(subject: subject, party: party, effects: [effect]))
      }
    }
    for (index, effect) in type.effects.enumerated() {
      guard case .move(let move) = effect, applies(move, to: event) else { continue }
      let detail = move.detailField.flatMap { field in
        let texts = event.texts(field)
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
      }
      let effect = FactEffect(
        index: index, detail: detail, rule: move.ruleField.flatMap { event.texts($0).first },
        dated: move.datedField.flatMap { event.texts($0).first })
      if let other = move.otherField {
        for subject in event.texts(other) { add(subject, "", effect) }
      } else if !move.partyFields.isEmpty {
        let party = move.partyFields.lazy.compactMap { event.texts($0).first }.first
        if let party { add(event.subject, party, effect) }
      } else {
        add(event.subject, "", effect)
      }
    }
    return facts
  }

  private static func applies(_ move: Effect.Move, to event: EventView) -> Bool {
    hold(move.when, unless: move.unless, for: event)
  }

  /// Whether the conditions of an effect hold for an event.
  static func hold(_ when: [Effect.Condition], unless: [Effect.Condition], for event: EventView) -> Bool {
    func holds(_ condition: Effect.Condition) -> Bool {
      let texts = event.texts(condition.field)
      return condition.values == ["*"]
        ? event.data?[condition.field] != nil : texts.contains(where: condition.values.contains)
    }
    return when.allSatisfy(holds) && !unless.contains(where: holds)
  }

  // MARK: Links, preferences, findings

  /// The links that the type's effects make, and those that the event itself carries; each once.
  private static func links(of event: EventView, type: EventType) -> [LinkFact] {
    var links: OrderedSet<LinkFact> = []
    for effect in type.effects {
      guard case .link(let usual, let field, let kindField) = effect else { continue }
      let kind = kindField.flatMap { event.texts($0).first } ?? usual
      for other in event.texts(field) {
        links.append(LinkFact(subject: event.subject, kind: kind, other: other))
      }
    }
    for (kind, others) in event.data?["links"]?.members.map({ ($0.key, $0.value) }) ?? [] {
      for other in others.elements.compactMap(\.string) {
        links.append(LinkFact(subject: event.subject, kind: kind, other: other))
      }
    }
    return Array(links)
  }

  private static func preference(of event: EventView, type: EventType) -> PreferenceFact? {
    for case .prefer(let account, let claim) in type.effects {
      return PreferenceFact(account: event.texts(account).first, claim: event.texts(claim).first)
    }
    return nil
  }

  private static func consent(of event: EventView, type: EventType) -> ConsentFact? {
    for case .consent(let field) in type.effects {
      return ConsentFact(scopes: event.texts(field), until: event.texts("until").first)
    }
    return nil
  }

  private static func findings(
    _ event: EventView, type: EventType, isListed: Bool, date: EDTF?
  ) -> [Finding] {
    var findings = isListed && type.tellsOfVotes ? VoteFacts(event, type: type)?.findings ?? [] : []
    if let date, case .day(let day) = date.earliest, !date.isUnknown,
      event.recordedDay.map({ $0 < day }) == true,
      let recorded = event.recorded?.day
    {
      findings.append(Finding(.date, "dated \(event.occurred), but recorded on \(recorded) already"))
    }
    return findings
  }

  // MARK: Claims

  /// What is left of an event when one leaves out who says so, how surely, on what grounds and under which name.
  private static func claimContent(of event: EventView) -> [UInt8] {
    // A number beyond the profile cannot be in a stored event.
    let bytes = (try? JSONValue.object(claimed(by: event)).canonicalBytes()) ?? []
    return Array(SHA256.hash(data: bytes))
  }

  /// What an event claims, by field; those of `data` have a prefix.
  static func claimed(by event: EventView) -> JSONObject {
    let besideTheFact: Set<String> = [
      "account", "claim", "confidence", "links", "note", "public", "sources", "title", "unsourced", "_sd",
      "_sd_alg",
    ]
    var content: [(String, JSONValue)] = [
      ("type", .string(event.type)), ("subject", .string(event.subject)),
      ("occurred", .string(event.occurred)),
      ("country", event.country.map { .string($0) } ?? .null),
      ("institution", event.institution.map { .string($0) } ?? .null),
    ]
    if let data = event.data {
      for (name, value) in data.members where !besideTheFact.contains(name) {
        content.append(("data.\(name)", value.value))
      }
    }
    return JSONObject(content)
  }
}
