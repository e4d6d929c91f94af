// Vocabulary files that cannot be used: each is refused with its file, the line, and what is wrong there.

import Milestones
import Testing

@Suite("A vocabulary file that cannot be used")
struct BadVocabularyTests {
  @Test("The sample that these tests break is taken as it stands")
  func sample() throws {
    let vocabulary = try Vocabulary(files: [SampleVocabulary.file])
    #expect(vocabulary.allTypes.map(\.name) == ["letter.written", "letter.ended"])
    #expect(vocabulary.allLifecycles.map(\.name) == ["post", "reader"])
  }

  @Test(
    "It is refused at the line of the culprit, which is named", arguments: Mutation.all)
  func refused(_ mutation: Mutation) throws {
    _ = try #require(
      SampleVocabulary.line(of: mutation.old, in: SampleVocabulary.text),
      "stands not once in the sample: \(mutation.old)")
    let text = SampleVocabulary.text.replacing(mutation.old, with: mutation.new)
    let line = try #require(
      SampleVocabulary.line(of: mutation.culprit, in: text),
      "stands not once in the changed file: \(mutation.culprit)")
    let error = try #require(refusal(of: [VocabularyFile(family: "sample", text: text)]))
    #expect(error.place.file == "sample.json")
    #expect(error.place.line == line, "\(error)")
    for part in mutation.says { #expect(error.reason.contains(part), "\(error)") }
    #expect(error.description == "sample.json:\(line): \(error.reason)")
  }

  @Test(
    "What is no JSON is refused at its line",
    arguments: [
      ("{\n  \"family\": \"sample\",\n  oops\n}", 3), ("", 1), ("{\n  \"family\": \"sample\"\n", 3),
      ("[]", 1),
      ("{\n\n  \"family\": 1.5\n}", 3), ("\u{FEFF}{}", 1), ("<html>", 1),
    ])
  func noJSON(text: String, line: Int) throws {
    let error = try #require(refusal(of: [VocabularyFile(family: "sample", text: text)]))
    #expect(error.place.file == "sample.json")
    #expect(error.place.line == line, "\(error)")
    #expect(!error.reason.isEmpty)
  }

  @Test("Lines are counted the same where they end with a carriage return and a line feed")
  func carriageReturns() throws {
    let text = SampleVocabulary.text.replacing("\n", with: "\r\n").replacing("\"Gone.\"", with: "7")
    let error = try #require(refusal(of: [VocabularyFile(family: "sample", text: text)]))
    #expect(error.place.line == SampleVocabulary.line(of: "\"Gone.\"", in: SampleVocabulary.text))
  }

  @Test("A type that another file has already is refused, and both places are told")
  func typeInTwoFiles() throws {
    let other = """
      { "family": "zeta", "means": "Another.",
        "types": {
          "letter.ended": { "means": "Again.", "subject": ["letter"], "fields": {}, "effects": [] }
        } }
      """
    let error = try #require(
      refusal(of: [VocabularyFile(family: "zeta", text: other), SampleVocabulary.file]))
    #expect(error.place.description == "zeta.json:3")
    let line = try #require(SampleVocabulary.line(of: "\"letter.ended\": {", in: SampleVocabulary.text))
    #expect(error.reason.contains("letter.ended"))
    #expect(error.reason.contains("sample.json:\(line)"))
  }

  @Test("A family that comes twice is refused")
  func familyTwice() throws {
    let empty = #"{ "family": "sample", "means": "Another.", "types": {} }"#
    let error = try #require(
      refusal(of: [SampleVocabulary.file, VocabularyFile(family: "sample", text: empty)]))
    #expect(error.place.file == "sample.json")
    #expect(error.reason.contains("sample"))
  }

  @Test(
    "A family whose name is no word is refused: the name stands in the manifest and in a subject",
    arguments: ["Sample", "two words", "a\"b", "", "../x"])
  func familyName(_ name: String) throws {
    let quoted = name.replacing("\"", with: "\\\"")
    let text = "{ \"family\": \"\(quoted)\",\n \"means\": \"Another.\", \"types\": {} }"
    let error = try #require(refusal(of: [VocabularyFile(family: name, text: text)]))
    #expect(error.place.line == 1)
  }

  @Test(
    "A file that would not fit into one event is refused, whether by its length or by what must be escaped")
  func tooLarge() throws {
    let long = #"{ "family": "sample", "means": "\#(String(repeating: "x", count: 48_000))", "types": {} }"#
    let tooLong = try #require(refusal(of: [VocabularyFile(family: "sample", text: long)]))
    #expect(tooLong.place.line == 1)
    #expect(tooLong.reason.contains("\(long.utf8.count) bytes"))
    #expect(tooLong.reason.contains("48000"))

    let blank = #"{ "family": "sample", "means": "m", "types": {} }"# + String(repeating: "\n", count: 47_000)
    let tooManyLines = try #require(refusal(of: [VocabularyFile(family: "sample", text: blank)]))
    #expect(tooManyLines.reason.contains("bytes"))
  }

  @Test("The largest file that is taken fits into one event, whatever is in it")
  func largest() throws {
    let frame = #"{ "family": "sample", "means": "m", "types": {} }"#
    for filler in ["\n", " ", "\t"] {
      var count = 48_000 - frame.utf8.count
      while refusal(of: [file(frame + String(repeating: filler, count: count))]) != nil { count -= 500 }
      #expect(count > 20_000)
      let opened = try Vocabulary(
        files: [file(frame + String(repeating: filler, count: count))] + ledgerFiles())
      for event in try LedgerEvents.adopted(opened, at: RecordedTime(milliseconds: 0)) {
        let origin = String(repeating: "o", count: 255)
        _ = try event.stamped(stamp(recorder: String(repeating: "r", count: 100), origin: origin))
      }
    }
  }

  @Test("A lifecycle of very many stages is refused: their paths would fill the memory")
  func manyStages() throws {
    let stages = (1...900).map { #""s\#($0)":{"means":"m","next":["s\#($0 % 900 + 1)"]}"# }.joined(
      separator: ",")
    let text = """
      { "family": "sample", "means": "m", "kinds": [{ "kind": "letter", "means": "m" }],
        "lifecycles": [
          { "name": "long", "for": "letter", "means": "m", "start": ["s1"], "stages": {\(stages)} }],
        "types": {} }
      """
    let error = try #require(refusal(of: [file(text)]))
    #expect(error.place.line == 3)
    #expect(error.reason.contains("900"))
  }

  private func file(_ text: String) -> VocabularyFile { VocabularyFile(family: "sample", text: text) }

  /// The shipped files that a ledger cannot be opened without.
  private func ledgerFiles() -> [VocabularyFile] { Vocabulary.shippedFiles }
}
