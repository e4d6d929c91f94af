// What the program prints, checked against its schemas by a validator of other makers (check-jsonschema), and the other
// way round: a document that was spoilt is refused.
//
// The validator takes a second to start, so it is started once for all schemas and once for all documents; for that the
// printed schemas are put into one.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite(
  "Documents against their schemas", .enabled(if: PythonTools.isUsable, Comment(rawValue: PythonTools.advice))
)
struct SchemaValidationTests {
  @Test("Every schema is one of JSON Schema 2020-12")
  func metaschema() throws {
    let printed = try PrintedSchemas().all.map(\.value) + TypeSchemas.shared.get()
    #expect(printed.count > 70)
    try withDirectory { directory in
      let files = try printed.enumerated().map { try directory.write("\($0).json", $1.canonicalBytes()) }
      // One that is wrong, so that it is seen that they are looked at.
      let wrong = try directory.write("wrong.json", #"{"$schema":"\#(dialect)","required":"id"}"#)
      let report = try ValidatorReport(["--check-metaschema"] + files + [wrong])
      #expect(Set(report.refused.keys) == [wrong], "\(report.refused)")
    }
  }

  @Test("Every document is as its schema says, and none with a key removed, added or of another type is")
  func documents() throws {
    let documents = try PrintedDocuments.shared.get()
    for schema in documents.schemas.all {
      #expect(
        !(documents.byName[schema.name] ?? []).isEmpty,
        "no document of \(schema.name) is looked at: is there no example in the help of \(schema.printedBy[0].text)?"
      )
    }
    let events = documents.byName["event"] ?? []
    let typeSchemas = try TypeSchemas.shared.get()
    var whole = documents.byName
    for event in events { whole[event["type"]?.string ?? "", default: []].append(event) }
    var spoilt: [(what: String, name: String, document: JSONValue)] = []
    for (name, printed) in documents.byName.sorted(by: { $0.key < $1.key }) {
      // The one that has most in it.
      let richest = try printed.max { try $0.canonicalBytes().count < $1.canonicalBytes().count }
      if let richest {
        spoilt += Spoiling.ways(of: richest, isOpen: name == "json-schema").map {
          ($0.what, name, $0.document)
        }
      }
    }
    for event in try #require(events.last).spoiltAsEvent {
      spoilt.append((event.what, event.type, event.document))
    }
    #expect(spoilt.count > 400)
    try withDirectory { directory in
      let schema = try directory.write(
        "compound.json", Self.compound(documents.schemas.all.map(\.value) + typeSchemas).canonicalBytes())
      let good = try directory.write(
        "good.json", JSONValue.object(JSONObject(whole.map { ($0.key, .array($0.value)) })).canonicalBytes())
      var files: [String: String] = [:]
      for (index, spoilt) in spoilt.enumerated() {
        let instance = JSONValue.object(JSONObject([(spoilt.name, .array([spoilt.document]))]))
        files[try directory.write("\(index).json", instance.canonicalBytes())] =
          "\(spoilt.name): \(spoilt.what)"
      }
      let report = try ValidatorReport(["--schemafile", schema, good] + files.keys.sorted())
      #expect(report.refused[good] == nil, "\(report.refused[good] ?? [])")
      let passed = files.filter { report.refused[$0.key] == nil }.values.sorted()
      #expect(passed == [], "spoilt, and not refused")
    }
  }

  @Test("The documents that are looked at show every certainty and every outcome that there is")
  func variety() throws {
    let documents = try PrintedDocuments.shared.get()
    func values(_ name: String, _ key: String) -> Set<String> {
      Set((documents.byName[name] ?? []).compactMap { $0[key]?.string })
    }
    #expect(values("status-row", "certainty") == ["certain", "possible", "disputed"])
    #expect(
      values("show-event", "outcome") == [
        "moved", "waiting", "unplaced", "anomaly", "disputed", "retracted",
      ])
    #expect(values("explain-row", "outcome") == values("show-event", "outcome"))
    #expect(
      values("diff-row", "change").isSuperset(of: ["added", "moved", "retracted", "disputed", "happened"]))
    #expect(documents.byName["status"]?.contains { $0["rows"]?.array?.isEmpty == true } == true)
    #expect(documents.byName["show"]?.contains { $0["disputes"]?.array?.isEmpty == false } == true)
    #expect(documents.byName["append"]?.contains { $0["alreadyThere"]?.bool == true } == true)
  }

  @Test("A printed schema serves a validator as it stands")
  func alone() throws {
    try withRecord { ledger in
      let ended = try ledger.shell(
        """
        annals schema status >schema.json && annals status --format json >status.json
        '\(PythonTools.python ?? "")' -m check_jsonschema --schemafile schema.json status.json
        """)
      #expect(ended.how == .exit(0) && ended.output.contains("ok"), "\(ended)")
    }
  }

  private let dialect = "https://json-schema.org/draft/2020-12/schema"

  /// One schema for objects that hold lists of documents by the name of their schema; a type has that of its events.
  private static func compound(_ schemas: [JSONValue]) -> JSONValue {
    let named = schemas.map { schema in
      let id = schema["$id"]?.string ?? ""
      let name = String(id.dropFirst("annals:schema:".count).prefix { $0 != ":" })
      var part = schema.object ?? JSONObject()
      part["$id"] = nil
      part["$schema"] = nil
      return (name: name, schema: JSONValue.object(part).moved(to: "#/$defs/\(name)"))
    }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
      "additionalProperties": false,
      "properties": .object(
        JSONObject(
          named.map { ($0.name, ["type": "array", "items": ["$ref": .string("#/$defs/\($0.name)")]]) })),
      "$defs": .object(JSONObject(named.map { ($0.name, $0.schema) })),
    ]
  }
}

extension JSONValue {
  /// A schema whose references to its own parts are right where it now stands.
  fileprivate func moved(to place: String) -> JSONValue {
    switch self {
    case .array(let items): .array(items.map { $0.moved(to: place) })
    case .object(let object):
      .object(
        JSONObject(
          object.map { key, value in
            guard key == "$ref", let target = value.string, target.hasPrefix("#/") else {
              return (key, value.moved(to: place))
            }
            return (key, .string(place + target.dropFirst(1)))
          }))
    default: self
    }
  }
}

/// What check-jsonschema found.
private struct ValidatorReport {
  /// What is wrong, by the path of the file.
  let refused: [String: [String]]

  init(_ arguments: [String]) throws {
    let ended = try PythonTools.run("check_jsonschema", ["--output-format", "json"] + arguments)
    // It exits 1 if it refuses any file, which every run here makes it do.
    try #require(ended.how == .exit(1), "\(ended)")
    let report = try JSONSerialization.jsonObject(with: Data(ended.standardOutput)) as? [String: Any]
    try #require((report?["parse_errors"] as? [Any])?.isEmpty == true, "\(ended)")
    let errors = try #require(report?["errors"] as? [[String: Any]], "\(ended)")
    refused = Dictionary(grouping: errors) { $0["filename"] as? String ?? "" }.mapValues { errors in
      errors.prefix(5).map { "\($0["path"] ?? ""): \($0["message"] ?? "")" }
    }
  }
}
