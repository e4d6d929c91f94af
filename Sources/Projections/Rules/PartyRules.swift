// What the periods of a lifecycle give: steps that nobody told but the rule dates, and dates that do not come out.

internal import Milestones

/// Applies the periods of the parties' lifecycle to what is told of a subject and its parties.
///
/// A treaty with the rule `2 ratifications + 12 months` is in force a year after the second ratification, and for each
/// later party a year after its own. Where an event tells such a day, it is compared with the rule; where none does,
/// the rule gives it. Fewer ratifications than the rule asks for, or words that are no rule, decide nothing.
struct PartyRules {
  /// A date that does not come out.
  struct Mismatch {
    let party: String
    let position: Int64
    let fromDay: Int64
    let finding: Finding
  }

  /// Steps by the rule, by party; the empty name stands for the whole.
  private(set) var steps: [String: [FoldMove]] = [:]
  private(set) var mismatches: [Mismatch] = []

  private let lifecycle: Lifecycle
  private let whole: [Telling]
  private let parties: [(name: String, tellings: [Telling])]

  init(lifecycle: Lifecycle, whole: [Telling], parties: [String: [Telling]]) {
    self.lifecycle = lifecycle
    self.whole = whole.sorted(by: Self.happenedBefore)
    self.parties = parties.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, $0.value.sorted(by: Self.happenedBefore)) }
    for period in lifecycle.periods {
      if let stage = period.whole { apply(period, with: stage) } else { checkNotice(period) }
    }
    if let stage = lifecycle.notBefore { checkBeginning(stage) }
    checkOrder()
  }

  private static func happenedBefore(_ one: Telling, _ other: Telling) -> Bool {
    (one.move.orderDay, one.move.tieBreak, one.move.position)
      < (other.move.orderDay, other.move.tieBreak, other.move.position)
  }

  // MARK: The whole

  /// A step of a party towards the rule's number: a deposit.
  private struct Deposit {
    let telling: Telling
    let days: DayRange
  }

  /// When the whole came to its stage, and how months are to be counted as far as that tells.
  private struct Beginning {
    let days: DayRange
    var reading: RuleOfDates.Period.Reading = .either
  }

  private mutating func apply(_ period: Lifecycle.Period, with stage: String) {
    let rule = rule(of: whole)
    let told = whole.filter { $0.tells(stage) }
    var beginning = told.first { $0.standing == .counts }.flatMap(\.days).map { Beginning(days: $0) }
    if let rule, let number = rule.rule.number, let last = last(number, of: deposits(period)) {
      if let event = told.first(where: { $0.standing == .counts }), let days = event.days {
        let reading = reading(of: rule.rule.period, from: last.days, told: days)
        if let reading { beginning?.reading = reading }
        if reading == nil {
          let expected = rule.rule.period.after(last.days, reading: .exact)
          report(
            event, party: "",
            "dated \(event.entry.since), but by the rule \"\(rule.text)\" it is \(expected.text): "
              + "number \(number) is \(last.telling.entry.since) [\(last.telling.entry.position)]")
        }
      } else if told.isEmpty {
        let days = rule.rule.period.after(last.days)
        beginning = Beginning(days: days)
        step(
          "", to: stage, from: [], on: days, by: rule.text, because: last.telling,
          restingOn: counted(number, of: deposits(period)) + [rule.telling])
      }
    }
    for (party, tellings) in parties {
      apply(period, to: party, tellings, rule: rule, beginning: beginning)
    }
  }

  /// A rule, its words, and the first event that tells it.
  private struct ToldRule {
    let rule: RuleOfDates
    let text: String
    let telling: Telling
  }

  /// The rule that the events of a life agree on.
  private func rule(of tellings: [Telling]) -> ToldRule? {
    let told = tellings.filter { $0.standing == .counts }.compactMap { telling in
      telling.rule.flatMap { text in
        RuleOfDates(text).map { ToldRule(rule: $0, text: text, telling: telling) }
      }
    }
    guard let first = told.first, told.allSatisfy({ $0.rule == first.rule }) else { return nil }
    return first
  }

  /// The first deposit of each state, in order. Organisations deposit as well, beside their members: they do not count.
  private func deposits(_ period: Lifecycle.Period) -> [Deposit] {
    parties.compactMap { party, tellings -> Deposit? in
      guard !party.utf8.contains(UInt8(ascii: "/")) else { return nil }
      return tellings.lazy.compactMap { self.deposit($0, period) }.first
    }
  }

  private func deposit(_ telling: Telling, _ period: Lifecycle.Period) -> Deposit? {
    guard telling.isCounted, telling.standing == .counts, telling.leads(to: period.from),
      let days = telling.dated
    else { return nil }
    return Deposit(telling: telling, days: days)
  }

  /// The events that make up the number, in order.
  private func counted(_ number: Int64, of deposits: [Deposit]) -> [Telling] {
    sorted(deposits).prefix(Int(number)).map(\.telling)
  }

  private func sorted(_ deposits: [Deposit]) -> [Deposit] {
    deposits.sorted {
      ($0.days.low, $0.telling.move.tieBreak, $0.telling.move.position)
        < ($1.days.low, $1.telling.move.tieBreak, $1.telling.move.position)
    }
  }

  /// The deposit that makes up the number; its days are those on which the number was reached.
  private func last(_ number: Int64, of deposits: [Deposit]) -> Deposit? {
    guard deposits.count >= number else { return nil }
    let sorted = sorted(deposits)
    let index = Int(number) - 1
    let highs = deposits.compactMap(\.days.high).sorted()
    return Deposit(
      telling: sorted[index].telling,
      days: DayRange(low: sorted[index].days.low, high: highs.indices.contains(index) ? highs[index] : nil))
  }

  /// How months have to be counted for the day that is told; nil if it comes out in no way.
  private func reading(
    of period: RuleOfDates.Period, from days: DayRange, told: DayRange
  ) -> RuleOfDates.Period.Reading? {
    let isExact = period.after(days, reading: .exact).meets(told)
    let isFirst = period.after(days, reading: .firstOfMonth).meets(told)
    return isExact && isFirst ? .either : isExact ? .exact : isFirst ? .firstOfMonth : nil
  }

  // MARK: A party

  private mutating func apply(
    _ period: Lifecycle.Period, to party: String, _ tellings: [Telling],
    rule: ToldRule?, beginning: Beginning?
  ) {
    let told = tellings.filter { $0.tells(period.to) }
    let spells = spells(of: tellings.compactMap { deposit($0, period) }, among: tellings)
    for (index, spell) in spells.enumerated() {
      let from = index == 0 ? Int64.min : spell[0].telling.move.orderDay
      let until = index + 1 < spells.count ? spells[index + 1][0].telling.move.orderDay : Int64.max
      let events = told.filter { from <= $0.move.orderDay && $0.move.orderDay < until }
      if events.isEmpty {
        guard let beginning else { continue }
        for entry in spell { follow(entry, period, party, until: until, rule: rule, beginning: beginning) }
      } else if spell.allSatisfy({ $0.telling.effective == nil }) {
        for event in events where event.standing == .counts {
          check(event, of: party, against: spell, rule: rule, beginning: beginning)
        }
      }
    }
  }

  /// The deposits of each spell. A deposit that is told once more, by another source perhaps, begins none: only one
  /// after the party was out does.
  private func spells(of deposits: [Deposit], among tellings: [Telling]) -> [[Deposit]] {
    let ends = tellings.filter { telling in
      telling.standing == .counts && telling.days != nil
        && telling.move.candidates.contains { $0.from.isEmpty && lifecycle.endsSpell($0.stage) }
    }
    var spells: [[Deposit]] = []
    for deposit in deposits {
      let day = deposit.telling.move.orderDay
      if let last = spells.last?.last,
        !ends.contains(where: { last.telling.move.orderDay <= $0.move.orderDay && $0.move.orderDay <= day })
      {
        spells[spells.count - 1].append(deposit)
      } else {
        spells.append([deposit])
      }
    }
    return spells
  }

  /// The step that nobody told: when the period has run since the party's own deposit, and not before the whole.
  private mutating func follow(
    _ entry: Deposit, _ period: Lifecycle.Period, _ party: String, until: Int64,
    rule: ToldRule?, beginning: Beginning
  ) {
    let days: DayRange
    if let effective = entry.telling.effective {
      days = effective.notBefore(beginning.days)
    } else if let rule {
      days = rule.rule.period.after(entry.days, reading: beginning.reading).notBefore(beginning.days)
    } else if let high = entry.days.high, high <= beginning.days.low {
      // Without a rule only this much is sure: who was bound by then is in force with the whole.
      days = beginning.days
    } else {
      return
    }
    // What would come after the next spell has begun is not of this one.
    guard days.low < until else { return }
    step(
      party, to: period.to, from: [period.from], on: days,
      by: entry.telling.effective == nil ? rule?.text : nil, because: entry.telling,
      restingOn: [entry.telling] + (entry.telling.effective == nil ? rule.map { [$0.telling] } ?? [] : []))
  }

  private mutating func check(
    _ event: Telling, of party: String, against spell: [Deposit], rule: ToldRule?,
    beginning: Beginning?
  ) {
    let own = event.rule.flatMap { text in
      RuleOfDates(text).map { ToldRule(rule: $0, text: text, telling: event) }
    }
    guard let rule = own ?? rule, let told = event.days else { return }
    func expected(_ entry: Deposit, _ reading: RuleOfDates.Period.Reading) -> DayRange {
      let days = rule.rule.period.after(entry.days, reading: reading)
      return beginning.map { days.notBefore($0.days) } ?? days
    }
    let readings: [RuleOfDates.Period.Reading] = [.exact, .firstOfMonth]
    for entry in spell where readings.contains(where: { expected(entry, $0).meets(told) }) { return }
    report(
      event, party: party,
      "dated \(event.entry.since), but by the rule \"\(rule.text)\" it is \(expected(spell[0], .exact).text), "
        + "counted from \(spell[0].telling.countedFrom) [\(spell[0].telling.entry.position)]")
  }

  // MARK: Notices and beginnings

  /// A notice runs for the period that is told with it: leaving a treaty takes effect after a year.
  private mutating func checkNotice(_ period: Lifecycle.Period) {
    for (party, tellings) in parties {
      let settled = tellings.filter { $0.standing == .counts && $0.days != nil }
      for (index, notice) in settled.enumerated() where notice.leads(to: period.from) {
        guard let text = notice.rule, let rule = RuleOfDates(text), rule.number == nil,
          let from = notice.dated,
          let next = settled[(index + 1)...].first, next.leads(to: period.to), let told = next.days
        else { continue }
        let readings: [RuleOfDates.Period.Reading] = [.exact, .firstOfMonth]
        if readings.contains(where: { rule.period.after(from, reading: $0).meets(told) }) { continue }
        report(
          next, party: party,
          "dated \(next.entry.since), but by the rule \"\(text)\" it is "
            + "\(rule.period.after(from, reading: .exact).text), counted from \(notice.countedFrom) "
            + "[\(notice.entry.position)]")
      }
    }
  }

  /// Nobody becomes a party to what does not exist yet.
  private mutating func checkBeginning(_ stage: String) {
    let told = whole.filter { $0.standing == .counts && $0.leads(to: stage) && $0.days != nil }
    guard let first = told.min(by: { $0.move.orderDay < $1.move.orderDay }), let begun = first.days else {
      return
    }
    for (party, tellings) in parties {
      for event in tellings where event.standing == .counts {
        guard let high = event.move.certainDay, high < begun.low else { continue }
        mismatches.append(
          Mismatch(
            party: party, position: event.entry.position, fromDay: event.move.orderDay,
            finding: Finding(
              .date,
              "dated \(event.entry.since), before it was \(stage) on \(first.entry.since) [\(first.entry.position)]"
            )
          ))
      }
    }
  }

  /// Who leaves without ever having come in came in unrecorded, as far as anybody knows. But where the first entry is
  /// told for later than that, a date is wrong or an entry is missing.
  private mutating func checkOrder() {
    func isLeaving(_ telling: Telling) -> Bool {
      telling.move.candidates.contains { lifecycle.stage($0.stage)?.isTold == true }
    }
    for (party, tellings) in parties {
      let settled = tellings.filter { $0.standing == .counts && $0.days != nil }
      guard let first = settled.first, isLeaving(first), let high = first.move.certainDay,
        let entry = settled.first(where: { telling in lifecycle.start.contains { telling.leads(to: $0) } }),
        high < entry.move.orderDay
      else { continue }
      mismatches.append(
        Mismatch(
          party: party, position: first.entry.position, fromDay: entry.move.orderDay,
          finding: Finding(
            .date,
            "dated \(first.entry.since), but the first entry told is of \(entry.entry.since) "
              + "[\(entry.entry.position)]: a date is wrong, or an entry is missing")))
    }
  }

  // MARK: Results

  private mutating func step(
    _ party: String, to stage: String, from: [String], on days: DayRange, by rule: String?,
    because telling: Telling, restingOn grounds: [Telling]
  ) {
    let detail = rule.map { "by the rule \($0)" } ?? "by rule"
    // After all that is told of the day.
    let tieBreak = ["\u{7f}", detail, days.text].joined(separator: "\u{1e}")
    steps[party, default: []].append(
      FoldMove(
        position: telling.entry.position, orderDay: days.low, certainDay: days.high, since: days.text,
        tieBreak: tieBreak, isByRule: true, restsOn: grounds.map(\.entry.position),
        candidates: [FoldMove.Candidate(stage: stage, from: from, detail: detail)]))
  }

  private mutating func report(_ event: Telling, party: String, _ detail: String) {
    mismatches.append(
      Mismatch(
        party: party, position: event.entry.position, fromDay: event.move.orderDay,
        finding: Finding(.rule, detail)))
  }
}

extension EntryRow {
  /// The date that the fold goes by, as told.
  var since: String { effective ?? occurred }
}
