// A page before it is written: what it says, and what it depends on.

internal import CanonicalJSON
internal import Ledger

/// A page, with the documents beside it.
struct SitePage {
  /// Its path without extension.
  let base: String
  /// The name of its template.
  let template: String
  /// What is named in the title of the window.
  let title: String
  /// What it says.
  let model: Model
  /// The documents beside it: what their names add to its own, and their members beside what they depend on.
  var documents: [(suffix: String, members: [(String, JSONValue)])] = []
}

extension SitePage {
  /// The document beside a page under its own name.
  static func document(_ members: [(String, JSONValue)]) -> (suffix: String, members: [(String, JSONValue)]) {
    ("", members)
  }
}

/// Cuts rows into pages.
struct Paged<Row> {
  /// The rows of each page; one page without rows if there are none.
  let pages: [ArraySlice<Row>]

  init(_ rows: [Row], by count: Int = SitePaths.rowsInPage) {
    var pages: [ArraySlice<Row>] = []
    var start = 0
    while start < rows.count {
      pages.append(rows[start..<min(start + count, rows.count)])
      start += count
    }
    self.pages = pages.isEmpty ? [[]] : pages
  }

  /// The links to the other pages, for a template; nil if there is one page only.
  func links(of number: Int, base: String) -> Model? {
    guard pages.count > 1 else { return nil }
    func link(_ other: Int) -> Model? {
      (1...pages.count).contains(other)
        ? ["href": SitePaths.page(base, other) + ".html", "number": other] : nil
    }
    var model: Model = ["number": number, "of": pages.count]
    model["previous"] = link(number - 1)
    model["next"] = link(number + 1)
    model["first"] = number > 2 ? link(1) : nil
    model["last"] = number < pages.count - 1 ? link(pages.count) : nil
    return model
  }
}
