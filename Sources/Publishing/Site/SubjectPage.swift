// The page of a subject: where it stands and how it came there, with every event, source and rival account.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import Milestones
internal import OrderedCollections
internal import Projections

extension SiteSource {
  /// The page of a subject; nil if no event tells of it.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - toldFor: the day that the page says it is told for: from there until the day of the answers nothing differs.
  /// - Returns: the page.
  /// - Throws: errors of the views.
  func page(ofSubject subject: String, toldFor: Day) throws -> SitePage? {
    guard vocabulary.kinds[Say.kind(of: subject)]?.isCounted != true, let base = SitePaths.subject(subject),
      let history = try snapshot.history(of: subject, onDay: day.number)
    else { return nil }
    let kind = Say.kind(of: subject)
    var model: Model = [
      "subject": Say.subject(subject, in: vocabulary), "kind": kind,
      "kindMeans": vocabulary.kinds[kind]?.means ?? "",
    ]
    model["heading"] = heading(history)
    model["standing"] = history.standing.first { $0.party == nil }.map { Say.status($0, in: vocabulary) }
    model["home"] = home(history)
    // A campaign's countries are told with its reach, on a map.
    let isCampaign = kind.utf8.elementsEqual(Self.campaignKind.utf8)
    if !isCampaign {
      model["parties"] = Self.list(
        history.standing.filter { $0.party != nil }.map { Say.status($0, in: vocabulary) })
      model["lanes"] = lanes(history, title: Cut.text(history.title ?? subject, to: 80), through: toldFor)
    }
    model["events"] = Self.list(history.items.map(event))
    model["eventCount"] = Say.count(history.items.count, "event", "events")
    model["disputes"] = Self.list(history.disputes.map { Say.dispute($0, in: vocabulary) })
    model["links"] = Self.list(history.links.map(link))
    model["anomalies"] = Self.list(history.anomalies.map { Say.anomaly($0, in: vocabulary) })
    model["assessments"] = Self.list(history.assessments.map(assessment))
    model["votes"] = Self.list(history.votes.map(vote))
    model["decisions"] = Self.list(history.decisions.map(decision))
    model["dissociations"] = Self.list(
      history.dissociations.map { item in
        var model = Say.ground(item.ground, in: vocabulary)
        model["speaker"] = Cut.text(item.speaker, to: Cut.inPages)
        model["quotation"] = item.quotation.map { Cut.text($0, to: Cut.inPages) }
        return model
      })
    model["hasDecisions"] =
      !(history.decisions.isEmpty && history.votes.isEmpty && history.dissociations.isEmpty)
    var documents = [SitePage.document(history.members)]
    let credit = CreditReport(
      subject: subject, title: history.title, claims: try snapshot.credit(subject, onDay: day.number))
    if !credit.claims.isEmpty {
      model["credit"] = creditModel(credit)
      documents.append(("~credit", credit.members))
    }
    if isCampaign {
      let reach = try snapshot.reach(subject, onDay: day.number)
      model["reach"] = reachModel(reach, on: toldFor)
      documents.append(("~reach", reach.members))
      model["tallies"] = Self.list(releases.filter { $0.campaign == subject }.map(tallyModel))
    }
    return SitePage(
      base: base, template: "subject", title: Cut.text(history.title ?? subject, to: 80), model: model,
      documents: documents)
  }

  // MARK: Head

  private func heading(_ history: SubjectHistory) -> Model {
    guard let title = history.title else { return ["plain": history.subject] }
    // The event that gave the title has its other languages, too.
    let named = history.items.first { $0.event.title.map { $0.utf8.elementsEqual(title.utf8) } ?? false }
    return named.flatMap { Say.titles($0.event) } ?? ["original": Cut.text(title, to: Cut.inPages)]
  }

  private func home(_ history: SubjectHistory) -> Model? {
    guard let row = history.standing.first(where: { $0.party == nil }) else { return nil }
    var model: Model = [:]
    model["country"] = Say.country(row.country)
    model["institution"] = Say.institution(row.institution)
    return model.isEmpty ? nil : model
  }

  // MARK: Events

  private func event(_ item: SubjectHistory.Item) -> Model {
    var model = Say.entry(item.entry, in: vocabulary)
    model["titles"] = Say.titles(item.event)
    model["means"] = vocabulary.types[item.entry.type]?.means
    model["outcomes"] = Self.list(
      item.outcomes.map { party, outcome in
        let words: String = outcome.line(isCertain: item.isCertain)
        var model: Model = ["words": words]
        model["party"] = party.isEmpty ? nil : Say.party(party)
        if case .anomaly = outcome { model["isProblem"] = true }
        if case .disputed = outcome { model["isProblem"] = true }
        return model
      })
    let data = item.event.data
    model["sources"] = Say.sources(data?["sources"]?.elements.map(\.value) ?? [])
    model["confidence"] = data?["confidence"]?.string
    model["account"] = data?["account"]?.string.map { Cut.text($0, to: Cut.inLists) }
    model["note"] = data?["note"]?.string.map { Cut.text($0, to: Cut.inPages) }
    model["quotation"] = data?["quotation"]?.string.map { Cut.text($0, to: Cut.inPages) }
    model["facts"] = Self.list(Say.facts(of: item.event, besides: ["note", "quotation", "claim"]))
    return model
  }

  private func link(_ link: LinkItem) -> Model {
    var model: Model = [
      "kind": Say.words(link.kind.split(separator: "_").joined(separator: "-")),
      "far": link.isFarKnown ? Say.subject(link.far, in: vocabulary) : ["text": link.far] as Model,
      "isOutward": link.subject.utf8.elementsEqual(link.far.utf8) == false, "isKnown": link.isFarKnown,
      "events": link.positions.prefix(8).map(Say.event),
    ]
    model["title"] = link.farTitle.map { Cut.text($0, to: Cut.inLists) }
    return model
  }

  private func assessment(_ assessment: Assessment) -> Model {
    var model = Say.ground(assessment.ground, in: vocabulary)
    model["kind"] = assessment.kind
    model["assessor"] = assessment.assessor.map { Cut.text($0, to: Cut.inLists) }
    model["criteria"] = assessment.criteria.map { Cut.text($0, to: Cut.inPages) }
    model["asOf"] = assessment.asOf.map { Say.date($0) }
    model["quotation"] = assessment.quotation.map { Cut.text($0, to: Cut.inPages) }
    return model
  }

  private func vote(_ vote: VoteItem) -> Model {
    var model = Say.ground(vote.ground, in: vocabulary)
    model["on"] = vote.facts.on.map { Cut.text($0, to: Cut.inLists) }
    model["method"] = vote.facts.method.map(Say.words)
    model["result"] = vote.result.map { Cut.text($0, to: Cut.inLists) }
    model["totals"] = Self.list(
      Effect.Ballot.allCases.compactMap { ballot in
        vote.facts.totals[ballot].map {
          ["ballot": ballot.rawValue, "count": Say.grouped(Int(clamping: $0))]
        }
      })
    model["findings"] = Self.list(vote.findings.map { ["detail": Cut.text($0.detail, to: Cut.inPages)] })
    return model
  }

  private func decision(_ decision: Decision) -> Model {
    var model = Say.ground(decision.ground, in: vocabulary)
    model["level"] = decision.level
    model["mode"] = decision.mode.map { Say.words($0.rawValue) }
    model["told"] = decision.told.map(Say.words)
    return model
  }

  // MARK: The picture of its life

  /// A lane for the subject and one for each party: at most so many, the page has a table of all.
  private static let lanesMax = 60

  private func lanes(_ history: SubjectHistory, title: String, through day: Day) -> Model? {
    let lives = Grouped(history.spells) { $0.party ?? "" }.groups
    var lanes: [LaneChart.Lane] = []
    for spells in lives {
      let party = spells[0].party
      let steps = spells.flatMap(\.steps).compactMap {
        step(of: $0, party: party, subject: history.subject, through: day)
      }
      if steps.isEmpty { continue }
      let whole = lives.count > 1 ? "As a whole" : title
      let name = party.map { $0.utf8.contains(UInt8(ascii: "/")) ? $0 : Say.countryName($0) } ?? whole
      lanes.append(LaneChart.Lane(label: Cut.text(name, to: 60), steps: steps))
      if lanes.count == Self.lanesMax { break }
    }
    if lanes.isEmpty { return nil }
    let words = lives.count == 1 ? "The life of \(title)" : "The life of \(title) and of its parties"
    return Say.picture(LaneChart(lanes: lanes, through: day).picture(idPrefix: "lanes", title: words))
  }

  private func step(of step: Spell.Step, party: String?, subject: String, through day: Day) -> LaneChart.Step?
  {
    guard let days = step.since.flatMap(Self.days) else { return nil }
    let lifecycle =
      party == nil
      ? vocabulary.lifecycle(of: Say.kind(of: subject), procedure: nil)
      : vocabulary.partyLifecycle(of: Say.kind(of: subject))
    let reach =
      lifecycle.flatMap { $0.has(step.stage) ? Reach.of(stage: step.stage, in: $0) : nil }
      ?? Reach.of(stage: step.stage, in: vocabulary)
    return LaneChart.Step(
      stage: Say.words(step.stage), first: days.first, last: min(days.last, max(days.first, day)),
      isCertain: days.isCertain && step.certainty == "certain",
      href: step.position.map { SitePaths.up(from: SitePaths.subject(subject) ?? "") + SitePaths.event($0) },
      reach: reach)
  }

  /// The first and the last day that a date leaves open; nil where either is not known.
  static func days(_ text: String) -> (first: Day, last: Day, isCertain: Bool)? {
    guard let date = try? EDTF(text), !date.isUnknown, case .day(let first) = date.earliest else {
      return nil
    }
    guard case .day(let last) = date.latest else { return (first, first, false) }
    return (first, max(first, last), !date.isUncertain)
  }
}

extension Say {
  /// What an event says in fields of its own type, beside those that have a place on the page.
  static func facts(of event: EventView, besides: Set<String> = []) -> [Model] {
    let placed: Set<String> = [
      "title", "sources", "_sd", "_sd_alg", "confidence", "account", "effective", "unsourced", "public",
    ]
    guard let data = event.data else { return [] }
    return data.members.compactMap { name, value in
      if placed.contains(name) || besides.contains(name) { return nil }
      let text = value.value.plainText
      if text.isEmpty { return nil }
      var model: Model = [
        "name": words(name.split(separator: "_").joined(separator: "-")),
        "value": Cut.text(text, to: inFacts),
      ]
      if let address = value.string.flatMap(SafeLink.address) { model["address"] = address }
      return model
    }
  }

  private static let inFacts = 1_500
}
