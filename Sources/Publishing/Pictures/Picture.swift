// What every picture is: SVG with a text alternative, and the numbers behind it.

/// A picture made at publication.
///
/// It is readable without colour, and says in words what it shows: ``title`` and ``description`` stand in the SVG too
/// (`role="img"`, or `group` where there are links in it, and `aria-labelledby`), and ``columns`` and ``rows`` are the
/// numbers behind it, for a table one click away.
package struct Picture: Sendable, Equatable {
  /// One `<svg>` element, without XML declaration, script or external reference; coloured by classes of the page's stylesheet.
  package let svg: String
  /// What it shows, in a line.
  package let title: String
  /// What can be read from it, in a sentence or two.
  package let description: String
  /// The names of the columns of the numbers.
  package let columns: [String]
  /// The numbers, row by row.
  package let rows: [[String]]

  package init(svg: String, title: String, description: String, columns: [String], rows: [[String]]) {
    self.svg = svg
    self.title = title
    self.description = description
    self.columns = columns
    self.rows = rows
  }
}
