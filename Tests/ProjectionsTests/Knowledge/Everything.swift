// All that views can be asked of a small world, as one text: two views say the same if their texts are the same.

public import Milestones
import Projections

/// All answers of one point of knowledge and one day.
struct Everything {
  static let subjects =
    ["measure:m0", "measure:m1", "measure:m2", "campaign:c0", "campaign:c1", "treaty:t0", "treaty:t1"]
    + ["resolution:r", "amendment:a0", "amendment:a1", "campaign:gone"]
  static let scopes: [Scope] =
    [.world, .country("US"), .country("CN"), .country("FR"), .institution("us/congress")]
    + subjects.map { .subject($0) }

  let text: String

  init(_ snapshot: ViewSnapshot, onDay day: Int64) throws {
    var text = "known at \(snapshot.knownAt), \(snapshot.recorded)\n"
    func tell<T>(_ what: String, _ value: T) {
      text += "== \(what)\n"
      dump(value, to: &text)
    }
    for scope in Self.scopes {
      tell("status \(scope)", try snapshot.status(scope, onDay: day))
      tell("timeline \(scope)", try snapshot.timeline(scope, throughDay: day))
      tell("anomalies \(scope)", try snapshot.anomalies(scope, onDay: day))
      tell("disputes \(scope)", try snapshot.disputes(scope, onDay: day, withSettled: true))
      tell("evidence \(scope)", try snapshot.evidence(scope, onDay: day))
      tell("unsourced \(scope)", try snapshot.unsourced(scope, onDay: day))
      tell("votes \(scope)", try snapshot.votes(scope, onDay: day))
    }
    for subject in Self.subjects {
      tell("history \(subject)", try snapshot.history(of: subject, onDay: day))
      tell("links \(subject)", try snapshot.links(of: subject, depth: 3, onDay: day))
      tell("credit \(subject)", try snapshot.credit(subject, onDay: day))
      tell("known \(subject)", try snapshot.knows(subject))
      if subject.hasPrefix("campaign:") { tell("reach \(subject)", try snapshot.reach(subject, onDay: day)) }
    }
    self.text = text
  }

  /// The first line in which it differs from another; nil if it is the same.
  func difference(from other: Everything) -> String? {
    if text == other.text { return nil }
    let (own, others) = (text.split(separator: "\n"), other.text.split(separator: "\n"))
    var heading = Substring()
    for (one, two) in zip(own, others) {
      if one.hasPrefix("==") { heading = one }
      if one != two { return "\(heading): \(one) | \(two)" }
    }
    return "one has \(own.count) lines, the other \(others.count)"
  }
}

/// An event is its bytes: what else it holds, it finds in them.
extension EventView: CustomReflectable {
  /// The bytes as text.
  public var customMirror: Mirror {
    Mirror(self, children: ["leaf": String(decoding: bytes, as: UTF8.self)])
  }
}
