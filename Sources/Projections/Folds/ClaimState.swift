// Whether the accounts of a claim are at odds, and whether one of them is preferred.

/// How the accounts of a claim stand to each other.
///
/// A preference settles the accounts that were known when it was recorded, and the latest one counts. An account that
/// says something new afterwards opens the claim again: nobody has weighed it yet.
public enum ClaimState: Sendable, Equatable {
  /// All accounts say the same.
  case agreed
  /// Rival accounts, none of them preferred.
  case disputed
  /// Rival accounts, of which the one with this content is preferred by the event at the position.
  case settled(content: [UInt8], by: Int64)

  /// Makes the state of a claim.
  ///
  /// - Parameters:
  ///   - contents: what its accounts say, each with the position at which it was first said.
  ///   - preference: the latest preference, if there is one; its content is nil where it opens the claim again.
  init(
    contents: [(content: [UInt8], firstPosition: Int64)],
    preference: (position: Int64, content: [UInt8]?)?
  ) {
    guard contents.count > 1 else {
      self = .agreed
      return
    }
    guard let preference, let chosen = preference.content, contents.contains(where: { $0.content == chosen }),
      contents.allSatisfy({ $0.firstPosition < preference.position })
    else {
      self = .disputed
      return
    }
    self = .settled(content: chosen, by: preference.position)
  }
}

/// How an event stands among the accounts of its claim.
public enum AccountStanding: Sendable, Equatable {
  /// Nothing speaks against it.
  case counts
  /// Another account of the same fact is at odds with it.
  case rival
  /// Another account is preferred, by the event at the position.
  case setAside(by: Int64)
}

extension EntryRow {
  /// How the event stands in a claim of that state.
  func standing(in state: ClaimState?) -> AccountStanding {
    switch state {
    case nil, .agreed: .counts
    case .disputed: .rival
    case .settled(let content, let position): claimContent == content ? .counts : .setAside(by: position)
    }
  }
}
