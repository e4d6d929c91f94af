// Lays out the spread of a campaign: rows of countries, the line of those reached, the surface of those perhaps reached.

internal import EDTF

/// The layout of a spread: widths and heights, and what is drawn where.
struct SpreadLayout {
  static let width = 900.0

  /// Countries in the order of their first days.
  let points: [SpreadChart.Point]
  let axis: TimeAxis
  let rowHeight: Double
  let height: Double

  private static let (left, right, top) = (170.0, 850.0, 16.0)
  private static let labelSize = 13.0
  private static let rowsHeightMax = 460.0
  private static let legendHeight = 64.0
  private var bottom: Double { SpreadLayout.top + rowHeight * Double(max(1, points.count)) + 8 }

  init(points: [SpreadChart.Point]) {
    self.points = points
    axis = TimeAxis(
      spans: points.map { ($0.first, $0.last) }, through: nil, left: SpreadLayout.left,
      right: SpreadLayout.right)
    rowHeight = min(20, SpreadLayout.rowsHeightMax / Double(max(1, points.count)))
    let rows = rowHeight * Double(max(1, points.count))
    height = (SpreadLayout.top + rows + 8 + SpreadLayout.legendHeight).rounded(.up)
  }

  /// Where a row of that number (from 1) lies: the height of that many countries.
  private func y(_ count: Int) -> Double { bottom - rowHeight * Double(count) }

  func draw(in frame: PictureFrame, svg: inout SVGWriter) {
    SpreadLayout.definePattern(in: frame, svg: &svg)
    axes(svg: &svg)
    if points.isEmpty {
      svg.words("Nothing is told of.", x: SpreadLayout.left, y: bottom - 10, size: 14)
    } else {
      curves(in: frame, svg: &svg)
      rows(in: frame, svg: &svg)
    }
    legend(in: frame, svg: &svg)
  }

  private static func definePattern(in frame: PictureFrame, svg: inout SVGWriter) {
    svg.element("defs") { svg in
      svg.element(
        "pattern",
        [
          ("id", "\(frame.prefix)-maybe"), ("width", "6"), ("height", "6"),
          ("patternUnits", "userSpaceOnUse"),
        ]
      ) { svg in
        svg.element(
          "path",
          [
            ("class", "spread-hatch"), ("d", "M-1 1l2-2M0 6l6-6M5 7l2-2"), ("fill", "none"),
            ("stroke", "#4a80b8"),
            ("stroke-width", "1"),
          ])
      }
    }
  }

  private func axes(svg: inout SVGWriter) {
    let number = SVGWriter.number
    let rule = { (path: String) -> [SVGWriter.Attribute] in
      [("class", "picture-axis"), ("d", path), ("fill", "none"), ("stroke", "#bbb"), ("stroke-width", "1")]
    }
    for tick in axis.ticks(size: 12, width: SpreadLayout.width) {
      svg.element("path", rule("M\(number(tick.x)) \(number(SpreadLayout.top))V\(number(bottom + 5))"))
      svg.words(tick.name, x: tick.x, y: bottom + 19, size: 12, anchor: .middle)
    }
    let step = SpreadLayout.countStep(rows: points.count, rowHeight: rowHeight)
    for count in stride(from: 0, through: points.count, by: step) {
      svg.element(
        "path", rule("M\(number(SpreadLayout.left)) \(number(y(count)))H\(number(SpreadLayout.right + 4))"))
      svg.words(String(count), x: SpreadLayout.right + 9, y: y(count) + 4, size: 12)
    }
  }

  /// 1, 2, 5, 10, … countries from line to line, so that the lines are at least thirty units apart.
  static func countStep(rows: Int, rowHeight: Double) -> Int {
    var step = 1
    for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]
    where Double(step) * rowHeight < 30 && step < rows {
      step = factor
    }
    return step
  }

  /// The steps up at those days, as points from left to right.
  private func steps(at days: [Day]) -> [(x: Double, y: Double)] {
    var path = [(x: SpreadLayout.left, y: y(0))]
    for (index, day) in days.enumerated() {
      path.append((axis.x(day), y(index)))
      path.append((axis.x(day), y(index + 1)))
    }
    path.append((SpreadLayout.right, y(days.count)))
    return path
  }

  private func curves(in frame: PictureFrame, svg: inout SVGWriter) {
    let possible = steps(at: points.map(\.first))
    let certain = steps(at: points.map(\.last).sorted())
    let written = { (path: [(x: Double, y: Double)]) in
      path.map { "\(SVGWriter.number($0.x)) \(SVGWriter.number($0.y))" }.joined(separator: "L")
    }
    svg.element(
      "path",
      [
        ("class", "spread-band"), ("d", "M\(written(possible + certain.reversed()))z"),
        ("fill", frame.reference("maybe")), ("stroke", "none"),
      ])
    svg.element(
      "path",
      [
        ("class", "spread-line"), ("d", "M\(written(certain))"), ("fill", "none"), ("stroke", "#143f6f"),
        ("stroke-width", "2"),
      ])
  }

  private func rows(in frame: PictureFrame, svg: inout SVGWriter) {
    var lastLabel = Double.infinity
    for (index, point) in points.enumerated() {
      let y = y(index + 1)
      let x = axis.x(point.first)
      svg.link(point.href) { svg in
        svg.element("g") { svg in
          svg.element("title", [], text: title(of: point, number: index + 1))
          mark(point, y: y, svg: &svg)
          guard lastLabel - y >= SpreadLayout.labelSize else { return }
          let room = x - 10 - 4
          let label = SVGText.fitted(point.label, size: SpreadLayout.labelSize, width: room)
          guard !label.isEmpty else { return }
          svg.words(label, x: x - 10, y: y + 4, size: SpreadLayout.labelSize, anchor: .end, hasHalo: true)
          lastLabel = y
        }
      }
    }
  }

  private func title(of point: SpreadChart.Point, number: Int) -> String {
    let days = DayWords.text(first: point.first, last: point.last, isCertain: !point.isUncertain)
    return "\(number). \(point.label): \(days)"
  }

  /// A dot for a day, a bar for a range; open if the source doubts it.
  private func mark(_ point: SpreadChart.Point, y: Double, svg: inout SVGWriter) {
    let number = SVGWriter.number
    let radius = max(1.5, min(4.5, rowHeight / 2 - 1))
    let (from, to) = (axis.x(point.first), axis.x(point.last))
    let look: [SVGWriter.Attribute] = [
      ("class", point.isUncertain ? "spread-open" : to - from > 1 ? "spread-range" : "spread-dot"),
      ("fill", point.isUncertain ? "#fff" : "#143f6f"), ("stroke", "#143f6f"), ("stroke-width", "1.4"),
    ]
    let dashes: [SVGWriter.Attribute] = point.isUncertain ? [("stroke-dasharray", "2.5 1.5")] : []
    if to - from <= 1 {
      svg.element("circle", [("cx", number(from)), ("cy", number(y)), ("r", number(radius))] + look + dashes)
    } else {
      svg.element(
        "rect",
        [
          ("x", number(from)), ("y", number(y - radius * 0.6)), ("width", number(to - from)),
          ("height", number(radius * 1.2)),
        ] + look + dashes)
    }
  }

  private func legend(in frame: PictureFrame, svg: inout SVGWriter) {
    let (y, size) = (bottom + 44, 13.0)
    let number = SVGWriter.number
    let dark: [SVGWriter.Attribute] = [("stroke", "#143f6f"), ("stroke-width", "1.4")]
    svg.element(
      "circle",
      [("class", "spread-dot"), ("cx", "20"), ("cy", number(y - 4)), ("r", "4.5"), ("fill", "#143f6f")] + dark
    )
    svg.words("day known", x: 32, y: y, size: size)
    svg.element(
      "rect",
      [
        ("class", "spread-range"), ("x", "140"), ("y", number(y - 7)), ("width", "30"), ("height", "5.4"),
        ("fill", "#143f6f"),
      ] + dark)
    svg.words("on a day within", x: 178, y: y, size: size)
    svg.element(
      "circle",
      [
        ("class", "spread-open"), ("cx", "318"), ("cy", number(y - 4)), ("r", "4.5"), ("fill", "#fff"),
        ("stroke-dasharray", "2.5 1.5"),
      ] + dark)
    svg.words("doubted", x: 330, y: y, size: size)
    svg.element(
      "path",
      [
        ("class", "spread-line"), ("d", "M420 \(number(y - 4))h30"), ("fill", "none"), ("stroke", "#143f6f"),
        ("stroke-width", "2"),
      ])
    svg.words("reached for certain", x: 458, y: y, size: size)
    svg.element(
      "rect",
      [
        ("class", "spread-band"), ("x", "620"), ("y", number(y - 12)), ("width", "30"), ("height", "14"),
        ("fill", frame.reference("maybe")), ("stroke", "#4a80b8"), ("stroke-width", "0.8"),
      ])
    svg.words("reached perhaps", x: 658, y: y, size: size)
  }
}
