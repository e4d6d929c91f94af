// Random events about a small world, so that they meet: few subjects, few days, few claims.

import Milestones
import TestSupport

/// Makes events from a seed, each well-formed, many of them at odds with each other.
struct RandomEvents {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// That many events, in no order.
  mutating func events(_ count: Int) throws -> [CheckedEvent] {
    var events: [CheckedEvent] = []
    for _ in 0..<count { events.append(try event()) }
    return events
  }

  private mutating func event() throws -> CheckedEvent {
    switch generator.below(10) {
    case 0...3: try measure()
    case 4, 5: try treaty()
    case 6: try campaign()
    case 7: try resolution()
    case 8: try registration()
    default:
      try checked(
        "testimony.shared", ["campaign=campaign:c\(generator.below(2))", "occurred=2018-03-04", "country=CL"])
    }
  }

  private mutating func measure() throws -> CheckedEvent {
    let chamber = generator.pick(["house", "senate"])
    let (type, fields): (String, [String]) = generator.pick([
      ("bill.introduced", ["identifier=1", "chamber=\(chamber)"]), ("bill.passed", ["chamber=\(chamber)"]),
      ("bill.advanced", ["stage=\(generator.pick(["hearing", "consultation", "presented"]))"]),
      ("bill.enacted", ["law_number=\(generator.below(2))", "article=art. 1"]), ("law.commenced", []),
      ("law.ended", ["kind=\(generator.pick(["repealed", "suspended"]))"]),
      ("bill.failed", ["kind=lapsed"]), ("bill.vetoed", ["kind=regular"]),
      ("provision.drafted", ["article=art. 790"]),
    ])
    return try checked(type, ["subject=measure:m\(generator.below(3))"] + fields + common())
  }

  private mutating func treaty() throws -> CheckedEvent {
    let party = "country=\(generator.pick(["CA", "FR"]))"
    let (type, fields): (String, [String]) = generator.pick([
      ("treaty.signed", [party]), ("treaty.ratified", [party, "mode=ratification"]),
      ("treaty.adopted", ["organ=GA"]),
      ("treaty.entered-into-force", [party, "scope=party"]), ("treaty.denounced", [party]),
      ("treaty.denunciation-revoked", [party]), ("treaty.ended", [party, "scope=party"]),
      ("treaty.opened", []),
    ])
    return try checked(type, ["subject=treaty:t\(generator.below(2))"] + fields + common(withCountry: false))
  }

  private mutating func campaign() throws -> CheckedEvent {
    let (type, fields): (String, [String]) = generator.pick([
      ("campaign.founded", []), ("campaign.launched", ["form=march"]),
      ("campaign.amplified", ["trigger=post"]),
      ("campaign.spread", ["jurisdiction=CL"]), ("campaign.ended", ["kind=dormant"]),
      ("campaign.measured", ["metric=posts", "value=\(generator.below(3))"]),
    ])
    return try checked(type, ["subject=campaign:c\(generator.below(2))"] + fields + common())
  }

  private mutating func resolution() throws -> CheckedEvent {
    let amendment = "amendment=amendment:a\(generator.below(2))"
    let (type, fields): (String, [String]) = generator.pick([
      ("resolution.tabled", ["symbol=L.1", "organ=C3"]), ("amendment.proposed", [amendment]),
      ("amendment.decided", [amendment, "result=\(generator.pick(["adopted", "rejected"]))"]),
      ("resolution.adopted", ["organ=GA", "level=\(generator.pick(["committee", "plenary"]))"]),
    ])
    return try checked(type, ["subject=resolution:r"] + fields + common())
  }

  private mutating func registration() throws -> CheckedEvent {
    let procedure = generator.pick(["bicameral", "house-resolution", "code-provision", "decree"])
    let fields = ["subject=measure:m\(generator.below(3))", "procedure=\(procedure)"]
    let isDescription = generator.chance(30)
    return try checked(
      isDescription ? "entity.described" : "entity.registered",
      (isDescription ? Array(fields.prefix(1)) : fields) + common())
  }

  private mutating func common(withCountry: Bool = true) -> [String] {
    let day = "2017-0\(1 + generator.below(4))-0\(1 + generator.below(3))"
    let date = generator.pick([
      day, day, day, day, "2017-02", "2017-03?", "2017~", "XXXX", "2017-02/..", "2017-01-02/2017-03-04",
    ])
    var fields = ["occurred=\(date)"]
    if generator.chance(10) { fields.append("effective=2017-01-0\(1 + generator.below(9))") }
    if generator.chance(20) { fields.append("claim=k\(generator.below(3))") }
    if generator.chance(30) { fields.append("title=T\(generator.below(3))") }
    if withCountry && generator.chance(60) {
      fields.append("country=\(generator.pick(["US", "US-CA", "CN"]))")
    }
    if generator.chance(40) { fields.append("institution=us/congress\(generator.pick(["", "/house"]))") }
    if generator.chance(40) { fields.append("source.citation=s\(generator.below(3))") }
    return fields
  }
}
