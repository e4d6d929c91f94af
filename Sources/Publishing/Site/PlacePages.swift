// The pages of places: countries, institutions, and what is at home in no country.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import Ledger
internal import Milestones
internal import OrderedCollections
internal import Projections

extension Touched.Place {
  /// The place's page; nil if it has none.
  var base: String? {
    switch self {
    case .country(let code): SitePaths.country(code)
    case .institution(let path): SitePaths.institution(path)
    case .none: SitePaths.elsewhere
    }
  }

  /// The places that it lies in, and itself.
  var around: [Touched.Place] {
    switch self {
    case .country(let code):
      let parent = String(code.utf8.prefix { $0 != UInt8(ascii: "-") }) ?? code
      return parent == code ? [self] : [self, .country(parent)]
    case .institution(let path):
      let steps = path.utf8.split(separator: UInt8(ascii: "/"))
      return (1...max(1, steps.count)).map { count in
        .institution(steps.prefix(count).map { String($0) ?? "" }.joined(separator: "/"))
      }
    case .none: return [self]
    }
  }
}

extension SiteSource {
  /// How many of the events of a place its page shows.
  private static let eventsInPlace = 50

  /// The pages of a place; none if nothing stands or happened there.
  func pages(of place: Touched.Place) throws -> [SitePage] {
    guard let base = place.base else { return [] }
    let (rows, entries, disputes, anomalies): ([StatusRow], [EntryRow], [Dispute], [Anomaly])
    if let scope = place.scope {
      rows = try snapshot.status(scope, onDay: day.number)
      entries = try snapshot.timeline(scope, throughDay: day.number)
      disputes = try snapshot.disputes(scope, onDay: day.number)
      // Whether a link leads to nothing hangs on what is told elsewhere; the subject's own page has it.
      anomalies = try snapshot.anomalies(scope, onDay: day.number).filter { $0.finding.kind != .link }
    } else {
      rows = world.filter { $0.country == nil && $0.party == nil }
      (entries, disputes, anomalies) = ([], [], [])
    }
    // What is told to happen later has its place already: events lead there.
    if rows.isEmpty && entries.isEmpty,
      try place.scope.map({ try snapshot.timeline($0, throughDay: .max).isEmpty }) ?? true
    {
      return []
    }
    let paged = Paged(rows)
    return paged.pages.enumerated().map { index, rows in
      let number = index + 1
      var model: Model = ["heading": heading(of: place), "isFirst": number == 1]
      model["pages"] = paged.links(of: number, base: base)
      model["groups"] = Self.list(groups(rows, of: place))
      if number == 1 {
        model["entries"] = Self.list(
          entries.suffix(Self.eventsInPlace).reversed().map { Say.entry($0, in: vocabulary) })
        model["eventCount"] = Say.count(entries.count, "event", "events")
        model["shownCount"] =
          entries.count > Self.eventsInPlace ? "the latest \(Self.eventsInPlace)" as Any? : nil
        model["disputes"] = Self.list(disputes.map { Say.dispute($0, in: vocabulary) })
        model["anomalies"] = Self.list(anomalies.map { Say.anomaly($0, in: vocabulary) })
      }
      var page = SitePage(
        base: SitePaths.page(base, number), template: "place", title: place.name, model: model)
      // The whole table beside the first page.
      if number == 1 { page.documents = [SitePage.document([("rows", .array(Self.json(of: paged)))])] }
      return page
    }
  }

  private static func json(of paged: Paged<StatusRow>) -> [JSONValue] {
    paged.pages.flatMap { $0.map(\.json) }
  }

  private func heading(of place: Touched.Place) -> Model {
    var model: Model = ["name": place.name]
    switch place {
    case .country(let code):
      model["kind"] = "Country"
      model["code"] = code
      if case .country(let parent)? = place.around.last, parent != code {
        model["parents"] = [Say.country(parent) ?? [:]]
        model["kind"] = "Part of a country"
      }
    case .institution:
      model["kind"] = "Institution"
      let parents = place.around.dropLast().compactMap { parent -> Model? in
        guard case .institution(let path) = parent else { return nil }
        return ["name": path, "href": (SitePaths.institution(path) ?? "") + ".html"]
      }
      if !parents.isEmpty { model["parents"] = parents }
    case .none: model["kind"] = "Without a country of its own"
    }
    return model
  }

  /// Rows by the kind of their subject, in the order of the vocabulary.
  private func groups(_ rows: ArraySlice<StatusRow>, of place: Touched.Place) -> [Model] {
    vocabulary.kinds.values.compactMap { kind in
      let rows = rows.filter { Say.kind(of: $0.subject).utf8.elementsEqual(kind.name.utf8) }
      if rows.isEmpty { return nil }
      return ["kind": kind.name, "means": kind.means, "rows": rows.map { model(of: $0, in: place) }]
    }
  }

  /// A row without the place that all rows of the page have in common.
  private func model(of row: StatusRow, in place: Touched.Place) -> Model {
    var model = Say.status(row, in: vocabulary)
    switch place {
    case .country(let code) where row.country == code:
      model["country"] = nil
      model["party"] = nil
    case .institution(let path) where row.institution == path: model["institution"] = nil
    default: break
    }
    return model
  }

  /// The list of countries, and that of institutions.
  func placeLists() throws -> [SitePage] {
    let countries = countries()
    var institutions: [String: Int] = [:]
    for row in world {
      guard let path = row.institution, SitePaths.institution(path) != nil else { continue }
      for case .institution(let around) in Touched.Place.institution(path).around {
        institutions[around, default: 0] += 1
      }
    }
    let paths = institutions.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let named = countries.map { country in
      var model = Say.country(country.code) ?? [:]
      model["subjects"] = Say.count(country.subjects.count, "subject", "subjects")
      model["reach"] = "\(country.reach)"
      model["stage"] = country.stage.isEmpty ? nil : Say.words(country.stage)
      model["subject"] = country.subject.isEmpty ? nil : Say.subject(country.subject, in: vocabulary)
      return (name: Say.countryName(country.code), model: model)
    }.sorted { one, other in one.name.utf8.lexicographicallyPrecedes(other.name.utf8) }
    return [
      SitePage(
        base: "countries", template: "countries", title: "Countries",
        model: ["countries": named.map(\.model), "elsewhere": "\(SitePaths.elsewhere).html"],
        documents: [
          SitePage.document([
            (
              "rows",
              .array(
                countries.map {
                  [
                    "country": .string($0.code), "subjects": .integer(Int64($0.subjects.count)),
                    "reach": .integer(Int64($0.reach)), "stage": .text($0.stage.isEmpty ? nil : $0.stage),
                  ]
                })
            )
          ])
        ]),
      SitePage(
        base: "institutions", template: "institutions", title: "Institutions",
        model: [
          "institutions": paths.map { path -> Model in
            [
              "path": path, "href": (SitePaths.institution(path) ?? "") + ".html",
              "depth": "\(min(6, path.utf8.count { $0 == UInt8(ascii: "/") }))",
              "subjects": Say.count(institutions[path] ?? 0, "row", "rows"),
            ]
          }
        ],
        documents: [
          SitePage.document([
            (
              "rows",
              .array(
                paths.map {
                  ["institution": .string($0), "rows": .integer(Int64(institutions[$0] ?? 0))]
                })
            )
          ])
        ]),
    ]
  }
}

extension Touched.Place {
  var scope: Scope? {
    switch self {
    case .country(let code): .country(code)
    case .institution(let path): .institution(path)
    case .none: nil
    }
  }

  var name: String {
    switch self {
    case .country(let code): Say.countryName(code)
    case .institution(let path): path
    case .none: "Across borders"
    }
  }
}

extension Say {
  /// Rival accounts side by side: a row for each field in which they differ, a column for each account.
  static func dispute(_ dispute: Dispute, in vocabulary: Vocabulary) -> Model {
    var model: Model = [
      "claim": Cut.text(dispute.claim, to: Cut.inLists), "isSettled": dispute.state != .disputed,
    ]
    if case .settled(_, let by) = dispute.state { model["settledBy"] = event(by) }
    if let first = dispute.accounts.first?.ground.entry {
      model["subject"] = subject(first.subject, in: vocabulary)
    }
    model["accounts"] = dispute.accounts.map { account in
      var model = ground(account.ground, in: vocabulary)
      model["stage"] = account.stage.map(words)
      model["values"] = account.values.map { field, value -> Model in
        [
          "field": words(field),
          "value": value == .null ? "not told" : Cut.text(value.plainText, to: Cut.inPages),
        ]
      }
      return model
    }
    return model
  }

  /// Something that does not add up.
  static func anomaly(_ anomaly: Anomaly, in vocabulary: Vocabulary) -> Model {
    var model = entry(anomaly.ground.entry, in: vocabulary)
    model["subject"] = subject(anomaly.subject, in: vocabulary)
    model["party"] = party(anomaly.party)
    model["kind"] = anomaly.finding.kind.rawValue
    model["detail"] = Cut.text(anomaly.finding.detail, to: Cut.inPages)
    return model
  }
}
