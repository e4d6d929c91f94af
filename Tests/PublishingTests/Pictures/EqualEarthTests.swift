// The projection: areas are kept, and its ends are where others have them.

internal import Foundation
internal import Publishing
internal import Testing

@Suite("The Equal Earth projection")
struct EqualEarthTests {
  @Test(
    "A piece of the globe has its own area on the map",
    arguments: [-90, -80, -58, -30, -10, 0, 10, 33, 60, 84])
  func area(south: Int) {
    for longitude in [-180.0, -60, 0, 100, 170] {
      let (low, high) = (Double(south), Double(south) + 6)
      let onMap = EqualEarthTests.projectedArea(
        west: longitude, east: longitude + 10, south: low, north: high)
      let radians = Double.pi / 180
      let onGlobe = 10 * radians * (sin(high * radians) - sin(low * radians))
      #expect(abs(onMap / onGlobe - 1) < 1e-6, "from \(longitude) east and \(south) north")
    }
  }

  @Test("The map ends where EPSG:8857 has its ends")
  func ends() {
    // The bounds of EPSG:8857 in metres. On the equator and at the poles the authalic latitude is the latitude, so that
    // the ellipsoid of WGS 84 gives what the sphere of its area does.
    let authalicRadiusMetres = 6_371_007.1809
    let east = EqualEarth.project(longitude: 180, latitude: 0)
    let north = EqualEarth.project(longitude: 0, latitude: 90)
    #expect(abs(east.x * authalicRadiusMetres - 17_243_959.06) < 0.1)
    #expect(abs(north.y * authalicRadiusMetres - 8_392_927.60) < 0.1)
    #expect(east.y == 0 && north.x == 0)
  }

  @Test("What lies across the equator or the middle is a mirror image")
  func mirror() {
    for (longitude, latitude) in [(10.0, 20.0), (179, 89), (45, 58)] {
      let place = EqualEarth.project(longitude: longitude, latitude: latitude)
      let across = EqualEarth.project(longitude: -longitude, latitude: -latitude)
      #expect(place.x == -across.x && place.y == -across.y && place.x > 0 && place.y > 0)
    }
  }

  /// The area of a piece by numeric integration around its edge (Green's theorem).
  private static func projectedArea(west: Double, east: Double, south: Double, north: Double) -> Double {
    let count = 2_000
    let shares = (0..<count).map { Double($0) / Double(count) }
    let edge =
      shares.map { (west + (east - west) * $0, south) } + shares.map { (east, south + (north - south) * $0) }
      + shares.map { (east - (east - west) * $0, north) }
      + shares.map { (west, north - (north - south) * $0) }
    let points = edge.map { EqualEarth.project(longitude: $0.0, latitude: $0.1) }
    return zip(points, points.dropFirst() + points.prefix(1)).reduce(0) { sum, pair in
      sum + (pair.0.x * pair.1.y - pair.1.x * pair.0.y) / 2
    }
  }
}
