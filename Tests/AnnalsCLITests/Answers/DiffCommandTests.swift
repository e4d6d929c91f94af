// annals diff and annals explain as a person meets them: what they refuse, and that all formats tell the same.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("annals diff and annals explain")
struct DiffCommandTests {
  @Test("Sides that cannot be compared are refused with advice, and nothing is printed")
  func refused() throws {
    try withRecord { ledger in
      for (arguments, code, words) in [
        ([], 64, "--from POSITION|TIME"), (["--to", "20"], 64, "--from POSITION|TIME"),
        (["--from", "14", "--from-day", "2018-01-01"], 64, "not both"),
        (["--from-day", "2018-01-01"], 64, "both --from-day and --to-day"),
        (["--from", "14", "--known-at", "20"], 64, "--to is the later one"),
        (["--from-day", "2018-01-01", "--to-day", "2019-01-01", "--on", "2018-05-01"], 64, "no meaning"),
        (["--from", "20", "--to", "14"], 64, "the earlier side first"),
        (["--from-day", "2019-01-01", "--to-day", "2018-01-01"], 64, "the earlier side first"),
        (["--from", "soon"], 64, "no point of knowledge"),
        (["--from", "9999"], 66, "no event at position 9999"),
        (["--from", "14", "--to", "9999"], 66, "no event at position 9999"),
        (["--from", "2001-01-01"], 66, "nothing was recorded"),
        (["--from", "14", "measure:nobody"], 66, "no event tells of measure:nobody"),
        (["--from", "14", "--markdown", "--format", "json"], 64, "leave out --format"),
      ] as [([String], Int32, String)] {
        expectFailure(try ledger.annals(["diff"] + arguments), code, words)
      }
      expectFailure(try ledger.annals("explain", "US"), 64, "not a subject")
      expectFailure(try ledger.annals("explain", "measure:us-115-s374"), 66, "measure:us-115-s3749")
    }
  }

  @Test("All formats tell the same changes, and the context of both sides")
  func formats() throws {
    try withRecord { ledger in
      let json = try JSONValue(
        parsing: ledger.annals("diff", "--from", "100", "--format", "json").standardOutput)
      let lines = try ledger.annals("diff", "--from", "100", "--format", "jsonl").outputLines.map {
        try JSONValue(parsing: $0)
      }
      let inPlaces = (json["places"]?.array ?? []).flatMap { $0["changes"]?.array ?? [] }
      #expect(inPlaces == lines && lines.count > 200)
      for place in json["places"]?.array ?? [] {
        for change in place["changes"]?.array ?? [] {
          #expect(change["country"] == place["country"] && change["institution"] == place["institution"])
        }
      }
      let counted = json["counts"]?.object?.map { $0.value.integer ?? 0 }.reduce(0, +)
      #expect(counted == Int64(lines.count))
      #expect(json["from"]?["knownAt"]?.integer == 100 && json["from"]?["size"]?.integer == 101)
      #expect(json["from"]?["root"] != json["root"] && json["from"]?["on"] == json["on"])
      #expect(json["places"]?.array?.first?["country"]?.isNull == true, "without a country comes first")
      let text = try ledger.annals("diff", "--from", "100").output
      let markdown = try ledger.annals("diff", "--from", "100", "--markdown").output
      #expect(text.contains("\nwithout a country") && markdown.contains("\n## without a country\n"))
      for kind in ["added", "appeared", "moved", "disputed"] {
        let count = lines.count { $0["change"]?.string == kind }
        #expect(text.components(separatedBy: "\n  \(kind): ").count - 1 == count, "\(kind)")
        #expect(markdown.components(separatedBy: "\n- **\(kind)**: ").count - 1 == count, "\(kind)")
      }
    }
  }

  @Test("A retraction is told by what it changed; the same point twice has no difference")
  func retracted() throws {
    try withRecord { ledger in
      let retraction = [
        "subject=measure:us-115-s3749", "target=E050", "occurred=2026-02-02", "reason=duplicate",
      ]
      try #require(ledger.annals(["append", "event.retracted", "id=R1"] + retraction).how == .exit(0))
      let text = try ledger.annals("diff", "--from", "281")
      #expect(text.output.contains("retracted: 2019-06-19 law.commenced") && text.output.contains("by [282]"))
      #expect(!text.output.contains("added:"), "\(text)")
      let rows = try ledger.annals("diff", "--from", "281", "--format", "jsonl").output
      #expect(rows.contains(#""change":"added""#) && rows.contains(#""byId":"R1""#))
      // What only counts stands in the lines, and not among what people are told.
      let evidence = [
        "subject=measure:us-115-s3749", "target=E044", "occurred=2026-02-03", "source.citation=x",
      ]
      try #require(ledger.annals(["append", "source.attached"] + evidence).how == .exit(0))
      #expect(try !ledger.annals("diff", "--from", "282").output.contains("counted"))
      let counted = try ledger.annals("diff", "--from", "282", "--format", "jsonl").output
      #expect(counted.contains(#""change":"counted""#), "\(counted)")
      let same = try ledger.annals("diff", "--from", "283")
      #expect(same.how == .exit(0) && same.output.contains("nothing changed"), "\(same)")
      let explained = try ledger.annals("explain", "measure:us-115-s3749")
      #expect(explained.output.contains("counts no more: retracted by [282] (duplicate)"), "\(explained)")
      #expect(explained.errors == "")
    }
  }

  @Test(
    "What is known of later goes to standard error, so that the answer of before stays the same to the byte")
  func unknown() throws {
    try withRecord { ledger in
      let ask = ["explain", "measure:us-115-s3749", "--known-at", "281", "--format", "json"]
      let before = try ledger.annals(ask)
      let retraction = [
        "subject=measure:us-115-s3749", "target=E050", "occurred=2026-02-02", "reason=duplicate",
      ]
      try #require(ledger.annals(["append", "event.retracted"] + retraction).how == .exit(0))
      let after = try ledger.annals(ask)
      #expect(before.output == after.output && before.errors == "")
      #expect(after.errors.contains("1 event on it that was recorded after [281] is left out"), "\(after)")
      #expect(try ledger.annals(ask + ["--quiet"]).errors == "")
    }
  }

  @Test("replay prints the positions asked for and refuses those that are not there, before it prints any")
  func replay() throws {
    try withLedger { ledger in
      let all = try ledger.annals("replay").outputLines
      #expect(all.count == 13)
      #expect(try ledger.annals("replay", "--from", "3", "--to", "5").outputLines == Array(all[3...5]))
      #expect(try ledger.annals("replay", "--from", "12", "--to", "12").outputLines == [all[12]])
      for (from, to) in [("3", "13"), ("13", "13"), ("13", "20")] {
        expectFailure(try ledger.annals("replay", "--from", from, "--to", to), 66, "no event at position 13")
      }
      expectFailure(try ledger.annals("replay", "--from", "5", "--to", "3"), 64, "--to must not be less")
      expectFailure(try ledger.annals("replay", "--from=-1"), 64, "0 or more")
      expectFailure(try ledger.annals("replay", "--known-at", "3"), 64, "known-at")
    }
  }
}
