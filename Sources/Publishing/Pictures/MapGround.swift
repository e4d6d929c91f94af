// The ground of the world map: shapes and places from the embedded tables, projected once.

internal import Codes

/// What the map is drawn on. Units are those of the picture; `Embedded/ORIGIN.md` tells where the tables come from.
struct MapGround: Sendable {
  /// A country's shape.
  struct Shape: Sendable {
    /// Path data in half units.
    let path: String
    /// How large it is, in square units.
    let area: Double
    /// Where its mark stands.
    let place: Point
  }

  /// A place on the map, in units from the upper left.
  struct Point: Sendable, Equatable {
    var x: Double
    var y: Double
  }

  /// The tables, read and projected at the first question.
  static let shared = MapGround()

  static let width = 1000.0
  /// The map ends at 84 degrees north and 58 degrees south, where no land but Antarctica follows.
  static let (latitudeMin, latitudeMax) = (-58.0, 84.0)
  static let height = point(longitude: middle, latitude: latitudeMin).y + margin
  /// Around 11 degrees east the edge of the map runs through Bering's strait and cuts no land.
  static let middle = 11.0
  static let margin = 4.0

  /// Shapes by code; `-` is land without a code.
  let shapes: [String: Shape]
  /// The codes of ``shapes`` in the order of their bytes.
  let codes: [String]
  /// Places of countries without a shape, and of former states.
  let places: [String: Point]
  /// Former states that are drawn as a country of today.
  let today: [String: String]
  /// The outline of the sea, in half units.
  let sea: String

  private init() {
    var shapes: [String: Shape] = [:]
    MapGround.forEachRow(of: "map-shapes.tsv") { fields in
      guard fields.count == 3 else { return }
      let place = MapGround.integers(fields[1])
      guard place.count == 2 else { return }
      var outline = PathData()
      for ring in fields[2].split(separator: ";") {
        outline.ring(MapGround.points(of: MapGround.integers(ring)))
      }
      shapes[String(fields[0])] = Shape(
        path: outline.text, area: outline.area,
        place: MapGround.point(longitude: Double(place[0]) / 10, latitude: Double(place[1]) / 10))
    }
    self.shapes = shapes
    codes = shapes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var places: [String: Point] = [:]
    var today: [String: String] = [:]
    MapGround.forEachRow(of: "map-places.tsv") { fields in
      let numbers =
        fields.count == 3 ? fields[1].split(separator: " ").compactMap { MapGround.halves($0) } : []
      guard numbers.count == 2 else { return }
      let code = String(fields[0])
      places[code] = MapGround.point(longitude: numbers[0], latitude: numbers[1])
      if !fields[2].isEmpty { today[code] = String(fields[2]) }
    }
    self.places = places
    self.today = today
    var sea = PathData()
    let latitudes = Array(stride(from: MapGround.latitudeMin, through: MapGround.latitudeMax, by: 2))
    let (west, east) = (MapGround.middle - 180, MapGround.middle + 179.999)
    sea.ring(
      latitudes.map { MapGround.point(longitude: west, latitude: $0) }
        + latitudes.reversed().map { MapGround.point(longitude: east, latitude: $0) })
    self.sea = sea.text
  }

  /// Where a place lies on the map.
  static func point(longitude: Double, latitude: Double) -> Point {
    let fromMiddle = longitude - middle < -180 ? longitude - middle + 360 : longitude - middle
    let place = EqualEarth.project(longitude: fromMiddle, latitude: latitude)
    return Point(
      x: width / 2 + place.x * unitsPerRadius, y: margin + (top - place.y) * unitsPerRadius)
  }

  /// How large the radius of the globe is in units.
  static let unitsPerRadius = (width / 2 - margin) / EqualEarth.project(longitude: 180, latitude: 0).x
  private static let top = EqualEarth.project(longitude: 0, latitude: latitudeMax).y

  /// The code under which a code is drawn, and whether it is a former state with a mark of its own; nil if the map has
  /// no place for it.
  ///
  /// A subdivision is drawn as its country, and a former state whose ground is that of one country of today as that.
  /// States that were divided or joined are not drawn as their successors: what they did is not what those have done.
  func code(drawnFor code: String) -> (code: String, isFormer: Bool)? {
    let country = Codes.place(code)?.country ?? code
    let drawn = today[country] ?? country
    guard shapes[drawn] != nil || places[drawn] != nil, drawn != "-" else { return nil }
    return (drawn, drawn.utf8.count > 2)
  }

  private static func points(of steps: [Int]) -> [Point] {
    var points: [Point] = []
    var (x, y) = (0, 0)
    for index in stride(from: 0, to: steps.count - 1, by: 2) {
      x += steps[index]
      y += steps[index + 1]
      // West of the map's edge lies what was moved east in the table.
      points.append(unwrapped(longitude: Double(x) / 10, latitude: Double(y) / 10))
    }
    return points
  }

  /// Where a point of a shape lies: a shape that passes the edge of the map by a little goes on, and is not torn.
  private static func unwrapped(longitude: Double, latitude: Double) -> Point {
    let place = EqualEarth.project(longitude: longitude - middle, latitude: latitude)
    return Point(
      x: width / 2 + place.x * unitsPerRadius, y: margin + (top - place.y) * unitsPerRadius)
  }

  private static func forEachRow(of name: String, body: ([Substring]) -> Void) {
    let text = EmbeddedTexts.files.first { $0.name == name }?.text.description ?? ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      body(line.split(separator: "\t", omittingEmptySubsequences: false))
    }
  }

  private static func integers(_ text: Substring) -> [Int] {
    text.split(separator: " ").compactMap { Int($0) }
  }

  /// Reads `-62.5` or `17`.
  private static func halves(_ text: Substring) -> Double? {
    let isHalf = text.hasSuffix(".5")
    guard let whole = Int(isHalf ? text.dropLast(2) : text) else { return nil }
    let half = isHalf ? 0.5 : 0
    return text.hasPrefix("-") ? Double(whole) - half : Double(whole) + half
  }
}

/// Path data in whole half units, each point as the step from the one before.
struct PathData {
  private(set) var text = ""
  /// The area of the rings in square units, holes taken off if they run the other way.
  var area: Double { abs(doubledArea) / 2 }
  private var doubledArea = 0.0

  /// Adds a closed ring; one that shrinks to less than three points is left out.
  mutating func ring(_ points: [MapGround.Point]) {
    for (from, to) in zip(points, points.dropFirst() + points.prefix(1)) {
      doubledArea += from.x * to.y - to.x * from.y
    }
    var kept: [(x: Int, y: Int)] = []
    for point in points {
      let half = (x: Int((point.x * 2).rounded()), y: Int((point.y * 2).rounded()))
      if let last = kept.last, last == half { continue }
      kept.append(half)
    }
    guard kept.count >= 3 else { return }
    text += "M\(kept[0].x)\(kept[0].y < 0 ? "" : " ")\(kept[0].y)l"
    var isFirst = true
    for (from, to) in zip(kept, kept.dropFirst()) {
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      text += "\(isFirst || dx < 0 ? "" : " ")\(dx)\(dy < 0 ? "" : " ")\(dy)"
      isFirst = false
    }
    text += "z"
  }
}
