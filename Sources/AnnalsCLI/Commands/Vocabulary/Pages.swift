// annals vocabulary reference and annals vocabulary lifecycles: the pages that are made from the vocabulary files.

import ArgumentParser
import CanonicalJSON
import Milestones
import Publishing

extension VocabularyCommand {
  struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reference",
      abstract: "Print the reference of all types, in Markdown.",
      discussion: """
        Family by family: the kinds of subjects, and of each type its meaning, its fields, what it does, and an \
        example. With --format json the same as data.

        Examples:
          annals vocabulary reference > reference.md
          annals vocabulary reference --format json
        """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let vocabulary = try options.vocabulary()
      let reference = VocabularyReference(vocabulary: vocabulary)
      try Page.print(
        reference.lines(), of: vocabulary, data: ("families", reference.documents()),
        columns: ["family", "means"], format: options.format)
    }
  }

  struct Lifecycles: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lifecycles",
      abstract: "Print all lifecycles, each drawn, in Markdown.",
      discussion: """
        Each lifecycle as a drawing in Mermaid, which common forges show as a picture, and a table of its stages. \
        With --format json the same as data.

        Examples:
          annals vocabulary lifecycles > lifecycles.md
          annals vocabulary lifecycles --format csv
        """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let vocabulary = try options.vocabulary()
      let page = LifecyclePage(vocabulary: vocabulary)
      try Page.print(
        page.lines(), of: vocabulary, data: ("lifecycles", page.documents()),
        columns: ["lifecycle", "kind", "default", "parties", "means", "notBefore"], format: options.format)
    }
  }
}

/// Prints a page, or the data that it is made of.
private enum Page {
  static func print(
    _ lines: [String], of vocabulary: Vocabulary, data: (name: String, items: [JSONValue]),
    columns: [String], format: OutputFormat
  ) throws {
    switch format {
    case .text: for line in lines { try Output.line(line) }
    case .json: try Output.json(["digest": .string(vocabulary.digest), data.name: .array(data.items)])
    case .jsonl: for item in data.items { try Output.json(item) }
    case .csv:
      try Output.line(CSVText.line(columns))
      for item in data.items { try Output.line(CSVText.line(item, columns: columns)) }
    }
  }
}
