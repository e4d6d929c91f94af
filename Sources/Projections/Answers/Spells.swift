// The course of a life: through which stages it went and when, and where a new spell began.

internal import Foundation
internal import GRDB
internal import Milestones
internal import OrderedCollections

/// One spell of a subject or party: from coming in until being out again.
public struct Spell: Sendable, Equatable {
  /// One stage of a spell.
  public struct Step: Sendable, Equatable {
    /// The stage.
    public let stage: String
    /// What is told beside it.
    public let detail: String?
    /// The date of the event that led to it, as told.
    public let since: String?
    /// `certain`, `possible` or `disputed`.
    public let certainty: String?
    /// The position of that event.
    public let position: Int64?
  }

  /// The party; nil for the subject as a whole.
  public let party: String?
  /// Which spell of the party it is, from 1.
  public let number: Int
  /// The stages in order.
  public let steps: [Step]
}

extension ViewSnapshot {
  /// The spells of a subject and of its parties until a day.
  func spells(of subject: String, onDay day: Int64, lifecycle: (String) -> Lifecycle?) throws -> [Spell] {
    var spells: [Spell] = []
    for course in Self.gathered(try course(of: subject, onDay: day), by: \.party) {
      let party = course[0].party
      var parts: [[Spell.Step]] = []
      for (_, step) in course {
        if parts.last?.last == step { continue }
        if let last = parts.last?.last, lifecycle(party)?.endsSpell(last.stage) != true {
          parts[parts.count - 1].append(step)
        } else {
          parts.append([step])
        }
      }
      for (index, steps) in parts.enumerated() {
        spells.append(Spell(party: party.isEmpty ? nil : party, number: index + 1, steps: steps))
      }
    }
    return spells
  }

  /// The stages of a subject and of its parties until a day, one after the other.
  private func course(of subject: String, onDay day: Int64) throws -> [(party: String, step: Spell.Step)] {
    guard let unsettled = try unsettled(subject) else {
      return try rows(ViewStatements.courseOfSubject, nil, subject).flatMap { row in
        steps(try LifeText.rows([UInt8](row[1] as Data), through: day)).map { (row[0], $0) }
      }
    }
    return unsettled.lives.flatMap { item in
      steps(item.standings.filter { $0.fromDay <= day }).map { (item.life.party, $0) }
    }
  }

  private func steps(_ stretches: [StandingRows.Row]) -> [Spell.Step] {
    stretches.compactMap { row in
      guard let span = row.span, let stage = span.stage else { return nil }
      return Spell.Step(
        stage: stage, detail: span.detail, since: span.since, certainty: span.certainty?.rawValue,
        position: span.position)
    }
  }
}

extension Lifecycle {
  /// Whether a stage is one after which only a new beginning can follow.
  func endsSpell(_ stage: String) -> Bool { self.stage(stage)?.next.allSatisfy(start.contains) ?? false }
}
