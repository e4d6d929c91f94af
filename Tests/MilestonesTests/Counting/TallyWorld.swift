// A world in small: what everybody can see of a campaign's testimonies, what is sealed, and what is released of it.

import EDTF
import Milestones
import TestSupport

/// What everybody can see, event by event; the place in the list is the position.
enum OpenEvent: Equatable {
  /// The next testimony is shared, in a year.
  case shared(year: Int)
  /// The consent of a testimony is changed in clear: to one with counting, or without.
  case consent(Int, counts: Bool)
  /// Somebody's consent is changed to one without counting; whose testimony that is, is sealed.
  case personNarrowed
  /// A sealed field of a testimony is corrected; to what, is sealed.
  case corrected(Int)
  case erased(Int)
  case retracted(Int)
  /// Counts are asked to be released. Whether anything comes of it, everybody sees.
  case attempt(Grouping)
}

/// What is sealed.
struct Secrets: Equatable {
  /// By testimony: the country and the language; nil for none.
  var countries: [String?]
  var languages: [String?]
  /// By testimony: whether the person consented to counting at first.
  var consents: [Bool]
  /// By event: the country that a correction tells.
  var corrections: [Int: String?] = [:]
  /// By event: the testimony of the person who narrowed a consent; nil for one that is not here.
  var people: [Int: Int?] = [:]

  /// Without anything told: everybody consents, nobody told a country or a language.
  init(count: Int) {
    countries = Array(repeating: nil, count: count)
    languages = countries
    consents = Array(repeating: true, count: count)
  }

  /// The country of each testimony once all corrections are taken into account.
  func finalCountries(_ events: [OpenEvent]) -> [String?] {
    var final = countries
    for (position, event) in events.enumerated() {
      if case .corrected(let index) = event, let country = corrections[position] { final[index] = country }
    }
    return final
  }
}

/// What a way of releasing gives.
struct Told: Equatable {
  let through: Int64
  let cells: [String: Int]
  let counted: [Int64]
  var steps: [[String: Int]] = []
  var points: [Int64] = []

  /// What everybody sees of it.
  struct Seen: Equatable {
    let through: Int64
    let cells: [String: Int]
  }
  var seen: Seen { Seen(through: through, cells: cells) }
}

/// A way of releasing, good or bad.
typealias Releaser = ([TestimonyHistory], Grouping, [ReleaseRule.Earlier], Day) -> Told?

/// The rule as the ledger uses it.
func lawful(_ rule: ReleaseRule) -> Releaser {
  { testimonies, grouping, earlier, day in
    rule.release(of: testimonies, by: grouping, after: earlier, on: day).map { release in
      Told(
        through: release.through, cells: release.cells, counted: release.counted,
        steps: release.steps.map(\.cells), points: release.steps.map(\.through))
    }
  }
}

/// The day on which everything happens: consents without an end hold on it.
let tallyDay = Day(number: 20_000)

/// A history in which positions are places in a list of events.
struct TallyHistory {
  let events: [OpenEvent]

  var testimonyCount: Int { events.count { if case .shared = $0 { true } else { false } } }

  /// The position of each testimony.
  var positions: [Int64] {
    events.indices.filter { if case .shared = events[$0] { true } else { false } }.map(Int64.init)
  }

  /// Plays the history, with what is sealed, and tells what was released at each attempt; or stops and gives nil as
  /// soon as something else is seen than `expected`.
  func play(
    _ secrets: Secrets, _ releaser: Releaser, expecting expected: [Told.Seen?]? = nil
  ) -> [(told: Told?, testimonies: [TestimonyHistory])]? {
    var testimonies: [TestimonyHistory] = []
    var releases: [Grouping: [ReleaseRule.Earlier]] = [:]
    var results: [(told: Told?, testimonies: [TestimonyHistory])] = []
    let counting = ConsentGiven(scopes: ["hold", "count"])
    let holding = ConsentGiven(scopes: ["hold"])
    for (place, event) in events.enumerated() {
      let position = Int64(place)
      func change(_ index: Int, _ body: (inout TestimonyHistory.State) -> Void) {
        var state = testimonies[index].now
        state.position = position
        body(&state)
        testimonies[index].become(state)
      }
      switch event {
      case .shared(let year):
        let index = testimonies.count
        testimonies.append(
          TestimonyHistory(
            TestimonyHistory.State(
              position: position, consent: secrets.consents[index] ? counting : holding,
              values: CountedValues(
                campaign: "campaign:c", country: secrets.countries[index],
                language: secrets.languages[index], year: "\(year)"))))
      case .consent(let index, let counts):
        change(index) { ($0.consent, $0.isConsentOpen) = (counts ? counting : holding, true) }
      case .personNarrowed:
        if let index = secrets.people[place] ?? nil {
          change(index) { ($0.consent, $0.isConsentOpen) = (holding, false) }
        }
      case .corrected(let index):
        if let country = secrets.corrections[place] { change(index) { $0.values.country = country } }
      case .erased(let index), .retracted(let index):
        change(index) { ($0.isHeld, $0.isOut) = (false, true) }
      case .attempt(let grouping):
        let told = releaser(testimonies, grouping, releases[grouping] ?? [], tallyDay)
        if let expected, expected[results.count] != told?.seen { return nil }
        results.append((told, testimonies))
        if let told {
          releases[grouping, default: []].append(
            ReleaseRule.Earlier(through: told.through, cells: told.cells, counted: Set(told.counted)))
        }
      }
    }
    return results
  }
}

extension TallyHistory {
  /// A random history.
  ///
  /// - Parameters:
  ///   - count: how many testimonies.
  ///   - happenings: how many times out of a hundred something befalls a testimony after one was shared.
  ///   - attempts: how many times out of a hundred a release is tried.
  ///   - groupings: by what.
  ///   - isSmall: whether only such things happen as an attacker can try out one by one.
  ///   - generator: chance.
  init(
    count: Int, happenings: Int, attempts: Int, groupings: [Grouping] = [.country], isSmall: Bool,
    using generator: inout SeededGenerator
  ) {
    var events: [OpenEvent] = []
    var shared = 0
    var corrections = 0
    while shared < count {
      events.append(.shared(year: 2_017 + generator.below(2)))
      shared += 1
      if generator.chance(happenings) {
        let index = generator.below(shared)
        switch generator.below(isSmall ? 5 : 7) {
        case 0: events.append(.erased(index))
        case 1: events.append(.consent(index, counts: false))
        case 2: events.append(.consent(index, counts: true))
        case 3 where !isSmall || corrections == 0:
          events.append(.corrected(index))
          corrections += 1
        case 4: events.append(.retracted(index))
        default: if !isSmall { events.append(.personNarrowed) }
        }
      }
      if generator.chance(attempts) { events.append(.attempt(generator.pick(groupings))) }
    }
    events += groupings.map { .attempt($0) }
    self.events = events
  }

  /// Random secrets, in which the first code is the most frequent.
  func secrets(_ codes: [String], using generator: inout SeededGenerator) -> Secrets {
    var secrets = Secrets(count: testimonyCount)
    func code(_ generator: inout SeededGenerator) -> String? {
      if generator.chance(8) { return nil }
      return generator.chance(65) ? codes[0] : generator.pick(codes)
    }
    for index in 0..<testimonyCount {
      secrets.countries[index] = code(&generator)
      secrets.languages[index] = code(&generator)
      secrets.consents[index] = generator.chance(92)
    }
    for (place, event) in events.enumerated() {
      if case .corrected = event { secrets.corrections[place] = .some(code(&generator)) }
      if case .personNarrowed = event {
        let before = positions.count { $0 < place }
        secrets.people[place] = .some(generator.below(before))
      }
    }
    return secrets
  }
}
