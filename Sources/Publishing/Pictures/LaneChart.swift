// Lanes: the lives of measures, or of a treaty's parties, from introduced to in force.

package import EDTF
internal import Milestones

/// Lives side by side on one axis of time: a lane each, on which every stage runs until the next begins.
///
/// A lane is full where its stage is certain, and parted in two where the next stage may have begun already: what was
/// above, what perhaps is below, in a broken outline. Stages are named where they begin. More than
/// forty lanes are drawn narrow, and named by their patterns alone.
package struct LaneChart: Sendable {
  /// A step to a stage.
  package struct Step: Sendable {
    /// The stage, in the vocabulary's word.
    package let stage: String
    /// The first and the last day on which it can have been taken.
    package let (first, last): (Day, Day)
    /// Whether the source is sure of the date; `2006?` is not.
    package let isCertain: Bool
    /// A relative address that the step leads to.
    package let href: String?
    /// How far the stage is, 0 to 4 (``Reach``).
    package let reach: Int

    /// A step. How far its stage is, if it is not given, the shipped vocabulary says by the stage's name.
    package init(
      stage: String, first: Day, last: Day, isCertain: Bool, href: String? = nil, reach: Int? = nil
    ) {
      self.stage = stage
      self.first = min(first, last)
      self.last = max(first, last)
      self.isCertain = isCertain
      self.href = href
      self.reach = Reach.held(reach ?? LaneChart.shipped.map { Reach.of(stage: stage, in: $0) } ?? 0)
    }
  }

  /// One life.
  package struct Lane: Sendable {
    /// Whose life it is.
    package let label: String
    /// Its steps, in any order.
    package let steps: [Step]
    /// A relative address that the label leads to.
    package let href: String?

    package init(label: String, steps: [Step], href: String? = nil) {
      self.label = label
      self.href = href
      self.steps = steps.enumerated().sorted { left, right in
        let (one, other) = (left.element, right.element)
        if one.first != other.first { return one.first < other.first }
        return one.last != other.last ? one.last < other.last : left.offset < right.offset
      }.map(\.element)
    }
  }

  /// The lives, from top to bottom.
  package let lanes: [Lane]
  /// The day up to which the last stages run.
  package let day: Day

  /// The lives, from top to bottom, whose last stages run through that day.
  package init(lanes: [Lane], through day: Day) {
    self.lanes = lanes
    self.day = day
  }

  /// Draws the lanes.
  ///
  /// - Parameters:
  ///   - idPrefix: what the ids in it begin with, if several pictures stand on one page.
  ///   - title: its title, if the usual one does not say enough.
  /// - Returns: the picture, with the numbers behind it.
  package func picture(idPrefix: String = "lanes", title: String? = nil) -> Picture {
    let title = title ?? (lanes.count == 1 ? "Stages of \(lanes[0].label)" : "Stages over time")
    let layout = LaneLayout(lanes: lanes, through: day)
    let frame = PictureFrame(prefix: idPrefix, width: LaneLayout.width, height: layout.height)
    let links = lanes.flatMap { [$0.href] + $0.steps.map(\.href) }
    let hasLinks = links.contains { $0.flatMap(SVGWriter.relative) != nil }
    let text = description
    let svg = frame.svg(title: title, description: text, kind: "lane", hasLinks: hasLinks) { svg in
      layout.draw(in: frame, svg: &svg)
    }
    let rows = lanes.flatMap { lane in
      lane.steps.map { step in
        [
          lane.label, step.stage, step.first.description, step.last.description,
          step.isCertain ? "yes" : "no",
        ]
      }
    }
    return Picture(
      svg: svg, title: title, description: text,
      columns: ["label", "stage", "earliest", "latest", "certain"],
      rows: rows)
  }

  private static let describedMax = 6

  private var description: String {
    let lives = lanes.prefix(LaneChart.describedMax).map { lane in
      let steps = lane.steps.map {
        "\(SVGText.stage($0.stage)) \(DayWords.text(first: $0.first, last: $0.last, isCertain: $0.isCertain))"
      }
      return "\(lane.label): \(steps.isEmpty ? "no stage" : steps.joined(separator: ", "))"
    }
    let rest = lanes.count - lives.count
    let text = lives.isEmpty ? "Nothing is told of" : lives.joined(separator: "; ")
    return text + (rest > 0 ? "; and \(rest) more" : "") + ". Up to \(day)."
  }

  /// The vocabulary that comes with the program; its tests see to it that it can be read.
  private static let shipped = try? Vocabulary.shipped()
}
