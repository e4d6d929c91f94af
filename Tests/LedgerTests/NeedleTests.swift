// Needles: what is sealed is looked for, byte by byte, in everything that is not the vault.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Projections
import Testing

/// A text as it may lie in a file: as UTF-8, or within base64url at any of the three offsets.
struct Needle {
  let encodings: [[UInt8]]

  init(_ text: String) {
    let plain = Array(text.utf8)
    var encodings = [plain]
    for offset in 0..<3 {
      let padded = [UInt8](repeating: 0, count: offset) + plain
      let base64 = Data(padded).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
      // Only the characters that the text alone decides: not the first, into which the bytes before reach, nor the last.
      let first = (offset * 8 + 5) / 6
      let last = (offset + plain.count) * 8 / 6
      encodings.append(Array(Array(base64.utf8)[first..<last]))
    }
    self.encodings = encodings
  }

  func isIn(_ bytes: [UInt8]) -> Bool { encodings.contains { bytes.contains($0) } }
}

@Suite("What is sealed lies in the vault and nowhere else")
struct NeedleTests {
  private static let needles = [
    "country": "CL", "date": "2018-03-04", "place": "Valdivia-nadel", "person": "Rosa Nadelöhr 針",
    "narrative": "Er sagte: „kein Wort“ 針穴", "language": "arn", "consent": "publish",
  ]

  private var arguments: [String] {
    ["campaign=campaign:metoo", "channel=letter", "occurred=2018"] + Self.needles.map { "\($0)=\($1)" }
      + ["source.citation=Tagebuch-nadel", "source.url=https://nadel.example/1"]
  }

  /// Long enough that a find is no accident.
  private let planted = [
    "Valdivia-nadel", "Rosa Nadelöhr 針", "Er sagte: „kein Wort“ 針穴", "Tagebuch-nadel",
    "https://nadel.example/1",
    "2018-03-04",
  ]

  @Test("Sealed values are in vault.db, and in no other file of the ledger")
  func files() throws {
    try withLedger { test in
      _ = try test.ledger.append(checked("testimony.shared", arguments), recorder: "m.reyes")
      _ = try test.ledger.status(.world)
      _ = try test.ledger.rebuild()
      let files = try FileManager.default.subpathsOfDirectory(atPath: test.directory)
      #expect(files.contains("log.db-wal"), "the log is open, so that its journal is looked into as well")
      for text in planted {
        let needle = Needle(text)
        for file in files where file != "keys" {
          let isFound = needle.isIn(try bytes(test.directory + "/" + file))
          #expect(isFound == (file == "vault.db"), "\(text) in \(file)")
        }
      }
    }
  }

  @Test("Sealed values are in no file after an import, and in none of the log's after it is closed")
  func imported() throws {
    try withLedger { test in
      let line =
        "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:metoo\",\"occurred\":\"2018-03-04\",\"narrative\":\"Er sagte: „kein Wort“ 針穴\",\"place\":\"Valdivia-nadel\"}"
      #expect(try test.load([line, line]).report.added == 2)
      for file in try FileManager.default.subpathsOfDirectory(atPath: test.directory) where file != "keys" {
        for text in ["Er sagte: „kein Wort“ 針穴", "Valdivia-nadel", "2018-03-04"] {
          #expect(
            Needle(text).isIn(try bytes(test.directory + "/" + file)) == (file == "vault.db"),
            "\(text) in \(file)")
        }
      }
    }
  }

  @Test("What the log shows of a testimony is its campaign, its channel and a year")
  func leaf() throws {
    try withLedger { test in
      let position = try test.ledger.append(checked("testimony.shared", arguments), recorder: "m.reyes")
        .position
      let event = try test.event(position)
      #expect(event.country == nil)
      #expect(event.institution == nil)
      #expect(event.occurred == "2018")
      #expect(
        event.data?.members.map(\.key).sorted() == ["_sd", "_sd_alg", "campaign", "channel", "confidence"])
      #expect(event.subject.hasPrefix("testimony:"))
      #expect(try test.ledger.status(.country("CL")).content.isEmpty)
      #expect(try test.ledger.timeline(.world).content.isEmpty)
    }
  }

  @Test(
    "No error shows a sealed value",
    arguments: [
      ["country=Nadelland"], ["date=am Nadeltag"], ["language=Nadelsprache 1"], ["occurred=am Nadeltag"],
      ["country=CL", "country=Nadelland"], ["date=9999-12-31-Nadel"], ["source.sha256=Nadelsumme"],
    ])
  func errors(fields: [String]) throws {
    let occurred = fields.contains { $0.hasPrefix("occurred") } ? [] : ["occurred=2018"]
    #expect {
      try checked("testimony.shared", ["campaign=campaign:metoo", "person=Nadelfrau"] + occurred + fields)
    } throws: { error in
      !"\(error)".contains("Nadel")
    }
  }

  @Test("Neither a conflict nor too long a testimony shows a sealed value")
  func ledgerErrors() throws {
    try withLedger { test in
      func attempt(_ narrative: String) throws {
        _ = try test.ledger.append(
          checked(
            "testimony.shared",
            ["campaign=campaign:metoo", "occurred=2018", "id=t", "narrative=\(narrative)"]),
          recorder: "m.reyes")
      }
      try attempt("Nadel eins")
      for narrative in ["Nadel zwei", String(repeating: "Nadel", count: 20_000)] {
        #expect {
          try attempt(narrative)
        } throws: { error in
          !"\(error)".contains("Nadel")
        }
      }
    }
  }

  @Test("A needle is found whatever lies before it")
  func needle() {
    let needle = Needle("Rosa Nadelöhr 針")
    for prefix in ["", "a", "ab", "abc", "[\"x\",\"person\",\""] {
      let text = Data((prefix + "Rosa Nadelöhr 針" + "\"]").utf8).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      #expect(needle.isIn(Array(text.utf8)), "\(prefix)")
    }
    #expect(!needle.isIn(Array("Rosa Nadelohr".utf8)))
  }
}
