// Which place a country code names, as of the days an event may have happened: the public face of the module.

public import EDTF

/// The codes of countries, their subdivisions and former states (ISO 3166-1, -2 and -3), read as of a date.
///
/// A code is valid from when to when the table `validity.tsv` says; ISO 3166 itself has no such dates. These rules
/// hold:
///
/// - A span of days is inside the limits of a code if any of its days is.
/// - An alpha-2 code that ISO 3166-1 holds today means that country wherever the country's limits allow, and the
///   withdrawn meaning only where they do not: `SK` is Slovakia in 2000 and without a date, Sikkim in 1970. Were it
///   otherwise, an undated event in Slovakia could not be written at all; Sikkim always has `SKIN`.
/// - An alpha-2 code that was withdrawn stands for the former state of that time: `SU` in 1985 is `SUHH`. If the days
///   touch two of them, as `CS` does without a date, the code is refused and both are named.
/// - An alpha-4 code of ISO 3166-3 means its state and no other, within the limits of that state.
/// - A subdivision is valid when its country is. Former states have no subdivisions.
/// - On the day of a change both codes may be used. A change of name alone (Burma, Myanmar) is a change of code. `BY`
///   and `UA` have no lower limit, because both were members of the United Nations from 1945 on; `BYAA` names, until
///   1991-09-19, the state that is `BY`.
/// - User-assigned codes such as `XK` are refused, since they are not in ISO 3166.
/// - Codes are taken to the byte: capital letters, no spaces. What is refused comes with what to write instead.
///
/// ```swift
/// try Codes.resolve("CS", from: Day("1980-05-01"), to: Day("1980-05-31")).code   // "CSHH"
/// try Codes.resolve("US", from: nil, to: nil).name                               // "United States"
/// ```
public enum Codes {
  /// Reads a code as of the days on which an event may have happened.
  ///
  /// - Parameters:
  ///   - code: an alpha-2 code of ISO 3166-1 (today's or a withdrawn one), an alpha-4 code of ISO 3166-3, or a code of
  ///     ISO 3166-2.
  ///   - earliest: the first day on which the event may have happened; nil if it is not known.
  ///   - latest: the last such day; nil if it is not known.
  /// - Returns: the place, under its canonical code.
  /// - Throws: ``CodeError`` if there is no such code, if it was not valid on any of these days, or if it can mean two
  ///   states.
  public static func resolve(
    _ code: String, from earliest: Day?, to latest: Day?
  ) throws(CodeError) -> Place {
    let index = CodeIndex.shared
    guard let packed = PackedCode(code) else { throw .unreadable(code, from: earliest, to: latest) }
    if let meanings = index.meanings(ofAlpha2: packed), let first = meanings.first {
      if first.place.kind == .country || meanings.count == 1,
        first.validity.touches(from: earliest, to: latest)
      {
        return first.place
      }
      return try only(of: meanings, written: code, from: earliest, to: latest)
    }
    if let former = index.former(packed) {
      return try only(of: [former], written: code, from: earliest, to: latest)
    }
    if let (place, country) = index.subdivision(packed) {
      guard country.validity.touches(from: earliest, to: latest) else {
        throw index.notValid(code, place: place, meanings: [country], from: earliest, to: latest)
      }
      return place
    }
    throw .unreadable(code, from: earliest, to: latest)
  }

  /// The place with exactly this canonical code, whatever the date; nil if there is none. `CS` is not canonical.
  public static func place(_ canonicalCode: String) -> Place? {
    let index = CodeIndex.shared
    guard let packed = PackedCode(canonicalCode) else { return nil }
    return index.state(packed)?.place ?? index.subdivision(packed)?.place
  }

  /// The tables that all answers come from, byte for byte, sorted by the bytes of their names: what the digest of the
  /// code tables in a ledger's first event covers.
  public static var tables: [(name: String, text: StaticString)] {
    EmbeddedTexts.files
  }

  private static func only(
    of meanings: [State], written code: String, from earliest: Day?, to latest: Day?
  ) throws(CodeError) -> Place {
    let valid = meanings.filter { $0.validity.touches(from: earliest, to: latest) }
    guard let first = valid.first else {
      throw CodeIndex.shared.notValid(code, place: nil, meanings: meanings, from: earliest, to: latest)
    }
    guard valid.count == 1 else {
      throw CodeError(
        code: code, kind: .ambiguous(readings: valid.map(\.reading)), earliest: earliest, latest: latest)
    }
    return first.place
  }
}
