// Backups beside writers, killed backups, and copies where nothing can be written.

internal import CanonicalJSON
internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Backups beside others")
struct BackupTests {
  @Test("While others append and erase, every backup is whole: its log verifies, and its vault belongs to it")
  func besideWriters() throws {
    try withLedger { ledger in
      for (name, seed) in [("a", 1), ("b", 2)] {
        try ledger.home.write("\(name).jsonl", Events.lines(1_500, prefix: name.uppercased(), sealed: seed))
      }
      let writers = try ["a", "b"].map { try ledger.start(["import", "\($0).jsonl", "--quiet"]) }
      let eraser = try ledger.startShell(
        "for i in $(seq 13 20); do annals erase $i --reason mistaken --authority office --yes --quiet; done")
      var sizes: [Int64] = []
      var number = 0
      repeat {
        number += 1
        let made = try ledger.annals("backup", "b\(number)", "--format", "json", "--quiet")
        // A busy ledger may say so; a half backup it must not leave.
        if made.code == 75 { continue }
        try #require(made.how == .exit(0), "\(made)")
        sizes.append(try #require(JSONValue(parsing: made.standardOutput)["size"]?.integer))
        let restored = try ledger.annals(
          "restore", "b\(number)", "r\(number)", "--keys", ledger.path + "/keys", "--format", "json")
        // Others sign nothing here but the backups themselves, each for what it holds.
        #expect(restored.how == .exit(0), "backup \(number): \(restored)")
      } while number < 30 && (writers.contains { $0.isRunning } || eraser.isRunning)
      for child in writers { #expect(try child.wait().how == .exit(0)) }
      _ = try eraser.wait()
      #expect(sizes.count > 1 && Set(sizes).count > 1, "the writers end too fast: \(sizes)")
      #expect(sizes == sizes.sorted())
      let last = "r\(number)"
      let verified = try ledger.annals("verify", last, "--keys", ledger.path + "/keys")
      #expect(verified.code == 0 || verified.code == 80, "\(verified)")
    }
  }

  @Test("A backup that is killed is not there; what it left goes with the next one")
  func killed() throws {
    let seed =
      ProcessInfo.processInfo.environment["ANNALS_TEST_SEED"].flatMap { UInt64($0) }
      ?? UInt64.random(in: 0...UInt64.max)
    print("BackupTests: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    try withLedger { ledger in
      try ledger.home.write("a.jsonl", Events.lines(1_000, sealed: 1))
      try #require(ledger.annals("import", "a.jsonl", "--quiet").how == .exit(0))
      for round in 0..<8 {
        let child = try ledger.start(["backup", "b", "--quiet"])
        usleep(UInt32.random(in: 5_000...250_000, using: &generator))
        child.kill()
        let ended = try child.wait()
        let isThere = FileManager.default.fileExists(atPath: ledger.home.file("b"))
        #expect(isThere || ended.how != .exit(0), "seed \(seed), round \(round)")
        if !isThere {
          let again = try ledger.annals("backup", "b", "--quiet")
          #expect(again.how == .exit(0), "seed \(seed), round \(round): \(again)")
        }
        #expect(!FileManager.default.fileExists(atPath: ledger.home.file("b.unfinished")))
        let restored = try ledger.annals("restore", "b", "r", "--keys", ledger.path + "/keys")
        #expect(restored.how == .exit(0), "seed \(seed), round \(round): \(restored)")
        for name in ["b", "r"] { try FileManager.default.removeItem(atPath: ledger.home.file(name)) }
      }
    }
  }

  @Test(
    "A copy for everybody answers, verifies and tells what is withheld where nothing can be written",
    .enabled(if: Unprivileged.isUsable, "needs root, and setpriv to act as somebody else"))
  func readOnly() throws {
    try withRecord { ledger in
      let testimony = ["id=T1", "campaign=campaign:metoo", "occurred=2018", "person=Xenia Nadel"]
      try #require(ledger.annals(["append", "testimony.shared"] + testimony).how == .exit(0))
      try #require(ledger.annals("backup", "public", "--public").how == .exit(0))
      let copy = ledger.home.file("public")
      chmod(ledger.home.path, 0o755)
      for path in try [copy] + FileManager.default.contentsOfDirectory(atPath: copy).map({ "\(copy)/\($0)" })
      {
        chmod(path, path == copy ? 0o555 : 0o444)
      }
      let own = try ledger.annals("status", "US", "--format", "json")
      let there = try ledger.withoutRights(["status", "US", "--format", "json", "--ledger", copy])
      #expect(there.how == .exit(0) && there.standardOutput == own.standardOutput, "\(there)")
      let disclosed = try ledger.withoutRights(["show", "T1", "--disclose", "--ledger", copy])
      #expect(disclosed.how == .exit(0) && disclosed.output.contains("withheld"), "\(disclosed)")
      let key = try ledger.annals("keys").outputLines.joined()
      let verified = try ledger.withoutRights(["verify", copy + "/log.db", "--key", key])
      #expect(verified.how == .exit(0), "\(verified)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: copy).count == 5, "nothing was made there")
    }
  }

  /// Command lines, and the code that each is refused with.
  private static let refusals: [(words: [String], code: Int32)] = [
    (["backup", "ledger"], 73), (["backup", "ledger/log.db/x"], 73), (["restore", "nowhere", "r"], 66),
    (["restore", "ledger", "r"], 65), (["backup"], 64), (["restore", "x"], 64),
    (["backup", "x", "--public", "--include-keys"], 64), (["backup", "x", "--vault-days", "0"], 64),
    (["restore", "a", "b", "--without-vault", "--expired-vault"], 64),
    (["disclose", "13"], 64), (["disclose", "13", "--to", "x"], 64),
    (["disclose", "--register", "--to", "x"], 64),
    (["disclose", "99", "--to", "x", "-o", "d.json"], 66),
    (["disclose", "0", "--to", "x", "-o", "d.json"], 66),
    (["show", "13", "--disclose", "--on", "2020-01-01"], 64), (["show", "13", "--beyond-consent"], 64),
    (["show", "nobody", "--disclose"], 66),
  ]

  @Test("Backups and restorings that cannot be are refused with the right code", arguments: refusals)
  func refused(words: [String], code: Int32) throws {
    try withLedger { ledger in
      let before = try ledger.state()
      expectFailure(try ledger.annals(words), code)
      try expectUnchanged(ledger, since: before)
    }
  }
}
