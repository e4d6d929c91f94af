// What every answer carries as a document: keys are stable, camelCase, and never left out. docs/output.md describes them.

package import CanonicalJSON
internal import EDTF
package import Ledger
internal import TransparencyLog

extension AnswerContext {
  /// What every document carries.
  package var members: [(String, JSONValue)] {
    [
      ("origin", .string(origin)), ("size", .integer(size)), ("root", .string(root.base64)),
      ("on", .string(on.description)),
      ("knownAt", .integer(knownAt)), ("restrictionsAt", restrictionsAt.map { .integer($0) } ?? .null),
    ]
  }

  /// A line for people. The beginning of the root is enough to see that two answers are of the same log.
  package var line: String {
    let restrictions = restrictionsAt.map { ", restrictions up to [\($0)]" } ?? ""
    return "\(origin): \(size) events known, on \(on), root \(root.base64.prefix(8))\(restrictions)"
  }

  /// A whole document.
  ///
  /// - Parameter members: what it has beside what the answer depends on.
  /// - Returns: the document.
  package func document(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(self.members + members))
  }
}

extension Answer {
  /// The document of an answer.
  ///
  /// - Parameter members: what it has beside what the answer depends on, made of the content.
  /// - Returns: the document.
  package func document(_ members: (Content) -> [(String, JSONValue)]) -> JSONValue {
    context.document(members(content))
  }
}
