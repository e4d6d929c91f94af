// A vote as an event tells it: totals, the list of members, and whether the two agree.

internal import CanonicalJSON
public import Milestones

/// A vote as an event tells it.
public struct VoteFacts: Sendable, Equatable {
  /// What was voted on.
  public let on: String?
  /// How the body voted.
  public let method: String?
  /// The totals that are told.
  public let totals: [Effect.Ballot: Int64]
  /// How each member voted, as far as the entries can be read; in the order of the list.
  public let members: [(member: String, ballot: Effect.Ballot)]
  /// Entries of the list that cannot be read.
  public let unread: [String]

  /// Equal in every part.
  public static func == (one: VoteFacts, other: VoteFacts) -> Bool {
    one.on == other.on && one.method == other.method && one.totals == other.totals
      && one.members.elementsEqual(other.members) { $0 == $1 } && one.unread == other.unread
  }

  /// Reads the vote of an event; nil if the type records none.
  public init?(_ event: EventView, type: EventType) {
    guard
      let vote = type.effects.lazy.compactMap({ effect -> Effect.Vote? in
        if case .vote(let vote) = effect { vote } else { nil }
      }).first
    else { return nil }
    on = event.texts(vote.onField).first
    method = vote.methodField.flatMap { event.texts($0).first }
    var totals: [Effect.Ballot: Int64] = [:]
    for (ballot, field) in vote.totalFields { totals[ballot] = event.data?[field]?.integer }
    self.totals = totals
    var members: [(String, Effect.Ballot)] = []
    var unread: [String] = []
    for entry in vote.membersField.map(event.texts) ?? [] {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      if parts.count == 2, !parts[0].isEmpty, let ballot = Effect.Ballot(rawValue: String(parts[1])) {
        members.append((String(parts[0]), ballot))
      } else {
        unread.append(entry)
      }
    }
    self.members = members
    self.unread = unread
  }

  /// Whether nobody voted against it and nobody abstained, neither by the totals nor by the list; nil if that is not
  /// told.
  public var isUnopposed: Bool? {
    let against: [Effect.Ballot] = [.no, .abstain]
    if members.contains(where: { against.contains($0.ballot) }) { return false }
    // A list says nothing of those that it does not name, or not legibly.
    let isListed = !members.isEmpty && unread.isEmpty
    let told = against.map { totals[$0] ?? (isListed ? 0 : nil) }
    if told.contains(where: { $0 != nil && $0 != 0 }) { return false }
    return told.contains(nil) ? nil : true
  }

  /// Where totals and list differ, or the list contradicts itself; each once.
  var findings: [Finding] {
    var seen: Set<Finding> = []
    return allFindings.filter { seen.insert($0).inserted }
  }

  private var allFindings: [Finding] {
    var findings = unread.map {
      Finding(.vote, "the entry \"\($0)\" of the list is not read; write CODE=yes, no, abstain or absent")
    }
    var seen: Set<ExactText> = []
    for (member, _) in members where !seen.insert(ExactText(member)).inserted {
      findings.append(Finding(.vote, "\(member) stands in the list twice"))
    }
    for (ballot, total) in totals.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where total < 0 {
      findings.append(Finding(.vote, "\(ballot.rawValue): \(total) is no number of votes"))
    }
    guard !members.isEmpty else { return findings }
    for ballot in Effect.Ballot.allCases {
      guard let total = totals[ballot] else { continue }
      let count = members.filter { $0.ballot == ballot }.count
      // A list may leave out those who took no part.
      if ballot == .absent && count == 0 { continue }
      if Int64(count) != total {
        findings.append(
          Finding(.vote, "\(ballot.rawValue): the total is \(total), but \(count) of the members listed"))
      }
    }
    return findings
  }
}
