// What belongs together: links as events tell them, followed in both directions. Circles and loose ends are no failure.

internal import GRDB
internal import Milestones

/// One link, with the events that tell it.
public struct LinkItem: Sendable {
  /// How many links lie between it and the subject asked about: 1 for its own.
  public let depth: Int
  /// The subject that the event is told of.
  public let subject: String
  /// The kind.
  public let kind: String
  /// The subject that the link leads to.
  public let other: String
  /// The end that was not met before.
  public let far: String
  /// Its title.
  public let farTitle: String?
  /// Whether any event tells of it.
  public let isFarKnown: Bool
  /// The first event that tells it, of those that nothing speaks against if there is one.
  public let ground: Ground
  /// The positions of all events that tell it, in the order of what happened.
  public let positions: [Int64]
}

extension ViewSnapshot {
  /// The links of a subject.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - depth: how many links to follow from it.
  ///   - day: the day of the answer.
  /// - Returns: each link once, the nearest first; of equal distance in the order of what happened.
  /// - Throws: ``ViewError`` and errors of the engine.
  public func links(of subject: String, depth: Int, onDay day: Int64) throws -> [LinkItem] {
    var items: [LinkItem] = []
    var met: Set<ExactText> = [ExactText(subject)]
    var seen: Set<EventFacts.LinkFact> = []
    var frontier = [subject]
    var distance = 1
    while distance <= depth, !frontier.isEmpty {
      var next: [String] = []
      var level: [LinkItem] = []
      for near in frontier {
        for (link, entries) in try linkRows(of: near, throughDay: day) where seen.insert(link).inserted {
          let far = link.subject.utf8.elementsEqual(near.utf8) ? link.other : link.subject
          if try isNameless(far) { continue }
          let grounds = try read(entries, onDay: day).map(\.ground)
          guard let ground = grounds.first(where: \.counts) ?? grounds.first else { continue }
          level.append(
            LinkItem(
              depth: distance, subject: link.subject, kind: link.kind, other: link.other, far: far,
              farTitle: try title(of: far), isFarKnown: try isTold(far), ground: ground,
              positions: entries.map(\.position)))
          if met.insert(ExactText(far)).inserted { next.append(far) }
        }
      }
      items += level.sorted { Self.happenedBefore($0.ground.entry, $1.ground.entry) }
      frontier = next
      distance += 1
    }
    return items
  }

  /// The links that the events in a scope tell, each once, in the order of what happened.
  public func links(in scope: Scope, onDay day: Int64) throws -> [LinkItem] {
    if case .subject(let subject) = scope { return try links(of: subject, depth: 1, onDay: day) }
    let condition = ScopeCondition(
      scope, country: "e.country", institution: "e.institution", subject: "l.subject")
    let told = try linkRows(ViewStatements.linksInScope(condition), day, condition.name)
    return try told.compactMap { link, entries in
      let grounds = try read(entries, onDay: day).map(\.ground)
      guard let ground = grounds.first(where: \.counts) ?? grounds.first else { return nil }
      return LinkItem(
        depth: 1, subject: link.subject, kind: link.kind, other: link.other, far: link.other,
        farTitle: try title(of: link.other), isFarKnown: try isTold(link.other), ground: ground,
        positions: entries.map(\.position))
    }.sorted { Self.happenedBefore($0.ground.entry, $1.ground.entry) }
  }

  /// The campaigns that come from one, in however many steps, the nearest first; itself not among them.
  func derived(from campaign: String, onDay day: Int64) throws -> [String] {
    var found: [String] = []
    var met: Set<ExactText> = [ExactText(campaign)]
    var frontier = [campaign]
    while let near = frontier.first {
      frontier.removeFirst()
      for (link, _) in try linkRows(of: near, throughDay: day) {
        let isTarget = link.other.utf8.elementsEqual(near.utf8)
        // A campaign tells what it is derived from, or a campaign tells what came from it.
        let far: String? =
          switch link.kind {
          case "derived_from": isTarget ? link.subject : nil
          case "source_of": isTarget ? nil : link.other
          default: nil
          }
        if let far, met.insert(ExactText(far)).inserted {
          found.append(far)
          frontier.append(far)
        }
      }
    }
    return found
  }

  /// The links from and to a subject, each with the events that tell it.
  func linkRows(
    of subject: String, throughDay day: Int64
  ) throws -> [(link: EventFacts.LinkFact, entries: [EntryRow])] {
    try linkRows(ViewStatements.linksOfSubject, day, subject)
  }

  private func linkRows(
    _ statement: String, _ day: Int64, _ name: String?
  ) throws -> [(link: EventFacts.LinkFact, entries: [EntryRow])] {
    var links: [(EventFacts.LinkFact, [EntryRow])] = []
    var places: [EventFacts.LinkFact: Int] = [:]
    let beside = EntryRow.columnCount
    for row in try rows(statement, day, name) {
      guard let entry = try shown([EntryRow(row)]).first else { continue }
      let link = EventFacts.LinkFact(
        subject: row[beside], kind: row[beside + 1], other: row[beside + 2])
      if let place = places[link] {
        links[place].1.append(entry)
      } else {
        places[link] = links.count
        links.append((link, [entry]))
      }
    }
    return links
  }
}
