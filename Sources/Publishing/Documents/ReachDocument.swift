// Reach as a document has it: countries with their first arrivals, figures by metric.

package import CanonicalJSON
package import Projections

extension Projections.Reach {
  /// The columns of the CSV of countries.
  package static let countryColumns = [
    "country", "since", "certainty", "campaign", "position", "localNames",
  ]

  /// The countries as documents have them.
  package var countries: [JSONValue] { arrivals.map(Self.json(country:)) }

  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [
      ("campaign", .string(campaign)), ("title", .text(title)),
      (
        "derived",
        .array(
          derived.map { campaign, title in
            ["campaign": .string(campaign), "title": .text(title)]
          })
      ),
      ("countries", .array(countries)),
      (
        "measurements",
        .array(
          figures.map { figures in
            ["metric": .string(figures[0].metric), "figures": .array(figures.map(\.json))]
          })
      ),
    ]
  }

  /// The arrival that counts of those in one country; what is set aside begins nothing.
  package static func first(of arrivals: [Arrival]) -> Arrival {
    arrivals.first { $0.ground.certainty != .setAside } ?? arrivals[0]
  }

  /// The local names in words, each once.
  package static func names(in arrivals: [Arrival]) -> String {
    Grouped(names(arrivals).map(\.words), by: \.self).map { $0[0] }.joined(separator: ", ")
  }

  /// A country with its first arrival.
  private static func json(country arrivals: [Arrival]) -> JSONValue {
    let first = first(of: arrivals)
    return [
      "country": .string(first.country), "since": .string(first.ground.entry.occurred),
      "certainty": .string(first.ground.certainty.rawValue), "campaign": .string(first.campaign),
      "position": .integer(first.ground.entry.position), "localNames": .string(names(in: arrivals)),
      "names": .array(names(arrivals).map(\.json)),
      "arrivals": .array(arrivals.map(\.json)),
    ]
  }

  private static func names(_ arrivals: [Arrival]) -> [LocalName] {
    arrivals.flatMap(\.names).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}
