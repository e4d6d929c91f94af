// The events that a refused change of the vocabulary would hurt, so that a refusal can count them.

internal import CanonicalJSON

/// Which events a change of the vocabulary concerns.
public struct Concern: Sendable, Hashable {
  /// Events of this type; nil for any.
  public let type: String?
  /// Events told of subjects of this kind; nil for any.
  public let kind: String?
  /// Events that have this field; nil for any.
  public let field: String?
  /// Whether those are meant that lack the field.
  public let isFieldMissing: Bool
  /// Events whose field has this value; nil for any.
  public let value: String?

  init(
    type: String? = nil, kind: String? = nil, field: String? = nil, isFieldMissing: Bool = false,
    value: String? = nil
  ) {
    self.type = type
    self.kind = kind
    self.field = field
    self.isFieldMissing = isFieldMissing
    self.value = value
  }

  /// Whether an event is among them.
  public func contains(_ event: EventView) -> Bool {
    if let type, !type.utf8.elementsEqual(event.type.utf8) { return false }
    if let kind, !event.subject.utf8.starts(with: Array("\(kind):".utf8)) { return false }
    guard let field else { return true }
    if let value { return event.texts(field).contains { $0.utf8.elementsEqual(value.utf8) } }
    let isThere = field == "country" ? event.country != nil : event.data?[field] != nil
    return isThere != isFieldMissing
  }

  /// What the events have in common, in words that follow their number: `12 events in this ledger` have it.
  public func words(isOne: Bool) -> String {
    let (is_, has) = isOne ? ("is", "has") : ("are", "have")
    if value != nil { return isOne ? "says so" : "say so" }
    if isFieldMissing { return isOne ? "lacks it" : "lack it" }
    if field != nil { return "\(has) it" }
    if let kind, type == nil { return "\(is_) told of a \(kind)" }
    return "\(is_) of this type"
  }
}
