// annals vocabulary adopt: types of a ledger's own, there at once for every command, without another build.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("annals vocabulary adopt")
struct AdoptCommandTests {
  private static let announced = [
    "append", "pledge.announced", "subject=pledge:a", "occurred=2019-07", "country=GB", "target=net zero",
    "due=2045",
    "unsourced=true",
  ]

  private func json(_ ended: Ended) throws -> JSONValue {
    #expect(ended.how == .exit(0), "\(ended)")
    return try JSONValue(parsing: ended.standardOutput)
  }

  // MARK: What it tells

  @Test("It tells what is new, and from which position on it is in force")
  func text() throws {
    try withLedger { ledger in
      try ledger.home.write("climate.json", Climate.text)
      let lines = [
        "  + kind pledge", "  + lifecycle pledge", "  + type pledge.announced",
        "  + type pledge.strengthened",
      ]
      let before = try ledger.state()
      let rehearsal = try ledger.annals("vocabulary", "adopt", "climate.json", "--dry-run")
      #expect(rehearsal.how == .exit(0) && rehearsal.errors == "", "\(rehearsal)")
      #expect(rehearsal.outputLines.first == "would adopt climate (new)")
      #expect(Array(rehearsal.outputLines.dropFirst().dropLast()) == lines)
      #expect(
        rehearsal.outputLines.last?.hasSuffix("types of events would be in force; nothing was recorded")
          == true)
      try expectUnchanged(ledger, since: before)
      let adopted = try ledger.annals("vocabulary", "adopt", "climate.json")
      #expect(adopted.how == .exit(0) && adopted.errors == "", "\(adopted)")
      #expect(adopted.outputLines.first == "adopted climate (new)")
      #expect(Array(adopted.outputLines.dropFirst().dropLast()) == lines)
      #expect(
        adopted.outputLines.last?.hasSuffix(
          " types of events are in force from position 14 on; told at positions 13 to 14")
          == true)
      let after = try ledger.state()
      for arguments in [["climate.json"], ["climate.json", "--dry-run"]] {
        let again = try ledger.annals(["vocabulary", "adopt"] + arguments)
        #expect(again.how == .exit(0) && again.errors == "", "\(again)")
        #expect(again.output == "in force already; nothing had to be adopted\n")
      }
      try expectUnchanged(ledger, since: after)
    }
  }

  @Test("Its document has all keys, whether something was adopted or not")
  func document() throws {
    try withLedger { ledger in
      try ledger.home.write("climate.json", Climate.text)
      let keys: Set<String> = [
        "additions", "alreadyInForce", "digest", "dryRun", "families", "position", "size", "typeCount",
      ]
      let types =
        try json(ledger.annals("vocabulary", "list", "--format", "json"))["types"]?.array?.count ?? 0
      let adopt = ["vocabulary", "adopt", "climate.json", "--format", "json"]
      let rehearsal = try json(ledger.annals(adopt + ["--dry-run"]))
      #expect(Set(try #require(rehearsal.object).keys) == keys)
      #expect(rehearsal["dryRun"]?.bool == true && rehearsal["position"]?.isNull == true)
      #expect(rehearsal["families"]?.array?.first?["position"]?.isNull == true)
      let adopted = try json(ledger.annals(adopt))
      #expect(Set(try #require(adopted.object).keys) == keys)
      #expect(adopted["size"]?.integer == 15 && adopted["position"]?.integer == 14)
      #expect(adopted["typeCount"]?.integer == Int64(types + 2))
      #expect(adopted["alreadyInForce"]?.bool == false)
      #expect(adopted["digest"] == rehearsal["digest"])
      #expect(adopted["additions"]?.array?.first == ["what": "family", "name": "climate"])
      let family = try #require(adopted["families"]?.array?.first)
      #expect(family["family"]?.string == "climate" && family["new"]?.bool == true)
      #expect(family["position"]?.integer == 13)
      let again = try json(ledger.annals(adopt))
      #expect(Set(try #require(again.object).keys) == keys)
      #expect(again["alreadyInForce"]?.bool == true && again["families"]?.array?.isEmpty == true)
      #expect(again["digest"] == adopted["digest"])
      try ledger.home.write("climate.json", Climate.text("made a pledge.", "made one."))
      let csv = try ledger.annals("vocabulary", "adopt", "climate.json", "--format", "csv")
      #expect(csv.outputLines.first == "family,digest,new,position")
      #expect(
        csv.outputLines.last?.hasPrefix("climate,") == true
          && csv.outputLines.last?.hasSuffix(",false,15") == true)
    }
  }

  // MARK: The new types, at once

  @Test("list, show and schema know the new types")
  func shown() throws {
    try withClimate { ledger in
      #expect(try ledger.annals("vocabulary", "list").output.contains("\npledge.strengthened  "))
      let show = try ledger.annals("vocabulary", "show", "pledge.announced")
      for text in [
        "Somebody made a pledge.", "Told of: pledge", "moves the subject to announced", "target=", "By when.",
      ] {
        #expect(show.output.contains(text), "\(text) in \(show)")
      }
      let schema = try json(ledger.annals("vocabulary", "schema", "pledge.announced"))
      let data = schema["properties"]?["data"]
      #expect(data?["required"] == ["target"])
      #expect(schema["properties"]?["subject"]?["pattern"]?.string?.contains("^(pledge):") == true)
      // Types told of any subject know the new kind.
      let any = try json(ledger.annals("vocabulary", "schema", "event.retracted"))
      #expect(any["properties"]?["subject"]?["pattern"]?.string?.contains("pledge") == true)
      #expect(try ledger.annals("vocabulary", "reference").output.contains("### pledge.announced"))
      #expect(try ledger.annals("vocabulary", "lifecycles").output.contains("s_announced --> s_strengthened"))
      // Outside of the ledger they are not known.
      let outside = try Annals.run(["vocabulary", "show", "pledge.announced"])
      expectFailure(outside, 66, "there is no type \"pledge.announced\"")
    }
  }

  @Test("append, its help, import, status, show and timeline know the new types")
  func used() throws {
    try withClimate { ledger in
      let help = try ledger.annals("append", "pledge.strengthened", "--help")
      #expect(help.how == .exit(0) && help.output.contains("A pledge came to ask for more."), "\(help)")
      let appended = try ledger.annals(Self.announced)
      #expect(appended.how == .exit(0) && appended.output.hasPrefix("position 15 "), "\(appended)")
      expectFailure(
        try ledger.annals(
          "append", "pledge.announced", "subject=pledge:b", "occurred=2019", "unsourced=true", "targt=x"), 65,
        "targt: pledge.announced has no such field; did you mean target?", "target: is missing")
      expectFailure(
        try ledger.annals(
          "append", "pledge.announced", "subject=pledgee:b", "occurred=2019", "target=x", "unsourced=true"),
        65, "did you mean pledge")
      try ledger.home.write(
        "more.jsonl",
        #"{"type":"pledge.strengthened","subject":"pledge:a","occurred":"2020","country":"GB","target":"sooner","unsourced":true}"#
      )
      let imported = try ledger.annals("import", "more.jsonl")
      #expect(imported.output == "1 added, 0 already there, 0 refused\n", "\(imported)")
      let rows = try json(ledger.annals("status", "GB", "--format", "json"))["rows"]?.array
      #expect(
        rows?.map { $0["stage"]?.string } == ["strengthened"] && rows?.first?["detail"]?.string == "sooner")
      let before = try json(ledger.annals("status", "pledge:a", "--on", "2019-12-31", "--format", "json"))
      #expect(before["rows"]?.array?.map { $0["stage"]?.string } == ["announced"])
      let show = try ledger.annals("show", "pledge:a")
      #expect(show.output.contains("→ strengthened"), "\(show)")
      #expect(try ledger.annals("timeline").outputLines.filter { $0.contains("pledge.") }.count == 2)
      try expectWhole(ledger.path)
    }
  }

  @Test(
    "What was recorded before stands as it stood, and every event names the vocabulary in force when it was recorded"
  )
  func formerEvents() throws {
    try withLedger { ledger in
      #expect(try ledger.annals(["append", "bill.introduced"] + goodFields()).how == .exit(0))
      let status = try json(ledger.annals("status", "--format", "json"))["rows"]
      try ledger.home.write("climate.json", Climate.text)
      #expect(try ledger.annals("vocabulary", "adopt", "climate.json").how == .exit(0))
      #expect(try json(ledger.annals("status", "--format", "json"))["rows"] == status)
      #expect(try ledger.annals(Self.announced).how == .exit(0))
      let schemas = try ledger.annals("replay", "--from", "13").outputLines.map {
        try JSONValue(parsing: $0)["dataschema"]?.string
      }
      #expect(schemas.count == 4 && Set(schemas.prefix(3)).count == 1 && schemas[3] != schemas[0])
      try expectWhole(ledger.path)
    }
  }

  @Test("The views are made anew at once; where that fails, it is a warning")
  func views() throws {
    try withLedger { ledger in
      #expect(try ledger.annals(["append", "bill.introduced"] + goodFields()).how == .exit(0))
      try ledger.home.write("climate.json", Climate.text)
      // A directory in the place of the views.
      for name in ["views.db", "views.db-wal", "views.db-shm"] {
        try? FileManager.default.removeItem(atPath: ledger.path + "/" + name)
      }
      try FileManager.default.createDirectory(
        atPath: ledger.path + "/views.db", withIntermediateDirectories: false)
      let adopted = try ledger.annals("vocabulary", "adopt", "climate.json")
      #expect(adopted.how == .exit(0) && adopted.outputLines.first == "adopted climate (new)", "\(adopted)")
      #expect(adopted.errors.hasPrefix("annals: warning: recorded, but the views "), "\(adopted)")
      try FileManager.default.removeItem(atPath: ledger.path + "/views.db")
      #expect(try ledger.annals("status").how == .exit(0))
      try expectWhole(ledger.path)
    }
  }

  // MARK: Refusals

  @Test("What would change the meaning of events is refused, each change on a line of its own")
  func refused() throws {
    try withClimate { ledger in
      for number in 0..<5 {
        #expect(try ledger.annals(Self.announced + ["id=P\(number)"]).how == .exit(0))
      }
      let before = try ledger.state()
      try ledger.home.write(
        "climate.json",
        Climate.text("\"due\": {", "\"deadline\": {").replacing("\"told\": true", with: "\"told\": false"))
      for arguments in [
        ["climate.json"], ["climate.json", "--dry-run"], ["climate.json", "--format", "json"],
      ] {
        let ended = try ledger.annals(["vocabulary", "adopt"] + arguments)
        expectFailure(
          ended, 65,
          "annals: climate.json:21: pledge.announced: the field due would be gone (what events say in it could not be read "
            + "any more); 5 events in this ledger have it: positions 15, 16, 17, …\n",
          "annals: climate.json:13: lifecycle pledge: of the stage missed, \"told\" would be false, not true (its subjects "
            + "would come to stand at other stages); 5 events in this ledger are told of a pledge: positions 15, 16, 17, …\n",
          "annals: nothing was adopted: ")
        #expect(ended.errorLines.count == 3 && ended.output == "", "\(ended)")
      }
      try FileManager.default.removeItem(atPath: ledger.home.file("climate.json"))
      try ledger.home.write("climate.json", Climate.text)
      try expectUnchanged(ledger, since: before)
    }
  }

  /// A file's name, what stands in it, the exit code, and what is told.
  private static let badFiles: [(name: String, content: [UInt8], code: Int32, says: String)] = [
    (
      "climate.txt", Array(Climate.text.utf8), 65, "climate.txt: a vocabulary file is called after its family"
    ),
    (".json", Array(Climate.text.utf8), 65, "a vocabulary file is called after its family"),
    (
      "weather.json", Array(Climate.text.utf8), 65,
      "weather.json:2: the family is \"climate\", but the file is called weather.json"
    ),
    (
      "climate.json", Array(Climate.text("\"fields\"", "\"feilds\"").utf8), 65,
      "climate.json:21: \"feilds\" is not known here; did you mean fields?"
    ),
    ("climate.json", [0x7b, 0xff, 0x7d], 65, "climate.json: is not text in UTF-8"),
    ("climate.json", [], 65, "climate.json:1: "),
    ("climate.json", [0xef, 0xbb, 0xbf] + Array(Climate.text.utf8), 65, "climate.json:1: "),
    (
      "climate.json", [UInt8](repeating: 0x20, count: 2_000_000), 65,
      "is longer than 1048576 bytes; one family may have 48000. Split it"
    ),
    (
      "climate.json", Array(Climate.text("Pledges", String(repeating: "word ", count: 10_000)).utf8), 65,
      "one family may have 48000. Split it"
    ),
    (
      "manifest.json", Array(Climate.text("\"climate\"", "\"manifest\"").utf8), 65,
      "no family can be called manifest"
    ),
    (
      "climate.json", Array(Climate.text("pledge.announced\"", "bill.introduced\"").utf8), 65,
      "the type bill.introduced is declared already at bill.json:"
    ),
    ("climate.json", Array(Climate.text("made a pledge.", "\\u001b[31mred\\u0000").utf8), 0, ""),
  ]

  @Test(
    "A file that cannot be used is told with its reason, and nothing is adopted", arguments: badFiles.indices)
  func badFile(index: Int) throws {
    let (name, content, code, says) = Self.badFiles[index]
    try withLedger { ledger in
      try ledger.home.write(name, content)
      let before = try ledger.state()
      let ended = try ledger.annals("vocabulary", "adopt", name)
      guard code != 0 else {
        // What steers a terminal may stand in a file; it is shown, not obeyed.
        #expect(ended.how == .exit(0), "\(ended)")
        for arguments in [["show", "pledge.announced"], ["list"], ["reference"]] {
          let shown = try ledger.annals(["vocabulary"] + arguments)
          #expect(
            shown.how == .exit(0) && !shown.standardOutput.contains(0x1b) && !shown.standardOutput.contains(0)
          )
        }
        return
      }
      expectFailure(ended, code, says)
      #expect(ended.output == "")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A file that is not there, a directory and no file at all are told as such; one bad file spoils all")
  func noFile() throws {
    try withLedger { ledger in
      try ledger.home.write("climate.json", Climate.text)
      try FileManager.default.createDirectory(
        atPath: ledger.home.file("d.json"), withIntermediateDirectories: false)
      let before = try ledger.state()
      expectFailure(
        try ledger.annals("vocabulary", "adopt", "climate.json", "nope.json"), 66,
        "nope.json: there is no such file")
      expectFailure(try ledger.annals("vocabulary", "adopt", "d.json"), 66, "d.json: is a directory")
      expectFailure(try ledger.annals("vocabulary", "adopt"), 64, "Missing expected argument")
      expectFailure(
        try ledger.annals("vocabulary", "adopt", "climate.json", "./climate.json"), 65,
        "the family climate is given twice")
      expectFailure(
        try ledger.annals("vocabulary", "adopt", "climate.json", "--ledger", "elsewhere"), 66,
        "there is no ledger in elsewhere")
      try expectUnchanged(ledger, since: before)
    }
  }
}
