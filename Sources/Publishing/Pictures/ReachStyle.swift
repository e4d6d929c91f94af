// How a class of reach is drawn: a tone with a pattern on it, and a round sign that fills up.

extension Reach {
  /// The tones from 0 to 4, for pictures without a stylesheet: from light to dark, in one hue.
  static let tones = ["#f4efe4", "#cbdaea", "#96b9dc", "#4a80b8", "#143f6f"]

  /// Defines the patterns `PREFIX-reach-0` to `PREFIX-reach-4`. What is drawn in another unit needs another scale.
  static func definePatterns(in frame: PictureFrame, scale: Double, svg: inout SVGWriter) {
    svg.element("defs") { svg in
      for reach in 0...last {
        svg.element(
          "pattern",
          [
            ("id", "\(frame.prefix)-reach-\(reach)"), ("width", "6"), ("height", "6"),
            ("patternUnits", "userSpaceOnUse"), ("patternTransform", "scale(\(SVGWriter.number(scale)))"),
          ]
        ) { svg in
          svg.element(
            "rect",
            [("class", "picture-tone-\(reach)"), ("width", "6"), ("height", "6"), ("fill", tones[reach])])
          hatch(reach, svg: &svg)
        }
      }
    }
  }

  /// The fill of a surface of that class.
  static func fill(_ reach: Int, in frame: PictureFrame) -> String { frame.reference("reach-\(held(reach))") }

  /// The lines or dots of a class: dots, thin lines one way, thicker lines the other way, light lines across, nothing.
  private static func hatch(_ reach: Int, svg: inout SVGWriter) {
    let line = { (path: String, color: String, width: String) -> [SVGWriter.Attribute] in
      [
        ("class", "picture-hatch-\(reach)"), ("d", path), ("fill", "none"), ("stroke", color),
        ("stroke-width", width),
      ]
    }
    switch reach {
    case 0:
      svg.element(
        "path", line("M1 1.5h1M4 4.5h1", "#8a7a5c", "1"))
    case 1: svg.element("path", line("M-1 1l2-2M0 6l6-6M5 7l2-2", "#5b7da3", "0.9"))
    case 2: svg.element("path", line("M-1 5l2 2M0 0l6 6M5-1l2 2", "#234d7a", "1.3"))
    case 3: svg.element("path", line("M0 1.5h6M0 4.5h6", "#e8f0f8", "0.9"))
    default: break
    }
  }

  /// The round sign: a ring that is empty for 0, filled by a quarter for 1, and full for 4.
  static func ball(_ reach: Int, x: Double, y: Double, radius: Double, svg: inout SVGWriter) {
    let number = SVGWriter.number
    svg.element(
      "circle",
      [
        ("class", "picture-ball"), ("cx", number(x)), ("cy", number(y)), ("r", number(radius)),
        ("fill", "#fff"), ("stroke", "#143f6f"), ("stroke-width", "1.2"),
      ])
    guard held(reach) > 0 else { return }
    var attributes: [SVGWriter.Attribute] = [("class", "picture-ball-fill"), ("fill", "#143f6f")]
    if held(reach) == last {
      attributes += [("cx", number(x)), ("cy", number(y)), ("r", number(radius))]
      svg.element("circle", attributes)
      return
    }
    // From twelve o'clock onwards by quarters.
    let ends = [(x + radius, y), (x, y + radius), (x - radius, y)]
    let end = ends[held(reach) - 1]
    let path =
      "M\(number(x)) \(number(y))V\(number(y - radius))A\(number(radius)) \(number(radius)) 0 "
      + "\(held(reach) > 2 ? 1 : 0) 1 \(number(end.0)) \(number(end.1))z"
    svg.element("path", attributes + [("d", path)])
  }

  /// A line of the legend: swatch, sign and words, with the number of what is of that class.
  /// The scale is that of the patterns: the swatch shows them as large as the picture does.
  static func legend(
    _ reach: Int, text: String, x: Double, y: Double, size: Double, in frame: PictureFrame, scale: Double = 1,
    svg: inout SVGWriter
  ) {
    let number = SVGWriter.number
    svg.element("g", [("transform", "scale(\(number(1 / scale)))")]) { svg in
      svg.element(
        "rect",
        [
          ("class", "map-country"), ("x", number(x * scale)), ("y", number((y - size * 0.8) * scale)),
          ("width", number(size * 1.9 * scale)), ("height", number(size * scale)),
          ("fill", fill(reach, in: frame)), ("stroke", "#333"), ("stroke-width", number(0.8 * scale)),
        ])
    }
    ball(reach, x: x + size * 2.6, y: y - size * 0.3, radius: size * 0.4, svg: &svg)
    svg.words(text, x: x + size * 3.4, y: y, size: size)
  }
}
