// How the accounts of a claim stand, told as a story: what was said, what was preferred, one after the other.

/// The accounts of one claim, in the order in which they were recorded.
struct NaiveClaim: Equatable {
  enum State: Equatable {
    case agreed, disputed
    case settled(content: [String], by: Int64)
  }

  private var known: [[String]] = []
  private var preferred: (content: [String], by: Int64)?

  /// Somebody says something. What nobody knew yet opens a claim that was settled.
  mutating func say(_ content: [String]) {
    if known.contains(content) { return }
    known.append(content)
    preferred = nil
  }

  /// An account is preferred, or none any more.
  mutating func prefer(_ content: [String]?, by position: Int64) {
    preferred = content.map { ($0, position) }
  }

  var state: State {
    if known.count < 2 { return .agreed }
    guard let preferred else { return .disputed }
    return .settled(content: preferred.content, by: preferred.by)
  }

  static func == (one: NaiveClaim, other: NaiveClaim) -> Bool {
    one.state == other.state && one.known == other.known
  }

  enum Standing: Equatable {
    case counts, rival
    case setAside(by: Int64)
  }

  func standing(of content: [String]) -> Standing {
    switch state {
    case .agreed: .counts
    case .disputed: .rival
    case .settled(let preferred, let by): preferred == content ? .counts : .setAside(by: by)
    }
  }
}
