// The check in place against the ordinary one: what it accepts is the same event, to the byte.

import CanonicalJSON
import EDTF
import Foundation
import Milestones
import TestSupport
import Testing

@Suite("The check in place knows nothing that the ordinary check does not")
struct QuickCheckTests {
  private static let gate = Result { Gate(vocabulary: try Shipped.vocabulary()) }

  /// Compares both ways; true if the draft was accepted in place.
  @discardableResult
  private func compare(_ quick: QuickCheck, _ json: String) throws -> Bool {
    guard let draft = try? draft(json: json), let event = quick.check(draft) else { return false }
    let told: CheckedEvent
    do { told = try Shipped.checker().check(draft) } catch {
      Issue.record("accepted in place, and refused by the ordinary check (\(error)): \(json)")
      return true
    }
    #expect(text(event.suppliedBytes) == text(told.suppliedBytes), "\(json)")
    #expect(event.type === told.type)
    #expect(event.id == told.id, "\(json)")
    #expect(event.subject == told.subject, "\(json)")
    #expect(event.subject?.kind == told.subject?.kind, "\(json)")
    #expect(event.occurred == told.occurred, "\(json)")
    #expect(
      event.occurred.earliest == told.occurred.earliest && event.occurred.latest == told.occurred.latest)
    #expect(event.effective == told.effective, "\(json)")
    #expect(event.country == told.country, "\(json)")
    #expect(event.institution == told.institution, "\(json)")
    #expect(event.recorder == told.recorder, "\(json)")
    #expect(event.data == told.data, "\(json)")
    #expect(event.digestCount == told.digestCount, "\(json)")
    #expect(event.isDatedByRecording == told.isDatedByRecording, "\(json)")
    #expect(event.amends == told.amends, "\(json)")
    #expect(event.sealed.map(\.name) == told.sealed.map(\.name), "\(json)")
    #expect(event.sealed.map(\.value) == told.sealed.map(\.value), "\(json)")
    var gate = try Self.gate.get()
    #expect(gate.isGuarded(event) == gate.isGuarded(told), "\(json)")
    #expect(gate.findings(in: event) == gate.findings(in: told), "\(json)")
    try compareLeaves(event, told, json)
    return true
  }

  /// The leaf of an event that seals something or may have, and of a subject that is made, is another each time.
  private func compareLeaves(_ event: CheckedEvent, _ told: CheckedEvent, _ json: String) throws {
    for schemaName in [nil, "annals:vocabulary:sha256:00"] {
      let stamp = try stamp(recorder: "m. \"r\" reyes", schemaName: schemaName)
      let stamper = Stamper(
        recorded: stamp.recorded, recorder: stamp.recorder, origin: stamp.origin, schemaName: schemaName)
      let quick = try stamper.stamped(event, id: stamp.id)
      let slow = try told.stamped(
        Stamp(
          id: stamp.id, recorded: stamp.recorded, recorder: told.recorder ?? stamp.recorder,
          origin: stamp.origin, schemaName: schemaName))
      #expect(masked(quick) == masked(slow), "\(json)")
      #expect(quick.disclosures.map(\.isDecoy) == slow.disclosures.map(\.isDecoy))
      #expect(try JSONText(parsing: quick.leaf).isCanonical, "\(json)")
      let digests = try JSONValue(parsing: quick.leaf)["data"]?["_sd"]?.array?.compactMap(\.string) ?? []
      #expect(digests == quick.disclosures.map(\.digest).sorted())
    }
  }

  private func masked(_ stamped: StampedEvent) -> String {
    var leaf = text(stamped.leaf).replacing(stamped.subject.text, with: stamped.subject.kind)
    for disclosure in stamped.disclosures { leaf = leaf.replacing(disclosure.digest, with: "digest") }
    return leaf
  }

  // MARK: What is compared

  /// The fields of a type's example, each as JSON text.
  private func example(of type: EventType) -> [(name: String, json: String)] {
    var fields: [(name: String, values: [String])] = []
    for argument in type.example {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      if parts[0].contains(".") { continue }
      if let index = fields.firstIndex(where: { $0.name == parts[0] }) {
        fields[index].values.append(parts[1])
      } else {
        fields.append((parts[0], [parts[1]]))
      }
    }
    let isNumber: Set<String> = Set(
      type.allFields.filter { $0.kind == .integer || $0.kind == .boolean }.map(\.name) + ["unsourced"])
    var members = fields.filter { $0.name != "source" && $0.name != "title" }.map { field in
      let texts = field.values.map { isNumber.contains(field.name) ? $0 : "\"\($0)\"" }
      return (name: field.name, json: texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ","))]")
    }
    members.append(("title", "\"A title, with 日本 in it\""))
    if !members.contains(where: { $0.name == "unsourced" }) {
      members.append(
        (
          "sources",
          "[{\"url\":\"https://example.org/2018/0305/1234567890\",\"citation\":\"Gazette no. 3, page 12\"}]"
        ))
    }
    return [("type", "\"\(type.name)\""), ("id", "\"0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0\"")] + members
  }

  private func object(_ members: [(name: String, json: String)]) -> String {
    "{\(members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ","))}"
  }

  @Test("Examples of all types that tell of the world are accepted in place")
  func examples() throws {
    let quick = QuickCheck(vocabulary: try Shipped.vocabulary())
    for type in try Shipped.vocabulary().allTypes where !type.example.isEmpty {
      let isOrdinary = !type.isAvailable || type.namesEvents || type.consentField != nil
      var members = example(of: type)
      // What would stand in clear of a testimony is refused by both.
      if type.canBePublic { members.removeAll { $0.name == "title" || $0.name == "sources" } }
      let wasQuick = try compare(quick, object(members))
      if isOrdinary { #expect(!wasQuick, "\(type.name)") }
      // Where it depends on other fields whether a party has to be named, the ordinary check decides.
      let mayLackParty = type.movesParties && !members.contains { $0.name == "country" }
      if !isOrdinary && !type.canBePublic && !mayLackParty { #expect(wasQuick, "\(object(members))") }
    }
    #expect(
      try compare(
        quick,
        "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:metoo\",\"channel\":\"letter\",\"occurred\":\"2018-03-05\",\"country\":\"CL\",\"person\":\"Aurora\",\"narrative\":\"What she told us\",\"language\":\"es\",\"consent\":[\"hold\",\"count\"],\"unsourced\":true}"
      ))
  }

  @Test("The curated record gives the same both ways")
  func record() throws {
    let quick = QuickCheck(vocabulary: try Shipped.vocabulary())
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Events/record")
    var (count, quickCount) = (0, 0)
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".jsonl") {
      let lines = try String(contentsOf: folder.appending(path: file), encoding: .utf8).split(separator: "\n")
      for line in lines {
        count += 1
        if try compare(quick, String(line)) { quickCount += 1 }
      }
    }
    #expect(quickCount * 2 > count, "\(quickCount) of \(count) lines of the record are checked in place")
  }

  private static let oddValues = [
    "\"\"", "\" \"", "\"a\"", "\"A word\"", "\"with \\\"escapes\\\" \\u00e9\"", "\"line\\nbreak\"",
    "\"é\u{301}\"",
    "\"日本\"", "\"\u{200b}\"", "\"\u{85}\"", "\"\u{7f}x\"", "\"call +56 9 1234 5678\"",
    "\"mail a@example.org\"",
    "\"Law 115-397 of 2018-03-05\"", "0", "7", "-7", "-0", "9007199254740991", "true", "false", "null", "[]",
    "{}",
    "[\"a\",\"b\"]", "[\"US\",\"MX\"]", "[[\"a\"]]", "[null]",
    "{\"original\":\"One\",\"zh-Hans\":\"一\",\"es\":\"Uno\"}",
    "{\"es\":\"Uno\"}", "{\"original\":\"One\",\"not a tag\":\"x\"}",
    "{\"derived_from\":[\"campaign:metoo\"]}",
    "\"2018-03-05\"", "\"2018-05-07/2018-05-10\"", "\"1981?\"", "\"1985-~11\"", "\"XXXX\"", "\"2017/..\"",
    "\"9999-12-31\"", "\"2018-13\"", "\"US\"", "\"CS\"", "\"SU\"", "\"CN-BJ\"", "\"xx\"", "\"YUCS\"",
    "\"int/un/ga/c3\"",
    "\"us/congress/senate\"", "\"us//senate\"", "\"campaign:metoo\"", "\"measure:us-115-hr4396\"",
    "\"nokind:x\"",
    "\"measure:\"", "\"Measure:x\"", "\"https://example.org/x\"", "\"https://\"", "\"ftp://example.org\"",
    "\"es\"",
    "\"zh-Hans\"", "\">=220\"", "\"17000..20000\"", "\"confirmed\"", "\"reported\"", "\"recalled\"",
    "\"hold\"",
    "\"\(String(repeating: "k", count: 201))\"", "\"\(String(repeating: "ab", count: 32))\"",
    "[{\"citation\":\"C\"}]",
    "[{\"citation\":\"C\",\"page\":\"12\",\"sha256\":\"\(String(repeating: "0", count: 64))\"}]",
    "[{\"page\":\"12\"}]",
    "[{\"citation\":\"C\",\"captured\":\"2018-03-05\",\"media_type\":\"text/html\"},{\"url\":\"https://example.org\"}]",
    "[{\"citation\":\"C\",\"media-type\":\"text/html\"}]", "[{\"citation\":\"write to a@example.org\"}]",
    "{\"citation\":\"C\"}",
  ]
  private static let commonNames = [
    "title", "claim", "account", "note", "effective", "confidence", "unsourced", "country", "institution",
    "recorder", "sources", "id", "subject", "occurred", "seal", "public", "link", "links", "source",
    "law-number",
    "source.url", "title.es", "date", "data", "specversion", "nothing",
  ]

  @Test("Random drafts give the same both ways, right or wrong")
  func random() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    let quick = QuickCheck(vocabulary: try Shipped.vocabulary())
    let types = try Shipped.vocabulary().allTypes.filter { !$0.example.isEmpty }
    var quickCount = 0
    for _ in 0..<3_000 {
      let type = random.pick(types)
      var members = example(of: type)
      if type.canBePublic && random.chance(70) {
        members.removeAll { $0.name == "title" || $0.name == "sources" }
      }
      for _ in 0..<random.below(4) {
        let name =
          random.chance(50)
          ? random.pick(Self.commonNames) : random.pick(type.allFields.map(\.name) + ["title"])
        members.removeAll { $0.name == name }
        if random.chance(85) {
          members.insert((name, random.pick(Self.oddValues)), at: random.below(members.count + 1))
        }
      }
      if try compare(quick, object(members)) { quickCount += 1 }
    }
    #expect(quickCount > 500, "too few were accepted in place to tell anything, seed \(seed)")
  }

  @Test("A type that another vocabulary declares is checked by that vocabulary")
  func otherVocabulary() throws {
    let quick = QuickCheck(vocabulary: try Vocabulary(files: Array(Shipped.vocabulary().files)))
    let type = try Shipped.type("bill.introduced")
    let event = try #require(quick.check(draft(json: object(example(of: type)))))
    #expect(event.type !== type)
    #expect(event.type.name == type.name)
  }
}
