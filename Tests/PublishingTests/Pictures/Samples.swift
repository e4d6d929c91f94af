// Pictures to look at and to check: of few and of many things, certain and not.

internal import Codes
internal import EDTF
internal import Foundation
internal import Publishing
internal import TestSupport

enum Samples {
  static let today = day("2026-03-01")

  static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  /// The codes of a part of ISO 3166.
  static func codes(_ part: Int) -> [String] {
    let table = Codes.tables.first { $0.name == "iso-3166-\(part).tsv" }?.text.description ?? ""
    return table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != "\t" }) }
  }

  static func mark(_ country: String, _ reach: Int) -> WorldMap.Mark {
    WorldMap.Mark(
      country: country, stage: ["failed", "announced", "pending", "enacted", "in-force"][reach], reach: reach,
      label: Codes.place(country)?.name ?? country, href: "country/\(country.lowercased()).html")
  }

  static func marks(_ codes: [String]) -> [WorldMap.Mark] {
    codes.enumerated().map { mark($1, $0 % 5) }
  }

  static func point(_ country: String, _ first: String, _ last: String, _ isUncertain: Bool = false)
    -> SpreadChart.Point
  {
    SpreadChart.Point(
      country: country, label: Codes.place(country)?.name ?? country, first: day(first), last: day(last),
      isUncertain: isUncertain, href: "country/\(country.lowercased()).html")
  }

  static var spread: SpreadChart {
    SpreadChart(points: [
      point("US", "2006-01-01", "2006-12-31", true), point("US", "2017-10-15", "2017-10-15"),
      point("FR", "2017-10-13", "2017-10-13"), point("IT", "2017-10-16", "2017-10-16"),
      point("CA", "2017-10-15", "2017-10-18"), point("IN", "2017-10-01", "2017-10-31"),
      point("CN", "2018-01-01", "2018-01-01"), point("KR", "2018-01-29", "2018-01-29"),
      point("NG", "2018-01-01", "2018-12-31"), point("ZA", "2018-03-01", "2018-03-31", true),
      point("AR", "2018-12-11", "2018-12-11"), point("EG", "2020-07-01", "2020-07-01"),
      point("GB", "2017-10-18", "2017-10-18"), point("SE", "2017-11-10", "2017-11-10"),
    ])
  }

  static func manyPoints(_ count: Int) -> SpreadChart {
    var chance = SeededGenerator(seed: 7)
    return SpreadChart(
      points: codes(1).prefix(count).map { code in
        let first = Day(number: 17400 + Int64(chance.below(900)))
        let last = chance.chance(30) ? Day(number: first.number + Int64(chance.below(200))) : first
        return SpreadChart.Point(
          country: code, label: Codes.place(code)?.name ?? code, first: first, last: last,
          isUncertain: chance.chance(10))
      })
  }

  static func step(_ stage: String, _ first: String, _ last: String? = nil, certain: Bool = true)
    -> LaneChart.Step
  {
    LaneChart.Step(
      stage: stage, first: day(first), last: day(last ?? first), isCertain: certain, href: "event/1.html")
  }

  static let lanes = [
    LaneChart.Lane(
      label: "S. 3749, Congressional Accountability",
      steps: [
        step("introduced", "2018-12-13"), step("passed", "2018-12-13"), step("enacted", "2018-12-21"),
        step("in-force", "2019-06-19"),
      ]),
    LaneChart.Lane(
      label: "民法典第一千零一十条 Civil Code, article 1010",
      steps: [
        step("drafted", "2018-08-01", "2018-08-31"), step("out-for-comment", "2018-09-05"),
        step("adopted", "2020-05-28"), step("in-force", "2021-01-01"),
      ]),
    LaneChart.Lane(
      label: "H.R. 4396 (ME TOO Congress)",
      steps: [step("introduced", "2017-11-15"), step("failed", "2019-01-03")]),
    LaneChart.Lane(
      label: "قانون مكافحة العنف",
      steps: [
        step("announced", "2016-01-01", "2016-12-31", certain: false),
        step("introduced", "2018-02-01", "2018-02-28"), step("pending", "2018-03-01", "2019-12-31"),
      ]),
    LaneChart.Lane(label: "Nothing yet", steps: []),
  ]

  static func parties(_ count: Int) -> LaneChart {
    var chance = SeededGenerator(seed: 3)
    return LaneChart(
      lanes: codes(1).prefix(count).map { code in
        let signed = Int64(10_200 + chance.below(300))
        let bound = signed + Int64(chance.below(6000))
        var steps: [LaneChart.Step] = []
        if chance.chance(60) {
          steps.append(
            .init(stage: "signatory", first: Day(number: signed), last: Day(number: signed), isCertain: true))
        }
        if chance.chance(85) {
          steps.append(
            .init(
              stage: "bound", first: Day(number: bound),
              last: Day(number: bound + (chance.chance(20) ? 300 : 0)), isCertain: true))
          steps.append(
            .init(
              stage: "in-force", first: Day(number: bound + 366), last: Day(number: bound + 366),
              isCertain: true))
        }
        return LaneChart.Lane(label: Codes.place(code)?.name ?? code, steps: steps)
      }, through: today)
  }

  static func all() -> [(String, Picture)] {
    let record = [
      "US", "IN", "CN", "ZA", "NG", "FR", "CL", "GB", "AR", "CA", "PL", "CH", "BI", "NO", "LT", "EE", "LV",
      "FI", "IT",
      "ES", "GM", "PH", "SE", "IR", "UY", "HN", "YUCS", "DZ", "BF", "ME", "SS", "FJ", "NA", "SO", "EC", "MU",
      "GR", "SM",
      "AL", "AG", "SV", "PE", "CF", "MX", "BB", "BS", "IE", "LS", "AU", "BE", "DE",
    ]
    return [
      ("map-record", WorldMap(marks: marks(record), on: today).picture()),
      ("map-all", WorldMap(marks: marks(codes(1) + codes(3)), on: today).picture()),
      ("map-none", WorldMap(marks: [], on: today).picture()),
      ("spread", spread.picture()), ("spread-many", manyPoints(190).picture()),
      ("spread-none", SpreadChart(points: []).picture()),
      ("lanes", LaneChart(lanes: lanes, through: today).picture()),
      ("lanes-one", LaneChart(lanes: Array(lanes.prefix(1)), through: today).picture()),
      ("lanes-many", parties(200).picture()), ("lanes-30", parties(30).picture()),
    ]
  }
}
