// The pages that are made from the vocabulary files: those in docs/ agree with them, and any text stays text.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Pages made from the vocabulary")
struct PageTests {
  @Test(
    "The page in docs/ is what the shipped vocabulary gives",
    arguments: [("docs/vocabulary-reference.md", "reference"), ("docs/lifecycles.md", "lifecycles")])
  func pages(page: String, command: String) throws {
    let printed = try Annals.run(["vocabulary", command])
    try #require(printed.how == .exit(0), "\(printed)")
    let kept = try Data(contentsOf: repository.appendingPathComponent(page))
    guard Array(kept) != printed.standardOutput else { return }
    let lines = String(decoding: kept, as: UTF8.self).components(separatedBy: "\n")
    let differing = zip(lines, printed.outputLines).enumerated().first { $1.0 != $1.1 }
    Issue.record(
      """
      \(page) is not what the vocabulary says any more; run Tools/docs, which makes it anew.
      line \((differing?.offset ?? min(lines.count, printed.outputLines.count)) + 1):
        in docs: \(differing?.element.0 ?? "(the end)")
        printed: \(differing?.element.1 ?? "(the end)")
      """)
  }

  @Test("The reference has every type with its fields and effects, as text and as data")
  func reference() throws {
    let data = try JSONValue(
      parsing: Annals.run(["vocabulary", "reference", "--format", "json"]).standardOutput)
    let families = try #require(data["families"]?.array)
    let text = try Annals.run(["vocabulary", "reference"]).output
    var count = 0
    for family in families {
      #expect(Set(try #require(family.object).keys) == ["family", "kinds", "means", "types"])
      #expect(text.contains("\n## Family \(family["family"]?.string ?? "")\n"))
      for type in family["types"]?.array ?? [] {
        count += 1
        let name = try #require(type["type"]?.string)
        let parts = text.components(separatedBy: "\n### \(name)\n")
        #expect(parts.count == 2, "\(name)")
        let section = parts[1].components(separatedBy: "\n### ")[0]
        for field in type["fields"]?.array ?? [] {
          #expect(
            section.contains("\n| `\(field["name"]?.string ?? "")` | \(field["kind"]?.string ?? "")"),
            "\(name)")
        }
        #expect(section.components(separatedBy: "\n- ").count - 1 == type["effects"]?.array?.count, "\(name)")
        // The data of one type are those that show gives.
        if count % 20 == 0 {
          #expect(
            try JSONValue(
              parsing: Annals.run(["vocabulary", "show", name, "--format", "json"]).standardOutput) == type)
        }
      }
    }
    #expect(count > 50)
    let lines = try Annals.run(["vocabulary", "reference", "--format", "jsonl"]).outputLines
    #expect(try lines.map { try JSONValue(parsing: $0) } == families)
  }

  @Test(
    "Every lifecycle is drawn with all its stages and steps, and its table names the types that lead to each")
  func lifecycles() throws {
    let data = try JSONValue(
      parsing: Annals.run(["vocabulary", "lifecycles", "--format", "json"]).standardOutput)
    let text = try Annals.run(["vocabulary", "lifecycles"]).output
    let lifecycles = try #require(data["lifecycles"]?.array)
    #expect(lifecycles.count > 10)
    for lifecycle in lifecycles {
      let name = try #require(lifecycle["lifecycle"]?.string)
      let section = try #require(text.components(separatedBy: "\n## \(name)\n").dropFirst().first)
        .components(separatedBy: "\n## ")[0]
      let drawing = try #require(section.components(separatedBy: "```mermaid\n").dropFirst().first)
        .components(separatedBy: "\n```")[0].components(separatedBy: "\n")
      func id(_ stage: String) -> String { "s_" + stage.replacing("-", with: "_") }
      var expected: Set<String> = ["stateDiagram-v2"]
      var told: [String] = []
      for stage in lifecycle["start"]?.array?.compactMap(\.string) ?? [] {
        expected.insert("  [*] --> \(id(stage))")
      }
      for stage in lifecycle["stages"]?.array ?? [] {
        let own = try #require(stage["stage"]?.string)
        let next = stage["next"]?.array?.compactMap(\.string) ?? []
        expected.insert("  state \"\(own)\" as \(id(own))")
        for other in next { expected.insert("  \(id(own)) --> \(id(other))") }
        if next.isEmpty { expected.insert("  \(id(own)) --> [*]") }
        if stage["told"]?.bool == true { told.append(id(own)) }
        let types = (stage["types"]?.array?.compactMap(\.string) ?? []).map { "`\($0)`" }.joined(
          separator: ", ")
        let marks = [("told", "told"), ("collects", "collects")].filter { stage[$0.0]?.bool == true }.map(\.1)
        let row = try #require(section.components(separatedBy: "\n").first { $0.hasPrefix("| `\(own)` |") })
        #expect(row.hasSuffix(" | \(marks.joined(separator: ", ")) | \(types) |"), "\(name)")
      }
      if !told.isEmpty {
        expected.formUnion([
          "  classDef told stroke-dasharray: 5 5", "  class \(told.joined(separator: ",")) told",
        ])
      }
      #expect(Set(drawing) == expected && drawing.count == expected.count, "\(name)")
    }
    let bill = lifecycles.first { $0["lifecycle"]?.string == "bicameral" }?["stages"]?.array ?? []
    #expect(bill.first { $0["stage"]?.string == "passed" }?["types"] == ["bill.passed"])
    let party = lifecycles.first { $0["lifecycle"]?.string == "treaty-party" }?["stages"]?.array ?? []
    #expect(
      party.first { $0["stage"]?.string == "in-force" }?["types"]?.array?.contains(
        "treaty.entered-into-force") == true)
  }

  /// Texts that would mark something up, and what they must become.
  private static let oddTexts: [(text: String, markdown: String)] = [
    ("A | B", #"A \| B"#), ("*bold* _it_ `code`", #"\*bold\* \_it\_ \`code\`"#),
    ("# no heading", ##"\# no heading"##),
    ("- no list", #"\- no list"#), ("1. no list", #"1\. no list"#), ("12) no list", #"12\) no list"#),
    ("See 1. here - and # there.", "See 1. here - and # there."), ("<b>&amp;</b>", #"\<b\>\&amp;\</b\>"#),
    ("[a](b) ![c](d)", #"\[a\](b) !\[c\](d)"#), ("two\nlines\n\n# three", "two lines # three"),
    ("    no code", "no code"),
    ("> no quotation", #"\> no quotation"#), ("=== ---", #"\=== ---"#), ("~~~", #"\~\~\~"#),
    ("ends with \\", #"ends with \\"#),
    ("$x$", #"\$x\$"#), ("https://example.org/a_b", #"https\://example.org/a\_b"#),
    ("www.example.org", #"www\.example.org"#),
    ("red\u{1b}[31m", #"red\\u{1b}\[31m"#), ("米兔", "米兔"), ("\u{202e}evil", #"\\u{202e}evil"#),
  ]

  @Test("Any text stays text, in paragraphs and in tables", arguments: oddTexts.indices)
  func textStaysText(index: Int) throws {
    let (text, markdown) = Self.oddTexts[index]
    try withLedger { ledger in
      let quoted = String(decoding: try JSONValue.string(text).canonicalBytes(), as: UTF8.self)
      try ledger.home.write(
        "odd.json",
        """
        { "family": "odd", "means": \(quoted),
          "kinds": [{ "kind": "thing", "means": \(quoted) }],
          "lifecycles": [{ "name": "end", "for": "thing", "default": true, "means": \(quoted), "start": ["state", "note-default"],
            "stages": { "state": { "means": \(quoted), "next": ["note-default"] }, "note-default": { "means": "-", "next": [] } } }],
          "types": { "odd.told": { "means": \(quoted), "subject": ["thing"], "effects": [{ "move": "state" }],
            "fields": { "odd": { "kind": "choice", "values": [\(quoted)], "means": "Odd." } }, "example": ["odd=it's \\n```", "\(index)"] } } }
        """)
      let adopted = try ledger.annals("vocabulary", "adopt", "odd.json")
      #expect(adopted.how == .exit(0), "\(adopted)")
      let reference = try ledger.annals("vocabulary", "reference").outputLines
      #expect(reference.contains("| [odd](#family-odd) | \(markdown) |"))
      #expect(reference.contains("| `thing` | \(markdown) |"))
      #expect(reference.contains(markdown))
      #expect(reference.contains { $0.hasPrefix("| `odd` | choice |  | Odd. One of: ") })
      // A fence that nothing in it closes, and an argument that a shell takes as it is meant.
      let example = try #require(reference.lastIndex { $0.hasPrefix("annals append odd.told") })
      #expect(reference[example] == #"annals append odd.told odd='it'\''s  ```' \#(index)"#)
      #expect(reference[example - 1] == "````sh" && reference[example + 1] == "````")
      let lifecycles = try ledger.annals("vocabulary", "lifecycles").outputLines
      #expect(lifecycles.contains("| `state` | \(markdown) |  | `odd.told` |"))
      #expect(lifecycles.contains("  s_state --> s_note_default"))
    }
  }
}
