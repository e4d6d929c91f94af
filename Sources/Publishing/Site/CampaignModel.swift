// What a campaign's page has beside that of another subject: how far it reached, who is credited, what was counted.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections

extension SiteSource {
  /// The reach of a campaign.
  func reachModel(_ reach: Projections.Reach, on day: Day) -> Model? {
    if reach.arrivals.isEmpty && reach.figures.isEmpty && reach.derived.isEmpty { return nil }
    var model: Model = [:]
    let up = SitePaths.up(from: SitePaths.subject(reach.campaign) ?? "")
    let firsts = reach.arrivals.map { (first: Projections.Reach.first(of: $0), all: $0) }
    if !firsts.isEmpty {
      model["count"] = Say.count(firsts.count, "country", "countries")
      model["map"] = Say.picture(
        WorldMap(
          marks: firsts.map { first, all in
            WorldMap.Mark(
              country: first.country, stage: "reached", reach: Reach.last, label: label(first, all),
              href: SitePaths.country(first.country).map { "\(up)\($0).html" })
          }, on: day
        ).picture(idPrefix: "map", title: "Countries that the campaign reached"))
      let points = firsts.compactMap { first, all -> SpreadChart.Point? in
        guard let days = Self.days(first.ground.entry.occurred) else { return nil }
        return SpreadChart.Point(
          country: first.country, label: Say.countryName(first.country), first: days.first, last: days.last,
          isUncertain: !days.isCertain, href: up + SitePaths.event(first.ground.entry.position))
      }
      if points.count > 1 { model["spread"] = Say.picture(SpreadChart(points: points).picture()) }
      model["countries"] = firsts.map { first, all -> Model in
        var model: Model = Say.ground(first.ground, in: vocabulary)
        model["country"] = Say.country(first.country)
        model["campaign"] = Say.subject(first.campaign, in: vocabulary)
        model["names"] = Self.list(localNames(all))
        model["events"] = all.prefix(8).map { Say.event($0.ground.entry.position) }
        return model
      }
    }
    model["derived"] = Self.list(
      reach.derived.map { campaign, title in
        var model: Model = ["subject": Say.subject(campaign, in: vocabulary)]
        model["title"] = title.map { Cut.text($0, to: Cut.inLists) }
        return model
      })
    model["figures"] = Self.list(
      reach.figures.map { figures in
        ["metric": Cut.text(figures[0].metric, to: Cut.inLists), "figures": figures.map(figure)]
      })
    return model
  }

  private func label(_ first: Projections.Reach.Arrival, _ all: [Projections.Reach.Arrival]) -> String {
    let names = Projections.Reach.names(in: all)
    let country = Say.countryName(first.country)
    return names.isEmpty ? country : "\(country): \(Cut.text(names, to: 60))"
  }

  private func localNames(_ arrivals: [Projections.Reach.Arrival]) -> [Model] {
    var seen: [Projections.Reach.LocalName] = []
    for name in arrivals.flatMap(\.names) where !seen.contains(name) { seen.append(name) }
    return seen.prefix(12).map { name in
      var model: Model = ["name": Cut.text(name.name, to: Cut.inLists)]
      model["transliteration"] = name.transliteration.map { Cut.text($0, to: Cut.inLists) }
      model["lang"] = name.language
      return model
    }
  }

  private func figure(_ figure: Projections.Reach.Figure) -> Model {
    var model = Say.ground(figure.ground, in: vocabulary)
    model["value"] = Cut.text(figure.value, to: Cut.inLists)
    model["unit"] = figure.unit.map { Cut.text($0, to: Cut.inLists) }
    model["basis"] = figure.basis
    model["platform"] = figure.platform.map { Cut.text($0, to: Cut.inLists) }
    model["countries"] = figure.countries
    model["asOf"] = figure.asOf.map { Say.date($0) }
    return model
  }

  /// Credit by role and agent.
  func creditModel(_ report: CreditReport) -> [Model] {
    report.roles.map { role in
      [
        "role": Say.words(role.name),
        "agents": role.agents.map { claims -> Model in
          ["agent": Cut.text(claims[0].agent, to: Cut.inLists), "claims": claims.map(creditClaim)]
        },
      ]
    }
  }

  func creditClaim(_ claim: CreditClaim) -> Model {
    var model = Say.ground(claim.ground, in: vocabulary)
    model["stance"] = claim.stance
    model["isDisputing"] = claim.stance == "disputes"
    model["claimedBy"] = claim.claimedBy.map { Cut.text($0, to: Cut.inLists) }
    model["quotation"] = claim.quotation.map { Cut.text($0, to: Cut.inPages) }
    return model
  }

  /// Counts as they were released.
  func tallyModel(_ tally: ReleasedTally) -> Model {
    [
      "campaign": Say.subject(tally.campaign, in: vocabulary), "grouping": Cut.text(tally.grouping, to: 60),
      "from": Say.date(tally.from), "to": Say.date(tally.to), "event": Say.event(tally.position),
      "cells": tally.cells.map { cell -> Model in
        var model: Model = ["count": cell.count]
        if let name = cell.cell {
          model["name"] = tally.grouping == Grouping.country.rawValue ? Say.countryName(name) : name
        } else {
          model["isRest"] = true
        }
        return model
      },
    ]
  }
}
