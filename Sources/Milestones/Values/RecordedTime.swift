// The ledger's own clock: UTC, to the millisecond, as RFC 3339 writes it.

public import EDTF

/// When the ledger took an event in: UTC to the millisecond.
public struct RecordedTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let milliseconds: Int64

  private static let dayMilliseconds: Int64 = 86_400_000

  /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads the form that ``description`` writes: `2026-11-23T20:15:04.123Z` (RFC 3339, section 5.6).
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes[19] == .dot, bytes[23] == UInt8(ascii: "Z"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Self.number(bytes[11..<13]), let minute = Self.number(bytes[14..<16]),
      let second = Self.number(bytes[17..<19]), let fraction = Self.number(bytes[20..<23]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let (start, overflow) = day.number.multipliedReportingOverflow(by: Self.dayMilliseconds)
    guard !overflow else { return nil }
    milliseconds = start + ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
  }

  /// The UTC day.
  public var day: Day {
    let whole = milliseconds / Self.dayMilliseconds
    return Day(number: milliseconds % Self.dayMilliseconds < 0 ? whole - 1 : whole)
  }

  /// RFC 3339 with three decimals and `Z`: `2026-11-23T20:15:04.123Z`.
  public var description: String {
    let day = self.day
    // By remainders: the day times its length can lie outside of Int64.
    let remainder = milliseconds % Self.dayMilliseconds
    let within = remainder < 0 ? remainder + Self.dayMilliseconds : remainder
    var bytes = Array(day.description.utf8)
    func append(_ value: Int64, digits: Int) {
      var divisor: Int64 = digits == 3 ? 100 : 10
      for _ in 0..<digits {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
        divisor = max(1, divisor / 10)
      }
    }
    bytes.append(UInt8(ascii: "T"))
    append(within / 3_600_000, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    append(within / 60_000 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    append(within / 1_000 % 60, digits: 2)
    bytes.append(.dot)
    append(within % 1_000, digits: 3)
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Order of time.
  public static func < (one: RecordedTime, other: RecordedTime) -> Bool {
    one.milliseconds < other.milliseconds
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard digit.isDigit else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
