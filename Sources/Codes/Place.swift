// What a code stands for, and from when to when.

public import EDTF

/// A country, a subdivision of one, or a former state.
///
/// Its ``code`` is the canonical one: two places are the same place exactly if their codes are. ISO 3166-1 has given
/// some alpha-2 codes twice (`CS`, `SK`, `GE`); the canonical code of a former state is therefore the alpha-4 code
/// of ISO 3166-3, which is never given again.
public struct Place: Sendable, Hashable {
  /// What sort of place it is, which is also the part of ISO 3166 that its code comes from.
  public enum Kind: Sendable, Hashable {
    /// A country or territory with an alpha-2 code: ISO 3166-1.
    case country
    /// A subdivision of a country: ISO 3166-2.
    case subdivision
    /// A state or territory whose code was withdrawn, with an alpha-4 code: ISO 3166-3.
    case former
  }

  /// The canonical code: `US`, `CN-BJ`, `YUCS`.
  public let code: String
  /// The name as ISO 3166 has it in English (subdivisions: in the form of iso-codes, mostly the local one).
  public let name: String
  /// Country, subdivision or former state.
  public let kind: Kind
  /// The alpha-2 or alpha-4 code of the state that it is or belongs to: `US`, `CN` for `CN-BJ`, `YUCS`.
  public let country: String
}

/// The days on which a code may be used, both ends included; nil is no limit.
public struct Validity: Sendable, Hashable, CustomStringConvertible {
  /// The first day; nil if the code may be used for any day up to ``last``.
  public let first: Day?
  /// The last day; nil if the code may be used for any day from ``first`` on.
  public let last: Day?

  /// Whether at least one day of the span is among these; nil as an end is an end that is not known.
  @inline(__always)
  public func touches(from earliest: Day?, to latest: Day?) -> Bool {
    if let first, let latest, latest < first { return false }
    if let last, let earliest, last < earliest { return false }
    return true
  }

  /// `from 2003-02-04 to 2006-06-05`, `from 2006-06-05 on`, `until 1991-12-26`, `at any time`.
  public var description: String {
    switch (first, last) {
    case (let first?, let last?): "from \(first) to \(last)"
    case (let first?, nil): "from \(first) on"
    case (nil, let last?): "until \(last)"
    case (nil, nil): "at any time"
    }
  }
}
