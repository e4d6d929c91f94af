// A disk that is full, or fills up in the middle.

internal import Foundation
internal import Testing

@Suite("A full disk", .enabled(if: SmallDisk.isUsable, "no small disk can be mounted here"))
struct FullDiskTests {
  private static let append = ["append", "bill.introduced"] + goodFields()
  private static let testimony = [
    "append", "testimony.shared", "campaign=campaign:x", "occurred=2018", "country=CL", "person=Aurora",
    "narrative=" + String(repeating: "x", count: 20_000),
  ]

  /// Takes what is left of a disk.
  private func fill(_ disk: String) {
    let descriptor = open(disk + "/ballast", O_CREAT | O_WRONLY | O_APPEND, 0o600)
    let page = [UInt8](repeating: 0, count: 4_096)
    while write(descriptor, page, page.count) > 0 {}
    close(descriptor)
  }

  /// Every byte of a log and a vault.
  private func kept(_ ledger: String) -> [Data?] {
    ["log.db", "vault.db"].map { FileManager.default.contents(atPath: "\(ledger)/\($0)") }
  }

  @Test("init on a full disk says so, and makes the ledger once there is space")
  func makesNoLedger() throws {
    for bytes in [16_384, 131_072, 262_144, 393_216, 524_288] {
      try SmallDisk.with(bytes: 2 << 20) { disk in
        try Data(count: (2 << 20) - bytes).write(to: URL(fileURLWithPath: disk + "/ballast"))
        let ended = try Annals.run(["init", disk + "/ledger"])
        if ended.how != .exit(0) {
          expectFailure(ended, ended.code == 73 ? 73 : 74)
          #expect(ended.errors.contains("space") || ended.errors.contains("disk is full"), "\(ended)")
          try FileManager.default.removeItem(atPath: disk + "/ballast")
          let again = try Annals.run(["init", disk + "/ledger"])
          #expect(again.how == .exit(0), "with \(bytes) bytes at first: \(again)")
        }
        let status = try Annals.run(["status", "--ledger", disk + "/ledger"])
        // Where the log found its place and the views did not, that is told.
        if status.how != .exit(0) { expectFailure(status, 74, "the disk is full") }
        try? FileManager.default.removeItem(atPath: disk + "/ballast")
        #expect(try Annals.run(["status", "--ledger", disk + "/ledger"]).how == .exit(0))
      }
    }
  }

  @Test(
    "append on a full disk exits 74, records nothing, and works once there is space",
    arguments: [append, testimony])
  func appendsNothing(arguments: [String]) throws {
    try SmallDisk.with(bytes: 4 << 20) { disk in
      let ledger = disk + "/ledger"
      let arguments = arguments + ["--ledger", ledger, "id=E1"]
      #expect(try Annals.run(["init", ledger]).how == .exit(0))
      fill(disk)
      let before = kept(ledger)[0]
      for _ in 1...2 {
        let ended = try Annals.run(arguments)
        expectFailure(ended, 74, "the disk is full", "make space")
        #expect(ended.output == "")
        #expect(kept(ledger)[0] == before)
      }
      try FileManager.default.removeItem(atPath: disk + "/ballast")
      let ended = try Annals.run(arguments)
      #expect(ended.how == .exit(0) && ended.output == "position 13  id E1\n", "\(ended)")
    }
  }

  @Test("An import that fills the disk exits 74 and keeps whole batches; importing again completes it")
  func importStops() throws {
    try SmallDisk.with(bytes: 2 << 20) { disk in
      try withDirectory { directory in
        let ledger = disk + "/ledger"
        #expect(try Annals.run(["init", ledger]).how == .exit(0))
        let file = try directory.write("events.jsonl", Events.lines(2_500, sealed: 5))
        let ended = try Annals.run(["import", file, "--ledger", ledger])
        expectFailure(ended, 74, "disk is full")
        // With a larger disk under it, nothing else changed.
        #expect(try Annals.shell("mount -o remount,size=64m \(disk)", in: "/").how == .exit(0))
        let again = try Annals.run(["import", file, "--ledger", ledger])
        #expect(again.how == .exit(0), "\(again)")
        let counts = again.outputLines.last?.split(separator: " ").compactMap { Int($0) } ?? []
        try #require(counts.count == 3)
        #expect(counts[0] + counts[1] == 2_500 && counts[2] == 0, "\(again)")
        // Had all gone in the first time, this would be a test of nothing.
        #expect(counts[0] > 0, "the disk was not full")
        try expectWhole(ledger, events: 2_500)
      }
    }
  }
}
