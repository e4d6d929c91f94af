// A snapshot as a Frictionless Data package (specs.frictionlessdata.io, Tabular Data Package 1.0): a descriptor with the
// schema of each table, and a file of comma-separated values for each.

internal import CanonicalJSON
internal import Crypto
internal import Ledger
internal import Milestones
internal import Projections

/// A data package of a snapshot.
struct DataPackage {
  /// The name of the descriptor.
  static let descriptorName = "datapackage.json"
  /// The member of the descriptor under which stands what the snapshot depends on.
  static let headerKey = "annals"

  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// The descriptor and the tables.
  func files() throws -> [SnapshotFile] {
    let tables = snapshot.tables.map { (table: $0, bytes: Array($0.csv.utf8)) }
    let descriptor: JSONValue = [
      "profile": "tabular-data-package", "name": .string(Self.name(of: snapshot.context.origin)),
      "title": .string(snapshot.title), "description": .string(snapshot.says),
      Self.headerKey: .object(snapshot.header),
      "resources": .array(tables.map { Self.resource($0.table, $0.bytes) }),
    ]
    return [
      SnapshotFile(name: Self.descriptorName, bytes: Array((try descriptor.indented() + "\n").utf8))
    ]
      + tables.map { SnapshotFile(name: Self.path(of: $0.table), bytes: $0.bytes) }
  }

  private static func path(of table: SnapshotTable) -> String { "\(table.name).csv" }

  private static func resource(_ table: SnapshotTable, _ bytes: [UInt8]) -> JSONValue {
    [
      "profile": "tabular-data-resource", "name": .string(table.name), "path": .string(path(of: table)),
      "title": .string(table.title), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
      "bytes": .integer(Int64(bytes.count)),
      "hash": .string("sha256:\(Hex.lowercase(SHA256.hash(data: bytes)))"),
      "dialect": [
        "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true,
        "skipInitialSpace": false, "header": true,
      ],
      "schema": schema(of: table),
    ]
  }

  private static func schema(of table: SnapshotTable) -> JSONValue {
    let fields = table.columns.map { column -> JSONValue in
      [
        "name": .string(column.name), "type": .string(column.kind.rawValue),
        "description": .string(column.means),
      ]
    }
    var schema = JSONObject([("fields", .array(fields)), ("missingValues", [""])])
    if let key = table.key { schema["primaryKey"] = .string(key) }
    if let column = table.eventColumn {
      schema["foreignKeys"] = [
        ["fields": .string(column), "reference": ["resource": "events", "fields": "position"]]
      ]
    }
    return .object(schema)
  }

  /// The name of a package: small letters, digits and a few marks.
  private static func name(of origin: String) -> String {
    let letters = origin.utf8.map { byte -> Character in
      switch byte {
      case 0x41...0x5a: Character(Unicode.Scalar(byte | 0x20))
      case 0x61...0x7a, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        Character(Unicode.Scalar(byte))
      default: "-"
      }
    }
    return "annals-" + String(letters)
  }
}

extension Snapshot {
  /// What it is the state of.
  var about: String {
    switch state.scope {
    case .world: "the world"
    case .country(let code): code
    case .institution(let path): path
    case .subject(let name): name
    }
  }

  /// A heading.
  var title: String { "The state of \(about) on \(context.on)" }

  /// What it is, in a sentence.
  package var says: String {
    "What \(context.origin) told of \(about) on \(context.on), by the first \(context.size) events of its log; "
      + "made by annals snapshot, and proved by annals check-snapshot."
  }
}
