// How far a campaign reached: country by country with its local names, and what was counted. Nothing is added up.

internal import GRDB
internal import Milestones
internal import OrderedCollections

/// How far a campaign reached.
public struct Reach: Sendable {
  /// A name under which it is known somewhere.
  public struct LocalName: Sendable, Equatable {
    /// The name in its own script.
    public let name: String
    /// The name in Latin letters.
    public let transliteration: String?
    /// The language (BCP 47).
    public let language: String?
  }

  /// One arrival in a country, as an event tells it.
  public struct Arrival: Sendable {
    /// The country.
    public let country: String
    /// The campaign that arrived: the one asked about, or one that comes from it.
    public let campaign: String
    /// The names that the event gives it.
    public let names: [LocalName]
    /// The event.
    public let ground: Ground
  }

  /// One figure, as an event tells it.
  public struct Figure: Sendable {
    /// The campaign.
    public let campaign: String
    /// What was counted.
    public let metric: String
    /// The figure as the source gives it.
    public let value: String
    /// The unit, if it is not the metric itself.
    public let unit: String?
    /// `counted`, `estimated` or `claimed`.
    public let basis: String?
    /// Where it was counted.
    public let platform: String?
    /// In how many countries.
    public let countries: String?
    /// The day up to which it was counted.
    public let asOf: String?
    /// The event.
    public let ground: Ground
  }

  /// The campaign.
  public let campaign: String
  /// Its title.
  public let title: String?
  /// The campaigns that come from it, the nearest first, each with its title.
  public let derived: [(campaign: String, title: String?)]
  /// Arrivals by country: countries in the order of the first arrival, then by code.
  public let arrivals: [[Arrival]]
  /// Figures by metric, each in the order of what happened; never added.
  public let figures: [[Figure]]
}

extension ViewSnapshot {
  /// How far a campaign reached, with those that come from it.
  public func reach(_ campaign: String, onDay day: Int64) throws -> Reach {
    let derived = try derived(from: campaign, onDay: day)
    var arrivals: [Reach.Arrival] = []
    var figures: [Reach.Figure] = []
    for name in [campaign] + derived {
      arrivals += try self.arrivals(of: name, onDay: day)
      figures += try self.figures(of: name, onDay: day)
    }
    arrivals.sort { Self.happenedBefore($0.ground.entry, $1.ground.entry) }
    figures.sort { Self.happenedBefore($0.ground.entry, $1.ground.entry) }
    return Reach(
      campaign: campaign, title: try title(of: campaign),
      derived: try derived.map { ($0, try title(of: $0)) },
      arrivals: Self.gathered(arrivals, by: \.country), figures: Self.gathered(figures, by: \.metric))
  }

  /// How far the campaigns in a scope reached: those that are at home there or arrived there, in the order of their
  /// names. Of a country it is the arrivals in it, and the figures that events of the country tell.
  ///
  /// - Parameters:
  ///   - scope: what is asked about.
  ///   - standing: where things stand there on the day.
  ///   - day: the day of the answer.
  /// - Returns: the campaigns that reached anything.
  /// - Throws: ``ViewError`` and errors of the engine.
  public func reach(in scope: Scope, standing: [StatusRow], onDay day: Int64) throws -> [Reach] {
    let measured = types { if case .measure = $0 { true } else { false } }
    let kinds = Set(measured.flatMap(\.subjectKinds))
    let campaigns = Set(standing.map { ExactText($0.subject) }).map(\.text).filter {
      kinds.contains(EventFacts.kind(of: $0))
    }
    return try campaigns.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { campaign in
      let reach = try reach(campaign, onDay: day)
      if case .country = scope {} else { return reach }
      func isWithin(_ country: String?) -> Bool {
        scope.contains(subject: campaign, country: country, institution: nil)
      }
      return Reach(
        campaign: campaign, title: reach.title, derived: reach.derived,
        arrivals: reach.arrivals.filter { isWithin($0.first?.country) },
        figures: reach.figures.map { $0.filter { isWithin($0.ground.entry.country) } }.filter { !$0.isEmpty })
    }.filter { !($0.derived.isEmpty && $0.arrivals.isEmpty && $0.figures.isEmpty) }
  }

  static func happenedBefore(_ one: EntryRow, _ other: EntryRow) -> Bool {
    (one.orderDay, one.position) < (other.orderDay, other.position)
  }

  /// Whether any event tells of a subject, be it one that was retracted.
  public func knows(_ subject: String) throws -> Bool {
    try isTold(subject) || !subjects.retracted(of: subject).isEmpty
  }

  /// Whether an event that counts tells of a subject, or moves it.
  func isTold(_ subject: String) throws -> Bool { try !rows(ViewStatements.isTold, nil, subject).isEmpty }

  /// The title of a subject; nil if it has none.
  public func title(of subject: String) throws -> String? {
    if try restriction(of: subject)?.hidesNames == true { return nil }
    if let rows = try unsettled(subject) { return rows.lives.map(\.life).first { $0.party.isEmpty }?.title }
    return try rows(ViewStatements.profileOfSubject, nil, subject).first?[0]
  }

  private func arrivals(of campaign: String, onDay day: Int64) throws -> [Reach.Arrival] {
    var arrivals: [Reach.Arrival] = []
    for row in try rows(ViewStatements.partiesOfSubject, day, campaign) {
      let country: String = row[EntryRow.columnCount]
      guard !country.utf8.contains(UInt8(ascii: "/")) else { continue }
      for item in try read(shown([EntryRow(row)]), onDay: day) {
        arrivals.append(
          Reach.Arrival(
            country: country, campaign: campaign, names: names(in: item.event), ground: item.ground))
      }
    }
    return arrivals
  }

  /// The names that an event gives a campaign: what its move to the country tells beside the stage.
  private func names(in event: EventView) -> [Reach.LocalName] {
    let fields = vocabulary.types[event.type]?.effects.compactMap { effect -> String? in
      if case .move(let move) = effect, !move.partyFields.isEmpty { move.detailField } else { nil }
    }
    let names = (fields ?? []).flatMap(event.texts)
    return names.map { name in
      Reach.LocalName(
        name: name, transliteration: Self.text(event, "transliteration"),
        language: Self.text(event, "language"))
    }
  }

  private func figures(of campaign: String, onDay day: Int64) throws -> [Reach.Figure] {
    let types = types { if case .measure = $0 { true } else { false } }
    let entries = try entries(ofTypes: types.map(\.name), in: .subject(campaign), throughDay: day)
    var figures: [Reach.Figure] = []
    for item in try read(entries, onDay: day) {
      for case .measure(let value, let metric, let basis) in vocabulary.types[item.entry.type]?.effects ?? []
      {
        guard let figure = Self.text(item.event, value) else { continue }
        figures.append(
          Reach.Figure(
            campaign: campaign, metric: Self.text(item.event, metric) ?? metric, value: figure,
            unit: Self.text(item.event, "unit"), basis: Self.text(item.event, basis),
            platform: Self.text(item.event, "platform"), countries: Self.text(item.event, "countries"),
            asOf: Self.text(item.event, "as_of"), ground: item.ground))
      }
    }
    return figures
  }
}
