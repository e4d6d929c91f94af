// One event of a treaty as a test tells it: what is recorded, and beside it what its dates and rules mean, worked out
// apart from the product.

import Milestones
import Projections

/// A date with its days.
struct ToldDate: Equatable {
  var text: String
  /// The first possible day; nil if not known.
  var low: Int64?
  /// The last possible day; nil if never certain.
  var high: Int64?
  var isUnplaced = false

  static func day(_ day: Int64) -> ToldDate { ToldDate(text: NaiveCalendar.text(day), low: day, high: day) }

  /// Bounds that a rule can count with; nil for a date without a place.
  var bounds: NaiveBounds? {
    guard let low, !isUnplaced else { return nil }
    return NaiveBounds(low: low, high: high)
  }
}

/// Two days between which something lies; the second is missing where that is never certain.
struct NaiveBounds: Equatable {
  var low: Int64
  var high: Int64?

  /// Whether a day can be one of both.
  func shares(aDayWith other: NaiveBounds) -> Bool {
    (other.high.map { low <= $0 } ?? true) && (high.map { other.low <= $0 } ?? true)
  }

  /// The later of both, at either end.
  func notBefore(_ other: NaiveBounds) -> NaiveBounds {
    guard let high, let otherHigh = other.high else { return NaiveBounds(low: max(low, other.low)) }
    return NaiveBounds(low: max(low, other.low), high: max(high, otherHigh))
  }

  var text: String {
    guard let high else { return NaiveCalendar.text(low) + "?" }
    return low == high ? NaiveCalendar.text(low) : "\(NaiveCalendar.text(low))/\(NaiveCalendar.text(high))"
  }
}

/// A rule as it is written, and what that means; nil for words that are none.
struct ToldRule: Equatable {
  struct Meaning: Equatable {
    var number: Int?
    var count: Int
    var isMonths: Bool

    /// A day that lies the period after another: months counted from the day, or from the first of its month.
    func after(_ day: Int64, fromFirst: Bool) -> Int64 {
      guard isMonths else { return day + Int64(count) }
      return fromFirst
        ? NaiveCalendar.monthsFromFirst(count, after: day) : NaiveCalendar.months(count, after: day)
    }

    func after(_ bounds: NaiveBounds, fromFirst: Bool) -> NaiveBounds {
      NaiveBounds(
        low: after(bounds.low, fromFirst: fromFirst),
        high: bounds.high.map { after($0, fromFirst: fromFirst) })
    }
  }

  var text: String
  var meaning: Meaning?

  init(_ text: String, _ number: Int?, _ count: Int, isMonths: Bool) {
    self.text = text
    meaning = Meaning(number: number, count: count, isMonths: isMonths)
  }

  init(words text: String) { self.text = text }
}

/// One event of a treaty.
struct TreatyEvent: Equatable {
  enum Kind: String, CaseIterable {
    case adopted = "treaty.adopted"
    case opened = "treaty.opened"
    case signed = "treaty.signed"
    case ratified = "treaty.ratified"
    case inForce = "treaty.entered-into-force"
    case reserved = "treaty.reserved"
    case denounced = "treaty.denounced"
    case revoked = "treaty.denunciation-revoked"
    case withdrawn = "treaty.signature-withdrawn"
    case succeeded = "treaty.succeeded"
    case ended = "treaty.ended"
    case announced = "statement.made"
  }

  var kind: Kind
  /// Empty: the treaty as a whole.
  var party = ""
  var date: ToldDate
  var effective: ToldDate?
  /// The deposit of a ratification, the notice of a denunciation.
  var dated: ToldDate?
  var rule: ToldRule?
  var isProvisional = false
  var claim: String?
  var sources = 0

  // MARK: As it is recorded

  /// The fields as on the command line.
  func arguments(_ subject: String) -> [String] {
    var fields = ["subject=\(subject)", "occurred=\(date.text)"] + content
    if let claim { fields.append("claim=\(subject)-\(claim)") }
    for source in 0..<sources { fields.append("source.citation=s\(source)") }
    return fields
  }

  func checked(_ subject: String) throws -> CheckedEvent {
    try ProjectionsTests.checked(kind.rawValue, arguments(subject))
  }

  /// What it claims beside type, subject and date.
  private var content: [String] {
    var fields: [String] = []
    if !party.contains("/") {
      if !party.isEmpty { fields.append("country=\(party)") }
    } else if kind != .announced {
      fields.append("party=\(party)")
    }
    if let effective { fields.append("effective=\(effective.text)") }
    if let rule { fields.append("rule=\(rule.text)") }
    switch kind {
    case .adopted: fields.append("organ=GA")
    case .ratified:
      fields.append("mode=\(mode)")
      if let dated { fields.append("deposit=\(dated.text)") }
    case .inForce: fields.append("scope=\(party.isEmpty ? "general" : "party")")
    case .ended: fields += ["scope=\(party.isEmpty ? "general" : "party")", "kind=terminated"]
    case .denounced: if let dated { fields.append("notified=\(dated.text)") }
    case .reserved: fields.append("kind=declaration")
    case .succeeded: fields.append("successor=RU")
    case .announced: fields += ["speaker=President", "stance=intent"]
    default: break
    }
    return fields
  }

  /// What makes two accounts the same.
  var claimed: [String] { [kind.rawValue, date.text] + content }

  // MARK: What it means

  var mode: String { isProvisional ? "provisional-application" : "ratification" }

  /// The stage that it leads to; nil for what moves nothing.
  var stage: String? {
    switch kind {
    case .adopted: "adopted"
    case .opened: "open"
    case .signed: "signatory"
    case .ratified: "bound"
    case .inForce, .revoked: "in-force"
    case .denounced: "leaving"
    case .withdrawn: "none"
    case .succeeded: "succeeded"
    case .ended: party.isEmpty ? "terminated" : "out"
    case .reserved, .announced: nil
    }
  }

  /// What is told beside the stage.
  var detail: String? {
    switch kind {
    case .ratified: mode
    case .succeeded: "RU"
    case .ended: party.isEmpty ? "terminated" : nil
    default: nil
    }
  }

  /// The date that it counts from.
  var counting: ToldDate { effective ?? date }

  /// The move, or nil.
  func move(at position: Int64) -> FoldMove? {
    guard let stage else { return nil }
    let day = counting
    let order = day.low ?? .min
    return FoldMove(
      position: position, orderDay: order, certainDay: day.high, isUnplaced: day.isUnplaced, since: day.text,
      tieBreak: [kind.rawValue, detail ?? "", day.text, date.text, rule?.text ?? "", dated?.text ?? ""]
        .joined(separator: "\u{1e}"),
      candidates: [
        FoldMove.Candidate(stage: stage, from: kind == .withdrawn ? ["signatory"] : [], detail: detail)
      ])
  }
}
