// annals vocabulary: what can be recorded.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import OrderedCollections
import Publishing

struct VocabularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary",
    abstract: "Show and extend what can be recorded: types, their fields, their stages.",
    discussion: """
      Shows the vocabulary of the ledger that is named or stood in, else the one that comes with the program; adopt \
      adds a ledger's own types.

      Examples:
        annals vocabulary list
        annals vocabulary show bill.introduced
        annals vocabulary schema bill.introduced
        annals vocabulary adopt climate.json
        annals vocabulary reference > reference.md
        annals vocabulary lifecycles > lifecycles.md
      """,
    subcommands: [List.self, ShowType.self, Schema.self, Adopt.self, Reference.self, Lifecycles.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List all types of events.",
      discussion: """
        Examples:
          annals vocabulary list
          annals vocabulary list --format csv
        """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let vocabulary = try options.vocabulary()
      let types = vocabulary.types.values
      switch options.format {
      case .json:
        try Output.json(["digest": .string(vocabulary.digest), "types": .array(types.map(\.summary))])
      case .jsonl: for type in types { try Output.json(type.summary) }
      case .csv:
        try Output.line("type,family,means,available")
        for type in types {
          try Output.line(CSVText.line(type.summary, columns: ["type", "family", "means", "available"]))
        }
      case .text:
        var table = Table([.init(heading: "TYPE"), .init(heading: "WHAT IT MEANS", widthMin: 30)])
        for type in types { table.add([type.name, type.availability + type.means]) }
        for line in table.lines(widthMax: Terminal.width) { try Output.line(line) }
      }
    }
  }

  struct ShowType: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a type: its meaning, its fields, what it does, an example.",
      discussion: """
        The table of --format csv, and the lines of --format jsonl, are the fields of its own.

        Examples:
          annals vocabulary show bill.introduced
          annals vocabulary show treaty.ratified --format json
        """)

    @Argument(
      help: "The type, such as bill.introduced.",
      completion: .custom { words, _, _ in Candidates.types(words, isAppending: false) })
    var type: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let vocabulary = try options.vocabulary()
      let type = try vocabulary.type(named: type)
      switch options.format {
      case .json: try Output.json(type.document)
      case .jsonl: for field in type.fieldRows { try Output.json(field) }
      case .csv:
        try Output.line(CSVText.line(EventType.fieldCSVColumns))
        for field in type.fieldRows {
          try Output.line(CSVText.line(field, columns: EventType.fieldCSVColumns))
        }
      case .text: for line in TypeHelp.lines(type, vocabulary: vocabulary) { try Output.line(line) }
      }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema",
      abstract: "Print the JSON Schema (2020-12) of a type's events as they stand in the log.",
      discussion: """
        annals schema has the schemas of all else that the program prints.

        Examples:
          annals vocabulary schema bill.introduced
          annals vocabulary schema testimony.shared --format json
        """)

    @Argument(
      help: "The type, such as bill.introduced.",
      completion: .custom { words, _, _ in Candidates.types(words, isAppending: false) })
    var type: String

    @OptionGroup var options: GlobalOptions

    func validate() throws { try options.refuseTable(of: "a schema") }

    func run() throws {
      let vocabulary = try options.vocabulary()
      try Output.document(
        TypeSchema(vocabulary: vocabulary).schema(of: try vocabulary.type(named: type)),
        format: options.format)
    }
  }
}

extension GlobalOptions {
  /// The vocabulary of the ledger that is named or stood in, else the program's own.
  func vocabulary() throws -> Vocabulary {
    do {
      return try open().vocabulary
    } catch let error as LedgerError {
      if case .noLedger = error, ledger == nil { return try Vocabulary.shipped() }
      throw error
    }
  }
}

extension Vocabulary {
  /// A type by its name.
  ///
  /// - Throws: ``Failure`` with the names that look like it.
  func type(named name: String) throws -> EventType {
    guard let type = types.values.first(where: { $0.name == name }) else {
      let like = typesLike(name)
      let hint = like.isEmpty ? "" : "; did you mean \(like.joined(separator: " or "))?"
      throw Failure(
        "there is no type \"\(Printable.text(String(name.prefix(80))))\"\(hint) (annals vocabulary list shows all)",
        code: ExitStatus.noInput)
    }
    return type
  }
}

extension EventType {
  /// What keeps people from appending it, in brackets; empty if nothing does.
  var availability: String {
    if isByLedger { return "(by the ledger) " }
    if isErasure { return "(by annals erase) " }
    return unavailableVerb == nil ? "" : "(not available yet) "
  }

  /// The type in a line.
  var summary: JSONValue {
    [
      "type": .string(name), "family": .string(family), "means": .string(means),
      "available": .bool(isAvailable),
    ]
  }

  /// The columns of the CSV of its fields.
  static let fieldCSVColumns = ["name", "kind", "required", "list", "sealable", "sealed", "means"]

  /// Its fields as documents have them.
  var fieldRows: [JSONValue] {
    fields.values.map { field -> JSONValue in
      var (values, kinds): (JSONValue, JSONValue) = (.null, .null)
      if case .choice(let words) = field.kind { values = .array(words.map { .string($0) }) }
      if case .subject(let words) = field.kind { kinds = .array(words.map { .string($0) }) }
      return [
        "name": .string(field.name), "kind": .string(field.kind.name), "required": .bool(field.isRequired),
        "list": .bool(field.isList), "sealable": .bool(field.isSealable), "sealed": .bool(field.isSealed),
        "means": .string(field.means), "values": values, "of": kinds,
      ]
    }
  }

  /// The type as a document.
  var document: JSONValue {
    [
      "type": .string(name), "family": .string(family), "means": .string(means),
      "subject": .array(subjectKinds.map { .string($0) }), "fields": .array(fieldRows),
      "effects": .array(TypeHelp.effects(self).map { .string($0) }),
      "example": .array(example.map { .string($0) }),
      "available": .bool(isAvailable),
      "place": .string(place.description),
    ]
  }
}
