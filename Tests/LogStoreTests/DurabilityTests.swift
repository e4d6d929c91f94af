// What is in force on the connection that writes, what reaches the disk, and what a full disk leaves behind.

internal import Foundation
internal import GRDB
internal import LogStore
internal import Testing

@Suite("Durability")
struct DurabilityTests {
  @Test("The connection that writes is in WAL mode and forces each commit to the disk")
  func pragmas() throws {
    try withSQLiteLog { log throws in
      let pragmas = try log.writerPragmas()
      #expect(pragmas.journalMode == "wal")
      #expect(pragmas.synchronous == 2)
      #expect(pragmas.pageSizeBytes == 16_384)
      #expect(pragmas.walAutocheckpointPages == 1_000)
      #expect(pragmas.applicationID == 0x416E_6C73)
      #expect(pragmas.formatVersion == 2)
      try log.append([proposal(1)])
      #expect(try log.writerPragmas() == pragmas, "also after it has written")
      #expect(try SQLiteLog.open(at: log.path).writerPragmas() == pragmas)
    }
  }

  @Test("The write-ahead log is kept short for single events, and may grow tenfold for many at once")
  func checkpoints() throws {
    try withSQLiteLog { log throws in
      func pages() throws -> Int64 { try log.writerPragmas().walAutocheckpointPages }
      try log.append((0..<200).map { try proposal(UInt64($0)) })
      #expect(try pages() == 10_000)
      try log.append([proposal(1_000)])
      #expect(try pages() == 1_000)
    }
  }

  @Test("One append is one sync of the -wal file and no other", .enabled(if: Strace.isUsable, "needs strace"))
  func oneSyncPerCommit() throws {
    try withSQLiteLog { log throws in
      try log.append([proposal(1)])
      let batches = 5
      let trace = try Strace.syncs(of: log.path) {
        for batch in 1...batches {
          try log.append((0..<20).map { try proposal(UInt64(batch * 100 + $0)) })
        }
        // None of these writes.
        try log.append([proposal(1)])
        #expect(throws: LogError.self) { try log.append([proposal(1, tag: 2)]) }
        _ = try log.all()
      }
      #expect(trace.count == batches, "\(trace)")
      #expect(trace.allSatisfy { $0.contains("log.db-wal>") }, "\(trace)")
    }
  }

  @Test(
    "A full disk is told as such; the log stays as it was and goes on once there is space",
    .enabled(if: SmallDisk.isUsable, "needs the right to mount a tmpfs"))
  func fullDisk() throws {
    try withSmallDisk(bytes: 4 << 20) { disk throws in
      let log = try SQLiteLog.create(at: disk.file("log.db"))
      // Small batches meet the full disk at COMMIT, large ones while they are still being written.
      let batchSizes: [UInt64] = [1, 20]
      for batchSize in batchSizes { try disk.takeSpace("filler \(batchSize)", bytes: 1 << 20) }
      for batchSize in batchSizes {
        var next = UInt64(try log.head().size)
        var last: [Proposal] = []
        let error = #expect(throws: LogError.self) {
          while true {
            last = try (0..<batchSize).map { try proposal(next + $0) }
            let batch = last
            _ = try log.append(batch, expectedSize: nil) { _, new in
              new.map { leaf(batch[$0], bytes: [UInt8](repeating: 1, count: 30_000)) }
            }
            next += batchSize
          }
        }
        #expect(error == .diskFull(path: disk.file("log.db")))
        #expect(try log.head().size == Int64(next))
        #expect(try log.find(last[0].key) == nil)
        #expect(try log.all().count == Int(next))
        #expect(try SQLiteLog.open(at: disk.file("log.db"), access: .readOnly).head().size == Int64(next))
        try disk.fillUp("last")
        #expect(throws: LogError.diskFull(path: disk.file("new.db"))) {
          try SQLiteLog.create(at: disk.file("new.db"))
        }
        try disk.makeSpace("last")
        try disk.makeSpace("filler \(batchSize)")
        #expect(try log.append(last).first == .appended(position: Int64(next)))
      }
      let check = try rawConnection(disk.file("log.db")).read {
        try String.fetchOne($0, sql: "PRAGMA integrity_check")
      }
      #expect(check == "ok")
    }
  }

  @Test("What was appended is there for a process that finds the files as they are after a crash")
  func afterCrash() throws {
    try withDirectory { copy throws in
      try withSQLiteLog { log throws in
        try log.append((1...300).map { try proposal($0) })
        for name in ["log.db", "log.db-wal"] {
          let original = log.path.replacing("log.db", with: name)
          try FileManager.default.copyItem(atPath: original, toPath: copy.file(name))
        }
        // A commit that was under way: its last bytes never reached the disk.
        let wal = try FileHandle(forWritingTo: URL(fileURLWithPath: copy.file("log.db-wal")))
        try wal.seekToEnd()
        try wal.write(contentsOf: Data(repeating: 0x5A, count: 10_000))
        try wal.close()
        let recovered = try SQLiteLog.open(at: copy.file())
        #expect(try recovered.all().map(exactly) == log.all().map(exactly))
        #expect(try recovered.append([proposal(301)]) == [.appended(position: 300)])
      }
    }
  }
}
