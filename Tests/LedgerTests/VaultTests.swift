// The vault: a row for every digest in the log, and none beside.

import CanonicalJSON
import Foundation
import GRDB
import Ledger
import Milestones
import Projections
import TestSupport
import Testing

@Suite("The vault holds what is sealed in the log, all of it and nothing else")
struct VaultTests {
  private let sealed = [
    "country=CL", "place=Valdivia", "person=Rosa", "narrative=what happened", "consent=hold",
  ]

  private func share(_ test: TestLedger, _ more: String...) throws -> Appended {
    try test.ledger.append(
      checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018-03-04"] + sealed + more),
      recorder: "m.reyes")
  }

  @Test("Each digest has its row, decoys too, and each row hashes to its digest")
  func rows() throws {
    try withLedger { test in
      let position = try share(test).position
      try test.append("testimony.shared", "campaign=campaign:metoo", "occurred=2018")
      try expectVaultMatchesLog(test.directory, test.ledger)
      let rows = try vaultRows(test.directory)
      let types = try Shipped.vocabulary().types.map(\.value)
      let count = try #require(types.first { $0.name == "testimony.shared" }).sealableFields.count
      #expect(rows.count == 2 * count)
      for row in rows {
        #expect(Disclosure(preimage: row.preimage, isDecoy: row.isDecoy).digest == row.digest)
      }
      // What was given, and the exact date, which the log shows as a year.
      #expect(rows.filter { $0.position == position && !$0.isDecoy }.count == sealed.count + 1)
      #expect(!rows.contains { $0.position == position + 1 && !$0.isDecoy })
    }
  }

  @Test("A disclosure reads as salt, name and value")
  func disclosure() throws {
    try withLedger { test in
      _ = try share(test)
      var values: [String: String] = [:]
      for row in try vaultRows(test.directory) where !row.isDecoy {
        let parts = try JSONValue(parsing: String(decoding: decode(row.preimage), as: UTF8.self)).array ?? []
        try #require(parts.count == 3)
        #expect(parts[0].string?.utf8.count == 43)
        values[try #require(parts[1].string)] = parts[2].string ?? parts[2].array?.first?.string
      }
      #expect(
        values == [
          "country": "CL", "place": "Valdivia", "person": "Rosa", "narrative": "what happened",
          "consent": "hold",
          "date": "2018-03-04",
        ])
    }
  }

  private func decode(_ base64url: [UInt8]) throws -> Data {
    var text = String(decoding: base64url, as: UTF8.self).replacing("-", with: "+").replacing("_", with: "/")
    while text.utf8.count % 4 != 0 { text += "=" }
    return try #require(Data(base64Encoded: text))
  }

  @Test("Nothing is sealed, and no vault made, where a public figure speaks or nothing can be sealed")
  func nothingSealed() throws {
    try withLedger { test in
      try test.append("policy.announced", "subject=policy:a", "occurred=2017")
      _ = try test.ledger.append(
        checked(
          "testimony.shared",
          [
            "subject=testimony:p", "campaign=campaign:metoo", "occurred=2018", "public=true",
            "unsourced=true",
          ]),
        recorder: "m.reyes")
      #expect(try vaultRows(test.directory).isEmpty)
    }
  }

  @Test("The same testimony with its id is sealed once")
  func once() throws {
    try withLedger { test in
      _ = try share(test, "id=t-1")
      let rows = try vaultRows(test.directory)
      #expect(try share(test, "id=t-1").wasThere)
      #expect(try vaultRows(test.directory) == rows)
      #expect(throws: LedgerError.self) { try share(test, "id=t-1", "language=es") }
      #expect(try vaultRows(test.directory) == rows)
    }
  }

  @Test("What is refused after it was sealed leaves nothing in the vault, not even in its free pages")
  func refusedAfterSealing() throws {
    try withLedger { test in
      _ = try share(test)
      let rows = try vaultRows(test.directory)
      let secret = try checked(
        "testimony.shared",
        [
          "campaign=campaign:metoo", "occurred=2018",
          "narrative=\(String(repeating: "unerhoert ", count: 900))",
        ])
      #expect(throws: LedgerError.self) {
        try test.ledger.append(secret, recorder: "m.reyes", expectedVersion: 7)
      }
      #expect(try vaultRows(test.directory) == rows)
      for file in ["vault.db", "vault.db-journal"] {
        let content = try bytes(test.directory + "/" + file)
        for needle in Needle("unerhoert unerhoert").encodings {
          let isFound = content.contains(needle)
          #expect(!isFound, "\(file)")
        }
      }
    }
  }

  @Test("What a crashed append left behind is swept before its position goes to another event")
  func orphanBeforeAppend() throws {
    try withLedger { test in
      _ = try share(test)
      try plantOrphan(test)
      // The connection that was open when the other process crashed appends something that seals nothing.
      try test.append("policy.announced", "subject=policy:a", "occurred=2017")
      try expectVaultMatchesLog(test.directory, test.ledger)
    }
  }

  @Test("What a crashed append left behind is swept when the ledger is opened")
  func orphanBeforeOpening() throws {
    try withLedger { test in
      _ = try share(test)
      try plantOrphan(test)
      let reopened = try test.reopened()
      try expectVaultMatchesLog(test.directory, reopened)
    }
  }

  @Test("What a crashed append left behind is swept by the next that seals")
  func orphanBeforeSealing() throws {
    try withLedger { test in
      _ = try share(test)
      try plantOrphan(test)
      _ = try share(test)
      try expectVaultMatchesLog(test.directory, test.ledger)
    }
  }

  private func plantOrphan(_ test: TestLedger) throws {
    let size = try test.size
    try DatabaseQueue(path: test.ledger.paths.vault).write { database in
      try database.execute(
        sql: "INSERT INTO disclosure VALUES (?, ?, x'00', 0)",
        arguments: [size, String(repeating: "A", count: 43)])
    }
  }

  @Test("A file that is no vault is left alone, and sealing says so", arguments: [0, 1])
  func notAVault(kind: Int) throws {
    try withLedger { test in
      let path = test.ledger.paths.vault
      if kind == 0 {
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: path))
      } else {
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE recipe (soup TEXT)") }
      }
      let before = try bytes(path)
      let size = try test.size
      #expect {
        _ = try share(test)
      } throws: { error in
        guard case LedgerError.vault(.notAVault) = error else { return false }
        return "\(error)".contains("backup")
      }
      #expect(try test.size == size)
      #expect(try bytes(path) == before)
    }
  }

  @Test("After an append the vault's journal is empty, and the vault is no WAL file")
  func journal() throws {
    try withLedger { test in
      _ = try share(test)
      #expect(try bytes(test.ledger.paths.vault + "-journal").isEmpty)
      #expect(!FileManager.default.fileExists(atPath: test.ledger.paths.vault + "-wal"))
      // The version numbers of the file's header (SQLite file format, 1.3): 1 for a rollback journal, 2 for WAL.
      #expect(try Array(bytes(test.ledger.paths.vault)[18..<20]) == [1, 1])
    }
  }

  @Test(
    "Random mixtures of sealed and open events leave a row for every digest", arguments: [UInt64(1), 2, 3])
  func mixtures(seed: UInt64) throws {
    try withLedger { test in
      var generator = SeededGenerator(seed: seed)
      var lines: [String] = []
      for index in 0..<40 {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: lines.append(announced("c\(index)"))
        case 1:
          lines.append(
            "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"place\":\"p\(index)\"}"
          )
        case 2:
          lines.append(
            "{\"type\":\"statement.signed\",\"subject\":\"statement:s\(index)\",\"occurred\":\"2018\",\"list\":[\"n\"],\"unsourced\":true}"
          )
        case 3: lines.append("{\"type\":\"testimony.shared\",\"occurred\":\"2018\",\"place\":\"p\"}")
        default: lines.append(announced("x", id: "taken", aim: "\(index)"))
        }
      }
      _ = try test.load(lines)
      try expectVaultMatchesLog(test.directory, test.ledger, "seed \(seed)")
      #expect(try !vaultRows(test.directory).isEmpty)
    }
  }
}
