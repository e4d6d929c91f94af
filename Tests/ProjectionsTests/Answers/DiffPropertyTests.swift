// Differences of random histories: applied to one side they give the other, and nothing that differs is missing.

import CanonicalJSON
import Milestones
import Projections
import TestSupport
import Testing

@Suite("A difference applied to the earlier side gives the later one")
struct DiffPropertyTests {
  static let seeds: [UInt64] = Array(1...10)

  /// A log, its views in short blocks, and random questions.
  private struct World {
    let recording: Recording
    let views: ViewStore
    var generator: SeededGenerator

    init(seed: UInt64) throws {
      var random = RandomEvents(seed: seed)
      recording = try Recording(random.amendedEvents(90, seed: seed))
      views = try ViewStore(path: nil, vocabulary: Shipped.vocabulary(), blockLength: 16)
      try views.catchUp(with: recording.log)
      generator = SeededGenerator(seed: seed)
    }

    mutating func points() -> (Int64, Int64) {
      let pair = [generator.below(90), generator.below(90)].sorted()
      return (Int64(pair[0]), Int64(pair[1]))
    }

    mutating func day() throws -> Int64 {
      try dayNumber(generator.pick(["2016-12-31", "2017-01-15", "2017-02-02", "2017-03-31", "2030-01-01"]))
    }

    mutating func scope() -> Scope {
      generator.pick([
        .world, .country("US"), .institution("us/congress"), .subject("measure:m0"), .subject("treaty:t1"),
      ])
    }

    func ask<T>(at position: Int64, _ body: (ViewSnapshot) throws -> T) throws -> T {
      try views.snapshot(of: recording.log, knownAt: position, body)
    }

    /// The status from views that never knew more.
    func status(at position: Int64, _ scope: Scope, _ day: Int64) throws -> [String: StatusRow] {
      let log = recording.log.prefix(Int(position) + 1)
      let fresh = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
      try fresh.catchUp(with: log)
      return Dictionary(
        uniqueKeysWithValues: try fresh.snapshot(of: log) { try $0.status(scope, onDay: day) }.map {
          ("\($0.subject) \($0.party ?? "")", $0)
        })
    }
  }

  @Test("Standings: the changes turn one status into the other, in any scope", arguments: seeds)
  func standings(seed: UInt64) throws {
    var world = try World(seed: seed)
    var moved = 0
    for _ in 0..<12 {
      let ((first, last), day, scope) = (world.points(), try world.day(), world.scope())
      let changes = try world.ask(at: last) { try $0.changes(since: first, scope, onDay: day) }
      let (old, new) = (try world.status(at: first, scope, day), try world.status(at: last, scope, day))
      var applied = old
      for change in changes where change.before != nil || change.after != nil {
        let key = "\(change.subject) \(change.party ?? "")"
        // A row that was out of the scope is told too, with both its sides.
        if let row = old[key] { #expect(change.before == row, "seed \(seed)") }
        let isInside = change.after.map { new["\($0.subject) \($0.party ?? "")"] != nil } ?? false
        applied[key] = isInside ? change.after : nil
        moved += 1
      }
      #expect(applied == new, "seed \(seed), \(first) to \(last), \(scope)")
      // Each change is one, and each field in it differs.
      for change in changes where change.ground == nil && change.claim == nil {
        #expect(change.before != change.after, "seed \(seed)")
      }
      #expect(try world.ask(at: last) { try $0.changes(since: last, scope, onDay: day) }.isEmpty)
    }
    #expect(moved > 10, "seed \(seed)")
  }

  @Test(
    "Events: differences add up, and each amendment is told as the events themselves read", arguments: seeds)
  func events(seed: UInt64) throws {
    var world = try World(seed: seed)
    let day = try dayNumber("2030-01-01")
    func added(_ from: Int64, _ to: Int64) throws -> [Int64] {
      try world.ask(at: to) { try $0.changes(since: from, .world, onDay: day) }
        .filter { $0.kind == .added }.compactMap { $0.ground?.entry.position }.sorted()
    }
    var amended = 0
    for _ in 0..<8 {
      let (first, last) = world.points()
      let middle = first + Int64(world.generator.below(Int(last - first) + 1))
      #expect(try added(first, last) == added(first, middle) + added(middle, last), "seed \(seed)")
      let changes = try world.ask(at: last) { try $0.changes(since: first, .world, onDay: day) }
      for position in 0...first {
        guard let entry = try world.ask(at: last, { try $0.entry(at: position) }) else { continue }
        let (old, new) = (
          try world.ask(at: first) { try $0.standingEvent(at: position) },
          try world.ask(at: last) { try $0.standingEvent(at: position) }
        )
        let told = changes.filter { $0.ground?.entry.position == position && $0.kind != .added }
        if entry.type == "testimony.shared" { continue }
        // What the correction says of the fields leads from the one to the other.
        var leaf = try #require(old.event.root.value.object)
        for field in told.flatMap(\.fields) {
          if ["occurred", "country", "institution"].contains(field.field) {
            leaf[field.field] = field.new == .null ? nil : field.new
          } else {
            var data = leaf["data"]?.object ?? JSONObject()
            data[field.field] = field.new == .null ? nil : field.new
            leaf["data"] = .object(data)
          }
        }
        #expect(try JSONValue.object(leaf).canonicalBytes() == new.event.bytes, "seed \(seed), [\(position)]")
        let kinds = told.filter { $0.fields.isEmpty }.map(\.kind)
        let expected: [Change.Kind] =
          old.retractedBy == new.retractedBy ? [] : new.retractedBy == nil ? [.broughtBack] : [.retracted]
        #expect(kinds == expected, "seed \(seed), [\(position)] between \(first) and \(last)")
        for change in told {
          let cause = try #require(change.cause?.position, "seed \(seed), [\(position)]")
          #expect(cause > first && cause <= last, "seed \(seed), [\(position)] by [\(cause)] since \(first)")
          amended += 1
        }
      }
    }
    #expect(amended > 2, "seed \(seed)")
  }

  @Test("Claims: what is told is how their states differ", arguments: seeds)
  func claims(seed: UInt64) throws {
    var world = try World(seed: seed)
    for _ in 0..<12 {
      let ((first, last), day) = (world.points(), try world.day())
      let told = try world.ask(at: last) { try $0.changes(since: first, .world, onDay: day) }
        .filter { $0.claim != nil && $0.ground == nil && $0.before == nil && $0.after == nil }
      let (old, new) = (try states(world, first, day), try states(world, last, day))
      var expected: [String: Change.Kind] = [:]
      for claim in Set(old.keys).union(new.keys) where old[claim] != new[claim] {
        expected[claim] =
          switch (old[claim], new[claim]) {
          case (_, .settled): .settled
          case (.settled, .disputed): .reopened
          case (_, .disputed): .disputed
          default: .agreed
          }
      }
      #expect(
        Dictionary(uniqueKeysWithValues: told.map { ($0.claim ?? "", $0.kind) }) == expected,
        "seed \(seed), \(first) to \(last)")
    }
  }

  /// How rival accounts stand to each other, from views that never knew more.
  private func states(_ world: World, _ position: Int64, _ day: Int64) throws -> [String: ClaimState] {
    let log = world.recording.log.prefix(Int(position) + 1)
    let fresh = try ViewStore(path: nil, vocabulary: Shipped.vocabulary())
    try fresh.catchUp(with: log)
    return Dictionary(
      uniqueKeysWithValues: try fresh.snapshot(of: log) {
        try $0.disputes(.world, onDay: day, withSettled: true)
      }.map { ($0.claim, $0.state) })
  }
}
