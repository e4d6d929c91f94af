// What the vault of this machine discloses of a subject: each field held against its digest, and against the consent.

public import CanonicalJSON
internal import EDTF
internal import LogStore
public import Milestones

/// What is sealed in one event, as far as it is here.
public struct EventDisclosures: Sendable {
  /// What became of what is sealed in an event.
  public enum State: String, Sendable, CaseIterable {
    /// It lies in the vault of this machine.
    case present
    /// The log tells that it was erased.
    case erased
    /// There is no vault here.
    case withheld
    /// Something of it is gone, and no event tells why.
    case missing
    /// Something that lies in the vault is not what the digests in the event stand for.
    case altered
  }

  /// A field, opened, with what passing it on asks for.
  public struct Field: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its digest in the event, computed from what lies in the vault.
    public let digest: String
    /// What was sealed; nil where it is not shown, since nobody may keep it any more.
    public let value: JSONValue?
    /// The scopes of consent that passing it on asks for.
    public let needed: [ConsentScope]
    /// Those of them that were not given.
    public let lacking: [ConsentScope]
  }

  /// The event's position.
  public let position: Int64
  /// The event.
  public let event: EventView
  /// What became of what is sealed in it.
  public let state: State
  /// What became of its digests, decoys among them.
  public let counts: DisclosureCounts
  /// Where the log tells that something of it was erased.
  public let erasedAt: [Int64]
  /// How many of the digests that are here stand for nothing.
  public let decoyCount: Int
  /// The fields, in the order of their names. Each was held against its digest in the event.
  public let fields: [Field]
}

/// What is sealed about a subject.
public struct SubjectDisclosures: Sendable {
  /// The subject.
  public let subject: String
  /// Whether there is a vault on this machine.
  public let hasVault: Bool
  /// What was consented to, as it stands today.
  public let consent: ConsentTold
  /// Whether the values are shown: not where a consent was told that does not let the archive keep them today, unless
  /// that was asked for.
  public let isShown: Bool
  /// Its events in which something is or was sealed, in the order of the log.
  public let events: [EventDisclosures]

  /// Whether something is gone that no event tells of, or is not what it was: an alarm.
  public var isAlarming: Bool { events.contains { $0.state == .missing || $0.state == .altered } }
}

extension Ledger {
  /// What an event is about.
  ///
  /// - Parameter reference: the event's id or position.
  /// - Returns: the subject.
  /// - Throws: ``LedgerError/noEvent(_:)`` and others.
  public func subject(ofEvent reference: String) throws(LedgerError) -> Subject {
    let event = try event(reference)
    do { return try Subject(EventView(leaf: event.leaf).subject) } catch { throw LedgerError(error) }
  }

  /// What is sealed about a subject, as far as the vault of this machine has it. Nothing that the log says is erased is
  /// among it, whatever lies in the vault.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - beyondConsent: whether to show values also where the consent to keep them has ended or was never given.
  /// - Returns: the fields of its events; the answer's day is the one on which the consents are looked at, today's.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)`` and others.
  public func disclosures(
    of subject: Subject, beyondConsent: Bool = false
  ) throws(LedgerError) -> Answer<SubjectDisclosures> {
    try refreshVocabulary()
    do {
      let own = try events(ofSubject: subject.text)
      if own.isEmpty { try requireKnown(subject.text) }
      // The vault first, then the log: what went in between is told as erased, and not shown.
      var contents: [Int64: SealedContent] = [:]
      if hasVault {
        let vault = try vault()
        for event in own where event.view.isSealed {
          contents[event.position] = try vault.content(at: event.position)
        }
      }
      let size = try self.size()
      let register = try erasedDigests(ofSubject: subject.text)
      let day = try countingDay()
      let consent = ConsentTold(
        try ConsentLookup(ledger: self) { try? self.sealedContent(at: $0) }.consent(of: subject.text, own),
        on: day)
      let isShown = beyondConsent || consent == .nothing || consent.lacking([.hold]).isEmpty
      let events = own.filter { $0.view.isSealed }.map { event in
        EventDisclosures(
          event, hasVault ? contents[event.position] : nil, erased: register, consent, isShown: isShown)
      }
      return Answer(
        context: try countingContext(size: size, on: day),
        content: SubjectDisclosures(
          subject: subject.text, hasVault: hasVault, consent: consent, isShown: isShown, events: events))
    } catch { throw LedgerError(error) }
  }
}

extension EventDisclosures {
  /// What is disclosed of an event.
  ///
  /// - Parameters:
  ///   - meant: the event.
  ///   - content: what the vault keeps for it; nil if there is no vault.
  ///   - register: where the log tells of digests that they were erased.
  ///   - consent: what was consented to.
  ///   - isShown: whether the values are shown.
  init(
    _ meant: Ledger.MeantEvent, _ content: SealedContent?, erased register: [String: Int64],
    _ consent: ConsentTold, isShown: Bool
  ) {
    position = meant.position
    event = meant.view
    let digests = Set(meant.view.texts("_sd"))
    let gone = digests.filter { register[$0] != nil }
    erasedAt = Set(gone.compactMap { register[$0] }).sorted()
    let left = digests.subtracting(gone)
    guard let content else {
      counts = DisclosureCounts(erased: Int64(gone.count), withheld: Int64(left.count))
      (state, fields, decoyCount) = (left.isEmpty ? .erased : .withheld, [], 0)
      return
    }
    let missing = left.subtracting(content.digests)
    let isAltered = !content.damaged.isEmpty || !Set(content.digests).isSubset(of: digests)
    counts = DisclosureCounts(
      present: Int64(left.count - missing.count), erased: Int64(gone.count), missing: Int64(missing.count))
    decoyCount = content.decoys.count { left.contains($0) }
    fields = content.fields.filter { left.contains($0.digest) }.map { field in
      let needed = ConsentScope.needed(toPassOn: field.name, field.value)
      return Field(
        name: field.name, digest: field.digest, value: isShown ? field.value : nil, needed: needed,
        lacking: consent.lacking(needed))
    }
    state = isAltered ? .altered : !missing.isEmpty ? .missing : left.isEmpty ? .erased : .present
  }
}
