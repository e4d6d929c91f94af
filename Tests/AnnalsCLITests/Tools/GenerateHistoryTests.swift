// Tools/generate-history: the same bytes for everyone who measures, and nothing in them that a ledger refuses.

internal import CanonicalJSON
internal import Foundation
internal import Testing
internal import TransparencyLog

@Suite("Tools/generate-history", .enabled(if: find("python3") != nil, "python3 is missing"))
struct GenerateHistoryTests {
  private func history(_ arguments: [String]) throws -> [UInt8] {
    let tool = repository.appendingPathComponent("Tools/generate-history").path
    let ended = try ChildProcess(
      try #require(find("python3")), [tool] + arguments, environment: Annals.environment(), in: "/"
    ).wait()
    try #require(ended.how == .exit(0) && ended.errors.isEmpty, "\(ended)")
    return ended.standardOutput
  }

  @Test(
    "A history is the same to the byte on every machine",
    arguments: [
      (["3000"], "ccddcc44081aa29bf00008f7bd04dfcbe3d26fd6f382414183d3624b6df5b186"),
      (["3000", "--testimonies"], "d3c7d1e4d4aa587253e62ee0c82cf7036236b412e8415173e25a1a7bc01fb441"),
      (["3000", "--seed", "2"], "4cdb264a3d0ce9d4b56472ee5d0234126c296c29792faadb52369aa37608455a"),
    ])
  func bytes(arguments: [String], digest: String) throws {
    // SHA-256 of a zero byte and the history: the hash of a leaf.
    #expect(MerkleHash.leaf(try history(arguments)).hex == digest)
  }

  @Test("A longer history begins with the shorter one, and an event takes about 400 bytes")
  func prefix() throws {
    let (short, long) = (try history(["500"]), try history(["2000"]))
    #expect(long.starts(with: short) && long.count > short.count)
    #expect((350...450).contains(long.count / 2000), "\(long.count)")
  }

  @Test("A ledger takes in all of it", arguments: [[], ["--testimonies"]])
  func accepted(arguments: [String]) throws {
    try withLedger { ledger in
      let tool = repository.appendingPathComponent("Tools/generate-history").path
      let made = try ledger.shell(
        "python3 '\(tool)' 1500 \(arguments.joined(separator: " ")) >history.jsonl")
      try #require(made.how == .exit(0), "\(made)")
      let imported = try ledger.annals("import", "history.jsonl", "--format", "json")
      #expect(imported.how == .exit(0), "\(imported)")
      let document = try JSONValue(parsing: imported.standardOutput)
      #expect(document["added"]?.integer == 1500 && document["refused"]?.integer == 0, "\(imported)")
    }
  }
}
