// Pictures to look at and to check: of few and of many things, certain and not.

internal import Codes
internal import EDTF
internal import Foundation
internal import Publishing
internal import TestSupport
internal import Testing

enum Samples {
  /// A picture with its name.
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let picture: Picture
    var testDescription: String { name }
  }

  static let all = made()

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

  static let recordCodes = [
    "US", "IN", "CN", "ZA", "NG", "FR", "CL", "GB", "AR", "CA", "PL", "CH", "BI", "NO", "LT", "EE", "LV",
    "FI", "IT",
    "ES", "GM", "PH", "SE", "IR", "UY", "HN", "YUCS", "DZ", "BF", "ME", "SS", "FJ", "NA", "SO", "EC", "MU",
    "GR", "SM",
    "AL", "AG", "SV", "PE", "CF", "MX", "BB", "BS", "IE", "LS", "AU", "BE", "DE",
  ]

  static func made() -> [Sample] {
    [
      Sample(name: "map-record", picture: WorldMap(marks: marks(recordCodes), on: today).picture()),
      Sample(name: "map-all", picture: WorldMap(marks: marks(codes(1) + codes(3)), on: today).picture()),
      Sample(name: "map-none", picture: WorldMap(marks: [], on: today).picture()),
      Sample(name: "spread", picture: spread.picture()),
      Sample(name: "spread-many", picture: manyPoints(190).picture()),
      Sample(
        name: "spread-one", picture: SpreadChart(points: [point("SE", "2017-11-10", "2017-11-10")]).picture()),
      Sample(name: "spread-none", picture: SpreadChart(points: []).picture()),
      Sample(name: "lanes", picture: LaneChart(lanes: lanes, through: today).picture()),
      Sample(name: "lanes-one", picture: LaneChart(lanes: Array(lanes.prefix(1)), through: today).picture()),
      Sample(name: "lanes-none", picture: LaneChart(lanes: [], through: today).picture()),
      Sample(name: "lanes-30", picture: parties(30).picture()),
      Sample(name: "lanes-many", picture: parties(200).picture()),
    ]
  }

  static func randomDay(_ chance: inout SeededGenerator) -> Day {
    Day(number: Int64(chance.below(chance.chance(10) ? 40_000 : 3_000)) + 15_000)
  }

  static func randomDays(_ chance: inout SeededGenerator) -> (first: Day, last: Day) {
    let first = randomDay(&chance)
    return (first, chance.chance(70) ? first : Day(number: first.number + Int64(chance.below(900))))
  }

  static func randomSpread(_ chance: inout SeededGenerator) -> SpreadChart {
    let codes = codes(1).shuffled(using: &chance).prefix(chance.below(chance.chance(20) ? 249 : 40))
    return SpreadChart(
      points: codes.map { code in
        let days = randomDays(&chance)
        return SpreadChart.Point(
          country: code, label: Codes.place(code)?.name ?? code, first: days.first, last: days.last,
          isUncertain: chance.chance(20), href: chance.chance(50) ? "a.html" : nil)
      })
  }

  static func randomLanes(_ chance: inout SeededGenerator) -> LaneChart {
    let stages = [
      "announced", "introduced", "pending", "passed", "presented", "enacted", "in-force", "ended", "failed",
    ]
    let count = chance.below(chance.chance(20) ? 120 : 12)
    let lanes = (0..<count).map { index in
      let steps = (0..<chance.below(8)).map { _ in
        let days = randomDays(&chance)
        return LaneChart.Step(
          stage: chance.pick(stages), first: days.first, last: days.last, isCertain: chance.chance(80))
      }
      return LaneChart.Lane(
        label: String(repeating: "A measure of which much can be said ", count: index % 4), steps: steps)
    }
    return LaneChart(lanes: lanes, through: randomDay(&chance))
  }

  /// What is drawn beyond the edges of the picture.
  static func outside(_ document: SVGDocument) -> [String] {
    let size = document.size
    return document.elements.filter { !$0.isDefinition }.compactMap { element in
      guard let box = SVGDocument.box(of: element) else { return nil }
      let isInside =
        box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height
      return isInside ? nil : "\(element.name) \(element.attributes["class"] ?? "") \(element.text) \(box)"
    }
  }
}
