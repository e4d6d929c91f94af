// Draws the world map: ground, countries, round signs and legend.

internal import EDTF

extension WorldMap {
  /// The marks, one for each country that is drawn.
  struct Drawn {
    /// A country with all that is said of it.
    struct Country {
      let code: String
      let isFormer: Bool
      var reach: Int
      var labels: [String]
      var href: String?
    }

    /// In the order of their codes' bytes.
    let countries: [Country]
    /// How many marks the map has no place for.
    let withoutPlace: Int

    private let ground = MapGround.shared
    /// Smaller shapes are not seen, or a sign beside them covers them.
    static let areaVisibleMin = 110.0
    /// The radius of a round sign with its rim.
    static let signRadius = 6.5
    /// Half the diagonal of the diamond around the sign of a former state.
    static let diamondRadius = 9.0

    init(_ marks: [Mark]) {
      var byCode: [String: Country] = [:]
      var withoutPlace = 0
      for mark in marks {
        guard let place = ground.code(drawnFor: mark.country) else {
          withoutPlace += 1
          continue
        }
        let stage = mark.stage.isEmpty ? Reach.name(mark.reach) : SVGText.stage(mark.stage)
        let label = "\(mark.label.isEmpty ? mark.country : mark.label): \(stage)"
        var country =
          byCode[place.code]
          ?? Country(code: place.code, isFormer: place.isFormer, reach: mark.reach, labels: [])
        country.labels.append(label)
        country.reach = max(country.reach, mark.reach)
        country.href = country.href ?? mark.href.flatMap(SVGWriter.relative)
        byCode[place.code] = country
      }
      countries = byCode.values.sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
      self.withoutPlace = withoutPlace
    }

    /// How many countries are in a class.
    func count(_ reach: Int) -> Int { countries.count { $0.reach == reach } }

    /// The text alternative.
    func description(on day: Day) -> String {
      guard !countries.isEmpty || withoutPlace > 0 else { return "No country is told of as of \(day)." }
      let classes = (0...Reach.last).reversed().filter { count($0) > 0 }.map {
        "\(count($0)) \(Reach.name($0))"
      }
      let places = countries.count == 1 ? "1 country" : "\(countries.count) countries"
      var text = "\(places) as of \(day)"
      if !classes.isEmpty { text += ": \(classes.joined(separator: "; "))" }
      if withoutPlace > 0 { text += ". Without a place on the map: \(withoutPlace)" }
      return text + "."
    }

    /// Sea, and all land that nothing is told of.
    func ground(svg: inout SVGWriter) {
      let marked = Set(countries.map(\.code))
      svg.element("g", [("transform", "scale(.5)"), ("stroke-linejoin", "round")]) { svg in
        svg.element(
          "path",
          [
            ("class", "map-sea"), ("d", ground.sea), ("fill", "#f4f7f9"), ("stroke", "#c3ccd3"),
            ("stroke-width", "1.5"),
          ])
        let land = ground.codes.filter { !marked.contains($0) }.compactMap { ground.shapes[$0]?.path }
          .joined()
        svg.element(
          "path",
          [
            ("class", "map-land"), ("d", land), ("fill", "#fff"), ("stroke", "#a4adb5"),
            ("stroke-width", "1"),
          ])
      }
    }

    /// The countries that have a shape, filled with their pattern.
    func countries(in frame: PictureFrame, svg: inout SVGWriter) {
      svg.element("g", [("transform", "scale(.5)"), ("stroke-linejoin", "round")]) { svg in
        for country in countries {
          guard let shape = ground.shapes[country.code] else { continue }
          svg.link(country.href) { svg in
            svg.element(
              "path",
              [
                ("class", "map-country"), ("d", shape.path), ("fill", Reach.fill(country.reach, in: frame)),
                ("stroke", "#333"), ("stroke-width", "1.4"),
              ]
            ) { $0.element("title", [], text: country.labels.joined(separator: "; ")) }
          }
        }
      }
    }

    /// The round signs, each where there is room for it.
    func signs(svg: inout SVGWriter) {
      let small = countries.filter { isSmall($0) }
      let places = small.map { ground.places[$0.code] ?? ground.shapes[$0.code]?.place ?? origin }
      let kept = countries.filter { !isSmall($0) }.compactMap { ground.shapes[$0.code]?.place }
      let placing = MarkPlacing(width: MapGround.width, height: MapGround.height, kept: kept)
      let found = placing.places(
        wanted: zip(places, small).map { ($0, $1.isFormer ? Drawn.diamondRadius : Drawn.signRadius) })
      let number = SVGWriter.number
      for (place, sign) in zip(places, found) where abs(place.x - sign.x) + abs(place.y - sign.y) > 3 {
        svg.element(
          "path",
          [
            ("class", "map-leader"), ("fill", "none"), ("stroke", "#333"), ("stroke-width", "0.8"),
            ("d", "M\(number(place.x)) \(number(place.y))L\(number(sign.x)) \(number(sign.y))"),
          ])
      }
      for (country, place) in zip(small, found) {
        svg.link(country.href) { svg in
          svg.element("g", [("class", "map-mark")]) { svg in
            svg.element("title", [], text: country.labels.joined(separator: "; "))
            Drawn.sign(country.reach, isFormer: country.isFormer, at: place, svg: &svg)
          }
        }
      }
    }

    /// A round sign, in a diamond if it is of a former state.
    static func sign(_ reach: Int, isFormer: Bool, at place: MapGround.Point, svg: inout SVGWriter) {
      guard isFormer else {
        return Reach.ball(reach, x: place.x, y: place.y, radius: signRadius - 1.1, svg: &svg)
      }
      let number = SVGWriter.number
      let (x, y, radius) = (place.x, place.y, diamondRadius - 0.8)
      svg.element(
        "path",
        [
          ("class", "picture-ball"), ("fill", "#fff"), ("stroke", "#143f6f"), ("stroke-width", "1.2"),
          (
            "d",
            "M\(number(x)) \(number(y - radius))L\(number(x + radius)) \(number(y))L\(number(x)) "
              + "\(number(y + radius))L\(number(x - radius)) \(number(y))z"
          ),
        ])
      Reach.ball(reach, x: x, y: y, radius: radius * 0.56, svg: &svg)
    }

    /// The classes with their patterns and numbers, and what else the map shows.
    func legend(in frame: PictureFrame, svg: inout SVGWriter) {
      let size = 16.0
      let (columns, top) = (3, MapGround.height + 26)
      for (index, reach) in (0...Reach.last).reversed().enumerated() {
        Reach.legend(
          reach, text: "\(Reach.name(reach)): \(count(reach))", x: 20 + Double(index % columns) * 330,
          y: top + Double(index / columns) * 26, size: size, in: frame, scale: 2, svg: &svg)
      }
      let last = MapGround.Point(x: 20 + 2 * 330, y: top + 26)
      let hasFormer = countries.contains(where: \.isFormer)
      if hasFormer {
        Drawn.sign(
          2, isFormer: true, at: MapGround.Point(x: last.x + size * 2.6, y: last.y - size * 0.3), svg: &svg)
        svg.words("former state", x: last.x + size * 3.4, y: last.y, size: size)
      }
      svg.words(
        "Round sign: a country too small to be seen otherwise. Blank: nothing is told of it.", x: 20,
        y: top + 50,
        size: 13, class: "picture-faint")
    }

    private var origin: MapGround.Point { MapGround.Point(x: 0, y: 0) }

    private func isSmall(_ country: Country) -> Bool {
      (ground.shapes[country.code]?.area ?? 0) < Drawn.areaVisibleMin
    }
  }
}
