// kill -9 in the middle of imports and appends, many times over, in one ledger.

internal import CanonicalJSON
internal import Foundation
internal import TestSupport
internal import Testing
internal import TransparencyLog

@Suite("Killed in the middle")
struct KilledTests {
  /// ANNALS_TEST_SEED repeats the moments of an earlier run, as far as a machine can.
  private static let seed =
    ProcessInfo.processInfo.environment["ANNALS_TEST_SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0...UInt64.max)

  /// How many kills there are, and at most how many imports to get them.
  private static let kills = 20
  private static let roundsMax = 60
  /// More than one batch: some batches stand when the kill comes.
  private static let eventsInRound = 1_200

  @Test(
    "After each of 20 kills every acknowledged event is there, nothing is half written, and the rest goes in")
  func imports() throws {
    print("KilledTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed)
    try withLedger { ledger in
      var acknowledged: [String] = []
      var (round, kills, torn) = (0, 0, 0)
      var delayMaxMicroseconds: UInt32 = 900_000
      while kills < Self.kills && round < Self.roundsMax {
        round += 1
        // Half of the events are sealed: the vault is written in front of the log each time.
        let name = "r\(round).jsonl"
        try ledger.home.write(name, Events.lines(Self.eventsInRound, prefix: "R\(round)", sealed: 2))
        let child = try ledger.start(["import", name])
        let isAimed = round % 2 == 0
        if isAimed { waitForVault(of: ledger, while: child) }
        usleep(UInt32.random(in: 0...(isAimed ? 60_000 : delayMaxMicroseconds), using: &generator))
        child.kill()
        let ended = try child.wait()
        let ids = (0..<Self.eventsInRound).map { "R\(round)-\($0)" }
        if ended.how == .exit(0) {
          acknowledged += ids
          // Too late: a faster machine is killed sooner.
          delayMaxMicroseconds = max(20_000, delayMaxMicroseconds * 2 / 3)
        } else {
          #expect(ended.how == .signal(SIGKILL), "seed \(Self.seed), round \(round): \(ended)")
          kills += 1
          if try leftBehind(ledger) { torn += 1 }
        }
        let size = try check(ledger, acknowledged: acknowledged, round: round)
        if round % 4 == 0 {
          try checkViews(ledger, round: round)
          // Importing again completes the file, from whatever was there.
          let again = try ledger.annals("import", name)
          #expect(again.how == .exit(0), "seed \(Self.seed), round \(round): \(again)")
          let counts = again.output.split(separator: " ").compactMap { Int64($0) }
          #expect(counts.count == 3 && counts[0] + counts[1] == Int64(ids.count), "\(again)")
          #expect(try ledger.size() == size + (counts.first ?? 0))
          if ended.how != .exit(0) { acknowledged += ids }
        }
        let appended = try ledger.annals(
          "append", "testimony.shared", "id=A\(round)", "campaign=campaign:c", "occurred=2018", "person=A",
          "--quiet")
        #expect(appended.how == .exit(0), "\(appended)")
        acknowledged.append("A\(round)")
      }
      #expect(kills == Self.kills, "the imports end too fast to be killed")
      print("KilledTests: \(round) rounds, \(kills) kills, \(torn) of them between the vault and the log")
      // At the end everything, by a look at every event.
      let ids = Set(try expectWhole(ledger.path))
      #expect(ids.isSuperset(of: acknowledged), "seed \(Self.seed)")
    }
  }

  /// Waits until the vault was written, so that the kill falls near the moment between it and the log.
  private func waitForVault(of ledger: TestLedger, while child: ChildProcess) {
    func changed() -> Date? {
      let attributes = try? FileManager.default.attributesOfItem(atPath: ledger.path + "/vault.db")
      return attributes?[.modificationDate] as? Date
    }
    let before = changed()
    while child.isRunning && changed() == before { usleep(500) }
  }

  @Test("An append that is killed is there or not, is there if it was told, and can be repeated")
  func appends() throws {
    print("KilledTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed &+ 2)
    try withLedger { ledger in
      var (told, kills) = (0, 0)
      for round in 1...24 {
        let append = [
          "append", "testimony.shared", "id=K\(round)", "campaign=campaign:c", "occurred=2018", "person=A",
          "--quiet",
        ]
        let child = try ledger.start(append)
        usleep(UInt32.random(in: 10_000...350_000, using: &generator))
        child.kill()
        let ended = try child.wait()
        let again = try ledger.annals(append)
        let position = Int(TestLedger.sizeAtFirst) + round - 1
        #expect(again.output == "position \(position)  id K\(round)\n", "seed \(Self.seed): \(again)")
        if ended.how == .signal(SIGKILL) { kills += 1 }
        if !ended.standardOutput.isEmpty {
          told += 1
          #expect(ended.output == again.output, "told and not there: \(ended)")
        }
      }
      print("KilledTests: \(kills) of 24 appends killed, \(told) told")
      try expectWhole(ledger.path, events: 24)
    }
  }

  @Test("Disclosures that a crash left without their event are swept by the next look, or by the next append")
  func orphans() throws {
    for firstLook in [["status"], ["replay"], ["append", "bill.introduced"] + goodFields()] {
      try withLedger { ledger in
        // The very state between the two commits: the vault of an append, and the log without it.
        try ledger.home.write("sealed.jsonl", Events.lines(20, sealed: 1))
        let log = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.db"))
        #expect(try ledger.annals("import", "sealed.jsonl").how == .exit(0))
        try log.write(to: URL(fileURLWithPath: ledger.path + "/log.db"))
        try FileManager.default.removeItem(atPath: ledger.path + "/views.db")
        #expect(try leftBehind(ledger) || !Database.isUsable)
        #expect(try ledger.annals(firstLook).how == .exit(0))
        #expect(try !leftBehind(ledger), "not swept by \(firstLook)")
        let again = try ledger.annals("import", "sealed.jsonl")
        #expect(again.output == "20 added, 0 already there, 0 refused\n", "\(again)")
        try expectWhole(ledger.path)
      }
    }
  }

  /// Whether the vault holds what the log does not: the kill fell between the two.
  private func leftBehind(_ ledger: TestLedger) throws -> Bool {
    guard Database.isUsable, FileManager.default.fileExists(atPath: ledger.path + "/vault.db") else {
      return false
    }
    // Looked at in copies, so that the recovery is left to the program.
    return try withDirectory { copy in
      for name in try FileManager.default.contentsOfDirectory(atPath: ledger.path)
      where !name.hasPrefix("views") {
        try FileManager.default.copyItem(atPath: "\(ledger.path)/\(name)", toPath: copy.file(name))
      }
      let size = try Database.run("SELECT max(position) FROM event", on: copy.file("log.db"))
      // A vault that was cut off while it was made has no table yet, and holds nothing.
      let vault = copy.file("vault.db")
      let tables = try Database.run("SELECT count(*) FROM sqlite_schema WHERE name = 'disclosure'", on: vault)
      if tables == ["0"] { return false }
      let kept = try Database.run("SELECT max(position) FROM disclosure", on: vault)
      return (Int(kept.first ?? "") ?? -1) > (Int(size.first ?? "") ?? -1)
    }
  }

  /// What must hold after each kill, by few looks: the long way round is at the end.
  private func check(_ ledger: TestLedger, acknowledged: [String], round: Int) throws -> Int64 {
    let note: Testing.Comment = "seed \(Self.seed), round \(round)"
    let before = try ledger.annals("status", "CL", "--format", "json")
    #expect(before.how == .exit(0) && before.errors == "", "\(note) \(before)")
    let size = try #require(JSONValue(parsing: before.standardOutput)["size"]?.integer)
    guard Database.isUsable else { return size }
    let log = ledger.path + "/log.db"
    #expect(
      try Database.run(
        "SELECT count(*), min(position), max(position), count(DISTINCT id) FROM event", on: log)
        == ["\(size)|0|\(size - 1)|\(size)"], note)
    let last = acknowledged.suffix(3_000).map { "'\($0)'" }.joined(separator: ",")
    #expect(
      try Database.run(
        "SELECT count(*) FROM event WHERE json_extract(CAST(leaf AS TEXT), '$.id') IN (\(last))", on: log)
        == ["\(min(3_000, acknowledged.count))"], note)
    let vault = ledger.path + "/vault.db"
    guard FileManager.default.fileExists(atPath: vault) else { return size }
    #expect(try Database.run("PRAGMA integrity_check", on: log) == ["ok"], note)
    // Every digest in the log has its disclosure and the other way round, counted and compared within the database.
    let differing = try Database.run(
      """
      ATTACH '\(log)' AS log;
      CREATE TEMP TABLE sealed AS SELECT position, value AS digest FROM log.event,
        json_each(json_extract(CAST(leaf AS TEXT), '$.data._sd'));
      SELECT (SELECT count(*) FROM (SELECT position, digest FROM sealed EXCEPT SELECT position, digest FROM disclosure)),
        (SELECT count(*) FROM (SELECT position, digest FROM disclosure EXCEPT SELECT position, digest FROM sealed))
      """, on: vault)
    #expect(differing == ["0|0"], note)
    return size
  }

  /// The views as they caught up, against those made anew.
  private func checkViews(_ ledger: TestLedger, round: Int) throws {
    let grown = try ledger.annals("status", "--format", "json")
    #expect(grown.how == .exit(0), "\(grown)")
    #expect(try ledger.annals("rebuild").how == .exit(0))
    let rebuilt = try ledger.annals("status", "--format", "json")
    #expect(
      grown.standardOutput == rebuilt.standardOutput, "seed \(Self.seed), round \(round): the views differ")
  }

  @Test("init that is killed leaves nothing that the next init does not finish")
  func beginnings() throws {
    print("KilledTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed &+ 1)
    var unfinished = 0
    for round in 1...16 {
      try withDirectory { directory throws in
        let child = try Annals.start(["init", "ledger"], in: directory.path)
        usleep(UInt32.random(in: 1_000...400_000, using: &generator))
        child.kill()
        let ended = try child.wait()
        let status = try Annals.run(["status", "--ledger", "ledger"], in: directory.path)
        if status.how != .exit(0) {
          unfinished += 1
          expectFailure(status, 66)
          #expect(ended.how != .exit(0), "acknowledged and not there: \(ended)")
          let again = try Annals.run(["init", "ledger"], in: directory.path)
          #expect(again.how == .exit(0), "seed \(Self.seed), round \(round): \(again)")
        }
        try expectWhole(directory.file("ledger"), events: 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.file("ledger"))
        #expect(files.filter { !["keys", "log.db"].contains($0) && !$0.hasPrefix("views") } == [])
      }
    }
    print("KilledTests: \(unfinished) of 16 inits unfinished")
  }

  @Test(
    "Signing and changing keys, killed in the middle, leave keys that sign, and no checkpoint that is taken back"
  )
  func signing() throws {
    print("KilledTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed &+ 3)
    try withLedger { ledger in
      var (kills, given) = (0, [String]())
      for round in 1...24 {
        let append = ["append", "bill.introduced", "id=E\(round)", "--quiet"] + goodFields(round)
        #expect(try ledger.annals(append).how == .exit(0))
        let child = try ledger.start(
          round % 2 == 0 ? ["keys", "rotate", "--reason", "r"] : ["checkpoint", "-o", "cp-\(round)"])
        usleep(UInt32.random(in: 5_000...200_000, using: &generator))
        child.kill()
        if try child.wait().how == .signal(SIGKILL) { kills += 1 }
        if FileManager.default.fileExists(atPath: ledger.home.file("cp-\(round)")) {
          given.append("cp-\(round)")
        }
        let note = try ledger.annals("checkpoint", "-o", "after-\(round)")
        #expect(note.how == .exit(0), "seed \(Self.seed), round \(round): \(note)")
        given.append("after-\(round)")
      }
      print("KilledTests: \(kills) of 24 killed while they signed")
      var roots = [MerkleHash.emptyRoot]
      var tree = TreeFrontier()
      for line in try ledger.annals("replay").outputLines {
        tree.append(.leaf(line.utf8))
        roots.append(tree.root)
      }
      let listed =
        try JSONValue(parsing: ledger.annals("keys", "--format", "json").standardOutput)["keys"]?.array ?? []
      let keys = try listed.map { try VerifierKey(parsing: $0["verifierKey"]?.string ?? "") }
      var last: UInt64 = 0
      for name in given {
        let note = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ledger.home.file(name))))
        let verified = try VerifiedCheckpoint(verifying: note, origin: "example.org/test", logKeys: keys)
          .checkpoint
        #expect(verified.root == roots[Int(verified.size)], "seed \(Self.seed), \(name)")
        #expect(verified.size >= last, "seed \(Self.seed), \(name)")
        last = verified.size
      }
      try expectWhole(ledger.path)
    }
  }

  @Test(
    "Catching up that is killed has caught up so far, and goes on from there",
    arguments: ["newer.db", "public"])
  func catchingUp(source: String) throws {
    print("KilledTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed &+ 4)
    try withLedger { ledger in
      let log = ledger.path + "/log.db"
      let old = try Data(contentsOf: URL(fileURLWithPath: log))
      try ledger.home.write("events.jsonl", Events.lines(3_000, sealed: 5))
      #expect(try ledger.annals("import", "events.jsonl").how == .exit(0))
      #expect(try ledger.annals("publish", "public").how == .exit(0))
      try FileManager.default.copyItem(atPath: log, toPath: ledger.home.file("newer.db"))
      try old.write(to: URL(fileURLWithPath: log))
      var (kills, size) = (0, TestLedger.sizeAtFirst)
      for round in 1...12 {
        let child = try ledger.start(["catch-up", source])
        usleep(UInt32.random(in: 50_000...900_000, using: &generator))
        child.kill()
        let ended = try child.wait()
        let now = try ledger.size()
        #expect(now >= size, "seed \(Self.seed), round \(round)")
        size = now
        if ended.how == .exit(0) { break }
        kills += 1
        if size < 3_013 { expectFailure(try ledger.annals("checkpoint"), 80, "has \(size) events") }
      }
      print("KilledTests: caught up after \(kills) kills")
      #expect(try ledger.annals("catch-up", source).how == .exit(0))
      #expect(try ledger.annals("checkpoint").how == .exit(0))
      try expectWhole(ledger.path, events: 3_000)
    }
  }
}
