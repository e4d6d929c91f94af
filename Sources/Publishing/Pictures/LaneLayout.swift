// Lays out lanes: the column of labels, the bars of stages, and where their names find room.

internal import EDTF

/// The layout of lanes: how high each is, and where its bar and its names lie.
struct LaneLayout {
  static let width = 960.0

  /// A stage's name and where it stands.
  struct Name {
    let text: String
    let x: Double
    /// The line above the bar, from 0 at the bar upwards.
    let line: Int
    /// Where its stage begins.
    let stem: Double
    let href: String?
  }

  /// A lane with its place.
  struct Row {
    let lane: LaneChart.Lane
    let names: [Name]
    /// The top of the bar.
    let barTop: Double
  }

  let rows: [Row]
  let axis: TimeAxis
  let left: Double
  let day: Day
  let isDense: Bool
  let height: Double

  private static let right = 946.0
  private static let denseFrom = 31
  private static let labelWidthMax = 240.0
  static let nameSize = 11.5
  private static let lineHeight = 14.0
  private static let linesMax = 5
  private static let axisHeight = 26.0

  /// The sizes of lanes: of labels, bars and gaps.
  struct Sizes {
    let label, bar, gap: Double
    static let wide = Sizes(label: 13, bar: 14, gap: 16)
    static let dense = Sizes(label: 10.5, bar: 9, gap: 4)
  }

  private var sizes: Sizes { isDense ? .dense : .wide }
  private var labelSize: Double { sizes.label }
  var barHeight: Double { sizes.bar }

  init(lanes: [LaneChart.Lane], through day: Day) {
    self.day = day
    let isDense = lanes.count >= LaneLayout.denseFrom
    self.isDense = isDense
    let sizes = isDense ? Sizes.dense : Sizes.wide
    let widest = lanes.map { SVGText.width(SVGText.clean($0.label), size: sizes.label) }.max() ?? 0
    left = min(LaneLayout.labelWidthMax, widest) + 20
    let axis = TimeAxis(
      spans: lanes.flatMap { $0.steps.map { ($0.first, $0.last) } }, through: day, left: left,
      right: LaneLayout.right)
    self.axis = axis
    var y = LaneLayout.axisHeight
    var rows: [Row] = []
    for lane in lanes {
      let names = isDense ? [] : LaneLayout.names(of: lane, axis: axis)
      y += Double((names.map(\.line).max() ?? -1) + 1) * LaneLayout.lineHeight
      rows.append(Row(lane: lane, names: names, barTop: y))
      y += sizes.bar + sizes.gap
    }
    self.rows = rows
    height = (y + LaneLayout.legendHeight).rounded(.up)
  }

  static let legendHeight = 56.0

  /// Where the names of stages stand: each begins where its stage does, above those that come after it and would be in
  /// its way, so that the stem of none runs through the name of another. A name for which no line is free loses its date;
  /// if that is not enough, it is left to the title and the table.
  private static func names(of lane: LaneChart.Lane, axis: TimeAxis) -> [Name] {
    var names: [Name] = []
    var ends: [Double] = []
    for step in lane.steps.reversed() {
      let days = DayWords.text(first: step.first, last: step.last, isCertain: step.isCertain)
      let stage = SVGText.stage(step.stage)
      for text in ["\(stage) \(days)", stage + (step.isCertain ? "" : "?")] {
        let text = SVGText.fitted(text, size: nameSize, width: axis.right - axis.left)
        let stem = axis.x(step.first)
        let x = min(stem + nameOffset, axis.right - SVGText.width(text, size: nameSize))
        let end = x + SVGText.width(text, size: nameSize)
        var line = 0
        for (other, otherEnd) in zip(names, ends) where min(other.x, other.stem) < end + 6 && otherEnd + 6 > x
        {
          line = max(line, other.line + 1)
        }
        guard line < linesMax, !text.isEmpty else { continue }
        names.append(Name(text: text, x: x, line: line, stem: stem, href: step.href))
        ends.append(end)
        break
      }
    }
    return names.reversed()
  }

  private static let nameOffset = 3.0

  func draw(in frame: PictureFrame, svg: inout SVGWriter) {
    Reach.definePatterns(in: frame, scale: isDense ? 0.7 : 1, svg: &svg)
    drawAxis(svg: &svg)
    for row in rows { draw(row, in: frame, svg: &svg) }
    legend(in: frame, svg: &svg)
  }

  private func drawAxis(svg: inout SVGWriter) {
    let number = SVGWriter.number
    let bottom = height - LaneLayout.legendHeight
    for tick in axis.ticks(size: 12, width: LaneLayout.width) {
      svg.element(
        "path",
        [
          ("class", "picture-axis"), ("fill", "none"), ("stroke", "#ccc"), ("stroke-width", "1"),
          ("d", "M\(number(tick.x)) 18V\(number(bottom))"),
        ])
      svg.words(tick.name, x: tick.x, y: 13, size: 12, anchor: .middle)
    }
    if rows.isEmpty { svg.words("Nothing is told of.", x: left, y: 40, size: 14) }
  }

  private func draw(_ row: Row, in frame: PictureFrame, svg: inout SVGWriter) {
    let width = left - 18
    let label =
      isDense
      ? [SVGText.fitted(row.lane.label, size: labelSize, width: width)]
      : SVGText.wrapped(row.lane.label, size: labelSize, width: width)
    svg.link(row.lane.href) { svg in
      svg.element("g") { svg in
        svg.element("title", [], text: row.lane.label)
        for (index, line) in label.enumerated() {
          let fromMiddle = (Double(index) - Double(label.count - 1) / 2) * labelSize * 1.15
          svg.words(
            line, x: 6, y: row.barTop + barHeight * 0.5 + labelSize * 0.36 + fromMiddle, size: labelSize)
        }
      }
    }
    for name in row.names {
      let y = y(of: name, in: row)
      svg.element(
        "path",
        [
          ("class", "lane-rule"), ("fill", "none"), ("stroke", "#777"), ("stroke-width", "0.8"),
          (
            "d",
            "M\(SVGWriter.number(name.stem)) \(SVGWriter.number(row.barTop))V\(SVGWriter.number(y - LaneLayout.nameSize * 0.7))"
          ),
        ])
    }
    LaneBars(layout: self, row: row).draw(in: frame, svg: &svg)
    for name in row.names {
      svg.link(name.href) { svg in
        svg.words(name.text, x: name.x, y: y(of: name, in: row), size: LaneLayout.nameSize, hasHalo: true)
      }
    }
  }

  private func y(of name: Name, in row: Row) -> Double {
    row.barTop - 4 - Double(name.line) * LaneLayout.lineHeight
  }

  /// The classes that there are, and how a doubtful beginning is drawn.
  private func legend(in frame: PictureFrame, svg: inout SVGWriter) {
    let steps = rows.flatMap(\.lane.steps)
    let present = (0...Reach.last).reversed().filter { reach in steps.contains { $0.reach == reach } }
    let (y, size) = (height - LaneLayout.legendHeight + 20, 12.5)
    var x = 6.0
    for reach in present {
      Reach.legend(reach, text: Reach.name(reach), x: x, y: y, size: size, in: frame, svg: &svg)
      x += size * 3.4 + SVGText.width(Reach.name(reach), size: size) + 18
    }
    guard steps.contains(where: { $0.first != $0.last || !$0.isCertain }) else { return }
    LaneBars.maybe(from: 6, to: 6 + size * 1.9, top: y + 18, height: 6, reach: 2, in: frame, svg: &svg)
    svg.words("half a lane: perhaps; ?: the source doubts the date", x: 6 + size * 3.4, y: y + 24, size: size)
  }
}
