// What the tests share: the shipped vocabulary, shorthand for drafts, and a seeded source of randomness.

import CanonicalJSON
import Foundation
import Milestones
import Testing

/// The shipped vocabulary, read once.
enum Shipped {
  private static let result = Result { try Vocabulary.shipped() }

  static func vocabulary() throws -> Vocabulary { try result.get() }

  /// The type of the name, which must be there.
  static func type(_ name: String) throws -> EventType {
    try #require(vocabulary().allTypes.first { $0.name == name }, "there is no type \(name)")
  }

  static func checker() throws -> DraftChecker { DraftChecker(vocabulary: try vocabulary()) }
}

/// Checks a draft of the shipped vocabulary, written as on the command line.
func checked(_ type: String, _ arguments: String...) throws -> CheckedEvent {
  try Shipped.checker().check(Draft(type: type, arguments: arguments))
}

/// What is wrong with a draft; nothing if it passes.
func problems(of draft: Draft, by checker: DraftChecker? = nil) throws -> [DraftProblem] {
  let checker = try checker ?? Shipped.checker()
  do throws(DraftError) {
    _ = try checker.check(draft)
    return []
  } catch {
    return error.problems
  }
}

/// What is wrong with a draft that is written as on the command line.
func problems(_ type: String, _ arguments: [String]) throws -> [DraftProblem] {
  try problems(of: Draft(type: type, arguments: arguments))
}

/// A draft read from JSON text.
func draft(json: String) throws -> Draft { try Draft(json: JSONText(parsing: Array(json.utf8)).root) }

/// The error that reading a value throws; nil if it is taken.
func refusal<Value>(_ read: () throws(ValueError) -> Value) -> ValueError? {
  do throws(ValueError) {
    _ = try read()
    return nil
  } catch {
    return error
  }
}

// As plain lists: the dictionaries of the public interface are of a package that the tests have no other use for.
extension Vocabulary {
  var allTypes: [EventType] { types.map(\.value) }
  var allKinds: [SubjectKind] { kinds.map(\.value) }
  var allLifecycles: [Lifecycle] { lifecycles.map(\.value) }
}

extension EventType {
  var allFields: [Field] { fields.map(\.value) }

  /// The field of the name, which must be there.
  func field(_ name: String) throws -> Field {
    try #require(allFields.first { $0.name == name }, "\(self.name) has no field \(name)")
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Strings as bytes: `==` of strings holds composed and decomposed characters for equal.
func sameBytes(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

/// A stamp for tests: only what a test is about is given.
func stamp(
  id: String = "event-1", at milliseconds: Int64 = 1_795_464_904_123, recorder: String = "m.reyes",
  origin: String = "https://example.org/metoo", schemaName: String? = "annals:vocabulary:sha256:00"
) throws -> Stamp {
  Stamp(
    id: try EventID(id), recorded: RecordedTime(milliseconds: milliseconds), recorder: recorder,
    origin: origin,
    schemaName: schemaName)
}

/// The test data in `Vectors/`.
enum Vectors {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }
}
