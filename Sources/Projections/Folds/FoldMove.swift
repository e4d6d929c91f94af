// What a fold works on: the moves of one subject (or one party), with their days.

/// A move that an event would make, with the days on which it counts.
public struct FoldMove: Sendable, Equatable {
  /// One way in which the move can be taken.
  public struct Candidate: Sendable, Equatable {
    /// The stage to go to.
    public let stage: String
    /// Only from these stages; empty: from wherever the lifecycle lets it.
    public let from: [String]
    /// Whether it waits until the subject stands where it can be taken in a direct step.
    public let waits: Bool
    /// What is told beside the stage.
    public let detail: String?
    /// The effect that gives it, by its index among those of the event's type; nil where no event tells it.
    public let effect: Int?

    /// Makes a candidate.
    public init(
      stage: String, from: [String] = [], waits: Bool = false, detail: String? = nil, effect: Int? = nil
    ) {
      self.effect = effect
      self.stage = stage
      self.from = from
      self.waits = waits
      self.detail = detail
    }
  }

  private final class Fields: Sendable {
    let position: Int64
    let orderDay: Int64
    let certainDay: Int64?
    let isUnplaced: Bool
    let since: String
    let tieBreakParts: [String]
    let isByRule: Bool
    let restsOn: [Int64]
    let candidates: [Candidate]
    let canWait: Bool

    init(
      position: Int64, orderDay: Int64, certainDay: Int64?, isUnplaced: Bool, since: String,
      tieBreakParts: [String], isByRule: Bool, restsOn: [Int64], candidates: [Candidate]
    ) {
      self.position = position
      self.orderDay = orderDay
      self.certainDay = certainDay
      self.isUnplaced = isUnplaced
      self.since = since
      self.tieBreakParts = tieBreakParts
      self.isByRule = isByRule
      self.restsOn = restsOn
      self.candidates = candidates
      canWait = candidates.contains(where: \.waits)
    }
  }

  /// Shared by all copies, as those of a row are (`EntryRow`).
  private let fields: Fields

  /// The event's position.
  public var position: Int64 { fields.position }
  /// The first day it may count on: the earliest bound of effective, else of occurred; `Int64.min` if not known.
  public var orderDay: Int64 { fields.orderDay }
  /// The day from which it is certain: the latest bound, if the date carries no `?` or `%`; nil if never.
  public var certainDay: Int64? { fields.certainDay }
  /// Whether its date is open or unknown, so that it never moves a certain stage.
  public var isUnplaced: Bool { fields.isUnplaced }
  /// The date as told.
  public var since: String { fields.since }
  /// What orders moves of one day that the lifecycle does not order; made of the content, so that the order of
  /// recording changes nothing.
  public var tieBreak: String { fields.tieBreakParts.joined(separator: "\u{1e}") }
  /// Whether no event tells it: a rule of dates gives it. Where it cannot be taken, it comes to nothing.
  public var isByRule: Bool { fields.isByRule }
  /// The positions of the events that a rule of dates goes by: those that count towards its number, and the one that
  /// tells it. Empty where an event tells the move.
  public var restsOn: [Int64] { fields.restsOn }
  /// The ways it can be taken, first fitting first.
  public var candidates: [Candidate] { fields.candidates }

  /// Whether one of the ways waits.
  var canWait: Bool { fields.canWait }

  /// Makes a move.
  public init(
    position: Int64, orderDay: Int64, certainDay: Int64?, isUnplaced: Bool = false, since: String,
    tieBreak: String, isByRule: Bool = false, restsOn: [Int64] = [], candidates: [Candidate]
  ) {
    self.init(
      position: position, orderDay: orderDay, certainDay: certainDay, isUnplaced: isUnplaced, since: since,
      tieBreakParts: [tieBreak], isByRule: isByRule, restsOn: restsOn, candidates: candidates)
  }

  /// The same with the parts of ``tieBreak``, which are put together where two moves meet on one day: few do.
  init(
    position: Int64, orderDay: Int64, certainDay: Int64?, isUnplaced: Bool, since: String,
    tieBreakParts: [String], isByRule: Bool = false, restsOn: [Int64] = [], candidates: [Candidate]
  ) {
    fields = Fields(
      position: position, orderDay: orderDay, certainDay: certainDay, isUnplaced: isUnplaced, since: since,
      tieBreakParts: tieBreakParts, isByRule: isByRule, restsOn: restsOn, candidates: candidates)
  }

  /// Whether all fields are the same.
  public static func == (one: FoldMove, other: FoldMove) -> Bool {
    if one.fields === other.fields { return true }
    return one.position == other.position && one.orderDay == other.orderDay
      && one.certainDay == other.certainDay && one.isUnplaced == other.isUnplaced
      && one.since == other.since && one.fields.tieBreakParts == other.fields.tieBreakParts
      && one.isByRule == other.isByRule
      && one.restsOn == other.restsOn && one.candidates == other.candidates
  }
}

extension FoldMove {
  /// The way in which it is taken from a stage.
  func candidate(at stage: String?) -> Candidate? {
    if let stage, let fitting = candidates.first(where: { $0.from.contains(stage) }) { return fitting }
    return candidates.first { $0.from.isEmpty }
  }
}

/// What became of a move in a fold.
public enum MoveOutcome: Sendable, Equatable {
  /// It was taken; stages that nobody told of were inferred on the way.
  case moved(to: String, inferred: [String])
  /// It waits until the subject stands where it can be taken.
  case waiting(for: String)
  /// It is recorded, but its date is too open to move a certain stage.
  case unplaced(stage: String)
  /// The lifecycle cannot take it from where the subject stands.
  case anomaly(from: String?, to: String)
  /// It is one of several rival accounts; `stage` is the one it would give.
  case disputed(stage: String?)
  /// Another account is preferred to it, by the event at the position.
  case setAside(by: Int64)
  /// It counts no more: the event at the position retracts it.
  case retracted(by: Int64)
}

/// A move as a fold met it: for those who ask why.
struct MetMove {
  let move: FoldMove
  /// Where the subject stood; nil before the first stage.
  let from: String?
  /// The way in which it was taken, or would have been.
  let candidate: FoldMove.Candidate?
  let outcome: MoveOutcome
  /// Where the subject stood afterwards.
  let after: Span
}

/// Where a subject stands from one day on.
public struct Span: Sendable, Equatable {
  /// How sure the stage is.
  public enum Certainty: String, Sendable {
    /// No doubt in the dates, no rival account that would change it.
    case certain
    /// Rests on an uncertain or imprecise date.
    case possible
    /// Some rival account, if it were preferred, would give another stage.
    case disputed
  }

  /// The first day.
  public var fromDay: Int64
  /// The stage; nil before the first.
  public var stage: String?
  /// What is told beside the stage.
  public var detail: String?
  /// How sure it is; nil where there is no stage.
  public var certainty: Certainty?
  /// The stage that is certain, where the stage told is only possible.
  public var certainStage: String?
  /// The date of the event that moved it here, as told.
  public var since: String?
  /// The position of the event that moved it here.
  public var position: Int64?

  func standsLike(_ other: Span) -> Bool {
    var other = other
    other.fromDay = fromDay
    return self == other
  }
}
