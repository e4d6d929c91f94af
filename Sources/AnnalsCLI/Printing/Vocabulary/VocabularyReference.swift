// The reference of a vocabulary: every type with its meaning, its fields, what it does, and an example.

import CanonicalJSON
import Milestones
import OrderedCollections
import Publishing

/// Makes the reference of a vocabulary.
struct VocabularyReference {
  let vocabulary: Vocabulary

  /// The reference in Markdown, line by line.
  func lines() -> [String] {
    var lines = [
      "# The vocabulary", "",
      "All types of events that a ledger with this vocabulary can record, family by family. Made by", "",
    ]
    lines += Markdown.fenced(["annals vocabulary reference"], language: "sh")
    lines += [
      "",
      "from the vocabulary files; what those can say is described in vocabulary-format.md, the stages in lifecycles.md.",
      "", "| family | what it is about |", "|---|---|",
    ]
    lines += vocabulary.families.map { "| [\($0.key)](#family-\($0.key)) | \(Markdown.text($0.value)) |" }
    lines += ["", "## Fields of every event", ""]
    lines += Markdown.table(
      ["field", "what it means"],
      CommonFields.all.map { [Markdown.code($0.name), Markdown.text($0.means)] })
    for family in vocabulary.families.keys { lines += section(family) }
    return lines
  }

  private func section(_ family: String) -> [String] {
    var lines = ["", "## Family \(family)", "", Markdown.text(vocabulary.families[family] ?? "")]
    let kinds = vocabulary.kinds(ofFamily: family)
    if !kinds.isEmpty {
      lines += [""]
      lines += Markdown.table(
        ["kind of subject", "what it means"],
        kinds.map { kind in
          [
            Markdown.code(kind.name),
            Markdown.text(kind.means + (kind.isCounted ? " Its subjects are counted, never listed." : "")),
          ]
        })
    }
    for type in vocabulary.types.values where type.family == family { lines += section(type) }
    return lines
  }

  private func section(_ type: EventType) -> [String] {
    var lines = ["", "### \(type.name)", "", Markdown.text(type.availability + type.means), ""]
    let kinds =
      type.subjectKinds.isEmpty ? "any subject" : type.subjectKinds.map(Markdown.code).joined(separator: ", ")
    lines.append("Told of: \(kinds).")
    if !type.fields.isEmpty {
      lines += [""]
      lines += Markdown.table(
        ["field", "kind", "", "what it means"],
        type.fields.values.map { field in
          [
            Markdown.code(field.name), TypeHelp.kind(field), TypeHelp.traits(field),
            Markdown.text(TypeHelp.means(field)),
          ]
        })
    }
    let effects = TypeHelp.effects(type)
    if !effects.isEmpty {
      lines += ["", "What it does:", ""]
      lines += effects.map { "- \(Markdown.text($0))" }
    }
    if !type.example.isEmpty {
      lines += [""]
      lines += Markdown.fenced([TypeHelp.example(type)], language: "sh")
    }
    return lines
  }

  /// The families as documents have them.
  func documents() -> [JSONValue] {
    vocabulary.families.map { family, means in
      [
        "family": .string(family), "means": .string(means),
        "kinds": .array(
          vocabulary.kinds(ofFamily: family).map { kind in
            ["kind": .string(kind.name), "means": .string(kind.means), "counted": .bool(kind.isCounted)]
          }),
        "types": .array(vocabulary.types.values.filter { $0.family == family }.map(\.document)),
      ]
    }
  }
}
