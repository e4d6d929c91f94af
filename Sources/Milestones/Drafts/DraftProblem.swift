// What is wrong with a draft: field by field, for people.

/// One thing that is wrong with a draft.
public struct DraftProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The field, or nil if the whole is meant.
  public let field: String?
  /// What is wrong and what to do; never the value of a sealed field.
  public let reason: String
  /// Whether the type exists but its work is not built yet.
  public let isNotAvailable: Bool
  /// Whether it would be right had somebody else not recorded something meanwhile.
  public let isConflict: Bool

  /// Makes a problem.
  public init(field: String?, reason: String, isNotAvailable: Bool = false, isConflict: Bool = false) {
    self.field = field
    self.reason = reason
    self.isNotAvailable = isNotAvailable
    self.isConflict = isConflict
  }

  /// `field: reason`.
  public var description: String { field.map { "\($0): \(reason)" } ?? reason }
}

/// A draft that is not accepted, with everything that is wrong with it.
public struct DraftError: Error, Equatable, Sendable, CustomStringConvertible {
  /// At least one problem.
  public let problems: [DraftProblem]

  /// Makes an error.
  public init(_ problems: [DraftProblem]) { self.problems = problems }

  /// Makes an error of one problem.
  public init(_ field: String?, _ reason: String) { problems = [DraftProblem(field: field, reason: reason)] }

  /// The problems, joined by semicolons.
  public var description: String { problems.map(\.description).joined(separator: "; ") }
}
