// The events that open a ledger.

import CanonicalJSON
import Milestones
import Testing

@Suite("The first events of a ledger")
struct LedgerEventsTests {
  private let time = RecordedTime(milliseconds: 1_795_464_904_123)

  @Test("ledger.opened tells origin, floor, format and the digest of the code tables")
  func opened() throws {
    let digest = String(repeating: "ab", count: 32)
    let event = try LedgerEvents.opened(
      origin: "example.org/log", floor: 5, codesDigest: digest, vocabulary: Shipped.vocabulary(), at: time)
    let leaf = try json(event.stamped(stamp(schemaName: nil)).leaf)
    #expect(leaf["type"]?.string == "ledger.opened")
    #expect(leaf["subject"]?.string == "ledger:self")
    #expect(leaf["occurred"]?.string == "2026-11-23")
    let expected: JSONValue = [
      "codes": .string(digest), "floor": 5, "format": 1, "origin": "example.org/log",
    ]
    #expect(leaf["data"] == expected)
  }

  @Test("vocabulary.adopted gives each family to the byte, then the manifest with all digests")
  func adopted() throws {
    let vocabulary = try Shipped.vocabulary()
    let events = try LedgerEvents.adopted(vocabulary, at: time)
    #expect(events.count == vocabulary.files.count + 1)
    var files: [VocabularyFile] = []
    for event in events.dropLast() {
      let view = try EventView(leaf: event.stamped(stamp()).leaf)
      let family = try #require(view.data?["family"]?.string)
      let file = VocabularyFile(family: family, text: try #require(view.data?["text"]?.string))
      #expect(view.subject == "vocabulary:\(family)")
      #expect(view.data?["digest"]?.string == file.digest)
      files.append(file)
    }
    // Whoever reads the log reads the same vocabulary.
    #expect(files == vocabulary.files)
    #expect(try Vocabulary(files: files).digest == vocabulary.digest)
    let manifest = try EventView(leaf: #require(events.last).stamped(stamp()).leaf)
    #expect(manifest.subject == "vocabulary:manifest")
    #expect(manifest.texts("families") == vocabulary.manifest)
    #expect(manifest.data?["digest"]?.string == vocabulary.digest)
  }

  @Test("They have exactly the fields that the vocabulary declares for them, and all that it requires")
  func declared() throws {
    let vocabulary = try Shipped.vocabulary()
    let opened = try LedgerEvents.opened(
      origin: "o", floor: 5, codesDigest: String(repeating: "0", count: 64), vocabulary: vocabulary, at: time)
    for event in try [opened] + LedgerEvents.adopted(vocabulary, at: time) {
      let fields = event.type.allFields
      #expect(Set(event.data.keys).isSubset(of: fields.map(\.name)))
      #expect(Set(event.data.keys).isSuperset(of: fields.filter(\.isRequired).map(\.name)))
    }
  }

  @Test("A vocabulary that lacks them cannot open a ledger")
  func lacking() throws {
    let vocabulary = try Vocabulary(files: [SampleVocabulary.file])
    let error = #expect(throws: DraftError.self) {
      try LedgerEvents.opened(origin: "o", floor: 5, codesDigest: "", vocabulary: vocabulary, at: time)
    }
    #expect(error?.description.contains("ledger.opened") == true)
  }
}
