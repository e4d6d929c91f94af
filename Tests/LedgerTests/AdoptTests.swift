// Adopting a later vocabulary: whole or not at all, once, and by one at a time.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Projections
import Testing

@Suite("Adopting a vocabulary")
struct AdoptTests {
  @Test("New types can be recorded at once, by the same ledger and by one opened anew")
  func newTypes() throws {
    try withLedger { test in
      let size = try test.size
      let former = test.ledger.vocabulary
      let adoption = try adopt(test.ledger, Climate.file())
      let adopted = try #require(adoption.families.first)
      #expect(adoption.families.count == 1)
      #expect(adopted.name == "climate" && adopted.digest == Climate.file().digest)
      #expect(adopted.isNew && adopted.position == size)
      #expect(
        adoption.additions.map(\.description) == [
          "family climate", "kind pledge", "lifecycle pledge", "type pledge.announced",
        ])
      #expect(adoption.manifestPosition == size + 1)
      #expect(adoption.size == size + 2)
      #expect(adoption.warning == nil)
      #expect(adoption.digest == test.ledger.vocabulary.digest)
      #expect(adoption.typeCount == former.types.map(\.key).count + 1)
      let family = try test.event(size)
      #expect(family.type == "vocabulary.adopted" && family.subject == "vocabulary:climate")
      #expect(family.data?["text"]?.string == Climate.text)
      #expect(family.recorder == "a.lindqvist")
      // They were adopted by the vocabulary that was in force until then.
      #expect(family.root["dataschema"]?.string == former.schemaName)
      let manifest = try test.event(size + 1)
      #expect(manifest.subject == "vocabulary:manifest")
      #expect(manifest.texts("families") == test.ledger.vocabulary.manifest)
      for ledger in [test.ledger, try test.reopened()] {
        let event = try announce(ledger)
        #expect(
          try test.event(event.position).root["dataschema"]?.string
            == "annals:vocabulary:sha256:\(adoption.digest)")
        #expect(try ledger.status(.subject("pledge:a")).content.map(\.stage) == ["announced"])
      }
    }
  }

  @Test("What is in force already is not adopted again, alone or beside what is new")
  func again() throws {
    try withLedger { test in
      _ = try adopt(test.ledger, Climate.file())
      let size = try test.size
      for ledger in [test.ledger, try test.reopened()] {
        let adoption = try adopt(ledger, Climate.file())
        #expect(adoption.families.isEmpty && adoption.additions.isEmpty && adoption.manifestPosition == nil)
        #expect(adoption.size == size)
      }
      let beside = try adopt(test.ledger, Climate.file(), Climate.small("notes"))
      #expect(beside.families.map(\.name) == ["notes"])
      #expect(try test.size == size + 2)
    }
  }

  @Test("A rehearsal tells what would be adopted, or why nothing would, and writes nothing")
  func rehearsal() throws {
    try withLedger { test in
      let size = try test.size
      let digest = test.ledger.vocabulary.digest
      let adoption = try adopt(test.ledger, Climate.file(), isRehearsal: true)
      #expect(adoption.families.map(\.position) == [nil])
      #expect(adoption.manifestPosition == nil && adoption.size == size)
      #expect(try adopt(test.ledger, Climate.file()).digest == adoption.digest)
      let changed = Climate.file(Climate.text.replacing("\"target\"", with: "\"aim\""))
      #expect(throws: LedgerError.self) { try adopt(test.ledger, changed, isRehearsal: true) }
      #expect(try test.size == size + 2)
      #expect(test.ledger.vocabulary.digest != digest)
    }
  }

  @Test("A family may be extended, and may return to what it said before as long as nothing goes")
  func extended() throws {
    try withLedger { test in
      _ = try adopt(test.ledger, Climate.file())
      _ = try announce(test.ledger)
      let size = try test.size
      let adoption = try adopt(test.ledger, Climate.file(Climate.later))
      #expect(adoption.families.map(\.isNew) == [false])
      #expect(adoption.additions.map(\.description) == ["field pledge.announced.due", "type pledge.kept"])
      #expect(try test.size == size + 2)
      _ = try announce(test.ledger, "due=2030")
      // The views were made anew at once, and say the same as those made later.
      #expect(try test.ledger.viewsDigest() == test.reopened().rebuild().digest)
      let inOtherWords = Climate.later.replacing("Somebody made a pledge.", with: "A pledge was made.")
      #expect(try adopt(test.ledger, Climate.file(inOtherWords)).additions.isEmpty)
      #expect(try adopt(test.ledger, Climate.file(Climate.later)).families.count == 1)
      #expect(try test.reopened().vocabulary.files.contains(Climate.file(Climate.later)))
    }
  }

  // MARK: Refusals

  private func refusal(_ ledger: Ledger, _ files: VocabularyFile...) throws -> [RefusedChange] {
    do {
      _ = try ledger.adopt(files, recorder: "a.lindqvist")
    } catch LedgerError.changeRefused(let changes) { return changes }
    Issue.record("nothing was refused")
    return []
  }

  @Test("A refusal counts the events that it would hurt, and names the first of them")
  func refusedWithEvents() throws {
    try withLedger { test in
      _ = try adopt(test.ledger, Climate.file())
      var positions: [Int64] = []
      for number in 0..<6 {
        let event = try number == 2 ? announce(test.ledger) : announce(test.ledger, "target=\(number)")
        if number != 2 { positions.append(event.position) }
      }
      let size = try test.size
      let changes = try refusal(
        test.ledger, Climate.file(Climate.text.replacing("\"target\"", with: "\"aim\"")))
      let change = try #require(changes.first)
      #expect(changes.count == 1)
      #expect(change.eventCount == 5 && change.positions == Array(positions.prefix(3)))
      #expect(
        change.description
          == "climate.json:15: pledge.announced: the field target would be gone (what events say in it could not be "
          + "read any more); 5 events in this ledger have it: positions \(positions.prefix(3).map(String.init).joined(separator: ", ")), …"
      )
      let required = Climate.text.replacing(
        #""kind": "text", "means": "What.""#, with: #""kind": "text", "required": true, "means": "What.""#)
      let lacking = try #require(refusal(test.ledger, Climate.file(required)).first)
      #expect(
        lacking.description.hasSuffix("; 1 event in this ledger lacks it: position \(positions[1] + 1)"))
      let stages = Climate.text.replacing(#""next": ["kept"]"#, with: #""next": []"#)
      let told = try #require(refusal(test.ledger, Climate.file(stages)).first)
      #expect(
        told.description.hasSuffix(
          "; 6 events in this ledger are told of a pledge: positions \(size - 6), \(size - 5), \(size - 4), …"
        ))
      #expect(try test.size == size)
    }
  }

  @Test("What no event has yet is refused all the same")
  func refusedWithoutEvents() throws {
    try withLedger { test in
      _ = try adopt(test.ledger, Climate.file())
      let changes = try refusal(
        test.ledger, Climate.file(Climate.text.replacing("\"target\"", with: "\"aim\"")))
      #expect(changes.first?.description.hasSuffix("; no event in this ledger has it yet") == true)
    }
  }

  @Test("No family can break the ledger's own types, or take them for its own")
  func ledgersOwn() throws {
    try withLedger { test in
      let size = try test.size
      let own = try #require(Vocabulary.shippedFiles.first { $0.family == "ledger" })
      for (old, new) in [
        (#""by": "ledger","#, ""),
        (#""digest": { "kind": "sha256", "required": true"#, #""digest": { "kind": "sha256""#),
        (#""text": { "kind": "text","#, #""text": { "kind": "url","#),
        (#""vocabulary.adopted""#, #""vocabulary.taken""#),
        (#"{ "kind": "vocabulary", "#, #"{ "kind": "vocabulary", "counted": true, "#),
      ] {
        let text = own.text.replacing(old, with: new)
        #expect(text != own.text)
        #expect(!(try refusal(test.ledger, VocabularyFile(family: "ledger", text: text))).isEmpty)
      }
      let thief = VocabularyFile(
        family: "thief",
        text:
          #"{ "family": "thief", "means": "-", "types": { "ledger.opened": { "means": "-", "subject": ["ledger"], "fields": {}, "effects": [] } } }"#
      )
      #expect {
        try adopt(test.ledger, thief)
      } throws: { error in "\(error)".contains("the type ledger.opened is declared already at ledger.json") }
      #expect(try test.size == size)
    }
  }

  @Test("What is told of the manifest by others says nothing about the vocabulary")
  func bystander() throws {
    try withLedger { test in
      let gossip = VocabularyFile(
        family: "gossip",
        text: """
          { "family": "gossip", "means": "-", "types": {
            "gossip.told": { "means": "-", "subject": ["*"], "fields": { "families": { "kind": "text", "list": true, "means": "-" } }, "effects": [] } } }
          """)
      _ = try adopt(test.ledger, gossip)
      for subject in ["vocabulary:manifest", "vocabulary:bill"] {
        let draft = try Draft(
          type: "gossip.told",
          arguments: ["subject=\(subject)", "occurred=2019", "families=none", "unsourced=true"])
        _ = try test.ledger.append(test.ledger.check(draft), recorder: "m.reyes")
      }
      let reopened = try test.reopened()
      #expect(reopened.vocabulary.digest == test.ledger.vocabulary.digest)
      #expect(try adopt(test.ledger, Climate.file()).families.count == 1)
      #expect(try adopt(reopened, Climate.small("notes")).families.count == 1)
    }
  }

  @Test("A file that cannot be read is told with its line; two of one family are too many")
  func malformed() throws {
    try withLedger { test in
      let size = try test.size
      for (files, says) in [
        (
          [Climate.file(Climate.text.replacing("\"kind\": \"text\"", with: "\"kind\": \"txt\""))],
          "climate.json:15: the kind txt does not exist"
        ),
        (
          [VocabularyFile(family: "weather", text: Climate.text)],
          "the family is \"climate\", but the file is called weather.json"
        ),
        ([Climate.file(), Climate.file()], "the family climate is given twice"),
        (
          [
            Climate.file(
              Climate.text.replacing("\"subject\": [\"pledge\"]", with: "\"subject\": [\"plegde\"]"))
          ], "did you mean pledge?"
        ),
        ([VocabularyFile(family: "climate", text: "{")], "climate.json:1:"),
      ] {
        #expect {
          try test.ledger.adopt(files, recorder: "a.lindqvist")
        } throws: { error in
          guard case LedgerError.vocabularyFile(let error) = error else { return false }
          return error.description.contains(says)
        }
      }
      #expect(try test.size == size)
    }
  }

  @Test("A family or a list of families that does not fit in an event is told by its name")
  func tooLong() throws {
    try withLedger { test in
      let size = try test.size
      func says(_ files: [VocabularyFile], recorder: String = "a.lindqvist", isRehearsal: Bool) -> String {
        do {
          _ = try test.ledger.adopt(files, recorder: recorder, isRehearsal: isRehearsal)
          return "adopted"
        } catch { return "\(error)" }
      }
      let long = Climate.small("long", means: String(repeating: "word ", count: 10_000))
      let crowded = Climate.small("crowded", means: String(repeating: "\\\"", count: 15_500))
      let many = (0..<520).map { Climate.small(String(repeating: "long-name-", count: 5) + "family-\($0)") }
      for isRehearsal in [true, false] {
        #expect(says([long], isRehearsal: isRehearsal).contains("one family may have 48000. Split it"))
        #expect(
          says([crowded], recorder: String(repeating: "x", count: 4_000), isRehearsal: isRehearsal)
            == "crowded.json: takes more than the 65535 bytes of an event; split the family into two files")
      }
      #expect(
        says(many, isRehearsal: false).contains(
          "the list of all 531 families takes more than the 65535 bytes"))
      #expect(try test.size == size)
    }
  }
}
