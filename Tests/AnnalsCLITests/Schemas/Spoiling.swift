// Documents that were spoilt in one place: a schema that lets them pass says nothing.

internal import CanonicalJSON

/// Spoils documents.
enum Spoiling {
  /// A document with what is wrong with it.
  typealias Spoilt = (what: String, document: JSONValue)

  /// Every way to spoil one object of a document: a key removed, one of another type, one too many.
  ///
  /// - Parameters:
  ///   - document: a document that is as it should be. Of a list within it the first object is looked at, and what
  ///     stands as the event tells it (`data`, `sources`, `values`) is left alone.
  ///   - isOpen: whether further keys are let in; then only keys that every such document has are looked at.
  /// - Returns: spoilt documents.
  static func ways(of document: JSONValue, isOpen: Bool) -> [Spoilt] {
    guard let object = document.object else { return [] }
    var found: [Spoilt] = isOpen ? [] : [("a key too many", with(object, "surplus", .null))]
    // What a CloudEvent may leave out, and what a schema of JSON Schema may.
    let optional: Set<String> =
      document["specversion"] != nil ? ["country", "institution", "dataschema"] : []
    let fixed: Set<String> = ["$schema", "$id", "title", "description"]
    for (key, value) in object where !isOpen || fixed.contains(key) {
      if !optional.contains(key) { found.append(("without \(key)", with(object, key, nil))) }
      found.append(("\(key) of another type", with(object, key, value.ofAnotherType)))
      guard !["data", "sources", "values"].contains(key) else { continue }
      if value.object != nil {
        found += ways(of: value, isOpen: false).map { ("\(key): \($0.what)", with(object, key, $0.document)) }
      } else if let items = value.array, let first = items.first(where: { $0.object != nil }) {
        found += ways(of: first, isOpen: false).map {
          ("\(key): \($0.what)", with(object, key, .array([$0.document])))
        }
      } else if let items = value.array, !items.isEmpty {
        found.append(("\(key): an element of another type", with(object, key, .array([.array([])]))))
      }
    }
    return found
  }

  private static func with(_ object: JSONObject, _ key: String, _ value: JSONValue?) -> JSONValue {
    var object = object
    object[key] = value
    return .object(object)
  }
}

extension JSONValue {
  /// A value of a type that this one is not: a list of a list, or text for what is a list.
  fileprivate var ofAnotherType: JSONValue { array == nil ? [[]] : "text" }

  /// An event, spoilt in what only the schema of its type can see.
  var spoiltAsEvent: [(what: String, type: String, document: JSONValue)] {
    guard var event = object, var data = self["data"]?.object, let type = self["type"]?.string else {
      return []
    }
    data["surplus"] = 1
    event["data"] = .object(data)
    return [("a surplus field", type, .object(event))]
  }
}
