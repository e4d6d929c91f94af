// Why some changes are refused that only seem to add: each would make recorded events move otherwise.

import Milestones
import Projections
import Testing

/// A small vocabulary, to be changed in one place.
private enum Letters {
  static let text = """
    {
      "family": "letters", "means": "For tests.",
      "kinds": [{ "kind": "letter", "means": "A letter." }, { "kind": "box", "means": "A box." }],
      "lifecycles": [
        { "name": "post", "for": "letter", "default": true, "means": "By post.",
          "start": ["written", "sent", "kept"],
          "stages": {
            "written": { "means": "Written.", "next": ["sent"] }, "sent": { "means": "Sent.", "next": ["written"] },
            "kept": { "means": "Kept.", "next": [] }
          } },
        { "name": "note", "for": "letter", "means": "Left on a desk.", "start": ["written"],
          "stages": { "written": { "means": "Written.", "next": [] } } },
        { "name": "reader", "for": "letter", "parties": true, "means": "One reader.", "start": ["reading"],
          "stages": { "reading": { "means": "Reads it.", "next": [] } } }
      ],
      "types": {
        "letter.named": { "means": "Registered.", "subject": ["letter"], "effects": [{ "describe": "home" }],
          "fields": { "procedure": { "kind": "text", "means": "How it goes." } } },
        "letter.written": { "means": "Written.", "subject": ["letter"], "fields": {}, "effects": [{ "move": "written" }] },
        "letter.sent": { "means": "Sent.", "subject": ["letter", "box"], "fields": {}, "effects": [{ "move": "sent" }] },
        "letter.kept": { "means": "Kept.", "subject": ["letter"], "effects": [{ "move": "kept", "of": "what" }],
          "fields": { "what": { "kind": "subject", "of": ["letter", "box"], "means": "What is kept." } } },
        "letter.read": { "means": "Read.", "subject": ["letter", "box"], "effects": [{ "move": "reading", "party": "by" }],
          "fields": { "by": { "kind": "country", "means": "Who read it." } } }
      }
    }
    """

  static func vocabulary(_ text: String = text) throws -> Vocabulary {
    try Vocabulary(files: [VocabularyFile(family: "letters", text: text)])
  }
}

/// A change, and events that it would make move otherwise.
struct RefusedAddition: Sendable, CustomTestStringConvertible {
  let what: String
  let old: String
  let new: String
  /// Each a type and its fields.
  let events: [[String]]

  var testDescription: String { what }

  static let post = #""kept": { "means": "Kept.", "next": [] }"#
  static let lifecycles = #""lifecycles": ["#

  static let all: [RefusedAddition] = [
    RefusedAddition(
      what: "stages in another order decide otherwise between two moves of one day",
      old:
        #""written": { "means": "Written.", "next": ["sent"] }, "sent": { "means": "Sent.", "next": ["written"] }"#,
      new:
        #""sent": { "means": "Sent.", "next": ["written"] }, "written": { "means": "Written.", "next": ["sent"] }"#,
      events: [["letter.written", "letter:a"], ["letter.sent", "letter:a"]]),
    RefusedAddition(
      what: "a new stage opens a way where there was an anomaly",
      old: post,
      new: #""kept": { "means": "Kept.", "next": ["back"] }, "back": { "means": "-", "next": ["written"] }"#,
      events: [
        ["letter.kept", "letter:a", "what=letter:a", "occurred=2001"],
        ["letter.written", "letter:a", "occurred=2002"],
      ]),
    RefusedAddition(
      what: "a stage after which only a new beginning could follow would be followed by another",
      old: #""written": { "means": "Written.", "next": ["sent"] }, "sent""#,
      new:
        #""lost": { "means": "-", "next": [] }, "written": { "means": "Written.", "next": ["sent", "lost"] }, "sent""#,
      events: [["letter.written", "letter:a"], ["letter.sent", "letter:a", "occurred=2002"]]),
    RefusedAddition(
      what: "a stage that a type moves to in every lifecycle comes to a lifecycle that lacked it",
      old: #""stages": { "written": { "means": "Written.", "next": [] } }"#,
      new:
        #""stages": { "written": { "means": "Written.", "next": ["sent"] }, "sent": { "means": "-", "next": [] } }"#,
      events: [
        ["letter.named", "letter:a", "procedure=note"], ["letter.sent", "letter:a", "occurred=2002"],
      ]),
    RefusedAddition(
      what: "a kind without a lifecycle gets one that has the stage of a type told of it",
      old: lifecycles,
      new: lifecycles + #"{ "name": "boxed", "for": "box", "default": true, "means": "-", "start": ["sent"],"#
        + #""stages": { "sent": { "means": "-", "next": [] } } },"#,
      events: [["letter.sent", "box:a"]]),
    RefusedAddition(
      what: "a kind without a lifecycle gets one that has the stage of a type that names its subjects",
      old: lifecycles,
      new: lifecycles + #"{ "name": "boxed", "for": "box", "default": true, "means": "-", "start": ["kept"],"#
        + #""stages": { "kept": { "means": "-", "next": [] } } },"#,
      events: [["letter.sent", "box:a"], ["letter.kept", "letter:a", "what=box:a"]]),
    RefusedAddition(
      what: "a kind without a lifecycle of parties gets one",
      old: lifecycles,
      new: lifecycles
        + #"{ "name": "opener", "for": "box", "parties": true, "means": "-", "start": ["reading"],"#
        + #""stages": { "reading": { "means": "-", "next": [] } } },"#,
      events: [["letter.read", "box:a", "by=FR"]]),
    RefusedAddition(
      what: "a lifecycle gets the name of a procedure that a subject was registered with",
      old: lifecycles,
      new: lifecycles + #"{ "name": "courier", "for": "letter", "means": "-", "start": ["posted"],"#
        + #""stages": { "posted": { "means": "-", "next": [] } } },"#,
      events: [
        ["letter.named", "letter:a", "procedure=courier"], ["letter.written", "letter:a", "occurred=2002"],
      ]),
  ]
}

@Suite("A change that would make recorded events move otherwise is refused")
struct RefusalGroundsTests {
  private func digest(_ events: [CheckedEvent], _ vocabulary: Vocabulary) throws -> String {
    try allThatIsSaid(of: Recording(events).log, by: vocabulary)
  }

  @Test("It is refused, and with good reason: the views would differ", arguments: RefusedAddition.all)
  func refused(_ addition: RefusedAddition) throws {
    let before = try Letters.vocabulary()
    #expect(Letters.text.split(separator: addition.old, omittingEmptySubsequences: false).count == 2)
    let after = try Letters.vocabulary(Letters.text.replacing(addition.old, with: addition.new))
    let problems = VocabularyChange(from: before, to: after).problems
    #expect(!problems.isEmpty)
    let events = try addition.events.map { words in
      let isDated = words.contains { $0.hasPrefix("occurred=") }
      let fields =
        ["subject=\(words[1])", "unsourced=true"] + words.dropFirst(2) + (isDated ? [] : ["occurred=2001"])
      return try DraftChecker(vocabulary: before).check(Draft(type: words[0], arguments: fields))
    }
    #expect(try digest(events, before) != digest(events, after), "the rule would be needless: \(problems)")
  }

  @Test("A new stage that is only told, and a lifecycle that nobody can live by yet, are allowed")
  func allowed() throws {
    let before = try Letters.vocabulary()
    let told = Letters.text.replacing(
      RefusedAddition.post,
      with:
        #""kept": { "means": "Kept.", "next": ["lost"] }, "lost": { "means": "-", "told": true, "next": ["written"] }"#
    )
    let boxed = Letters.text.replacing(
      RefusedAddition.lifecycles,
      with: RefusedAddition.lifecycles
        + #"{ "name": "boxed", "for": "box", "default": true, "means": "-", "start": ["open"],"#
        + #""stages": { "open": { "means": "-", "next": ["shut"] }, "shut": { "means": "-", "next": ["open"] } } },"#
    )
    for text in [told, boxed] {
      let change = VocabularyChange(from: before, to: try Letters.vocabulary(text))
      #expect(change.problems.isEmpty, "\(change.problems)")
      #expect(!change.additions.isEmpty)
    }
  }
}

/// The digest of the views of a log, and the course of every subject, which is drawn from them by the vocabulary.
private func allThatIsSaid(of log: ArrayLog, by vocabulary: Vocabulary) throws -> String {
  let views = try ViewStore(path: nil, vocabulary: vocabulary)
  try views.catchUp(with: log)
  let day = try dayNumber("2030-01-01")
  let courses = try views.snapshot(of: log) { snapshot in
    let subjects = Set(try snapshot.status(.world, onDay: day).map(\.subject)).sorted()
    return try subjects.map { "\($0) \(try snapshot.history(of: $0, onDay: day)?.spells ?? [])" }
  }
  return try views.digest() + "\n" + courses.joined(separator: "\n")
}
