// What an event of a type does to what stands: the closed set of effects. Verbs are code, nouns are data.

/// One effect of an event type. The set is closed: a vocabulary file combines these, it cannot add one.
public enum Effect: Sendable, Equatable {
  /// Moves a subject or a party to a stage.
  case move(Move)
  /// Links the subject to the subjects in a field. `kind` is the kind of the link, or is read from `kindField`.
  case link(kind: String, field: String, kindField: String?)
  /// Credits the agents in a field, in the role and with the stance that two other fields give.
  case credit(agent: String, role: String, stance: String)
  /// Records a judgement.
  case assess(kind: String, assessor: String)
  /// Records a figure; figures of different metrics are never added.
  case measure(value: String, metric: String, basis: String?)
  /// Records a vote.
  case vote(on: String)
  /// Gives the subject titles and identifiers; if it gives a home, its country and institution become the
  /// subject's own, and its procedure chooses the lifecycle.
  case describe(givesHome: Bool)
  /// Adds evidence.
  case attach(target: String)
  /// Does something to other events or to people that this version records in the vocabulary but cannot do yet.
  case unavailable(verb: String)

  /// Moves a subject or a party to a stage.
  public struct Move: Sendable, Equatable {
    /// The stage to go to.
    public let stage: String
    /// The lifecycles that the move is for; empty: every lifecycle of the subject's kind that has the stage.
    public let lifecycles: [String]
    /// Only if the subject stands at one of these; empty: wherever it stands.
    public let from: [String]
    /// The field that names other subjects to move instead of the event's own.
    public let otherField: String?
    /// The fields of which the first that is given names the party to move; empty: the subject as a whole.
    public let partyFields: [String]
    /// Whether the move is a fact with a date of its own that waits until the subject stands where it can be
    /// taken, such as a commencement before the assent.
    public let waits: Bool
    /// The field whose value is told beside the stage.
    public let detailField: String?
    /// Only if each of these fields has one of the values; `*` stands for any.
    public let when: [Condition]
    /// Only if none of these fields has one of the values.
    public let unless: [Condition]
    /// The line of the vocabulary file.
    public let line: Int
  }

  /// A field and the values that are asked for.
  public struct Condition: Sendable, Equatable {
    /// The field.
    public let field: String
    /// The values; `*` alone for any value.
    public let values: [String]
  }

  /// The verbs whose work is not built yet: such types are in the vocabulary and refused on append.
  static let unavailableVerbs = [
    "correct", "retract", "prefer", "consent", "erase", "release", "rotate", "admit",
  ]
}
