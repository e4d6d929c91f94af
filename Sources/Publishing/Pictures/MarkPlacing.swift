// Moves the round marks of small countries apart, so that none covers another.

/// Finds a place for each mark, as near to where it belongs as there is room.
///
/// Marks take their places one after another, in the order in which they are given: the nearest place of a grid that is
/// as far as a mark is wide from all marks that stand, and keeps clear of the points that must stay visible. All is whole
/// numbers and comparisons, so the same marks come to stand on the same places everywhere.
struct MarkPlacing {
  /// The ground that marks stand on, wholly inside.
  let width: Double
  let height: Double
  /// Points that no mark may cover: where shapes show what they are filled with.
  let kept: [MapGround.Point]

  private static let gap = 1.0
  private static let keptRadius = 2.5

  /// Where a mark is, and its radius with its rim.
  typealias Mark = (place: MapGround.Point, radius: Double)

  /// The places, one for each of `wanted`, in its order. If all ground is full, a mark stays where it belongs.
  func places(wanted: [Mark]) -> [MapGround.Point] {
    var taken: [Mark] = []
    for mark in wanted {
      let inside = held(mark.place, radius: mark.radius)
      let found = MarkPlacing.steps.lazy
        .map { MapGround.Point(x: inside.x + Double($0.x), y: inside.y + Double($0.y)) }
        .first { isFree($0, radius: mark.radius, taken: taken) }
      taken.append((found ?? inside, mark.radius))
    }
    return taken.map(\.place)
  }

  private func held(_ place: MapGround.Point, radius: Double) -> MapGround.Point {
    MapGround.Point(
      x: max(radius, min(width - radius, place.x)), y: max(radius, min(height - radius, place.y)))
  }

  private func isFree(_ place: MapGround.Point, radius: Double, taken: [Mark]) -> Bool {
    guard place == held(place, radius: radius) else { return false }
    for other in taken {
      let apart = radius + other.radius + MarkPlacing.gap
      if MarkPlacing.squared(place, other.place) < apart * apart { return false }
    }
    let clear = radius + MarkPlacing.keptRadius
    for other in kept where MarkPlacing.squared(place, other) < clear * clear { return false }
    return true
  }

  private static func squared(_ left: MapGround.Point, _ right: MapGround.Point) -> Double {
    (left.x - right.x) * (left.x - right.x) + (left.y - right.y) * (left.y - right.y)
  }

  /// Steps away from a place, nearest first; of two as near, the one farther down.
  private static let steps: [(x: Int, y: Int)] = {
    let reach = 180
    var all: [(x: Int, y: Int)] = []
    for y in stride(from: -reach, through: reach, by: 3) {
      for x in stride(from: -reach, through: reach, by: 3) { all.append((x, y)) }
    }
    return all.sorted { left, right in
      let (near, far) = (left.x * left.x + left.y * left.y, right.x * right.x + right.y * right.y)
      return near != far ? near < far : (left.y != right.y ? left.y > right.y : left.x < right.x)
    }
  }()
}
