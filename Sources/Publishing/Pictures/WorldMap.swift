// The world map of the stage reached: which country is how far, each of them visible.

internal import Codes
package import EDTF

/// A map of the world that shows how far each country is.
///
/// Countries are filled with the pattern of their class (``Reach``). Those that are too small to be seen, or have no shape
/// at 1:110 million, have a round mark that fills up with the class; where marks would cover each other they are moved
/// apart, with a line to where they belong. Former states that are not one country of today have such a mark in a diamond.
package struct WorldMap: Sendable {
  /// One country, or a part of one, or a former state. Several marks of one country become one: the farthest class,
  /// all labels.
  package struct Mark: Sendable {
    /// ISO 3166: alpha-2, subdivision (drawn as its country) or alpha-4 of a former state.
    package let country: String
    /// The stage that was reached, in the vocabulary's word.
    package let stage: String
    /// How far that is, 0 to 4 (``Reach``).
    package let reach: Int
    /// What is said of it, such as the country's name.
    package let label: String
    /// A relative address that the country leads to.
    package let href: String?

    package init(country: String, stage: String, reach: Int, label: String, href: String? = nil) {
      self.country = country
      self.stage = stage
      self.reach = Reach.held(reach)
      self.label = label
      self.href = href
    }
  }

  /// What the map shows.
  package let marks: [Mark]
  /// The day as of which it shows it.
  package let day: Day

  /// A map of these countries, in any order, with the stages that they had reached on that day.
  package init(marks: [Mark], on day: Day) {
    self.marks = marks
    self.day = day
  }

  /// Draws the map.
  ///
  /// - Parameters:
  ///   - idPrefix: what the ids in it begin with, if several pictures stand on one page.
  ///   - title: its title, if the usual one does not say enough.
  /// - Returns: the picture, with the numbers behind it.
  package func picture(idPrefix: String = "map", title: String? = nil) -> Picture {
    let drawn = Drawn(marks)
    let title = title ?? "World map of the stage reached, on \(day)"
    let description = drawn.description(on: day)
    let frame = PictureFrame(prefix: idPrefix, width: MapGround.width, height: WorldMap.height)
    let hasLinks = marks.contains { $0.href.flatMap(SVGWriter.relative) != nil }
    let svg = frame.svg(title: title, description: description, kind: "map", hasLinks: hasLinks) { svg in
      Reach.definePatterns(in: frame, scale: 2, svg: &svg)
      drawn.ground(svg: &svg)
      drawn.countries(in: frame, svg: &svg)
      drawn.signs(svg: &svg)
      drawn.legend(in: frame, svg: &svg)
    }
    return Picture(
      svg: svg, title: title, description: description, columns: ["country", "label", "stage", "reach"],
      rows: rows())
  }

  private static let legendHeight = 84.0
  static let height = (MapGround.height + legendHeight).rounded(.up)

  /// The numbers behind the map: each mark, farthest first, then by code.
  private func rows() -> [[String]] {
    marks.enumerated().sorted { left, right in
      if left.element.reach != right.element.reach { return left.element.reach > right.element.reach }
      if left.element.country != right.element.country {
        return left.element.country.utf8.lexicographicallyPrecedes(right.element.country.utf8)
      }
      return left.offset < right.offset
    }.map { [$0.element.country, $0.element.label, $0.element.stage, Reach.name($0.element.reach)] }
  }
}
