// An attacker with all the time in the world: every world that agrees with all that is public, one after the other.

import EDTF
import Milestones

/// What an attacker found out.
struct SmallCell: CustomStringConvertible {
  /// The testimonies, as bits.
  let testimonies: Int
  let cells: String
  /// The least and the most of them that can lie in the cells.
  let least: Int
  let most: Int

  var description: String {
    let list = (0..<64).filter { testimonies >> $0 & 1 == 1 }.map(String.init).joined(separator: ",")
    return "of the testimonies \(list), \(least) to \(most) lie in \(cells)"
  }
}

/// Tries all worlds.
struct TallyAttacker {
  let history: TallyHistory
  let floor: Int
  let releaser: Releaser

  /// The two cells that there are, besides none.
  static let codes = ["AA", "BB"]

  /// A set of testimonies of which it is known that some lie in a cell, and fewer than the floor; nil if there is none.
  ///
  /// - Parameter seen: what was released at each attempt, and what was not.
  /// - Returns: what was found, and how many worlds agree with what was seen.
  func attack(_ seen: [Told.Seen?]) -> (found: SmallCell?, worlds: Int) {
    var masks: Set<[Int]> = []
    forEachWorld { secrets in
      guard history.play(secrets, releaser, expecting: seen) != nil else { return }
      let countries = secrets.finalCountries(history.events)
      masks.insert(
        Self.codes.map { code in
          countries.indices.reduce(0) { $0 | (countries[$1] == code ? 1 << $1 : 0) }
        })
    }
    let worlds = Array(masks)
    guard !worlds.isEmpty else { return (nil, 0) }
    let choices: [(String, ([Int]) -> Int)] = [
      (Self.codes[0], { $0[0] }), (Self.codes[1], { $0[1] }), ("either", { $0[0] | $0[1] }),
    ]
    for (name, mask) in choices {
      let inCells = worlds.map(mask)
      for set in 1..<(1 << history.testimonyCount) {
        var least = Int.max
        var most = 0
        for cells in inCells {
          let count = (cells & set).nonzeroBitCount
          least = min(least, count)
          most = max(most, count)
          if least == 0 || most >= floor { break }
        }
        if least > 0 && most < floor {
          return (SmallCell(testimonies: set, cells: name, least: least, most: most), worlds.count)
        }
      }
    }
    return (nil, worlds.count)
  }

  /// All worlds: each testimony in one of the cells or in none, and whoever consented later may have done so before or
  /// not. That somebody did not consent and lies in a cell looks from outside like one who lies in none.
  private func forEachWorld(_ body: (Secrets) -> Void) {
    let none: [(String?, Bool)] = [(nil, true)] + Self.codes.map { ($0, true) }
    let options = (0..<history.testimonyCount).map { index in
      let isWidened = history.events.contains(.consent(index, counts: true))
      return none + (isWidened ? Self.codes.map { ($0, false) } : [])
    }
    let corrections = history.events.indices.filter { place in
      if case .corrected = history.events[place] { true } else { false }
    }
    var secrets = Secrets(count: history.testimonyCount)
    func choose(_ index: Int) {
      guard index < options.count else { return correct(0) }
      for (country, consents) in options[index] {
        (secrets.countries[index], secrets.consents[index]) = (country, consents)
        choose(index + 1)
      }
    }
    func correct(_ number: Int) {
      guard number < corrections.count else { return body(secrets) }
      for country in [nil] + Self.codes.map(Optional.some) {
        secrets.corrections[corrections[number]] = .some(country)
        correct(number + 1)
      }
      // The correction may be one of another field.
      secrets.corrections[corrections[number]] = nil
      correct(number + 1)
    }
    choose(0)
  }
}
