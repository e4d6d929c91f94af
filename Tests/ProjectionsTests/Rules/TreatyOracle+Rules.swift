// The rules of dates once more: which steps they give, and which dates do not come out.

import Milestones
import Projections

extension TreatyOracle {
  private typealias Rule = (text: String, meaning: ToldRule.Meaning)

  /// When the whole began, and which ways of counting months that leaves.
  private struct Beginning {
    var days: NaiveBounds
    var waysFromFirst: [Bool] = [false, true]
  }

  mutating func followRules() {
    let rule = agreedRule
    let beginning = followWhole(rule)
    for party in parties {
      for (spell, told, next) in spells(of: party) {
        if told.isEmpty {
          guard let beginning else { continue }
          for entry in spell { follow(entry, of: party, rule: rule, beginning: beginning, before: next) }
        } else if !spell.contains(where: { $0.event.effective?.bounds != nil }) {
          for event in told where event.isSettled { check(event, spell, rule: rule, beginning: beginning) }
        }
      }
      checkNotices(party)
      checkBeginning(party)
      checkOrder(party)
    }
  }

  /// The rule of the whole: what can be counted with, if all who tell one say the same.
  private var agreedRule: Rule? {
    let told = inOrder("").filter(\.isSettled).compactMap { telling in
      telling.event.rule.flatMap { rule in rule.meaning.map { (rule.text, $0) } }
    }
    guard let first = told.first, told.allSatisfy({ $0.1 == first.1 }) else { return nil }
    return first
  }

  private func isDeposit(_ telling: Telling) -> Bool {
    telling.event.kind == .ratified && !telling.event.isProvisional && telling.isSettled
      && telling.deposit != nil
  }

  /// The first day on which so many things may have been done, and the first on which they certainly were.
  private func reached(_ number: Int, _ deposits: [NaiveBounds]) -> NaiveBounds? {
    let candidates = deposits.flatMap { [$0.low, $0.high ?? $0.low] }.sorted()
    let possible = candidates.first { day in deposits.filter { $0.low <= day }.count >= number }
    let certain = candidates.first { day in deposits.filter { ($0.high ?? .max) <= day }.count >= number }
    return possible.map { NaiveBounds(low: $0, high: certain) }
  }

  private static func isBefore(_ one: Telling, _ other: Telling) -> Bool {
    let keys = [one, other].map {
      ($0.deposit?.low ?? .min, $0.event.move(at: 0)?.tieBreak ?? "", $0.position)
    }
    return keys[0] < keys[1]
  }

  // MARK: The whole

  private mutating func followWhole(_ rule: Rule?) -> Beginning? {
    let told = inOrder("").filter { $0.event.kind == .inForce && $0.days != nil && !$0.isSetAside }
    // Organisations deposit beside their members and are not counted.
    let firsts = parties.filter { !$0.contains("/") }.compactMap { inOrder($0).first(where: isDeposit) }
    var made: NaiveBounds?
    if let number = rule?.meaning.number { made = reached(number, firsts.compactMap(\.deposit)) }
    if let event = told.first(where: \.isSettled), let days = event.days {
      var beginning = Beginning(days: days)
      if let made, let rule {
        let ways = [false, true].filter { rule.meaning.after(made, fromFirst: $0).shares(aDayWith: days) }
        if ways.isEmpty {
          mismatches.append(Mismatch(party: "", position: event.position, kind: .rule, fromDay: event.order))
        } else {
          beginning.waysFromFirst = ways
        }
      }
      return beginning
    }
    guard told.isEmpty, let made, let rule else { return nil }
    let days = NaiveBounds(
      low: rule.meaning.after(made.low, fromFirst: true),
      high: made.high.map { rule.meaning.after($0, fromFirst: false) })
    // The deposit that makes up the number: of one day they are counted in the order of their content.
    let last = firsts.sorted(by: Self.isBefore).dropFirst((rule.meaning.number ?? 1) - 1).first
    add(step: days, to: "", from: [], rule: rule.text, because: last?.position ?? -1)
    return Beginning(days: days)
  }

  // MARK: A party

  /// The deposits of each spell, what tells when the party was in force in it, and when the next spell begins.
  private func spells(of party: String) -> [(spell: [Telling], told: [Telling], next: Int64)] {
    let all = inOrder(party)
    let ends = all.filter { $0.isSettled && $0.days != nil && ["out", "succeeded"].contains($0.event.stage) }
    var spells: [[Telling]] = []
    for deposit in all where isDeposit(deposit) {
      let wasOut = spells.last?.last.map { last in
        ends.contains { last.order <= $0.order && $0.order <= deposit.order }
      }
      if wasOut == false { spells[spells.count - 1].append(deposit) } else { spells.append([deposit]) }
    }
    return spells.enumerated().map { index, spell in
      let begin = index == 0 ? Int64.min : spell[0].order
      let next = index + 1 < spells.count ? spells[index + 1][0].order : Int64.max
      let told = all.filter { telling in
        telling.event.kind == .inForce && telling.days != nil && !telling.isSetAside
          && begin <= telling.order && telling.order < next
      }
      return (spell, told, next)
    }
  }

  private mutating func follow(
    _ entry: Telling, of party: String, rule: Rule?, beginning: Beginning, before next: Int64
  ) {
    guard let deposit = entry.deposit else { return }
    var days: NaiveBounds?
    if let effective = entry.event.effective?.bounds {
      days = effective.notBefore(beginning.days)
    } else if let rule {
      let ways = beginning.waysFromFirst
      days = NaiveBounds(
        low: rule.meaning.after(deposit.low, fromFirst: ways.contains(true)),
        high: deposit.high.map { rule.meaning.after($0, fromFirst: !ways.contains(false)) }
      ).notBefore(beginning.days)
    } else if let high = deposit.high, high <= beginning.days.low {
      days = beginning.days
    }
    guard let days, days.low < next else { return }
    add(
      step: days, to: party, from: ["bound"], rule: entry.event.effective?.bounds == nil ? rule?.text : nil,
      because: entry.position)
  }

  private mutating func check(_ event: Telling, _ spell: [Telling], rule: Rule?, beginning: Beginning?) {
    let own = event.event.rule.flatMap { rule in rule.meaning.map { (text: rule.text, meaning: $0) } }
    guard let rule = own ?? rule, let told = event.days else { return }
    let isExplained = spell.compactMap(\.deposit).contains { deposit in
      [false, true].contains { fromFirst in
        var expected = rule.meaning.after(deposit, fromFirst: fromFirst)
        if let beginning { expected = expected.notBefore(beginning.days) }
        return expected.shares(aDayWith: told)
      }
    }
    if !isExplained {
      mismatches.append(
        Mismatch(party: event.event.party, position: event.position, kind: .rule, fromDay: event.order))
    }
  }

  // MARK: Notices, beginnings, order

  /// A notice of a period is followed by the exit when the period has run.
  private mutating func checkNotices(_ party: String) {
    let placed = inOrder(party).filter { $0.isSettled && $0.days != nil }
    for (notice, next) in zip(placed, placed.dropFirst()) {
      guard notice.event.kind == .denounced, next.event.kind == .ended, let rule = notice.event.rule?.meaning,
        rule.number == nil, let from = notice.deposit, let told = next.days
      else { continue }
      if [false, true].contains(where: { rule.after(from, fromFirst: $0).shares(aDayWith: told) }) {
        continue
      }
      mismatches.append(Mismatch(party: party, position: next.position, kind: .rule, fromDay: next.order))
    }
  }

  /// Nobody does anything certain before the text was adopted.
  private mutating func checkBeginning(_ party: String) {
    let adopted = inOrder("").first { $0.event.kind == .adopted && $0.isSettled && $0.days != nil }
    guard let begun = adopted?.days?.low else { return }
    for telling in moving(party) where telling.isSettled {
      guard let high = telling.event.counting.high, high < begun else { continue }
      mismatches.append(
        Mismatch(party: party, position: telling.position, kind: .date, fromDay: telling.order))
    }
  }

  /// Nobody leaves certainly before the first entry that is told.
  private mutating func checkOrder(_ party: String) {
    let placed = inOrder(party).filter { $0.isSettled && $0.days != nil }
    guard let first = placed.first, ["leaving", "out", "succeeded", "none"].contains(first.event.stage),
      let entry = placed.first(where: { ["signatory", "bound"].contains($0.event.stage) }),
      let high = first.event.counting.high, high < entry.order
    else { return }
    mismatches.append(Mismatch(party: party, position: first.position, kind: .date, fromDay: entry.order))
  }

  // MARK: Results

  private mutating func add(
    step days: NaiveBounds, to party: String, from: [String], rule: String?, because: Int64
  ) {
    let detail = rule.map { "by the rule \($0)" } ?? "by rule"
    // Of one day it comes after all that is told.
    steps[party, default: []].append(
      FoldMove(
        position: because, orderDay: days.low, certainDay: days.high, since: days.text,
        tieBreak: ["\u{7f}", detail, days.text].joined(separator: "\u{1e}"), isByRule: true,
        candidates: [FoldMove.Candidate(stage: "in-force", from: from, detail: detail)]))
  }
}
