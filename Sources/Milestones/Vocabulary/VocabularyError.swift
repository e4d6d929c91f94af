// A vocabulary file that cannot be used: which file, which line, why.

/// A vocabulary file is refused.
public struct VocabularyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// File and line.
  public let place: VocabularyPlace
  /// What is wrong there.
  public let reason: String

  init(_ place: VocabularyPlace, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  /// `file:line: reason`.
  public var description: String { "\(place): \(reason)" }
}
