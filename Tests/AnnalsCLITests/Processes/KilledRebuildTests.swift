// kill -9 in the middle of rebuilds: the old views serve on, and the next rebuild goes on where the last was cut off.

internal import CanonicalJSON
internal import Foundation
internal import TestSupport
internal import Testing

@Suite("A rebuild that is killed", .enabled(if: Database.isUsable))
struct KilledRebuildTests {
  /// ANNALS_TEST_SEED repeats the moments of an earlier run, as far as a machine can.
  private static let seed =
    ProcessInfo.processInfo.environment["ANNALS_TEST_SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0...UInt64.max)
  private static let rounds = 8

  @Test("Killed at any moment it leaves views that answer, and rebuilding comes to the same digest")
  func anyMoment() throws {
    print("KilledRebuildTests: seed \(Self.seed)")
    var generator = SeededGenerator(seed: Self.seed)
    try ManyEvents.withLedger { ledger in
      let digest = try ledger.rebuiltDigest()
      let question = ["status", "measure:e-10999", "--format", "json"]
      let expected = try ledger.annals(question)
      #expect(expected.how == .exit(0), "\(expected)")
      var (kills, resumed) = (0, 0)
      for round in 1...Self.rounds {
        let note: Testing.Comment = "seed \(Self.seed), round \(round)"
        // Now and then there are no views at all: a question makes them, and is killed.
        let isMissing = round % 4 == 0
        if isMissing { try FileManager.default.removeItem(atPath: ledger.path + "/views.db") }
        let before = try ledger.half() ?? 0
        let child = try ledger.start(isMissing ? question : ["rebuild"])
        usleep(UInt32.random(in: 0...3_000_000, using: &generator))
        child.kill()
        let ended = try child.wait()
        if ended.how == .signal(SIGKILL) { kills += 1 }
        if ended.errors.contains("going on with views") { resumed += 1 }
        #expect(!ended.errors.contains("going on with views") || before > 0 || isMissing, note)
        let after = try ledger.annals(question)
        #expect(after.how == .exit(0) && after.output == expected.output, "\(note) \(after)")
        #expect(try ledger.generations().count <= 2, note)
      }
      print("KilledRebuildTests: \(kills) of \(Self.rounds) killed, \(resumed) had gone on with a half")
      #expect(kills > 0, "the rebuilds end too fast to be killed")
      #expect(try ledger.rebuiltDigest() == digest, "seed \(Self.seed)")
      #expect(try ledger.generations() == [ledger.currentGeneration()])
      #expect(try ledger.annals("verify", "--quiet").how == .exit(0))
    }
  }

  /// Starts a command and kills it once the first batch of new views is committed.
  private func killInTheSecondBatch(_ ledger: TestLedger, _ arguments: [String]) throws {
    let child = try ledger.start(arguments)
    while child.isRunning, try ledger.half() ?? 0 < ManyEvents.batch {}
    child.kill()
    let ended = try child.wait()
    try #require(ended.how == .signal(SIGKILL), "\(ended)")
  }

  @Test("The next rebuild goes on from there and says so, unless it is to begin anew")
  func goesOn() throws {
    try ManyEvents.withLedger { ledger in
      let digest = try ledger.rebuiltDigest()
      try killInTheSecondBatch(ledger, ["rebuild"])
      let half = try #require(try ledger.half())
      #expect(half % ManyEvents.batch == 0 && half > 0)
      let resumed = try ledger.annals("rebuild", "--format", "json")
      #expect(resumed.how == .exit(0), "\(resumed)")
      #expect(
        resumed.errorLines == [
          "going on with views that were half made: \(half) of \(ManyEvents.size) events are projected already (annals rebuild --anew starts over)"
        ])
      #expect(try JSONValue(parsing: resumed.standardOutput)["digest"]?.string == digest)

      try killInTheSecondBatch(ledger, ["rebuild"])
      let anew = try ledger.annals("rebuild", "--anew", "--format", "json")
      #expect(anew.how == .exit(0) && anew.errors == "", "\(anew)")
      #expect(try JSONValue(parsing: anew.standardOutput)["digest"]?.string == digest)
      #expect(try ledger.generations() == [ledger.currentGeneration()])

      // A question that has to make the views goes on as well; --quiet says nothing of it, --verbose more.
      // The generation that served goes with the link: it would be taken for the half that is waited for.
      try #require(try ledger.shell("rm -f ledger/views*").how == .exit(0))
      try killInTheSecondBatch(ledger, ["status"])
      let asked = try ledger.annals("status", "measure:e-1", "--verbose")
      #expect(asked.how == .exit(0) && asked.errors.contains("going on with views"), "\(asked)")
      #expect(
        asked.errors.contains("\(2 * ManyEvents.batch) of \(ManyEvents.size) events projected"), "\(asked)")
    }
  }

  @Test(
    "On a terminal a rebuild draws how far it is, the rate and the time left",
    .enabled(if: find("script") != nil, "needs the command script"))
  func progress() throws {
    try ManyEvents.withLedger { ledger in
      let drawn = try ledger.shell("script -qec 'annals rebuild' /dev/null < /dev/null")
      #expect(drawn.how == .exit(0), "\(drawn)")
      let line = #/projecting: (8192|16384|17513) of 17513 \([0-9]+ a second, [0-9]+ s left\)/#
      #expect(drawn.output.contains(line), "\(drawn)")
      let quiet = try ledger.shell("script -qec 'annals rebuild --quiet' /dev/null < /dev/null")
      #expect(quiet.how == .exit(0) && !quiet.output.contains("projecting"), "\(quiet)")
    }
  }
}
