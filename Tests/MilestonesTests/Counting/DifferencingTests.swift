// The floor against an attacker who sees everything that is public: by trying all worlds where they are few, and by
// making a world that looks the same from outside where they are many.

import EDTF
import Milestones
import TestSupport
import Testing

@Suite("No small cell follows from all that is released")
struct DifferencingTests {
  private static func small(_ seed: UInt64) -> (TallyHistory, Secrets) {
    var generator = SeededGenerator(seed: seed)
    let history = TallyHistory(
      count: 8, happenings: 20, attempts: 35, isSmall: true, using: &generator)
    var secrets = history.secrets(TallyAttacker.codes, using: &generator)
    // The attacker tries only worlds in which a consent that is never changed in clear is given.
    for index in secrets.consents.indices where !history.events.contains(.consent(index, counts: true)) {
      secrets.consents[index] = true
    }
    return (history, secrets)
  }

  private static func attack(_ releaser: @escaping Releaser, seed: UInt64) throws -> (
    found: SmallCell?, worlds: Int, releases: Int
  ) {
    let (history, secrets) = small(seed)
    let seen = try #require(history.play(secrets, releaser)).map { $0.told?.seen }
    let (found, worlds) = TallyAttacker(history: history, floor: 2, releaser: releaser).attack(seen)
    return (found, worlds, seen.count { $0 != nil })
  }

  private static let seeds = (UInt64(1)...16)

  @Test(
    "Whoever tries all worlds finds no set of testimonies that surely has some in a cell, and fewer than the floor"
  )
  func allWorlds() throws {
    var releases = 0
    for seed in Self.seeds {
      let result = try Self.attack(lawful(ReleaseRule(floor: 2, blockSize: 4, inDoubt: 2)), seed: seed)
      #expect(result.found == nil, "seed \(seed): \(result.found.map(String.init(describing:)) ?? "")")
      #expect(result.worlds > 0, "seed \(seed): not even the true world agrees")
      releases += result.releases
    }
    #expect(releases > 8, "the histories release too little to attack")
  }

  /// Ways of releasing that look careful and are not.
  enum Careless: String, CaseIterable, CustomTestStringConvertible {
    case exactAboveTheFloor, roundedAtAnyTime, nothingInDoubt, fallingWithWithdrawals

    var testDescription: String { rawValue }

    var releaser: Releaser {
      switch self {
      case .exactAboveTheFloor:
        { testimonies, grouping, _, day in
          Self.told(Self.counts(testimonies, grouping, day).filter { $0.value >= 2 }, testimonies)
        }
      case .roundedAtAnyTime:
        { testimonies, grouping, earlier, day in
          var cells = Self.counts(testimonies, grouping, day).mapValues { $0 / 2 * 2 }.filter { $0.value > 0 }
          for release in earlier { cells.merge(release.cells) { max($0, $1) } }
          return Self.told(cells, testimonies)
        }
      case .nothingInDoubt: lawful(ReleaseRule(floor: 2, blockSize: 4, inDoubt: 0))
      case .fallingWithWithdrawals:
        { testimonies, grouping, _, day in
          let full = testimonies.count / 4 * 4
          let cells = Self.counts(Array(testimonies[..<full]), grouping, day).mapValues { $0 / 2 * 2 }
          return Self.told(cells.filter { $0.value > 0 }, testimonies)
        }
      }
    }

    private static func counts(_ testimonies: [TestimonyHistory], _ grouping: Grouping, _ day: Day)
      -> [String: Int]
    {
      var counts: [String: Int] = [:]
      for testimony in testimonies where testimony.now.isCountable(on: day) {
        if let cell = testimony.now.values.cell(by: grouping) { counts[cell, default: 0] += 1 }
      }
      return counts
    }

    private static func told(_ cells: [String: Int], _ testimonies: [TestimonyHistory]) -> Told? {
      cells.isEmpty ? nil : Told(through: testimonies.last?.position ?? 0, cells: cells, counted: [])
    }
  }

  @Test("The same attacker sees through ways of releasing that look careful", arguments: Careless.allCases)
  func careless(way: Careless) throws {
    let isSeenThrough = try Self.seeds.contains { try Self.attack(way.releaser, seed: $0).found != nil }
    #expect(isSeenThrough)
  }

  @Test(
    "For any testimonies and cells there is a world that looks the same, with none of them there or a floorful",
    arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8], [1, 2, 5, 6])
  func sameFromOutside(seed: UInt64, floor: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let history = TallyHistory(
      count: floor * 20 + generator.below(floor * 4), happenings: 15, attempts: 12,
      groupings: Grouping.releasable, isSmall: false, using: &generator)
    let codes = ["CL", "FR", "IN", "AR", "KE"]
    let secrets = history.secrets(codes, using: &generator)
    let releaser = lawful(ReleaseRule(floor: floor))
    let results = try #require(history.play(secrets, releaser))
    let seen = results.map { $0.told?.seen }
    #expect(seen.contains { $0 != nil }, "seed \(seed): nothing is released")
    for _ in 0..<60 {
      let set = Self.someTestimonies(history, floor: floor, using: &generator)
      let cells = Set(codes.filter { _ in generator.chance(40) } + [generator.pick(codes)])
      let witness = Witness(history: history, results: results, floor: floor)
      let world = try #require(witness.world(set, cells), "seed \(seed): \(set) in \(cells)")
      let count = set.count { world.countries[$0].map(cells.contains) ?? false }
      #expect(count == 0 || count >= floor, "seed \(seed): \(set) in \(cells)")
      #expect(history.play(world, releaser, expecting: seen) != nil, "seed \(seed): \(set) in \(cells)")
    }
  }

  /// Testimonies that somebody could point at: one, a few, a run, those of a year, all.
  private static func someTestimonies(
    _ history: TallyHistory, floor: Int, using generator: inout SeededGenerator
  ) -> [Int] {
    let all = Array(0..<history.testimonyCount)
    switch generator.below(5) {
    case 0: return [generator.pick(all)]
    case 1: return Array(all.shuffled(using: &generator).prefix(1 + generator.below(floor)))
    case 2:
      let start = generator.pick(all)
      return Array(all[start...].prefix(1 + generator.below(floor * 6)))
    case 3:
      let years = history.events.compactMap { if case .shared(let year) = $0 { year } else { nil } }
      return all.filter { years[$0] == 2_017 }
    default: return all.filter { _ in generator.chance(80) }
    }
  }
}

/// Makes the world of the proof in docs/counting.md: what a point tells lies in the point's own block.
private struct Witness {
  let history: TallyHistory
  let results: [(told: Told?, testimonies: [TestimonyHistory])]
  let floor: Int

  /// A world that looks the same from outside, with none of the testimonies in the cells where that can be, else with
  /// as many as a point tells; nil if there is no room, which the rule rules out.
  func world(_ set: [Int], _ cells: Set<String>) -> Secrets? {
    var world = Secrets(count: history.testimonyCount)
    // Of people who narrowed their consent nobody is here; corrections were of other fields.
    let attempts = history.events.compactMap { if case .attempt(let grouping) = $0 { grouping } else { nil } }
    for (grouping, result) in zip(attempts, results) {
      guard let told = result.told else { continue }
      for (point, step) in zip(told.points, told.steps) {
        let end = result.testimonies.firstIndex { $0.position == point }.map { $0 + 1 } ?? 0
        let steady = ((end - floor * 4)..<end).filter { index in
          let states = result.testimonies[index].states
          let first = states.lastIndex { $0.position <= point } ?? 0
          return !states[first...].contains { $0.isOpenlyOut(on: tallyDay) }
        }
        let inSet = steady.filter(set.contains)
        let outside = steady.filter { !set.contains($0) }
        let named = step.filter { cells.contains($0.key) }.sorted { $0.key < $1.key }
        let others = step.filter { !cells.contains($0.key) }.sorted { $0.key < $1.key }
        let namedCount = named.reduce(0) { $0 + $1.value }
        let count = step.values.reduce(0, +)
        // First those that must lie somewhere, then the rest wherever there is room.
        var places = outside.count >= namedCount ? outside + inSet : inSet + outside
        guard count == 0 || places.count >= count + floor else { return nil }
        for (cell, count) in named + others {
          for index in places.prefix(count) {
            if grouping == .country { world.countries[index] = cell } else { world.languages[index] = cell }
          }
          places.removeFirst(count)
        }
      }
    }
    return world
  }
}
