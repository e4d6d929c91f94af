// The JSON Schema of a type, made from the vocabulary.

import CanonicalJSON
import Milestones
import OrderedCollections

/// Makes JSON Schemas (draft 2020-12) of events as they stand in the log.
struct TypeSchema {
  let vocabulary: Vocabulary

  /// The schema of a type's events.
  func schema(of type: EventType) -> JSONValue {
    var data: [(String, JSONValue)] = []
    var required: [JSONValue] = []
    for field in type.fields.values where field.name != "country" && field.name != "sources" {
      data.append((field.name, schema(of: field)))
      if field.isRequired && !field.isSealable { required.append(.string(field.name)) }
    }
    data += common
    let sealable = type.sealableFields.count
    if sealable > 0 {
      let count = JSONValue.integer(Int64(sealable))
      data.append(
        (
          "_sd",
          [
            "type": "array", "items": ["type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"], "minItems": count,
            "maxItems": count, "uniqueItems": true,
          ]
        ))
      data.append(("_sd_alg", ["const": "sha-256"]))
    }
    if type.canBePublic { data.append(("public", ["const": true])) }
    let text: JSONValue = ["type": "string", "minLength": 1]
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": .string("annals:schema:\(type.name):\(vocabulary.digest)"),
      "title": .string(type.name), "description": .string(type.means), "type": "object",
      "required": .array(
        ["specversion", "id", "source", "type", "subject", "occurred", "recorded", "recorder", "data"].map {
          .string($0)
        }),
      "additionalProperties": false,
      "properties": .object(
        JSONObject([
          ("specversion", ["const": "1.0"]), ("id", text), ("source", text),
          ("type", ["const": .string(type.name)]),
          ("subject", ["type": "string", "pattern": .string(subjectPattern(type.subjectKinds))]),
          ("dataschema", ["type": "string", "pattern": "^annals:vocabulary:sha256:[0-9a-f]{64}$"]),
          ("occurred", text),
          (
            "recorded",
            [
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
            ]
          ), ("recorder", text), ("country", countrySchema), ("institution", text),
          (
            "data",
            [
              "type": "object", "properties": .object(JSONObject(data)), "required": .array(required),
              "additionalProperties": false,
            ]
          ),
        ])),
    ]
  }

  private func schema(of field: Field) -> JSONValue {
    var one = schema(of: field.kind)
    if field.isList { one = .object(JSONObject([("type", "array"), ("items", one), ("minItems", 1)])) }
    var object = one.object ?? JSONObject()
    object["description"] = .string(field.means)
    return .object(object)
  }

  private func schema(of kind: FieldKind) -> JSONValue {
    switch kind {
    case .integer: ["type": "integer"]
    case .boolean: ["type": "boolean"]
    case .choice(let values): ["type": "string", "enum": .array(values.map { .string($0) })]
    case .country: countrySchema
    case .subject(let kinds): ["type": "string", "pattern": .string(subjectPattern(kinds))]
    case .sha256: ["type": "string", "pattern": "^[0-9a-f]{64}$"]
    case .url: ["type": "string", "pattern": "^https?://[^ ]+$"]
    case .quantity:
      [
        "type": "string",
        "pattern": "^((>=|<=|>|<|~)?[0-9]+(\\.[0-9]+)?|[0-9]+(\\.[0-9]+)?\\.\\.[0-9]+(\\.[0-9]+)?)$",
      ]
    case .map: ["type": "object"]
    case .sources: sourcesSchema
    case .text, .date, .institution, .party, .language, .event: ["type": "string", "minLength": 1]
    }
  }

  private var countrySchema: JSONValue {
    ["type": "string", "pattern": "^([A-Z]{2}|[A-Z]{4}|[A-Z]{2}-[A-Z0-9]{1,3})$"]
  }

  private var sourcesSchema: JSONValue {
    let parts = CommonFields.sourceFields.map { ($0.name, schema(of: $0)) }
    return [
      "type": "array", "minItems": 1,
      "items": ["type": "object", "properties": .object(JSONObject(parts)), "additionalProperties": false],
    ]
  }

  private var common: [(String, JSONValue)] {
    let text: JSONValue = ["type": "string", "minLength": 1]
    let links = CommonFields.linkKinds.map { kind in
      (
        kind,
        ["type": "array", "items": ["type": "string", "pattern": .string(subjectPattern([]))]] as JSONValue
      )
    }
    return [
      ("title", ["type": "object", "required": ["original"], "additionalProperties": text]),
      ("sources", sourcesSchema), ("unsourced", ["const": true]),
      ("confidence", ["enum": .array(CommonFields.confidences.map { .string($0) })]), ("effective", text),
      ("claim", text), ("account", text), ("note", text),
      (
        "links",
        ["type": "object", "properties": .object(JSONObject(links)), "additionalProperties": false]
      ),
    ]
  }

  private func subjectPattern(_ kinds: [String]) -> String {
    "^(\((kinds.isEmpty ? Array(vocabulary.kinds.values.map(\.name)) : kinds).joined(separator: "|"))):[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
  }
}
