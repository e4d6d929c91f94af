// The timeline: what happened, year by year.

internal import CanonicalJSON
internal import EDTF
internal import Projections

extension SiteSource {
  /// The pages of a year, or of what has no day; none if nothing is told of it.
  func pages(ofYear year: Int64?) throws -> [SitePage] {
    let days = SitePaths.days(of: year)
    let entries = try snapshot.timeline(
      fromDay: days.lowerBound, throughDay: min(days.upperBound, day.number))
    if entries.isEmpty { return [] }
    let base = SitePaths.year(year)
    let paged = Paged(entries)
    let name = year.map { Self.yearName($0) } ?? "Without a date"
    return paged.pages.enumerated().map { index, rows in
      var model: Model = [
        "name": name, "isDated": year != nil, "count": Say.count(entries.count, "event", "events"),
        "entries": rows.map { Say.entry($0, in: vocabulary) },
      ]
      model["pages"] = paged.links(of: index + 1, base: base)
      return SitePage(
        base: SitePaths.page(base, index + 1), template: "year", title: "\(name) on the timeline",
        model: model,
        documents: [SitePage.document([("rows", .array(rows.map(\.json)))])])
    }
  }

  /// The list of years.
  func timelineList() throws -> SitePage {
    var counts: [(year: Int64?, count: Int64)] = []
    for (day, count) in try snapshot.eventCounts(throughDay: day.number) {
      let year = SitePaths.yearOfDay(day)
      if let last = counts.last, last.year == year {
        counts[counts.count - 1].count += count
      } else {
        counts.append((year, count))
      }
    }
    let most = max(1, counts.map(\.count).max() ?? 1)
    return SitePage(
      base: "timeline", template: "timeline", title: "Timeline",
      model: [
        "years": counts.reversed().map { year, count -> Model in
          [
            "name": year.map { Self.yearName($0) } ?? "Without a date",
            "href": SitePaths.year(year) + ".html",
            "count": Say.count(Int(clamping: count), "event", "events"),
            // Twenty steps of width, since a style of its own has no place on a page.
            "width": "\(max(1, Int((count * 20 + most - 1) / most)))",
          ]
        }
      ],
      documents: [
        SitePage.document([
          (
            "rows",
            .array(
              counts.map { ["year": $0.year.map { .integer($0) } ?? .null, "events": .integer($0.count)] })
          )
        ])
      ])
  }

  private static func yearName(_ year: Int64) -> String { year > 0 ? "\(year)" : "\(1 - year) BCE" }
}
