// What the tests of the site share: a ledger with a clock that is set by hand, events of all sorts at random, and what a
// published directory holds.

internal import Foundation
internal import Ledger
internal import Milestones
internal import Projections
internal import Publishing
internal import TestSupport
internal import Testing

/// A clock that stands until it is set.
final class SiteClock: @unchecked Sendable {
  private let lock = NSLock()
  // 2026-11-23T20:15:04.123Z.
  private var milliseconds: Int64 = 1_795_464_904_123

  func advance(days: Int) { lock.withLock { milliseconds += Int64(days) * 86_400_000 + 61_000 } }
  var read: @Sendable () -> Int64 { { self.lock.withLock { self.milliseconds } } }
}

/// A ledger, where it lies, and what is published of it.
struct SiteLedger {
  let parent: String
  let clock: SiteClock
  let ledger: Ledger

  @discardableResult
  func append(_ type: String, _ arguments: String...) throws -> Int64 { try append(type, arguments) }

  @discardableResult
  func append(_ type: String, _ arguments: [String]) throws -> Int64 {
    let needsSource =
      type != "testimony.shared" && !arguments.contains { $0.hasPrefix("source.") || $0 == "unsourced=true" }
    let event = try ledger.check(
      Draft(type: type, arguments: arguments + (needsSource ? ["source.citation=A source"] : [])))
    return try ledger.append(event, recorder: "m.reyes").position
  }

  func path(_ name: String) -> String { "\(parent)/\(name)" }

  @discardableResult
  func publish(to name: String = "www", isComplete: Bool = false) throws -> SiteCounts {
    try #require(try SitePublisher(ledger).publish(to: path(name), isComplete: isComplete).site)
  }

  /// The text of a published file.
  func text(_ file: String, in name: String = "www") throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path("\(name)/\(file)"))), as: UTF8.self)
  }

  /// The files of the site in a published directory, without those of the log.
  func files(in name: String = "www") throws -> [String: Data] {
    let root = path(name)
    var files: [String: Data] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(root)/\(file)", isDirectory: &isDirectory),
        !isDirectory.boolValue, !file.hasPrefix("tile/"), file != "checkpoint"
      else { continue }
      files[file] = try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(file)"))
    }
    return files
  }
}

/// Gives a test a ledger in a directory of its own.
func withSiteLedger<T>(origin: String = "example.org/metoo", _ body: (SiteLedger) throws -> T) throws -> T {
  let parent = NSTemporaryDirectory() + "/site-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: parent) }
  let clock = SiteClock()
  let ledger = try Ledger.create(
    parent + "/ledger",
    founding: Ledger.Founding(origin: origin, vocabulary: try Vocabulary.shipped(), recorder: "m.reyes"),
    clock: clock.read)
  return try body(SiteLedger(parent: parent, clock: clock, ledger: ledger))
}

/// Events at random, such that they meet: few subjects, few places, rivals, corrections and what undoes them.
struct RandomRecord {
  var random: SeededGenerator
  private var made = 0
  private var events: [(id: String, subject: String, claim: String?)] = []
  private var testimonies: [Int64] = []
  /// How many were refused: a draft at random may ask for what is not there.
  private(set) var refused = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let countries = ["US", "FR", "CL", "CN", "US-CA"]
  private static let dates = [
    "2017-10-15", "2018", "2018-11?", "2019-05~", "2016-12/2017-02", "XXXX", "2026-11-25", "2026-12",
    "2027-01-10",
    "2026-12-01?",
  ]
  private static let claims = ["c-one", "c-two", "c-three"]

  private mutating func measure() -> String { "measure:m\(random.below(4))" }
  private mutating func campaign() -> String { "campaign:c\(random.below(4))" }
  private mutating func treaty() -> String { "treaty:t\(random.below(2))" }
  private mutating func anySubject() -> String {
    [measure(), campaign(), treaty(), "policy:p\(random.below(2))"][random.below(4)]
  }

  /// Appends one event at random.
  mutating func step(_ test: SiteLedger) throws {
    made += 1
    let id = "id=r\(made)"
    let country = "country=" + random.pick(Self.countries)
    let occurred = "occurred=" + random.pick(Self.dates)
    let claim = random.chance(25) ? random.pick(Self.claims) : nil
    let more = claim.map { ["claim=\($0)", "account=a\(made % 3)"] } ?? []
    do {
      switch random.below(17) {
      case 0:
        let subject = anySubject()
        try add(
          test, "entity.registered", subject,
          [
            id, occurred, country, "title=Title \(random.below(5)) of it", "title.fr=Titre \(made)",
            "kind=something",
          ])
      case 1:
        try add(
          test, "bill.introduced", measure(),
          [
            id, occurred, country, "institution=us/congress", "chamber=house", "identifier=B\(made)",
            "title=Introduced \(made)",
          ] + more, claim)
      case 2:
        try add(
          test, "bill.passed", measure(),
          [
            id, occurred, country, "institution=us/congress/senate",
            "chamber=" + random.pick(["house", "senate"]), "mode=voice",
          ] + more,
          claim)
      case 3: try add(test, "bill.enacted", measure(), [id, occurred, country, "mode=signed"] + more, claim)
      case 4:
        try add(
          test, "treaty.ratified", treaty(),
          [id, occurred, country, "institution=int/ilo", "mode=ratification"] + more, claim)
      case 5:
        try add(
          test, "treaty.entered-into-force", treaty(),
          [id, occurred, "institution=int/ilo", "scope=general", "rule=2 ratifications + 12 months"])
      case 6:
        try add(
          test, "campaign.spread", campaign(),
          [id, occurred, country, "local_name=#\(made)", "language=es", "derived_from=" + campaign()] + more,
          claim)
      case 7:
        try add(
          test, "campaign.founded", campaign(),
          [id, occurred, "name=Name \(made)", "founder=Somebody"] + more, claim)
      case 8:
        try add(
          test, "attribution.asserted", anySubject(),
          [
            id, occurred, country, "agent=Agent \(random.below(3))", "role=originator",
            "stance=" + random.pick(["asserts", "disputes"]),
          ])
      case 9:
        let other = anySubject()
        try add(
          test, "entity.linked", anySubject(),
          [id, occurred, "kind=" + random.pick(["same_as", "derived_from", "part_of"]), "other=" + other])
      case 10, 11:
        guard let target = events.isEmpty ? nil : random.pick(events) else { return }
        let field = [
          "new.occurred=" + random.pick(Self.dates), "new.country=" + random.pick(Self.countries),
          "new.title=Corrected \(made)", "new.claim=" + random.pick(Self.claims),
        ][random.below(4)]
        try add(
          test, "event.corrected", target.subject, [id, "target=\(target.id)", field, "reason=misread"])
      case 12:
        guard let target = events.isEmpty ? nil : random.pick(events) else { return }
        try add(test, "event.retracted", target.subject, [id, "target=\(target.id)", "reason=duplicate"])
      case 13:
        let rivals = events.filter { $0.claim != nil }
        guard let target = rivals.isEmpty ? nil : random.pick(rivals) else { return }
        let choice = random.chance(70) ? ["event=\(target.id)"] : ["claim_key=\(target.claim ?? "")"]
        try add(test, "account.preferred", target.subject, [id, "reason=better"] + choice)
      case 14:
        guard let target = events.isEmpty ? nil : random.pick(events) else { return }
        try add(
          test, "source.attached", target.subject,
          [id, occurred, "target=\(target.id)", "source.citation=More \(made)"])
      case 15:
        testimonies.append(
          try test.append(
            "testimony.shared", "campaign=" + campaign(), "occurred=2018", "country=CL",
            "narrative=SECRET-\(made)",
            "person=NEEDLE-\(made)"))
        if random.chance(40), let position = testimonies.first {
          _ = try test.ledger.erase(
            "\(position)", reason: .withdrawn, authority: "data protection", recorder: "m.reyes")
          testimonies.removeFirst()
        }
      default:
        let person = "person:q\(random.below(2))"
        if random.chance(50) {
          try add(
            test, "entity.registered", person,
            [id, occurred, country, "title=Person \(made)", "kind=public figure", "public=true"])
        } else {
          let scopes = random.pick([
            ["to=hold", "to=publish", "to=name"], ["to=hold", "to=publish"], ["to=hold"],
          ])
          try add(
            test, "consent.changed", person,
            [id, "from=hold"] + scopes + (random.chance(40) ? ["until=2026-12-15"] : []))
        }
      }
    } catch is DraftError {
      refused += 1
    } catch let error as LedgerError {
      // What a random draft may ask for in vain; anything else is a failure of the test.
      switch error {
      case .draft, .noEvent, .cannotErase, .unknownSubject: refused += 1
      default: throw error
      }
    }
  }

  private mutating func add(
    _ test: SiteLedger, _ type: String, _ subject: String, _ fields: [String], _ claim: String? = nil
  ) throws {
    let isAbout = ["event.corrected", "event.retracted", "account.preferred", "consent.changed"].contains(
      type)
    try test.append(type, ["subject=\(subject)"] + fields + (isAbout ? ["unsourced=true"] : []))
    events.append(("r\(made)", subject, claim))
  }
}
