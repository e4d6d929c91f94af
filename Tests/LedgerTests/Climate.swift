// A family of types of a ledger's own, for the tests of adopting.

import Ledger
import Milestones
import Testing

/// A family of a ledger's own.
enum Climate {
  static let text = """
    {
      "family": "climate",
      "means": "Pledges on the climate.",
      "kinds": [{ "kind": "pledge", "means": "A promise with a date." }],
      "lifecycles": [
        { "name": "pledge", "for": "pledge", "default": true, "means": "A pledge.", "start": ["announced"],
          "stages": {
            "announced": { "means": "Made.", "next": ["kept"] },
            "kept": { "means": "Kept.", "next": [] }
          } }
      ],
      "types": {
        "pledge.announced": {
          "means": "Somebody made a pledge.", "subject": ["pledge"],
          "fields": { "target": { "kind": "text", "means": "What." } },
          "effects": [{ "move": "announced" }]
        }
      }
    }

    """

  static func file(_ text: String = text) -> VocabularyFile { VocabularyFile(family: "climate", text: text) }

  /// The family with more to it: a type and a field.
  static let later = text.replacing(
    #""fields": { "#, with: #""fields": { "due": { "kind": "date", "means": "By when." }, "#
  ).replacing(
    #""types": {"#,
    with:
      #""types": { "pledge.kept": { "means": "Kept.", "subject": ["pledge"], "fields": {}, "effects": [{ "move": "kept" }] },"#
  )

  /// A family of one type.
  static func small(_ name: String, means: String = "A family.") -> VocabularyFile {
    VocabularyFile(
      family: name,
      text: """
        { "family": "\(name)", "means": "\(means)", "types": {
          "\(name).noted": { "means": "Noted.", "subject": ["campaign"], "fields": {}, "effects": [] } } }
        """)
  }
}

func adopt(_ ledger: Ledger, _ files: VocabularyFile..., isRehearsal: Bool = false) throws
  -> Adoption
{
  try ledger.adopt(files, recorder: "a.lindqvist", isRehearsal: isRehearsal)
}

func announce(_ ledger: Ledger, _ fields: String...) throws -> Appended {
  let draft = try Draft(
    type: "pledge.announced", arguments: ["subject=pledge:a", "occurred=2019", "unsourced=true"] + fields)
  return try ledger.append(ledger.check(draft), recorder: "m.reyes")
}

extension Vocabulary {
  func has(type name: String) -> Bool { types.contains { $0.key == name } }
}
