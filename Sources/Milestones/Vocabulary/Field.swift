// A field of an event type: its kind, whether it must be given, whether it can be or is sealed.

/// What a field can hold.
public enum FieldKind: Sendable, Equatable {
  /// Text, as the source has it.
  case text
  /// A whole number.
  case integer
  /// `true` or `false`.
  case boolean
  /// One of the values named.
  case choice([String])
  /// A date in EDTF (ISO 8601-2), kept to the byte.
  case date
  /// A country, subdivision or former state by its ISO 3166 code.
  case country
  /// The path of an institution.
  case institution
  /// A party to a treaty: a code as for a country, or the path of an organisation under `int/`.
  case party
  /// Another subject; of one of the kinds, if any are named.
  case subject([String])
  /// A SHA-256 digest, 64 hexadecimal digits.
  case sha256
  /// A web address, http or https.
  case url
  /// A language tag (BCP 47).
  case language
  /// A figure as its source gives it; see ``Quantity``.
  case quantity
  /// Another event of the ledger, by id or position.
  case event
  /// Sources, in their usual form.
  case sources
  /// Names and values, for corrections.
  case map

  /// The kind's name in a vocabulary file.
  public var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .boolean: "boolean"
    case .choice: "choice"
    case .date: "date"
    case .country: "country"
    case .institution: "institution"
    case .party: "party"
    case .subject: "subject"
    case .sha256: "sha256"
    case .url: "url"
    case .language: "language"
    case .quantity: "quantity"
    case .event: "event"
    case .sources: "sources"
    case .map: "map"
    }
  }

  /// All kinds without parameters filled in, in the order of the documentation.
  static let all: [FieldKind] = [
    .text, .integer, .boolean, .choice([]), .date, .country, .institution, .party, .subject([]), .sha256,
    .url,
    .language, .quantity, .event, .sources, .map,
  ]
}

/// One field of an event type.
public struct Field: Sendable, Equatable {
  /// Its name: lower-case words joined by underscores.
  public let name: String
  /// What it can hold.
  public let kind: FieldKind
  /// Whether it must be given.
  public let isRequired: Bool
  /// Whether it can be given more than once.
  public let isList: Bool
  /// Whether it can be sealed: kept in the vault, with only a salted digest in the log.
  public let isSealable: Bool
  /// Whether it is sealed unless the event is public.
  public let isSealed: Bool
  /// What it means, in a sentence.
  public let means: String

  /// Makes a field.
  public init(
    name: String, kind: FieldKind, isRequired: Bool = false, isList: Bool = false, isSealable: Bool = false,
    isSealed: Bool = false, means: String
  ) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.isList = isList
    self.isSealable = isSealable
    self.isSealed = isSealed
    self.means = means
  }
}
