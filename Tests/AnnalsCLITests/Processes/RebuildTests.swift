// annals rebuild while others ask, append and rebuild: the old views serve until the new ones are whole.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("annals rebuild among others")
struct RebuildTests {
  /// What an answer says: how many events it knows, and how many of them lack a source (each of ours does).
  private func counts(_ ended: Ended) throws -> (size: Int64, unsourced: Int64) {
    #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
    let document = try JSONValue(parsing: ended.standardOutput)
    let row = document["rows"]?.array?.first { $0["country"]?.string == "CL" }
    return (document["size"]?.integer ?? -1, row?["unsourced"]?.integer ?? -1)
  }

  @Test("Processes that ask while others rebuild and append get whole answers, of a log that only grows")
  func neverHalf() throws {
    try ManyEvents.withLedger { ledger in
      let rebuilding = try ledger.startShell("annals rebuild --quiet && annals rebuild --quiet")
      var (polls, appended, last) = (0, Int64(0), Int64(0))
      var generations: Set<String> = []
      while rebuilding.isRunning {
        let (size, unsourced) = try counts(ledger.annals("evidence", "CL", "--format", "json"))
        #expect(unsourced == size - TestLedger.sizeAtFirst, "half of the views")
        #expect(size >= last && size == ManyEvents.size + appended)
        last = size
        polls += 1
        if let name = ledger.currentGeneration() { generations.insert(name) }
        let append = ["append", "bill.introduced", "id=A\(polls)", "--quiet", "subject=measure:a-\(polls)"]
        let ended = try ledger.annals(
          append + ["occurred=2024", "country=CL", "identifier=1", "chamber=s", "unsourced=true"])
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
        appended += 1
      }
      let ended = try rebuilding.wait()
      #expect(ended.how == .exit(0), "\(ended)")
      #expect(polls > 2 && generations.count > 1, "nothing was asked meanwhile")
      let (size, unsourced) = try counts(ledger.annals("evidence", "CL", "--format", "json"))
      #expect(size == ManyEvents.size + appended && unsourced == size - TestLedger.sizeAtFirst)
      #expect(try ledger.generations() == [ledger.currentGeneration()])
    }
  }

  @Test(
    "Two rebuilds at once give the same digest, one after the other, or the second says that it has to wait")
  func twoAtOnce() throws {
    try withLedger { ledger in
      try ledger.home.write("events.jsonl", Events.lines(1_500))
      try #require(try ledger.annals("import", "events.jsonl", "--quiet").how == .exit(0))
      let children = try (0..<3).map { _ in try ledger.start(["rebuild", "--format", "json"]) }
      var outputs: Set<String> = []
      for ended in try children.map({ try $0.wait() }) {
        if ended.how == .exit(0) {
          outputs.insert(ended.output)
        } else {
          expectFailure(ended, 75, "a rebuild is under way")
        }
      }
      #expect(outputs.count == 1)
      #expect(try ledger.generations() == [ledger.currentGeneration()])
    }
  }

  @Test(
    "While somebody else rebuilds, a rebuild exits 75 in the end; questions and appends do not wait for it")
  func busy() throws {
    try withLedger { ledger in
      #expect(try ledger.annals(["append", "bill.introduced"] + goodFields()).how == .exit(0))
      let descriptor = open(ledger.path + "/views.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      defer { close(descriptor) }
      let second = try ledger.start(["rebuild"])
      #expect(try ledger.annals("status", "CL").how == .exit(0))
      let appended = try ledger.annals(["append", "bill.introduced"] + goodFields(2))
      #expect(appended.how == .exit(0) && !appended.errors.contains("warning"), "\(appended)")
      #expect(second.isRunning, "it waits")
      expectFailure(try second.wait(), 75, "a rebuild is under way", "try again")
      // Where there are no views yet, an append does not wait for them either, and they have its event in the end.
      try FileManager.default.removeItem(atPath: ledger.path + "/views.db")
      let third = try ledger.annals(["append", "bill.introduced"] + goodFields(3))
      #expect(third.how == .exit(0) && !third.errors.contains("warning"), "\(third)")
      #expect(flock(descriptor, LOCK_UN) == 0)
      try expectWhole(ledger.path, events: 3)
    }
  }

  @Test(
    "While a vocabulary is adopted and the views are made anew, others get whole answers before and after")
  func adoptedMeanwhile() throws {
    try withLedger { ledger in
      try ledger.home.write("events.jsonl", Events.lines(1_200))
      try ledger.home.write("climate.json", Climate.text)
      try #require(try ledger.annals("import", "events.jsonl", "--quiet").how == .exit(0))
      let before = ledger.currentGeneration()
      let adopting = try ledger.start(["vocabulary", "adopt", "climate.json", "--quiet"])
      var polls = 0
      while adopting.isRunning {
        let (size, unsourced) = try counts(ledger.annals("evidence", "CL", "--format", "json"))
        #expect([1_213, 1_215].contains(size) && unsourced == 1_200)
        polls += 1
      }
      let ended = try adopting.wait()
      #expect(ended.how == .exit(0) && ended.errors == "" && polls > 0, "\(ended)")
      #expect(try counts(ledger.annals("evidence", "CL", "--format", "json")) == (1_215, 1_200))
      #expect(ledger.currentGeneration() != before)
      #expect(try ledger.generations() == [ledger.currentGeneration()])
      try expectWhole(ledger.path, events: 1_202)
    }
  }

  // MARK: Files

  @Test("What crashes left beside the views is cleared away, and a file of before gives way to a link")
  func leftBehind() throws {
    try withRecord { ledger in
      let expected = try ledger.annals("status", "--format", "json")
      let current = try #require(ledger.currentGeneration())
      let stale = "views-00000000000000aa.db"
      let made = try ledger.shell(
        """
        cd ledger && cp \(current) \(stale) && head -c 9000 /dev/urandom > \(stale)-wal &&
        head -c 9000 /dev/urandom > views-00000000000000ab.db-wal && ln -s \(stale) views-00000000000000ac.db.link
        """)
      try #require(made.how == .exit(0), "\(made)")
      #expect(try ledger.annals("status", "--format", "json").output == expected.output)
      #expect(try ledger.generations() == [current])
      let names = { try FileManager.default.contentsOfDirectory(atPath: ledger.path).sorted() }
      #expect(try names().filter { $0.hasPrefix("views-0000") } == [])

      let plain = try ledger.shell(
        "cd ledger && cp \(current) plain && mv plain views.db && head -c 9000 /dev/urandom > views.db-wal")
      try #require(plain.how == .exit(0), "\(plain)")
      #expect(try ledger.annals("status", "--format", "json").output == expected.output)
      let next = try #require(ledger.currentGeneration())
      #expect(try ledger.generations() == [next])
      #expect(try names().filter { $0.hasPrefix("views.db") } == ["views.db"])
    }
  }

  @Test(
    "A copy of the directory asks the same views, and those of another ledger are made anew",
    arguments: ["cp -a ledger copy", "cp -r ledger copy", "tar c ledger | tar x --transform s/^ledger/copy/"])
  func copied(how: String) throws {
    try withRecord { ledger in
      let expected = try ledger.annals("status", "--format", "json")
      try #require(try ledger.shell(how).how == .exit(0))
      let copy = TestLedger(home: ledger.home)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: ledger.home.file("copy/views.db"))
          == copy.currentGeneration())
      let asked = try ledger.annals("status", "--format", "json", "--ledger", "copy")
      #expect(asked.output == expected.output && asked.errors == "", "\(asked)")
      // The copy has views of its own.
      try #require(try ledger.annals("rebuild", "--ledger", "copy", "--quiet").how == .exit(0))
      #expect(try ledger.annals("status", "--format", "json").output == expected.output)
      try withLedger { other in
        let put = try other.shell("rm -f ledger/views* && cp -a '\(ledger.path)'/views* ledger/")
        try #require(put.how == .exit(0), "\(put)")
        #expect(try other.size() == TestLedger.sizeAtFirst)
        try expectWhole(other.path, events: 0)
      }
    }
  }

  @Test(
    "An event that cannot be read stops a rebuild with its position and its type; the old views serve on",
    .enabled(if: Database.isUsable))
  func unreadable() throws {
    try withLedger { ledger in
      try ledger.home.write("events.jsonl", Events.lines(40))
      try #require(try ledger.annals("import", "events.jsonl", "--quiet").how == .exit(0))
      let before = try ledger.annals("status", "CL", "--format", "json")
      let current = ledger.currentGeneration()
      let log = ledger.path + "/log.db"
      let guardian = try Database.run(
        "SELECT sql FROM sqlite_schema WHERE name = 'event_refuses_update'", on: log
      ).joined(separator: "\n")
      try Database.run(
        "DROP TRIGGER event_refuses_update; UPDATE event SET leaf = substr(leaf, 2) WHERE position = 30; "
          + guardian, on: log)
      for arguments in [["rebuild"], ["rebuild", "--format", "json"], ["rebuild", "--anew"]] {
        let ended = try ledger.annals(arguments)
        expectFailure(ended, 65, "position 30", "bill.introduced", "annals verify")
        #expect(ended.output == "")
      }
      let after = try ledger.annals("status", "CL", "--format", "json")
      #expect(after.how == .exit(0) && after.output == before.output, "\(after)")
      #expect(ledger.currentGeneration() == current)
      let verified = try ledger.annals("verify")
      #expect(verified.how == .exit(1) && verified.output.contains("30"), "\(verified)")
    }
  }
}
