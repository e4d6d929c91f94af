// The tree in the log: its tiles and roots against the plain recursion over the stored events, whatever the batches.

internal import Foundation
internal import GRDB
internal import LogStore
internal import TestSupport
internal import Testing
internal import TransparencyLog

@Suite("Conformance: the tree")
struct TreeConformanceTests {
  @Test(
    "The head's root is that of the stored leaves, after every append and every refusal",
    arguments: Engine.allCases)
  func rootOfLeaves(_ engine: Engine) throws {
    try engine.withLog { log throws in
      try log.append([proposal(1)])
      for batch in 1..<40 as Range<UInt64> {
        let proposals = try (0..<batch % 5).map { try proposal(batch * 10 + $0) }
        try log.append(proposals)
        #expect(try log.head().root == naiveRoot(of: log.all()))
        #expect(throws: LogError.self) { try log.append([proposal(900 + batch), proposal(1, tag: 2)]) }
        #expect(throws: StampFailed(reason: "no")) {
          try log.append([proposal(800)], expectedSize: nil) { _, _ in throw StampFailed(reason: "no") }
        }
        #expect(try log.head().root == naiveRoot(of: log.all()))
      }
    }
  }
}

@Suite("The tree in the file")
struct TreeTests {
  /// Appends plain events, with numbers from the size of the log on.
  private func grow(_ log: SQLiteLog, by count: Int) throws {
    let first = UInt64(try log.head().size)
    let batch = try (0..<UInt64(count)).map { try proposal(first + $0, subject: nil) }
    _ = try log.append(batch, expectedSize: nil) { _, new in
      new.map {
        Leaf(bytes: Self.entry(Int(first) + $0), subject: "bill:\($0)-\(first)", recordedMilliseconds: 1)
      }
    }
  }

  private static func entry(_ number: Int) -> [UInt8] { Array("entry \(number)".utf8) }

  /// The rows of the table of tiles, as another program sees them: level, number, bytes.
  private func rows(_ log: SQLiteLog) throws -> [TileID: [UInt8]] {
    try rawConnection(log.path).read { database in
      var tiles: [TileID: [UInt8]] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT level, number, hashes FROM tile") {
        tiles[TileID(level: row[0], index: UInt64(row[1] as Int64))] = [UInt8](row[2] as Data)
      }
      return tiles
    }
  }

  /// The tiles that a tree of these leaf hashes has, by the definition: hash i of a level is the root over the i-th
  /// 256^level leaves.
  private func definedTiles(_ leafHashes: [MerkleHash]) -> [TileID: [UInt8]] {
    var tiles: [TileID: [UInt8]] = [:]
    var hashes = leafHashes
    for level in 0..<TileLayout.levelsMax where !hashes.isEmpty {
      for (number, start) in stride(from: 0, to: hashes.count, by: 256).enumerated() {
        let tile = hashes[start..<min(start + 256, hashes.count)]
        tiles[TileID(level: level, index: UInt64(number))] = tile.flatMap(\.bytes)
      }
      hashes = stride(from: 0, to: hashes.count - 255, by: 256).compactMap {
        MerkleHash.root(ofComplete: hashes[$0..<($0 + 256)])
      }
    }
    return tiles
  }

  @Test(
    "After random batches up to 600 events, root, tiles and every earlier root are those of the events",
    arguments: [1, 2, 3, 4] as [UInt64])
  func randomBatches(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try withDirectory { directory throws in
      var log = try SQLiteLog.create(at: directory.file())
      let leaves = (0..<600).map(Self.entry)
      var size = 0
      while size < 600 {
        let count = min(600 - size, [0, 1, 1, 2, 7, 50, 255, 256].randomElement(using: &generator) ?? 1)
        try grow(log, by: count)
        size += count
        #expect(try log.head().root == naiveRoot(leaves.prefix(size)), "seed \(seed), size \(size)")
        // What the last append left in memory must not be missed.
        if Bool.random(using: &generator) { log = try SQLiteLog.open(at: log.path) }
      }
      #expect(try rows(log) == definedTiles(leaves.map { .leaf($0) }), "seed \(seed)")
      for size in 0...600 {
        #expect(
          try log.root(atSize: Int64(size)) == naiveRoot(leaves.prefix(size)), "seed \(seed), size \(size)")
      }
    }
  }

  @Test("Around full tiles of the first and the second level, one by one")
  func aroundFullTiles() throws {
    try withSQLiteLog { log throws in
      var tree = TreeFrontier()
      var hashes: [MerkleHash] = []
      for (bulk, singles) in [(250, 12), (65_536 - 262 - 6, 12)] {
        for count in [bulk] + Array(repeating: 1, count: singles) {
          try grow(log, by: count)
          for number in hashes.count..<(hashes.count + count) {
            hashes.append(.leaf(Self.entry(number)))
            tree.append(.leaf(Self.entry(number)))
          }
          #expect(try log.head().root == tree.root, "size \(hashes.count)")
          #expect(try log.head().size == Int64(hashes.count))
        }
        #expect(try rows(log) == definedTiles(hashes), "size \(hashes.count)")
      }
      #expect(hashes.count == 65_542)
      // Proofs made from the file hold against roots that were computed without it.
      try log.withTree { stored throws in
        for index in [0, 255, 256, 65_279, 65_535, 65_536, 65_541] as [UInt64] {
          try stored.inclusionProof(index: index, size: 65_542).check(
            leafHash: hashes[Int(index)], root: tree.root)
        }
        for size in [1, 255, 256, 257, 65_535, 65_536, 65_537] {
          var old = TreeFrontier()
          old.append(contentsOf: hashes.prefix(size))
          try stored.consistencyProof(from: UInt64(size), to: 65_542).check(
            oldRoot: old.root, newRoot: tree.root, emptyOldTree: .refused)
        }
      }
    }
  }

  @Test("Two connections that append by turns, each past what it remembers, grow one tree")
  func byTurns() throws {
    try withDirectory { directory throws in
      let first = try SQLiteLog.create(at: directory.file())
      let second = try SQLiteLog.open(at: directory.file())
      for turn in 0..<30 {
        try grow(turn % 3 == 0 ? first : second, by: 1 + turn % 20)
      }
      #expect(try first.head().root == naiveRoot(of: first.all()))
      #expect(try first.head() == second.head())
    }
  }

  @Test("A look at the tree sees one state, also while the log grows")
  func oneState() throws {
    try withSQLiteLog { log throws in
      try grow(log, by: 300)
      let before = try log.head()
      try log.withTree { tree throws in
        try grow(log, by: 300)
        #expect(tree.head == before)
        let root = try tree.root(atSize: 300)
        #expect(root == before.root)
        #expect(throws: TreeError.self) { try tree.readTile(TileID(level: 0, index: 1), width: 45) }
        #expect(throws: LogError.gap(position: 300)) { try tree.root(atSize: 301) }
      }
      #expect(throws: StampFailed(reason: "no")) {
        try log.withTree { _ in throw StampFailed(reason: "no") }
      }
      #expect(try log.root(atSize: 600) == log.head().root)
      #expect(throws: LogError.gap(position: 600)) { try log.root(atSize: 601) }
      #expect(throws: LogError.gap(position: -1)) { try log.root(atSize: -1) }
    }
  }

  @Test("Tiles that no tree has, or wider than they are, are missing")
  func missingTiles() throws {
    try withSQLiteLog { log throws in
      try grow(log, by: 300)
      try log.withTree { tree throws in
        for (level, index, width) in [
          (0, 2, 1), (0, 1, 45), (1, 0, 2), (2, 0, 1), (8, 0, 1), (0, .max, 1), (-1, 0, 1),
        ]
          as [(Int, UInt64, Int)]
        {
          let error = #expect(throws: TreeError.self) {
            try tree.readTile(TileID(level: level, index: index), width: width)
          }
          #expect(error?.kind == .missingTile, "\(level)/\(index)")
        }
        #expect(try tree.readTile(TileID(level: 0, index: 0), width: 3).count == 3)
      }
    }
  }

  @Test("An append finds a right edge that was altered behind its back, and adds nothing to it")
  func alteredEdge() throws {
    for sql in [
      "DROP TRIGGER tile_only_grows; UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE place = 1",
      "DROP TRIGGER tile_refuses_delete; DELETE FROM tile WHERE place = 1",
      "DROP TRIGGER tree_head_only_grows; UPDATE tree_head SET root = zeroblob(32)",
      "DROP TRIGGER tree_head_only_grows; UPDATE tree_head SET size = 299",
      "DROP TRIGGER tree_head_refuses_delete; DELETE FROM tree_head",
      "DROP TRIGGER event_refuses_delete; DELETE FROM event WHERE position = 299",
    ] {
      try withDirectory { directory throws in
        try grow(SQLiteLog.create(at: directory.file()), by: 300)
        let log = try SQLiteLog.open(at: directory.file())
        try rawConnection(log.path).write { try $0.execute(sql: sql) }
        let error = #expect(throws: LogError.self) { try log.append([proposal(5_000)]) }
        guard case .damaged = error else {
          Issue.record("\(sql): \(String(describing: error))")
          return
        }
        #expect(try log.find(key(5_000)) == nil)
      }
    }
  }

  @Test("An append reads no tile but those at the right edge")
  func readsTheEdgeOnly() throws {
    try withDirectory { directory throws in
      try grow(SQLiteLog.create(at: directory.file()), by: 700)
      try rawConnection(directory.file()).write { database in
        let sql = try String.fetchOne(
          database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'tile_only_grows'")
        try database.execute(
          sql: "DROP TRIGGER tile_only_grows; UPDATE tile SET hashes = zeroblob(8192) WHERE place < 2")
        try database.execute(sql: sql ?? "")
      }
      let log = try SQLiteLog.open(at: directory.file())
      for count in [1, 1, 100] {
        try grow(log, by: count)
        #expect(try log.head().root == naiveRoot(of: log.all()))
      }
    }
  }

  static let forbidden: [String] = [
    // Full tiles.
    "UPDATE tile SET hashes = zeroblob(8192) WHERE place = 0",
    "UPDATE tile SET hashes = hashes WHERE place = 0",
    "UPDATE tile SET hashes = zeroblob(32) WHERE place = 0",
    "UPDATE OR REPLACE tile SET place = 0 WHERE place = 1",
    // The partial tile: shrinking, changing, moving.
    "UPDATE tile SET hashes = substr(hashes, 1, 1376) WHERE place = 1",
    "UPDATE tile SET hashes = zeroblob(1440) WHERE place = 1",
    "UPDATE tile SET hashes = zeroblob(1408) WHERE place = 1",
    "UPDATE tile SET place = 2 WHERE place = 1",
    "DELETE FROM tile", "DELETE FROM tile WHERE place = 1",
    "INSERT OR REPLACE INTO tile (place, hashes) VALUES (0, zeroblob(32))",
    "REPLACE INTO tile (place, hashes) VALUES (1, zeroblob(8192))",
    "INSERT INTO tile (place, hashes) VALUES (1, zeroblob(8192)) ON CONFLICT (place) DO UPDATE SET hashes = excluded.hashes",
    // Out of order, or of another shape.
    "INSERT INTO tile (place, hashes) VALUES (2, zeroblob(32))",
    "INSERT INTO tile (place, hashes) VALUES ((1 << 56) + 1, zeroblob(32))",
    "INSERT INTO tile (place, hashes) VALUES (-1, zeroblob(32))",
    "INSERT INTO tile (place, hashes) VALUES (8 << 56, zeroblob(32))",
    "INSERT INTO tile (place, hashes) VALUES (2 << 56, x'')",
    "INSERT INTO tile (place, hashes) VALUES (2 << 56, zeroblob(33))",
    "INSERT INTO tile (place, hashes) VALUES (2 << 56, zeroblob(8224))",
    "INSERT INTO tile (place, hashes) VALUES (2 << 56, 'text')",
    "UPDATE tree_head SET root = zeroblob(32)",
    "UPDATE tree_head SET size = 299", "UPDATE tree_head SET size = 301",
    "UPDATE tree_head SET id = 2, size = 301",
    "DELETE FROM tree_head",
    "INSERT INTO tree_head (id, size, root) VALUES (2, 0, zeroblob(32))",
    "INSERT OR REPLACE INTO tree_head (id, size, root) VALUES (1, 0, zeroblob(32))",
  ]

  @Test(
    "A second connection may not change, shrink, remove or misplace a tile or the head", arguments: forbidden)
  func guards(_ sql: String) throws {
    try withSQLiteLog { log throws in
      try grow(log, by: 300)
      let before = (try rows(log), try log.head())
      for recursiveTriggers in ["ON", "OFF"] {
        let raw = try rawConnection(log.path)
        let error = #expect(throws: DatabaseError.self, "\(sql)") {
          try raw.write { database in
            try database.execute(sql: "PRAGMA recursive_triggers = \(recursiveTriggers)")
            try database.execute(sql: sql)
          }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      }
      #expect(try rows(log) == before.0)
      #expect(try log.head() == before.1)
    }
  }

  @Test("The partial tile grows, and a new one follows a full one")
  func admitted() throws {
    try withSQLiteLog { log throws in
      try grow(log, by: 300)
      try rawConnection(log.path).write { database in
        try database.execute(
          sql:
            "UPDATE tile SET hashes = CAST(hashes || zeroblob(8192 - length(hashes)) AS BLOB) WHERE place = 1"
        )
        try database.execute(sql: "INSERT INTO tile (place, hashes) VALUES (2, zeroblob(32))")
      }
      #expect(try rows(log)[TileID(level: 0, index: 1)]?.count == 8_192)
    }
  }

  @Test(
    "A log whose tree lost a guard, or its place, is not opened",
    arguments: [
      "DROP TRIGGER tile_only_grows", "DROP TRIGGER tile_refuses_delete",
      "DROP TRIGGER tile_admits_the_next_only",
      "DROP TRIGGER tree_head_is_one", "DROP TRIGGER tree_head_only_grows",
      "DROP TRIGGER tree_head_refuses_delete",
      "DROP TABLE tile", "DROP TABLE tree_head",
      "INSERT INTO event (position, id, tag, subject, version, recorded, leaf) VALUES (0, zeroblob(16), zeroblob(16), 'a:b', 1, 1, x'01')",
    ])
  func notOpened(_ sql: String) throws {
    try withDirectory { directory throws in
      _ = try SQLiteLog.create(at: directory.file())
      try rawConnection(directory.file()).write { try $0.execute(sql: sql) }
      let error = #expect(throws: LogError.self) { try SQLiteLog.open(at: directory.file()) }
      guard case .damaged = error else {
        Issue.record("\(sql): \(String(describing: error))")
        return
      }
    }
  }
}
