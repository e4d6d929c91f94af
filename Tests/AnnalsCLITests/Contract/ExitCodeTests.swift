// The exit codes that scripts rely on, each provoked for real.

internal import Foundation
internal import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  @Test(
    "What was asked for exits 0",
    arguments: [
      ["--help"], ["--version"], ["help"], ["help", "append"], ["append", "--help"], ["status", "-h"],
      ["append", "bill.introduced", "--help"], ["vocabulary", "list"], ["status"], ["timeline"], ["replay"],
      ["rebuild"], ["keys"], ["checkpoint"], ["prove", "3"], ["keys", "--help"], ["check-proof", "--help"],
    ])
  func done(arguments: [String]) throws {
    try withLedger { ledger in
      let ended = try ledger.annals(arguments)
      #expect(ended.how == .exit(0), "\(ended)")
      #expect(ended.errors == "", "\(ended)")
      #expect(!ended.output.isEmpty)
    }
  }

  /// Verifier keys of two logs, from the examples of signed-note and of its implementation in Go.
  private static let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  private static let otherVkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

  @Test(
    "A command line that cannot be understood exits 64 and tells the usage",
    arguments: [
      ["fly"], ["status", "US", "CN"], ["status", "--fast"], ["status", "--format", "xml"], ["append"],
      ["init"],
      ["import"], ["show"], ["append", "bill.introduced", "--expect", "many"],
      ["append", "bill.introduced", "--expect=-1"],
      ["append", "bill.introduced", "--json", "-"], ["replay", "--from", "-1"],
      ["replay", "--from", "5", "--to", "3"],
      ["prove"], ["prove", "3", "--size", "0"], ["prove", "3", "--size", "13", "--checkpoint", "f"],
      ["catch-up"],
      ["keys", "rotate"], ["keys", "rotate", "--reason", " "], ["check-proof", "f", "--event", "e"],
      ["check-proof", "f", "--event", "e", "--key", "example.org/foo"], ["check-proof", "f", "--key", vkey],
      ["check-proof", "f", "--event", "e", "--key", vkey, "--key", otherVkey],
      ["import", "--from", "xlsx", "f"], ["replay", "--from", "99999999999999999999"],
    ])
  func usage(arguments: [String]) throws {
    try withLedger { ledger in
      let ended = try ledger.annals(arguments)
      expectFailure(ended, 64, "--help' for more information")
      #expect(ended.output == "")
    }
  }

  @Test(
    "A query about something that is no place and no subject exits 64",
    arguments: [
      ("ZZ", "ZZ"), ("us/Congress", "us/Congress"), ("measure:", "measure:"), ("nothing", "nothing"),
      ("", "is not written as a code"),
      ("measure:a b", "measure:a b"), ("CS", "CS"),
    ])
  func scope(scope: String, told: String) throws {
    try withLedger { ledger in
      for command in ["status", "timeline", "show"] {
        let ended = try ledger.annals(command, scope)
        // An institution that nobody has recorded anything of is a question with an answer, not a mistake.
        if command != "show" && scope == "nothing" { continue }
        expectFailure(ended, 64, told)
      }
    }
  }

  @Test("Bad input exits 65")
  func badInput() throws {
    try withLedger { expectFailure(try $0.annals("append", "bill.introduced"), 65, "occurred: is missing") }
  }

  @Test(
    "What is not there exits 66",
    arguments: [
      (["import", "nowhere.jsonl"], "nowhere.jsonl"), (["append", "--json", "nowhere.json"], "nowhere.json"),
      (["status", "measure:us-1"], "no event tells of measure:us-1"),
      (["timeline", "measure:us-1"], "no event tells of measure:us-1"),
      (["show", "measure:us-1"], "no event tells of measure:us-1"),
      (["replay", "--from", "13"], "position 13"), (["prove", "13"], "no event 13"),
      (["prove", "E1"], "no event E1"),
      (["catch-up", "nowhere.db"], "nowhere.db: there is no such file"),
      (["prove", "3", "--checkpoint", "nowhere"], "nowhere: there is no such file"),
      (["check-proof", "nowhere", "--event", "e", "--key", vkey], "nowhere: there is no such file"),
      (["status", "--ledger", "nowhere"], "no ledger in nowhere"),
      (["vocabulary", "show", "bill.introducd"], "did you mean bill.introduced"),
      (["vocabulary", "schema", "no.such"], "no.such"), (["append", "no.such", "--help"], "no.such"),
    ])
  func noInput(arguments: [String], told: String) throws {
    try withLedger { ledger in
      let ended = try ledger.annals(arguments)
      expectFailure(ended, 66, told)
      #expect(ended.output == "")
    }
  }

  @Test("A ledger that cannot be made exits 73, and leaves what is there")
  func cannotCreate() throws {
    try withLedger { ledger in
      try ledger.home.write("file", "a letter")
      let taken = ledger.home.file("taken")
      try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
      try Data("a letter".utf8).write(to: URL(fileURLWithPath: taken + "/letter"))
      let before = try ledger.state()
      expectFailure(try ledger.annals("init", "file"), 73, "file stands here")
      expectFailure(try ledger.annals("init", "file/ledger"), 73, "file/ledger")
      expectFailure(try ledger.annals("init", "ledger"), 73, "a ledger of 13 events stands here")
      expectFailure(try ledger.annals("init", "taken"), 73, "not empty")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "A result that cannot be written exits 74",
    arguments: [
      "annals status >/dev/full", "annals status --format json >/dev/full", "annals replay >/dev/full",
      "annals vocabulary list >/dev/full", "annals rebuild >/dev/full", "annals help >/dev/full",
      "annals --version >/dev/full", "annals append bill.vetoed --help >/dev/full",
      "annals checkpoint >/dev/full", "annals prove 3 >/dev/full", "annals keys >/dev/full",
      "annals append bill.introduced --dry-run \(Self.fields) >/dev/full",
      "annals status >&-", "annals help >&-", "annals import /dev/null >&-",
    ])
  func inputOutput(line: String) throws {
    try withLedger { ledger in
      expectFailure(try ledger.shell(line), 74, "could not be written")
    }
  }

  private static let fields = goodFields().map { "'\($0)'" }.joined(separator: " ")

  @Test("Nothing is recorded where it could not be told: stdout closed")
  func nothingIsBegun() throws {
    try withLedger { ledger in
      let before = try ledger.state()
      expectFailure(
        try ledger.shell("annals append bill.introduced \(Self.fields) >&-"), 74, "stdout is closed")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "A file that breaks off while it is read exits 74",
    .enabled(if: FileManager.default.isReadableFile(atPath: "/proc/self/mem")))
  func inputBreaksOff() throws {
    // Reading at offset 0 of it fails on Linux, where nothing is mapped.
    try withLedger { ledger in
      for arguments in [
        ["import", "/proc/self/mem"], ["import", "--from", "csv", "/proc/self/mem"],
        ["append", "--json", "/proc/self/mem"],
      ] {
        expectFailure(try ledger.annals(arguments), 74, "could not be read to its end")
      }
      expectFailure(try ledger.shell("annals import - <&-"), 74, "could not be read")
    }
  }

  @Test("Without stderr the exit code still tells", arguments: ["2>&-", "2>/dev/full"])
  func noStandardError(redirection: String) throws {
    try withLedger { ledger in
      #expect(try ledger.shell("annals status ZZ \(redirection)").how == .exit(64))
      #expect(try ledger.shell("annals append bill.introduced \(redirection)").how == .exit(65))
      let appended = try ledger.shell("annals append bill.introduced \(Self.fields) \(redirection)")
      #expect(appended.how == .exit(0))
      #expect(appended.output.hasPrefix("position 13 "))
    }
  }

  @Test("A reader that has seen enough ends the program without a word")
  func readerLeaves() throws {
    try withLedger { ledger in
      let ended = try ledger.shell("annals replay | head -c 10")
      #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
    }
  }

  @Test("A log that another writer holds exits 75 after a bounded wait", .enabled(if: find("python3") != nil))
  func busy() throws {
    try withLedger { ledger in
      let before = try ledger.state()
      // Another program begins to write and takes its time.
      let script = """
        import sqlite3, sys, time
        c = sqlite3.connect(sys.argv[1], isolation_level=None)
        c.execute('BEGIN IMMEDIATE')
        print('held', flush=True)
        time.sleep(600)
        """
      let python = try #require(find("python3"))
      let other = try ChildProcess(
        python, ["-c", script, ledger.path + "/log.db"], environment: Annals.environment(), in: "/")
      defer { other.kill() }
      while try !other.hasWritten() { usleep(10_000) }
      let ended = try ledger.annals(["append", "bill.introduced"] + goodFields())
      expectFailure(ended, 75, "another writer holds the log", "try again")
      other.kill()
      _ = try other.wait()
      try expectUnchanged(ledger, since: before)
      #expect(try ledger.size() == TestLedger.sizeAtFirst)
    }
  }

  @Test(
    "A ledger that may not be written exits 77",
    .enabled(if: Unprivileged.isUsable, "rights cannot be given away"))
  func notPermitted() throws {
    try withLedger { ledger in
      let before = try ledger.state()
      expectFailure(try ledger.withoutRights(["append", "bill.introduced"] + goodFields()), 77, "permission")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("An id that stands for another event exits 79, the same event again exits 0")
  func idReused() throws {
    try withLedger { ledger in
      let fields = ["append", "bill.introduced", "id=E1"]
      let first = try ledger.annals(fields + goodFields(1))
      #expect(first.output == "position 13  id E1\n", "\(first)")
      let before = try ledger.state()
      expectFailure(try ledger.annals(fields + goodFields(2)), 79, "id: E1 is taken", "position 13")
      let again = try ledger.annals(fields + goodFields(1))
      #expect(again.how == .exit(0) && again.output == first.output, "\(again)")
      #expect(again.errors.contains("nothing was added"))
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("--expect with another number of events of the subject exits 79, with the right one 0")
  func expectNotMet() throws {
    try withLedger { ledger in
      let append = ["append", "bill.introduced"] + goodFields()
      let before = try ledger.state()
      expectFailure(try ledger.annals(append + ["--expect", "1"]), 79, "measure:xx-1 has 0 events, not 1")
      try expectUnchanged(ledger, since: before)
      #expect(try ledger.annals(append + ["--expect", "0"]).how == .exit(0))
      expectFailure(
        try ledger.annals(append + ["--expect", "0", "id=E2"]), 79, "measure:xx-1 has 1 events, not 0")
    }
  }
}
