// A small vocabulary file whose every line is known, for tests that break it in one place.

import Milestones

/// One family, `sample`, with all that a file can declare.
enum SampleVocabulary {
  static let text = """
    {
      "family": "sample",
      "means": "For tests.",
      "kinds": [
        { "kind": "letter", "means": "A letter." },
        { "kind": "box", "means": "A box.", "counted": true }
      ],
      "lifecycles": [
        {
          "name": "post",
          "for": "letter",
          "default": true,
          "means": "A letter on its way.",
          "start": ["written"],
          "stages": {
            "written": { "means": "On paper.", "next": ["sent"] },
            "sent": { "means": "In the post.", "next": ["arrived", "lost"] },
            "arrived": { "means": "Read.", "next": [] },
            "lost": { "means": "Gone.", "next": [] }
          }
        },
        {
          "name": "reader",
          "for": "letter",
          "parties": true,
          "means": "One reader.",
          "start": ["reading"],
          "stages": { "reading": { "means": "Reads it.", "next": [] } }
        }
      ],
      "types": {
        "letter.written": {
          "means": "Somebody wrote a letter.",
          "subject": ["letter"],
          "fields": {
            "answers": { "kind": "subject", "of": ["letter"], "list": true, "means": "What it answers." },
            "form": { "kind": "choice", "required": true, "values": ["card", "sheet"], "means": "The form." },
            "text": { "kind": "text", "sealable": true, "sealed": true, "means": "What it says." }
          },
          "effects": [
            { "move": "written", "when": { "form": "card" } },
            { "link": "responds_to", "field": "answers" }
          ],
          "example": ["subject=letter:a", "occurred=2018", "form=card", "unsourced=true"]
        },
        "letter.ended": {
          "means": "A letter came to its end.",
          "subject": ["letter"],
          "fields": {
            "how": { "kind": "choice", "required": true, "values": ["arrived", "lost"], "means": "How." },
            "by": { "kind": "country", "means": "Who read it." }
          },
          "effects": [
            { "move": "arrived", "in": ["post"], "from": ["sent"], "when": { "how": "arrived" } },
            { "move": "lost", "unless": { "how": "arrived" }, "detail": "how" },
            { "move": "reading", "party": ["by"] }
          ]
        }
      }
    }

    """

  static var file: VocabularyFile { VocabularyFile(family: "sample", text: text) }

  /// The line of the one place where `part` stands in a text, from 1; nil unless there is exactly one.
  static func line(of part: String, in text: String) -> Int? {
    let pieces = text.split(separator: part, omittingEmptySubsequences: false)
    guard pieces.count == 2 else { return nil }
    return pieces[0].utf8.count { $0 == UInt8(ascii: "\n") } + 1
  }
}

/// The error that reading vocabulary files throws; nil if they are taken.
func refusal(of files: [VocabularyFile]) -> VocabularyError? {
  do throws(VocabularyError) {
    _ = try Vocabulary(files: files)
    return nil
  } catch {
    return error
  }
}
