// The pages of events: sixty-four a page, each with its sources, what became of it, and its proof.

internal import CanonicalJSON
internal import Milestones
internal import OrderedCollections
internal import Projections

extension SiteSource {
  /// The page of the events from a position on.
  func page(ofEventsFrom first: Int64) throws -> SitePage? {
    let last = min(first + SitePaths.eventsInPage - 1, snapshot.knownAt)
    guard first >= 0, first <= last else { return nil }
    let events = try (first...last).map { try snapshot.shownEvent(at: $0) }
    var model: Model = [
      "first": "\(first)", "last": "\(last)", "events": events.map(model(of:)),
      "isAlone": first == 0 && last == snapshot.knownAt,
    ]
    if first > 0 { model["previous"] = SitePaths.events(at: first - 1) + ".html" }
    if last < snapshot.knownAt { model["next"] = SitePaths.events(at: last + 1) + ".html" }
    return SitePage(
      base: SitePaths.events(at: first), template: "events", title: "Events \(first) to \(last)",
      model: model,
      documents: [SitePage.document([("events", .array(events.map(document(of:))))])])
  }

  private func model(of shown: ShownEvent) -> Model {
    var model = Say.event(shown.position)
    guard let event = shown.recorded else {
      model["hidden"] = true
      return model
    }
    let type = vocabulary.types[event.type]
    model["id"] = event.id
    model["type"] = event.type
    model["means"] = type?.means
    model["date"] = Say.date(event.occurred, effective: event.effective)
    model["recorded"] = event.recorded?.description
    model["recorder"] = Cut.text(event.recorder, to: Cut.inLists)
    model["titles"] = Say.titles(event)
    model["confidence"] = event.data?["confidence"]?.string
    model["account"] = event.data?["account"]?.string.map { Cut.text($0, to: Cut.inLists) }
    let isCounted = vocabulary.kinds[Say.kind(of: event.subject)]?.isCounted == true
    let isOwn = type?.isByLedger != false
    model["subject"] =
      isOwn ? ["text": event.subject] as Model : Say.subject(event.subject, in: vocabulary)
    // Only what stands on timelines has pages of places to lead to.
    if let entry = shown.entry, entry.isOnTimelines, !isCounted || !event.isSealed {
      model["country"] = Say.country(event.country)
      model["institution"] = Say.institution(event.institution)
    } else {
      model["country"] = event.country.map { ["name": Say.countryName($0)] as Model }
      model["institution"] = event.institution.map { ["path": $0] as Model }
    }
    model["facts"] = Self.list(Say.facts(of: event))
    let sources = event.data?["sources"]?.elements.map(\.value) ?? []
    model["sources"] = Say.sources(sources)
    model["isUnsourced"] =
      sources.isEmpty && shown.evidence.isEmpty && type?.isAboutEvents == false && !isOwn && !event.isSealed
    if event.isSealed {
      model["sealed"] = Say.count(event.data?["_sd"]?.count ?? 0, "digest", "digests")
    }
    model["retracted"] = shown.retractedBy.map(Say.event)
    model["corrected"] = shown.correctedBy.isEmpty ? nil : shown.correctedBy.map(Say.event)
    model["evidence"] = shown.evidence.isEmpty ? nil : shown.evidence.map(Say.event)
    if let standing = shown.standing, !shown.correctedBy.isEmpty {
      model["changes"] = Self.list(Self.changes(from: event, to: standing))
    }
    return model
  }

  /// How a corrected event stands otherwise than it was recorded.
  private static func changes(from recorded: EventView, to standing: EventView) -> [Model] {
    func fields(_ event: EventView) -> [(String, String)] {
      [
        ("occurred", event.occurred), ("country", event.country ?? ""),
        ("institution", event.institution ?? ""),
      ] + (event.data?.members.map { ($0.key, $0.value.value.plainText) } ?? [])
    }
    let (old, new) = (fields(recorded), fields(standing))
    let names = old.map(\.0) + new.map(\.0).filter { name in !old.contains { $0.0 == name } }
    return names.compactMap { name in
      let (before, after) = (old.first { $0.0 == name }?.1 ?? "", new.first { $0.0 == name }?.1 ?? "")
      if before.utf8.elementsEqual(after.utf8) { return nil }
      return [
        "field": Say.words(name), "old": before.isEmpty ? "nothing" : Cut.text(before, to: Cut.inPages),
        "new": after.isEmpty ? "nothing" : Cut.text(after, to: Cut.inPages),
      ]
    }
  }

  /// The event as it may be shown, with how it stands.
  private func document(of shown: ShownEvent) -> JSONValue {
    [
      "position": .integer(shown.position), "event": shown.recorded?.root.value ?? .null,
      "correctedBy": .array(shown.correctedBy.map { .integer($0) }),
      "retractedBy": shown.retractedBy.map { .integer($0) } ?? .null,
      "evidence": .array(shown.evidence.map { .integer($0) }),
    ]
  }

  /// The list of all pages of events.
  func eventsList() throws -> SitePage {
    let pages = stride(from: Int64(0), through: snapshot.knownAt, by: Int(SitePaths.eventsInPage)).map {
      first -> Model in
      let last = min(first + SitePaths.eventsInPage - 1, snapshot.knownAt)
      return ["first": "\(first)", "last": "\(last)", "href": SitePaths.events(at: first) + ".html"]
    }
    return SitePage(
      base: "events", template: "eventslist", title: "All events, as recorded",
      model: ["pages": Array(pages.reversed()), "size": Say.grouped(Int(snapshot.knownAt + 1))])
  }
}
