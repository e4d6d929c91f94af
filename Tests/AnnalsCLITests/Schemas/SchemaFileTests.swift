// The schemas by themselves: each stands alone, explains every key, leaves no key open; no command is without one.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Schemas of documents")
struct SchemaFileTests {
  private let schemas: PrintedSchemas

  init() throws { schemas = try PrintedSchemas() }

  /// Formats of others, whose keys may be left out: an event has what was told, a schema what it needs.
  private static let foreign: Set<String> = ["event", "event-batch", "json-schema"]

  @Test("Each file that a command prints has its name in the list; the others lend their parts")
  func names() throws {
    let folder = repository.appendingPathComponent("Sources/AnnalsCLI/Schemas").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
    let printed = try files.filter { name in
      let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
      return try JSONValue(parsing: Array(bytes))["x-printed-by"] != nil
    }
    #expect(schemas.all.map { $0.name + ".json" }.sorted() == printed.sorted())
    #expect(files.contains("common.json") && printed.count > 15)
  }

  @Test(
    "Every command that has --format has a schema for its JSON and for its lines, with and without --dry-run")
  func everyCommandHasOne() {
    let commands = CommandTree.all.filter { $0.isLeaf && $0.options.contains("format") }
    #expect(commands.count > 10 && commands.allSatisfy { $0.formats.contains("json") })
    for command in commands {
      let flags = command.options.contains("dry-run") ? [[], ["--dry-run"]] : [[]]
      for flags in flags {
        for format in ["json", "jsonl"] where command.formats.contains(format) {
          let schema = schemas.schema(of: command.words + flags + ["--format", format], format: format)
          let name = (command.words + flags).joined(separator: " ")
          #expect(
            schema != nil,
            "annals \(name) --format \(format) has no schema: add a file to Sources/AnnalsCLI/Schemas")
          // What is printed under a flag is another document.
          #expect(flags.isEmpty || schema?.printedBy.contains { $0.flags == flags } == true, "\(name)")
        }
      }
    }
  }

  @Test("What x-printed-by names is a command")
  func printersExist() {
    let leaves = CommandTree.all.filter(\.isLeaf)
    for schema in schemas.all {
      for pattern in schema.printedBy {
        let command = leaves.first { $0.words == pattern.path }
        #expect(command != nil, "\(schema.name): there is no \(pattern.text)")
        let flags = pattern.flags.map { String($0.drop { $0 == "-" }) }
        #expect(flags.allSatisfy { command?.options.contains($0) == true }, "\(schema.name): \(pattern.text)")
        #expect(["json", "jsonl", "csv"].contains(pattern.format), "\(schema.name): \(pattern.text)")
      }
    }
  }

  @Test("A printed schema stands by itself: what it refers to, it has; what it has, it refers to")
  func selfContained() throws {
    for schema in schemas.all {
      let parts = Set(schema.value["$defs"]?.object?.keys ?? [])
      var used: Set<String> = []
      schema.value.walk { value, path in
        guard path.last == "$ref" || path.last == "$dynamicRef" else { return }
        let target = value.string ?? ""
        #expect(target.hasPrefix("#/$defs/"), "\(schema.name) refers to \(target)")
        used.insert(String(target.dropFirst("#/$defs/".count)))
      }
      #expect(used == parts, "\(schema.name)")
      #expect(schema.value["$id"]?.string == "annals:schema:\(schema.name)")
      #expect(schema.value["x-printed-by"] == nil)
    }
  }

  @Test("Every schema and every part has a title and says what it is, and so does every key")
  func explained() {
    for schema in schemas.all {
      let parts = schema.value["$defs"]?.object?.map { ($0.key, $0.value) } ?? []
      for (name, part) in parts + [(schema.name, schema.value)] {
        for key in ["title", "description"] {
          let words = part[key]?.string ?? ""
          #expect(!words.isEmpty, "\(schema.name): \(name) has no \(key)")
        }
      }
      schema.value.walk { value, path in
        guard path.last == "properties", let keys = value.object else { return }
        for (key, property) in keys where property["$ref"] == nil {
          #expect(
            property["description"]?.string?.hasSuffix(".") == true,
            "\(schema.name): \(path.joined(separator: "/"))/\(key) has no description")
        }
      }
    }
  }

  @Test("No key is ever left out, and no other is let in, but in what is of another format or another schema")
  func strict() {
    for schema in schemas.all {
      schema.value.walk { value, path in
        guard value["type"]?.string == "object", path.last != "properties" else { return }
        let place = "\(schema.name): \(path.joined(separator: "/"))"
        guard let keys = value["properties"]?.object?.keys else {
          #expect(value["additionalProperties"]?.bool == true, "\(place) says nothing of its keys")
          #expect(["data", "source", "values"].contains(path.last), "\(place) is open")
          return
        }
        let isForeign = Self.foreign.contains(schema.name)
        if schema.name != "json-schema" {
          #expect(value["additionalProperties"]?.bool == false, "\(place) lets other keys in")
        }
        let required = value["required"]?.array?.compactMap(\.string) ?? []
        if !isForeign { #expect(Set(required) == Set(keys), "\(place) can lack keys") }
        #expect(Set(required).isSubset(of: keys), "\(place) requires what it does not explain")
      }
    }
  }

  @Test("An unknown name is told with those like it; a schema is no table")
  func unknown() throws {
    expectFailure(try Annals.run(["schema", "stat"]), 66, "no schema \"stat\"", "status")
    expectFailure(try Annals.run(["schema", ""]), 66, "no schema")
    expectFailure(try Annals.run(["schema", "status", "--format", "csv"]), 64, "no table")
    expectFailure(try Annals.run(["vocabulary", "schema", "bill.vetoed", "--format", "csv"]), 64, "no table")
    expectFailure(try Annals.run(["replay", "--format", "csv"]), 64, "no table")
  }

  @Test("For people a schema stands in lines, and is the same")
  func lines() throws {
    for arguments in [["schema", "show"], ["vocabulary", "schema", "testimony.shared"]] {
      let text = try Annals.run(arguments)
      #expect(text.outputLines.count > 20 && text.outputLines.allSatisfy { $0.count < 250 }, "\(text)")
      let json = try Annals.run(arguments + ["--format", "json"])
      #expect(json.outputLines.count == 1)
      #expect(try JSONValue(parsing: text.standardOutput) == JSONValue(parsing: json.standardOutput))
    }
  }
}
