// Events that name events, through the program: preferences and evidence, one by one, in files, and from another ledger.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Preferences and evidence name events by id or position, and keep naming them wherever they are taken")
struct PreferenceCommandTests {
  /// Two accounts of one fate and an event beside them, at positions 13 to 16.
  static let accounts = """
    {"id":"INTRO","type":"bill.introduced","subject":"measure:m","occurred":"2017","identifier":"1","chamber":"house","unsourced":true}
    {"id":"A1","type":"bill.enacted","subject":"measure:m","occurred":"2018-06-01","claim":"fate","account":"essay","unsourced":true}
    {"id":"A2","type":"bill.failed","subject":"measure:m","occurred":"2019-01-03","kind":"lapsed","claim":"fate","account":"press","unsourced":true}
    {"id":"OTHER","type":"policy.announced","subject":"policy:c","occurred":"2006","unsourced":true}

    """

  private func withAccounts(_ body: (TestLedger) throws -> Void) throws {
    try withLedger { ledger in
      try ledger.home.write("accounts.jsonl", Self.accounts)
      try #require(try ledger.annals("import", "accounts.jsonl", "--quiet").how == .exit(0))
      try body(ledger)
    }
  }

  private func stage(_ ledger: TestLedger) throws -> String? {
    let status = try ledger.annals("status", "measure:m", "--format", "json")
    let row = try JSONValue(parsing: status.standardOutput)["rows"]?.array?.first
    return [row?["stage"]?.string, row?["certainty"]?.string].map { $0 ?? "-" }.joined(separator: " ")
  }

  private func prefer(_ ledger: TestLedger, _ fields: String...) throws -> Ended {
    try ledger.annals(
      ["append", "account.preferred", "occurred=2020-01-01", "reason=Weighed", "--format", "json"] + fields)
  }

  @Test(
    "By id or by position, the log keeps the id, the claim and the subject of the account",
    arguments: ["A2", "15"])
  func named(name: String) throws {
    try withAccounts { ledger in
      #expect(try stage(ledger) == "introduced disputed")
      #expect(try prefer(ledger, "event=\(name)").how == .exit(0))
      #expect(try stage(ledger) == "failed certain")
      let line = try #require(try ledger.annals("replay", "--from", "17").outputLines.first)
      let event = try JSONValue(parsing: line)
      #expect(event["subject"]?.string == "measure:m")
      #expect(event["data"]?["event"]?.string == "A2")
      #expect(event["data"]?["claim_key"]?.string == "fate")
      #expect(event["data"]?["claim"] == nil)
      #expect(try ledger.annals("disputes").output.contains("nothing is recorded here"))
      let settled = try ledger.annals("disputes", "--settled", "--format", "json")
      let row = try JSONValue(parsing: settled.standardOutput)["rows"]?.array?.first
      #expect(row?["state"]?.string == "settled" && row?["preferredBy"]?.integer == 17)
      #expect(row?["accounts"]?.array?.map { $0["stage"]?.string } == ["enacted", "failed"])
      #expect(row?["accounts"]?.array?.map { $0["certainty"]?.string } == ["set-aside", "certain"])
    }
  }

  @Test("The claim alone opens it again; so does what nobody knew, while what was weighed does not")
  func opened() throws {
    try withAccounts { ledger in
      let first = try prefer(ledger, "event=A1", "claim=fate", "subject=measure:m")
      #expect(first.how == .exit(0))
      #expect(try stage(ledger) == "enacted certain")
      #expect(try prefer(ledger, "claim=fate").how == .exit(0))
      #expect(try stage(ledger) == "introduced disputed")
      #expect(try prefer(ledger, "event=A1").how == .exit(0))
      let again = [
        "append", "bill.failed", "subject=measure:m", "kind=lapsed", "claim=fate", "unsourced=true",
        "--quiet",
      ]
      #expect(try ledger.annals(again + ["occurred=2019-01-03", "note=Seen elsewhere"]).how == .exit(0))
      #expect(try stage(ledger) == "enacted certain")
      #expect(try ledger.annals(again + ["occurred=2019-01-04"]).how == .exit(0))
      #expect(try stage(ledger) == "introduced disputed")
    }
  }

  @Test(
    "What leads nowhere is refused with the reason, and nothing is written",
    arguments: [
      (["event=NOBODY"], ["event:", "there is no event \"NOBODY\""]),
      (["event=9999"], ["event:", "no event \"9999\""]),
      (["event=-1"], ["event:", "no event \"-1\""]), (["event=+15"], ["event:", "no event \"+15\""]),
      (["event=OTHER"], ["event:", "no account of a claim"]), (["event=16"], ["no account of a claim"]),
      (["event=0"], ["no account of a claim"]),
      (["event=A2", "subject=policy:c"], ["subject:", "told of measure:m"]),
      (["event=A2", "claim=other"], ["claim_key:", "an account of \"fate\""]),
      (["event=A2", "claim_key=other"], ["claim_key:", "an account of \"fate\""]),
      (["claim=other"], ["claim_key:", "no event has the claim \"other\""]), ([], ["event:", "is missing"]),
      (["event="], ["event:"]),
    ] as [([String], [String])])
  func refused(fields: [String], texts: [String]) throws {
    try withAccounts { ledger in
      let before = try ledger.state()
      for more in [[], ["--dry-run"]] {
        let ended = try ledger.annals(
          ["append", "account.preferred", "occurred=2020", "reason=x"] + fields + more)
        expectFailure(ended, 65)
        for text in texts { #expect(ended.errors.contains(text), "\(text): \(ended)") }
      }
      try expectUnchanged(ledger, since: before)
      #expect(try stage(ledger) == "introduced disputed")
    }
  }

  @Test(
    "A source is attached to the event that is named, and its subject is that event's",
    arguments: ["OTHER", "16"])
  func attached(name: String) throws {
    try withAccounts { ledger in
      func unsourced() throws -> [String?] {
        let evidence = try ledger.annals("evidence", "--format", "json")
        return try JSONValue(parsing: evidence.standardOutput)["unsourced"]?.array?.map { $0["id"]?.string }
          ?? []
      }
      #expect(try unsourced() == ["OTHER", "INTRO", "A1", "A2"])
      let append = ["append", "source.attached", "occurred=2021", "source.citation=Print", "--quiet"]
      #expect(try ledger.annals(append + ["target=\(name)"]).how == .exit(0))
      #expect(try unsourced() == ["INTRO", "A1", "A2"])
      let line = try #require(try ledger.annals("replay", "--from", "17").outputLines.first)
      #expect(try JSONValue(parsing: line)["subject"]?.string == "policy:c")
      #expect(try JSONValue(parsing: line)["data"]?["target"]?.string == "OTHER")
      expectFailure(
        try ledger.annals(append + ["target=NOBODY"]), 65, "target:", "there is no event \"NOBODY\"")
      expectFailure(
        try ledger.annals(append + ["target=A1", "subject=policy:c"]), 65, "subject:", "told of measure:m")
    }
  }

  /// A file in which events name others of the same file.
  private static let file =
    accounts + """
      {"id":"P1","type":"account.preferred","occurred":"2020","event":"A2","reason":"x"}
      {"id":"S1","type":"source.attached","occurred":"2020","target":"OTHER","source.citation":"Print"}
      {"id":"P2","type":"account.preferred","occurred":"2021","claim":"fate","reason":"Not sure any more"}
      {"id":"P3","type":"account.preferred","occurred":"2022","event":"A1","reason":"x"}

      """

  @Test("In a file, what stands earlier in it can be named, be it recorded with it or before it")
  func inFile() throws {
    try withLedger { ledger in
      try ledger.home.write("file.jsonl", Self.file)
      let ended = try ledger.annals("import", "file.jsonl")
      #expect(ended.how == .exit(0) && ended.output.contains("8 added"), "\(ended)")
      #expect(try stage(ledger) == "enacted certain")
      #expect(try ledger.annals("import", "file.jsonl").output.contains("0 added, 8 already there"))
    }
    // The same with the accounts in one batch and what names them in another.
    try withLedger { ledger in
      let lines = Self.file.split(separator: "\n").map(String.init)
      let between = Events.lines(1_500).split(separator: "\n").map(String.init)
      try ledger.home.write("file.jsonl", (lines[..<4] + between + lines[4...]).joined(separator: "\n"))
      let ended = try ledger.annals("import", "file.jsonl")
      #expect(ended.how == .exit(0) && ended.output.contains("1508 added"), "\(ended)")
      #expect(try stage(ledger) == "enacted certain")
    }
  }

  @Test("What stands later in a file, or is refused itself, cannot be named: the line is told")
  func laterInFile() throws {
    try withLedger { ledger in
      let lines = Self.file.split(separator: "\n").map(String.init)
      let spoilt = lines[2].replacingOccurrences(of: "lapsed", with: "forgotten")
      try ledger.home.write("file.jsonl", ([lines[4], lines[1], spoilt, lines[4]]).joined(separator: "\n"))
      let ended = try ledger.annals("import", "file.jsonl")
      expectFailure(
        ended, 65, "file.jsonl:1: event: there is no event \"A2\"", "file.jsonl:3: kind:",
        "file.jsonl:4: event:")
      #expect(ended.output.contains("1 added, 0 already there, 3 refused"))
    }
  }

  @Test("A table names events as lines of JSON do")
  func table() throws {
    try withAccounts { ledger in
      try ledger.home.write(
        "file.csv",
        """
        type,occurred,event,claim,target,reason,source.citation
        account.preferred,2020,A2,,,x,
        source.attached,2020,,,15,,Print
        account.preferred,2021,,fate,,x,
        account.preferred,2021,14,fate,,x,
        """)
      let ended = try ledger.annals("import", "file.csv")
      #expect(ended.how == .exit(0) && ended.output.contains("4 added"), "\(ended)")
      #expect(try stage(ledger) == "enacted certain")
    }
  }

  @Test("What a ledger replays says the same in another one, where positions are others")
  func replayed() throws {
    try withLedger { ledger in
      try ledger.home.write("file.jsonl", Self.file)
      try #require(try ledger.annals("import", "file.jsonl", "--quiet").how == .exit(0))
      try #require(try prefer(ledger, "event=15").how == .exit(0))
      let script = """
        annals init other >/dev/null 2>&1
        annals append policy.announced subject=policy:p occurred=2000 unsourced=true --ledger other --quiet >/dev/null
        annals replay --from 13 | annals import - --from jsonl --ledger other
        """
      let ended = try ledger.shell(script)
      #expect(
        ended.how == .exit(0) && ended.output.contains("9 added, 0 already there, 0 refused"), "\(ended)")
      let words = try ["", "--ledger other"].map { more -> [String] in
        let settled = try ledger.shell("annals disputes --settled --format json \(more)")
        let row = try JSONValue(parsing: settled.standardOutput)["rows"]?.array?.first
        let evidence = try ledger.shell("annals evidence --format json \(more)")
        let unsourced = try JSONValue(parsing: evidence.standardOutput)["unsourced"]?.array ?? []
        return [row?["state"]?.string ?? "-"]
          + (row?["accounts"]?.array ?? []).map {
            "\($0["id"]?.string ?? "-") \($0["certainty"]?.string ?? "-")"
          }
          + unsourced.compactMap { $0["id"]?.string }.filter { ["INTRO", "A1", "A2", "OTHER"].contains($0) }
      }
      #expect(words[0] == ["settled", "A1 set-aside", "A2 certain", "INTRO", "A1", "A2"])
      #expect(words[0] == words[1])
    }
  }
}
