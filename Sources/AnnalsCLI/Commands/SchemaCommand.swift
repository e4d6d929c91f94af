// annals schema: the JSON Schemas of what the program prints.

import ArgumentParser
import CanonicalJSON
import Publishing

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Show the JSON Schemas (2020-12) of the documents that the program prints.",
    discussion: """
      Without a name it lists the schemas, each with the command whose output it describes. With a name it prints the \
      schema; it stands by itself, so that any validator can read it. The events of a type have schemas of their own: \
      annals vocabulary schema TYPE.

      Examples:
        annals schema
        annals schema status
        annals schema status-row --format json
      """)

  @Argument(
    help: "The name of a schema; all are listed if not given.",
    completion: .custom { _, _, _ in Candidates.schemas() })
  var name: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if name != nil { try options.refuseTable(of: "a schema") }
  }

  func run() throws {
    options.prepare()
    if let name {
      try Output.document(try DocumentSchema.named(name).bundled(), format: options.format)
      return
    }
    let schemas = try DocumentSchema.all()
    switch options.format {
    case .json: try Output.json(["schemas": .array(schemas.map(\.summary))])
    case .jsonl: for schema in schemas { try Output.json(schema.summary) }
    case .csv:
      try Output.line(CSVText.line(DocumentSchema.csvColumns))
      for schema in schemas {
        try Output.line(CSVText.line(schema.summary, columns: DocumentSchema.csvColumns))
      }
    case .text:
      var table = Table([
        .init(heading: "NAME"), .init(heading: "PRINTED BY", widthMin: 24, cutOrder: 1),
        .init(heading: "WHAT IT IS", widthMin: 16),
      ])
      for schema in schemas { table.add([schema.name, schema.printedBy.first ?? "", schema.title]) }
      for line in table.lines(widthMax: Terminal.width) { try Output.line(line) }
    }
  }
}

extension DocumentSchema {
  /// The schema in a line.
  fileprivate var summary: JSONValue {
    [
      "name": .string(name), "title": .string(title), "description": .string(description),
      "printedBy": .array(printedBy.map { .string($0) }),
    ]
  }

  fileprivate static let csvColumns = ["name", "title", "description"]
}
