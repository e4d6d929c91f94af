// The shipped vocabulary, read once, and what it declares as plain lists.

import Milestones
import Testing

/// The shipped vocabulary.
enum Shipped {
  private static let result = Result { try Vocabulary.shipped() }

  static func vocabulary() throws -> Vocabulary { try result.get() }

  static func lifecycles() throws -> [Lifecycle] { try vocabulary().lifecycles.map(\.value) }

  static func lifecycle(_ name: String) throws -> Lifecycle {
    try #require(lifecycles().first { $0.name == name }, "there is no lifecycle \(name)")
  }
}
