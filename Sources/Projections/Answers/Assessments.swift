// What was judged, by whom. Assessments accumulate; the newest is not the truth.

internal import Milestones
internal import OrderedCollections

/// One judgement.
public struct Assessment: Sendable {
  /// The judgement: symbolic, substantive, mixed, reversal, none, contested.
  public let kind: String
  /// Who judges.
  public let assessor: String?
  /// By what measure.
  public let criteria: String?
  /// The day of which it speaks, if told.
  public let asOf: String?
  /// The words.
  public let quotation: String?
  /// The event.
  public let ground: Ground
}

extension ViewSnapshot {
  /// The judgements in a scope until a day, in the order of what happened.
  public func assessments(_ scope: Scope, onDay day: Int64) throws -> [Assessment] {
    let types = types { if case .assess = $0 { true } else { false } }
    let entries = try entries(ofTypes: types.map(\.name), in: scope, throughDay: day)
    return try read(entries, onDay: day).flatMap { item -> [Assessment] in
      (vocabulary.types[item.entry.type]?.effects ?? []).compactMap { effect in
        guard case .assess(let kind, let assessor) = effect, let judgement = Self.text(item.event, kind)
        else { return nil }
        return Assessment(
          kind: judgement, assessor: Self.text(item.event, assessor),
          criteria: Self.text(item.event, "criteria"), asOf: Self.text(item.event, "as_of"),
          quotation: Self.text(item.event, "quotation"), ground: item.ground)
      }
    }
  }
}
