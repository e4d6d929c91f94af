// Which pages read otherwise than when the site was published last, and what each depends on.

internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections

/// The pages to be made.
///
/// A page tells up to the last event that changed what it says: from there until the checkpoint it would read the same. So
/// the size, the root and the day that it carries are a function of the log alone, and a page that nothing has touched is,
/// to the byte, what it would be if it were made anew.
struct SitePlan {
  /// What a page depends on.
  struct Reading {
    /// The position of the last event that changed what it says.
    var knownAt: Int64
    /// The last day that did, if one after the day on which that event was recorded.
    var changed: Int64?
  }

  /// Subjects, in the order of their names.
  let subjects: [(String, Reading)]
  /// Countries, institutions, and what has no country.
  let places: [(Touched.Place, Reading)]
  /// Years; nil is what has no day.
  let years: [(Int64?, Reading)]
  /// Pages of events, by the first position of each.
  let eventPages: [(Int64, Reading)]

  var count: Int { subjects.count + places.count + years.count + eventPages.count }

  /// Finds them.
  ///
  /// - Parameters:
  ///   - source: what pages are made from.
  ///   - former: what was published last; nil to make all pages.
  /// - Throws: errors of the views.
  init(source: SiteSource, former: SiteState?) throws {
    let snapshot = source.snapshot
    let (knownAt, day) = (former.map { $0.size - 1 } ?? -1, former?.day.number ?? .min)
    let releases = Dictionary(source.releases.map { ($0.campaign, $0.position) }, uniquingKeysWith: max)
    var byEvents = try snapshot.touched(since: knownAt, releases: releases)
    let byDays = try snapshot.touched(afterDay: day, throughDay: source.day.number)
    // What the day alone has changed still depends on the last event that did, however old.
    let isKnown = Self.contains(byEvents, byDays)
    if !isKnown {
      let all = try snapshot.touched(since: -1, releases: releases)
      byEvents.subjects.merge(all.subjects.filter { byDays.subjects[$0.key] != nil }) { max($0, $1) }
      byEvents.places.merge(
        Self.around(all.places).filter { place in
          Self.around(byDays.places)[place.key] != nil
        }
      ) { max($0, $1) }
      let years = Set(byDays.days.keys.map(SitePaths.yearOfDay))
      byEvents.days.merge(all.days.filter { years.contains(SitePaths.yearOfDay($0.key)) }) { max($0, $1) }
    }
    subjects = Self.readings(byEvents.subjects, byDays.subjects).sorted {
      $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
    }
    places = Self.readings(Self.around(byEvents.places), Self.around(byDays.places)).sorted {
      ($0.0.base ?? "").utf8.lexicographicallyPrecedes(($1.0.base ?? "").utf8)
    }
    years = Self.readings(
      Self.raised(byEvents.days, SitePaths.yearOfDay), Self.raised(byDays.days, SitePaths.yearOfDay)
    ).sorted { ($0.0 ?? .min) < ($1.0 ?? .min) }
    // Each event is on its page; the first of a page gives the page before it a way on.
    var pages = Self.raised(byEvents.events) { $0 / SitePaths.eventsInPage * SitePaths.eventsInPage }
    var first = max(0, knownAt + 1) / SitePaths.eventsInPage * SitePaths.eventsInPage
    while first <= snapshot.knownAt {
      let last = min(first + SitePaths.eventsInPage - 1, snapshot.knownAt)
      if last > knownAt { pages[first] = max(pages[first] ?? -1, last) }
      let former = first - SitePaths.eventsInPage
      if former >= 0, first > knownAt { pages[former] = max(pages[former] ?? -1, first) }
      first += SitePaths.eventsInPage
    }
    eventPages = Self.readings(pages, [:]).sorted { $0.0 < $1.0 }
  }

  /// Whether all that the days have changed was changed by events, too.
  private static func contains(_ events: Touched, _ days: Touched) -> Bool {
    let years = Set(events.days.keys.map(SitePaths.yearOfDay))
    let places = around(events.places)
    return days.subjects.keys.allSatisfy { events.subjects[$0] != nil }
      && around(days.places).keys.allSatisfy { places[$0] != nil }
      && days.days.keys.allSatisfy { years.contains(SitePaths.yearOfDay($0)) }
  }

  private static func readings<Key: Hashable>(_ events: [Key: Int64], _ days: [Key: Int64]) -> [(
    Key, Reading
  )] {
    // What no event tells of has no page, whatever the day.
    events.map { ($0.key, Reading(knownAt: $0.value, changed: days[$0.key])) }
  }

  private static func raised<Key: Hashable, Other: Hashable>(
    _ values: [Key: Int64], _ key: (Key) -> Other
  ) -> [Other: Int64] {
    values.reduce(into: [:]) { raised, item in
      let name = key(item.key)
      raised[name] = max(raised[name] ?? .min, item.value)
    }
  }

  /// Places with those that they lie in.
  private static func around(_ places: [Touched.Place: Int64]) -> [Touched.Place: Int64] {
    places.reduce(into: [:]) { raised, item in
      for place in item.key.around { raised[place] = max(raised[place] ?? .min, item.value) }
    }
  }
}
