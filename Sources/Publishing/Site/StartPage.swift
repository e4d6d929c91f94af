// The start page: what changed where, in one glance.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections

extension SiteSource {
  /// How far a country has come, over all that is told of it.
  struct CountryReach {
    let code: String
    var reach = 0
    var stage = ""
    var subject = ""
    var subjects: Set<String> = []
  }

  /// The countries in which something stands, by code; subdivisions and former states by their own.
  func countries() -> [CountryReach] {
    var found: [String: CountryReach] = [:]
    for row in world {
      guard let code = row.country, SitePaths.country(code) != nil else { continue }
      let reach = Say.reach(of: row, in: vocabulary)
      var country = found[code] ?? CountryReach(code: code)
      country.subjects.insert(row.subject)
      if let stage = row.stage, country.stage.isEmpty || reach > country.reach {
        (country.reach, country.stage, country.subject) = (reach, stage, row.subject)
      }
      found[code] = country
    }
    return found.values.sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
  }

  /// The start page.
  func startPage(_ recent: [Recent], openDisputes: Int, unsourced: Int) throws -> SitePage {
    let counts = try snapshot.eventCounts(throughDay: day.number)
    let events = counts.reduce(0) { $0 + Int(clamping: $1.count) }
    let subjects = world.count { $0.party == nil }
    let countries = countries()
    let map = WorldMap(
      marks: countries.map { country in
        WorldMap.Mark(
          country: country.code, stage: Say.words(country.stage.isEmpty ? "none" : country.stage),
          reach: country.reach, label: Say.countryName(country.code),
          href: SitePaths.country(country.code).map { "\($0).html" })
      }, on: day
    ).picture(title: "Where things stand: the farthest stage reached in each country")
    let turns = turns()
    let campaigns = campaigns()
    var model: Model = [
      "lead": [
        "events": Say.count(events, "event", "events"),
        "subjects": Say.count(subjects, "subject", "subjects"),
        "countries": Say.count(countries.count, "country", "countries"), "day": Say.day(day),
      ] as Model,
      "tiles": [
        Self.tile(events, "events on the timeline", "timeline.html"),
        Self.tile(countries.count, "countries with something to tell", "countries.html"),
        Self.tile(campaigns.count, "campaigns", "campaigns.html"),
        Self.tile(openDisputes, "facts in dispute", "disputes.html"),
        Self.tile(unsourced, "events without a source", "evidence.html"),
      ], "map": Say.picture(map),
    ]
    model["turns"] = Self.list(
      turns.prefix(Self.turnsOnStart).map { row, more in
        var model = Say.status(row, in: vocabulary)
        if more > 0 { model["more"] = Say.count(more, "other party", "other parties") }
        return model
      })
    let told = recent.filter { !$0.changes.isEmpty }.prefix(8)
    model["recent"] = Self.list(
      (told.isEmpty ? recent.prefix(8) : told).map { item in
        var model = Say.entry(item.entry, in: vocabulary)
        model["recorded"] = item.recorded.description
        model["changes"] = Say.changes(item, in: vocabulary)
        return model
      })
    model["campaigns"] = Self.list(campaigns.prefix(6).map { campaignModel($0) })
    let document: [(String, JSONValue)] = [
      (
        "counts",
        [
          "events": .integer(Int64(events)), "subjects": .integer(Int64(subjects)),
          "countries": .integer(Int64(countries.count)), "campaigns": .integer(Int64(campaigns.count)),
          "openDisputes": .integer(Int64(openDisputes)), "unsourced": .integer(Int64(unsourced)),
        ]
      ),
      (
        "countries",
        .array(
          countries.map {
            [
              "country": .string($0.code), "subjects": .integer(Int64($0.subjects.count)),
              "reach": .integer(Int64($0.reach)), "stage": .text($0.stage.isEmpty ? nil : $0.stage),
              "subject": .text($0.subject.isEmpty ? nil : $0.subject),
            ]
          })
      ),
      ("turns", .array(turns.prefix(Self.turnsOnStart).map(\.row.json))),
      (
        "recent",
        .array(
          recent.map { item in
            .object(
              JSONObject(
                item.entry.members + [
                  ("recorded", .string(item.recorded.description)),
                  ("changes", .array(item.changes.map(\.json))),
                ]))
          })
      ),
    ]
    return SitePage(
      base: SitePaths.start, template: "start", title: "What changed where", model: model,
      documents: [SitePage.document(document)])
  }

  private static func tile(_ number: Int, _ words: String, _ href: String) -> Model {
    ["number": Say.grouped(number), "words": words, "href": href]
  }

  static func list(_ models: some Sequence<Model>) -> [Model]? {
    let models = Array(models)
    return models.isEmpty ? nil : models
  }

  /// Where something came to stand, the latest first: by the first day that the date leaves open.
  ///
  /// Of each subject one row is told: itself, or the party that moved last, with how many others have come as far.
  private func turns() -> [(row: StatusRow, more: Int)] {
    // That a campaign is active in a country tells of its spread, not of a turn.
    let moved = world.compactMap { row -> (row: StatusRow, day: Int64)? in
      guard row.stage != nil, row.certainty != "disputed", let since = row.since,
        let date = try? EDTF(since), case .day(let first) = date.earliest, !date.isUnknown,
        row.party == nil || Say.reach(of: row, in: vocabulary) > 0
      else { return nil }
      return (row, first.number)
    }
    let rows = moved.sorted { one, other in
      if one.day != other.day { return one.day > other.day }
      if one.row.subject != other.row.subject {
        return one.row.subject.utf8.lexicographicallyPrecedes(other.row.subject.utf8)
      }
      return (one.row.party ?? "").utf8.lexicographicallyPrecedes((other.row.party ?? "").utf8)
    }.map(\.row)
    var places: [String: Int] = [:]
    var turns: [(row: StatusRow, more: Int)] = []
    for row in rows {
      guard let place = places[row.subject] else {
        places[row.subject] = turns.count
        turns.append((row, 0))
        continue
      }
      if row.party != nil, row.stage == turns[place].row.stage { turns[place].more += 1 }
    }
    return turns
  }

  private static let turnsOnStart = 10
}

/// A campaign, with how many countries it is told of in.
struct CampaignRow {
  let row: StatusRow
  let countries: Int
}

extension SiteSource {
  /// The kind of subject that spreads from country to country: the one whose parties have a lifecycle of a single stage.
  static let campaignKind = "campaign"

  /// The campaigns, those that reached most countries first.
  func campaigns() -> [CampaignRow] {
    var parties: [String: Int] = [:]
    var rows: [StatusRow] = []
    for row in world where Say.kind(of: row.subject) == Self.campaignKind {
      if row.party == nil { rows.append(row) } else { parties[row.subject, default: 0] += 1 }
    }
    return rows.map { CampaignRow(row: $0, countries: parties[$0.subject] ?? 0) }.sorted { one, other in
      one.countries != other.countries
        ? one.countries > other.countries
        : one.row.subject.utf8.lexicographicallyPrecedes(other.row.subject.utf8)
    }
  }

  func campaignModel(_ campaign: CampaignRow) -> Model {
    var model = Say.status(campaign.row, in: vocabulary)
    model["spread"] = campaign.countries > 0 ? Say.count(campaign.countries, "country", "countries") : nil
    return model
  }
}
