// What it takes to pass a sealed field on: which scopes of consent a field asks for.

public import CanonicalJSON
public import EDTF

/// What a person can consent to.
public enum ConsentScope: String, Sendable, CaseIterable, Comparable {
  /// That the archive keeps it.
  case hold
  /// That it is counted among others.
  case count
  /// That its words are passed on.
  case quote
  /// That the person is named.
  case name
  /// That it is made known outside of the archive.
  case publish

  /// The order in which they are told.
  public static func < (one: ConsentScope, other: ConsentScope) -> Bool {
    (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
  }

  /// Fields that say who somebody is, or would lead to them.
  public static let namingFields = [
    "title", "person", "identifier", "founder", "organiser_contact", "local_contact", "agent", "list",
    "party",
  ]
  /// Fields that hold somebody's words, or where they stand.
  public static let quotingFields = ["narrative", "quotation", "sources", "evidence"]
  /// Fields that hold neither.
  private static let plainFields = [
    "country", "date", "occurred", "effective", "place", "language", "consent", "channel", "institution",
    "positions",
  ]

  /// The scopes that passing a field on asks for, in their order. Whatever leaves the archive asks for `hold` and
  /// `publish`; names ask for `name` besides, words for `quote`, and a field of which nothing is known for both.
  ///
  /// - Parameters:
  ///   - field: the field's name.
  ///   - value: what is in it: of a correction, the fields that it corrects count.
  /// - Returns: the scopes.
  public static func needed(toPassOn field: String, _ value: JSONValue) -> [ConsentScope] {
    var needed: Set<ConsentScope> = [.hold, .publish]
    if let corrected = value.object, ["old", "new"].contains(field) {
      for (name, value) in corrected { needed.formUnion(Self.needed(toPassOn: name, value)) }
      return needed.sorted()
    }
    if !quotingFields.contains(field) && !plainFields.contains(field) { needed.insert(.name) }
    if !namingFields.contains(field) && !plainFields.contains(field) { needed.insert(.quote) }
    return needed.sorted()
  }
}

/// What was said of a consent.
public enum ConsentTold: Sendable, Equatable {
  /// Nobody said anything.
  case nothing
  /// These scopes are consented to.
  case given(Set<String>)
  /// What was consented to has come to its end.
  case ended

  /// How a consent stands on a day.
  public init(_ consent: ConsentGiven?, on day: Day) {
    guard let consent else {
      self = .nothing
      return
    }
    self = consent.hasEnded(on: day) ? .ended : .given(consent.scopes(on: day))
  }

  /// The scopes that are consented to, in their order.
  public var scopes: [ConsentScope] {
    guard case .given(let scopes) = self else { return [] }
    return ConsentScope.allCases.filter { scopes.contains($0.rawValue) }
  }

  /// Of the scopes that something asks for, those that are not consented to.
  public func lacking(_ needed: [ConsentScope]) -> [ConsentScope] {
    needed.filter { !scopes.contains($0) }
  }
}
