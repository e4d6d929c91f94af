// Directories that are no ledger, and ledgers whose files are not what they should be.

internal import Foundation
internal import Testing

@Suite("Ledgers that are none, or damaged")
struct DamagedLedgerTests {
  private static let readers = [
    ["status"], ["timeline"], ["replay"], ["rebuild"], ["show", "measure:x"], ["keys"], ["checkpoint"],
    ["prove", "0"], ["catch-up", "/dev/null"],
  ]
  private static let append = ["append", "bill.introduced"] + goodFields()
  private static let testimony = [
    "append", "testimony.shared", "campaign=campaign:x", "occurred=2018", "country=CL", "person=Aurora",
  ]
  private static let everything = readers + [append, testimony, ["import", "/dev/null"]]

  @Test("Where there is no ledger, each command says so, exits 66 and makes nothing", arguments: everything)
  func noLedger(arguments: [String]) throws {
    try withDirectory { directory in
      try directory.write("file", "text")
      for place in [".", "nowhere", "nowhere/deep", "file", directory.path, "\u{1b}[2J"] {
        for ended in [
          try Annals.run(arguments + ["--ledger", place], in: directory.path),
          try Annals.run(arguments, in: directory.path, environment: ["ANNALS_LEDGER": place]),
        ] {
          expectFailure(ended, 66, "there is no ledger in ", "annals init DIR")
          #expect(ended.errorLines.count == 1 && ended.output == "", "\(ended)")
        }
      }
      expectFailure(try Annals.run(arguments, in: directory.path), 66, "there is no ledger in .")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["file"])
    }
  }

  @Test("The vocabulary can be looked at without a ledger, but not in one that is named and missing")
  func vocabularyAlone() throws {
    try withDirectory { directory in
      #expect(try Annals.run(["vocabulary", "list"], in: directory.path).how == .exit(0))
      expectFailure(
        try Annals.run(["vocabulary", "list", "--ledger", "x"], in: directory.path), 66, "no ledger in x")
    }
  }

  @Test(
    "A log that is none is refused by every command, and stays as it is",
    arguments: [
      ("garbage", "is not an event log"), ("empty", "is not an event log"), ("text", "is not an event log"),
      ("directory", "is not an event log"), ("headless", "is not an event log"),
    ])
  func notALog(kind: String, told: String) throws {
    try withLedger { ledger in
      let log = ledger.path + "/log.db"
      let whole = try Data(contentsOf: URL(fileURLWithPath: log))
      try FileManager.default.removeItem(atPath: log)
      switch kind {
      case "empty": try Data().write(to: URL(fileURLWithPath: log))
      case "text": try Data("Dear diary".utf8).write(to: URL(fileURLWithPath: log))
      case "directory":
        try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: false)
      case "headless": try whole.dropFirst(100).write(to: URL(fileURLWithPath: log))
      default:
        try Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 3) }).write(
          to: URL(fileURLWithPath: log))
      }
      let before = try ledger.state()
      for arguments in Self.everything { expectFailure(try ledger.annals(arguments), 65, "log.db", told) }
      expectFailure(try ledger.annals("init", "ledger"), 73, "log.db")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "A log of another format is not touched, and it is told what to do", .enabled(if: Database.isUsable),
    arguments: [
      (3, ["has format 3", "up to format 2", "newer version"]),
      (1, ["has format 1", "earlier version", "make a new ledger"]),
    ])
  func otherFormat(version: Int, told: [String]) throws {
    try withLedger { ledger in
      try Database.run("PRAGMA user_version = \(version)", on: ledger.path + "/log.db")
      let before = try ledger.state()
      for arguments in Self.everything {
        expectFailure(try ledger.annals(arguments), 65, told[0], told[1], told[2])
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("Another program's database is no log, even of the right name", .enabled(if: Database.isUsable))
  func anotherDatabase() throws {
    try withLedger { ledger in
      let log = ledger.path + "/log.db"
      try FileManager.default.removeItem(atPath: log)
      try Database.run("CREATE TABLE recipe (name TEXT)", on: log)
      let before = try ledger.state()
      for arguments in Self.everything {
        expectFailure(try ledger.annals(arguments), 65, "is not an event log")
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "A log without one of its guards is not accepted", .enabled(if: Database.isUsable),
    arguments: [
      "event_refuses_update", "event_refuses_delete", "event_admits_the_next_only",
    ])
  func guardTakenAway(trigger: String) throws {
    try withLedger { ledger in
      try Database.run("DROP TRIGGER \(trigger)", on: ledger.path + "/log.db")
      let before = try ledger.state()
      for arguments in [["status"], Self.append] {
        expectFailure(try ledger.annals(arguments), 65, "the log is damaged")
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "The database itself refuses to change, remove or replace an event", .enabled(if: find("sqlite3") != nil),
    arguments: [
      ("UPDATE event SET leaf = x'00'", "an event is never changed"),
      ("DELETE FROM event", "an event is never removed"),
      (
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE position = 3",
        "an event is appended at the next position"
      ),
    ])
  func guards(sql: String, told: String) throws {
    try withLedger { ledger in
      let before = try ledger.state()
      let sqlite = try #require(find("sqlite3"))
      let ended = try ChildProcess(
        sqlite, ["-batch", ledger.path + "/log.db", sql], environment: Annals.environment(), in: "/"
      ).wait()
      #expect(ended.how != .exit(0) && ended.errors.contains(told), "\(ended)")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A log cut short or overwritten in the middle is told as damaged, never a crash", arguments: 1...12)
  func damage(number: Int) throws {
    try withLedger { ledger in
      let log = URL(fileURLWithPath: ledger.path + "/log.db")
      var bytes = try Data(contentsOf: log)
      // A new ledger's log has some 20 pages of 16 KiB; each of these damages another place.
      if number <= 4 {
        bytes = bytes.prefix(bytes.count * number / 5)
      } else {
        let start = (number - 4) * 16_384 + 200
        for index in start..<min(start + 12_000, bytes.count) {
          bytes[index] = UInt8(truncatingIfNeeded: index &* 7)
        }
      }
      try bytes.write(to: log)
      // What cannot be known without a look at the place is not found by every command; but what is found is told.
      for arguments in Self.everything {
        let ended = try ledger.annals(arguments)
        if ended.how != .exit(0) {
          #expect([65, 66, 74].contains(ended.code), "\(ended)")
          #expect(!ended.errorLines.isEmpty, "\(ended)")
        }
        expectNothingRaw(ended)
      }
    }
  }

  @Test(
    "A ledger whose making was cut off is finished by the next init, and nothing of the first attempt stays")
  func unfinished() throws {
    try withDirectory { directory in
      // What a cut leaves behind: the directory of the keys, and a log that was not whole yet.
      let ledger = TestLedger(home: directory)
      try FileManager.default.createDirectory(
        atPath: ledger.path + "/keys", withIntermediateDirectories: true)
      try directory.write("ledger/log.db.creating-1", "not whole")
      expectFailure(try ledger.annals("status"), 66, "there is no ledger")
      #expect(try ledger.annals("init", "ledger").how == .exit(0))
      #expect(try ledger.size() == TestLedger.sizeAtFirst)
      let files = try FileManager.default.contentsOfDirectory(atPath: ledger.path).sorted()
      #expect(files.filter { !$0.hasPrefix("views") } == ["keys", "log.db"])
      #expect(files.contains("views.db"))
    }
  }

  @Test(
    "Views that are gone, garbage or another program's are made anew from the log",
    arguments: ["gone", "garbage", "empty"])
  func views(kind: String) throws {
    try withLedger { ledger in
      #expect(try ledger.annals(Self.append).how == .exit(0))
      let expected = try ledger.annals("status", "--format", "json")
      let views = URL(fileURLWithPath: ledger.path + "/views.db")
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: views.path + suffix) }
      switch kind {
      case "garbage": try Data(repeating: 0x5a, count: 70_000).write(to: views)
      case "empty": try Data().write(to: views)
      default: break
      }
      let after = try ledger.annals("status", "--format", "json")
      #expect(after.how == .exit(0) && after.output == expected.output, "\(after)")
      let appended = try ledger.annals(["append", "bill.introduced"] + goodFields(2))
      #expect(appended.how == .exit(0), "\(appended)")
      #expect(try ledger.annals("rebuild").how == .exit(0))
    }
  }

  @Test("A vault that is none keeps a testimony from being recorded half; what is public can still be asked")
  func vault() throws {
    try withLedger { ledger in
      try Data(repeating: 0x5a, count: 20_000).write(to: URL(fileURLWithPath: ledger.path + "/vault.db"))
      let before = try ledger.state()
      expectFailure(try ledger.annals(Self.testimony), 65, "vault.db", "is not a vault")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test(
    "Without the key of the content tags nothing is recorded, and everything can be asked",
    arguments: ["gone", "garbage", "empty"])
  func key(kind: String) throws {
    try withLedger { ledger in
      let key = URL(fileURLWithPath: ledger.path + "/keys/content-tag.key")
      switch kind {
      case "gone": try FileManager.default.removeItem(at: key)
      case "empty": try Data().write(to: key)
      default: try Data("not a key\n".utf8).write(to: key)
      }
      let before = try ledger.state()
      for arguments in [Self.append, Self.testimony, ["import", "/dev/null"]] {
        expectFailure(try ledger.annals(arguments), 77, "content-tag.key", "backup")
      }
      #expect(try ledger.annals("status").how == .exit(0))
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("Keys that lie elsewhere are found with --keys")
  func keysElsewhere() throws {
    try withLedger { ledger in
      #expect(try ledger.annals("init", "second", "--keys", "safe").how == .exit(0))
      #expect(!FileManager.default.fileExists(atPath: ledger.home.file("second/keys")))
      expectFailure(try ledger.annals(Self.append + ["--ledger", "second"]), 77, "--keys DIR")
      #expect(try ledger.annals(Self.append + ["--ledger", "second", "--keys", "safe"]).how == .exit(0))
    }
  }

  @Test(
    "An origin or a floor that cannot be is refused, and no directory is made",
    arguments: [
      ["--origin", ""], ["--origin", "two words"], ["--origin", "a+b"], ["--origin", "line\nbreak"],
      ["--origin", "é.org"],
      ["--origin", String(repeating: "x", count: 256)], ["--floor", "0"], ["--floor=-3"],
      ["--floor", "9223372036854775807"],
    ])
  func founding(arguments: [String]) throws {
    try withDirectory { directory in
      let ended = try Annals.run(["init", "new"] + arguments, in: directory.path)
      expectFailure(ended, 65)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
  }
}
