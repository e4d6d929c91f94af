// What testimonies can be counted by, and which of these counts may leave the machine.

/// What testimonies are counted by.
public enum Grouping: String, Sendable, CaseIterable {
  /// The campaign alone.
  case campaign
  /// The country that the testimony tells of; a subdivision counts for its country.
  case country
  /// The language that it was given in; its script and variants are left out.
  case language
  /// How it came. Stands in the public log.
  case channel
  /// The year, as the public log has it.
  case year
  /// The country and the year.
  case countryYear = "country-year"

  /// The groupings whose counts can be released: each counts one sealed field by itself, so that what two of them say
  /// can never be put together (docs/counting.md). Year and channel stand in the log for everybody to count; a country
  /// and a year together would be a second statement about the countries.
  public static let releasable: [Grouping] = [.country, .language]

  /// Whether its counts can be released.
  public var isReleasable: Bool { Self.releasable.contains(self) }
}

/// What a testimony is counted under.
public struct CountedValues: Sendable, Equatable {
  /// The campaign that it was shared with.
  public var campaign: String
  /// The country, sealed; nil if none was told.
  public var country: String?
  /// The language, sealed; nil if none was told.
  public var language: String?
  /// How it came; nil if that was not told.
  public var channel: String?
  /// The year of `occurred`, as the public log has it.
  public var year: String

  /// Gathers the values.
  public init(
    campaign: String, country: String? = nil, language: String? = nil, channel: String? = nil, year: String
  ) {
    self.campaign = campaign
    self.country = country
    self.language = language
    self.channel = channel
    self.year = year
  }

  /// The cell that the testimony lies in; nil if nothing was told of what is counted by.
  public func cell(by grouping: Grouping) -> String? {
    switch grouping {
    case .campaign: campaign
    case .country: country.map(Self.withoutSubdivision)
    case .language: language.map { Self.withoutSubdivision($0).lowercased() }
    case .channel: channel
    case .year: year
    case .countryYear: country.map { "\(Self.withoutSubdivision($0)) \(year)" }
    }
  }

  /// `US` of `US-CA`, `zh` of `zh-Hans`.
  private static func withoutSubdivision(_ code: String) -> String {
    String(code.utf8.prefix { $0 != UInt8(ascii: "-") }) ?? code
  }
}
