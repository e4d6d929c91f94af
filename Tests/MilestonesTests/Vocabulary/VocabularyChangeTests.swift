// A later vocabulary: what it may change, what it must not, and how it is told.

import CanonicalJSON
import Milestones
import Testing

@Suite("A later vocabulary")
struct VocabularyChangeTests {
  private static func files(_ text: String) -> [VocabularyFile] {
    [VocabularyFile(family: "sample", text: text), lost]
  }

  /// A type that moves parties to a stage that only some lifecycle has: `lost`, without naming the lifecycle.
  private static let lost = VocabularyFile(
    family: "zeta",
    text: """
      { "family": "zeta", "means": "Another.",
        "kinds": [{ "kind": "card", "means": "A card." }],
        "lifecycles": [
          { "name": "holder", "for": "card", "parties": true, "means": "One holder.", "start": ["lost"],
            "stages": { "lost": { "means": "Lost it.", "next": [] } } }
        ],
        "types": {
          "letter.burnt": { "means": "Burnt.", "subject": ["letter", "card"],
            "fields": { "by": { "kind": "country", "means": "Who." } }, "effects": [{ "move": "lost", "party": "by" }] }
        } }
      """)

  private func change(_ text: String) throws -> VocabularyChange {
    let old = try Vocabulary(files: Self.files(SampleVocabulary.text))
    return VocabularyChange(from: old, to: try Vocabulary(files: Self.files(text)))
  }

  @Test("What is as it was is no change")
  func same() throws {
    let change = try change(SampleVocabulary.text)
    #expect(change.problems == [])
    #expect(change.additions == [])
  }

  @Test(
    "What events are read by must not change: told with its line, what would change, and why",
    arguments: Change.refused)
  func refused(_ change: Change) throws {
    _ = try #require(
      SampleVocabulary.line(of: change.old, in: SampleVocabulary.text),
      "stands not once in the sample: \(change.old)")
    let text = SampleVocabulary.text.replacing(change.old, with: change.new)
    let line = try #require(
      SampleVocabulary.line(of: change.culprit, in: text),
      "stands not once in the changed file: \(change.culprit)")
    let problems = try self.change(text).problems
    let problem = try #require(problems.first { $0.description.contains(change.says[0]) }, "\(problems)")
    #expect(problem.place.file == "sample.json")
    #expect(problem.place.line == line, "\(problem)")
    for part in change.says { #expect(problem.description.contains(part), "\(problem)") }
    #expect(
      problem.description == "sample.json:\(line): \(problem.name): \(problem.change) (\(problem.reason))")
  }

  @Test("It may add, and say things in other words", arguments: Change.allowed)
  func allowed(_ change: Change) throws {
    _ = try #require(
      SampleVocabulary.line(of: change.old, in: SampleVocabulary.text),
      "stands not once in the sample: \(change.old)")
    let found = try self.change(SampleVocabulary.text.replacing(change.old, with: change.new))
    #expect(found.problems == [])
    #expect(found.additions.map(\.description) == change.says)
  }

  @Test("All that is refused is told at once, and what is new beside it")
  func all() throws {
    let text = SampleVocabulary.text.replacing(
      #""required": true, "values": ["card""#, with: #""values": ["card""#
    )
    .replacing(#""next": ["arrived", "lost"]"#, with: #""next": ["lost"]"#)
    .replacing(#"{ "kind": "box","#, with: #"{ "kind": "parcel", "means": "A parcel." }, { "kind": "box","#)
    .replacing(#", "party": ["by"] }"#, with: #", "party": ["country"] }"#)
    let change = try change(text)
    #expect(Set(change.problems.map(\.name)) == ["letter.written", "letter.ended", "lifecycle post"])
    #expect(change.problems.count == 4, "\(change.problems)")
    #expect(change.additions.map(\.description) == ["kind parcel"])
  }

  @Test(
    "Types, kinds and lifecycles may move to another family; families may be added, and go once they are empty"
  )
  func families() throws {
    let sample = SampleVocabulary.file
    let moved = VocabularyFile(
      family: "moved", text: sample.text.replacing(#""family": "sample""#, with: #""family": "moved""#))
    let change = VocabularyChange(from: try Vocabulary(files: [sample]), to: try Vocabulary(files: [moved]))
    #expect(change.problems == [])
    #expect(change.additions.map(\.description) == ["family moved"])
    let gone = VocabularyChange(
      from: try Vocabulary(files: [sample, Self.lost]), to: try Vocabulary(files: [sample]))
    #expect(gone.problems.map(\.name) == ["kind card", "lifecycle holder", "letter.burnt"])
    #expect(gone.problems.map(\.place.description) == ["sample.json:1", "sample.json:1", "sample.json:1"])
  }

  @Test("A kind or a stage that goes is told by its name")
  func gone() throws {
    let spare = Self.lost.text.replacing(
      #""next": [] } } }"#, with: #""next": ["spare"] }, "spare": { "means": "-", "next": [] } } }"#)
    func vocabulary(_ text: String) throws -> Vocabulary {
      try Vocabulary(files: [SampleVocabulary.file, VocabularyFile(family: "zeta", text: text)])
    }
    let later = Self.lost.text.replacing(#"["letter", "card"]"#, with: #"["card"]"#)
    let problems = VocabularyChange(from: try vocabulary(spare), to: try vocabulary(later)).problems
    #expect(
      problems.map { "\($0.place): \($0.name): \($0.change)" } == [
        #"zeta.json:5: lifecycle holder: "next" of lost would no longer name spare"#,
        "zeta.json:5: lifecycle holder: the stage spare would be gone",
        "zeta.json:8: letter.burnt: it could no longer be told of a letter",
      ])
    #expect(
      problems.last?.concern.contains(
        try EventView(leaf: Array(#"{"type":"letter.burnt","subject":"letter:a"}"#.utf8))) == true)
    #expect(
      problems.last?.concern.contains(
        try EventView(leaf: Array(#"{"type":"letter.burnt","subject":"card:a"}"#.utf8))) == false)
  }

  @Test(
    "Every effect of the shipped vocabulary is guarded, and so is every lifecycle: a word more is refused")
  func shipped() throws {
    let shipped = try Shipped.vocabulary()
    var guarded = 0
    // Some families stand for all: each look reads the whole vocabulary.
    for file in Vocabulary.shippedFiles where ["campaign", "provision", "treaty"].contains(file.family) {
      for (mark, word) in [
        ("{ \"move\":", "\"waits\": true,"), ("\"start\":", "\"parties\": true,"),
        ("\"next\":", "\"collects\": true,"),
      ] {
        for place in file.text.ranges(of: mark) {
          var text = file.text
          let start = mark.hasPrefix("{") ? text.index(after: place.lowerBound) : place.lowerBound
          text.insert(contentsOf: word, at: start)
          let files = Vocabulary.shippedFiles.filter { $0.family != file.family }
          // Where the word stands there already, or makes no sense, the reader refuses it.
          guard let later = try? Vocabulary(files: files + [VocabularyFile(family: file.family, text: text)])
          else { continue }
          guarded += 1
          #expect(!VocabularyChange(from: shipped, to: later).problems.isEmpty, "\(file.fileName): \(mark)")
        }
      }
    }
    #expect(guarded > 20)
  }

  @Test("No family is called after the manifest, and no kind has a digit, which no subject could have")
  func names() throws {
    let manifest = SampleVocabulary.text.replacing(#""family": "sample""#, with: #""family": "manifest""#)
    let error = try #require(refusal(of: [VocabularyFile(family: "manifest", text: manifest)]))
    #expect(error.description.contains("manifest.json:2: no family can be called manifest"))
    let digit = SampleVocabulary.text.replacing(#""kind": "box""#, with: #""kind": "box-2""#)
    let other = try #require(refusal(of: [VocabularyFile(family: "sample", text: digit)]))
    #expect(other.reason.contains("a kind has no digits"))
  }
}

@Suite("The events that a change would hurt")
struct ConcernTests {
  private func event(_ json: String) throws -> EventView { try EventView(leaf: Array(json.utf8)) }

  private func concern(_ old: String, _ new: String) throws -> Concern {
    let before = try Vocabulary(files: [SampleVocabulary.file])
    let text = SampleVocabulary.text.replacing(old, with: new)
    let after = try Vocabulary(files: [VocabularyFile(family: "sample", text: text)])
    return try #require(VocabularyChange(from: before, to: after).problems.first).concern
  }

  @Test("A field that goes concerns the events that have it; one that becomes required those that lack it")
  func fields() throws {
    let with = try event(#"{"type":"letter.ended","subject":"letter:a","data":{"by":"FR"}}"#)
    let without = try event(#"{"type":"letter.ended","subject":"letter:a","data":{"how":"lost"}}"#)
    let other = try event(#"{"type":"letter.written","subject":"letter:a","data":{"by":"FR"}}"#)
    let gone = try concern(#""by": { "kind": "country""#, #""by": { "kind": "party""#)
    #expect([with, without, other].map(gone.contains) == [true, false, false])
    #expect(gone.words(isOne: true) == "has it" && gone.words(isOne: false) == "have it")
    let required = try concern(
      #""by": { "kind": "country","#, #""by": { "kind": "country", "required": true,"#)
    #expect([with, without, other].map(required.contains) == [false, true, false])
    #expect(required.words(isOne: false) == "lack it")
  }

  @Test("A value that goes concerns the events that say so")
  func values() throws {
    let concern = try concern(#""values": ["card", "sheet"]"#, #""values": ["card"]"#)
    for (form, isMeant) in [("sheet", true), ("card", false)] {
      let event = try event(#"{"type":"letter.written","subject":"letter:a","data":{"form":"\#(form)"}}"#)
      #expect(concern.contains(event) == isMeant)
    }
    #expect(concern.words(isOne: true) == "says so")
  }

  @Test("A field that may be sealed concerns all events of the type: who has it is not to be seen")
  func sealed() throws {
    let concern = try concern(#""sealable": true, "sealed": true,"#, #""sealable": true,"#)
    #expect(
      concern.contains(try event(#"{"type":"letter.written","subject":"letter:a","data":{"_sd":["x"]}}"#)))
    #expect(concern.words(isOne: false) == "are of this type")
  }

  @Test("A lifecycle concerns the events told of its kind")
  func kinds() throws {
    let concern = try concern(#""start": ["written"]"#, #""start": ["written", "sent"]"#)
    #expect(concern.contains(try event(#"{"type":"x.y","subject":"letter:a","data":{}}"#)))
    #expect(!concern.contains(try event(#"{"type":"x.y","subject":"letters:a","data":{}}"#)))
    #expect(concern.words(isOne: false) == "are told of a letter")
  }
}
