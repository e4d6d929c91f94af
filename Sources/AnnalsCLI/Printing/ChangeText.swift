// Changes for people: in lines, and in Markdown to hand round.

import EDTF
import Ledger
import Projections
import Publishing

extension ChangeReport {
  /// What the sides are, in a sentence.
  private var sides: String {
    let (from, to) = (answer.content.from, answer.context)
    return isOfDays
      ? "from \(from.on) to \(to.on), by what was known at [\(to.knownAt)]"
      : "from what was known at [\(from.knownAt)] (\(from.size) events) to what was known at [\(to.knownAt)] "
        + "(\(to.size) events), for the day \(to.on)"
  }

  /// How many there are of each kind, in words; nil if nothing changed.
  private static func counts(_ shown: [Change]) -> String? {
    let words = Change.Kind.allCases.compactMap { kind -> String? in
      let count = shown.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.words)"
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// What people are told: of what only counts, nothing, and of an event about events what it changed.
  private var shown: [Change] {
    let causes = Set(changes.compactMap { $0.cause?.position })
    return changes.filter { change in
      if change.kind == .added, let position = change.ground?.entry.position {
        return !causes.contains(position)
      }
      return change.isForPeople
    }
  }

  /// The lines for people.
  var lines: [String] {
    let shown = self.shown
    guard let counts = Self.counts(shown) else { return ["nothing changed \(sides)"] }
    return [ViewPrinter.line(sides), counts]
      + ChangedPlace.all(shown).flatMap { place in
        [
          ViewPrinter.heading(
            [place.countryWords, place.institution].compactMap { $0 }.joined(separator: ", "))
        ]
          + place.changes.map { ViewPrinter.line("\($0.kind.words): \($0.words)", indent: 2) }
      }
  }

  /// The same in Markdown: a heading for each country, one below it for each institution.
  var markdown: [String] {
    let shown = self.shown
    var lines = [
      "# What changed", "", Markdown.text("\(answer.context.origin): \(sides)."), "",
      Markdown.text(Self.counts(shown) ?? "nothing changed"),
    ]
    var country: String??
    for place in ChangedPlace.all(shown) {
      if country != .some(place.country) {
        lines += ["", "## \(Markdown.text(place.countryWords))"]
        country = .some(place.country)
      }
      if let institution = place.institution { lines += ["", "### \(Markdown.text(institution))"] }
      lines.append("")
      for change in place.changes {
        lines.append("- **\(change.kind.words)**: \(Markdown.text(change.words))")
        lines += (change.ground?.sourceLines ?? []).map { "  - \(Markdown.text($0))" }
      }
    }
    return lines
  }
}
