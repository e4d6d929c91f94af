// Random treaties: rules, deposits sure and unsure, dates told and left to the rule, leaving, coming back, rivals.

import Milestones
import Projections
import TestSupport

/// A treaty with random events and random preferences between rival accounts.
struct RandomTreaty {
  /// What is recorded, in order. A preference names the account by its place in this list; none opens the claim again.
  enum Item {
    case event(TreatyEvent)
    case prefer(claim: String, account: Int?)
  }

  private(set) var items: [Item] = []

  static let parties = ["CA", "FR", "CL", "int/eu"]
  static let firstDay: Int64 = 10_957  // 2000-01-01

  private static let rules = [
    ToldRule("2 ratifications + 3 months", 2, 3, isMonths: true),
    ToldRule("2 + 30 days", 2, 30, isMonths: false),
    ToldRule("1 + 1 month", 1, 1, isMonths: true),
    ToldRule("3 ratifications + 1 year", 3, 12, isMonths: true),
    ToldRule("2", 2, 0, isMonths: false), ToldRule("6 months", nil, 6, isMonths: true),
    ToldRule("1 ratification + 90 days", 1, 90, isMonths: false),
    ToldRule(words: "once enough have ratified"),
  ]

  private var generator: SeededGenerator
  private var rule: ToldRule?
  private var deposits: [Int64] = []
  private var notices: [(party: String, day: Int64)] = []

  init(seed: UInt64, withPreferences: Bool = true) {
    generator = SeededGenerator(seed: seed)
    rule = generator.chance(70) ? generator.pick(Self.rules) : nil
    var events: [TreatyEvent] = []
    if generator.chance(85) {
      events.append(TreatyEvent(kind: .adopted, date: date(in: 0..<3), rule: rule))
    }
    if generator.chance(10) {
      events.append(TreatyEvent(kind: .adopted, date: date(in: 0..<9), rule: generator.pick(Self.rules)))
    }
    if generator.chance(30) { events.append(TreatyEvent(kind: .opened, date: date(in: 0..<9))) }
    for party in Self.parties {
      for _ in 0..<generator.below(generator.chance(60) ? 4 : 7) { events.append(partyEvent(party)) }
    }
    if generator.chance(45) {
      events.append(TreatyEvent(kind: .inForce, date: toldByRule(), rule: chanceOfRule()))
    }
    if generator.chance(10) { events.append(TreatyEvent(kind: .ended, date: date(in: 20..<36))) }
    for index in events.indices {
      events[index].sources = generator.below(3)
      if generator.chance(18) { events[index].claim = "k\(generator.below(2))" }
    }
    // A source more for what is told already, or a rival account of it.
    for event in events where generator.chance(12) {
      var other = event
      other.sources = generator.below(3)
      if generator.chance(50) { other.date = date(in: 0..<30) }
      events.append(other)
    }
    items = events.shuffled(using: &generator).map(Item.event)
    if withPreferences { addPreferences() }
  }

  /// The same events in another order. Without preferences: those have their place among the accounts.
  mutating func shuffle() { items.shuffle(using: &generator) }

  var events: [TreatyEvent] {
    items.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  private mutating func addPreferences() {
    for claim in ["k0", "k1"] {
      for _ in 0..<generator.below(4) {
        let place = generator.below(items.count + 1)
        let accounts = items[..<place].indices.filter { index in
          if case .event(let event) = items[index] { event.claim == claim } else { false }
        }
        guard !accounts.isEmpty else { continue }
        items = items.map { item in
          // What stands after the new one moves up.
          if case .prefer(let claim, let account?) = item, account >= place {
            return .prefer(claim: claim, account: account + 1)
          }
          return item
        }
        let account = generator.chance(75) ? generator.pick(Array(accounts)) : nil
        items.insert(.prefer(claim: claim, account: account), at: place)
      }
    }
  }

  // MARK: Events of a party

  private mutating func partyEvent(_ party: String) -> TreatyEvent {
    let kind = generator.pick(
      [
        .signed, .ratified, .ratified, .ratified, .inForce, .denounced, .denounced, .revoked, .withdrawn,
        .ended,
        .succeeded, .reserved, .announced,
      ] as [TreatyEvent.Kind])
    var event = TreatyEvent(kind: kind, party: party, date: date(in: 0..<30))
    switch kind {
    case .ratified:
      event.isProvisional = generator.chance(10)
      if generator.chance(20) { event.dated = date(in: 0..<30) }
      if generator.chance(15) { event.effective = date(in: 0..<30) }
      if let day = (event.dated ?? event.date).low { deposits.append(day) }
    case .inForce:
      event.date = toldByRule()
      event.rule = chanceOfRule()
    case .denounced:
      if generator.chance(70) { event.rule = generator.pick(Self.rules) }
      if generator.chance(20) { event.dated = date(in: 0..<30) }
      if let day = (event.dated ?? event.date).low { notices.append((party, day)) }
    case .ended:
      // Often when a notice of some rule has run.
      if let notice = notices.last(where: { $0.party == party }), generator.chance(70) {
        let rule = generator.pick(Self.rules.compactMap(\.meaning))
        event.date = .day(rule.after(notice.day, fromFirst: generator.chance(30)))
      }
    default: break
    }
    return event
  }

  private mutating func chanceOfRule() -> ToldRule? {
    generator.chance(25) ? generator.pick(Self.rules) : rule
  }

  /// A date that some rule gives, or one beside it.
  private mutating func toldByRule() -> ToldDate {
    guard let deposit = deposits.isEmpty ? nil : generator.pick(deposits), generator.chance(75) else {
      return date(in: 2..<36)
    }
    let meaning = generator.chance(80) ? rule?.meaning : generator.pick(Self.rules).meaning
    guard let meaning else { return date(in: 2..<36) }
    let day = meaning.after(deposit, fromFirst: generator.chance(40))
    return .day(day + (generator.chance(80) ? 0 : Int64(generator.below(5)) - 2))
  }

  // MARK: Dates

  /// A date in some months of 2000 and after; some dates leave things open.
  private mutating func date(in months: Range<Int>) -> ToldDate {
    let first = NaiveCalendar.months(Int.random(in: months, using: &generator), after: Self.firstDay)
    let month = String(NaiveCalendar.text(first).dropLast(3))
    let end = NaiveCalendar.months(1, after: first) - 1
    let day = generator.pick([first, first + 14, first + 14, first + 27, end])
    let text = NaiveCalendar.text(day)
    switch generator.below(24) {
    case 0: return ToldDate(text: "XXXX", isUnplaced: true)
    case 1: return ToldDate(text: "\(text)/..", low: day, isUnplaced: true)
    case 2: return ToldDate(text: "../\(text)", isUnplaced: true)
    case 3, 4: return ToldDate(text: "\(text)?", low: day)
    case 5: return ToldDate(text: "\(month)%", low: first)
    case 6, 7: return ToldDate(text: month, low: first, high: end)
    case 8: return ToldDate(text: "\(text)~", low: day, high: day)
    case 9:
      let last = day + Int64(1 + generator.below(60))
      return ToldDate(text: "\(text)/\(NaiveCalendar.text(last))", low: day, high: last)
    default: return .day(day)
    }
  }
}
