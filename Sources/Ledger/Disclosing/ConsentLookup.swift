// Which consent is in force for what is sealed about a subject: what came with a testimony, and what was told later.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// Looks consents up in the log and in the vault.
struct ConsentLookup {
  let ledger: Ledger
  /// What the vault keeps for an event.
  let sealed: (Int64) -> SealedContent?

  /// The consent in force for the events of a subject.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - own: its events.
  /// - Returns: the consent; nil if nobody told of any.
  /// - Throws: `LedgerError`, or errors of reading.
  func consent(of subject: String, _ own: [Ledger.MeantEvent]) throws -> ConsentGiven? {
    var persons: [String] = []
    for event in own {
      guard let field = sealed(event.position)?.field("person") else { continue }
      for name in (field.value.array ?? [field.value]).compactMap(\.string) {
        persons += PersonName.subjects(of: name)
      }
    }
    var events = own
    for person in Set(persons) where !person.utf8.elementsEqual(subject.utf8) {
      events += try ledger.events(ofSubject: person)
    }
    events.sort { $0.position < $1.position }
    var reader = TestimonyReader(vocabulary: ledger.vocabulary, sealed: sealed)
    for event in events { reader.add(event.view, at: event.position) }
    if let testimony = reader.testimonies.last { return testimony.now.consent }
    return lastTold(events)
  }

  /// The last consent that events tell of and that was not retracted.
  private func lastTold(_ events: [Ledger.MeantEvent]) -> ConsentGiven? {
    var retracted: Set<[UInt8]> = []
    for event in events.reversed() {
      guard let type = ledger.vocabulary.types[event.view.type],
        !retracted.contains(Array(event.view.id.utf8))
      else { continue }
      for effect in type.effects {
        if case .retract(let field) = effect {
          retracted.formUnion(event.view.texts(field).map { Array($0.utf8) })
        }
      }
      if let field = type.consentField {
        return ConsentGiven(scopes: event.view.texts(field), until: event.view.data?["until"]?.string)
      }
    }
    return nil
  }
}
