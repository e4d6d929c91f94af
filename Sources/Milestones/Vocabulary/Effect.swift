// What an event of a type does to what stands: the closed set of effects. Verbs are code, nouns are data.

/// One effect of an event type. The set is closed: a vocabulary file combines these, it cannot add one.
public enum Effect: Sendable, Equatable {
  /// Moves a subject or a party to a stage.
  case move(Move)
  /// Links the subject to the subjects in a field. `kind` is the kind of the link, or is read from `kindField`.
  case link(kind: String, field: String, kindField: String?)
  /// Credits the agents in a field; see ``Credit``.
  case credit(Credit)
  /// Records a judgement.
  case assess(kind: String, assessor: String)
  /// Records a figure; figures of different metrics are never added.
  case measure(value: String, metric: String, basis: String?)
  /// Records a vote; see ``Vote``.
  case vote(Vote)
  /// Tells how a body decided on the subject: the field of the mode, and that of the body's level.
  case decide(mode: String, level: String?)
  /// Tells that somebody, whom a field names, stands apart from what was decided.
  case dissociate(by: String, when: [Condition])
  /// Gives the subject titles and identifiers; if it gives a home, its country and institution become the
  /// subject's own, and its procedure chooses the lifecycle.
  case describe(givesHome: Bool)
  /// Adds evidence to the event that a field names, or to the subject.
  case attach(target: String)
  /// Prefers the account that a field names to its rivals; where it names none, the claim in the other field is open
  /// again.
  case prefer(account: String, claim: String)
  /// Puts right what the event that a field names says.
  case correct(target: String)
  /// Takes the event that a field names out of all that counts. It stays visible.
  case retract(target: String)
  /// Narrows or widens what may be done with what a person entrusted to the ledger: the field tells the scopes from
  /// then on.
  case consent(scopes: String)
  /// Tells that the disclosures of the events that a field names are gone from the vault.
  case erase(targets: String)
  /// Does something to other events or to people that this version records in the vocabulary but cannot do yet.
  case unavailable(verb: String)

  /// Moves a subject or a party to a stage.
  ///
  /// A class, so that folds hand it on at the cost of one count.
  public final class Move: Sendable, Equatable {
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
    /// The field that tells a rule of dates, such as `2 ratifications + 12 months`; see ``Lifecycle/periods``.
    public let ruleField: String?
    /// The field with the day from which periods count (a deposit), where that is another than the event's own.
    public let datedField: String?
    /// Whether rules of dates pass it over: it counts towards no number, no period runs from it, no rule dates it. So
    /// with a treaty applied for the time being, and with a notice taken back.
    public let isUncounted: Bool
    /// Only if each of these fields has one of the values; `*` stands for any.
    public let when: [Condition]
    /// Only if none of these fields has one of the values.
    public let unless: [Condition]
    /// The line of the vocabulary file.
    public let line: Int

    init(
      stage: String,
      lifecycles: [String],
      from: [String],
      otherField: String?,
      partyFields: [String],
      waits: Bool,
      detailField: String?,
      ruleField: String?,
      datedField: String?,
      isUncounted: Bool,
      when: [Condition],
      unless: [Condition],
      line: Int
    ) {
      self.stage = stage
      self.lifecycles = lifecycles
      self.from = from
      self.otherField = otherField
      self.partyFields = partyFields
      self.waits = waits
      self.detailField = detailField
      self.ruleField = ruleField
      self.datedField = datedField
      self.isUncounted = isUncounted
      self.when = when
      self.unless = unless
      self.line = line
    }

    /// Whether all fields are the same.
    public static func == (one: Move, other: Move) -> Bool {
      if one === other { return true }
      let isOfSameWay =
        one.stage == other.stage && one.lifecycles == other.lifecycles && one.from == other.from
        && one.waits == other.waits && one.isUncounted == other.isUncounted
      let isOfSameFields =
        one.otherField == other.otherField && one.partyFields == other.partyFields
        && one.detailField == other.detailField && one.ruleField == other.ruleField
        && one.datedField == other.datedField
      return isOfSameWay && isOfSameFields && one.when == other.when && one.unless == other.unless
        && one.line == other.line
    }
  }

  /// Whom an event credits, for what, and how it stands to the credit.
  public struct Credit: Sendable, Equatable {
    /// The field that names those credited.
    public let agentField: String
    /// The role, where the type itself says it.
    public let role: String?
    /// The field that gives the role, where the type does not.
    public let roleField: String?
    /// The field that says whether the credit is asserted, disputed or acknowledged; nil where it is always asserted.
    public let stanceField: String?
  }

  /// The fields of a vote. All but the first may be missing.
  public struct Vote: Sendable, Equatable {
    /// What was voted on.
    public let onField: String
    /// How the body voted.
    public let methodField: String?
    /// The totals: votes in favour, against, abstentions, and members that took no part.
    public let totalFields: [Ballot: String]
    /// How each member voted, one an entry: `CODE=yes`.
    public let membersField: String?
  }

  /// How a member can vote.
  public enum Ballot: String, Sendable, CaseIterable {
    /// In favour, against, neither, not at all.
    case yes, no, abstain, absent
  }

  /// A field and the values that are asked for.
  public struct Condition: Sendable, Equatable {
    /// The field.
    public let field: String
    /// The values; `*` alone for any value.
    public let values: [String]
  }

  /// The verbs whose work is not built yet: such types are in the vocabulary and refused on append.
  static let unavailableVerbs = ["release", "rotate", "admit"]
}
