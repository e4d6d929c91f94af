// What a person consents to, and until when.

public import EDTF

/// What a person consents to, and until when.
public struct ConsentGiven: Sendable, Equatable {
  /// The scopes: hold, count, quote, name, publish.
  public let scopes: Set<String>
  /// Until when; nil for no end.
  public let until: Until?

  /// An end of a consent.
  public enum Until: Sendable, Equatable {
    /// This day is the last.
    case day(Day)
    /// Nobody can say which day it is: the consent counts as ended.
    case unclear
  }

  /// The scope without which nobody is counted.
  public static let countScope = "count"

  /// A consent to some scopes.
  ///
  /// - Parameters:
  ///   - scopes: hold, count, quote, name, publish.
  ///   - until: a date (EDTF) whose last day is the last day of the consent; nil for no end.
  public init(scopes: some Sequence<String>, until: String? = nil) {
    self.scopes = Set(scopes)
    self.until = until.map(Self.end)
  }

  /// Reads the list that is sealed in a testimony: scopes, and `until=2030-12-31` among them. Of several ends the
  /// first in time holds.
  public init(entries: some Sequence<String>) {
    let prefix = "until="
    var scopes: Set<String> = []
    var end: Until?
    for entry in entries {
      guard entry.utf8.starts(with: prefix.utf8) else {
        scopes.insert(entry)
        continue
      }
      end = Self.earlier(end, Self.end(String(entry.dropFirst(prefix.count))))
    }
    self.scopes = scopes
    until = end
  }

  /// The scopes that hold on a day: none once it has ended.
  public func scopes(on day: Day) -> Set<String> {
    switch until {
    case nil: scopes
    case .day(let last): day <= last ? scopes : []
    case .unclear: []
    }
  }

  /// Whether its last day lies before a day, or nobody can say which day that is.
  public func hasEnded(on day: Day) -> Bool {
    switch until {
    case nil: false
    case .day(let last): day > last
    case .unclear: true
    }
  }

  /// Whether it holds on a day and lets the person be counted. Who said nothing did not consent.
  public func allowsCounting(on day: Day) -> Bool {
    scopes(on: day).contains(Self.countScope)
  }

  private static func end(_ text: String) -> Until {
    guard let date = try? EDTF(text), !date.isUncertain, !date.isApproximate,
      case .day(let last) = date.latest
    else { return .unclear }
    return .day(last)
  }

  private static func earlier(_ one: Until?, _ other: Until) -> Until {
    guard case .day(let first)? = one, case .day(let second) = other else {
      return one == nil ? other : .unclear
    }
    return .day(min(first, second))
  }
}
