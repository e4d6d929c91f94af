// The spread of a campaign and lanes: dates are as precise as they are, and no more.

internal import EDTF
internal import Publishing
internal import Testing

@Suite("Spread and lanes")
struct ChartTests {
  @Test("A known day is a dot, a range a bar over its days, a doubted one open")
  func marks() throws {
    let picture = SpreadChart(points: [
      Samples.point("SE", "2017-11-10", "2017-11-10"), Samples.point("NG", "2018-01-01", "2018-12-31"),
      Samples.point("ZA", "2019-03-01", "2019-03-01", true),
    ]).picture()
    // Those in links; the others are the legend's.
    let marks = SVGDocument(picture.svg).elements.filter { $0.path.contains("a") }
    let dot = try #require(marks.first { $0.attributes["class"] == "spread-dot" })
    let bar = try #require(marks.first { $0.attributes["class"] == "spread-range" })
    let open = try #require(marks.first { $0.attributes["class"] == "spread-open" })
    #expect(dot.name == "circle" && bar.name == "rect" && open.name == "circle")
    #expect(open.attributes["stroke-dasharray"] != nil && dot.attributes["stroke-dasharray"] == nil)
    // The bar is as long as its year: 363 days from the first of January to the last of December are between the others.
    let daysFromDotToOpen = 476.0
    let perDay = (open.number("cx") - dot.number("cx")) / daysFromDotToOpen
    #expect(abs(bar.number("width") / perDay - 364) < 1)
    #expect(picture.rows[1] == ["2", "NG", "Nigeria", "2018-01-01", "2018-12-31", "no"])
  }

  @Test("Of several points of a country, parts of it included, the earliest counts")
  func once() {
    let picture = SpreadChart(points: [
      Samples.point("US-CA", "2018-01-01", "2018-01-01"), Samples.point("US", "2017-10-15", "2017-10-15"),
      Samples.point("FR", "2017-10-13", "2017-10-13"),
    ]).picture()
    #expect(picture.rows.map { $0[1] } == ["FR", "US"])
    #expect(picture.description == "2 countries, from France (2017-10-13) to United States (2017-10-15).")
  }

  @Test("The line counts what is certain, the surface what is possible")
  func curves() throws {
    let document = SVGDocument(
      SpreadChart(points: [
        Samples.point("SE", "2017-01-01", "2019-12-31"), Samples.point("FI", "2018-07-01", "2018-07-01"),
      ]).picture().svg)
    let line = try #require(document.all("path", class: "spread-line").first)
    let band = try #require(document.all("path", class: "spread-band").first)
    let certain = SVGDocument.points(of: line.attributes["d"] ?? "")
    let both = SVGDocument.points(of: band.attributes["d"] ?? "")
    // The first certain step is Finland's day, the first possible one the first day of Sweden's years.
    #expect(certain[1].x > both[1].x)
    #expect(certain.first?.y == both.first?.y)
    #expect(certain.last?.y == certain.map(\.y).min())
  }

  @Test("A lane is full where its stage is certain, and in halves where it is not")
  func halves() {
    let lane = LaneChart.Lane(
      label: "A measure",
      steps: [Samples.step("introduced", "2018-01-01"), Samples.step("enacted", "2019-01-01", "2019-12-31")])
    let document = SVGDocument(LaneChart(lanes: [lane], through: Samples.today).picture().svg)
    let drawn = document.elements.filter { $0.path.contains("a") && $0.name == "rect" }
    let full = drawn.filter { $0.attributes["class"] == "lane-bar" }
    let half = drawn.filter { $0.attributes["class"] == "lane-maybe" }
    #expect(full.count == 2 && half.count == 2)
    // Introduced ends where enacted may begin, enacted is full from where it must have begun.
    let gapFrom = full[0].number("x") + full[0].number("width")
    #expect(half.allSatisfy { abs($0.number("x") - gapFrom) < 0.3 })
    #expect(half.allSatisfy { abs($0.number("x") + $0.number("width") - full[1].number("x")) < 0.3 })
    #expect(half[0].number("y") != half[1].number("y"))
    #expect(full.map { $0.attributes["fill"] } == ["url(#lanes-reach-2)", "url(#lanes-reach-3)"])
  }

  @Test("Days are told no more precisely than they are known")
  func words() {
    let names = { (steps: [LaneChart.Step]) in
      LaneChart(lanes: [.init(label: "x", steps: steps)], through: Samples.today).picture().description
    }
    #expect(names([Samples.step("in-force", "2019-06-19")]) == "x: in force 2019-06-19. Up to 2026-03-01.")
    #expect(names([Samples.step("a", "2018-02-01", "2018-02-28")]) == "x: a 2018-02. Up to 2026-03-01.")
    #expect(
      names([Samples.step("a", "2016-01-01", "2016-12-31", certain: false)])
        == "x: a 2016?. Up to 2026-03-01.")
    #expect(
      names([Samples.step("a", "2016-01-01", "2018-12-31")]) == "x: a 2016 to 2018. Up to 2026-03-01.")
    #expect(
      names([Samples.step("a", "2016-02-03", "2016-02-05")])
        == "x: a 2016-02-03 to 2016-02-05. Up to 2026-03-01.")
  }

  @Test("Two hundred parties keep a lane and a label each")
  func many() {
    let document = SVGDocument(Samples.parties(200).picture().svg)
    let labels = document.all("text").filter { $0.number("x") == 6 }
    #expect(labels.count == 200)
    #expect(document.size.height < 3_000)
  }
}
