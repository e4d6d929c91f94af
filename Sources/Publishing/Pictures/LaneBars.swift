// The bars of a lane: full where a stage is certain, in halves where the next may have begun.

internal import EDTF

/// Draws the bar of one lane.
struct LaneBars {
  let layout: LaneLayout
  let row: LaneLayout.Row

  func draw(in frame: PictureFrame, svg: inout SVGWriter) {
    let steps = row.lane.steps
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1] : nil
      let axis = layout.axis
      let (from, certainFrom) = (axis.x(step.first), axis.x(step.last))
      let end = next.map { axis.x($0.first) } ?? axis.x(max(layout.day, step.last))
      let perhapsEnd = next.map { axis.x(max($0.last, $0.first)) } ?? end
      svg.link(step.href) { svg in
        svg.element("g") { svg in
          svg.element("title", [], text: title(of: step))
          let half = layout.barHeight / 2
          if certainFrom - from > 1 {
            LaneBars.maybe(
              from: from, to: certainFrom, top: row.barTop + half, height: half, reach: step.reach, in: frame,
              svg: &svg)
          }
          bar(from: certainFrom, to: end, step: step, in: frame, svg: &svg)
          // Where the next may have begun, this one may still last.
          if perhapsEnd - max(end, certainFrom) > 1 {
            LaneBars.maybe(
              from: max(end, certainFrom), to: perhapsEnd, top: row.barTop, height: half, reach: step.reach,
              in: frame, svg: &svg)
          }
          beginning(of: step, x: from, svg: &svg)
        }
      }
    }
  }

  private func title(of step: LaneChart.Step) -> String {
    let days = DayWords.text(first: step.first, last: step.last, isCertain: step.isCertain)
    return "\(row.lane.label): \(SVGText.stage(step.stage)) \(days)"
  }

  private func bar(
    from: Double, to: Double, step: LaneChart.Step, in frame: PictureFrame, svg: inout SVGWriter
  ) {
    guard to - from > 0.5 else { return }
    let number = SVGWriter.number
    svg.element(
      "rect",
      [
        ("class", "lane-bar"), ("x", number(from)), ("y", number(row.barTop)), ("width", number(to - from)),
        ("height", number(layout.barHeight)), ("fill", Reach.fill(step.reach, in: frame)), ("stroke", "#333"),
        ("stroke-width", "0.8"),
      ])
  }

  /// A stroke where the stage begins, broken if the source doubts the date: seen though the stage lasts no time.
  private func beginning(of step: LaneChart.Step, x: Double, svg: inout SVGWriter) {
    let number = SVGWriter.number
    let dashes: [SVGWriter.Attribute] = step.isCertain ? [] : [("stroke-dasharray", "2 2")]
    svg.element(
      "path",
      [
        ("class", "lane-rule"), ("fill", "none"), ("stroke", "#111"),
        ("stroke-width", layout.isDense ? "1.2" : "2"),
        ("d", "M\(number(x)) \(number(row.barTop - 1))V\(number(row.barTop + layout.barHeight + 1))"),
      ] + dashes)
  }

  /// Half a lane in a broken outline.
  static func maybe(
    from: Double, to: Double, top: Double, height: Double, reach: Int, in frame: PictureFrame,
    svg: inout SVGWriter
  ) {
    let number = SVGWriter.number
    svg.element(
      "rect",
      [
        ("class", "lane-maybe"), ("x", number(from)), ("y", number(top)), ("width", number(to - from)),
        ("height", number(height)), ("fill", Reach.fill(reach, in: frame)), ("stroke", "#333"),
        ("stroke-width", "0.8"), ("stroke-dasharray", "3 2"),
      ])
  }
}
