// Creating and opening: what is not a log, or cannot be used as one, is told apart and left as it was.

internal import Foundation
internal import GRDB
internal import LogStore
internal import TestSupport
internal import Testing
internal import TransparencyLog

@Suite("Creating and opening")
struct OpeningTests {
  @Test("A log that was closed is there when opened again")
  func reopen() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try SQLiteLog.create(at: path).append([proposal(1), proposal(2)])
      #expect(try contents(directory) == ["log.db"], "the last one to close clears away the -wal file")
      let again = try SQLiteLog.open(at: path)
      try again.append([proposal(3)])
      let reader = try SQLiteLog.open(at: path, access: .readOnly)
      #expect(try reader.all().map(\.version) == [1, 2, 3])
      #expect(throws: LogError.readOnly(path: path)) { try reader.append([proposal(4)]) }
      #expect(throws: LogError.readOnly(path: path)) { try reader.writerPragmas() }
    }
  }

  @Test("A log is created only where nothing stands, and leaves nothing else behind")
  func createRefusals() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: LogError.alreadyExists(path: path)) { try SQLiteLog.create(at: path) }
      #expect(throws: LogError.alreadyExists(path: directory.path)) {
        try SQLiteLog.create(at: directory.path)
      }
      #expect(throws: LogError.notFound(path: directory.file("a/b"))) {
        try SQLiteLog.create(at: directory.file("a/b"))
      }
      try FileManager.default.createSymbolicLink(
        atPath: directory.file("link"), withDestinationPath: "nowhere")
      #expect(throws: LogError.alreadyExists(path: directory.file("link"))) {
        try SQLiteLog.create(at: directory.file("link"))
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      #expect(try contents(directory) == ["link", "log.db"])
    }
  }

  @Test("Of many that create the same log at once, one succeeds and the others find it there")
  func createRace() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let refused = Failures()
      try onThreads(6) { _ in
        do {
          try SQLiteLog.create(at: path).append([proposal(1)])
        } catch LogError.alreadyExists {
          refused.add(LogError.alreadyExists(path: path))
        }
      }
      #expect(refused.count == 5)
      #expect(try SQLiteLog.open(at: path).head().size == 1)
    }
  }

  @Test(
    "Odd names are paths and nothing else",
    arguments: [":memory:", "file:x?mode=memory", "a b%20#?&.db", "ü\n"])
  func oddNames(_ name: String) throws {
    try withDirectory { directory throws in
      let path = directory.file(name)
      try SQLiteLog.create(at: path).append([proposal(1)])
      #expect(try contents(directory) == [name])
      for access in [SQLiteLog.Access.readWrite, .readOnly] {
        #expect(try SQLiteLog.open(at: path, access: access).head().size == 1)
      }
    }
  }

  @Test("A missing file, a directory, an empty path", arguments: [SQLiteLog.Access.readWrite, .readOnly])
  func noFile(_ access: SQLiteLog.Access) throws {
    try withDirectory { directory throws in
      let path = directory.file()
      #expect(throws: LogError.notFound(path: path)) { try SQLiteLog.open(at: path, access: access) }
      #expect(throws: LogError.notFound(path: path + "/x")) {
        try SQLiteLog.open(at: path + "/x", access: access)
      }
      #expect(throws: LogError.notFound(path: "")) { try SQLiteLog.open(at: "", access: access) }
      #expect(throws: LogError.notFound(path: "a\0b")) { try SQLiteLog.open(at: "a\0b", access: access) }
      #expect(throws: LogError.notALog(path: directory.path)) {
        try SQLiteLog.open(at: directory.path, access: access)
      }
      #expect(try contents(directory).isEmpty, "opening creates nothing")
    }
  }

  @Test(
    "A file that is not a log is told so and stays as it was",
    arguments: [SQLiteLog.Access.readWrite, .readOnly])
  func notALog(_ access: SQLiteLog.Access) throws {
    try withDirectory { directory throws in
      var generator = SeededGenerator(seed: 11)
      let noise = Data((0..<40_000).map { _ in UInt8.random(in: 0...255, using: &generator) })
      try rawConnection(directory.file("other")).write {
        try $0.execute(sql: "CREATE TABLE event (position INTEGER PRIMARY KEY, leaf BLOB)")
      }
      let other = try Data(contentsOf: URL(fileURLWithPath: directory.file("other")))
      for content in [Data(), Data("x".utf8), Data("SQLite format 3\0".utf8), noise, other] {
        let path = directory.file()
        try content.write(to: URL(fileURLWithPath: path))
        #expect(throws: LogError.notALog(path: path), "\(content.count) bytes") {
          try SQLiteLog.open(at: path, access: access)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
        #expect(try contents(directory) == ["log.db", "other"])
      }
    }
  }

  @Test("A newer or older format is refused with both numbers, and format 0 is no log")
  func formats() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      _ = try SQLiteLog.create(at: path)
      try rawConnection(path).write { try $0.execute(sql: "PRAGMA user_version = 3") }
      #expect(throws: LogError.newerFormat(path: path, found: 3, supported: 2)) {
        try SQLiteLog.open(at: path)
      }
      try rawConnection(path).write { try $0.execute(sql: "PRAGMA user_version = 1") }
      #expect(throws: LogError.olderFormat(path: path, found: 1, supported: 2)) {
        try SQLiteLog.open(at: path)
      }
      try rawConnection(path).write { try $0.execute(sql: "PRAGMA user_version = 0") }
      #expect(throws: LogError.notALog(path: path)) { try SQLiteLog.open(at: path) }
      try rawConnection(path).write {
        try $0.execute(sql: "PRAGMA user_version = 2; PRAGMA application_id = 7")
      }
      #expect(throws: LogError.notALog(path: path)) { try SQLiteLog.open(at: path) }
    }
  }

  @Test("A log cut short is damaged, at whatever length")
  func truncated() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let log = try SQLiteLog.create(at: path)
      try log.append((1...2_000).map { try proposal($0) })
      let copy = directory.file("copy")
      _ = try rawConnection(path).writeWithoutTransaction { try $0.checkpoint(.truncate) }
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(whole.count > 10 * 16_384)
      for length in stride(from: 512, to: whole.count, by: 9_973) {
        try whole.prefix(length).write(to: URL(fileURLWithPath: copy))
        let error = #expect(throws: LogError.self, "\(length) bytes") {
          // The page that is missing may be one of events, of tiles or of an index.
          let opened = try SQLiteLog.open(at: copy)
          try opened.scan { _, _ in }
          try readTiles(of: opened)
          for number in 1...2_000 as ClosedRange<UInt64> { _ = try opened.find(key(number)) }
          _ = try opened.events(ofSubject: "bill:a", limit: 2_000)
        }
        switch error {
        case .damaged, .gap: break
        default: Issue.record("cut to \(length) of \(whole.count) bytes: \(String(describing: error))")
        }
      }
    }
  }

  @Test("Overwritten pages never crash: they read as damage, or the events are as they were")
  func overwritten() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      let log = try SQLiteLog.create(at: path)
      try log.append((1...500).map { try proposal($0) })
      _ = try rawConnection(path).writeWithoutTransaction { try $0.checkpoint(.truncate) }
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      let copy = directory.file("copy")
      for seed in 1...60 as ClosedRange<UInt64> {
        var generator = SeededGenerator(seed: seed)
        var bytes = whole
        // Mostly past the first page, where any change to the schema ends the matter at once.
        let first = seed % 4 == 0 ? 100 : 16_384
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
          bytes[Int.random(in: first..<bytes.count, using: &generator)] = .random(
            in: 0...255, using: &generator)
        }
        try bytes.write(to: URL(fileURLWithPath: copy))
        do {
          let opened = try SQLiteLog.open(at: copy)
          _ = try opened.read(from: 0, limit: 1_000)
          try opened.scan { _, _ in }
          try readTiles(of: opened)
          for number in 1...20 as ClosedRange<UInt64> { _ = try opened.find(key(number)) }
          _ = try opened.events(ofSubject: "bill:a", limit: 1_000)
          _ = try opened.append([proposal(9_999)])
        } catch let error as LogError {
          #expect(!error.isRetryable, "seed \(seed): \(error)")
        }
      }
    }
  }

  private func readTiles(of log: SQLiteLog) throws {
    do {
      try log.withTree { stored throws in
        let size = UInt64(stored.head.size)
        // A tile of which a part was cut off still reads as a tile, but not as that of the tree.
        let tree = try AuthenticatedTiles(source: stored, size: size, root: stored.head.root)
        for number in 0..<TileLayout.fullTiles(level: 0, treeSize: size) {
          _ = try tree.readTile(TileID(level: 0, index: number), width: 256)
        }
      }
    } catch let error as TreeError { throw LogError.damaged(detail: "\(error)") }
  }

  // MARK: Rights

  @Test("A file that may not be read is denied", .enabled(if: canBecomeUnprivileged))
  func unreadable() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      _ = try SQLiteLog.create(at: path)
      chmod(path, 0)
      try unprivileged { () throws in
        for access in [SQLiteLog.Access.readWrite, .readOnly] {
          #expect(throws: LogError.permission(path: path)) { try SQLiteLog.open(at: path, access: access) }
        }
        #expect(throws: LogError.permission(path: directory.file("new"))) {
          try SQLiteLog.create(at: directory.file("new"))
        }
      }
    }
  }

  @Test(
    "A closed log in a read-only directory opens for reading, and says so to a writer",
    .enabled(if: canBecomeUnprivileged))
  func readOnlyDirectory() throws {
    try withDirectory { directory throws in
      let path = directory.file("a log?#.db")
      try SQLiteLog.create(at: path).append([proposal(1), proposal(2)])
      chmod(path, 0o666)
      chmod(directory.path, 0o555)
      try unprivileged { () throws in
        let log = try SQLiteLog.open(at: path, access: .readOnly)
        #expect(try log.all().count == 2)
        #expect(throws: LogError.readOnly(path: path)) { try SQLiteLog.open(at: path) }
        #expect(throws: LogError.readOnly(path: path)) { try log.append([proposal(3)]) }
      }
      chmod(directory.path, 0o777)
      chmod(path, 0o444)
      try unprivileged { () throws in
        #expect(throws: LogError.readOnly(path: path)) { try SQLiteLog.open(at: path) }
        #expect(try SQLiteLog.open(at: path, access: .readOnly).head().size == 2)
      }
    }
  }

  @Test(
    "A log left with a -wal file in a read-only directory is not opened without it",
    .enabled(if: canBecomeUnprivileged))
  func readOnlyDirectoryWithWAL() throws {
    try withDirectory { copy throws in
      try withSQLiteLog { log throws in
        try log.append([proposal(1)])
        for name in ["log.db", "log.db-wal"] {
          let original = log.path.replacing("log.db", with: name)
          try FileManager.default.copyItem(atPath: original, toPath: copy.file(name))
        }
      }
      chmod(copy.path, 0o555)
      try unprivileged { () throws in
        #expect(throws: LogError.readOnly(path: copy.file())) {
          try SQLiteLog.open(at: copy.file(), access: .readOnly)
        }
      }
    }
  }

  @Test("A copy that another program took out of WAL mode opens for reading and for writing")
  func withoutWAL() throws {
    try withDirectory { directory throws in
      let path = directory.file()
      try SQLiteLog.create(at: path).append([proposal(1)])
      try rawConnection(path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      #expect(try SQLiteLog.open(at: path, access: .readOnly).head().size == 1)
      let log = try SQLiteLog.open(at: path)
      #expect(try log.writerPragmas().journalMode == "wal")
      try log.append([proposal(2)])
      #expect(try log.all().count == 2)
    }
  }

  private func contents(_ directory: TemporaryDirectory) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }
}
