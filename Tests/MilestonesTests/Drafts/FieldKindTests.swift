// What each kind of field takes, in the form that is stored, and what it refuses.

import CanonicalJSON
import Milestones
import Testing

/// A value for a field, and what is stored; nil if it is refused.
struct FieldValue: Sendable, CustomTestStringConvertible {
  let kind: FieldKind
  let value: JSONValue
  let stored: JSONValue?

  var testDescription: String { "\(kind.name): \(value)" }

  static func taken(_ kind: FieldKind, _ values: JSONValue...) -> [FieldValue] {
    values.map { FieldValue(kind: kind, value: $0, stored: $0) }
  }

  static func refused(_ kind: FieldKind, _ values: JSONValue...) -> [FieldValue] {
    values.map { FieldValue(kind: kind, value: $0, stored: nil) }
  }

  static func read(_ kind: FieldKind, _ value: JSONValue, as stored: JSONValue) -> [FieldValue] {
    [FieldValue(kind: kind, value: value, stored: stored)]
  }
}

@Suite("The kinds of fields")
struct FieldKindTests {
  static let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  static let texts =
    FieldValue.taken(.text, "H.R. 4396", " x ", "two\nlines\tand a tab", "#米兔", "e\u{301}", "می\u{200C}خواهم")
    + FieldValue.read(.text, 7, as: "7") + FieldValue.read(.text, true, as: "true")
    + FieldValue.refused(
      .text, "", " ", "\n\t ", "\u{A0}", "\u{3000}\u{2003}", "\u{200B}", "\u{FEFF}", "a\u{0}", "a\u{7}b",
      "a\u{1B}[31m",
      "a\r\n", "a\u{7F}", "a\u{85}", "a\u{9B}31m", .null, .object(JSONObject()))

  static let numbers =
    FieldValue.taken(.integer, 0, -5, 130, 9_007_199_254_740_991)
    + FieldValue.read(.integer, "130", as: 130) + FieldValue.read(.integer, "-5", as: -5)
    + FieldValue.refused(
      .integer, "1.5", "1,000", "+5", " 5", "5 ", "five", "", "0x10", "１", "9007199254740992",
      "-9007199254740992",
      "99999999999999999999", true)
    + FieldValue.taken(.boolean, true, false)
    + FieldValue.read(.boolean, "true", as: true) + FieldValue.read(.boolean, "false", as: false)
    + FieldValue.read(.boolean, "TRUE", as: true)
    + FieldValue.refused(.boolean, "yes", "1", 1, "", "true ")
    + FieldValue.taken(.quantity, ">=220", "17000..20000", "~60000")
    + FieldValue.read(.quantity, 1_700_000, as: "1700000")
    + FieldValue.refused(.quantity, "about 200", "1,700", -5, "")

  static let words =
    FieldValue.taken(.choice(["march", "strike"]), "march", "strike")
    + FieldValue.refused(.choice(["march", "strike"]), "March", "march ", "rally", "")
    + FieldValue.taken(.language, "es", "zh-Hans", "zh-Latn-pinyin", "gsw", "de-CH-1996", "en-x-y")
    + FieldValue.refused(
      .language, "e", "zh_Hans", "zh--Hans", "-zh", "zh-", "1a", "abcdefghi", "zh-abcdefghi", "spañol")
    + FieldValue.taken(.sha256, .string(digest))
    + FieldValue.refused(
      .sha256, .string(digest.uppercased()), .string(String(digest.dropLast())), .string(digest + "0"),
      .string("sha256:" + digest), .string(String(repeating: "g", count: 64)))
    + FieldValue.taken(
      .url, "https://example.org/", "http://example.org/a?b=c#d", "https://müller.example/ü", "http://x")
    + FieldValue.refused(
      .url, "example.org", "ftp://example.org", "https://", "http://", "https://a b", "https://a\nb",
      "javascript:x",
      "HTTPS//example.org", " https://example.org")

  static let dates =
    FieldValue.taken(
      .date, "2017-11-15", "2018-12", "2006?", "2018-05-07/2018-05-10", "XXXX", "2017/..", "../2017", "201X",
      "2013-21",
      "0001", "9999", "0001-01-02", "9999-12-30", "-0001-01-01")
    + FieldValue.read(.date, 2018, as: "2018")
    + FieldValue.refused(
      .date, "2017-02-29", "15.11.2017", "2017-11-15 ", "yesterday", "2018/2017", "", "0001-01-01",
      "9999-12-31",
      "0000-01-01", "0001-01-01/2017", "2017/9999-12-31", "2017-05-01/9999-12-31", "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59", "9999-12-31?", "0001-01-01~", "[2017-05-01..9999-12-31]",
      "{0001-01-01,2017-01-01}")

  static let places =
    FieldValue.taken(.country, "CL", "CN-BJ", "GB-ENG")
    + FieldValue.refused(.country, "cl", "CHL", "Chile", "XX", "CN-", "")
    + FieldValue.taken(.institution, "us/congress/senate", "int/ilo")
    + FieldValue.refused(.institution, "US/congress", "us//congress", "")
    + FieldValue.taken(.party, "CL", "int/eu", "int/un/x")
    + FieldValue.refused(.party, "us/congress", "EU/x", "int/", "/int", "int", "eu", "XX")
    + FieldValue.taken(.subject([]), "campaign:metoo", "ruling:x")
    + FieldValue.taken(.subject(["campaign", "treaty"]), "treaty:x")
    + FieldValue.refused(
      .subject(["campaign", "treaty"]), "measure:x", "campaign", "nobody:x", "campaign:X", "")

  static let others =
    FieldValue.taken(.event, "e1", "0193512e-7b1c-7c3e-8d57-5f5bb6b3a1c0", "41", "0")
    + FieldValue.read(.event, 41, as: "41")
    + FieldValue.refused(
      .event, -1, "two words", "", " ", "a\u{200B}", .string(String(repeating: "a", count: 201)),
      "99999999999999999999")
    + FieldValue.taken(.map, ["chamber": "house"])
    + FieldValue.refused(.map, "chamber=house", 7)

  @Test(
    "A good value is stored in its one form, and a bad one is refused by the name of its field",
    arguments: texts + numbers + words + dates + places + others)
  func values(_ example: FieldValue) throws {
    let checker = DraftChecker(vocabulary: try vocabulary(example.kind))
    let draft = draft(example.value)
    guard let stored = example.stored else {
      #expect(try problems(of: draft, by: checker).map(\.field) == ["value"])
      return
    }
    let event = try checker.check(draft)
    #expect(event.data["value"] == stored)
  }

  @Test(
    "A list of each kind takes what one value takes, and refuses a list with one bad value",
    arguments: [
      (FieldKind.text, "a", ""), (.integer, "1", "x"), (.date, "2018", "2018-13"), (.country, "CL", "XX"),
    ])
  func lists(kind: FieldKind, good: String, bad: String) throws {
    let checker = DraftChecker(vocabulary: try vocabulary(kind, isList: true))
    let both = draft([.string(good), .string(good)])
    #expect(try checker.check(both).data["value"]?.array?.count == 2)
    #expect(try problems(of: draft([.string(good), .string(bad)]), by: checker).map(\.field) == ["value"])
    #expect(try checker.check(draft(.string(good))).data["value"]?.array?.count == 1)
  }

  @Test("Sources cannot be given as a plain value")
  func sources() throws {
    let found = try problems(
      "policy.announced", ["subject=policy:x", "occurred=2018", "source=New York Times"])
    #expect(found.contains { $0.field == "source" && $0.reason.contains("needs its parts") })
  }

  private func draft(_ value: JSONValue) -> Draft {
    var draft = Draft()
    for (name, value) in [
      ("type", "thing.told"), ("subject", "thing:x"), ("occurred", "2018"), ("unsourced", true),
      ("value", value),
    ] as [(String, JSONValue)] { draft.add(name, value) }
    return draft
  }

  /// A few kinds of subject, and a type with one field of the kind.
  private func vocabulary(_ kind: FieldKind, isList: Bool = false) throws -> Vocabulary {
    var details = isList ? ", \"list\": true" : ""
    if case .choice(let values) = kind { details += ", \"values\": \(values)" }
    if case .subject(let kinds) = kind, !kinds.isEmpty { details += ", \"of\": \(kinds)" }
    let kinds = ["thing", "campaign", "treaty", "measure", "ruling"].map {
      #"{ "kind": "\#($0)", "means": "m" }"#
    }
    let text = """
      { "family": "thing", "means": "m", "kinds": [\(kinds.joined(separator: ", "))],
        "types": { "thing.told": { "means": "m", "subject": ["thing"], "effects": [],
          "fields": { "value": { "kind": "\(kind.name)", "means": "m"\(details) } } } } }
      """
    return try Vocabulary(files: [VocabularyFile(family: "thing", text: text)])
  }
}
