// annals vocabulary adopt where others are at work, or where nothing may be written.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("annals vocabulary adopt among others")
struct AdoptAmongOthersTests {
  @Test(
    "A ledger that may only be read adopts nothing, but tells what is in force",
    .enabled(if: Unprivileged.isUsable))
  func readOnly() throws {
    try withClimate { ledger in
      for name in ["", "/keys"] { chmod(ledger.path + name, 0o755) }
      for name in try FileManager.default.subpathsOfDirectory(atPath: ledger.path) where name != "keys" {
        chmod(ledger.path + "/" + name, 0o644)
      }
      chmod(ledger.home.path, 0o755)
      let file = ledger.home.file("climate.json")
      let again = try ledger.withoutRights(["vocabulary", "adopt", file])
      #expect(
        again.how == .exit(0) && again.output == "in force already; nothing had to be adopted\n", "\(again)")
      try ledger.home.write("climate.json", Climate.text("made a pledge.", "made one."))
      chmod(file, 0o644)
      let before = try ledger.state()
      let rehearsal = try ledger.withoutRights(["vocabulary", "adopt", file, "--dry-run"])
      #expect(
        rehearsal.how == .exit(0) && rehearsal.outputLines.first == "would adopt climate (changed)",
        "\(rehearsal)")
      let ended = try ledger.withoutRights(["vocabulary", "adopt", file])
      expectFailure(ended, 77)
      #expect(ended.output == "")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "Of eight that adopt families of their own at once, each adopts its family whole or is told to try again")
  func manyAtOnce() throws {
    try withLedger { ledger in
      let names = ["fa", "fb", "fc", "fd", "fe", "ff", "fg", "fh"]
      for name in names {
        try ledger.home.write(
          "\(name).json",
          """
          { "family": "\(name)", "means": "-", "types": {
            "\(name).noted": { "means": "-", "subject": ["campaign"], "fields": {}, "effects": [] } } }
          """)
      }
      var left = names
      var rounds = 0
      while !left.isEmpty, rounds < 8 {
        rounds += 1
        let children = try left.map { name in
          (name, try ledger.start(["vocabulary", "adopt", "\(name).json", "--quiet"]))
        }
        var refused: [String] = []
        for (name, child) in children {
          let ended = try child.wait()
          if ended.how == .exit(0) { continue }
          expectFailure(ended, 79, "another vocabulary was adopted meanwhile, and nothing of this one")
          refused.append(name)
        }
        // One of them is always the first.
        #expect(refused.count < left.count)
        left = refused
      }
      #expect(left.isEmpty)
      let list = try ledger.annals("vocabulary", "list").output
      for name in names { #expect(list.contains("\n\(name).noted")) }
      try expectWhole(ledger.path, events: names.count * 2)
    }
  }

  @Test("An import that is under way goes on while a vocabulary is adopted")
  func importMeanwhile() throws {
    try withLedger { ledger in
      try ledger.home.write("many.jsonl", Events.lines(6_000))
      try ledger.home.write("climate.json", Climate.text)
      let importing = try ledger.start(["import", "many.jsonl"])
      while try ledger.size() < 1_000, importing.isRunning {}
      let adopted = try ledger.annals("vocabulary", "adopt", "climate.json")
      #expect(adopted.how == .exit(0), "\(adopted)")
      let ended = try importing.wait()
      #expect(ended.output == "6000 added, 0 already there, 0 refused\n", "\(ended)")
      #expect(ended.errors == "", "\(ended)")
      // From the manifest on, every event names the vocabulary that it puts in force.
      let schemas = try ledger.annals("replay").outputLines.map { line in
        try JSONValue(parsing: line)
      }
      let manifest = try #require(schemas.lastIndex { $0["subject"]?.string == "vocabulary:manifest" })
      let digest = try #require(schemas[manifest]["data"]?["digest"]?.string)
      #expect(
        schemas[(manifest + 1)...].allSatisfy {
          $0["dataschema"]?.string == "annals:vocabulary:sha256:\(digest)"
        })
      #expect(
        schemas[13..<manifest].allSatisfy { $0["dataschema"]?.string != "annals:vocabulary:sha256:\(digest)" }
      )
      try expectWhole(ledger.path, events: 6_002)
    }
  }
}
