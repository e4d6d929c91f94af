// What stands around every picture: the svg element with its names, and the patterns that reach is drawn with.

/// The frame of a picture.
struct PictureFrame {
  /// What the picture's ids begin with: letters, digits and hyphens, so that several can stand on one page.
  let prefix: String
  let width: Double
  let height: Double

  /// - Parameters:
  ///   - prefix: what ids begin with; characters other than ASCII letters, digits and hyphens become hyphens, and no more
  ///     than sixty are taken.
  ///   - width: the picture's width in units.
  ///   - height: its height.
  init(prefix: String, width: Double, height: Double) {
    let safe = prefix.unicodeScalars.prefix(60).map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    let startsWell = safe.first?.isLetter == true
    self.prefix = (startsWell ? "" : "p") + String(safe)
    self.width = width
    self.height = height
  }

  /// The whole picture, of a kind such as `map`. What has the role `img` has no parts for a screen reader, so that links
  /// in it could not be reached; a picture with links is a `group` with the same name and description.
  func svg(
    title: String, description: String, kind: String, hasLinks: Bool, content: (inout SVGWriter) -> Void
  ) -> String {
    var writer = SVGWriter()
    let (titleID, descriptionID) = ("\(prefix)-title", "\(prefix)-desc")
    writer.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("class", "picture \(kind)-picture"),
        ("viewBox", "0 0 \(SVGWriter.number(width)) \(SVGWriter.number(height))"),
        ("role", hasLinks ? "group" : "img"), ("aria-labelledby", "\(titleID) \(descriptionID)"),
        ("font-family", "system-ui, sans-serif"), ("fill", "#111"),
      ]
    ) { svg in
      svg.element("title", [("id", titleID)], text: title)
      svg.element("desc", [("id", descriptionID)], text: description)
      content(&svg)
    }
    return writer.text
  }

  /// The reference to something that the picture defines.
  func reference(_ name: String) -> String { "url(#\(prefix)-\(name))" }
}
