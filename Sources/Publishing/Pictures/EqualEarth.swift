// The Equal Earth projection: areas on the map are to each other as those on the globe.

/// The Equal Earth projection (B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection, International Journal
/// of Geographical Information Science 33 (3), 2018, pages 454 to 465, equations 7 to 9).
///
/// On a sphere of radius 1, with φ the latitude, λ the longitude from the middle of the map, and sin θ = √3/2 sin φ:
///
///     x = 2 √3 λ cos θ / (3 (9 A4 θ⁸ + 7 A3 θ⁶ + 3 A2 θ² + A1))
///     y = A4 θ⁹ + A3 θ⁷ + A2 θ³ + A1 θ
///
/// Sine and arcsine are summed here from the four basic operations, whose results IEEE 754 lays down to the bit: a
/// mathematical library may differ from machine to machine in the last place, and pictures must not.
package enum EqualEarth {
  /// Where a place lies on the map of a sphere of radius 1, x to the east and y to the north.
  ///
  /// - Parameters:
  ///   - longitude: in degrees from the middle of the map.
  ///   - latitude: in degrees, -90 to 90.
  /// - Returns: the place, in radii of the sphere.
  package static func project(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
    let sinTheta = squareRootOf3 / 2 * sine(latitude * radiansInDegree)
    let theta = arcsine(sinTheta)
    let cosTheta = (1 - sinTheta * sinTheta).squareRoot()
    let square = theta * theta
    let sixth = square * square * square
    let x =
      2 * squareRootOf3 * longitude * radiansInDegree * cosTheta
      / (3 * (9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1))
    let y = theta * (a4 * sixth * square + a3 * sixth + a2 * square + a1)
    return (x, y)
  }

  private static let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)
  private static let squareRootOf3 = 3.0.squareRoot()
  private static let radiansInDegree = Double.pi / 180

  /// The series of Taylor, for at most a quarter turn: its terms are below the last place after the thirteenth.
  private static func sine(_ angle: Double) -> Double {
    var (term, sum) = (angle, angle)
    for step in 1...13 {
      let even = Double(2 * step)
      term *= -angle * angle / (even * (even + 1))
      sum += term
    }
    return sum
  }

  /// By Newton's method, for at most √3/2, where the slope is never flat; three steps are exact, eight are certain.
  private static func arcsine(_ value: Double) -> Double {
    var angle = value
    for _ in 0..<8 {
      let sine = sine(angle)
      angle += (value - sine) / (1 - sine * sine).squareRoot()
    }
    return angle
  }
}
