// What may be shown of people: consents as they stand at the head of the log bind every answer, old questions too.

internal import CanonicalJSON
public import EDTF
internal import GRDB
public import Milestones
internal import OrderedCollections

/// What the consent for a subject, a person or a testimony, leaves to be shown of what stands in clear.
struct Restriction {
  private let scopes: Set<String>

  init(_ consent: ConsentGiven, on day: Day) { scopes = consent.scopes(on: day) }

  /// Without consent to publish nothing is shown but that there are events about a consent.
  var hidesEvents: Bool { !scopes.contains("publish") }
  /// Without consent to name.
  var hidesNames: Bool { hidesEvents || !scopes.contains("name") }

  /// The fields that are not shown.
  var hiddenFields: [String] {
    (hidesNames ? ConsentScope.namingFields : [])
      + (scopes.contains("quote") ? [] : ConsentScope.quotingFields)
  }
}

extension ViewSnapshot {
  /// What may be shown of a subject; nil if nothing restricts it. Where no consent was ever told, nothing does: what
  /// stands in clear was entered as public.
  func restriction(of subject: String) throws -> Restriction? {
    guard restrictableKinds.contains(where: { subject.utf8.starts(with: $0.utf8) }),
      let row = try Row.fetchOne(
        database.cachedStatement(sql: ViewStatements.lastConsent), arguments: [subject])
    else { return nil }
    let scopes = (row[0] as String).split(separator: " ").map(String.init)
    return Restriction(ConsentGiven(scopes: scopes, until: row[1]), on: restrictionDay)
  }

  /// The last day on which a consent ended; nil if none did. Like the last event that restricts (``restrictedBy``) it
  /// tells two states of what may be shown apart: an end needs no event.
  public func lastConsentEnd() throws -> Day? {
    try String.fetchAll(database.cachedStatement(sql: ViewStatements.consentEnds)).compactMap {
      text -> Day? in
      guard case .day(let last) = ConsentGiven(scopes: [], until: text).until else { return nil }
      return last < restrictionDay ? last : nil
    }.max()
  }

  /// The entries that may be shown, each as far as it may.
  func shown(_ entries: [EntryRow]) throws -> [EntryRow] {
    try entries.compactMap { entry in
      guard let restriction = try restriction(of: entry.subject) else { return entry }
      if restriction.hidesEvents && vocabulary.types[entry.type]?.isAboutEvents != true { return nil }
      var entry = entry
      if restriction.hidesNames { entry.title = nil }
      return entry
    }
  }

  /// The rows of the status that may be shown, each as far as it may.
  func shown(_ rows: [StatusRow]) throws -> [StatusRow] {
    try rows.compactMap { row in
      guard let restriction = try restriction(of: row.subject) else { return row }
      if restriction.hidesEvents { return nil }
      var row = row
      if restriction.hidesNames { row.title = nil }
      return row
    }
  }

  /// An event as far as it may be shown.
  func shown(_ event: EventView) throws -> EventView {
    // Nothing in the log restricts anything, as a rule.
    guard restrictedBy != nil else { return event }
    var old = JSONObject()
    var new = JSONObject()
    for name in try restriction(of: event.subject)?.hiddenFields ?? [] { old[name] = .null }
    for (name, value) in event.data?.members.map({ ($0.key, $0.value.value) }) ?? [] where old[name] == nil {
      guard try names(value) else { continue }
      old[name] = .null
      let left = try (value.array ?? []).filter { try !names($0) }
      if !left.isEmpty { new[name] = .array(left) }
    }
    return old.isEmpty ? event : try event.corrected(old: old, new: new)
  }

  /// An event as far as it may be shown; nil if nothing of it may. Of an event about a subject whose fields are hidden,
  /// what a correction takes away or puts in their place is hidden as well.
  public func permitted(_ event: EventView) throws -> EventView? {
    let restriction = try restriction(of: event.subject)
    let isAboutEvents = vocabulary.types[event.type]?.isAboutEvents == true
    if restriction?.hidesEvents == true && !isAboutEvents { return nil }
    let shown = try shown(event)
    guard restriction != nil, isAboutEvents else { return shown }
    return try shown.corrected(old: JSONObject(["old", "new"].map { ($0, .null) }), new: JSONObject())
  }

  /// Whether a value is, or holds at any depth, the name of a subject that does not consent to be named: the fields of a
  /// correction stand in it as an object.
  private func names(_ value: JSONValue) throws -> Bool {
    switch value {
    case .string(let text): try isNameless(text)
    case .array(let items): try items.contains(where: names)
    case .object(let object): try object.contains { try names($0.value) }
    case .null, .bool, .integer: false
    }
  }

  /// Whether a text is the name of a subject that does not consent to be named, in events about others neither.
  func isNameless(_ text: String) throws -> Bool { try restriction(of: text)?.hidesNames == true }

  /// The kinds of subject, each with its colon, of which consents are told.
  static func restrictableKinds(_ vocabulary: Vocabulary) -> [String] {
    Set(vocabulary.types.values.filter { $0.consentField != nil }.flatMap(\.subjectKinds)).map { $0 + ":" }
  }
}
