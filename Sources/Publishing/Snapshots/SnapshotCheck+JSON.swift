// What was found of a snapshot, as a document has it.

package import CanonicalJSON
internal import EDTF
internal import Ledger

extension SnapshotCheck {
  /// The members of the document.
  package var members: [(String, JSONValue)] {
    [
      ("same", .bool(isSame)), ("verdict", .string(kind)), ("says", .string(words)),
      ("file", .text(difference?.file)), ("place", .text(difference?.place)),
      ("expected", .text(difference?.expected)), ("found", .text(difference?.found)),
      ("checkpointSize", checkpointSize.map { .integer($0) } ?? .null),
      ("format", .string(claims.format.rawValue)), ("formatVersion", .integer(claims.formatVersion)),
      ("origin", .string(claims.origin)), ("size", .integer(claims.size)), ("root", .string(claims.root)),
      ("on", .string(claims.on.description)), ("knownAt", .integer(claims.knownAt)),
      ("restrictionsAt", claims.restrictionsAt.map { .integer($0) } ?? .null),
      ("restrictionsOn", .text(claims.restrictionsOn)), ("scope", .text(claims.scope)),
      ("digest", .string(claims.digest)),
    ]
  }
}
