// Checkpoints, proofs and the way back as a person meets them: exit codes, messages, files.

internal import CanonicalJSON
internal import Foundation
internal import Testing
internal import TransparencyLog

@Suite("Signing on the command line")
struct SigningTests {
  private func append(_ ledger: TestLedger, _ number: Int) throws {
    let ended = try ledger.annals(
      ["append", "bill.introduced", "--quiet", "id=E\(number)"] + goodFields(number))
    #expect(ended.how == .exit(0), "\(ended)")
  }

  private func key(_ ledger: TestLedger) throws -> VerifierKey {
    try VerifierKey(parsing: String(try ledger.annals("keys").output.dropLast()))
  }

  @Test(
    "A log restored from an old copy: exit 80 with both sizes and the way back, by every command that writes")
  func restored() throws {
    try withLedger { ledger in
      let copy = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.db"))
      for number in 1...3 { try append(ledger, number) }
      let signed = try ledger.annals("checkpoint", "-o", "signed")
      #expect(signed.how == .exit(0) && signed.output == "", "\(signed)")
      #expect(try signed.errors.contains("16 events") && signed.errors.contains(ledger.root()))
      try FileManager.default.copyItem(atPath: ledger.path + "/log.db", toPath: ledger.home.file("newer.db"))
      try copy.write(to: URL(fileURLWithPath: ledger.path + "/log.db"))
      try ledger.home.write("events.jsonl", Events.lines(3))

      let before = try ledger.state()
      for arguments in [
        ["checkpoint"], ["checkpoint", "-o", "again"], ["prove", "3"], ["prove", "3", "--size", "13"],
        ["prove", "3", "--checkpoint", "signed"], ["keys", "rotate", "--reason", "why"],
        ["append", "bill.introduced"] + goodFields(9),
        ["append", "bill.introduced", "--dry-run"] + goodFields(9),
        ["import", "events.jsonl"],
      ] {
        let ended = try ledger.annals(arguments)
        expectFailure(
          ended, 80, "has 13 events", "a checkpoint of 16 was signed", "annals catch-up", "new origin")
        #expect(ended.output == "" && ended.errorLines.count == 1, "\(ended)")
      }
      try expectUnchanged(ledger, since: before)
      for arguments in [["status"], ["replay"], ["timeline"], ["rebuild"]] {
        let ended = try ledger.annals(arguments)
        #expect(ended.how == .exit(0) && ended.output != "", "\(ended)")
        #expect(ended.errors.hasPrefix("annals: warning: ") && ended.errors.contains("catch-up"), "\(ended)")
      }

      let caughtUp = try ledger.annals("catch-up", "newer.db")
      #expect(caughtUp.output == "3 added; 16 events, root \(try ledger.root())\n", "\(caughtUp)")
      #expect(caughtUp.errors == "")
      let again = try ledger.annals("checkpoint")
      #expect(try again.output == String(contentsOfFile: ledger.home.file("signed"), encoding: .utf8))
      try append(ledger, 4)
      try expectWhole(ledger.path, events: 4)
    }
  }

  @Test("A log restored from an old copy catches up from what was published: the same checkpoint, verified")
  func restoredFromPublished() throws {
    try withLedger { ledger in
      let copy = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.db"))
      try ledger.home.write("events.jsonl", Events.lines(3))
      #expect(try ledger.annals("import", "events.jsonl").how == .exit(0))
      #expect(try ledger.annals("publish", "public").how == .exit(0))
      let signed = try ledger.annals("checkpoint").output
      try copy.write(to: URL(fileURLWithPath: ledger.path + "/log.db"))
      expectFailure(try ledger.annals("checkpoint"), 80, "has 13 events", "a checkpoint of 16 was signed")

      // With an event altered: refused, with position and file, and nothing is added.
      let entries = "public/tile/entries/000.p/16"
      let content = try ledger.home.read(entries)
      var altered = content
      altered[altered.count - 10] ^= 1
      try ledger.home.write(entries, altered)
      let before = try ledger.state()
      expectFailure(
        try ledger.annals("catch-up", "public"), 65, "public: is damaged", "altered event at position 15",
        "tile/entries/000.p/16")
      try expectUnchanged(ledger, since: before)
      try ledger.home.write(entries, content)

      let caughtUp = try ledger.annals("catch-up", "public")
      #expect(caughtUp.output == "3 added; 16 events, root \(try ledger.root())\n", "\(caughtUp)")
      #expect(caughtUp.errors == "")
      #expect(try ledger.annals("checkpoint").output == signed)
      #expect(try ledger.annals("verify").how == .exit(0))
      let again = try ledger.annals("import", "events.jsonl", "--format", "json")
      let report = try JSONValue(parsing: again.standardOutput)
      #expect(report["added"]?.integer == 0 && report["alreadyThere"]?.integer == 3, "\(again)")
      try append(ledger, 4)
      try expectWhole(ledger.path, events: 4)
    }
  }

  @Test("A published log that went another way: exit 80; one that strangers signed, or that is short: 65")
  func publishedAnotherWay() throws {
    try withLedger { ledger in
      try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.home.file("other"))
      let copy = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.db"))
      #expect(try ledger.annals("publish", "short").how == .exit(0))
      try append(ledger, 1)
      #expect(try ledger.annals("checkpoint").how == .exit(0))
      let appended = try ledger.annals(
        ["append", "bill.introduced", "--ledger", "other", "--quiet"] + goodFields(2))
      #expect(appended.how == .exit(0))
      #expect(try ledger.annals("publish", "forked", "--ledger", "other").how == .exit(0))
      #expect(
        try ledger.annals("init", "stranger", "--origin", "example.org/test", "--quiet").how == .exit(0))
      #expect(try ledger.annals("publish", "strange", "--ledger", "stranger").how == .exit(0))
      try copy.write(to: URL(fileURLWithPath: ledger.path + "/log.db"))
      let before = try ledger.state()
      expectFailure(try ledger.annals("catch-up", "forked"), 80, "forked: ", "nothing was added")
      expectFailure(
        try ledger.annals("catch-up", "strange"), 65, "strange: ", "no signature by a known key",
        "nothing was added")
      expectFailure(
        try ledger.annals("catch-up", "short"), 65, "has 13 events, but a checkpoint of 14 was signed")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A log that went another way: exit 80, with both roots")
  func wentAnotherWay() throws {
    try withLedger { ledger in
      try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.home.file("other"))
      try append(ledger, 1)
      #expect(try ledger.annals("checkpoint").how == .exit(0))
      let signed = try ledger.root()
      let other = TestLedger(home: ledger.home)
      let appended = try other.annals(
        ["append", "bill.introduced", "--ledger", "other", "--quiet"] + goodFields(2))
      #expect(appended.how == .exit(0))
      try FileManager.default.removeItem(atPath: ledger.path + "/log.db")
      try FileManager.default.copyItem(
        atPath: ledger.home.file("other/log.db"), toPath: ledger.path + "/log.db")
      expectFailure(
        try ledger.annals("checkpoint"), 80, "first 14 of 14 events", signed, try ledger.root(), "new origin")
      expectFailure(try ledger.annals("catch-up", "other"), 80, "signed \(signed)")
    }
  }

  @Test("A proof goes through files: prove, hand over, check-proof where no ledger is")
  func proofFiles() throws {
    try withLedger { ledger in
      try append(ledger, 1)
      let made = try ledger.annals("prove", "E1", "-o", "E1.tlog-proof")
      #expect(made.how == .exit(0) && made.output == "", "\(made)")
      #expect(made.errors.contains("position 13 is proved in the checkpoint of 14 events"))
      try ledger.home.write("e.json", ledger.annals("replay", "--from", "13").output)
      let key = try key(ledger).text
      try withDirectory { away in
        for name in ["e.json", "E1.tlog-proof"] {
          try FileManager.default.copyItem(atPath: ledger.home.file(name), toPath: away.file(name))
        }
        func check(_ arguments: String...) throws -> Ended {
          try Annals.run(["check-proof", "E1.tlog-proof", "--event", "e.json"] + arguments, in: away.path)
        }
        let yes = try check("--key", key)
        #expect(yes.how == .exit(0) && yes.errors == "", "\(yes)")
        #expect(
          yes.output.hasPrefix(
            "yes: the event stands in example.org/test at position 13, among 14 events of root \(try ledger.root())"
          ))
        #expect(try check("--key", key, "--origin", "example.org/test").how == .exit(0))
        let seed = [UInt8](repeating: 7, count: 32)
        let stranger = try Ed25519Signer(name: "example.org/test", seed: seed).verifierKey.text
        #expect(try check("--key", stranger, "--key", key).how == .exit(0))
        for (arguments, told) in [
          (["--key", key, "--origin", "example.org/other"], "another log"),
          (["--key", stranger], "known key"),
        ] {
          let no = try Annals.run(
            ["check-proof", "E1.tlog-proof", "--event", "e.json"] + arguments, in: away.path)
          #expect(no.how == .exit(1) && no.errors == "", "\(no)")
          #expect(
            no.output.hasPrefix("no: ") && no.output.contains(told) && no.outputLines.count == 1, "\(no)")
        }
        for (content, told) in [
          ("", "not a tlog-proof"), ("c2sp.org/tlog-proof@v1\nindex 13\n\n\u{1b}[2J\n", "no"),
          (String(repeating: "A", count: 2_100_000), "too long"),
        ] {
          try away.write("E1.tlog-proof", content)
          let no = try check("--key", key)
          #expect(no.how == .exit(content.count > 2_000_000 ? 65 : 1), "\(no)")
          #expect((no.output + no.errors).contains(told))
          expectNothingRaw(no)
          #expect(!no.standardOutput.contains(0x1b))
        }
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: away.path).count == 2, "something was made")
      }
    }
  }

  @Test("An output file is whole or not there: a missing directory exits 73, what is no file is written into")
  func outputs() throws {
    try withLedger { ledger in
      for command in [["checkpoint"], ["prove", "3"]] {
        expectFailure(try ledger.annals(command + ["-o", "no/where"]), 73, "no/where")
        expectFailure(try ledger.annals(command + ["-o", "ledger"]), 74, "is a directory")
        let piped = try ledger.shell(
          "annals \(command.joined(separator: " ")) -o /dev/stderr 2>&1 >/dev/null")
        #expect(
          piped.output.contains("\nexample.org/test") || piped.output.hasPrefix("example.org/test"),
          "\(piped)")
        #expect(try ledger.annals(command + ["-o", "/dev/null"]).how == .exit(0))
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        try ledger.home.write("old", "a letter")
        try FileManager.default.createSymbolicLink(
          atPath: ledger.home.file("link"), withDestinationPath: ledger.home.file("old"))
        #expect(try ledger.annals(command + ["-o", "link"]).how == .exit(0))
        let written = try String(contentsOfFile: ledger.home.file("old"), encoding: .utf8)
        #expect(try written == ledger.annals(command).output)
        try FileManager.default.removeItem(atPath: ledger.home.file("link"))
      }
      #expect(
        try Set(FileManager.default.contentsOfDirectory(atPath: ledger.home.path)) == ["ledger", "old"])
    }
  }

  @Test("Keys that are elsewhere sign with --keys, and without them nothing is signed")
  func keysElsewhere() throws {
    try withDirectory { home in
      let made = try Annals.run(["init", "l", "--keys", "k", "--origin", "example.org/k"], in: home.path)
      #expect(made.how == .exit(0), "\(made)")
      #expect(!FileManager.default.fileExists(atPath: home.file("l/keys")))
      let signed = try Annals.run(["checkpoint", "--ledger", "l", "--keys", "k"], in: home.path)
      #expect(signed.output.hasPrefix("example.org/k\n13\n"), "\(signed)")
      for command in [["checkpoint"], ["prove", "3"], ["keys"], ["keys", "rotate", "--reason", "why"]] {
        let ended = try Annals.run(command + ["--ledger", "l"], in: home.path)
        expectFailure(ended, command == ["keys"] ? 77 : 66, "l/keys")
      }
      #expect(try Annals.run(["status", "--ledger", "l"], in: home.path).errors == "")
    }
  }

  @Test(
    "Where keys cannot be written, nothing is signed", .enabled(if: Unprivileged.isUsable))
  func keysReadOnly() throws {
    try withLedger { ledger in
      for name in ["", "/keys"] { chmod(ledger.path + name, 0o755) }
      for name in try FileManager.default.subpathsOfDirectory(atPath: ledger.path) where name != "keys" {
        chmod(ledger.path + "/" + name, 0o644)
      }
      let before = try ledger.state()
      for command in [["checkpoint"], ["prove", "3"], ["keys", "rotate", "--reason", "why"]] {
        expectFailure(try ledger.withoutRights(command), 77, "permission denied")
      }
      #expect(try ledger.withoutRights(["keys"]).how == .exit(0))
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("On a full disk nothing is signed, and the key in force stays", .enabled(if: SmallDisk.isUsable))
  func fullDisk() throws {
    try withLedger { ledger in
      try SmallDisk.with(bytes: 64 << 10) { disk in
        let keys = disk + "/keys"
        try FileManager.default.copyItem(atPath: ledger.path + "/keys", toPath: keys)
        let before = try ledger.annals("keys", "--keys", keys).output
        let last = try Data(contentsOf: URL(fileURLWithPath: keys + "/last-checkpoint"))
        let descriptor = open(disk + "/ballast", O_CREAT | O_WRONLY, 0o600)
        let page = [UInt8](repeating: 0, count: 4_096)
        while write(descriptor, page, page.count) > 0 {}
        close(descriptor)
        for command in [["checkpoint"], ["prove", "3"], ["keys", "rotate", "--reason", "why"]] {
          expectFailure(try ledger.annals(command + ["--keys", keys]), 74, "disk is full")
        }
        #expect(try ledger.annals("keys", "--keys", keys).output == before)
        #expect(try Data(contentsOf: URL(fileURLWithPath: keys + "/last-checkpoint")) == last)
        #expect(try ledger.size() == TestLedger.sizeAtFirst)
        try FileManager.default.removeItem(atPath: disk + "/ballast")
        #expect(try ledger.annals("keys", "rotate", "--reason", "why", "--keys", keys).how == .exit(0))
      }
    }
  }

  @Test("Processes that append, sign and change keys at once: every checkpoint continues the one before")
  func atOnce() throws {
    try withLedger { ledger in
      let scripts = (0..<4).map { writer in
        (0..<5).map { round in
          "annals append bill.introduced id=W\(writer)-\(round) subject=measure:m-\(writer)-\(round) occurred=2024 "
            + "country=CL identifier=\(round) chamber=s unsourced=true --quiet >/dev/null\n"
            + (writer == 0 && round % 2 == 0
              ? "annals keys rotate --reason r --quiet >/dev/null\n"
              : "annals checkpoint -o cp-\(writer)-\(round) --quiet")
        }.joined(separator: "\n")
      }
      for ended in try scripts.map({ try ledger.startShell($0) }).map({ try $0.wait() }) {
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
      }
      var roots = [MerkleHash.emptyRoot]
      var tree = TreeFrontier()
      for line in try ledger.annals("replay").outputLines {
        tree.append(.leaf(line.utf8))
        roots.append(tree.root)
      }
      let listed =
        try JSONValue(parsing: ledger.annals("keys", "--format", "json").standardOutput)["keys"]?.array ?? []
      #expect(listed.count == 4)
      let keys = try listed.map { key in
        (
          try VerifierKey(parsing: key["verifierKey"]?.string ?? ""), UInt64(key["fromSize"]?.integer ?? 0),
          UInt64(key["throughSize"]?.integer ?? .max)
        )
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: ledger.home.path).filter {
        $0.hasPrefix("cp-")
      }
      #expect(names.count == 17)
      for name in names + ["ledger/keys/last-checkpoint"] {
        let note = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ledger.home.file(name))))
        let verified = try VerifiedCheckpoint(
          verifying: note, origin: "example.org/test", logKeys: keys.map(\.0))
        let size = verified.checkpoint.size
        #expect(verified.checkpoint.root == roots[Int(size)], "\(name)")
        let inForce = keys.filter { ($0.1...$0.2).contains(size) }.map(\.0.identity)
        #expect(verified.signedBy == inForce, "\(name) of size \(size)")
      }
      try expectWhole(ledger.path, events: 23)
    }
  }
}
