// Why a single value (a subject, an institution, an id …) is not accepted.

/// A value that is not well-formed: what is wrong with it, and what to write instead.
public struct ValueError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, worded so that it continues "the value …".
  public let reason: String
  /// What to write instead; a sentence, or empty.
  public let advice: String

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - reason: what is wrong.
  ///   - advice: what to do.
  public init(_ reason: String, advice: String = "") {
    self.reason = reason
    self.advice = advice
  }

  /// Reason and advice in one line.
  public var description: String { advice.isEmpty ? reason : "\(reason). \(advice)" }
}

extension UInt8 {
  static let hyphen = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isLowerLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
  var isLowerLetterOrDigit: Bool { isLowerLetter || isDigit }
  var isHexDigit: Bool { isDigit || (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f")) }
}
