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

  /// Reads any time of RFC 3339, section 5.6: with or without a fraction of the second, in UTC or at an offset, such as
  /// `2019-03-01T13:00:00+01:00`. What is finer than a millisecond is cut off.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":")
    else { return nil }
    var end = 19
    var fraction = Array("000".utf8)
    if bytes[end] == .dot {
      let digits = bytes[(end + 1)...].prefix { $0.isDigit }
      if digits.isEmpty { return nil }
      fraction = Array((digits + fraction).prefix(3))
      end = digits.endIndex
    }
    guard let offset = Self.offsetMinutes(bytes[end...]),
      let time = RecordedTime(
        String(
          decoding: bytes[..<10] + Array("T".utf8) + bytes[11..<19] + [.dot] + fraction + Array("Z".utf8),
          as: UTF8.self))
    else { return nil }
    let (moved, overflow) = time.milliseconds.subtractingReportingOverflow(offset * 60_000)
    guard !overflow else { return nil }
    milliseconds = moved
  }

  /// The last millisecond of a UTC day.
  public init?(endOf day: Day) {
    guard let next = RecordedTime("\(day)T23:59:59.999Z") else { return nil }
    self = next
  }

  /// `Z`, or `+01:00`.
  private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let sign = bytes.first else { return nil }
    let rest = Array(bytes.dropFirst())
    if sign | 0x20 == UInt8(ascii: "z") { return rest.isEmpty ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == .hyphen, rest.count == 5, rest[2] == UInt8(ascii: ":"),
      let hours = number(rest[0..<2]), let minutes = number(rest[3..<5]), hours < 24, minutes < 60
    else { return nil }
    return (sign == .hyphen ? -1 : 1) * (hours * 60 + minutes)
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
