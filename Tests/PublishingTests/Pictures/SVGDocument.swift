// Reads a picture as a browser would, far enough to ask where everything in it lies.

internal import Foundation
internal import FoundationXML
internal import Publishing

/// The elements of a picture in their order, with what each stands in.
final class SVGDocument: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The names of what it stands in, from the outside inwards.
    let path: [String]
    /// How much larger its units are, by the `scale` of what it stands in.
    let scale: Double
    var text = ""

    func number(_ name: String) -> Double { Double(attributes[name] ?? "") ?? 0 }
    var isDefinition: Bool { path.contains("defs") }
  }

  struct Box {
    var (left, top, right, bottom): (Double, Double, Double, Double)
    func touches(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  private(set) var elements: [Element] = []
  private(set) var error: String?
  private var open: [Int] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError.map { "\($0)" } ?? "no XML" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let outer = open.last.map { elements[$0] }
    var scale = outer?.scale ?? 1
    if let transform = attributes["transform"], transform.hasPrefix("scale("), transform.hasSuffix(")") {
      scale *= Double(transform.dropFirst(6).dropLast()) ?? .nan
    }
    let path = (outer.map { $0.path + [$0.name] }) ?? []
    elements.append(Element(name: name, attributes: attributes, path: path, scale: scale))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  /// The width and height of the picture.
  var size: (width: Double, height: Double) {
    let numbers = (elements.first?.attributes["viewBox"] ?? "").split(separator: " ").compactMap {
      Double($0)
    }
    return numbers.count == 4 ? (numbers[2], numbers[3]) : (.nan, .nan)
  }

  func all(_ name: String, class of: String? = nil) -> [Element] {
    elements.filter { element in
      element.name == name && !element.isDefinition
        && (of.map { (element.attributes["class"] ?? "").split(separator: " ").map(String.init).contains($0) }
          ?? true)
    }
  }

  /// What an element covers; nil for what covers nothing by itself. The width of words is what the
  /// pictures reckon with, which another test holds against a browser's.
  static func box(of element: Element) -> Box? {
    let scale = element.scale
    switch element.name {
    case "circle":
      let (x, y, radius) = (element.number("cx"), element.number("cy"), element.number("r"))
      return Box(
        left: (x - radius) * scale, top: (y - radius) * scale, right: (x + radius) * scale,
        bottom: (y + radius) * scale)
    case "rect":
      let (x, y) = (element.number("x"), element.number("y"))
      return Box(
        left: x * scale, top: y * scale, right: (x + element.number("width")) * scale,
        bottom: (y + element.number("height")) * scale)
    case "text":
      let (x, y, size) = (element.number("x"), element.number("y"), element.number("font-size"))
      let width = SVGText.width(element.text, size: size)
      let turned = element.attributes["direction"] == "rtl"
      let share =
        switch element.attributes["text-anchor"] ?? "start" {
        case "middle": 0.5
        case "end": turned ? 0.0 : 1.0
        default: turned ? 1.0 : 0.0
        }
      return Box(
        left: x - width * share, top: y - size * 0.8, right: x + width * (1 - share), bottom: y + size * 0.2)
    case "path":
      let points = points(of: element.attributes["d"] ?? "")
      guard let first = points.first else { return nil }
      var box = Box(left: first.x, top: first.y, right: first.x, bottom: first.y)
      for point in points {
        box = Box(
          left: min(box.left, point.x), top: min(box.top, point.y), right: max(box.right, point.x),
          bottom: max(box.bottom, point.y))
      }
      return Box(
        left: box.left * scale, top: box.top * scale, right: box.right * scale, bottom: box.bottom * scale)
    default: return nil
    }
  }

  /// Whether a point lies in a ring, by the even-odd rule.
  static func isInside(_ point: (x: Double, y: Double), ring: [(x: Double, y: Double)]) -> Bool {
    var isInside = false
    for (from, to) in zip(ring, ring.dropFirst() + ring.prefix(1))
    where (from.y > point.y) != (to.y > point.y) {
      if point.x < (to.x - from.x) * (point.y - from.y) / (to.y - from.y) + from.x { isInside.toggle() }
    }
    return isInside
  }

  /// The points that a path goes through; arcs count by their ends. Path data is what SVG 2, section 9.3 has.
  static func points(of path: String) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    var (x, y) = (0.0, 0.0)
    var reader = PathReader(path)
    while let command = reader.command() {
      let numbers = reader.numbers()
      let isRelative = command.isLowercase
      switch command.uppercased() {
      case "M", "L":
        for index in stride(from: 0, to: numbers.count - 1, by: 2) {
          x = (isRelative ? x : 0) + numbers[index]
          y = (isRelative ? y : 0) + numbers[index + 1]
          points.append((x, y))
        }
      case "H": for number in numbers { x = (isRelative ? x : 0) + number; points.append((x, y)) }
      case "V": for number in numbers { y = (isRelative ? y : 0) + number; points.append((x, y)) }
      case "A":
        guard numbers.count == 7, !isRelative else { return [(.nan, .nan)] }
        (x, y) = (numbers[5], numbers[6])
        points.append((x, y))
      case "Z": break
      default: return [(.nan, .nan)]
      }
    }
    return points
  }
}

/// Reads path data: a letter, then numbers.
private struct PathReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  mutating func command() -> Character? { rest.popFirst().map { Character(Unicode.Scalar($0)) } }

  mutating func numbers() -> [Double] {
    var numbers: [Double] = []
    while let first = rest.first, !PathReader.isLetter(first) {
      if first == UInt8(ascii: " ") || first == UInt8(ascii: ",") {
        rest.removeFirst()
        continue
      }
      let end =
        rest.dropFirst().firstIndex { byte in
          byte != UInt8(ascii: ".") && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        } ?? rest.endIndex
      let text = String(decoding: rest[..<end], as: UTF8.self)
      // Whole numbers are by far the most, and read faster.
      numbers.append(Int(text).map(Double.init) ?? Double(text) ?? .nan)
      rest = rest[end...]
    }
    return numbers
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") }
}
