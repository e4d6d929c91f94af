// Several connections to one file: writers wait for each other within bounds, readers for nobody.

internal import Dispatch
internal import GRDB
internal import LogStore
internal import Testing

@Suite("Several connections")
struct ConcurrencyTests {
  @Test("While another program holds the write lock, an append ends in busy and reading goes on")
  func busy() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try SQLiteLog.create(at: path).append([proposal(1)])
      let log = try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 30)
      let raw = try rawConnection(path)
      try raw.writeWithoutTransaction { database throws in
        try database.execute(sql: "BEGIN IMMEDIATE")
        try database.execute(
          sql: """
            INSERT INTO event (position, id, tag, subject, version, recorded, leaf)
            VALUES (1, randomblob(16), zeroblob(16), 'bill:z', 1, 5000, x'01')
            """)
        let error = #expect(throws: LogError.self) { try log.append([proposal(2)]) }
        guard case .busy(let waited) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(waited >= 25)
        #expect(error?.isRetryable == true)
        #expect(try log.head().size == 1)
        #expect(try log.all().count == 1)
        #expect(try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 30).head().size == 1)
        try database.execute(sql: "ROLLBACK")
      }
      #expect(try log.append([proposal(2)]) == [.appended(position: 1)])
    }
  }

  @Test("A file locked against everybody ends in busy, on opening, reading and appending")
  func exclusivelyLocked() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try SQLiteLog.create(at: path).append([proposal(1)])
      let raw = try rawConnection(path)
      try raw.writeWithoutTransaction { database throws in
        try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")
      }
      for access in [SQLiteLog.Access.readWrite, .readOnly] {
        let error = #expect(throws: LogError.self) {
          try SQLiteLog.open(at: path, access: access, busyTimeoutMilliseconds: 20)
        }
        guard case .busy = error else {
          Issue.record("\(access): \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test("A log that is taken out of WAL mode and held elsewhere ends in busy when opened")
  func rollbackJournalHeldElsewhere() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try SQLiteLog.create(at: path).append([proposal(1)])
      let raw = try rawConnection(path)
      try raw.writeWithoutTransaction { database throws in
        try database.execute(sql: "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
        let error = #expect(throws: LogError.self) {
          try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 20)
        }
        guard case .busy = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        try database.execute(sql: "ROLLBACK")
      }
    }
  }

  @Test("An append from inside the stamp of the same log ends in busy and both logs of a file stay usable")
  func appendInsideStamp() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      _ = try SQLiteLog.create(at: path)
      let log = try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 10)
      let other = try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 10)
      let offer = try proposal(1)
      _ = try log.append([offer], expectedSize: nil) { _, _ in
        for inner in [log, other] {
          let error = #expect(throws: LogError.self) { try inner.append([proposal(2)]) }
          if case .busy = error { continue }
          Issue.record("\(String(describing: error))")
        }
        return [leaf(offer)]
      }
      #expect(try other.append([proposal(2)]) == [.appended(position: 1)])
    }
  }

  @Test(
    "Threads with connections of their own leave no gap and no duplicate, and share what they offer twice")
  func ownConnections() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let log = try SQLiteLog.create(at: path)
      let (threads, rounds) = (5, 25)
      try onThreads(threads) { thread in
        let own = try SQLiteLog.open(at: path)
        for round in 0..<rounds {
          // The second id is offered by every thread; only the first to come appends it.
          let outcomes = try own.append([
            proposal(UInt64(1_000 + thread * 100 + round), subject: "bill:\(thread)"),
            proposal(UInt64(round), subject: "bill:shared"),
          ])
          let position = try own.find(key(UInt64(round)))
          guard position == outcomes[1].position else { throw LogError.gap(position: outcomes[1].position) }
        }
      }
      let events = try log.all()
      #expect(events.count == threads * rounds + rounds)
      #expect(Set(events.map(\.key)).count == events.count)
      #expect(try log.version(ofSubject: "bill:shared") == Int64(rounds))
    }
  }

  @Test("A pass over the log sees one state, also while its body appends and reads")
  func scanHoldsOneState() throws {
    try withSQLiteLog { log throws in
      try log.append((1...3).map { try proposal($0) })
      var seen: [[UInt8]] = []
      let end = try log.scan { position, bytes in
        seen.append(Array(bytes))
        try log.append([proposal(UInt64(100 + position))])
        try log.scan(from: 1, through: 1) { _, inner in seen.append(Array(inner)) }
        let size = try log.head().size
        #expect(size == 4 + position)
      }
      #expect(end == 3)
      let leaves = try log.all().map(\.leaf.bytes)
      #expect(seen == [leaves[0], leaves[1], leaves[1], leaves[1], leaves[2], leaves[1]])
      #expect(try log.head().size == 6)
    }
  }

  @Test("While the write lock is held by itself, appends elsewhere end in busy; afterwards they go on")
  func writeLockByItself() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let log = try SQLiteLog.create(at: path)
      let other = try SQLiteLog.open(at: path, busyTimeoutMilliseconds: 10)
      try log.append([proposal(1)])
      let size = try log.withWriteLock { head in
        let error = #expect(throws: LogError.self) { try other.append([proposal(2)]) }
        guard case .busy = error else { throw StampFailed(reason: String(describing: error)) }
        return head.size
      }
      #expect(size == 1)
      #expect(throws: StampFailed(reason: "no")) {
        try log.withWriteLock { _ in throw StampFailed(reason: "no") }
      }
      #expect(try other.append([proposal(2)]) == [.appended(position: 1)])
    }
  }

  @Test("Waiting sees what another connection appends")
  func waitAcrossConnections() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let log = try SQLiteLog.create(at: path)
      try onThreads(2) { thread in
        if thread == 0 {
          try SQLiteLog.open(at: path).append([proposal(1)])
        } else if try log.waitPast(0, timeoutMilliseconds: 600_000) != 1 {
          throw LogError.gap(position: 0)
        }
      }
    }
  }
}
