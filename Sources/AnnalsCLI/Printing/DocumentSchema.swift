// The JSON Schemas of the documents that the program prints: the files of Schemas/, embedded when it was built.
//
// A file is the schema of one document, or of one line of `--format jsonl`, written by hand. It refers to parts of other
// files by their names: `common.json#/$defs/origin`, `status-row.json`. What is printed stands by itself: all that is
// referred to lies in its own `$defs`. `x-printed-by` says which commands print the document, words in capitals standing
// for arguments; a file without it, such as common.json, only lends parts to others. (JSON Schema 2020-12, core, sections
// 8.2.3 and 8.2.4 on references and definitions; 6.5 on keywords of one's own.)

import CanonicalJSON
import Publishing

/// The schema of a document.
struct DocumentSchema {
  /// The file's name without `.json`.
  let name: String
  private let file: JSONValue

  /// What the document is.
  var title: String { file["title"]?.string ?? "" }
  /// What it tells.
  var description: String { file["description"]?.string ?? "" }
  /// The commands that print it.
  var printedBy: [String] { file[Self.printedByKey]?.array?.compactMap(\.string) ?? [] }

  private static let printedByKey = "x-printed-by"

  /// All schemas of documents, by name.
  ///
  /// - Throws: ``Failure`` if a file is not JSON, which the tests would have told.
  static func all() throws -> [DocumentSchema] {
    try names.map { DocumentSchema(name: $0, file: try read($0)) }.filter { !$0.printedBy.isEmpty }
  }

  /// The schema of a document.
  ///
  /// - Throws: ``Failure`` with the names that look like it.
  static func named(_ name: String) throws -> DocumentSchema {
    let all = try all()
    guard let schema = all.first(where: { $0.name == name }) else {
      let like = all.map(\.name).filter { $0.hasPrefix(name) || name.hasPrefix($0) || $0.hasSuffix(name) }
      let hint = name.isEmpty || like.isEmpty ? "" : "; did you mean \(like.joined(separator: " or "))?"
      throw Failure(
        "there is no schema \"\(Printable.text(String(name.prefix(80))))\"\(hint) (annals schema lists all)",
        code: ExitStatus.noInput)
    }
    return schema
  }

  /// The schema with all that it refers to.
  ///
  /// - Throws: ``Failure`` if it refers to what is not there, which the tests would have told.
  func bundled() throws -> JSONValue {
    var bundle = SchemaBundle()
    var schema = try bundle.localized(Self.ownPart(file), in: name).object ?? JSONObject()
    while let (name, place) = bundle.takeMissing() {
      let part = try Self.part(place)
      bundle.parts[name] = try bundle.localized(Self.ownPart(part), in: place.file)
    }
    schema["$id"] = .string("annals:schema:\(name)")
    schema["$schema"] = file["$schema"]
    if !bundle.parts.isEmpty {
      schema["$defs"] = .object(JSONObject(bundle.parts.map { ($0.key, $0.value) }))
    }
    return .object(schema)
  }

  /// What another schema takes over of a file.
  private static func ownPart(_ schema: JSONValue) -> JSONValue {
    guard var object = schema.object else { return schema }
    for key in ["$schema", "$defs", printedByKey] { object[key] = nil }
    return .object(object)
  }

  private static func part(_ place: SchemaBundle.Place) throws -> JSONValue {
    let file = try read(place.file)
    guard let definition = place.definition else { return file }
    guard let part = file["$defs"]?[definition] else {
      throw Failure("the schema \(place.file) defines no \(definition)", code: ExitStatus.defect)
    }
    return part
  }

  // MARK: Files

  private static let suffix = ".json"

  private static var names: [String] {
    EmbeddedTexts.files.map(\.name).filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      .sorted()
  }

  private static func read(_ name: String) throws -> JSONValue {
    guard let text = EmbeddedTexts.files.first(where: { $0.name == name + suffix })?.text else {
      throw Failure("the program has no schema file \(name)\(suffix)", code: ExitStatus.defect)
    }
    do {
      return try JSONValue(parsing: text.description)
    } catch { throw Failure("the schema file \(name)\(suffix): \(error)", code: ExitStatus.defect) }
  }
}

/// The parts that a schema refers to, gathered under names of their own.
private struct SchemaBundle {
  /// Where a part stands: a whole file, or one of its `$defs`.
  struct Place: Equatable {
    let file: String
    let definition: String?
    /// What it is called among the `$defs` of the bundle.
    var name: String { definition ?? file }
  }

  var parts: [String: JSONValue] = [:]
  private var places: [String: Place] = [:]

  /// A part that is referred to and not gathered yet.
  func takeMissing() -> (name: String, place: Place)? {
    places.filter { parts[$0.key] == nil }.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// A schema whose references lead into the bundle.
  ///
  /// - Parameters:
  ///   - schema: a schema, or what stands in one.
  ///   - file: the name of the file that it stands in.
  /// - Returns: the same, with its references changed.
  /// - Throws: ``Failure`` if two parts have one name.
  mutating func localized(_ schema: JSONValue, in file: String) throws -> JSONValue {
    switch schema {
    case .array(let items): return .array(try items.map { try localized($0, in: file) })
    case .object(let object):
      return .object(
        JSONObject(
          try object.map { key, value in
            guard key == "$ref", let reference = value.string else {
              return (key, try localized(value, in: file))
            }
            let place = Self.place(reference, in: file)
            guard places[place.name, default: place] == place else {
              throw Failure("two parts of schemas are called \(place.name)", code: ExitStatus.defect)
            }
            places[place.name] = place
            return (key, .string("#/$defs/\(place.name)"))
          }))
    default: return schema
    }
  }

  private static func place(_ reference: String, in file: String) -> Place {
    let steps = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = steps[0].isEmpty ? file : String(steps[0].dropLast(steps[0].hasSuffix(".json") ? 5 : 0))
    let definition = steps.count < 2 ? nil : String(steps[1].dropFirst("/$defs/".count))
    return Place(file: name, definition: definition)
  }
}
