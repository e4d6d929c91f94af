// Links: random graphs with circles and loose ends against a plain search, and what becomes of links in checks.

import Projections
import TestSupport
import Testing

@Suite("Links are followed in both directions, each once, the nearest first")
struct LinkTests {
  private struct Edge: Hashable {
    let subject: String
    let kind: String
    let other: String
  }

  /// Links told at random, the same one often twice, some to a subject of which nothing is told.
  private struct World {
    var recording = Recording()
    var tellings: [(edge: Edge, position: Int64, day: Int64)] = []
    let names: [String]

    init(seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      names = (0..<(2 + generator.below(7))).map { "campaign:n\($0)" }
      for _ in 0..<generator.below(14) {
        let edge = Edge(
          subject: generator.pick(names), kind: generator.pick(["derived_from", "same_as", "part_of"]),
          other: generator.pick(names + ["campaign:gone", "campaign:lost"]))
        let day = generator.below(4)
        tellings.append((edge, Int64(recording.log.events.count), 17_167 + Int64(day)))
        try recording.record(
          "entity.linked", "subject=\(edge.subject)", "occurred=2017-01-0\(day + 1)", "kind=\(edge.kind)",
          "other=\(edge.other)")
      }
    }

    /// How many links lie between a subject and each that can be reached, by a day.
    func distances(from start: String, on day: Int64) -> [String: Int] {
      var distances = [start: 0]
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for (edge, _, told) in tellings where told <= day {
          for (near, far) in [(edge.subject, edge.other), (edge.other, edge.subject)] {
            guard let length = distances[near], distances[far].map({ length + 1 < $0 }) ?? true else {
              continue
            }
            distances[far] = length + 1
            hasChanged = true
          }
        }
      }
      return distances
    }
  }

  @Test("Whatever the graph, a link lies as far away as its nearer end, and one step more", arguments: 1...60)
  func random(seed: Int) throws {
    let world = try World(seed: UInt64(seed))
    let views = try world.recording.views()
    let told = Set(world.tellings.map(\.edge.subject))
    for start in told.sorted() {
      for (depth, day) in [(1, 17_170), (2, 17_170), (3, 17_168), (99, 17_170), (99, 17_166)]
        as [(Int, Int64)]
      {
        let items = try views.snapshot(of: world.recording.log) {
          try $0.links(of: start, depth: depth, onDay: day)
        }
        let distances = world.distances(from: start, on: day)
        var expected: [Edge: Int] = [:]
        for (edge, _, told) in world.tellings where told <= day {
          guard let near = [distances[edge.subject], distances[edge.other]].compactMap({ $0 }).min() else {
            continue
          }
          if near < depth { expected[edge] = near + 1 }
        }
        let found = items.map { (Edge(subject: $0.subject, kind: $0.kind, other: $0.other), $0) }
        #expect(Set(found.map(\.0)).count == found.count, "seed \(seed): a link stands twice")
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0, $1.depth) }) == expected, "seed \(seed)")
        for (edge, item) in found {
          let positions = world.tellings.filter { $0.edge == edge && $0.day <= day }
            .sorted { ($0.day, $0.position) < ($1.day, $1.position) }.map(\.position)
          #expect(item.positions == positions, "seed \(seed)")
          #expect(item.ground.entry.position == positions.first, "seed \(seed)")
          let near = item.far == edge.subject ? edge.other : edge.subject
          #expect(item.far == edge.subject || item.far == edge.other, "seed \(seed)")
          #expect(distances[near] == item.depth - 1, "seed \(seed)")
          #expect(item.isFarKnown == told.contains(item.far), "seed \(seed)")
        }
        let order = try items.map { [Int64($0.depth), try dayNumber($0.ground.entry.occurred)] }
        #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
      }
    }
  }

  @Test(
    "A link to nothing is told as such by the check, as long as nothing is told of the other end",
    arguments: 1...20)
  func loose(seed: Int) throws {
    let world = try World(seed: UInt64(seed))
    let told = Set(world.tellings.map(\.edge.subject))
    let expected = world.tellings.filter { !told.contains($0.edge.other) }.map(\.position)
    let day = try dayNumber("2030-01-01")
    var recording = world.recording
    let anomalies = try recording.views().snapshot(of: recording.log) { try $0.anomalies(.world, onDay: day) }
    #expect(
      anomalies.filter { $0.finding.kind == .link }.map(\.ground.entry.position) == expected, "seed \(seed)")
    for name in world.names + ["campaign:gone", "campaign:lost"] {
      try recording.record("campaign.founded", "subject=\(name)", "occurred=2016")
    }
    #expect(
      try recording.views().snapshot(of: recording.log) { try $0.anomalies(.world, onDay: day) }.isEmpty)
  }

  @Test("Links come from what events say of each other, whatever the type")
  func sources() throws {
    var recording = Recording()
    try recording.record(
      "bill.introduced", "subject=measure:a", "occurred=2017-01-01", "identifier=1", "chamber=house",
      "companion=measure:b", "link.supersedes=measure:z")
    try recording.record(
      "statement.made", "subject=statement:s", "occurred=2017-01-02", "speaker=A", "on=measure:a")
    try recording.record(
      "law.ended", "subject=measure:a", "occurred=2019", "kind=repealed", "successor=measure:n")
    let day = try dayNumber("2030-01-01")
    let links = try recording.views().snapshot(of: recording.log) {
      try $0.links(of: "measure:a", depth: 1, onDay: day).map { "\($0.subject) \($0.kind) \($0.other)" }
    }
    #expect(
      links.sorted() == [
        "measure:a companion_of measure:b", "measure:a predecessor_of measure:n",
        "measure:a supersedes measure:z",
        "statement:s responds_to measure:a",
      ])
  }

  @Test("The event that a link is shown with is one that nothing speaks against, where there is one")
  func ground() throws {
    var recording = Recording()
    for (day, fields) in [
      ("2017-01-01", ["claim=k", "since=2016"]), ("2017-01-02", ["claim=k", "since=2015"]),
      ("2017-01-03", []),
    ] {
      try recording.record(
        checked(
          "entity.linked",
          ["subject=campaign:a", "occurred=\(day)", "kind=same_as", "other=campaign:b"] + fields))
    }
    let day = try dayNumber("2030-01-01")
    let item = try #require(
      try recording.views().snapshot(of: recording.log) {
        try $0.links(of: "campaign:b", depth: 1, onDay: day)
      }.first)
    #expect(item.ground.entry.position == 2)
    #expect(item.positions == [0, 1, 2])
  }
}
