// Writes SVG: elements, attributes and numbers, the same bytes on every machine.

/// Writes one picture.
///
/// Numbers are rounded to tenths and written from integers, so neither locale nor the printing of floating point has a
/// say. Nothing writes `style`, scripts or references outside of the picture.
///
/// Classes that a stylesheet may use (Sources/Publishing/Embedded/pictures.css has them):
/// - in every picture: `picture`, `picture-text`, `picture-faint` (text that says less), `picture-halo` (the
///   ground around words), `picture-axis`, `picture-link`,
///   `picture-ball` and `picture-ball-fill` (the round signs of how far a country is);
/// - reach, in tones and patterns: `picture-tone-0` to `picture-tone-4` (surfaces), `picture-hatch-0` to
///   `picture-hatch-3` (the lines or dots on them);
/// - `map-sea`, `map-land`, `map-country`, `map-mark`, `map-leader`;
/// - `spread-band`, `spread-hatch`, `spread-line`, `spread-range`, `spread-dot`, `spread-open`;
/// - `lane-rule`, `lane-bar`, `lane-maybe`, `lane-gap`.
struct SVGWriter {
  private(set) var text = ""

  /// An attribute: its name and its value, which is the program's own or passed by ``relative(_:)``.
  typealias Attribute = (name: String, value: String)

  /// An element without content.
  mutating func element(_ name: String, _ attributes: [Attribute]) {
    text += "<\(name)\(written(attributes))/>"
  }

  /// An element with a text and nothing else.
  mutating func element(_ name: String, _ attributes: [Attribute], text content: String) {
    text += "<\(name)\(written(attributes))>\(SVGText.escaped(content))</\(name)>"
  }

  /// An element with what `content` writes.
  mutating func element(
    _ name: String, _ attributes: [Attribute] = [], content: (inout SVGWriter) -> Void
  ) {
    text += "<\(name)\(written(attributes))>"
    content(&self)
    text += "</\(name)>"
  }

  /// What `content` writes, as a link if there is one that may be followed.
  mutating func link(_ href: String?, content: (inout SVGWriter) -> Void) {
    guard let href = href.flatMap(SVGWriter.relative) else { return content(&self) }
    element("a", [("class", "picture-link"), ("href", href)], content: content)
  }

  /// A line of words that begins (`start`), ends (`end`) or is centred (`middle`) at a place. Words from right to left
  /// stand on the same ground. With a halo they can be read in front of lines.
  mutating func words(
    _ words: String, x: Double, y: Double, size: Double, anchor: Anchor = .start,
    class name: String = "picture-text", hasHalo: Bool = false
  ) {
    let words = SVGText.clean(words)
    guard !words.isEmpty else { return }
    let turned = SVGText.isRightToLeft(words)
    var attributes: [Attribute] = [
      ("class", name), ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)),
      ("font-size", SVGWriter.number(size)), ("fill", name == "picture-faint" ? "#555" : "#111"),
    ]
    let anchor = turned ? anchor.turned : anchor
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if turned { attributes.append(("direction", "rtl")) }
    if hasHalo {
      // What runs behind the words stops short of them.
      attributes[0].value += " picture-halo"
      attributes += [
        ("stroke", "#fff"), ("stroke-width", "3"), ("stroke-linejoin", "round"), ("paint-order", "stroke"),
      ]
    }
    element("text", attributes, text: words)
  }

  /// Where words stand from their place.
  enum Anchor: String {
    case start, middle, end
    var turned: Anchor {
      switch self {
      case .start: .end
      case .middle: .middle
      case .end: .start
      }
    }
  }

  /// A number with at most one decimal: `12`, `-0.5`. What is no number or beyond a million is held to that.
  static func number(_ value: Double) -> String {
    guard value == value else { return "0" }
    let tenths = Int((max(-1_000_000, min(1_000_000, value)) * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
  }

  /// The address, if it is one within the site: ASCII, no scheme, no host, not from the root.
  static func relative(_ href: String) -> String? {
    guard !href.isEmpty, href.utf8.count <= hrefLengthMaxBytes, href.utf8.allSatisfy(isOfAddress),
      !href.hasPrefix("/")
    else { return nil }
    let beforePath = href.utf8.prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    return beforePath.contains(UInt8(ascii: ":")) ? nil : href
  }

  private static let hrefLengthMaxBytes = 2_000

  /// What RFC 3986, section 2, lets stand in an address.
  private static func isOfAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }
  }

  private func written(_ attributes: [Attribute]) -> String {
    attributes.reduce(into: "") { text, attribute in
      let isPlain = attribute.value.utf8.allSatisfy { !"&<>\"".utf8.contains($0) }
      text += " \(attribute.name)=\"\(isPlain ? attribute.value : SVGText.escaped(attribute.value))\""
    }
  }
}
