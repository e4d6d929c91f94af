// The spread of a campaign: how many countries it had reached, and how sure that is.

internal import Codes
package import EDTF

/// The spread of a campaign over time: the number of countries that it had reached, day by day.
///
/// Each country is a row, earliest lowest, so that the rows make the curve. A day that is known is a dot; one that is not
/// is a bar over the days on which it can have been. The line counts the countries that were reached for certain, the
/// hatched surface above it those that may have been.
package struct SpreadChart: Sendable {
  /// A country that was reached. Of several points of one country the earliest counts.
  package struct Point: Sendable {
    /// ISO 3166; a subdivision counts as its country.
    package let country: String
    /// What is said of it, such as the country's name.
    package let label: String
    /// The first and the last day on which it can have been reached.
    package let (first, last): (Day, Day)
    /// Whether the source itself doubts the date (`2006?`).
    package let isUncertain: Bool
    /// A relative address that the point leads to.
    package let href: String?

    package init(
      country: String, label: String, first: Day, last: Day, isUncertain: Bool = false, href: String? = nil
    ) {
      self.country = country
      self.label = label
      self.first = min(first, last)
      self.last = max(first, last)
      self.isUncertain = isUncertain
      self.href = href
    }
  }

  /// What was reached, in any order.
  package let points: [Point]

  /// - Parameter points: what was reached, in any order.
  package init(points: [Point]) {
    self.points = points
  }

  /// Draws the spread.
  ///
  /// - Parameters:
  ///   - idPrefix: what the ids in it begin with, if several pictures stand on one page.
  ///   - title: its title, if the usual one does not say enough.
  /// - Returns: the picture, with the numbers behind it.
  package func picture(idPrefix: String = "spread", title: String? = nil) -> Picture {
    let counted = SpreadChart.earliest(of: points)
    let title = title ?? "Countries reached over time"
    let description = SpreadChart.description(of: counted)
    let layout = SpreadLayout(points: counted)
    let frame = PictureFrame(prefix: idPrefix, width: SpreadLayout.width, height: layout.height)
    let hasLinks = counted.contains { $0.href.flatMap(SVGWriter.relative) != nil }
    let svg = frame.svg(title: title, description: description, kind: "spread", hasLinks: hasLinks) { svg in
      layout.draw(in: frame, svg: &svg)
    }
    let rows = counted.enumerated().map { index, point in
      [
        String(index + 1), point.country, point.label, point.first.description, point.last.description,
        point.isUncertain ? "yes" : "no",
      ]
    }
    return Picture(
      svg: svg, title: title, description: description,
      columns: ["number", "country", "label", "earliest", "latest", "doubted"], rows: rows)
  }

  /// One point a country, in the order of first days.
  private static func earliest(of points: [Point]) -> [Point] {
    var seen: Set<String> = []
    return points.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.first != other.first { return one.first < other.first }
      if one.last != other.last { return one.last < other.last }
      if one.country != other.country {
        return one.country.utf8.lexicographicallyPrecedes(other.country.utf8)
      }
      return left.offset < right.offset
    }.map(\.element).filter { seen.insert(Codes.place($0.country)?.country ?? $0.country).inserted }
  }

  private static func description(of points: [Point]) -> String {
    guard let first = points.first, let last = points.max(by: { $0.last < $1.last }) else {
      return "No country is told of."
    }
    let words = { (point: Point) in
      DayWords.text(first: point.first, last: point.last, isCertain: !point.isUncertain)
    }
    guard points.count > 1 else { return "1 country: \(first.label), \(words(first))." }
    let ranges = points.count { $0.first != $0.last || $0.isUncertain }
    var text =
      "\(points.count) countries, from \(first.label) (\(words(first))) to \(last.label) (\(words(last)))."
    if ranges > 0 { text += " The day is not known exactly for \(ranges) of them." }
    return text
  }
}
