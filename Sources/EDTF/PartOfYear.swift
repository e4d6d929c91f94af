// The parts of a year that EDTF numbers 21 to 41, where a month would stand: which months, which name.

/// A season or other part of the year, in place of a month (EDTF, "Seasons" and "Sub-year groupings").
struct PartOfYear {
  static let numbers = 21...41

  private let number: Int

  /// Nil for a number that EDTF does not name.
  init?(number: Int) {
    guard PartOfYear.numbers.contains(number) else { return nil }
    self.number = number
  }

  var firstMonth: Int {
    switch number {
    case 21...24: 3 * (number - 21) + 3
    case 25...28: 3 * (number - 25) + 3
    // South of the equator, a season is half a year away.
    case 29...30: 3 * (number - 29) + 9
    case 31...32: 3 * (number - 31) + 3
    case 33...36: 3 * (number - 33) + 1
    case 37...39: 4 * (number - 37) + 1
    default: 6 * (number - 40) + 1
    }
  }

  /// In the next year if it comes before ``firstMonth``: the months of a winter are December to February.
  var lastMonth: Int {
    (firstMonth + lengthMonths - 2) % 12 + 1
  }

  private var lengthMonths: Int {
    switch number {
    case 21...36: 3
    case 37...39: 4
    default: 6
    }
  }

  /// "spring", or "the second quarter of": what the year is put after.
  var name: String {
    switch number {
    case 21...32: PartOfYear.seasons[(number - 21) % 4]
    case 33...36: "the \(PartOfYear.ordinals[number - 33]) quarter of"
    case 37...39: "the \(["first", "middle", "last"][number - 37]) four months of"
    default: "the \(PartOfYear.ordinals[number - 40]) half of"
    }
  }

  var hemisphere: String? {
    switch number {
    case 25...28: "northern hemisphere"
    case 29...32: "southern hemisphere"
    default: nil
    }
  }

  var isSeason: Bool { number <= 32 }

  private static let seasons = ["spring", "summer", "autumn", "winter"]
  private static let ordinals = ["first", "second", "third", "fourth"]
}
