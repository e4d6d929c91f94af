// Random events about a small world, so that they meet: few subjects, few days, few claims.

import CanonicalJSON
import Milestones
import TestSupport

/// Makes events from a seed, each well-formed, many of them at odds with each other.
struct RandomEvents {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// That many events, in no order.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - naming: whether some of them name others, by position or id. They mean something in this order only.
  /// - Returns: the events.
  /// - Throws: if one is refused.
  mutating func events(_ count: Int, naming: Bool = false) throws -> [CheckedEvent] {
    var events: [CheckedEvent] = []
    for _ in 0..<count {
      events.append(try naming && generator.chance(25) ? self.naming(count) : event(numbered: events.count))
    }
    return events
  }

  /// An event that names another one, be it before or after it, or only a claim.
  private mutating func naming(_ count: Int) throws -> CheckedEvent {
    let number = generator.below(count + 5)
    let name = generator.pick(["\(number)", "E\(number)"])
    let date = "occurred=2017-0\(1 + generator.below(4))"
    if generator.chance(60) { return try amendment(of: name, date) }
    if generator.chance(50) {
      return try checked(
        "source.attached",
        ["subject=campaign:c\(generator.below(2))", "target=\(name)", date]
          + (generator.chance(80) ? ["source.citation=s"] : []))
    }
    let claim = "claim_key=k\(generator.below(3))"
    return try checked(
      "account.preferred",
      ["subject=measure:m\(generator.below(3))", "reason=x", claim, date]
        + (generator.chance(75) ? ["event=\(name)"] : []))
  }

  /// A correction or a retraction, be it of a correction or a retraction. Its subject is not looked at.
  private mutating func amendment(of name: String, _ date: String) throws -> CheckedEvent {
    let subject = "subject=measure:m\(generator.below(3))"
    if generator.chance(40) {
      return try checked(
        "event.retracted",
        [subject, "target=\(name)", date, "reason=\(generator.pick(["false", "duplicate"]))"])
    }
    return try correction(
      of: name, about: "measure:m\(generator.below(3))", old: ["note": "x", "title": .null],
      new: JSONObject(corrections()))
  }

  /// Fields with their new values, as they stand in leaves; some that only corrections have.
  private mutating func corrections() -> [(String, JSONValue)] {
    let possible: [(String, JSONValue)] = [
      ("occurred", .string("2017-0\(1 + generator.below(4))-0\(1 + generator.below(3))")),
      ("country", .string(generator.pick(["US", "US-CA", "CN", "FR"]))),
      ("institution", .string("us/congress\(generator.pick(["", "/house"]))")),
      ("claim", .string("k\(generator.below(3))")),
      ("title", ["original": .string("T\(generator.below(3))")]),
      ("sources", .array([["citation": .string("s")]])),
      ("law_number", .string("\(generator.below(3))")), ("chamber", .string("house")),
      ("level", .string(generator.pick(["committee", "plenary"]))),
      ("event", .string("E\(generator.below(20))")),
      ("new", ["occurred": .string("2017-0\(1 + generator.below(4))")]),
    ]
    return possible.filter { _ in generator.chance(25) }
  }

  private mutating func event(numbered number: Int) throws -> CheckedEvent {
    try event().withID(EventID("E\(number)"))
  }

  private mutating func event() throws -> CheckedEvent {
    switch generator.below(12) {
    case 0...3: try measure()
    case 4, 5: try treaty()
    case 6: try campaign()
    case 7: try resolution()
    case 8: try registration()
    case 9: try link()
    case 10: try vote()
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
      ("treaty.adopted", ["organ=GA", "rule=\(generator.pick(["1 + 1 month", "2 + 10 days"]))"]),
      ("treaty.entered-into-force", [party, "scope=party"]), ("treaty.denounced", [party, "rule=1 month"]),
      ("treaty.entered-into-force", ["scope=general"]),
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

  private mutating func link() throws -> CheckedEvent {
    let names = ["measure:m0", "measure:m1", "campaign:c0", "campaign:gone"]
    return try checked(
      "entity.linked",
      [
        "subject=\(generator.pick(Array(names.dropLast())))",
        "kind=\(generator.pick(["same_as", "derived_from"]))",
        "other=\(generator.pick(names))",
      ] + common())
  }

  private mutating func vote() throws -> CheckedEvent {
    let members = ["FR", "US", "CL"].filter { _ in generator.chance(40) }.map {
      "members=\($0)=\(generator.pick(["yes", "no", "maybe"]))"
    }
    return try checked(
      "vote.recorded",
      ["subject=resolution:r", "on=text", "method=recorded", "yes=\(generator.below(3))"] + members + common()
    )
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
