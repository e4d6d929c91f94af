// The event behind a line of an answer: who says it, how sure it is, on what grounds.

public import CanonicalJSON
internal import GRDB
internal import Milestones
internal import OrderedCollections

/// The event behind a line of an answer.
public struct Ground: Sendable {
  /// How sure an event is on the day of the answer.
  public enum Certainty: String, Sendable, CaseIterable {
    /// Its date leaves no doubt, and nothing speaks against it.
    case certain
    /// Its date leaves it open whether it had happened.
    case possible
    /// A rival account is at odds with it, and none is preferred.
    case disputed
    /// Another account is preferred.
    case setAside = "set-aside"
  }

  /// The event as the timeline shows it.
  public let entry: EntryRow
  /// Its id.
  public let id: String
  /// Who says so, in a word.
  public let account: String?
  /// How sure the archivist is.
  public let confidence: String?
  /// How sure it is on the day of the answer.
  public let certainty: Certainty
  /// Its sources as they stand in the event.
  public let sources: [JSONValue]
}

/// An entry with its event as it stands.
struct EntryEvent {
  let entry: EntryRow
  let event: EventView
  let ground: Ground
}

extension ViewSnapshot {
  /// The events of entries, each with how sure it is on a day.
  func read(_ entries: [EntryRow], onDay day: Int64) throws -> [EntryEvent] {
    let claims = try subjects.claims(of: entries)
    return try entries.map { entry in
      let event = try self.event(of: entry)
      let certainty: Ground.Certainty =
        switch entry.standing(in: entry.claim.flatMap { claims[ExactText($0)] }) {
        case .rival: .disputed
        case .setAside: .setAside
        case .counts: (entry.certainDay ?? .max) <= day ? .certain : .possible
        }
      return EntryEvent(
        entry: entry, event: event,
        ground: Ground(
          entry: entry, id: event.id, account: event.data?["account"]?.string,
          confidence: event.data?["confidence"]?.string, certainty: certainty,
          sources: event.data?["sources"]?.elements.map(\.value) ?? []))
    }
  }

  /// The events in a scope until a day, in the order in which they happened, those too that were retracted.
  public func events(_ scope: Scope, throughDay day: Int64) throws -> [Ground] {
    try read(timeline(scope, throughDay: day), onDay: day).map(\.ground)
  }

  /// The entries of some types in a scope until a day, in the order of what happened.
  func entries(ofTypes types: [String], in scope: Scope, throughDay day: Int64) throws -> [EntryRow] {
    let condition = ScopeCondition(scope, country: "country", institution: "institution", subject: "subject")
    let list = try JSONValue.array(types.map { .string($0) }).canonicalBytes()
    return try self.entries(
      ViewStatements.entriesOfTypes(condition), day, condition.name, String(decoding: list, as: UTF8.self)
    )
  }

  /// The types of which some effect fits, in the order of the vocabulary.
  func types(where fits: (Effect) -> Bool) -> [EventType] {
    vocabulary.types.values.filter { $0.effects.contains(where: fits) }
  }

  /// What an event says under a name, if it says one thing.
  static func text(_ event: EventView, _ field: String?) -> String? {
    field.flatMap { event.texts($0).first }
  }
}

/// A scope as a condition on columns.
struct ScopeCondition {
  /// The condition; ?2 is the scope's name.
  let sql: String

  init(_ scope: Scope, country: String, institution: String, subject: String) {
    switch scope {
    case .world: (sql, name) = ("TRUE", nil)
    case .country(let code):
      // A country and its subdivisions: `US`, and `US-` up to before `US.`.
      sql = "(\(country) = ?2 OR \(country) >= ?2 || '-' AND \(country) < ?2 || '.')"
      name = code
    case .institution(let path):
      // An institution and what is under it: the path, and `path/` up to before `path0`.
      sql = "(\(institution) = ?2 OR \(institution) >= ?2 || '/' AND \(institution) < ?2 || '0')"
      name = path
    case .subject(let text): (sql, name) = ("\(subject) = ?2", text)
    }
  }

  /// What ?2 stands for; nil for the world.
  let name: String?
}
