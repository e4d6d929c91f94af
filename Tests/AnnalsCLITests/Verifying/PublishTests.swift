// annals publish and annals verify on what was published, as processes.

internal import CanonicalJSON
internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Publishing")
struct PublishTests {
  private func key(_ ledger: TestLedger) throws -> String {
    try ledger.annals("keys").output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("What is published is what the ledger has, and is verified with its key alone")
  func publishes() throws {
    try withLedger { ledger in
      let done = try ledger.annals("publish", "public", "--format", "json")
      #expect(done.how == .exit(0) && done.errors == "", "\(done)")
      let document = try JSONValue(parsing: done.standardOutput)
      #expect(document["root"]?.string == (try ledger.root()))
      #expect(document["size"]?.integer == TestLedger.sizeAtFirst && document["filesWritten"]?.integer == 3)
      // Nothing of the ledger is needed any more.
      let key = try key(ledger)
      try FileManager.default.removeItem(atPath: ledger.path)
      let found = try ledger.annals("verify", "public", "--key", key)
      #expect(found.how == .exit(0) && found.errors == "", "\(found)")
      #expect(found.output.contains("13 events") && found.output.contains("intact, 13 of them signed for"))
    }
  }

  @Test("The log's own key is taken where the ledger is at hand, and asked for where it is not")
  func keys() throws {
    try withLedger { ledger in
      try #require(try ledger.annals("publish", "public").how == .exit(0))
      #expect(try ledger.annals("verify", "public").how == .exit(0))
      let without = try ledger.annals("verify", "public", "--ledger", "nowhere")
      expectFailure(without, 64, "--key")
      expectFailure(try ledger.annals("verify", "public", "--key", "example.org"), 64, "verifier key")
    }
  }

  @Test("Publishing goes on after the key was changed, and old checkpoints are still continued")
  func rotation() throws {
    try withLedger { ledger in
      try #require(try ledger.annals("publish", "public").how == .exit(0))
      try FileManager.default.copyItem(
        atPath: ledger.home.file("public/checkpoint"), toPath: ledger.home.file("kept"))
      let old = try key(ledger)
      try #require(try ledger.annals("keys", "rotate", "--reason", "routine").how == .exit(0))
      let new = try ledger.annals("keys").outputLines.last ?? ""
      #expect(try ledger.annals("publish", "public").how == .exit(0))
      #expect(try ledger.annals("verify", "public").how == .exit(0))
      #expect(try ledger.annals("verify", "--since", "kept").how == .exit(0))
      let both = ["verify", "public", "--since", "kept", "--key", old, "--key", new]
      #expect(try ledger.annals(both).how == .exit(0))
      let ended = try ledger.annals("verify", "public", "--key", old)
      #expect(ended.how == .exit(1) && ended.output.contains("bad signature"), "\(ended)")
    }
  }

  @Test("A log that goes another way, or back, is not published over the one that is public")
  func forks() throws {
    try withLedger { ledger in
      try FileManager.default.copyItem(atPath: ledger.path, toPath: ledger.home.file("before"))
      try #require(try ledger.annals(["append", "bill.introduced"] + goodFields(1)).how == .exit(0))
      try #require(try ledger.annals("publish", "public").how == .exit(0))
      expectFailure(
        try ledger.annals("publish", "public", "--ledger", "before"), 80, "14 events are published")
      for number in 2...3 {
        try #require(
          try ledger.annals(["append", "bill.introduced", "--ledger", "before"] + goodFields(number)).how
            == .exit(0))
      }
      expectFailure(try ledger.annals("publish", "public", "--ledger", "before"), 80, "Two histories")
      #expect(try ledger.annals("verify", "public").how == .exit(0))
    }
  }

  @Test("Neither another log's place nor a file that differs is written over")
  func foreignPlaces() throws {
    try withLedger { ledger in
      try #require(try ledger.annals("publish", "public").how == .exit(0))
      let made = try ledger.annals("init", "other", "--origin", "example.org/other")
      try #require(made.how == .exit(0))
      expectFailure(try ledger.annals("publish", "public", "--ledger", "other"), 73, "not this log's")
      try ledger.home.write("public/tile/entries/000.p/13", "something else")
      expectFailure(try ledger.annals("publish", "public"), 73, "tile/entries/000.p/13", "was left as it is")
      #expect(try ledger.home.read("public/tile/entries/000.p/13") == Array("something else".utf8))
      expectFailure(try ledger.annals("publish", "nowhere/deep"), 66, "nowhere/deep")
    }
  }

  @Test("A published log with something wrong is refused with kind, position and file, in every format")
  func formats() throws {
    try withLedger { ledger in
      try #require(try ledger.annals("publish", "public").how == .exit(0))
      var bytes = try ledger.home.read("public/tile/0/000.p/13")
      bytes[32 * 7] ^= 1
      try ledger.home.write("public/tile/0/000.p/13", bytes)
      let file = "tile/0/000.p/13"
      let text = try ledger.annals("verify", "public")
      #expect(
        text.how == .exit(1) && text.output.contains("altered tile at position 7 (\(file)): "), "\(text)")
      #expect(text.errors == "")
      let lines = try ledger.annals("verify", "public", "--format", "jsonl").outputLines
      #expect(lines.count == 1)
      let row = try JSONValue(parsing: Array((lines.first ?? "").utf8))
      #expect(row["kind"]?.string == "altered-tile" && row["position"]?.integer == 7)
      #expect(row["file"]?.string == file && row["detail"]?.string?.isEmpty == false)
      let table = try ledger.annals("verify", "public", "--format", "csv").outputLines
      #expect(table.count == 2 && table.first == "kind,position,file,detail")
      #expect(table.last?.hasPrefix("altered-tile,7,\(file),") == true)
      let document = try JSONValue(
        parsing: ledger.annals("verify", "public", "--format", "json").standardOutput)
      #expect(document["ok"] == .bool(false) && document["signedSize"]?.integer == 0)
    }
  }

  @Test("A checkpoint to compare with that is none of this log is refused as input, not as a finding")
  func keptOfAnother() throws {
    try withLedger { ledger in
      try ledger.home.write("text", "Dear diary\n")
      expectFailure(try ledger.annals("verify", "--since", "text"), 65, "text is no checkpoint of this log")
      expectFailure(try ledger.annals("verify", "--since", "nowhere"), 66, "nowhere")
      expectFailure(try ledger.annals("verify", "nowhere"), 66, "nowhere")
    }
  }

  @Test("After kill -9 at any moment what is published verifies, and publishing again completes it")
  func killed() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("PublishTests: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    try withLedger { ledger in
      let key = try key(ledger)
      var (kills, published) = (0, false)
      for round in 0..<10 {
        try ledger.home.write("more.jsonl", Events.lines(150, prefix: "R\(round)-"))
        try #require(try ledger.annals("import", "more.jsonl").how == .exit(0))
        let child = try ledger.start(["publish", "public"])
        usleep(UInt32(random.below(150_000)))
        child.kill()
        let ended = try child.wait()
        if ended.how != .exit(0) { kills += 1 }
        let isThere = FileManager.default.fileExists(atPath: ledger.home.file("public/checkpoint"))
        #expect(isThere || !published, "seed \(seed)")
        published = isThere
        if isThere {
          let found = try ledger.annals("verify", "public", "--key", key)
          #expect(found.how == .exit(0), "seed \(seed), round \(round): \(found)")
        }
        if round % 3 == 2 {
          try #require(try ledger.annals("publish", "public").how == .exit(0))
          published = true
          let names = try FileManager.default.subpathsOfDirectory(atPath: ledger.home.file("public"))
          #expect(!names.contains { $0.hasSuffix(".tmp") }, "seed \(seed): \(names)")
        }
      }
      print("PublishTests: \(kills) kills")
    }
  }
}
