// The world map: every country is seen, none covers another, and no colour is needed.

internal import Codes
internal import Publishing
internal import Testing

@Suite("The world map")
struct WorldMapTests {
  /// What shows a country: its shape, its round sign or diamond.
  private struct Shown {
    let document: SVGDocument
    let shapes: [SVGDocument.Element]
    let signs: [SVGDocument.Box]

    init(_ marks: [WorldMap.Mark]) {
      document = SVGDocument(WorldMap(marks: marks, on: Samples.today).picture().svg)
      shapes = document.all("path", class: "map-country")
      var signs: [SVGDocument.Box] = []
      var isNew = false
      for element in document.elements where !element.isDefinition {
        if element.attributes["class"] == "map-mark" { isNew = true }
        let isSign = element.attributes["class"] == "picture-ball" && element.path.contains("g")
        if isNew, isSign, let box = SVGDocument.box(of: element) {
          signs.append(box)
          isNew = false
        }
      }
      self.signs = signs
    }
  }

  private static let areaVisibleMin = 110.0
  private static let signWidthMin = 9.0

  /// The area of a shape in square units.
  private static func area(_ shape: SVGDocument.Element) -> Double {
    // Rings begin with M; each is closed by itself.
    let rings = (shape.attributes["d"] ?? "").split(separator: "M").map { SVGDocument.points(of: "M" + $0) }
    let doubled = rings.map { ring in
      zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }
    return abs(doubled.reduce(0, +)) / 2 * shape.scale * shape.scale
  }

  /// Whether at least twenty square units of a shape lie under no sign.
  private static func isSeen(_ shape: SVGDocument.Element, beside signs: [SVGDocument.Box]) -> Bool {
    let rings = (shape.attributes["d"] ?? "").split(separator: "M").map { SVGDocument.points(of: "M" + $0) }
    guard let box = SVGDocument.box(of: shape) else { return false }
    let near = signs.filter { $0.touches(box) }
    var seen = 0
    for y in stride(from: box.top, to: box.bottom, by: 1) {
      for x in stride(from: box.left, to: box.right, by: 1) {
        let isInside = rings.contains { SVGDocument.isInside((x / shape.scale, y / shape.scale), ring: $0) }
        let isCovered = near.contains { $0.left <= x && x <= $0.right && $0.top <= y && y <= $0.bottom }
        if isInside, !isCovered { seen += 1 }
        if seen >= 20 { return true }
      }
    }
    return false
  }

  @Test("Every country of ISO 3166-1 is seen when it is the only one", arguments: Samples.codes(1))
  func alone(code: String) {
    let shown = Shown([Samples.mark(code, 3)])
    let isShape = shown.shapes.contains { WorldMapTests.area($0) >= WorldMapTests.areaVisibleMin }
    let isSign = shown.signs.contains { $0.right - $0.left >= WorldMapTests.signWidthMin }
    #expect(isShape || isSign)
  }

  @Test(
    "When all countries and former states are marked, no sign covers another, and shapes show between them")
  func together() {
    let codes = Samples.codes(1) + Samples.codes(3)
    let shown = Shown(Samples.marks(codes))
    #expect(shown.signs.count > 100)
    for (index, one) in shown.signs.enumerated() {
      for other in shown.signs[..<index] {
        let (x, y) = (
          one.left + one.right - other.left - other.right, one.top + one.bottom - other.top - other.bottom
        )
        let apart = (one.right - one.left + other.right - other.left) / 2
        #expect((x * x + y * y).squareRoot() / 2 >= apart)
      }
    }
    for shape in shown.shapes where WorldMapTests.area(shape) >= WorldMapTests.areaVisibleMin {
      #expect(
        WorldMapTests.isSeen(shape, beside: shown.signs),
        "\(shape.attributes["d"]?.prefix(12) ?? "") is covered")
    }
    let links = shown.document.all("a").compactMap { $0.attributes["href"] }
    let drawn = Set(links)
    for code in Samples.codes(1) {
      #expect(drawn.contains("country/\(code.lowercased()).html"), "\(code) leads nowhere")
    }
  }

  @Test("Classes differ by what is drawn, not by colour alone")
  func withoutColor() {
    let document = SVGDocument(
      WorldMap(marks: Samples.marks(Samples.codes(1)), on: Samples.today).picture().svg)
    let patterns = document.elements.filter { $0.name == "pattern" }
    #expect(patterns.count == 5)
    // The lines on the surfaces: one form for each class, and none for the last.
    let hatches = document.elements.filter { $0.path.contains("pattern") && $0.name == "path" }
    #expect(Set(hatches.compactMap { $0.attributes["d"] }).count == 4 && hatches.count == 4)
    // The tones: from light to dark, each at least a tenth of the scale from the next.
    let tones = document.elements.filter { $0.path.contains("pattern") && $0.name == "rect" }
      .map { WorldMapTests.lightness($0.attributes["fill"] ?? "") }
    for (lighter, darker) in zip(tones, tones.dropFirst()) { #expect(lighter - darker > 0.05) }
    // The round signs: nothing, a quarter, a half, three quarters, all.
    let fills = (0...4).map { reach in
      let sign = SVGDocument(WorldMap(marks: [Samples.mark("SM", reach)], on: Samples.today).picture().svg)
      let inMark = sign.elements.filter {
        $0.path.contains("g") && $0.attributes["class"] == "picture-ball-fill"
      }
      return inMark.first.map { $0.name + ($0.attributes["d"] ?? "") } ?? ""
    }
    #expect(Set(fills).count == 5 && fills[0].isEmpty && fills[4] == "circle")
  }

  /// The mean of the three parts of a colour, 0 to 1.
  private static func lightness(_ color: String) -> Double {
    let digits = Array(color.dropFirst())
    guard digits.count == 6 else { return .nan }
    return stride(from: 0, to: 6, by: 2).reduce(0) { sum, index in
      sum + Double(Int(String(digits[index...index + 1]), radix: 16) ?? 0) / 255 / 3
    }
  }

  @Test("A subdivision is drawn as its country, and several marks of a country as its farthest")
  func folding() {
    let parts = WorldMap(
      marks: [Samples.mark("US-CA", 4), Samples.mark("US", 1), Samples.mark("US-NY", 2)], on: Samples.today
    ).picture()
    let document = SVGDocument(parts.svg)
    let shapes = document.all("path", class: "map-country")
    #expect(shapes.count == 1)
    #expect(shapes.first?.attributes["fill"] == "url(#map-reach-4)")
    let title = document.elements.first { $0.name == "title" && $0.path.last == "path" }?.text ?? ""
    #expect(title == "California: in force; United States: announced; New York: pending")
    #expect(parts.rows.map { $0[0] } == ["US-CA", "US-NY", "US"])
  }

  @Test("A former state is drawn as the country of today only if it is that one")
  func former() {
    for (code, isShape) in [
      ("BUMM", true), ("ZRCD", true), ("DDDE", false), ("SUHH", false), ("YUCS", false),
    ] {
      let shown = Shown([Samples.mark(code, 3)])
      #expect(shown.shapes.count == (isShape ? 1 : 0), "\(code)")
      #expect(shown.signs.count == (isShape ? 0 : 1), "\(code)")
      #expect(shown.document.all("text").contains { $0.text == "former state" } == !isShape)
    }
  }

  @Test("A code that the map has no place for is told of in words")
  func withoutPlace() {
    for code in ["XK", "", "-", "ZZ", "nonsense"] {
      let picture = WorldMap(marks: [Samples.mark(code, 3)], on: Samples.today).picture()
      #expect(picture.description.hasSuffix("Without a place on the map: 1."), "\(code)")
      #expect(picture.rows.count == 1)
    }
  }

  @Test("The text alternative counts the countries of each class")
  func description() {
    let marks = [Samples.mark("FR", 4), Samples.mark("DE", 4), Samples.mark("SM", 1)]
    #expect(
      WorldMap(marks: marks, on: Samples.today).picture().description
        == "3 countries as of 2026-03-01: 2 in force; 1 announced or proposed.")
    #expect(
      WorldMap(marks: [], on: Samples.today).picture().description
        == "No country is told of as of 2026-03-01.")
  }

  @Test(
    "Areas on the map are to each other as those of the countries",
    arguments: [
      // Square kilometres, rounded, as the United Nations Demographic Yearbook has them.
      ("BR", 8_516_000.0), ("AU", 7_692_000), ("KZ", 2_725_000), ("CD", 2_345_000), ("FI", 338_000),
      ("MG", 587_000),
      ("MN", 1_564_000),
    ])
  func areas(code: String, squareKilometres: Double) throws {
    let shape = try #require(Shown([Samples.mark(code, 3)]).shapes.first)
    let globe = 510_066_000.0
    let radius = (1000.0 / 2 - 4) / EqualEarth.project(longitude: 180, latitude: 0).x
    let onMap = WorldMapTests.area(shape) / (4 * Double.pi * radius * radius) * globe
    // Shapes at 1:110 million leave out what is small.
    #expect(abs(onMap / squareKilometres - 1) < 0.06, "\(code): \(onMap)")
  }
}
