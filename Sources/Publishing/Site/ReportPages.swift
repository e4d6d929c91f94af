// Pages about the whole ledger: credit, disputes, evidence, released counts, campaigns.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import Projections

extension SiteSource {
  /// How many rows a page about the whole ledger shows: the rest stands on the pages of subjects and countries.
  static let rowsInReport = 200

  /// The page of campaigns.
  func campaignsPage() -> SitePage {
    let campaigns = campaigns()
    return SitePage(
      base: "campaigns", template: "campaigns", title: "Campaigns",
      model: Self.model(
        ["campaigns": campaigns.prefix(Self.rowsInReport).map { campaignModel($0) }], of: campaigns.count),
      documents: [
        SitePage.document([
          (
            "rows",
            .array(
              campaigns.map { campaign in
                var row = campaign.row.json.object ?? JSONObject()
                row["countries"] = .integer(Int64(campaign.countries))
                return .object(row)
              })
          )
        ])
      ])
  }

  /// The page of rival accounts.
  ///
  /// - Parameter claims: the claims with rival accounts of which none is preferred.
  /// - Returns: the page.
  /// - Throws: errors of the views.
  func disputesPage(_ claims: [String]) throws -> SitePage {
    let disputes = try claims.prefix(Self.rowsInReport).compactMap {
      try snapshot.dispute($0, onDay: day.number)
    }
    return SitePage(
      base: "disputes", template: "disputes", title: "Facts in dispute",
      model: Self.model(
        [
          "disputes": disputes.map { Say.dispute($0, in: vocabulary) },
          "count": Say.count(claims.count, "fact", "facts"),
        ], of: claims.count),
      documents: [SitePage.document(Self.rows(disputes.map(\.json), of: claims.count))])
  }

  /// The page of credit: who is credited with what, the latest claims first.
  func creditPage() throws -> SitePage {
    let (claims, count) = try snapshot.latestCredit(onDay: day.number, count: Self.rowsInReport)
    let subjects = Grouped(claims, by: \.0.subject)
    return SitePage(
      base: "credit", template: "credit", title: "Credit",
      model: Self.model(
        [
          "subjects": subjects.map { claims -> Model in
            let report = CreditReport(subject: claims[0].0.subject, title: nil, claims: claims.map(\.1))
            return [
              "subject": Say.subject(claims[0].0.subject, in: vocabulary), "roles": creditModel(report),
            ]
          }
        ], of: count),
      documents: [SitePage.document(Self.rows(claims.map(\.1.json), of: count, shown: claims.count))])
  }

  /// The page of evidence: how well events are sourced.
  func evidencePage(_ unsourced: (grounds: [Ground], of: Int)) throws -> SitePage {
    let counts = try snapshot.evidence(.world, onDay: day.number)
    let rows = counts.map { count -> Model in
      var model: Model = [
        "events": Say.grouped(Int(clamping: count.events)),
        "unsourced": Say.grouped(Int(clamping: count.unsourced)),
        "share": count.events > 0 ? "\((count.events - count.unsourced) * 100 / count.events) %" : "",
      ]
      model["country"] = Say.country(count.country)
      return model
    }
    let report = EvidenceReport(countries: counts, unsourced: unsourced.grounds)
    return SitePage(
      base: "evidence", template: "evidence", title: "Sources and evidence",
      model: Self.model(
        [
          "rows": rows, "count": Say.count(unsourced.of, "event", "events"),
          "unsourced": unsourced.grounds.map { Say.entry($0.entry, in: vocabulary) },
        ], of: unsourced.of),
      documents: [
        SitePage.document(report.members + Self.leftOut(unsourced.of - unsourced.grounds.count))
      ])
  }

  /// The page of counts of testimonies, as they were released.
  func talliesPage() -> SitePage {
    SitePage(
      base: "tallies", template: "tallies", title: "Testimonies counted",
      model: ["tallies": releases.map(tallyModel), "hasTallies": !releases.isEmpty],
      documents: [SitePage.document([("rows", .array(releases.flatMap(\.rows)))])])
  }

  // MARK: Parts

  /// A model that says how many rows it leaves out, if it does.
  private static func model(_ model: Model, of count: Int) -> Model {
    var model = model
    if count > rowsInReport { model["rest"] = "\(Say.grouped(count - rowsInReport)) more" }
    return model
  }

  private static func rows(_ rows: [JSONValue], of count: Int, shown: Int? = nil) -> [(String, JSONValue)] {
    [("rows", .array(rows))] + leftOut(count - min(count, rowsInReport))
  }

  /// How many rows a document leaves out; nothing if it is whole.
  private static func leftOut(_ count: Int) -> [(String, JSONValue)] {
    count > 0 ? [("leftOut", .integer(Int64(count)))] : []
  }
}
